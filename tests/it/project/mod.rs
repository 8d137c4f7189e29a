//! The project file: what is saved comes back, edits are on the disk, damage is told and never made worse.

mod damage;
mod file;
mod kill;
mod made_up;
mod undo;
mod versions;
