//! What is asked of the time line.

use crate::app::model::Model;
use crate::app::timing::{Pace, ZoneChoice};
use crate::campaign::TimeSpan;
use crate::explore::TimeStep;

/// What is asked of the time line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TimeCommand {
    /// Let only posts of this time through; `None`: of any time.
    Show(Option<TimeSpan>),
    /// Let each bar last so long; `None`: what fits.
    SetStep(Option<TimeStep>),
    /// Show times by this clock.
    SetZone(ZoneChoice),
    /// Play the map step by step, or go on where it paused.
    Play,
    /// Stay at this step.
    Pause,
    /// Show the map as it is without playing.
    Stop,
    /// Stand at this step of the time line, and stay there.
    Stand(usize),
    /// Play so fast.
    SetPace(Pace),
}

impl TimeCommand {
    /// Label and tooltip.
    pub(in crate::app) fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Show(Some(_)) => ("Show this time", "Only posts of this time"),
            Self::Show(None) => ("Show all times", "Posts of any time again"),
            Self::SetStep(_) => ("Length of a bar", "How long each bar lasts"),
            Self::SetZone(ZoneChoice::Utc) => ("UTC", "Times by the clock of Greenwich"),
            Self::SetZone(ZoneChoice::System) => (
                "This computer's time",
                "Times by the clock of this computer",
            ),
            Self::Play => (
                "Play",
                "Light who writes and who is addressed, step by step",
            ),
            Self::Pause => ("Pause", "Stay at this step"),
            Self::Stop => ("Stop playing", "Light everybody again"),
            Self::Stand(_) => ("Show this step", "Light who wrote and was addressed then"),
            Self::SetPace(_) => ("Pace", "How fast the map plays"),
        }
    }

    /// What menu and palette call it now.
    pub(in crate::app) fn title(&self, _model: &Model) -> String {
        self.words().0.to_owned()
    }

    /// Whether it would do anything now.
    pub(in crate::app) fn is_possible(&self, model: &Model) -> bool {
        let playing = model.timing.play;
        match self {
            Self::Show(None) => model.campaign.map.filter.time.is_some(),
            Self::Pause => playing.is_some_and(|play| !play.paused),
            Self::Stop => playing.is_some(),
            Self::SetZone(ZoneChoice::System) => model.timing.system_zone.is_some(),
            Self::SetZone(_) | Self::SetPace(_) => true,
            Self::Show(_) | Self::SetStep(_) | Self::Play | Self::Stand(_) => model.map.is_some(),
        }
    }

    /// What is meant by it where somebody asked who sees hidden names; `None`: nothing. Times name nobody.
    #[allow(clippy::unnecessary_wraps, reason = "one shape for all")]
    pub(in crate::app) fn meant(self) -> Option<Self> {
        Some(self)
    }
}
