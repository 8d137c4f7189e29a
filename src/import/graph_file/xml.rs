//! Events of an XML file: local names, attributes and text, with the five entities and numbers read and nothing else.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::super::ImportError;
use super::super::decode;
use super::super::error::Place;
use super::text::Places;
use crate::progress::Progress;

/// Deeper elements are no graph.
const DEEPEST: usize = 10_000;

/// What comes next.
pub(super) enum Happening<'t> {
    /// An element begins.
    Start(Tag<'t>),
    /// An element ends.
    End(String),
    /// Text between elements.
    Text(Cow<'t, str>),
    /// The end of the file.
    Over,
}

/// The beginning of an element.
pub(super) struct Tag<'t>(BytesStart<'t>);

impl Tag<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of the attribute with this name, with or without prefix; damaged attributes are no attributes.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        let found = attributes
            .with_checks(false)
            .filter_map(Result::ok)
            .find(|a| a.key.local_name().into_inner() == name)?;
        Some(match found.value {
            Cow::Borrowed(value) => unescaped(value),
            Cow::Owned(value) => Cow::Owned(unescaped(&value).into_owned()),
        })
    }
}

/// Reads the events of one file.
pub(super) struct Xml<'t> {
    reader: Reader<&'t [u8]>,
    places: Places<'t>,
    file: String,
    format: &'static str,
    progress: Progress,
    told: usize,
    depth: usize,
    /// Where the event given last began.
    at: usize,
    n_events: u64,
}

impl<'t> Xml<'t> {
    /// Begins to read `text`.
    pub(super) fn of(text: &'t str, file: &str, format: &'static str, progress: &Progress) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            places: Places::of(text),
            file: file.to_owned(),
            format,
            progress: progress.clone(),
            told: 0,
            depth: 0,
            at: 0,
            n_events: 0,
        }
    }

    /// The line where the event given last began.
    pub(super) fn line(&mut self) -> u64 {
        self.places.line(self.at)
    }

    /// The next event that matters; comments, instructions and declarations do not.
    ///
    /// # Errors
    /// [`ImportError::Broken`] where the file is no XML or breaks off, [`ImportError::Cancelled`].
    pub(super) fn next(&mut self) -> Result<Happening<'t>, ImportError> {
        loop {
            self.at = self.reader.buffer_position() as usize;
            self.n_events += 1;
            if self.n_events.is_multiple_of(1000) {
                self.progress.advance((self.at - self.told) as u64)?;
                self.told = self.at;
            }
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.broken(&error)),
            };
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(self.refuse("its elements are nested too deep"));
                    }
                    return Ok(Happening::Start(Tag(tag)));
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    let name = tag.local_name().into_inner().to_owned();
                    return Ok(Happening::End(name));
                }
                Event::Text(text) => return Ok(Happening::Text(text.into_inner())),
                Event::CData(text) => return Ok(Happening::Text(text.into_inner())),
                Event::GeneralRef(name) => return Ok(Happening::Text(entity(&name).into())),
                Event::Eof if self.depth > 0 => {
                    return Err(self.refuse("it breaks off in the middle"));
                }
                Event::Eof => {
                    self.progress.advance((self.at - self.told) as u64)?;
                    return Ok(Happening::Over);
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn broken(&mut self, error: &quick_xml::Error) -> ImportError {
        self.at = self.reader.error_position() as usize;
        match error {
            quick_xml::Error::Syntax(_) => self.refuse("it breaks off in the middle of a mark"),
            quick_xml::Error::IllFormed(_) => {
                self.refuse("its elements do not end where they should")
            }
            _ => self.refuse("it is no valid XML"),
        }
    }

    fn refuse(&mut self, reason: &str) -> ImportError {
        ImportError::Broken {
            format: self.format,
            reason: reason.to_owned(),
            at: Place {
                file: self.file.clone(),
                line: self.places.line(self.at),
            },
        }
    }
}

/// The name of the root element, without prefix, of a file that begins with `start`.
pub(super) fn root(start: &str) -> Option<String> {
    if !start
        .trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
        .starts_with('<')
    {
        return None;
    }
    let mut reader = Reader::from_str(start);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                return Some(tag.local_name().into_inner().to_owned());
            }
            Ok(Event::Eof | Event::End(_)) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// The text of an XML file: in the encoding that it names itself, where its bytes do not tell another.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let starts_ascii = bytes
        .first()
        .is_some_and(|b| *b == b'<' || b.is_ascii_whitespace());
    if starts_ascii && bytes.get(1) != Some(&0) && std::str::from_utf8(bytes).is_err() {
        let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(200)).unwrap_or_default());
        let named = start
            .split_once("encoding=")
            .and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
        if let Some(encoding) = named.and_then(|n| encoding_rs::Encoding::for_label(n.as_bytes()))
            && encoding != encoding_rs::UTF_8
        {
            return encoding.decode_without_bom_handling(bytes).0;
        }
    }
    decode::as_text(bytes).text
}

/// Text with its entities read.
fn unescaped(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, behind)) = rest.split_once('&') {
        text.push_str(before);
        // Looked for only as far as names reach, or signs without end would be looked through again and again.
        let end = behind.bytes().take(40).position(|b| b == b';');
        if let Some((name, after)) =
            end.and_then(|end| Some((behind.get(..end)?, behind.get(end + 1..)?)))
        {
            text.push_str(&entity(name));
            rest = after;
        } else {
            text.push('&');
            rest = behind;
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// What `&name;` stands for. Others than the five of XML and numbers stay as they are written: nothing is looked up, so
/// nothing can grow.
fn entity(name: &str) -> String {
    let sign = match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name.strip_prefix('#').and_then(|number| {
            let hex = number.strip_prefix(['x', 'X']);
            let code = match hex {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            code.ok().and_then(char::from_u32)
        }),
    };
    sign.map_or_else(|| format!("&{name};"), String::from)
}
