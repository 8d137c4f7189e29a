//! Pixels become a PNG file.

use super::Pixels;

/// `pixels` as a PNG file, sRGB; with alpha only where some pixel is not opaque. Empty when `pixels` has no area or too few
/// bytes.
pub fn encode_png(pixels: &Pixels) -> Vec<u8> {
    encode_png_at(pixels, None)
}

/// As [`encode_png`], for printing at `dpi` pixels an inch.
pub fn encode_png_at(pixels: &Pixels, dpi: Option<u32>) -> Vec<u8> {
    let mut out = Vec::new();
    if encode(pixels, dpi, &mut out).is_err() {
        out.clear(); // writing to memory fails only for a picture that is none
    }
    out
}

fn encode(pixels: &Pixels, dpi: Option<u32>, out: &mut Vec<u8>) -> Result<(), png::EncodingError> {
    let opaque = pixels.rgba.chunks_exact(4).all(|p| p[3] == 255);
    let rgb: Vec<u8>;
    let (kind, bytes) = if opaque {
        let colours = pixels.rgba.chunks_exact(4);
        rgb = colours.flat_map(|p| p.iter().take(3).copied()).collect();
        (png::ColorType::Rgb, &rgb)
    } else {
        (png::ColorType::Rgba, &pixels.rgba)
    };
    let mut encoder = png::Encoder::new(out, pixels.width, pixels.height);
    encoder.set_color(kind);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    if let Some(dpi) = dpi {
        let metre = (f64::from(dpi) / 0.0254).round() as u32;
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: metre,
            yppu: metre,
            unit: png::Unit::Meter,
        }));
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(bytes)?;
    writer.finish()
}
