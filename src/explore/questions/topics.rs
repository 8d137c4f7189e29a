//! What all communities are about, one row each.

use super::{About, AnswerColumn, Found, Ground, ROWS, Row, column, n_people, percent, whole};
use crate::analysis::{Community, CommunityId};
use crate::explore::fold::fold;
use crate::people::counted;
use crate::progress::{Cancelled, Progress};

/// Posts between two looks at whether to go on.
const POSTS_AT_A_TIME: usize = 1 << 14;
/// Words told of each community.
const WORDS: usize = 8;

/// The words of a community that are not in its name already.
fn further_words(community: &Community) -> String {
    let name = fold(&community.name);
    let of_name: Vec<&str> = name
        .split([',', ' '])
        .filter(|word| !word.is_empty())
        .collect();
    let words = community.words.iter();
    let further = words.filter(|word| !of_name.contains(&fold(word).as_str()));
    further.take(WORDS).cloned().collect::<Vec<_>>().join(", ")
}

/// Every community with the words that set it apart, the largest first. O(posts + communities).
pub(super) fn topics(ground: &Ground<'_>, progress: &Progress) -> Result<Found, Cancelled> {
    const HOW: &str = "Communities by people, the largest first, each with the words that set its people apart from everybody else \
        (log-likelihood ratio, beyond chance); a row opens the page of the community";
    const PEOPLE: AnswerColumn = column("People", "Who belongs to it");
    const POSTS: AnswerColumn = column("Posts", "What its people wrote");
    const SHARE: AnswerColumn = column("Of all", "Its share of all posts");
    let list = &ground.analysis.communities.list;
    let mut posts = vec![0_u64; list.len()];
    for (at, chunk) in ground.posts.posts.chunks(POSTS_AT_A_TIME).enumerate() {
        progress.check()?;
        for place in 0..chunk.len() {
            let author = ground.author(at * POSTS_AT_A_TIME + place);
            let home = author.and_then(|author| ground.home(author));
            if let Some(n) = home.and_then(|home| posts.get_mut(home.index())) {
                *n += 1;
            }
        }
    }
    let all = ground.posts.posts.len();
    let large = list.iter().zip(0..).zip(&posts);
    let rows: Vec<Row> = large
        .filter(|((community, _), _)| !community.small)
        .map(|((community, id), n)| Row {
            about: About::Community(CommunityId(id)),
            title: community.name.clone(),
            below: further_words(community),
            cells: vec![
                whole(community.people),
                whole(*n),
                percent(*n as f64 / all.max(1) as f64),
            ],
        })
        .collect();
    let Some(first) = rows.first() else {
        let sentence = "Nobody here talks with anybody else, so there are no communities";
        return Ok(Found::nothing(sentence, HOW));
    };
    let n = counted(rows.len() as u64, "community", "communities");
    let members = first.cells.first().map_or("", String::as_str);
    let sentence = format!(
        "{n} of {}; the largest is {}, with {members} of them",
        n_people(ground.graph.n_people()),
        first.title,
    );
    Ok(Found {
        sentence,
        how: HOW,
        of: "Community",
        columns: &[PEOPLE, POSTS, SHARE],
        rows: rows.into_iter().take(ROWS).collect(),
        people: Vec::new(),
        posts: Vec::new(),
    })
}
