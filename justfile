# The commands of a working day. `just check` is what the build machine runs.

# Every check and every test.
check:
    ./test.sh

# The window on the sample, or the walk without a window where there is no display.
run:
    ./run.sh

# The tests whose names contain WORDS, with what is already compiled.
test *WORDS:
    CARGO_INCREMENTAL=1 cargo test --release --test it -- {{WORDS}}

# How long each part of the walk takes; `just bench layout` for one part.
bench *WORDS:
    cargo bench --bench walk -- {{WORDS}}

# Makes the pictures of the README again, from the sample.
screenshots:
    cargo build --release --locked
    mkdir -p screenshots
    target/release/isthmus export assets/sushi-sample.csv --map screenshots/map-everyone-dark.png --size 1600x1000 --theme dark
    target/release/isthmus export assets/sushi-sample.csv --map screenshots/map-bridges-light.png --size 1600x1000 --theme light --bridges 25

# The built-in sample again, after a change to its generator.
sample:
    cargo run --release --locked --example make_sample
