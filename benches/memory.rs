//! What stays in memory after a file was opened and closed again, many times in a row.
//!
//! ```text
//! cargo run --release --example make_graph -- planted 100000 500000 edges.csv
//! cargo bench --bench memory -- edges.csv [times, 20 unless told]
//! ```

use std::path::Path;
use std::sync::Arc;

use isthmus::problem::Problem;
use isthmus::progress::Progress;
use isthmus::session::{self, Start, WalkSettings};
use isthmus::{files, system};

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1).filter(|a| a != "--bench");
    let Some(file) = arguments.next() else {
        // `cargo bench` runs every bench: without a file there is nothing to open.
        println!("memory: name a file of posts or ties");
        return Ok(());
    };
    let times: u32 = match arguments.next() {
        Some(n) => n
            .parse()
            .map_err(|error| format!("{n} is no number ({error})"))?,
        None => 20,
    };
    system::prepare_memory();
    println!("        open/MB  closed/MB");
    println!("start {:>19}", resident());
    for time in 1..=times {
        let open = open(Path::new(&file)).map_err(|problem| problem.to_string())?;
        system::give_memory_back();
        println!("{time:>5} {open:>9} {:>9}", resident());
    }
    Ok(())
}

/// Opens the file, lays out its map, and closes it; the memory while it is open, in MB.
fn open(file: &Path) -> Result<u64, Problem> {
    let settings = WalkSettings::default();
    let progress = Progress::new();
    let sources = [files::read(file)?];
    let conversation = session::read(&sources, &settings.import, &progress)?;
    drop(sources);
    let mut results = session::analyse(&Arc::new(conversation), &settings, &progress)?;
    let positions = session::arrange(&mut results, &Start::default(), &progress, &|_| ())?;
    let open = resident();
    drop((results, positions));
    Ok(open)
}

/// Memory of this process that is in use, in MB; 0 where the system does not tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kb = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
    kb.unwrap_or(0_u64) / 1000
}
