//! Results become files that other programs read: plain functions that write to any [`std::io::Write`].

pub mod changes;
pub mod csv;
pub mod graph;
pub mod list;
pub mod map;
pub mod people_table;
pub mod report;
pub mod summary;
mod xlsx;
