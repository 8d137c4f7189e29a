//! Connected parts of the conversation.

use super::patience::check_at;
use super::{Components, Partition};
use crate::people::Ties;
use crate::progress::{Cancelled, Progress};

/// The connected parts, largest first, ties by smallest member. O(n + m).
///
/// # Errors
/// [`Cancelled`] only.
pub fn components(ties: &Ties, progress: &Progress) -> Result<Components, Cancelled> {
    let n = ties.n_people();
    let mut label = vec![u32::MAX; n];
    let mut n_labels = 0;
    let mut waiting: Vec<u32> = Vec::new();
    let mut seen = 0;
    for start in 0..n {
        if label[start] != u32::MAX {
            continue;
        }
        label[start] = n_labels;
        waiting.push(start as u32);
        while let Some(i) = waiting.pop() {
            seen += 1;
            check_at(progress, seen)?;
            for &j in ties.row(i as usize).0 {
                if label[j as usize] == u32::MAX {
                    label[j as usize] = n_labels;
                    waiting.push(j);
                }
            }
        }
        n_labels += 1;
    }
    let parts = Partition::numbered(&label, n_labels as usize);
    Ok(Components {
        of: parts.of,
        sizes: parts.sizes,
    })
}
