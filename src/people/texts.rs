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

/// All texts. Uses at most a few per cent more memory than the texts have bytes.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    chunks: Vec<String>,
    kept: bool,
}

impl Default for Texts {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
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

    /// Adds one text. What lies beyond 4 GiB of it is cut off.
    pub(super) fn push(&mut self, text: &str) -> TextPlace {
        if !self.kept || text.is_empty() {
            return TextPlace::default();
        }
        let text = text
            .get(..text.floor_char_boundary(u32::MAX as usize))
            .unwrap_or(text);
        let has_room = self
            .chunks
            .last()
            .is_some_and(|last| last.len() + text.len() <= CHUNK);
        if !has_room {
            self.chunks.push(String::new());
        }
        let chunk = self.chunks.len() - 1;
        let from = self.chunks.last().map_or(0, String::len);
        if let Some(last) = self.chunks.last_mut() {
            last.push_str(text);
        }
        TextPlace {
            chunk: chunk as u32,
            from: from as u32,
            len: text.len() as u32,
        }
    }

    /// Adds a whole string of texts, of less than 4 GiB; returns its number.
    pub(super) fn add(&mut self, mut texts: String) -> u32 {
        if self.kept && !texts.is_empty() {
            texts.shrink_to_fit();
            self.chunks.push(texts);
        }
        self.chunks.len().saturating_sub(1) as u32
    }

    pub(super) fn get(&self, place: TextPlace) -> &str {
        let range = place.from as usize..place.from as usize + place.len as usize;
        self.chunks
            .get(place.chunk as usize)
            .and_then(|chunk| chunk.get(range))
            .unwrap_or_default()
    }
}
