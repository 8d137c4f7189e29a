//! Writes the built-in sample, `assets/sushi-sample.csv`: an invented conversation about sushi, the same bytes every time.
//!
//! ```text
//! cargo run --release --example make_sample
//! ```

use std::io;
use std::path::Path;

mod sample;

fn main() -> io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sushi-sample.csv");
    std::fs::write(path, sample::csv())
}
