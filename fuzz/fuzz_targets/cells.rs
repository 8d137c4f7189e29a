//! What stands in single cells: handles and mentions, dates, numbers, addresses. A NUL ends a cell.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut table = b"\"Author\",\"Text\",\"Date\",\"Followers\",\"Url\",\"Reply To\"".to_vec();
    for (i, cell) in data.split(|b| *b == 0).enumerate() {
        table.extend_from_slice(if i % 6 == 0 { b"\n\"" } else { b",\"" });
        for byte in cell {
            if *byte == b'"' {
                table.push(b'"');
            }
            table.push(*byte);
        }
        table.push(b'"');
    }
    table.push(b'\n');
    isthmus_fuzz::check("cells.csv", &table);
});
