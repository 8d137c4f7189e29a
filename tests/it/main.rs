//! All integration tests in one binary: linking a window program is slow.

mod sample;
