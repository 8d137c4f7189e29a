//! The door to vector instructions: the same work, compiled for what newer processors can do, where this one can.
//!
//! Results are the same: additions and products are never merged, and lanes are added up in an order that the code says.

use pulp::{Arch, NullaryFnOnce};

/// Work that is to be compiled for vector instructions: its function and all it calls must be inlined.
pub(super) trait Vectored {
    /// What it gives.
    type Gives;

    /// Does it.
    fn work(self) -> Self::Gives;
}

struct Wrapped<T>(T);

impl<T: Vectored> NullaryFnOnce for Wrapped<T> {
    type Output = T::Gives;

    #[expect(clippy::inline_always, reason = "as for the work itself")]
    #[inline(always)]
    fn call(self) -> T::Gives {
        self.0.work()
    }
}

/// Does `work` with the widest vectors this processor has. Costs a few nanoseconds beside the work.
pub(super) fn vectored<T: Vectored>(work: T) -> T::Gives {
    Arch::new().dispatch(Wrapped(work))
}
