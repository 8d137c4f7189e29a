//! Archives: zip, gzip, zstd, bzip2, one inside another. With the first byte `1` the rest is the members of a zip.
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
        isthmus_fuzz::check("archive.zip", &file);
        Corpus::Keep
    }
);
