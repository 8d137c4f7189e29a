//! Graphs as JSON: graphology, node-link, d3, Cytoscape, CX.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};

const BEGINNINGS: [&str; 6] = [
    "",
    "{\"nodes\":[",
    "{\"attributes\":{},\"nodes\":[{\"key\":\"a\"},",
    "{\"elements\":{\"nodes\":[",
    "[{\"CXVersion\":\"2.0\"},",
    "{\"directed\":true,\"nodes\":[{\"id\":1},{\"id\":2}],\"links\":[",
];

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some(bytes) = isthmus_fuzz::begun(data, &BEGINNINGS) else {
        return Corpus::Reject;
    };
    isthmus_fuzz::check("graph.json", &bytes);
    Corpus::Keep
});
