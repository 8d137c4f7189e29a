//! The communities of the sample: how many people, how they are called, how they talk, whom else they talk with.

use super::phrases::{self, Phrases};

/// One community.
pub(super) struct Voice {
    pub(super) phrases: &'static Phrases,
    /// People who post.
    pub(super) people: usize,
    /// Accounts that only others write to (bars, shops, shows): they post nothing, so nobody knows their reach.
    pub(super) silent: &'static [&'static str],
    /// Handles are made of a first name, `*`, and what stands around it.
    pub(super) handles: &'static [&'static str],
    /// What some put after their name.
    pub(super) emoji: &'static [&'static str],
    /// Middle of the ordinary reach.
    pub(super) median_reach: f64,
    /// How likely somebody from here, when talking outside, talks with each community (by number).
    pub(super) outside: [f64; 8],
    /// Share of people with an English name; the rest have names in other scripts or languages.
    pub(super) english: f64,
}

pub(super) const FOODIES: usize = 0;
pub(super) const HOME_COOKS: usize = 1;
pub(super) const MEDIA: usize = 2;
pub(super) const JAPANESE: usize = 3;
pub(super) const TRADE: usize = 4;
pub(super) const OCEAN: usize = 5;
pub(super) const PLANTS: usize = 6;
pub(super) const SAKE: usize = 7;

pub(super) const VOICES: [Voice; 8] = [
    Voice {
        phrases: &phrases::FOODIES,
        people: 139,
        silent: &[
            "kazecounter",
            "tideandgrain",
            "thequieteel",
            "wasabiroom",
            "moonfishbar",
            "nineseats_bar",
            "papercrane_bar",
            "hinokibar_ex",
            "umicorner",
            "omakaseclub_ex",
        ],
        handles: &[
            "*_eats",
            "*atthecounter",
            "hungry*",
            "*_bites",
            "*forkful",
            "eatwith*",
            "*_nigiri",
            "omakase_*",
            "*tastes",
        ],
        emoji: &["🍣", "🍽️", "✨", "🥢", "😋"],
        median_reach: 420.0,
        outside: [0.0, 3.0, 1.2, 1.4, 2.0, 1.0, 0.8, 2.0],
        english: 0.72,
    },
    Voice {
        phrases: &phrases::HOME_COOKS,
        people: 122,
        silent: &[
            "ricecooker_shop",
            "rollathome_show",
            "thesushimat",
            "nori_nook",
            "vinegarmill",
            "bentobooks_ex",
            "makiclub_ex",
        ],
        handles: &[
            "*_cooks",
            "*rolls",
            "kitchen_*",
            "*_at_home",
            "homemaki_*",
            "*smallkitchen",
            "*_bento",
            "rice_with_*",
        ],
        emoji: &["🍙", "🏠", "🔪", "🍚", "💛"],
        median_reach: 260.0,
        outside: [3.0, 0.0, 1.2, 0.8, 0.8, 1.2, 2.6, 0.5],
        english: 0.66,
    },
    Voice {
        phrases: &phrases::MEDIA,
        people: 98,
        silent: &[
            "thefoodpress_ex",
            "sushiweekly_tv",
            "bigbite_studio",
            "plate_podcast_ex",
            "tastemap_app",
        ],
        handles: &[
            "*reads",
            "*_watches",
            "fan_of_*",
            "*newsy",
            "*_scrolls",
            "*daily_feed",
            "ask_*",
        ],
        emoji: &["📺", "🎧", "📰", "🎬", "⭐"],
        median_reach: 300.0,
        outside: [2.6, 1.8, 0.0, 0.6, 0.8, 0.8, 0.6, 0.6],
        english: 0.85,
    },
    Voice {
        phrases: &phrases::JAPANESE,
        people: 92,
        silent: &[
            "minato_sushi_ex",
            "edomae_no_mise",
            "kaiten_ekimae",
            "uoichi_ex",
            "nihonsushi_tv",
        ],
        handles: &[
            "*_sushi",
            "*_gohan",
            "nigiri_*",
            "*_no_shoku",
            "*_edomae",
            "umai_*",
            "*_oishii",
        ],
        emoji: &["🍣", "🐟", "🍶", "🌸", "🎏"],
        median_reach: 480.0,
        outside: [1.6, 0.8, 0.5, 0.0, 1.4, 0.5, 0.2, 1.8],
        english: 0.0,
    },
    Voice {
        phrases: &phrases::TRADE,
        people: 84,
        silent: &[
            "harbourfishco",
            "steelandstone_k",
            "linenandice",
            "kitchenjobs_ex",
            "riceimport_ex",
            "coldchain_ex",
        ],
        handles: &[
            "chef_*",
            "*_kitchen",
            "*onthepass",
            "*_sushibar",
            "owner_*",
            "*_prep",
            "sous_*",
        ],
        emoji: &["🔪", "👨‍🍳", "👩‍🍳", "🔥"],
        median_reach: 640.0,
        outside: [2.6, 0.8, 0.8, 1.2, 0.0, 2.0, 0.6, 1.6],
        english: 0.7,
    },
    Voice {
        phrases: &phrases::OCEAN,
        people: 72,
        silent: &[
            "coastwatch_ex",
            "fishlabel_ex",
            "harbourdata",
            "kelpgarden_ex",
            "daylight_boats",
        ],
        handles: &[
            "*_ocean",
            "sea_*",
            "*bluekitchen",
            "*_tides",
            "reef_*",
            "*_coast",
            "kelp_*",
        ],
        emoji: &["🌊", "🐟", "💙", "🐋"],
        median_reach: 380.0,
        outside: [1.2, 1.4, 1.0, 0.4, 2.4, 0.0, 1.1, 0.3],
        english: 0.75,
    },
    Voice {
        phrases: &phrases::PLANTS,
        people: 42,
        silent: &["tofuyard_ex", "greenroll_cafe", "konjac_co"],
        handles: &["vegan_*", "*_plants", "*greenroll", "tofu_*", "*_veg"],
        emoji: &["🌱", "🥑", "🥕", "💚"],
        median_reach: 340.0,
        outside: [1.2, 2.0, 0.9, 0.3, 0.8, 1.1, 0.0, 0.5],
        english: 0.7,
    },
    Voice {
        phrases: &phrases::SAKE,
        people: 38,
        silent: &["cedarbrewery_ex", "teahouse_nine", "cupandcask"],
        handles: &["*_pours", "sake_*", "*_cups", "teawith*", "*_pairs"],
        emoji: &["🍶", "🍵", "🍾"],
        median_reach: 520.0,
        outside: [2.4, 0.4, 0.6, 2.0, 1.8, 0.2, 0.2, 0.0],
        english: 0.65,
    },
];

