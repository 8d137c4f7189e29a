//! The one integration binary: features through the public API, by subject.

mod campaign;
mod map_view;
mod render;
mod tidy;
