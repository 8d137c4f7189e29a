//! x

mod layout;
