//! The texts of posts, one behind the other in a few large strings: no allocation and no slack for each.

/// Bytes of one string. Small enough that the unused end of the last one does not matter.
const CHUNK: usize = 1 << 20;

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct TextPlace {
    /// Which of the strings.
    pub(crate) chunk: u32,
    /// Its first byte there.
    pub(crate) from: u32,
    /// Its bytes.
    pub(crate) len: u32,
}

/// All texts, by number. Uses a few per cent more memory than the texts have bytes, and 12 bytes for each.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    chunks: Vec<String>,
    places: Vec<TextPlace>,
    kept: bool,
}

impl Default for Texts {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            places: Vec::new(),
            kept: true,
        }
    }
}

impl Texts {
    pub(super) fn stop_keeping(&mut self) {
        self.kept = false;
    }

    pub(super) fn are_kept(&self) -> bool {
        self.kept
    }

    /// Adds one text; returns its number. What lies beyond 4 GiB of it is cut off.
    pub(super) fn push(&mut self, text: &str) -> u32 {
        if !self.kept {
            return 0;
        }
        let text = text
            .get(..text.floor_char_boundary(u32::MAX as usize))
            .unwrap_or(text);
        let place = self.add(text);
        self.push_place(TextPlace {
            len: text.len() as u32,
            ..place
        })
    }

    /// Adds a text that stands in one of the strings already; returns its number.
    pub(super) fn push_place(&mut self, place: TextPlace) -> u32 {
        if self.kept {
            self.places.push(place);
        }
        self.places.len().saturating_sub(1) as u32
    }

    /// Makes room for about `n` more texts.
    pub(super) fn expect(&mut self, n: usize) {
        if self.kept {
            self.places.reserve_exact(n);
        }
    }

    /// Adds a string of less than 4 GiB, which may hold several texts; returns where it begins.
    pub(super) fn add(&mut self, texts: &str) -> TextPlace {
        if !self.kept {
            return TextPlace::default();
        }
        let has_room = self
            .chunks
            .last()
            .is_some_and(|last| last.len() + texts.len() <= CHUNK);
        if !has_room {
            // All at once: a string that grows leaves gaps in memory.
            self.chunks
                .push(String::with_capacity(texts.len().max(CHUNK)));
        }
        let place = TextPlace {
            chunk: self.chunks.len() as u32 - 1,
            from: self.chunks.last().map_or(0, String::len) as u32,
            len: 0,
        };
        if let Some(last) = self.chunks.last_mut() {
            last.push_str(texts);
        }
        place
    }

    /// The text with this number; empty where none is kept.
    pub(super) fn get(&self, number: u32) -> &str {
        let Some(place) = self.places.get(number as usize) else {
            return "";
        };
        let range = place.from as usize..place.from as usize + place.len as usize;
        self.chunks
            .get(place.chunk as usize)
            .and_then(|chunk| chunk.get(range))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_take_little_more_memory_than_they_have_bytes() {
        let mut texts = Texts::default();
        let text = "a text of a usual length, with rice and 🍣 ".repeat(3);
        let numbers: Vec<u32> = (0..100_000).map(|_| texts.push(&text)).collect();
        assert!(numbers.iter().all(|number| texts.get(*number) == text));
        let used: usize = texts.chunks.iter().map(String::capacity).sum();
        let with_places = used + texts.places.capacity() * size_of::<TextPlace>();
        assert!(
            with_places * 10 <= text.len() * numbers.len() * 13,
            "{with_places}"
        );
    }

    #[test]
    fn nothing_is_kept_where_nothing_is_to_be_kept() {
        let mut texts = Texts::default();
        texts.stop_keeping();
        let number = texts.push("a text");
        assert_eq!(texts.get(number), "");
        texts.add("more texts");
        assert!(texts.chunks.is_empty());
    }
}
