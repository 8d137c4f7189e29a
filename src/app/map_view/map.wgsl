// The map's ties and dots as instanced quads. Everything comes from vertex buffers and one uniform: no storage buffers, no
// texture reads in the vertex stage, so that it also runs where only OpenGL is there. Colours are sRGB as written and are
// blended as such, like egui and the CPU picture do; alpha is premultiplied. The look follows `render::DotInk`, `TieInk`
// and `render::paint`, which draws the same picture on the CPU.

struct View {
    centre: vec2<f32>,
    size: vec2<f32>,                // points
    zoom: f32,                      // points a map unit
    scale: f32,                     // pixels a point
    radius_low: f32,                // map units; the first of `samples`
    radius_inverse_step: f32,
    ring: vec4<f32>,
    tie_opacity: vec4<f32>,         // dimmed, plain, lit; pixels a map unit of a radius, without least size
    halo_and_ring: vec4<f32>,       // opacity of the halo; points: gap before the ring, width of the ring; how crowded
    samples: array<vec4<f32>, 32>,  // points: radius, rim, rim when hollow, reach of the halo
};
@group(0) @binding(0) var<uniform> view: View;

const TAU: f32 = 6.2831853;
// As in `render::Crowd`.
const SMALLEST: f32 = 0.5;
const FAINTEST: f32 = 0.2;

/// In pixels.
fn on_screen(at: vec2<f32>) -> vec2<f32> {
    return ((at - view.centre) * view.zoom + view.size * 0.5) * view.scale;
}

fn clip(p: vec2<f32>) -> vec4<f32> {
    let unit = p / (view.size * view.scale);
    return vec4<f32>(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0);
}

/// Radius, rim, rim when hollow and reach of the halo, in pixels.
fn lengths(radius: f32) -> vec4<f32> {
    let place = clamp((radius - view.radius_low) * view.radius_inverse_step, 0.0, 31.0);
    let i = u32(min(floor(place), 30.0));
    return mix(view.samples[i], view.samples[i + 1u], place - f32(i)) * view.scale;
}

fn over(back: vec4<f32>, colour: vec3<f32>, share: f32) -> vec4<f32> {
    return vec4<f32>(colour, 1.0) * share + back * (1.0 - share);
}

struct Tie {
    @builtin(position) clip: vec4<f32>,
    @location(0) @interpolate(flat) colour: vec4<f32>, // premultiplied
    @location(1) @interpolate(flat) ends: vec4<f32>,   // pixels
    @location(2) @interpolate(flat) half_width: f32,   // pixels
};

@vertex
fn tie_vertex(
    @builtin(vertex_index) corner: u32,
    @location(0) ends: vec4<f32>,
    @location(1) width: f32,        // points
    @location(2) colour: vec4<f32>, // alpha: half the emphasis
    @location(3) light: u32,
) -> Tie {
    let a = on_screen(ends.xy);
    let b = on_screen(ends.zw);
    let length = max(distance(a, b), 1e-4);
    let along = (b - a) / length;
    let beside = vec2<f32>(-along.y, along.x);
    let wanted = width * view.scale;
    // A line thinner than a pixel is drawn a pixel wide and fainter: it fades where it would flicker.
    let half_width = max(wanted, 1.0) * 0.5;
    let side = select(-1.0, 1.0, (corner & 1u) == 1u);
    let end = select(a - along, b + along, corner >= 2u);
    let opacity = min(view.tie_opacity[min(light, 2u)] * colour.a * 2.0, 1.0);
    let alpha = opacity * min(wanted, 1.0);
    var out: Tie;
    out.clip = clip(end + beside * side * (half_width + 1.0));
    out.colour = vec4<f32>(colour.rgb * alpha, alpha);
    out.ends = vec4<f32>(a, b);
    out.half_width = half_width;
    return out;
}

/// How much of the pixel round `at` lies between `low` and `high`.
fn covered(at: f32, low: f32, high: f32) -> f32 {
    return clamp(min(at + 0.5, high) - max(at - 0.5, low), 0.0, 1.0);
}

/// As the CPU does it: along the longer direction pixel by pixel, across it the share of the pixel that the line covers.
@fragment
fn tie_fragment(tie: Tie) -> @location(0) vec4<f32> {
    let by = tie.ends.zw - tie.ends.xy;
    let steep = abs(by.y) > abs(by.x);
    let a = select(tie.ends.xy, tie.ends.yx, steep);
    let b = select(tie.ends.zw, tie.ends.wz, steep);
    let at = select(tie.clip.xy, tie.clip.yx, steep);
    let longer = b.x - a.x;
    let slope = (b.y - a.y) / select(longer, 1.0, longer == 0.0);
    let middle = a.y + (at.x - a.x) * slope;
    let half_width = tie.half_width * sqrt(1.0 + slope * slope);
    let share = covered(at.x, min(a.x, b.x), max(a.x, b.x))
        * covered(at.y, middle - half_width, middle + half_width);
    return tie.colour * share;
}

const HOLLOW: u32 = 4u;
const RINGED: u32 = 8u;

