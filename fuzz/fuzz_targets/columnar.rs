//! Parquet, Arrow and Feather.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: isthmus_fuzz::only_our_panics(),
    |data: &[u8]| {
        isthmus_fuzz::check("table.parquet", data);
    }
);
