//! How well each dot can be seen: the share of dots that others cover by more than half, as large as the window draws them.
//!
//! `cargo bench --bench covered -- FILE [WIDTH HEIGHT]`: FILE with posts or ties; the room of the map in points, 690 by 750 at
//! first, which the window leaves for it on a screen of 1440 by 900.

use std::path::Path;
use std::sync::Arc;

use isthmus::files;
use isthmus::problem::Problem;
use isthmus::progress::Progress;
use isthmus::render::{self, Camera, MapScene, MapStyle};
use isthmus::session::{self, Start, WalkSettings};

/// Points looked at in each dot.
const SAMPLES: usize = 200;
/// Points left free round the map, as in the window.
const MARGIN: f32 = 24.0;

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1).filter(|a| a != "--bench");
    let Some(file) = arguments.next() else {
        // `cargo bench` runs every bench: without a file there is nothing to look at.
        println!("covered: name a file of posts or ties");
        return Ok(());
    };
    let mut side = |usual: f32| {
        arguments
            .next()
            .map_or(Ok(usual), |a| a.parse().map_err(|e| format!("{a}: {e}")))
    };
    let size = [side(690.0)?, side(750.0)?];
    let scene = scene(Path::new(&file)).map_err(|problem| problem.to_string())?;
    let covered = covered(&scene, size);
    let share = |least: f64| {
        let n = covered.iter().filter(|c| **c > least).count();
        100.0 * n as f64 / covered.len().max(1) as f64
    };
    println!(
        "{} dots on {} x {} points: {:.2} % more than half covered, {:.2} % more than a quarter",
        covered.len(),
        size[0],
        size[1],
        share(0.5),
        share(0.25)
    );
    Ok(())
}

fn scene(file: &Path) -> Result<MapScene, Problem> {
    let (settings, progress) = (WalkSettings::default(), Progress::new());
    let read = session::read(&[files::read(file)?], &settings.import, &progress)?;
    let mut results = session::analyse(&Arc::new(read), &settings, &progress)?;
    let positions = session::arrange(&mut results, &Start::default(), &progress, &|_| ())?;
    let (graph, analysis) = (&results.graph, &results.analysis);
    let style = MapStyle::default();
    Ok(render::scene(
        graph,
        analysis,
        &positions,
        &results.sizes,
        &style,
    ))
}

/// The share of each dot that dots drawn later cover.
fn covered(scene: &MapScene, size: [f32; 2]) -> Vec<f64> {
    let camera = Camera::fit(scene.bounds, size, MARGIN);
    let dots: Vec<([f32; 2], f32)> = scene
        .dots
        .iter()
        .map(|dot| {
            (
                camera.screen_from_map(dot.at, size),
                camera.radius_px(dot.radius),
            )
        })
        .collect();
    let largest = dots.iter().map(|d| d.1).fold(1.0, f32::max);
    let columns = (size[0] / largest) as usize + 3;
    let cell = |at: [f32; 2], by: [isize; 2]| -> usize {
        let place = |k: usize| ((at[k] / largest) as isize + 1 + by[k]).max(0) as usize;
        place(1) * columns + place(0).min(columns - 1)
    };
    let mut cells: Vec<Vec<usize>> = Vec::new();
    for (i, (at, _)) in dots.iter().enumerate() {
        let cell = cell(*at, [0, 0]);
        if cells.len() <= cell {
            cells.resize(cell + 1, Vec::new());
        }
        cells[cell].push(i);
    }
    let near = |at: [f32; 2]| {
        let around = (-2..=2).flat_map(|y| (-2..=2).map(move |x| [x, y]));
        let cells = around.filter_map(|by| cells.get(cell(at, by)));
        cells.flatten().copied().collect::<Vec<usize>>()
    };
    let one = |(i, &(at, radius)): (usize, &([f32; 2], f32))| {
        let mut above = near(at);
        above.retain(|&j| {
            let (other, r) = dots[j];
            j > i && (other[0] - at[0]).hypot(other[1] - at[1]) < r + radius
        });
        let under = sunflower().filter(|p| {
            let p = [at[0] + p[0] * radius, at[1] + p[1] * radius];
            above.iter().any(|&j| {
                let (other, r) = dots[j];
                (other[0] - p[0]).hypot(other[1] - p[1]) < r
            })
        });
        under.count() as f64 / SAMPLES as f64
    };
    dots.iter().enumerate().map(one).collect()
}

/// Points spread evenly over the unit disc.
fn sunflower() -> impl Iterator<Item = [f32; 2]> {
    (0..SAMPLES).map(|k| {
        let r = ((k as f32 + 0.5) / SAMPLES as f32).sqrt();
        let (sine, cosine) = libm::sincosf(k as f32 * 2.399_963);
        [r * cosine, r * sine]
    })
}
