//! The exported map as SVG and PDF, and pictures without a ground.

use std::collections::BTreeMap;
use std::io::Read as _;

use isthmus::analysis::CommunityId;
use isthmus::people::PersonId;
use isthmus::progress::Progress;
use isthmus::render::{
    Label, LabelOf, Light, MapScene, MapStyle, PictureStyle, Pixels, Theme, TieLine, pdf, picture,
    svg,
};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::{bridges, crowd, world};

const SIZE: [u32; 2] = [900, 600];

fn style() -> PictureStyle {
    PictureStyle::new(Theme::Dark, SIZE)
}

fn drawn(map: &MapScene, style: &PictureStyle) -> Pixels {
    picture(map, style, &Progress::new()).expect("nobody cancels")
}

/// What an SVG holds: how often each element occurs, its texts, and its groups with the circles right inside.
#[derive(Default)]
struct Read {
    elements: BTreeMap<String, usize>,
    texts: Vec<String>,
    circles_of: BTreeMap<String, usize>,
}

impl Read {
    fn of(bytes: &[u8]) -> Self {
        let mut reader = Reader::from_reader(bytes);
        let mut read = Self::default();
        let mut path: Vec<(String, String)> = Vec::new();
        loop {
            let event = reader.read_event().expect("well-formed XML");
            if let Event::Start(tag) | Event::Empty(tag) = &event {
                let name = tag.name().as_ref().to_owned();
                let id = tag.try_get_attribute("id").expect("sound attributes");
                let id = id.map(|id| id.value.to_string());
                if name == "circle"
                    && let Some((_, group)) = path.last()
                {
                    *read.circles_of.entry(group.clone()).or_default() += 1;
                }
                *read.elements.entry(name.clone()).or_default() += 1;
                if matches!(event, Event::Start(_)) {
                    path.push((name, id.unwrap_or_default()));
                }
            }
            match event {
                Event::End(_) => {
                    path.pop();
                }
                Event::Text(text) if path.last().is_some_and(|(name, _)| name == "text") => {
                    read.add(&text);
                }
                Event::GeneralRef(sign) if path.last().is_some_and(|(name, _)| name == "text") => {
                    let sign = match &*sign {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        "quot" => "\"",
                        "apos" => "'",
                        other => panic!("unknown sign {other}"),
                    };
                    read.add(sign);
                }
                Event::Start(tag) if tag.name().as_ref() == "text" => {
                    read.texts.push(String::new());
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert!(path.is_empty(), "every element is closed");
        read
    }

    fn add(&mut self, text: &str) {
        if let Some(last) = self.texts.last_mut() {
            last.push_str(text);
        }
    }

    fn n(&self, element: &str) -> usize {
        self.elements.get(element).copied().unwrap_or(0)
    }
}

/// Names in several scripts, far from each other, over a crowd.
fn named() -> (MapScene, Vec<&'static str>) {
    let mut map = crowd();
    let names = vec![
        "田中さくら",
        "مطعم السوشي",
        "Ana 🍣",
        "<b>&\"Co\"</b>",
        "שלום",
        "Zoë",
    ];
    map.labels = (0u32..)
        .zip(&names)
        .map(|(i, name)| Label {
            text: (*name).to_owned(),
            at: [i as f32 * 90.0 - 220.0, i as f32 * 50.0 - 130.0],
            clear: 0.0,
            of: LabelOf::Community(CommunityId(i)),
        })
        .collect();
    for dot in &mut map.dots {
        dot.ringed = false; // bridges would keep their places clear
    }
    (map, names)
}

#[test]
fn an_svg_is_xml_with_every_dot_every_tie_and_every_name() {
    let (map, names) = named();
    let bytes = svg(&map, &style(), &Progress::new()).expect("nobody cancels");
    let read = Read::of(&bytes);
    for name in names {
        assert!(read.texts.iter().any(|t| t == name), "{name} is missing");
    }
    assert_eq!(read.n("circle"), map.dots.len());
    let drawn = map.ties.iter().filter(|tie| tie.a != tie.b);
    assert!(read.n("path") >= drawn.count());
    assert_eq!(read.n("image"), 0);
    let again = svg(&map, &style(), &Progress::new()).expect("nobody cancels");
    assert_eq!(bytes, again, "the same picture is the same file");
}

#[test]
fn an_svg_has_one_group_for_each_community_with_its_people() {
    let map = world().scene(&MapStyle::default());
    let read = Read::of(&svg(&map, &style(), &Progress::new()).expect("nobody cancels"));
    // Ana, Ben, Chiara; Dan, Eli; Fay. Gus has no ties and no dot.
    for (group, people) in [("community-0", 3), ("community-1", 2), ("community-2", 1)] {
        assert_eq!(read.circles_of.get(group), Some(&people), "{group}");
    }
}

#[test]
fn so_many_ties_that_nobody_edits_them_are_one_image() {
    let mut map = crowd();
    let tie = map.ties[4_000];
    map.ties = (0..100_001u32)
        .map(|i| TieLine {
            a: i % 2_999,
            b: (i * 7 + 1) % 2_999,
            light: Light::Plain,
            ..tie
        })
        .collect();
    let bytes = svg(&map, &style(), &Progress::new()).expect("nobody cancels");
    let read = Read::of(&bytes);
    assert_eq!(read.n("path"), 0);
    assert!((1..=3).contains(&read.n("image")), "one a light");
    assert!(bytes.len() < 8_000_000, "{}", bytes.len());
    let file = pdf(&map, &style(), &Progress::new()).expect("a PDF");
    assert!(count(&file, b"/Subtype/Image") + count(&file, b"/Subtype /Image") > 0);
}

#[test]
fn bridges_shine_in_svg_and_pdf_too() {
    let map = world().scene(&bridges(1));
    let read = Read::of(&svg(&map, &style(), &Progress::new()).expect("nobody cancels"));
    assert_eq!(read.n("radialGradient"), 1, "one bridge, one light");
    // Besides its dot, its ring and its light.
    let of_communities = read.circles_of.iter();
    let circles = of_communities.filter(|(group, _)| group.starts_with("community-"));
    assert_eq!(circles.map(|(_, n)| n).sum::<usize>(), map.dots.len() + 2);
    let file = pdf(&map, &style(), &Progress::new()).expect("a PDF");
    assert!(file.starts_with(b"%PDF-"));
}

fn count(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).filter(|w| *w == part).count()
}

/// Everything that is packed in a PDF, unpacked.
fn unpacked(file: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    let mut rest = file;
    while let Some(at) = rest.windows(7).position(|w| w == b"stream\n") {
        rest = &rest[at + 7..];
        let mut bytes = Vec::new();
        let done = flate2::read::ZlibDecoder::new(rest).read_to_end(&mut bytes);
        if done.is_ok() {
            all.append(&mut bytes);
        }
    }
    all
}

#[test]
fn the_names_in_a_pdf_can_be_searched() {
    let (map, names) = named();
    let file = pdf(&map, &style(), &Progress::new()).expect("a PDF");
    let inside = String::from_utf8_lossy(&unpacked(&file)).to_lowercase();
    for letter in names.join("").chars().filter(|c| c.is_alphanumeric()) {
        let units = letter.encode_utf16(&mut [0; 2]).to_vec();
        let units: Vec<String> = units.iter().map(|unit| format!("{unit:04x}")).collect();
        let code = units.concat();
        assert!(inside.contains(&code), "{letter} is told nowhere");
    }
    assert!(count(&file, b"/FontFile") > 0, "the fonts are inside");
    let again = pdf(&map, &style(), &Progress::new()).expect("a PDF");
    assert!(file == again, "the same picture is the same file");
}

#[test]
fn a_picture_without_ground_laid_over_the_ground_is_the_picture_with_it() {
    let map = world().scene(&bridges(1));
    let with = drawn(&map, &style());
    let see_through = PictureStyle {
        transparent: true,
        ..style()
    };
    let without = drawn(&map, &see_through);
    assert_eq!(without.rgba[3], 0, "nothing lies in the corner");
    assert!(without.rgba.chunks(4).any(|p| p[3] == 255));
    let ground = &with.rgba[..3];
    for (a, b) in with.rgba.chunks(4).zip(without.rgba.chunks(4)) {
        let share = f32::from(b[3]) / 255.0;
        for k in 0..3 {
            let laid = f32::from(ground[k]) * (1.0 - share) + f32::from(b[k]) * share;
            assert!((laid - f32::from(a[k])).abs() <= 3.0, "{a:?} {b:?}");
        }
    }
    let file = svg(&map, &see_through, &Progress::new()).expect("nobody cancels");
    assert_eq!(count(&file, b"id=\"ground\""), 0);
}

#[test]
fn title_and_caption_stand_on_the_picture_and_the_map_makes_room() {
    let map = crowd();
    let titled = PictureStyle {
        title: "Sushi <spring>".to_owned(),
        caption: "749 people".to_owned(),
        legend: false,
        ..style()
    };
    let read = Read::of(&svg(&map, &titled, &Progress::new()).expect("nobody cancels"));
    assert!(read.texts.contains(&"Sushi <spring>".to_owned()));
    assert!(read.texts.contains(&"749 people".to_owned()));
    let topmost = |style: &PictureStyle| {
        let pixels = drawn(&map, style);
        let ground = pixels.rgba[..4].to_vec();
        let right = pixels.width as usize / 2..pixels.width as usize;
        let is_dot = |y: usize| {
            right.clone().any(|x| {
                let at = (y * pixels.width as usize + x) * 4;
                pixels.rgba[at..at + 4] != ground[..]
            })
        };
        (0..pixels.height as usize).find(|y| is_dot(*y))
    };
    let plain = PictureStyle {
        legend: false,
        ..style()
    };
    assert!(topmost(&titled) > topmost(&plain), "the map moved down");
}

#[test]
fn what_the_window_shows_is_what_is_drawn() {
    let map = world().scene(&MapStyle::default());
    let first = map.dots[0];
    let shown = PictureStyle {
        scale: Some(2.0),
        camera: Some(isthmus::render::Camera {
            centre: first.at,
            zoom: 8.0,
        }),
        legend: false,
        names: Some(0),
        selected: vec![first.person],
        ..style()
    };
    let pixels = drawn(&map, &shown);
    let [w, h] = SIZE.map(|s| s as usize);
    let middle = (h / 2 * w + w / 2) * 4;
    let colour = first.colour;
    assert_eq!(
        pixels.rgba[middle..middle + 3],
        [colour.0, colour.1, colour.2]
    );
    // The ring of the selection stands 3 points from the dot's edge, 2 points wide.
    let text = isthmus::render::palette(Theme::Dark).text;
    let camera = shown.camera.expect("given");
    let off = (camera.radius_px(first.radius) + 3.0) * 2.0;
    let ring = (h / 2 * w + w / 2 + off as usize) * 4;
    assert_eq!(pixels.rgba[ring..ring + 3], [text.0, text.1, text.2]);
    let nobody = PictureStyle {
        selected: vec![PersonId(u32::MAX)],
        ..shown
    };
    assert!(drawn(&map, &nobody) != pixels);
}
