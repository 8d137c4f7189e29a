//! The two pictures of the map on the page: shapes where there are few enough, else pixels.

use base64::Engine as _;

use super::page::{Page, attribute};
use super::{BRIDGES, Report};
use crate::export::map::{MapFormat, map};
use crate::people::{counted, thousands};
use crate::problem::Problem;
use crate::progress::Progress;
use crate::render::{self, MapStyle, PartStyle, Picture, PictureStyle, Theme};

/// Larger drawings than this, in bytes, become pixels.
const MOST_BYTES: usize = 1_500_000;
/// With more dots and ties than this the drawing would be larger.
const MOST_SHAPES: usize = 20_000;
/// In pixels; half as many points.
const SIZE: [u32; 2] = [1840, 1120];
/// People named in a picture.
const NAMES: u32 = 24;

/// Of a smaller picture, two of which stand beside each other.
const HALF_SIZE: [u32; 2] = [1200, 1000];

/// Everybody, as an address that holds the picture itself.
pub(super) fn everyone(report: &Report<'_>, progress: &Progress) -> Result<String, Problem> {
    picture(report, (MapStyle::default(), SIZE), progress)
}

/// The best bridges, all else in the back.
pub(super) fn bridges(report: &Report<'_>, progress: &Progress) -> Result<String, Problem> {
    let style = MapStyle {
        picture: Picture::Bridges(BRIDGES),
        ..MapStyle::default()
    };
    picture(report, (style, SIZE), progress)
}

/// Whom the ways touch that are to be seen, each with its name.
pub(super) fn touches(
    report: &Report<'_>,
    progress: &Progress,
) -> Result<Vec<(String, String)>, Problem> {
    let mut pictures = Vec::new();
    for way in report.compared().map_or(&[][..], |compared| &compared.ways) {
        if way.touches.is_some() {
            let style = MapStyle {
                touches: way.touches.clone(),
                ..MapStyle::default()
            };
            let picture = picture(report, (style, HALF_SIZE), progress)?;
            pictures.push((way.name.clone(), picture));
        }
    }
    Ok(pictures)
}

fn picture(
    report: &Report<'_>,
    (style, size): (MapStyle, [u32; 2]),
    progress: &Progress,
) -> Result<String, Problem> {
    let part = report.analysed_part().cloned();
    let style = MapStyle {
        part: part.map(|part| PartStyle {
            dims: false,
            ..part
        }),
        theme: Theme::Light,
        labels: if size == SIZE { NAMES } else { 0 },
        ..style
    };
    let scene = render::scene(
        report.graph,
        report.analysis,
        report.positions,
        report.sizes,
        &style,
    );
    progress.check()?;
    let style = PictureStyle {
        scale: Some(2.0),
        // A small picture has no room for it: its key stands below.
        legend: size == SIZE,
        transparent: true,
        ..PictureStyle::new(Theme::Light, size)
    };
    if scene.dots.len() + scene.ties.len() <= MOST_SHAPES {
        let drawing = map(&scene, &style, (MapFormat::Svg, None), progress)?;
        if drawing.len() <= MOST_BYTES {
            return Ok(address("image/svg+xml", &drawing));
        }
    }
    let pixels = map(&scene, &style, (MapFormat::Png, None), progress)?;
    Ok(address("image/png", &pixels))
}

fn address(kind: &str, bytes: &[u8]) -> String {
    let mut out = format!("data:{kind};base64,");
    base64::engine::general_purpose::STANDARD.encode_string(bytes, &mut out);
    out
}

/// A picture with its words below.
pub(super) fn figure(page: &mut Page, picture: &str, alt: &str, caption: &str) {
    sized_figure(page, (picture, SIZE), alt, caption);
}

/// A smaller picture with its words below.
pub(super) fn half_figure(page: &mut Page, picture: &str, alt: &str, caption: &str) {
    sized_figure(page, (picture, HALF_SIZE), alt, caption);
}

fn sized_figure(page: &mut Page, (picture, size): (&str, [u32; 2]), alt: &str, caption: &str) {
    page.open("figure", "");
    let [width, height] = size.map(|side| side / 2);
    page.empty(
        "img",
        &format!(
            r#"src="{picture}" width="{width}" height="{height}" {}"#,
            attribute("alt", alt)
        ),
    );
    page.line("figcaption", "", caption);
    page.close();
}

/// The map of everybody and how to read it.
pub(super) fn section(page: &mut Page, report: &Report<'_>, picture: &str) {
    page.open("section", r#"id="map" class="whole""#);
    page.line("h2", "", "The conversation on a map");
    page.paragraph(
        "Every dot is a person. Those who talk with each other stand near each other and have a line between them, so that \
         people who talk mostly among themselves form islands: the communities.",
    );
    let communities = &report.analysis.communities;
    let largest: Vec<&str> = report.community_names().into_iter().take(3).collect();
    let mut alt = format!(
        "Map of {} and the {} between them, in {}",
        counted(report.graph.n_people() as u64, "person", "people"),
        counted(report.graph.ties.n_ties() as u64, "tie", "ties"),
        counted(communities.n_large() as u64, "community", "communities"),
    );
    if !largest.is_empty() {
        alt.push_str(". The largest: ");
        alt.push_str(&largest.join("; "));
    }
    let mut caption =
        "Colour tells the community; what the size of a dot means stands in the legend.".to_owned();
    match report.graph.n_isolates() as u64 {
        0 => {}
        1 => caption.push_str(" 1 person talks with nobody here and is not drawn."),
        n => {
            caption.push(' ');
            caption.push_str(&thousands(n));
            caption.push_str(" people talk with nobody here and are not drawn.");
        }
    }
    figure(page, picture, &alt, &caption);
    page.close();
}
