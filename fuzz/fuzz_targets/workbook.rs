//! Workbooks. With the first byte `0` the rest is the file; with `1` it is the parts of one, so that damage reaches the
//! sheets and not only their packing.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(
    init: isthmus_fuzz::only_our_panics(),
    |data: &[u8]| -> Corpus {
        let file = match data.split_first() {
            Some((b'0', rest)) => Some(rest.to_vec()),
            Some((b'1', rest)) => isthmus_fuzz::archive(rest),
            _ => None,
        };
        let Some(file) = file else {
            return Corpus::Reject;
        };
        isthmus_fuzz::check("book.xlsx", &file);
        Corpus::Keep
    }
);
