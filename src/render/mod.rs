//! Facts and positions become one picture: [`MapScene`], which the window, the PNG and later exporters all draw.
//!
//! Nothing here knows a window or a GPU. Lengths are map units unless a name says otherwise (`_px`, `_pt`).

mod bend;
mod camera;
mod card;
mod crowd;
mod ink;
mod labels;
mod land;
mod legend;
mod paint;
mod palette;
mod pdf;
mod picture;
mod place;
mod png;
mod raster;
mod scene;
mod sheet;
mod surface;
mod svg;
mod text;
mod ties;
mod touched;
mod words;

pub use bend::{Bends, PARTS, curve};
pub use camera::Camera;
pub use crowd::Crowd;
pub use ink::{DotInk, TieInk, tie_emphasis, tie_width_pt};
pub use labels::islands;
pub use land::Land;
pub use palette::{COLOUR_NAMES, Palette, palette};
pub use pdf::{PdfError, pdf};
pub use picture::picture;
pub use place::{Placed, Placing, Side, place};
pub use png::{encode_png, encode_png_at};
pub use raster::{MAX_SIDE, raster, raster_scaled};
pub use scene::scene;
pub use sheet::PictureStyle;
pub use svg::svg;
pub use touched::{Touch, TouchedPeople};
pub use words::{shorten, thousands};

use std::sync::Arc;

use crate::analysis::CommunityId;
use crate::explore::ShownPart;
use crate::people::PersonId;

/// An opaque colour, sRGB, as designers write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Light ground.
    Light,
    /// Dark ground.
    #[default]
    Dark,
}

/// The two pictures of one map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Picture {
    /// Everybody, coloured by community.
    Everyone,
    /// The best `n` bridges ringed and lit with their ties across communities, all else dimmed.
    Bridges(u32),
}

/// How the map is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct MapStyle {
    /// Light or dark.
    pub theme: Theme,
    /// Everyone, or the bridges.
    pub picture: Picture,
    /// At most this many people are named.
    pub labels: u32,
    /// Communities that are not shown (their people and ties are left out).
    pub hidden: Vec<CommunityId>,
    /// Only this community is lit; the others are dimmed.
    pub isolated: Option<CommunityId>,
    /// Dots are coloured by how often they are touched, instead of by community; and not the bridges but the people who touch
    /// them are ringed.
    pub touches: Option<Arc<TouchedPeople>>,
    /// Only this part of the map is shown.
    pub part: Option<PartStyle>,
}

/// How a part of the map is told from the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartStyle {
    /// Who and what is shown.
    pub part: Arc<ShownPart>,
    /// The rest is dimmed instead of left out.
    pub dims: bool,
    /// What the part is, for the legend: "replies, at least 3 interactions".
    pub words: String,
}

impl Default for MapStyle {
    fn default() -> Self {
        Self {
            theme: Theme::Dark,
            picture: Picture::Everyone,
            labels: 40,
            hidden: Vec::new(),
            isolated: None,
            touches: None,
            part: None,
        }
    }
}

/// How much a dot or a tie stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Light {
    /// Far back: another picture's or an isolated community's surroundings.
    Dimmed,
    /// As usual.
    Plain,
    /// In front of all: bridges and their ties across.
    Lit,
}

/// One person on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// Who.
    pub person: PersonId,
    /// Centre.
    pub at: [f32; 2],
    /// Radius.
    pub radius: f32,
    /// The community's colour.
    pub colour: Rgb,
    /// Reach unknown: drawn hollow.
    pub hollow: bool,
    /// A bridge: drawn with a ring round it.
    pub ringed: bool,
    /// How much it stands out.
    pub light: Light,
}

/// One tie on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TieLine {
    /// Index of one end in [`MapScene::dots`].
    pub a: u32,
    /// Index of the other end.
    pub b: u32,
    /// Damped strength.
    pub strength: f32,
    /// Within a community: its colour; across: a blend of both.
    pub colour: Rgb,
    /// Joins two communities.
    pub across: bool,
    /// How much it stands out.
    pub light: Light,
}

/// A name on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// What it says.
    pub text: String,
    /// Where its subject is: the centre of the dot or of the community.
    pub at: [f32; 2],
    /// Keep this clear of the subject: the dot's radius; 0 for communities.
    pub clear: f32,
    /// A person's name, or a community's.
    pub of: LabelOf,
}

/// Whose name a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabelOf {
    /// A person.
    Person(PersonId),
    /// A community.
    Community(CommunityId),
}

/// One line of the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendCommunity {
    /// Which one; `None` for the lines "Other communities" and "Small groups".
    pub community: Option<CommunityId>,
    /// Its colour.
    pub colour: Rgb,
    /// Its name.
    pub name: String,
    /// Its members.
    pub people: u32,
}

/// What the picture means: part of the window and of every export.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Legend {
    /// Communities by size, at most 12, then "Other communities" and "Small groups" where there are such.
    pub communities: Vec<LegendCommunity>,
    /// What size means, one short line: "size: followers".
    pub size: String,
    /// Three dots of round numbers: label and radius.
    pub sizes: Vec<(String, f32)>,
    /// Further lines: "ring: one of the 25 best bridges", "hollow: followers unknown (312)", "1,204 people without ties are not drawn".
    pub notes: Vec<String>,
}

/// Everything the map shows, in map units. Dots and ties are in drawing order: later ones lie above earlier ones.
/// Drawn light by light: dimmed ties, dimmed dots, plain ties, plain dots, lit ties, lit dots.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapScene {
    /// People: dimmed first, lit last; large before small within a light.
    pub dots: Vec<Dot>,
    /// Ties: dimmed first, lit last; within a light a fair order, so that the first k of them are a fair sample by strength.
    pub ties: Vec<TieLine>,
    /// Ties on the map, where `ties` are a part of them; 0: these are all.
    pub n_ties: usize,
    /// Candidates for labels, most important first; who places them leaves out those that would overlap.
    pub labels: Vec<Label>,
    /// By dot: whose community it is of.
    pub communities: Vec<Option<CommunityId>>,
    /// The part of the map that is shown; `None`: all of it.
    pub part: Option<Arc<ShownPart>>,
    /// Behind all dots and ties.
    pub land: Land,
    /// The legend.
    pub legend: Legend,
    /// At most this many people are named in a picture for export.
    pub named: u32,
    /// Smallest and largest corner that holds every dot.
    pub bounds: ([f32; 2], [f32; 2]),
}

/// A picture of `width` × `height` RGBA pixels, rows from the top; see-through ones have their colour whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// 4 bytes a pixel.
    pub rgba: Vec<u8>,
}
