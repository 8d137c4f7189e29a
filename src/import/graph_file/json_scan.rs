//! Tells graphs in JSON from other JSON by looking at their outermost names, without reading the rest.

/// How a graph stands in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// People have `key` and `attributes`.
    Graphology,
    /// People have `id` or `name`, ties `source` and `target`: networkx, d3, sigma, JSON Graph Format.
    NodeLink,
    /// People and ties stand under `elements`.
    Cytoscape,
    /// People and ties stand in one list.
    CytoscapeList,
    /// A list of aspects.
    Cx,
}

impl Shape {
    /// The format in words.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Graphology => "graphology JSON",
            Self::NodeLink => "Node-link JSON",
            Self::Cytoscape | Self::CytoscapeList => "Cytoscape JSON",
            Self::Cx => "Cytoscape CX",
        }
    }
}

/// The shape of the graph in `text`; `None` when it is no graph. Cost: at most one pass over the bytes.
pub(super) fn recognise(text: &str) -> Option<Shape> {
    let mut scan = Scan {
        bytes: text.trim_start_matches('\u{feff}').as_bytes(),
        at: 0,
    };
    match scan.sign()? {
        b'{' => {
            let (shape, closed) = scan.object(0)?;
            // One object a line is a list of posts, not a graph.
            let only = !closed || scan.sign().is_none();
            shape.filter(|_| only)
        }
        b'[' => scan.list(),
        _ => None,
    }
}

#[derive(Debug, Clone)]
struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Scan<'t> {
    /// The next sign that is no space, not taken.
    fn sign(&mut self) -> Option<u8> {
        while self.bytes.get(self.at)?.is_ascii_whitespace() {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, sign: u8) -> bool {
        let is = self.sign() == Some(sign);
        self.at += usize::from(is);
        is
    }

    /// The text of a string, as written; `None` where none stands here or it never closes.
    fn string(&mut self) -> Option<&'t [u8]> {
        if !self.take(b'"') {
            return None;
        }
        let start = self.at;
        loop {
            match self.bytes.get(self.at)? {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    return self.bytes.get(start..self.at - 1);
                }
                _ => self.at += 1,
            }
        }
    }

    /// Passes one value; `None` where the text ends inside it.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0u64;
        loop {
            match self.sign()? {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => self.at += 1,
                b',' | b':' => return None,
                _ => {
                    let rest = self.bytes.get(self.at..)?;
                    let ends = |b: &u8| b.is_ascii_whitespace() || b",:[]{}\"".contains(b);
                    self.at += rest.iter().position(ends).unwrap_or(rest.len()).max(1);
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// The names of the object that begins here, without passing it.
    fn names(&self) -> Vec<&'t [u8]> {
        let mut scan = self.clone();
        let mut names = Vec::new();
        if scan.take(b'{') {
            while names.len() < 200 {
                let Some(name) = scan.string() else { break };
                names.push(name);
                if !scan.take(b':') || scan.skip().is_none() || !scan.take(b',') {
                    break;
                }
            }
        }
        names
    }

    /// The first element of the list that begins here.
    fn first(&self) -> Option<Self> {
        let mut scan = self.clone();
        (scan.take(b'[') && scan.sign() != Some(b']')).then_some(scan)
    }

    /// Looks through the object that begins here; with what it is, and whether it closes.
    fn object(&mut self, depth: u8) -> Option<(Option<Shape>, bool)> {
        let mut seen = Seen::default();
        if !self.take(b'{') {
            return None;
        }
        if self.take(b'}') {
            return Some((None, true));
        }
        loop {
            let Some(name) = self.string() else {
                return Some((seen.shape(true), false));
            };
            if !self.take(b':') {
                return Some((seen.shape(true), false));
            }
            self.sign();
            let value = self.clone();
            seen.member(name, &value, depth);
            if self.skip().is_none() {
                return Some((seen.shape(true), false));
            }
            if self.take(b'}') {
                return Some((seen.shape(false), true));
            }
            if !self.take(b',') {
                return Some((seen.shape(true), false));
            }
        }
    }

    /// A list: aspects of CX, or people and ties of Cytoscape.
    fn list(&self) -> Option<Shape> {
        let names = self.first()?.names();
        let has = |name: &[u8]| names.contains(&name);
        if has(b"CXVersion") || has(b"numberVerification") {
            return Some(Shape::Cx);
        }
        let known: [&[u8]; 15] = [
            b"data",
            b"group",
            b"position",
            b"scratch",
            b"selected",
            b"selectable",
            b"locked",
            b"grabbable",
            b"classes",
            b"pannable",
            b"removed",
            b"style",
            b"renderedPosition",
            b"grabbed",
            b"css",
        ];
        let fits = has(b"data") && names.iter().all(|n| known.contains(n));
        let mut first = self.first()?;
        first.take(b'{');
        // The data of an element is one object with an id; pages of posts hold lists.
        let about = std::iter::from_fn(|| {
            let name = first.string()?;
            first.take(b':').then_some(())?;
            first.sign();
            let value = first.clone();
            first.skip()?;
            first.take(b',');
            Some((name, value))
        })
        .find(|(name, _)| *name == b"data")
        .map(|(_, value)| value.names())?;
        let marked = has(b"group") || has(b"position") || names.len() == 1;
        let of_posts: [&[u8]; 6] = [
            b"text",
            b"body",
            b"content",
            b"author",
            b"author_id",
            b"created_at",
        ];
        let is_element = about.iter().any(|n| *n == b"id" || *n == b"source")
            && !about.iter().any(|n| of_posts.contains(n));
        (fits && marked && is_element).then_some(Shape::CytoscapeList)
    }
}

/// What was found in an object.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing that was seen"
)]
struct Seen {
    people: bool,
    people_have_keys: bool,
    people_look_right: bool,
    ties: bool,
    ties_look_right: bool,
    ties_empty: bool,
    inside: Option<Shape>,
}

