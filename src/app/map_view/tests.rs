//! The map view's private maths.
