//! The one integration binary: features through the public API, by subject.

mod campaign;
mod cli;
mod people;
mod tidy;
mod window;
