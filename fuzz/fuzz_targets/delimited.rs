//! Delimited text: is it a table at all, which table is it, and its rows.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};

const BEGINNINGS: [&str; 8] = [
    "",
    "Author,Text\n",
    "author\ttext\tdate\treply_to\tid\turl\n",
    "Source,Target,Weight\n",
    "Id;Label\n",
    ",a,b,c\na,",
    "\u{feff}\"Author\",\"Full Text\",\"Date\",\"Url\",\"Followers\"\r\n",
    "Export\n\nAuthor;Text;Reach\n",
];

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some(bytes) = isthmus_fuzz::begun(data, &BEGINNINGS) else {
        return Corpus::Reject;
    };
    isthmus_fuzz::check("file.csv", &bytes);
    Corpus::Keep
});
