//! The one net under the readers of other projects (workbooks, Parquet, Arrow), which panic on some damaged files.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    /// Whether this thread works inside a net.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Does `work`; `None` when it panicked. Then nothing is printed either: the caller has one sentence for the person.
///
/// Right only round code of others that we cannot mend: what `work` changed through references may be half done, so the
/// caller throws it away. `work` must not start threads of its own. Does not help where memory runs out: sizes are checked
/// before.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    static QUIET: Once = Once::new();
    // The fuzz targets decide for themselves whose panics end them.
    if !cfg!(fuzzing) {
        QUIET.call_once(|| {
            let loud = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                if !GUARDED.get() {
                    loud(info);
                }
            }));
        });
    }
    let outer = GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_is_no_panic_outside() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| [1].get(1).copied().expect("two")), None);
        assert!(!GUARDED.get());
    }
}
