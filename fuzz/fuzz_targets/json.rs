//! Posts as JSON, one document or one record a line.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};

const BEGINNINGS: [&str; 6] = [
    "",
    "[",
    "{\"data\":[",
    "{\"messages\":[",
    "window.YTD.tweets.part0 = [",
    "{",
];

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some(bytes) = isthmus_fuzz::begun(data, &BEGINNINGS) else {
        return Corpus::Reject;
    };
    isthmus_fuzz::check("file.json", &bytes);
    Corpus::Keep
});
