//! A long table is cut into blocks at the ends of rows: all cores read it, and what they find comes back in the order of the file.
//!
//! Where a block may begin depends on all the quotes before it. They are counted first, and then nothing is taken on trust: a
//! scanner remembers nothing from one row to the next, so when one block's rows end exactly where the next one was cut, that cut
//! is right. Where they do not (quotes that nobody closed or doubled), the next block is read again from where the rows do end.

use memchr::{memchr_iter, memchr2_iter};
use rayon::prelude::*;

use super::in_turn::in_turn;
use super::scan::Scanner;
use crate::progress::{Cancelled, Progress};

/// Bytes of a block, about. A core reads one in a millisecond, so cancelling is quick.
const BLOCK: usize = 1 << 18;

/// Part of a text. Whoever has a scanner at `start` finds whole rows up to `end`.
#[derive(Debug, Clone, Copy)]
struct Block {
    start: usize,
    end: usize,
    /// The line at `start`.
    line: u64,
}

/// What one block gave, and where its rows ended.
struct Part<T> {
    block: Block,
    gave: T,
    end: usize,
    end_line: u64,
    repaired: u64,
}

/// Calls `read` with a scanner for each block of the rows that `rows` stands before, on all cores, and `take` with what it gave,
/// in the order of the file. Returns the number of rows rescued from quotes that never closed.
///
/// What `read` gives must depend on the rows of its scanner only; it should stop early when `progress` is cancelled. With
/// `counted`, bytes are counted as done.
///
/// # Errors
/// [`Cancelled`] only.
///
/// # Cost
/// O(bytes), and twice that without help of other cores where the quotes of a file do not add up.
pub(super) fn in_order<T: Send>(
    rows: &Scanner<'_>,
    (progress, counted): (&Progress, bool),
    read: impl Fn(&mut Scanner<'_>) -> T + Sync,
    take: impl FnMut(T) + Send,
) -> Result<u64, Cancelled> {
    in_blocks(
        &cut(rows, BLOCK, progress)?,
        rows,
        (progress, counted),
        read,
        take,
    )
}

fn in_blocks<T: Send>(
    blocks: &[Block],
    rows: &Scanner<'_>,
    (progress, counted): (&Progress, bool),
    read: impl Fn(&mut Scanner<'_>) -> T + Sync,
    take: impl FnMut(T) + Send,
) -> Result<u64, Cancelled> {
    let one = |block: Block| {
        progress.check()?;
        let mut scanner = rows.part(block.start, block.line, block.end);
        let gave = read(&mut scanner);
        progress.check()?;
        Ok(Part {
            block,
            gave,
            end: scanner.at(),
            end_line: scanner.line(),
            repaired: scanner.repaired,
        })
    };
    let mut taker = Taker {
        at: rows.at(),
        line: rows.line(),
        repaired: 0,
        take,
    };
    let read_one = |number: usize| {
        let block = blocks[number];
        let part = one(block)?;
        let bytes = (block.end - block.start) as u64;
        progress.advance(if counted { bytes } else { 0 })?;
        Ok(part)
    };
    in_turn(blocks.len(), read_one, |part| taker.take_in(part, &one))?;
    Ok(taker.repaired)
}

/// Takes in parts in order.
struct Taker<F> {
    /// Where the rows that were taken in end.
    at: usize,
    line: u64,
    repaired: u64,
    take: F,
}

impl<F> Taker<F> {
    fn take_in<T>(
        &mut self,
        mut part: Part<T>,
        read: &impl Fn(Block) -> Result<Part<T>, Cancelled>,
    ) -> Result<(), Cancelled>
    where
        F: FnMut(T),
    {
        if part.block.start != self.at {
            if part.block.end <= self.at {
                return Ok(()); // a row that began before it reaches past it
            }
            part = read(Block {
                start: self.at,
                line: self.line,
                end: part.block.end,
            })?;
        }
        (self.at, self.line) = (part.end, part.end_line);
        self.repaired += part.repaired;
        (self.take)(part.gave);
        Ok(())
    }
}

/// What a piece of text holds.
#[derive(Clone, Copy)]
struct Survey {
    start: usize,
    end: usize,
    quotes: usize,
    /// Lines that end in it, where it begins outside of quotes and where it begins inside.
    lines: [u64; 2],
}

/// Cuts the rest of a text into blocks of about `size` bytes, at ends of rows as far as the number of quotes tells them.
fn cut(rows: &Scanner<'_>, size: usize, progress: &Progress) -> Result<Vec<Block>, Cancelled> {
    let (start, line) = (rows.at(), rows.line());
    let bytes = rows.text().as_bytes();
    if !rows.lines_end_rows() || bytes.len().saturating_sub(start) < 2 * size {
        let end = bytes.len().max(start);
        return Ok(vec![Block { start, end, line }]);
    }
    let n = (bytes.len() - start).div_ceil(size);
    let surveys: Vec<Survey> = (0..n)
        .into_par_iter()
        .map(|i| {
            progress.check()?;
            let from = start + i * size;
            let end = (from + size).min(bytes.len());
            let piece = bytes.get(from..end).unwrap_or_default();
            Ok(Survey {
                start: from,
                end,
                quotes: memchr_iter(b'"', piece).count(),
                lines: lines(piece, rows.made_here),
            })
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut blocks = Vec::with_capacity(n);
    let mut block = Block {
        start,
        end: start,
        line,
    };
    let (mut quotes, mut line_here) = (0usize, line);
    for survey in surveys {
        if survey.start > start
            && let Some((cut, breaks)) = first_end_of_row(bytes, survey, quotes % 2 == 1)
        {
            let breaks = if rows.made_here { 1 } else { breaks };
            blocks.push(Block { end: cut, ..block });
            block = Block {
                start: cut,
                end: cut,
                line: line_here + breaks,
            };
        }
        line_here += survey.lines[quotes % 2];
        quotes += survey.quotes;
    }
    blocks.push(Block {
        end: bytes.len(),
        ..block
    });
    Ok(blocks)
}

/// As [`Survey::lines`] says. In rows that this program wrote each row counts as one line, whatever its cells hold.
fn lines(piece: &[u8], made_here: bool) -> [u64; 2] {
    if !made_here {
        return [memchr_iter(b'\n', piece).count() as u64; 2];
    }
    let (mut lines, mut quotes) = ([0; 2], 0);
    for at in memchr2_iter(b'"', b'\n', piece) {
        match piece.get(at) {
            Some(b'"') => quotes += 1,
            _ => lines[quotes % 2] += 1,
        }
    }
    lines
}

/// The byte behind the first line feed outside quotes in a piece that begins `quoted` or not, and the line feeds up to there.
fn first_end_of_row(bytes: &[u8], piece: Survey, quoted: bool) -> Option<(usize, u64)> {
    let mut quoted = quoted;
    let mut breaks = 0;
    for at in memchr2_iter(b'"', b'\n', bytes.get(piece.start..piece.end)?) {
        let at = piece.start + at;
        if bytes.get(at) == Some(&b'"') {
            quoted = !quoted;
            continue;
        }
        breaks += 1;
        if !quoted {
            return Some((at + 1, breaks));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::scan::{Next, Record, Separator};
    use super::*;

    /// Line, first byte and cells of each row; no cells where a quote never closes.
    type Rows = Vec<(u64, usize, Vec<String>)>;

    fn rows_of(scanner: &mut Scanner<'_>) -> Rows {
        let mut rows = Rows::new();
        let mut record = Record::default();
        loop {
            let cells = match scanner.next(&mut record) {
                Next::End => return rows,
                Next::Unbalanced => Vec::new(),
                Next::Row => record.cells().map(str::to_owned).collect(),
            };
            rows.push((record.line, record.start, cells));
        }
    }

    /// Every record, what the scanner rescued, and the last line of it all: at once, and in blocks of `size` bytes.
    fn both_ways(scanner: &Scanner<'_>, size: usize) -> [(Rows, u64); 2] {
        let mut whole = scanner.clone();
        let mut rows = Rows::new();
        let repaired = in_blocks(
            &cut(&whole, size, &Progress::new()).expect("nobody cancels"),
            &whole,
            (&Progress::new(), true),
            |scanner| rows_of(scanner),
            |more| rows.extend(more),
        );
        let at_once = rows_of(&mut whole);
        [
            (at_once, whole.repaired),
            (rows, repaired.expect("nobody cancels")),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn blocks_give_what_the_whole_gives(
            text in "([ab\"\",,\n\n\r ]|\r\n|,\"[ab,\n]{0,9}\",|é){0,120}",
            width in prop_oneof![Just(None), (1usize..5).prop_map(Some)],
            size in 1usize..40,
        ) {
            let mut scanner = Scanner::new(&text, Separator::Byte(b','), 0, 1);
            scanner.width = width;
            let [at_once, in_blocks] = both_ways(&scanner, size);
            prop_assert_eq!(at_once, in_blocks);
        }

        #[test]
        fn rows_from_cells_count_as_one_line_each(
            text in "((a|\"(\"\"|[a,\n]){0,6}\"|),(a|\"[a,\n]{0,6}\")\n|\n){0,40}",
            size in 1usize..40,
        ) {
            let mut scanner = Scanner::new(&text, Separator::Byte(b','), 0, 1);
            scanner.made_here = true;
            scanner.width = Some(2);
            let [at_once, in_blocks] = both_ways(&scanner, size);
            prop_assert_eq!(at_once, in_blocks);
        }
    }

    #[test]
    fn a_cut_inside_a_quoted_text_waits_for_its_end() {
        let text = "a,\"one\ntwo\nthree\"\nb,c\n".repeat(50);
        let scanner = Scanner::new(&text, Separator::Byte(b','), 0, 1);
        let blocks = cut(&scanner, 20, &Progress::new()).expect("nobody cancels");
        assert!(blocks.len() > 20, "{}", blocks.len());
        for block in blocks {
            assert!(matches!(
                text.get(block.start..=block.start),
                Some("a" | "b")
            ));
            assert_eq!(
                block.line,
                1 + text[..block.start].matches('\n').count() as u64
            );
        }
    }

    #[test]
    fn nobody_waits_any_more() {
        let text = "a,b\n".repeat(1000);
        let scanner = Scanner::new(&text, Separator::Byte(b','), 0, 1);
        let progress = Progress::new();
        progress.cancel();
        let stopped = in_order(&scanner, (&progress, true), |_| (), |()| ());
        assert_eq!(stopped, Err(Cancelled));
    }
}
