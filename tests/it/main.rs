//! All integration tests, in one binary: linking the window is slow.

mod render;
