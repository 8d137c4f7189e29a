//! The project file: what is saved comes back, edits are on the disk, damage is told and never made worse.

mod command_line;
mod damage;
mod file;
mod kill;
mod made_up;
mod privacy;
mod undo;
mod versions;
mod window;
