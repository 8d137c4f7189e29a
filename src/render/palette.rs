//! The colours of both themes: twelve that colour-blind people can tell apart, greys for the rest, ground and text.

use super::{Rgb, Theme};
use crate::analysis::{Communities, CommunityId};

/// The colours of one theme.
///
/// The twelve were found by simulated annealing over sRGB: the smallest CIEDE2000 difference between any two of them, the
/// two greys and the ground was made as large as possible, seen normally and as people with protanopia, deuteranopia and
/// tritanopia see them (Machado, Oliveira, Fernandes 2009, severity 1), with chroma held at 62 so that none shouts.
/// The same place has a like hue in both themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Behind the map.
    pub ground: Rgb,
    /// Behind the legend and other cards.
    pub card: Rgb,
    /// Hairlines: the border of cards, separators.
    pub hairline: Rgb,
    /// Text on the ground or on a card.
    pub text: Rgb,
    /// Less important text.
    pub dim_text: Rgb,
    /// The ring round a bridge.
    pub ring: Rgb,
    /// The twelve largest communities, by size.
    pub communities: [Rgb; 12],
    /// Large communities beyond the twelfth.
    pub other: Rgb,
    /// Small groups.
    pub small: Rgb,
    /// Touched, but not often enough: an ember.
    pub ember: Rgb,
    /// Touched often enough: the fire. Both far from each other and from `small` in lightness, so that they can be told apart
    /// without their hue.
    pub fire: Rgb,
}

/// What the twelve are called, for whoever chooses one: the same place has a like hue in both themes.
pub const COLOUR_NAMES: [&str; 12] = [
    "sky",
    "orange",
    "turquoise",
    "coral",
    "gold",
    "lilac",
    "green",
    "blue",
    "pale green",
    "mauve",
    "ochre",
    "brown",
];

const DARK: Palette = Palette {
    ground: Rgb(0x12, 0x14, 0x1a),
    card: Rgb(0x1b, 0x1e, 0x26),
    hairline: Rgb(0x34, 0x39, 0x45),
    text: Rgb(0xf2, 0xf4, 0xf8),
    dim_text: Rgb(0xa3, 0xaa, 0xb8),
    ring: Rgb(0xff, 0xff, 0xff),
    communities: [
        Rgb(0x07, 0xa7, 0xff), // sky
        Rgb(0xf0, 0x98, 0x62), // orange
        Rgb(0x1c, 0xf7, 0xdc), // turquoise
        Rgb(0xee, 0x58, 0x75), // coral
        Rgb(0xff, 0xd9, 0x63), // gold
        Rgb(0xd5, 0xc7, 0xff), // lilac
        Rgb(0x0e, 0x9b, 0x78), // green
        Rgb(0x56, 0x71, 0xdb), // blue
        Rgb(0xc6, 0xe6, 0xad), // pale green
        Rgb(0x91, 0x69, 0x99), // mauve
        Rgb(0xb2, 0x84, 0x0c), // ochre
        Rgb(0x77, 0x7b, 0x46), // olive
    ],
    other: Rgb(0x8d, 0x93, 0x9e),
    small: Rgb(0x5c, 0x61, 0x6b),
    ember: Rgb(0xc4, 0x62, 0x3a),
    fire: Rgb(0xff, 0xd2, 0x4a),
};

const LIGHT: Palette = Palette {
    ground: Rgb(0xfa, 0xfa, 0xf8),
    card: Rgb(0xff, 0xff, 0xff),
    hairline: Rgb(0xdc, 0xdd, 0xdf),
    text: Rgb(0x1c, 0x1f, 0x26),
    dim_text: Rgb(0x5d, 0x63, 0x6e),
    ring: Rgb(0x14, 0x16, 0x1c),
    communities: [
        Rgb(0x00, 0x8f, 0xf9), // sky
        Rgb(0xd0, 0x77, 0x51), // orange
        Rgb(0x00, 0xc6, 0xf0), // turquoise
        Rgb(0xc2, 0x2f, 0x59), // coral
        Rgb(0xe5, 0xac, 0x40), // gold
        Rgb(0xae, 0x68, 0xb3), // lilac
        Rgb(0x02, 0x7d, 0x69), // green
        Rgb(0x0e, 0x50, 0xb4), // blue
        Rgb(0x95, 0xc1, 0x92), // pale green
        Rgb(0x64, 0x41, 0x6c), // mauve
        Rgb(0x8a, 0x68, 0x00), // ochre
        Rgb(0x7b, 0x3c, 0x1f), // brown
    ],
    other: Rgb(0x80, 0x85, 0x8e),
    small: Rgb(0xb4, 0xb8, 0xbf),
    ember: Rgb(0xe8, 0x9a, 0x52),
    fire: Rgb(0xa8, 0x1e, 0x1e),
};

/// The colours of `theme`, for the window and for every picture.
pub const fn palette(theme: Theme) -> &'static Palette {
    match theme {
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    }
}

impl Palette {
    /// The colour of a community: the one that the person gave it, else it follows from its number alone, so that hiding or
    /// isolating others changes nothing. Small groups are grey.
    pub fn community(&self, communities: &Communities, id: CommunityId) -> Rgb {
        let Some(community) = communities.list.get(id.index()).filter(|c| !c.small) else {
            return self.small;
        };
        let given = community.colour.map(usize::from);
        let given = given.and_then(|place| self.communities.get(place));
        let by_number = self.communities.get(id.index());
        given.or(by_number).copied().unwrap_or(self.other)
    }
}

impl Rgb {
    /// This colour with `share` (0..=1) of `other` mixed in.
    #[must_use]
    pub fn mix(self, other: Self, share: f32) -> Self {
        let t = share.clamp(0.0, 1.0);
        let one =
            |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * t + 0.5).floor() as u8;
        Self(
            one(self.0, other.0),
            one(self.1, other.1),
            one(self.2, other.2),
        )
    }

    /// As the web writes it: `#008ff9`.
    pub fn hex(self) -> String {
        let Self(r, g, b) = self;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// As numbers 0..=255 for blending.
    pub(super) fn floats(self) -> [f32; 3] {
        [f32::from(self.0), f32::from(self.1), f32::from(self.2)]
    }
}
