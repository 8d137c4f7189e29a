//! The one integration binary: features through the public API, by subject.

mod campaign;
mod panels;
mod tidy;