struct Dot {
    @builtin(position) clip: vec4<f32>,
    @location(0) from_centre: vec2<f32>,                // pixels
    @location(1) @interpolate(flat) lengths: vec4<f32>, // pixels
    @location(2) @interpolate(flat) fill: vec4<f32>,
    @location(3) @interpolate(flat) rim: vec4<f32>,
    @location(4) @interpolate(flat) marks: u32,
    @location(5) @interpolate(flat) opacity: f32,
};

@vertex
fn dot_vertex(
    @builtin(vertex_index) corner: u32,
    @location(0) at: vec2<f32>,
    @location(1) radius: f32,
    @location(2) fill: vec4<f32>,
    @location(3) rim: vec4<f32>,
    @location(4) marks: u32,
) -> Dot {
    var lengths = lengths(radius);
    let crowded = view.halo_and_ring.w;
    let size = radius * view.tie_opacity.w;
    let least = max(size, SMALLEST) * view.scale;
    lengths.x = mix(lengths.x, min(least, lengths.x), crowded);
    let part = min(size / SMALLEST, 1.0);
    let side = vec2<f32>(
        select(-1.0, 1.0, (corner & 1u) == 1u),
        select(-1.0, 1.0, corner >= 2u),
    );
    var beyond = 1.0;
    if (marks & RINGED) != 0u {
        let ring = (view.halo_and_ring.y + view.halo_and_ring.z) * view.scale;
        beyond = max(lengths.w, ring) + 1.0;
    }
    let reach = lengths.x + beyond;
    var out: Dot;
    out.from_centre = side * reach;
    out.clip = clip(on_screen(at) + side * reach);
    out.lengths = lengths;
    out.opacity = mix(1.0, max(part * part, FAINTEST), crowded);
    out.fill = fill;
    out.rim = rim;
    out.marks = marks;
    return out;
}

/// 1 on a dash, 0 in a gap, soft between: dashes take 62 % of the way round; dash and gap are about 5 points long together.
fn dash(p: vec2<f32>, off: f32, radius: f32) -> f32 {
    let radius_pt = radius / view.scale;
    let pairs = max(round(TAU * radius_pt / 5.0), 6.0);
    let turn = (atan2(p.y, p.x) / TAU + 1.0) * pairs;
    let from_middle = abs(fract(turn) - 0.5);
    let soft = clamp((0.31 - from_middle) * TAU * off / pairs + 0.5, 0.0, 1.0);
    return select(soft, 1.0, radius_pt < 2.5);
}

@fragment
fn dot_fragment(d: Dot) -> @location(0) vec4<f32> {
    let radius = d.lengths.x;
    let off = sqrt(dot(d.from_centre, d.from_centre));
    var out = vec4<f32>(0.0);
    if (d.marks & RINGED) != 0u {
        let glow = clamp((radius + d.lengths.w - off) / max(d.lengths.w, 1e-3), 0.0, 1.0);
        out = over(out, d.fill.rgb, view.halo_and_ring.x * glow * glow);
    }
    let hollow = (d.marks & HOLLOW) != 0u;
    let rim_width = select(d.lengths.y, d.lengths.z, hollow);
    var rim = clamp(off - (radius - rim_width) + 0.5, 0.0, 1.0);
    if hollow {
        rim = rim * dash(d.from_centre, off, radius);
    }
    let colour = mix(d.fill.rgb, d.rim.rgb, rim * (1.0 - view.halo_and_ring.w));
    out = over(out, colour, clamp(radius + 0.5 - off, 0.0, 1.0) * d.opacity);
    if (d.marks & RINGED) != 0u {
        let half = view.halo_and_ring.z * view.scale * 0.5;
        let middle = radius + view.halo_and_ring.y * view.scale + half;
        out = over(out, view.ring.rgb, clamp(half + 0.5 - abs(off - middle), 0.0, 1.0));
    }
    return out;
}

struct LandPlace {
    low: vec2<f32>,   // map units: the middle of the first cell
    cell: f32,
    unused: f32,
    size: vec4<f32>,  // columns, rows
};
@group(1) @binding(0) var<uniform> land: LandPlace;
@group(1) @binding(1) var land_cells: texture_2d<f32>;

/// The whole picture.
@vertex
fn land_vertex(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4<f32> {
    let x = f32(corner & 1u) * 2.0 - 1.0;
    let y = f32(corner >> 1u) * 2.0 - 1.0;
    return vec4<f32>(x, y, 0.0, 1.0);
}

/// Between the four cells round it, each counting by how opaque it is.
@fragment
fn land_fragment(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let map = (at.xy / view.scale - view.size * 0.5) / view.zoom + view.centre;
    let place = (map - land.low) / land.cell;
    if (any(place < vec2<f32>(0.0)) || any(place >= land.size.xy - 1.0)) {
        discard;
    }
    let first = vec2<i32>(floor(place));
    let part = fract(place);
    let a = textureLoad(land_cells, first, 0);
    let b = textureLoad(land_cells, first + vec2<i32>(1, 0), 0);
    let c = textureLoad(land_cells, first + vec2<i32>(0, 1), 0);
    let d = textureLoad(land_cells, first + vec2<i32>(1, 1), 0);
    let above = mix(vec4<f32>(a.rgb * a.a, a.a), vec4<f32>(b.rgb * b.a, b.a), part.x);
    let below = mix(vec4<f32>(c.rgb * c.a, c.a), vec4<f32>(d.rgb * d.a, d.a), part.x);
    return mix(above, below, part.y);
}
