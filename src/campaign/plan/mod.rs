//! Whom to ask so that as many others as possible hear from several people they are tied to: "a fire with a series of matches".
//!
//! ```text
//! τ_j(S) = people of S whom j is tied to      T_c(S) = people of c, not in S, with τ_j ≥ m
//! F(S) = Σ_c ω_c · n_c · (T_c(S)/n_c)^β       what a plan makes as large as it can
//! ```

mod audience;
mod comparison;
mod meter;
mod objective;
mod outcome;
mod planner;
mod search;
mod settings;
mod touches;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod tests;

pub use audience::Audience;
pub use comparison::{OldWay, old_way, old_ways};
pub use meter::{Choice, Meter, Swap};
pub use outcome::{Brings, Pick, Plan, outcome, plan};
pub use settings::{Costs, Limit, PlanSettings};
pub use touches::{Touched, Touches};
