//! Writes the built-in sample, `assets/sushi-sample.csv`: an invented conversation about sushi, the same bytes every time.
//! Beside it, for the tests, the same world a month later with what was changed in it: `tests/fixtures/update/`.
//!
//! ```text
//! cargo run --release --example make_sample
//! cargo run --release --example make_sample -- 1000000 /tmp/posts.csv     a large one, for measuring (about 300 MB)
//! ```

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

mod sample;

fn main() -> io::Result<()> {
    let mut typed = std::env::args().skip(1);
    if let (Some(posts), Some(path)) = (typed.next(), typed.next()) {
        let posts = posts.parse().map_err(io::Error::other)?;
        let mut out = BufWriter::new(File::create(path)?);
        sample::large::write(posts, &mut out)?;
        return out.flush();
    }
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::write(project.join("assets/sushi-sample.csv"), sample::csv())?;
    let (later, planted) = sample::later();
    let update = project.join("tests/fixtures/update");
    std::fs::create_dir_all(&update)?;
    std::fs::write(update.join("sushi-sample-later.csv"), later)?;
    std::fs::write(update.join("planted.csv"), sample::planted_csv(&planted))
}
