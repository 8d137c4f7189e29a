//! A long table is cut into blocks at the ends of rows: all cores read it, and what they find comes back in the order of the file.
//!
//! Where a block may begin depends on all the quotes before it. They are counted first, and then nothing is taken on trust: a
//! scanner remembers nothing from one row to the next, so when one block's rows end exactly where the next one was cut, that cut
//! is right. Where they do not (quotes that nobody closed or doubled), the next block is read again from where the rows do end.

use memchr::{memchr_iter, memchr2_iter};
use rayon::prelude::*;

use super::scan::Scanner;
use crate::progress::{Cancelled, Progress};

/// Bytes of a block, about. A core reads one in a few milliseconds, so cancelling is quick.
const BLOCK: usize = 1 << 20;

/// Blocks that are read before what they gave is taken in: bounds what waits.
const WAVE: usize = 16;

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
    let blocks = cut(rows);
    let mut ready: Vec<Part<T>> = Vec::new();
    for wave in blocks.chunks(WAVE) {
        // While one core takes in what is ready, the others read on.
        let (taken, next) = rayon::join(
            || taker.take_all(std::mem::take(&mut ready), &one),
            || wave.par_iter().map(|b| one(*b)).collect::<Result<Vec<_>, _>>(),
        );
        taken?;
        ready = next?;
        let bytes = wave.iter().map(|b| b.end - b.start).sum::<usize>() as u64;
        progress.advance(if counted { bytes } else { 0 })?;
    }
    taker.take_all(ready, &one)?;
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
    fn take_all<T>(
        &mut self,
        parts: Vec<Part<T>>,
        read: &impl Fn(Block) -> Result<Part<T>, Cancelled>,
    ) -> Result<(), Cancelled>
    where
        F: FnMut(T),
    {
        for mut part in parts {
            if part.block.start != self.at {
                if part.block.end <= self.at {
                    continue; // a row that began before it reaches past it
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
        }
        Ok(())
    }
}

/// What a piece of text holds.
#[derive(Clone, Copy)]
struct Survey {
    start: usize,
    end: usize,
    quotes: usize,
    lines: u64,
}

/// Cuts the rest of a text, at ends of rows as far as the number of quotes tells them.
fn cut(rows: &Scanner<'_>) -> Vec<Block> {
    let (start, line) = (rows.at(), rows.line());
    let bytes = rows.text().as_bytes();
    if !rows.lines_end_rows() || bytes.len().saturating_sub(start) < 2 * BLOCK {
        let end = bytes.len().max(start);
        return vec![Block { start, end, line }];
    }
    let n = (bytes.len() - start).div_ceil(BLOCK);
    let surveys: Vec<Survey> = (0..n)
        .into_par_iter()
        .map(|i| {
            let from = start + i * BLOCK;
            let end = (from + BLOCK).min(bytes.len());
            let piece = bytes.get(from..end).unwrap_or_default();
            Survey {
                start: from,
                end,
                quotes: memchr_iter(b'"', piece).count(),
                lines: memchr_iter(b'\n', piece).count() as u64,
            }
        })
        .collect();
    let mut blocks = Vec::with_capacity(n);
    let mut block = Block { start, end: start, line };
    let (mut quotes, mut lines) = (0, line);
    for survey in surveys {
        if survey.start > start
            && let Some((cut, breaks)) = first_end_of_row(bytes, survey, quotes % 2 == 1)
        {
            blocks.push(Block { end: cut, ..block });
            block = Block {
                start: cut,
                end: cut,
                line: lines + breaks,
            };
        }
        quotes += survey.quotes;
        lines += survey.lines;
    }
    blocks.push(Block {
        end: bytes.len(),
        ..block
    });
    blocks
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