impl Seen {
    fn member(&mut self, name: &[u8], value: &Scan<'_>, depth: u8) {
        match name {
            b"nodes" => {
                self.people = true;
                let first = value.first();
                let names = first.as_ref().map(Scan::names).unwrap_or_default();
                let has = |name: &[u8]| names.contains(&name);
                self.people_have_keys = has(b"key") && !has(b"id");
                let known: [&[u8]; 6] = [b"id", b"key", b"name", b"data", b"label", b"@id"];
                let is_empty = first.is_none();
                self.people_look_right = is_empty || known.iter().any(|n| has(n));
            }
            b"edges" | b"links" => {
                self.ties = true;
                let Some(mut first) = value.first() else {
                    self.ties_empty = true;
                    return;
                };
                let names = first.names();
                let has = |name: &[u8]| names.contains(&name);
                let pairs: [(&[u8], &[u8]); 3] =
                    [(b"source", b"target"), (b"from", b"to"), (b"s", b"t")];
                let named = pairs.iter().any(|(a, b)| has(a) && has(b)) || has(b"data");
                self.ties_look_right = named || first.sign() == Some(b'[');
            }
            b"elements" if depth == 0 => {
                let mut inside = value.clone();
                self.inside = match inside.sign() {
                    Some(b'{') => inside.object(1).and_then(|o| o.0).map(|_| Shape::Cytoscape),
                    Some(b'[') => inside.list().map(|_| Shape::Cytoscape),
                    _ => None,
                };
            }
            b"g" | b"graph" | b"network" if depth == 0 && self.inside.is_none() => {
                self.inside = value.clone().object(1).and_then(|o| o.0);
            }
            _ => {}
        }
    }

    fn shape(&self, cut_off: bool) -> Option<Shape> {
        let with_ties = self.ties && (self.ties_look_right || self.ties_empty);
        let is_graph = self.people
            && self.people_look_right
            && (with_ties || self.people_have_keys || cut_off)
            || self.ties && self.ties_look_right && !self.people;
        if is_graph && (!self.ties || with_ties) {
            let keyed = self.people_have_keys;
            return Some(if keyed {
                Shape::Graphology
            } else {
                Shape::NodeLink
            });
        }
        self.inside
    }
}
