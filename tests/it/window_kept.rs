//! Pictures that are kept beside the tests, small enough for it, and how the window of today is held against them.
//!
//! A kept picture is half as large as the window and has few colours. Software that paints the window rounds the edges of
//! letters differently from version to version: a pixel counts as another one where it differs by much, and a picture as
//! another one where many do.

use std::fs;
use std::path::PathBuf;

use image::{Rgba, RgbaImage};

/// Colours of a kept picture, at most.
const COLOURS: usize = 128;
/// How much red, green and blue of a pixel may differ in all.
const SHADES: u32 = 110;
/// How many pixels of the 400,000 may differ by more.
const PIXELS: usize = 120;

/// `full` at half its size.
pub(super) fn halved(full: &RgbaImage) -> RgbaImage {
    RgbaImage::from_fn(full.width() / 2, full.height() / 2, |x, y| {
        let mut sums = [0u32; 3];
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let pixel = full.get_pixel(2 * x + dx, 2 * y + dy).0;
            for (sum, channel) in sums.iter_mut().zip(pixel) {
                *sum += u32::from(channel);
            }
        }
        let [r, g, b] = sums.map(|sum| (sum / 4) as u8);
        Rgba([r, g, b, 255])
    })
}

/// Compares with the picture of that name, or writes it with `UPDATE_SNAPSHOTS=1`. What differs is told in `faults`, and
/// the picture of today put beside the kept one as `NAME.new.png`.
pub(super) fn as_kept(now: &RgbaImage, name: &str, faults: &mut Vec<String>) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/explored");
    let path = folder.join(format!("{name}.png"));
    let new = folder.join(format!("{name}.new.png"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::create_dir_all(&folder).expect("the folder can be made");
        fs::write(&path, in_few_colours(now)).expect("the folder is writable");
        fs::remove_file(&new).ok();
        return;
    }
    let differing = match image::open(&path) {
        Ok(kept) => differing(now, &kept.to_rgba8()),
        Err(err) => Err(format!("there is no picture to compare with: {err}")),
    };
    match differing {
        Ok(n) if n <= PIXELS => {}
        Ok(n) => {
            now.save(&new).expect("the folder is writable");
            faults.push(format!("{n} pixels differ from the kept picture"));
        }
        Err(fault) => faults.push(fault),
    }
}

/// How many pixels are others.
fn differing(now: &RgbaImage, kept: &RgbaImage) -> Result<usize, String> {
    if now.dimensions() != kept.dimensions() {
        let sizes = (now.dimensions(), kept.dimensions());
        return Err(format!("the kept picture has another size: {sizes:?}"));
    }
    let pairs = now.pixels().zip(kept.pixels());
    Ok(pairs.filter(|(a, b)| distance(a.0, b.0) > SHADES).count())
}

fn distance(a: [u8; 4], b: [u8; 4]) -> u32 {
    let channels = a.iter().zip(b).take(3);
    channels.map(|(a, b)| u32::from(a.abs_diff(b))).sum()
}

/// As PNG, with the most frequent colours; each pixel has the one that is nearest to it.
fn in_few_colours(picture: &RgbaImage) -> Vec<u8> {
    let coarse = |pixel: &Rgba<u8>| pixel.0.map(|channel| (channel >> 3) * 8 + (channel >> 5));
    let mut counts = std::collections::BTreeMap::<[u8; 4], usize>::new();
    for pixel in picture.pixels() {
        *counts.entry(coarse(pixel)).or_default() += 1;
    }
    let mut colours: Vec<([u8; 4], usize)> = counts.into_iter().collect();
    colours.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let palette: Vec<[u8; 4]> = colours.iter().take(COLOURS).map(|(c, _)| *c).collect();
    let nearest = |colour: [u8; 4]| {
        let all = palette.iter().enumerate();
        let best = all.min_by_key(|(_, own)| distance(**own, colour));
        best.map_or(0, |(at, _)| at as u8)
    };
    let known: std::collections::BTreeMap<[u8; 4], u8> = colours
        .iter()
        .map(|(colour, _)| (*colour, nearest(*colour)))
        .collect();
    let pixels: Vec<u8> = picture.pixels().map(|p| known[&coarse(p)]).collect();

    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let rgb: Vec<u8> = palette
        .iter()
        .flat_map(|[r, g, b, _]| [*r, *g, *b])
        .collect();
    encoder.set_palette(rgb);
    let mut writer = encoder.write_header().expect("a small picture");
    writer.write_image_data(&pixels).expect("all its pixels");
    writer.finish().expect("written into memory");
    bytes
}

#[test]
fn a_kept_picture_has_its_colours_and_another_one_is_told() {
    let mut picture = RgbaImage::from_pixel(40, 20, Rgba([250, 250, 250, 255]));
    for x in 0..20 {
        picture.put_pixel(x, 3, Rgba([20, 40, 200, 255]));
    }
    let kept = image::load_from_memory(&in_few_colours(&picture)).expect("a picture");
    let kept = kept.to_rgba8();
    assert_eq!(differing(&picture, &kept), Ok(0));
    assert!(distance(kept.get_pixel(5, 3).0, [20, 40, 200, 255]) < 24);
    picture.put_pixel(30, 3, Rgba([20, 40, 200, 255]));
    assert_eq!(differing(&picture, &kept), Ok(1));
    assert!(differing(&halved(&picture), &kept).is_err());
}
