//! GML, Pajek, DOT, UCINET DL, VNA, GDF, METIS, Matrix Market: the first byte chooses.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};

const BEGINNINGS: [&str; 16] = [
    "",
    "graph [\n",
    "*Vertices 3\n",
    "digraph {",
    "graph \"g\" {\n",
    "dl n=3\n",
    "dl nr=2 nc=3 format=edgelist1 labels embedded\ndata:\n",
    "*node data\nid name\n",
    "nodedef>name VARCHAR,label VARCHAR\n",
    "3 2\n",
    "3 2 11\n",
    "%%MatrixMarket matrix coordinate real general\n",
    "%%MatrixMarket matrix array real symmetric\n",
    "*Arcs\n",
    "*tie data\nfrom to strength\n",
    "%%MatrixMarket matrix coordinate pattern skew-symmetric\n3 4 ",
];

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some(bytes) = isthmus_fuzz::begun(data, &BEGINNINGS) else {
        return Corpus::Reject;
    };
    isthmus_fuzz::check("graph.net", &bytes);
    Corpus::Keep
});
