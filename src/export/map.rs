//! The map as a file: PNG, SVG or PDF.

use std::path::Path;

use jiff::{Timestamp, tz::TimeZone};

use crate::import::ImportReport;
use crate::people::ConversationGraph;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::render::{self, MapScene, PdfError, PictureStyle, thousands};

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum MapFormat {
    /// Pixels.
    #[default]
    Png,
    /// Shapes and text, for drawing programs and browsers.
    Svg,
    /// One page, for print.
    Pdf,
}

impl MapFormat {
    /// Every format, the usual one first.
    pub const ALL: [Self; 3] = [Self::Png, Self::Svg, Self::Pdf];

    /// How the names of such files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
        }
    }

    /// What kind of file a name asks for; `None` where its ending says nothing we write.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        Self::ALL.into_iter().find(|f| f.ending() == ending)
    }
}

/// The bytes of the file that shows `scene`. `dpi`: pixels an inch that a PNG says of itself.
///
/// # Errors
/// A [`Problem`] when the work was cancelled, or a font refuses to go into a PDF.
pub fn map(
    scene: &MapScene,
    style: &PictureStyle,
    (format, dpi): (MapFormat, Option<u32>),
    progress: &Progress,
) -> Result<Vec<u8>, Problem> {
    match format {
        MapFormat::Png => {
            let pixels = render::picture(scene, style, progress)?;
            Ok(render::encode_png_at(&pixels, dpi))
        }
        MapFormat::Svg => Ok(render::svg(scene, style, progress)?),
        MapFormat::Pdf => render::pdf(scene, style, progress).map_err(|error| match error {
            PdfError::Cancelled(cancelled) => cancelled.into(),
            error => Problem::new(
                format!("The PDF could not be put together: {error}"),
                "Export the map as SVG or PNG",
            ),
        }),
    }
}

/// What the picture is of, for its caption: `749 people · 3,012 posts · 1 to 21 June 2026 · seed 1`.
pub fn caption(graph: &ConversationGraph, report: &ImportReport, seed: u64) -> String {
    let count = |n: u64, one: &str, many: &str| {
        let word = if n == 1 { one } else { many };
        format!("{} {word}", thousands(n))
    };
    let mut parts = vec![count(graph.n_people() as u64, "person", "people")];
    if report.posts > 0 {
        parts.push(count(report.posts, "post", "posts"));
    }
    parts.extend(report.time_range.and_then(days));
    parts.push(format!("seed {seed}"));
    parts.join(" · ")
}

/// The days from the first to the last moment (seconds since 1970 UTC): `1 to 21 June 2026`.
pub(super) fn days((first, last): (i64, i64)) -> Option<String> {
    let day = |seconds| {
        let at = Timestamp::from_second(seconds).ok()?;
        Some(at.to_zoned(TimeZone::UTC).date())
    };
    let (first, last) = (day(first)?, day(last)?);
    let whole = last.strftime("%-d %B %Y");
    Some(if first == last {
        whole.to_string()
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} to {whole}", first.day())
    } else if first.year() == last.year() {
        format!("{} to {whole}", first.strftime("%-d %B"))
    } else {
        format!("{} to {whole}", first.strftime("%-d %B %Y"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_say_no_month_or_year_twice() {
        let at = |text: &str| {
            let time: Timestamp = text.parse().expect("a time");
            time.as_second()
        };
        for (first, last, words) in [
            (
                "2026-06-01T00:00:00Z",
                "2026-06-21T23:59:59Z",
                "1 to 21 June 2026",
            ),
            (
                "2026-06-21T00:00:00Z",
                "2026-06-21T23:59:59Z",
                "21 June 2026",
            ),
            (
                "2026-05-30T12:00:00Z",
                "2026-06-02T00:00:00Z",
                "30 May to 2 June 2026",
            ),
            (
                "2025-12-31T12:00:00Z",
                "2026-01-01T00:00:00Z",
                "31 December 2025 to 1 January 2026",
            ),
        ] {
            assert_eq!(days((at(first), at(last))).as_deref(), Some(words));
        }
        assert_eq!(days((i64::MAX, i64::MAX)), None);
    }

    #[test]
    fn the_ending_tells_the_format() {
        let of = |name: &str| MapFormat::of(Path::new(name));
        assert_eq!(of("a.b/map.SVG"), Some(MapFormat::Svg));
        assert_eq!(of("map.pdf"), Some(MapFormat::Pdf));
        assert_eq!(of("map.png"), Some(MapFormat::Png));
        assert_eq!(of("map.jpg"), None);
        assert_eq!(of("png"), None);
    }
}
