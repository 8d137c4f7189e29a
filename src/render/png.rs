//! Pixels become a PNG file.

use super::Pixels;

/// `pixels` as a PNG file, sRGB without alpha (every pixel is opaque). Empty when `pixels` has no area or too few bytes.
pub fn encode_png(pixels: &Pixels) -> Vec<u8> {
    let mut out = Vec::new();
    if encode(pixels, &mut out).is_err() {
        out.clear(); // writing to memory fails only for a picture that is none
    }
    out
}

fn encode(pixels: &Pixels, out: &mut Vec<u8>) -> Result<(), png::EncodingError> {
    let rgb: Vec<u8> = pixels
        .rgba
        .chunks_exact(4)
        .flat_map(|p| p.iter().take(3).copied())
        .collect();
    let mut encoder = png::Encoder::new(out, pixels.width, pixels.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()
}
