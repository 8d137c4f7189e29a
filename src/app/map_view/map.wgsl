// The map's ties and dots as instanced quads. Everything comes from vertex buffers and one uniform: no storage buffers, no
// texture reads in the vertex stage, so that it also runs where only OpenGL is there. Colours are sRGB as written and are
// blended as such, like egui and the CPU picture do; alpha is premultiplied.

struct View {
    centre: vec2<f32>,
    size: vec2<f32>,            // pixels
    zoom: f32,                  // pixels a map unit
    tie_opacity: f32,
    radius_low: f32,            // map units; the first entry of `radii`
    radius_inverse_step: f32,
    ground: vec4<f32>,
    ink: vec4<f32>,
    // How opaque dimmed, plain and lit things are: dots, then ties, each with the width of ties in `w`.
    dot_light: vec4<f32>,
    tie_light: vec4<f32>,
    pixel: vec4<f32>,           // x: pixels a point
    radii: array<vec4<f32>, 8>, // pixels, by `Camera::radius_px`
};
@group(0) @binding(0) var<uniform> view: View;

fn on_screen(at: vec2<f32>) -> vec2<f32> {
    return (at - view.centre) * view.zoom + view.size * 0.5;
}

fn clip(p: vec2<f32>) -> vec4<f32> {
    let unit = p / view.size;
    return vec4<f32>(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0);
}

fn radius_px(radius: f32) -> f32 {
    let place = clamp((radius - view.radius_low) * view.radius_inverse_step, 0.0, 31.0);
    let i = u32(min(floor(place), 30.0));
    let a = view.radii[i / 4u][i % 4u];
    let b = view.radii[(i + 1u) / 4u][(i + 1u) % 4u];
    return mix(a, b, place - f32(i));
}

fn by_light(light: u32, three: vec4<f32>) -> f32 {
    return select(select(three.z, three.y, light == 1u), three.x, light == 0u);
}

fn over(front: vec4<f32>, back: vec4<f32>) -> vec4<f32> {
    return front + back * (1.0 - front.a);
}

struct Tie {
    @builtin(position) clip: vec4<f32>,
    @location(0) @interpolate(flat) colour: vec4<f32>, // premultiplied
    @location(1) off: f32,                             // pixels beside the line
    @location(2) @interpolate(flat) half_width: f32,
};

@vertex
fn tie_vertex(
    @builtin(vertex_index) corner: u32,
    @location(0) ends: vec4<f32>,
    @location(1) width: f32, // points
    @location(2) colour: vec4<f32>,
    @location(3) light: u32,
) -> Tie {
    let a = on_screen(ends.xy);
    let b = on_screen(ends.zw);
    let along = b - a;
    let length = max(sqrt(dot(along, along)), 1e-4);
    let beside = vec2<f32>(-along.y, along.x) / length;
    let wanted = width * view.pixel.x;
    // A line thinner than a pixel is drawn a pixel wide and fainter: it fades where it would flicker.
    let drawn = max(wanted, 1.0);
    let reach = drawn * 0.5 + 0.5;
    let side = select(-1.0, 1.0, (corner & 1u) == 1u);
    let end = select(a, b, corner >= 2u);
    let lit = by_light(light, view.tie_light);
    let compensated = select(view.tie_opacity, max(view.tie_opacity, 0.35), light == 2u);
    let alpha = clamp(compensated * lit * min(wanted, 1.0), 0.0, 1.0);
    var out: Tie;
    out.clip = clip(end + beside * side * reach);
    out.colour = vec4<f32>(colour.rgb * alpha, alpha);
    out.off = side * reach;
    out.half_width = drawn * 0.5;
    return out;
}

@fragment
fn tie_fragment(tie: Tie) -> @location(0) vec4<f32> {
    return tie.colour * clamp(tie.half_width + 0.5 - abs(tie.off), 0.0, 1.0);
}

const HOLLOW: u32 = 4u;
const RINGED: u32 = 8u;

struct Dot {
    @builtin(position) clip: vec4<f32>,
    @location(0) from_centre: vec2<f32>,               // pixels
    @location(1) @interpolate(flat) radius: f32,       // pixels
    @location(2) @interpolate(flat) colour: vec4<f32>,
    @location(3) @interpolate(flat) marks: u32,
};

@vertex
fn dot_vertex(
    @builtin(vertex_index) corner: u32,
    @location(0) at: vec2<f32>,
    @location(1) radius_in_map: f32,
    @location(2) colour: vec4<f32>,
    @location(3) marks: u32,
) -> Dot {
    let radius = radius_px(radius_in_map);
    let side = vec2<f32>(
        select(-1.0, 1.0, (corner & 1u) == 1u),
        select(-1.0, 1.0, corner >= 2u),
    );
    var reach = radius + 1.5;
    if (marks & RINGED) != 0u {
        reach = radius * 2.0 + 12.0 * view.pixel.x;
    }
    var out: Dot;
    out.from_centre = side * reach;
    out.clip = clip(on_screen(at) + side * reach);
    out.radius = radius;
    out.colour = colour;
    out.marks = marks;
    return out;
}

/// How much of a pixel at distance `d` from a circle's line lies within `half` of it.
fn stroke(d: f32, half: f32) -> f32 {
    return clamp(half + 0.5 - abs(d), 0.0, 1.0) * min(half * 2.0, 1.0);
}

/// Dashes round a hollow dot, about six pixels from one to the next.
fn dashes(p: vec2<f32>, radius: f32) -> f32 {
    let n = max(round(radius * 6.2831853 / (6.0 * view.pixel.x)), 5.0);
    let turn = fract((atan2(p.y, p.x) / 6.2831853 + 0.5) * n);
    let px = radius * 6.2831853 / n; // pixels a dash and its gap have
    return clamp((0.31 - abs(turn - 0.5)) * px + 0.5, 0.0, 1.0);
}

@fragment
fn dot_fragment(d: Dot) -> @location(0) vec4<f32> {
    let px = view.pixel.x;
    let off = sqrt(dot(d.from_centre, d.from_centre));
    let light = d.marks & 3u;
    let opacity = by_light(light, view.dot_light);
    let inside = clamp(d.radius - off + 0.5, 0.0, 1.0);
    var disc = vec4<f32>(d.colour.rgb, 1.0) * inside;
    if (d.marks & HOLLOW) != 0u {
        let half = clamp(d.radius * 0.14, 0.55, 1.1 * px);
        let line = stroke(off - (d.radius - half), half) * dashes(d.from_centre, d.radius);
        let body = vec4<f32>(mix(view.ground.rgb, d.colour.rgb, 0.22), 1.0) * inside;
        disc = over(vec4<f32>(d.colour.rgb, 1.0) * line, body);
    } else if d.radius > 2.5 * px {
        // A rim towards the ground keeps dots apart that touch.
        let rim = clamp(off - (d.radius - 1.0 * px) + 0.5, 0.0, 1.0);
        disc = vec4<f32>(mix(d.colour.rgb, view.ground.rgb, rim * 0.45), 1.0) * inside;
    }
    var out = disc;
    if (d.marks & RINGED) != 0u {
        let ring = stroke(off - (d.radius + 2.4 * px), 0.8 * px);
        out = over(out, vec4<f32>(view.ink.rgb, 1.0) * ring);
        if light == 2u {
            let reach = d.radius + 10.0 * px;
            let fade = clamp(1.0 - (off - d.radius) / reach, 0.0, 1.0);
            out = over(out, vec4<f32>(d.colour.rgb, 1.0) * (fade * fade * 0.42));
        }
    }
    return out * opacity;
}
