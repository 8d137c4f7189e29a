//! Graph becomes positions: communities as islands, bridges between them, small components packed in rows.
//!
//! Each component is laid out by itself (`fresh`): pairs, stars, paths and rings by their shape (`small`), the others as a
//! `sea`: multilevel forces (`levels`, `force`, with `repulsion` by a tree or a `mesh`) find who stands near whom, the dense
//! places are its islands (`isles`), everybody gets room (`flow`), and dots that still overlap are parted (`crowd`). What is
//! measured, and what was tried and dropped, stands in `docs/layout.md`. Pure: no files; a clock only decides when a picture
//! is sent.

mod crowd;
mod flow;
mod force;
mod fresh;
mod ground;
mod isles;
mod levels;
mod mesh;
mod pack;
mod plane;
mod pull;
mod random;
mod raster;
mod repulsion;
mod request;
mod sea;
mod small;
mod stream;
mod vector;
mod warm;
mod web;

pub use request::{LayoutRequest, Positions};

use crate::progress::{Cancelled, Progress, Stage};
use ground::Ground;
use stream::Stream;

/// Coordinates beyond this are no places in a map.
const FARTHEST: f32 = 1e7;

/// Lays out the map. `each` receives the positions on the way (about 30 times a second at most, and the coarse picture
/// first); the last ones are returned.
///
/// From nothing, the picture is centred on 0,0. With `start` or pinned people it stays where they are.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O((n log n + m) · steps) time, O(n + m) memory; 10,000 people with 50,000 ties: see `docs/layout.md`.
/// # Source
/// Noack, *Modularity clustering is force-directed layout* (2009), for the energy; Jacomy et al., *`ForceAtlas2`* (2014);
/// Barnes and Hut, Nature 324 (1986), for the repulsion; Gastner, Seguy and More, PNAS 115 (2018), for the room.
pub fn arrange(
    request: &LayoutRequest,
    progress: &Progress,
    each: &(dyn Fn(&Positions) + Sync),
) -> Result<Positions, Cancelled> {
    progress.begin(Stage::Layout, fresh::UNITS)?;
    let ground = Ground::new(request, progress)?;
    let mut stream = Stream::new(each);
    let mut pinned: Vec<(u32, [f32; 2])> = request.pinned.clone();
    pinned.retain(|&(i, p)| {
        let tied = ground.local.get(i as usize).is_some_and(|&l| l != u32::MAX);
        tied && on_map(p)
    });
    let xy = match &request.start {
        Some(start) if start.bounds().is_some() => {
            warm::continued(&ground, start, &pinned, progress, &mut stream)?
        }
        _ => fresh::fresh(&ground, &pinned, progress, &mut stream)?,
    };
    Ok(Positions { xy })
}

/// The coarse picture that [`arrange`] sends first, for a map that is not settled yet: who belongs where, roughly.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// About a tenth of [`arrange`].
pub fn sketch(request: &LayoutRequest, progress: &Progress) -> Result<Positions, Cancelled> {
    let ground = Ground::new(request, progress)?;
    let xy = fresh::sketch(&ground, progress)?;
    Ok(Positions { xy })
}

/// Whether this can be a place: finite, and not so far out that nobody else could be seen.
pub fn on_map(p: [f32; 2]) -> bool {
    p.iter().all(|c| c.abs() <= FARTHEST)
}
