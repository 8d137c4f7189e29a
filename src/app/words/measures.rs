//! What each measure means, in one sentence: tooltips, column headers and the help page all read this.

/// A figure that the window shows of people, communities, ties or plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::app) enum Measure {
    /// Followers.
    Reach,
    /// Posts in the files.
    Posts,
    /// Different people tied to.
    Connections,
    /// Of those, outside the own community.
    ConnectionsAcross,
    /// Communities with a surplus.
    CommunitiesReached,
    /// The score.
    BridgeScore,
    /// Place by score.
    BridgeRank,
    /// Share of runs among the best.
    Stability,
    /// Of a tie, or of ties added up.
    Strength,
    /// Strength that community-mates would send.
    Expected,
    /// Strength beyond that.
    Surplus,
    /// The second opinion.
    Betweenness,
    /// Connected part.
    Component,
    /// How sure a person's community is.
    Certainty,
    /// How much stronger than chance two communities are tied.
    TimesChance,
    /// How well the grouping separates.
    Modularity,
    /// How finely people are grouped.
    Resolution,
    /// How typical a word is.
    Typical,
    /// Who shares a tie with the list.
    Touches,
    /// Touched often enough.
    TouchedEnough,
    /// Posts, answers and mentions added up.
    Interactions,
    /// What somebody adds to a list.
    Adds,
}

impl Measure {
    /// Every measure, in the order of the help page.
    pub(in crate::app) const ALL: [Self; 22] = [
        Self::Reach,
        Self::Posts,
        Self::Interactions,
        Self::Connections,
        Self::ConnectionsAcross,
        Self::CommunitiesReached,
        Self::BridgeScore,
        Self::BridgeRank,
        Self::Stability,
        Self::Strength,
        Self::Expected,
        Self::Surplus,
        Self::Betweenness,
        Self::Component,
        Self::Certainty,
        Self::TimesChance,
        Self::Modularity,
        Self::Resolution,
        Self::Typical,
        Self::Touches,
        Self::TouchedEnough,
        Self::Adds,
    ];

    /// What it is called.
    pub(in crate::app) fn title(self) -> &'static str {
        match self {
            Self::Reach => "Reach",
            Self::Posts => "Posts",
            Self::Connections => "Connections",
            Self::ConnectionsAcross => "Connections across",
            Self::CommunitiesReached => "Communities reached",
            Self::BridgeScore => "Bridge score",
            Self::BridgeRank => "Bridge rank",
            Self::Stability => "Steady",
            Self::Strength => "Strength",
            Self::Expected => "Expected",
            Self::Surplus => "Surplus",
            Self::Betweenness => "Betweenness",
            Self::Component => "Component",
            Self::Certainty => "Sure of the community",
            Self::TimesChance => "Times as strong as by chance",
            Self::Modularity => "Modularity",
            Self::Resolution => "Resolution",
            Self::Typical => "How typical a word is",
            Self::Touches => "Touched",
            Self::TouchedEnough => "Touched often enough",
            Self::Interactions => "Interactions",
            Self::Adds => "What somebody adds",
        }
    }
}

/// What `measure` means: one plain sentence without its full stop.
pub(in crate::app) fn measure_tip(measure: Measure) -> &'static str {
    match measure {
        Measure::Reach => {
            "Followers, or the audience figure of the export; where the export does not tell it, it is unknown and never guessed"
        }
        Measure::Posts => "Posts of this person in the files, without duplicates",
        Measure::Interactions => {
            "Replies, reposts, quotes and mentions added up; or what the file itself counts"
        }
        Measure::Connections => {
            "Different people whom this person addressed or was addressed by, however often"
        }
        Measure::ConnectionsAcross => {
            "Of the connections, those outside the person's own community"
        }
        Measure::CommunitiesReached => {
            "Other communities that the person talks with clearly more than their own community-mates normally do: by a strength of 1 or more"
        }
        Measure::BridgeScore => {
            "How much more conversation with other communities somebody has than people in their own normally do, where that is a real part of what they do; reach is no part of it"
        }
        Measure::BridgeRank => {
            "The place by bridge score: 1 is the best, and no two people have the same"
        }
        Measure::Stability => {
            "The communities are looked for several times; in this share of the runs the person is among the 50 best bridges"
        }
        Measure::Strength => {
            "Interactions of a tie, damped: 1 counts 1, 3 count 2, 7 count 3, so that one long quarrel does not outweigh many people"
        }
        Measure::Expected => {
            "The strength that somebody as talkative as this person would have there if they talked as their community-mates do, made two and a half times larger so that only what clearly stands out is counted"
        }
        Measure::Surplus => {
            "The strength of ties into another community beyond what was expected there"
        }
        Measure::Betweenness => {
            "How many pairs of people have their shortest way through this person: a second opinion on bridges, in which one odd tie can count for very much"
        }
        Measure::Component => {
            "The connected part of the map that somebody is in, 0 for the largest: no tie leads from one part to another"
        }
        Measure::Certainty => {
            "The communities are looked for several times; in this share of the runs the person was grouped with the same people"
        }
        Measure::TimesChance => {
            "How many times as strong the ties between two communities are as chance would make them for two as talkative as these"
        }
        Measure::Modularity => {
            "How much more of the ties lies inside communities than chance would put there: 0 is no more, above about 0.3 the communities are clearly set apart"
        }
        Measure::Resolution => {
            "How finely people are grouped: 1 is usual, less gives fewer and larger communities, more gives smaller ones"
        }
        Measure::Typical => {
            "How much more usual a word is in this community than in the others, in standard errors (z): from 1.96 on it is hardly chance"
        }
        Measure::Touches => {
            "People who share a tie with somebody on the list or in the plan; whether they will hear of anything, nobody can know"
        }
        Measure::TouchedEnough => {
            "People tied to as many of those on the list or in the plan as everybody should hear from: two, unless you chose otherwise"
        }
        Measure::Adds => {
            "How many more people would be touched once, or often enough, if this person came onto the list"
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_measure_has_a_title_of_its_own_and_a_sentence_without_its_full_stop() {
        let mut titles = BTreeSet::new();
        for measure in Measure::ALL {
            assert!(titles.insert(measure.title()), "{measure:?} twice");
            let tip = measure_tip(measure);
            assert!(!tip.ends_with('.') && tip.len() > 30, "{tip}");
            assert!(tip.starts_with(char::is_uppercase), "{tip}");
        }
    }

    #[test]
    fn strengths_in_the_sentence_are_those_of_the_formula() {
        // Damped strength is log2(1 + interactions).
        for (interactions, strength) in [(1.0, 1.0), (3.0, 2.0), (7.0, 3.0f64)] {
            assert!((libm::log2(1.0 + interactions) - strength).abs() < 1e-12);
        }
        let factor = crate::analysis::BridgeSettings::default().lambda;
        assert!(
            (factor - 2.5).abs() < 1e-12,
            "the sentence says two and a half"
        );
    }
}
