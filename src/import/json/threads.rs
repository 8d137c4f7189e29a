//! Posts of forums and their comments: Reddit, Hacker News, `YouTube`.

use std::borrow::Cow;

use super::super::handles::HandleMarks;
use super::draft::{Draft, Found, To, Who, Words, time_of, unescaped, without_tags};
use super::node::{Names, Node};
use crate::people::TieKind;

/// Members of Reddit's objects that are asked for.
pub(super) static REDDIT: Names = Names::new(&[
    "kind",
    "data",
    "children",
    "replies",
    "id",
    "name",
    "author",
    "title",
    "selftext",
    "body",
    "created_utc",
    "parent_id",
    "link_id",
    "crosspost_parent",
    "crosspost_parent_list",
    "subreddit",
    "permalink",
]);

/// A submission, a comment, or a listing of them.
pub(super) fn read_reddit<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    if node.get("kind").as_str() == "more" {
        return; // ids of what was not fetched
    }
    let data = node.get("data");
    if data.get("children").items().is_empty() {
        let inner = if data.is_object() { data } else { node };
        if inner.has("children") {
            return; // a listing without anything in it
        }
        return reddit_post(inner, found);
    }
    for child in data.get("children").items() {
        read_reddit(child, found);
    }
}

fn reddit_post<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    let author = node.get("author").text();
    if matches!(author.as_deref(), Some("[deleted]" | "[removed]")) {
        found.leave_out("deleted author");
    } else {
        let is_comment = node.has("body");
        let id = node.get("id").id().map(|id| {
            let is_full = id.starts_with("t1_") || id.starts_with("t3_");
            let kind = if is_comment { "t1" } else { "t3" };
            if is_full {
                id
            } else {
                Cow::Owned(format!("{kind}_{id}"))
            }
        });
        let mut draft = Draft {
            author: Who {
                handle: author,
                by_owner: true,
                ..Who::default()
            },
            time: time_of(node.get("created_utc")),
            text: reddit_text(node),
            id,
            ..Draft::default()
        };
        for original in node.get("crosspost_parent_list").items() {
            let handle = original
                .get("author")
                .text()
                .filter(|who| who != "[deleted]");
            draft.aim(TieKind::Repost, [handle.map(To::Handle)]);
        }
        if draft.aims.is_empty() {
            let original = node.get("crosspost_parent").id().map(To::Post);
            draft.aim(TieKind::Repost, [original]);
        }
        let parent = node.get("parent_id").text().map(To::Post);
        draft.aim(TieKind::Reply, [parent]);
        let named = named_in(&draft.text).into_iter();
        draft.mentions = named
            .map(|h| To::Handle(Cow::Owned(h.to_owned())))
            .collect();
        found.post(draft);
    }
    if node.get("replies").is_object() {
        read_reddit(node.get("replies"), found);
    }
}

fn reddit_text<'a>(node: &Node<'a>) -> Words<'a> {
    let title = node.get("title").text();
    let body = node
        .get("body")
        .text()
        .or_else(|| node.get("selftext").text());
    let body = body.filter(|body| !matches!(body.as_ref(), "[removed]" | "[deleted]"));
    match (title, body) {
        (Some(title), Some(body)) if title != body => {
            unescaped(Cow::Owned(format!("{title}\n{body}")))
        }
        (_, Some(body)) => unescaped(body),
        (Some(title), None) => unescaped(title),
        (None, None) => Cow::Borrowed(""),
    }
}

/// The names in `u/ana` and `/u/ana`, but not those in web addresses.
fn named_in(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, sign) in text.match_indices(['u', 'U']) {
        let Some(after) = text
            .get(at + sign.len()..)
            .and_then(|rest| rest.strip_prefix('/'))
        else {
            continue;
        };
        let before = text.get(..at).unwrap_or_default();
        let before = before.strip_suffix('/').unwrap_or(before);
        let stands_alone = before
            .chars()
            .next_back()
            .is_none_or(|c| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '.')));
        let end = after
            .bytes()
            .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')))
            .unwrap_or(after.len());
        if stands_alone && (3..=20).contains(&end) {
            found.extend(after.get(..end));
        }
    }
    found
}

/// An item of Hacker News, as its API or its search writes it. An @ in its texts names nobody.
pub(super) fn read_hacker_news<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    if node.get("deleted").is_true() {
        return found.leave_out("a deleted post");
    }
    let from_search = node.has("objectID");
    let first = |names: &[&str]| names.iter().find_map(|name| node.get(name).text());
    let title = first(&["title", "story_title"]);
    let text = if from_search {
        first(&["comment_text", "story_text"])
    } else {
        first(&["text"])
    };
    let mut draft = Draft {
        author: Who {
            handle: first(&["by", "author"]),
            by_owner: true,
            ..Who::default()
        },
        time: time_of(node.get("time")).or_else(|| time_of(node.get("created_at_i"))),
        text: without_tags(text.or(title).unwrap_or_default()),
        id: node.get("id").id().or_else(|| node.get("objectID").id()),
        ..Draft::default()
    };
    let parent = node
        .get("parent")
        .id()
        .or_else(|| node.get("parent_id").id());
    draft.aim(TieKind::Reply, [parent.map(To::Post)]);
    found.post(draft);
}

const YOUTUBE_MARKS: HandleMarks = HandleMarks {
    dots: true,
    dashes: true,
    letters: true,
};

/// A thread of comments, or a single comment, as the `YouTube` Data API writes it.
pub(super) fn read_youtube<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    let top = node.at("snippet.topLevelComment");
    if !top.is_object() {
        return youtube_comment(node, None, found);
    }
    youtube_comment(top, None, found);
    let thread = top.get("id").id();
    for answer in node.at("replies.comments").items() {
        youtube_comment(answer, thread.clone(), found);
    }
}

fn youtube_comment<'a>(node: &Node<'a>, thread: Option<Words<'a>>, found: &mut Found<'a>) {
    let snippet = node.get("snippet");
    let shown = snippet.get("authorDisplayName").text();
    let is_handle = shown.as_deref().is_some_and(|name| name.starts_with('@'));
    let id = snippet.at("authorChannelId.value").text();
    let original = snippet.get("textOriginal").text();
    let text = original
        .unwrap_or_else(|| without_tags(snippet.get("textDisplay").text().unwrap_or_default()));
    let mut draft = Draft {
        author: Who {
            handle: shown.clone().filter(|_| is_handle),
            id: id.or_else(|| snippet.get("authorChannelId").text()),
            name: shown.filter(|_| !is_handle),
            reach: None,
            bio: None,
            by_owner: true,
        },
        time: time_of(snippet.get("publishedAt")),
        text,
        id: node.get("id").id(),
        ..Draft::default()
    };
    let parent = snippet.get("parentId").id().or(thread);
    draft.aim(TieKind::Reply, [parent.map(To::Post)]);
    draft.name_those_in_text(YOUTUBE_MARKS);
    found.post(draft);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_reddit() {
        for (text, expected) in [
            (
                "u/ana and /u/Ben-B, (u/cara_)",
                vec!["ana", "Ben-B", "cara_"],
            ),
            ("https://www.reddit.com/u/ana", vec![]),
            ("you/me menu/ana", vec![]),
            ("お店、u/ginza_hana さん", vec!["ginza_hana"]),
            ("u/", vec![]),
        ] {
            assert_eq!(named_in(text), expected, "{text}");
        }
    }
}
