//! The organizer's own brand is left out on wish: it would stand in the middle of every map and is nobody to write to.

use std::collections::HashSet;

use super::{ImportReport, LeftOut, Place};
use crate::people::{Posts, key_of};

/// The reason under which they are counted.
const REASON: &str = "own brand";

/// Leaves out the posts and ties of `handles`, and whoever addresses them addresses nobody there. Done once, after all
/// readers, so that no format can forget it; the place is therefore the first file, without a line.
pub(super) fn leave_out(
    handles: &[String],
    file: &str,
    posts: &mut Posts,
    report: &mut ImportReport,
) {
    let keys: HashSet<String> = handles.iter().map(|h| key_of(h)).collect();
    let unknown = handles.iter().filter(|h| posts.find(&key_of(h)).is_none());
    report.handles_not_found = unknown.cloned().collect();
    if !posts.accounts.iter().any(|a| keys.contains(&*a.key)) {
        return;
    }
    let (n_posts, n_ties) = posts.without(&|account| keys.contains(&*account.key));
    let count = n_posts + n_ties;
    report.posts = report.posts.saturating_sub(n_posts);
    report.time_range = None;
    for post in &posts.posts {
        report.widen_time(post.time());
    }
    if count > 0 {
        report.left_out.push(LeftOut {
            reason: REASON.to_owned(),
            count,
            first: Place {
                file: file.to_owned(),
                line: 0,
            },
        });
    }
}
