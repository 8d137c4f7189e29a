//! The words of the columns of the table of everybody.

use crate::explore::Column;

/// What stands over the column.
pub(in crate::app) fn title(column: Column) -> &'static str {
    match column {
        Column::Name => "Name",
        Column::Person => "Handle",
        Column::Community => "Community",
        Column::CommunityNumber => "Community no.",
        Column::Reach => "Reach",
        Column::Posts => "Posts",
        Column::Connections => "Connections",
        Column::Across => "Across",
        Column::Reached => "Reached",
        Column::Score => "Score",
        Column::Rank => "Rank",
        Column::Betweenness => "Betweenness",
        Column::Stability => "Steady",
        Column::TiesIn => "Addressed by",
        Column::TiesOut => "Addresses",
        Column::Language => "Language",
        Column::Component => "Part",
        Column::Status => "Status",
    }
}

/// What it tells.
pub(in crate::app) fn tip(column: Column) -> &'static str {
    match column {
        Column::Name => "The display name; the handle where the file tells none",
        Column::Person => "The handle in lower case, or the file's id",
        Column::Community => "What the person's community is called",
        Column::CommunityNumber => "The community's number by size, from 0, as in exported files",
        Column::Reach => "Followers, or the audience figure of the export; – where nobody knows",
        Column::Posts => "Posts in the file",
        Column::Connections => "Different people tied to",
        Column::Across => "Connections outside the own community",
        Column::Reached => "Communities tied to more than expected",
        Column::Score => {
            "Bridge score: ties across communities beyond what community-mates would send"
        }
        Column::Rank => "Rank by bridge score, 1 is best",
        Column::Betweenness => "How often a person lies on a shortest way between two others",
        Column::Stability => "Share of the runs in which the person is among the 50 best bridges",
        Column::TiesIn => "Different people who addressed this one",
        Column::TiesOut => "Different people whom this one addressed",
        Column::Language => "The language of most of their posts",
        Column::Component => "The number of the connected part, from 0; the largest is 0",
        Column::Status => "How far the talk is, for people on the outreach list",
    }
}
