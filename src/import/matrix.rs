//! A square of ties: the same names along the top and down the side, weights inside.

use super::numbers;
use super::report::ImportReport;
use super::scan::{Next, Record};
use super::table::Table;
use crate::people::{AccountId, GivenTie, Posts, TieKind};
use crate::progress::{Cancelled, Progress};

/// True when the names of the columns come back as the first cells of the rows, and numbers fill the rest.
pub(super) fn is_square(table: &Table<'_>) -> bool {
    let Some(names) = table
        .columns
        .get(1..)
        .filter(|n| n.len() >= 2 && table.has_header)
    else {
        return false;
    };
    let is_number =
        |cell: &String| numbers::is_missing(cell) || numbers::weight(cell, true).is_some();
    let n_rows = table.sample.len();
    (n_rows == names.len() || (n_rows < names.len() && n_rows == super::table::N_SAMPLE))
        && table.sample.iter().zip(names).all(|(row, name)| {
            row.first().is_some_and(|c| c.trim() == name) && row.iter().skip(1).all(is_number)
        })
}

/// Reads the ties of a square. The rows of the report are its cells that are not 0.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn read(
    table: &Table<'_>,
    posts: &mut Posts,
    report: &mut ImportReport,
    progress: &Progress,
) -> Result<(), Cancelled> {
    let decimal_comma = table.separator.words() == "semicolon";
    let accounts: Vec<Option<AccountId>> = table
        .columns
        .iter()
        .skip(1)
        .map(|name| posts.own_account(name))
        .collect();
    let mut cells: Vec<(usize, usize, f64)> = Vec::new();
    let mut scanner = table.rows();
    let mut record = Record::default();
    let mut row = 0;
    let mut read_to = 0;
    loop {
        match scanner.next(&mut record) {
            Next::End => break,
            Next::Unbalanced => {
                report.leave_out("a quote that never closes", table.file, record.line);
                continue;
            }
            Next::Row => {}
        }
        progress.advance((scanner.at() - read_to) as u64)?;
        read_to = scanner.at();
        for column in 0..accounts.len() {
            let cell = record.get(column + 1);
            match numbers::weight(cell, decimal_comma) {
                Some(w) if w > 0.0 && w.is_finite() => cells.push((row, column, w)),
                Some(0.0) => {}
                None if numbers::is_missing(cell) => {}
                Some(w) if w.is_nan() && numbers::is_missing(cell) => {}
                wrong => report.leave_out(
                    super::tie_list::wrong_weight(wrong),
                    table.file,
                    record.line,
                ),
            }
        }
        row += 1;
    }
    let symmetric = is_symmetric(&cells);
    for (a, b, count) in cells {
        if symmetric && a > b {
            continue;
        }
        let ends = accounts
            .get(a)
            .copied()
            .flatten()
            .zip(accounts.get(b).copied().flatten());
        if let Some((from, to)) = ends {
            report.rows_read += 1;
            posts.given_ties.push(GivenTie {
                from,
                to,
                kind: TieKind::Tie,
                count,
                directed: !symmetric,
            });
        } else {
            report.leave_out("a tie without a name", table.file, 1);
        }
    }
    Ok(())
}

/// A square that is its own mirror image states each tie twice: it has no direction.
fn is_symmetric(cells: &[(usize, usize, f64)]) -> bool {
    let mut mirrored: Vec<(usize, usize, u64)> =
        cells.iter().map(|&(a, b, w)| (b, a, w.to_bits())).collect();
    mirrored.sort_unstable();
    !cells.is_empty()
        && mirrored
            .iter()
            .zip(cells)
            .all(|(m, c)| *m == (c.0, c.1, c.2.to_bits()))
}
