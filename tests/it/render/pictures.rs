//! Whole pictures for export.

use isthmus::people::PersonId;
use isthmus::progress::Progress;
use isthmus::render::{Label, LabelOf, MapStyle, PictureStyle, Pixels, Theme, encode_png, picture};

use super::{bridges, crowd, world};

#[test]
fn names_in_any_script_are_drawn_without_panic() {
    let mut map = crowd();
    let names = [
        "Ana García",
        "田中さくら",
        "مطعم السوشي",
        "🍣👩‍👩‍👧‍👦🇯🇵",
        "a\u{301}\u{302}\u{303} ẞ",
        "שלום, world 寿司",
        "ก็ำ",
        "\u{e000}\u{fffd}",
        "",
        " ",
    ];
    map.labels = (0u32..)
        .zip(names)
        .map(|(i, name)| Label {
            text: name.to_owned(),
            at: [i as f32 * 40.0 - 200.0, 0.0],
            clear: 2.0,
            of: LabelOf::Person(PersonId(i)),
        })
        .collect();
    map.named = 20;
    let drawn = picture(
        &map,
        &PictureStyle::new(Theme::Dark, [600, 400]),
        &Progress::new(),
    )
    .expect("nobody cancels");
    map.named = 0;
    let without = picture(
        &map,
        &PictureStyle::new(Theme::Dark, [600, 400]),
        &Progress::new(),
    )
    .expect("nobody cancels");
    assert_ne!(drawn, without, "the names can be seen");
}

#[test]
fn every_size_of_picture_can_be_made_twice_the_same() {
    let map = world().scene(&bridges(2));
    for size in [[1, 1], [40, 30], [300, 2_000], [2_000, 90], [1_200, 800]] {
        for theme in [Theme::Dark, Theme::Light] {
            let one = picture(&map, &PictureStyle::new(theme, size), &Progress::new())
                .expect("nobody cancels");
            assert_eq!([one.width, one.height], size);
            assert_eq!(one.rgba.len(), (size[0] * size[1] * 4) as usize);
            let two = picture(&map, &PictureStyle::new(theme, size), &Progress::new())
                .expect("nobody cancels");
            assert!(one == two);
        }
    }
}

#[test]
fn a_png_holds_the_same_pixels() {
    let map = world().scene(&MapStyle::default());
    let drawn = picture(
        &map,
        &PictureStyle::new(Theme::Light, [320, 200]),
        &Progress::new(),
    )
    .expect("nobody cancels");
    let file = encode_png(&drawn);
    let mut reader = png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .expect("a PNG file");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a small picture")];
    let info = reader.next_frame(&mut bytes).expect("one frame");
    assert_eq!([info.width, info.height], [320, 200]);
    let rgb: Vec<u8> = drawn.rgba.chunks(4).flat_map(|p| p[..3].to_vec()).collect();
    assert!(bytes[..info.buffer_size()] == rgb);
    assert!(
        encode_png(&Pixels {
            width: 0,
            height: 0,
            rgba: Vec::new()
        })
        .is_empty()
    );
}