/// The big accounts: handle, name, reach at the start. All of the media community.
pub(super) const BIG_ACCOUNTS: &[(&str, &str, u64)] = &[
    ("sushisaturday", "Sushi Saturday 🍣", 1_240_000),
    ("forkandframe", "Fork & Frame", 884_000),
    ("theplatereport", "The Plate Report", 702_300),
    ("dailyumami", "Daily Umami", 561_900),
    ("eatwithvalentin", "Valentín Ocampo ⭐", 437_200),
    ("bitebybitetv", "Bite by Bite TV 🎬", 390_500),
    ("saltpaper_mag", "Salt Paper Magazine", 318_700),
    ("mei_in_motion", "Mei in Motion ✨", 264_100),
    ("grainandgossip", "Grain & Gossip", 221_800),
    ("counterculture7", "Counter Culture Podcast 🎧", 187_400),
    ("tobiaschews", "Tobias Chews", 152_600),
    ("ruby_rates_it", "Ruby Rates It 💋", 128_900),
    ("hungryhanan", "حنان تتذوق 🍣", 109_300),
    ("thericewire", "The Rice Wire", 91_200),
    ("snackreel", "Snack Reel 📺", 77_700),
    ("annikaeats365", "Annika Eats 365", 63_800),
    ("table_twelve", "Table Twelve", 52_400),
    ("lunchledger", "Lunch Ledger", 41_100),
];

/// People of modest reach who really talk in several communities: handle, name, home, the others, reach at the start.
pub(super) const AMBASSADORS: &[(&str, &str, usize, &[usize], u64)] = &[
    (
        "nadia_benhadj",
        "Nadia Ben Hadj 🌊",
        OCEAN,
        &[TRADE, HOME_COOKS, PLANTS],
        3_420,
    ),
    (
        "yuki_bridges",
        "Yuki Thompson 結希",
        JAPANESE,
        &[FOODIES, TRADE],
        2_180,
    ),
    (
        "chef_ines",
        "Inês Carvalho 🔪",
        TRADE,
        &[OCEAN, JAPANESE, FOODIES],
        5_760,
    ),
    (
        "oskar_brews",
        "Oskar Lindqvist 🍶",
        SAKE,
        &[FOODIES, TRADE],
        1_340,
    ),
    (
        "maya_okafor_x",
        "Maya Okafor",
        HOME_COOKS,
        &[PLANTS, FOODIES, OCEAN],
        4_090,
    ),
    (
        "kenji_tabi",
        "けんじ・旅と寿司",
        JAPANESE,
        &[SAKE, FOODIES, HOME_COOKS],
        2_730,
    ),
    (
        "greenroll_tess",
        "Tess Vandermeer 🌱",
        PLANTS,
        &[HOME_COOKS, OCEAN],
        1_890,
    ),
    (
        "priya_on_prep",
        "Priya Raghavan",
        TRADE,
        &[HOME_COOKS, OCEAN],
        980,
    ),
    (
        "samir_counter",
        "سمير العطار",
        FOODIES,
        &[TRADE, MEDIA, SAKE],
        3_110,
    ),
    (
        "hana_teacup",
        "Hana Novák 🍵",
        SAKE,
        &[JAPANESE, PLANTS, FOODIES],
        1_120,
    ),
    (
        "luca_margins",
        "Luca Bellandi",
        FOODIES,
        &[HOME_COOKS, TRADE],
        2_460,
    ),
    (
        "aoife_reads",
        "Aoife Ní Dhuill",
        MEDIA,
        &[OCEAN, FOODIES, HOME_COOKS],
        4_650,
    ),
];
