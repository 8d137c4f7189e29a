//! What has to hold for any file whatever: no panic, every row accounted for, the same result twice, and a preview that
//! says what reading says.

use std::panic;
use std::path::Path;

use isthmus::import::{self, ImportError, ImportReport, ImportSettings, Preview, Source};
use isthmus::people::{self, Posts, TieSettings};
use isthmus::progress::Progress;

/// Reads `bytes` under `name` in every way there is.
///
/// # Panics
/// Where the reader breaks one of its promises: that is the finding.
pub fn check(name: &str, bytes: &[u8]) {
    let sources = [Source {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }];
    let settings = ImportSettings::default();
    let read = || import::read(&sources, &settings, &Progress::new());
    let first = read();
    let again = read();
    assert_eq!(first.is_ok(), again.is_ok(), "read twice, refused once");
    match (&first, &again) {
        (Ok((posts, report)), Ok((posts_again, report_again))) => {
            assert_eq!(report, report_again, "two readings, two reports");
            assert_eq!(posts.posts.len(), posts_again.posts.len());
            assert_eq!(posts.given_ties, posts_again.given_ties);
            every_row(posts, report);
        }
        (Err(error), Err(error_again)) => {
            assert_eq!(error, error_again, "two readings, two refusals");
            sentence(error);
        }
        _ => {}
    }
    let previews = import::preview(&sources, &settings, &Progress::new());
    agree(&first, &previews);
}

/// Nothing is dropped silently.
fn every_row(posts: &Posts, report: &ImportReport) {
    assert_eq!(report.posts, posts.posts.len() as u64);
    assert_eq!(
        report.rows_read,
        report.posts
            + posts.given_ties.len() as u64
            + report.duplicates_removed
            + report.rows_left_out(),
        "rows without a place: {report:?}"
    );
    for tie in &posts.given_ties {
        assert!(tie.count.is_finite() && tie.count > 0.0, "{tie:?}");
    }
}

fn sentence(error: &ImportError) {
    let words = error.to_string();
    assert!(!words.is_empty() && words.len() < 8000, "{words}");
    assert!(!error.advice().is_empty());
}

/// The preview refuses what reading refuses, and counts what reading counts.
fn agree(
    read: &Result<(Posts, ImportReport), ImportError>,
    previews: &Result<Vec<Preview>, ImportError>,
) {
    match (read, previews) {
        (Ok(_), Err(error)) => panic!("read, but not previewed: {error}"),
        (Err(error), Err(other)) => assert_eq!(error, other, "two sentences for one file"),
        (Err(error), Ok(previews)) => {
            // Several tables are looked at one by one: only together do they say the sentence of the whole.
            if let [only] = previews.as_slice() {
                // In other words than the error's: a window has menus where a terminal has flags.
                assert!(
                    !only.warnings.is_empty() && only.report.rows_read == 0,
                    "refused, but previewed without a word: {error}: {only:?}"
                );
            }
        }
        (Ok((posts, report)), Ok(previews)) => {
            assert!(!previews.is_empty(), "read, but nothing to preview");
            if let [only] = previews.as_slice() {
                let counts = |r: &ImportReport| (r.rows_read, r.posts, r.duplicates_removed);
                assert_eq!(counts(report), counts(&only.report), "{only:?}");
                assert_eq!(report.left_out, only.report.left_out);
                let graph = people::build(posts, &TieSettings::default(), &Progress::new())
                    .expect("nobody cancels");
                assert_eq!(graph.n_people() as u64, only.people);
                assert_eq!(graph.ties.n_ties() as u64, only.ties);
            }
        }
    }
}

/// Lets panics of other projects' readers pass, since ours catches and tells them; all others end the run.
pub fn only_our_panics() {
    let ends_the_run = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map_or("", |place| place.file());
        let theirs = Path::new(place)
            .components()
            .any(|c| c.as_os_str() == "registry");
        if !theirs {
            ends_the_run(info);
        }
    }));
}

/// The first byte chooses one of `beginnings`, the rest follows it.
pub fn begun<'d>(data: &'d [u8], beginnings: &[&'d str]) -> Option<Vec<u8>> {
    let (choice, rest) = data.split_first()?;
    let beginning = beginnings.get(usize::from(choice.wrapping_sub(b'0')) % beginnings.len())?;
    Some([beginning.as_bytes(), rest].concat())
}

/// Puts an archive together. Parts stand one behind the other, each begun by a line `=== name`.
pub fn archive(parts: &[u8]) -> Option<Vec<u8>> {
    use std::io::{Cursor, Write as _};
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let text: &[u8] = parts.strip_prefix(b"=== ".as_slice())?;
    let mut rest = Some(text);
    while let Some(part) = rest {
        let next = part.windows(5).position(|w| w == b"\n=== ");
        let own = next.map_or(part, |at| &part[..at]);
        rest = next.map(|at| &part[at + 5..]);
        let line = own.iter().position(|b| *b == b'\n').unwrap_or(own.len());
        let name = String::from_utf8_lossy(&own[..line]);
        let body = own.get(line + 1..).unwrap_or_default();
        zip.start_file(name.as_ref(), options).ok()?;
        zip.write_all(body).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
