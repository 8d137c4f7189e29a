//! Colours that everybody can tell apart and text that everybody can read.

use isthmus::render::{Rgb, Theme, palette};

type V3 = [f64; 3];
type M3 = [V3; 3];

/// Machado, Oliveira, Fernandes, *A physiologically-based model for simulation of color vision deficiency* (2009),
/// severity 1.0: normal, protanopia, deuteranopia, tritanopia. They work on linear RGB.
const SIGHTS: [(&str, M3); 4] = [
    (
        "normal",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

fn times(m: &M3, v: V3) -> V3 {
    m.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

fn lab(colour: Rgb, sight: &M3) -> V3 {
    let linear = [colour.0, colour.1, colour.2].map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.040_45 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    });
    let seen = times(sight, linear).map(|c| c.clamp(0.0, 1.0));
    let to_xyz = [
        [0.412_456_4, 0.357_576_1, 0.180_437_5],
        [0.212_672_9, 0.715_152_2, 0.072_175_0],
        [0.019_333_9, 0.119_192_0, 0.950_304_1],
    ];
    let [x, y, z] = times(&to_xyz, seen);
    let f = |t: f64| {
        if t > 216.0 / 24_389.0 {
            t.cbrt()
        } else {
            (24_389.0 / 27.0 * t + 16.0) / 116.0
        }
    };
    let (x, y, z) = (f(x / 0.950_47), f(y), f(z / 1.088_83));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIEDE2000 as in Sharma, Wu, Dalal (2005).
fn ciede2000(one: V3, other: V3) -> f64 {
    let chroma = |v: V3| v[1].hypot(v[2]);
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25f64.powi(7))).sqrt();
    let g = 0.5 * (1.0 - seventh(f64::midpoint(chroma(one), chroma(other))));
    let prime = |v: V3| [v[0], (1.0 + g) * v[1], v[2]];
    let (one, other) = (prime(one), prime(other));
    let hue = |v: V3| {
        if v[1] == 0.0 && v[2] == 0.0 {
            0.0
        } else {
            v[2].atan2(v[1]).to_degrees().rem_euclid(360.0)
        }
    };
    let (c1, c2, h1, h2) = (chroma(one), chroma(other), hue(one), hue(other));
    let mut dh = h2 - h1;
    let mut mean_hue = h1 + h2;
    if c1 * c2 == 0.0 {
        dh = 0.0;
    } else {
        let far = (h1 - h2).abs() > 180.0;
        if far {
            dh -= 360.0 * dh.signum();
            mean_hue += if mean_hue < 360.0 { 360.0 } else { -360.0 };
        }
        mean_hue /= 2.0;
    }
    let d_hue = 2.0 * (c1 * c2).sqrt() * (dh.to_radians() / 2.0).sin();
    let (mean_l, mean_c) = (f64::midpoint(one[0], other[0]), f64::midpoint(c1, c2));
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(mean_hue - 30.0)
        + 0.24 * cos(2.0 * mean_hue)
        + 0.32 * cos(3.0 * mean_hue + 6.0)
        - 0.20 * cos(4.0 * mean_hue - 63.0);
    let turn = 30.0 * (-((mean_hue - 275.0) / 25.0).powi(2)).exp();
    let l50 = (mean_l - 50.0).powi(2);
    let (sl, sc, sh) = (
        1.0 + 0.015 * l50 / (20.0 + l50).sqrt(),
        1.0 + 0.045 * mean_c,
        1.0 + 0.015 * mean_c * t,
    );
    let rt = -(2.0 * turn).to_radians().sin() * 2.0 * seventh(mean_c);
    let (l, c, h) = ((other[0] - one[0]) / sl, (c2 - c1) / sc, d_hue / sh);
    (l * l + c * c + h * h + rt * c * h).sqrt()
}

#[test]
fn the_colour_difference_is_the_published_one() {
    // Pairs 1, 7, 17 and 25 of the test data of Sharma, Wu, Dalal (2005).
    let pairs = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        (
            [60.2574, -34.0099, 36.2677],
            [60.4626, -34.1751, 39.4387],
            1.2644,
        ),
    ];
    for (one, other, expected) in pairs {
        let got = ciede2000(one, other);
        assert!((got - expected).abs() < 1e-4, "{got} for {expected}");
    }
}

#[test]
fn colour_blind_people_can_tell_the_colours_apart() {
    // Large patches side by side differ just noticeably at 1; what is noticeable grows as marks get smaller and stand apart
    // (Szafir, *Modeling Color Difference for Visualization Design*, 2018), so ten times that for dots of a few pixels. With
    // normal sight 15: there is more room there.
    for theme in [Theme::Dark, Theme::Light] {
        let colours = palette(theme);
        let mut all = colours.communities.to_vec();
        all.extend([colours.other, colours.small, colours.ground]);
        for (sight, matrix) in &SIGHTS {
            let bound = if *sight == "normal" { 15.0 } else { 10.0 };
            for (i, one) in all.iter().enumerate() {
                for other in &all[..i] {
                    let difference = ciede2000(lab(*one, matrix), lab(*other, matrix));
                    assert!(
                        difference >= bound,
                        "{theme:?}, {sight}: {one:?} and {other:?} differ by {difference:.1}"
                    );
                }
            }
        }
    }
}

#[test]
fn text_stands_out_from_what_it_stands_on() {
    // Contrast ratios of WCAG 2: 7 for text, 4.5 for dim text.
    let luminance = |c: Rgb| {
        let lightness = lab(c, &SIGHTS[0].1)[0];
        ((lightness + 16.0) / 116.0).powi(3)
    };
    let contrast = |a: Rgb, b: Rgb| {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    };
    for theme in [Theme::Dark, Theme::Light] {
        let colours = palette(theme);
        for ground in [colours.ground, colours.card] {
            assert!(contrast(colours.text, ground) > 7.0);
            assert!(contrast(colours.dim_text, ground) > 4.5);
        }
    }
}
