//! An invented conversation about sushi: who takes part, who addresses whom, and what they write.
//!
//! Everything comes from one seed and whole numbers or `libm`, so that the file is the same on every machine. Nobody in it is
//! real; ids lie far beyond those any platform has given out, links and e-mail addresses lead to `example.com`.

pub(crate) mod large;
mod later;
mod people;
mod phrases;
mod random;
mod slots;
mod talk;
mod voices;

pub(crate) use later::Planted;
use talk::Row;

/// The whole file: a few label rows as monitoring tools write them, the header, one row a post by time.
pub(crate) fn csv() -> Vec<u8> {
    table("2026-03-02 to 2026-03-22", &talk::conversation())
}

/// The same world a month later, and what was changed in it.
pub(crate) fn later() -> (Vec<u8>, Vec<Planted>) {
    let (rows, planted) = talk::conversation_later();
    (table("2026-03-30 to 2026-04-19", &rows), planted)
}

/// What was changed, as a table.
pub(crate) fn planted_csv(planted: &[Planted]) -> Vec<u8> {
    let mut text = String::from("what,who\n");
    for (what, who) in planted {
        write_row(&mut text, &[(*what).to_owned(), who.clone()]);
    }
    text.into_bytes()
}

fn table(dates: &str, rows: &[Row]) -> Vec<u8> {
    let mut text = format!(
        "Report:,Sample conversation made up for Isthmus; nobody in it is real\n\
         Topic:,Sushi\n\
         Dates:,{dates}\n\
         \n",
    );
    write_row(&mut text, &HEADER.map(str::to_owned));
    for row in rows {
        write_row(&mut text, &cells(row));
    }
    text.into_bytes()
}

const HEADER: [&str; 14] = [
    "Date",
    "Author",
    "Full Name",
    "Full Text",
    "X Followers",
    "X Reply to",
    "X Repost of",
    "Mentioned Authors",
    "Language",
    "Sentiment",
    "Domain",
    "Url",
    "Resource Id",
    "Thread Entry Type",
];

fn cells(row: &Row) -> [String; 14] {
    [
        row.date(),
        row.author.clone(),
        row.name.clone(),
        row.text.clone(),
        row.followers.to_string(),
        row.reply_to.clone().unwrap_or_default(),
        row.repost_of.clone().unwrap_or_default(),
        row.mentioned().join(", "),
        row.language.to_owned(),
        row.sentiment.to_owned(),
        "x.com".to_owned(),
        talk::address(&row.author, row.id),
        row.id.to_string(),
        row.entry_type().to_owned(),
    ]
}

fn write_row(text: &mut String, cells: &[String]) {
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push('\n');
}
