//! The map in the window: gestures as a person makes them, and the picture pixel by pixel.

mod agreement;
mod cards;
mod gestures;
mod made_up;
mod pictures;
