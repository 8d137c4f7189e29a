//! GEXF and GraphML.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};

const BEGINNINGS: [&str; 5] = [
    "",
    "<gexf><graph>",
    "<?xml version=\"1.0\"?><!DOCTYPE g [<!ENTITY a \"b\">]><gexf><graph><nodes>",
    "<graphml><graph edgedefault=\"directed\">",
    "<graphml><key id=\"d0\" for=\"edge\" attr.name=\"weight\"/><graph><node id=\"a\"/>",
];

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some(bytes) = isthmus_fuzz::begun(data, &BEGINNINGS) else {
        return Corpus::Reject;
    };
    isthmus_fuzz::check("graph.gexf", &bytes);
    Corpus::Keep
});
