//! Posts of X/Twitter: API v2 in pages and flat, API v1.1, and the objects of its own web pages.

use std::borrow::Cow;

use super::super::handles::{self, HandleMarks};
use super::draft::{Draft, Found, To, Who, time_of, unescaped};
use super::node::{Names, Node};
use super::split::Part;
use crate::people::TieKind;

/// Members that are asked for below; all others are skipped while reading.
pub(super) static WANTED: Names = Names::new(&[
    "data",
    "source_platform",
    "includes",
    "users",
    "tweets",
    "id",
    "id_str",
    "author_id",
    "author",
    "username",
    "name",
    "public_metrics",
    "followers_count",
    "text",
    "full_text",
    "extended_tweet",
    "note_tweet",
    "created_at",
    "entities",
    "mentions",
    "user_mentions",
    "screen_name",
    "referenced_tweets",
    "type",
    "in_reply_to_user_id",
    "in_reply_to_user",
    "in_reply_to_user_id_str",
    "in_reply_to_screen_name",
    "in_reply_to_status_id_str",
    "in_reply_to_status_id",
    "retweeted_status",
    "quoted_status",
    "quoted_status_id_str",
    "quoted_status_id",
    "user",
    "delete",
    "limit",
    "scrub_geo",
    "warning",
    "disconnect",
    "status_withheld",
    "user_withheld",
    "errors",
    "rest_id",
    "legacy",
    "core",
    "user_results",
    "result",
    "tweet",
    "retweeted_status_result",
    "quoted_status_result",
    "description",
    "lang",
]);

const MARKS: HandleMarks = HandleMarks {
    dots: false,
    dashes: false,
    letters: false,
};

/// A record of API v2: a page, one post of a stream, or a flat post.
pub(super) fn read_v2<'a>(node: &Node<'a>, part: Part, found: &mut Found<'a>) {
    match part {
        Part::People => found.person(user_v2(node, true), None),
        Part::Others => other_v2(node, None, found),
        Part::Main if node.has("data") || node.has("includes") || node.has("errors") => {
            page(node, found);
        }
        Part::Main => post_v2(node, found),
    }
}

fn page<'a>(page: &Node<'a>, found: &mut Found<'a>) {
    let data = page.get("data");
    let one = std::slice::from_ref(data);
    let posts = if data.is_object() { one } else { data.items() };
    let newest = posts
        .iter()
        .filter_map(|p| time_of(p.get("created_at")))
        .max();
    for post in posts {
        post_v2(post, found);
    }
    for user in page.at("includes.users").items() {
        found.person(user_v2(user, true), newest);
    }
    for post in page.at("includes.tweets").items() {
        other_v2(post, newest, found);
    }
}

/// What an account says of itself.
fn bio<'a>(node: &Node<'a>) -> Option<Cow<'a, str>> {
    node.get("description").text().map(unescaped)
}

fn user_v2<'a>(node: &Node<'a>, by_owner: bool) -> Who<'a> {
    Who {
        handle: node.get("username").text(),
        id: node.get("id").id(),
        name: node.get("name").text(),
        reach: node.at("public_metrics.followers_count").count(),
        bio: bio(node),
        by_owner,
    }
}

/// Who wrote a post of API v2: flat posts bring the account along, others only its id.
fn author_v2<'a>(node: &Node<'a>) -> Who<'a> {
    let mut who = user_v2(node.get("author"), true);
    if who.id.is_none() {
        who.id = node.get("author_id").id();
    }
    who
}

/// A post that another one answers, passes on or quotes.
fn other_v2<'a>(node: &Node<'a>, time: Option<i64>, found: &mut Found<'a>) {
    let author = author_v2(node);
    if author.handle.is_some() {
        found.person(author.clone(), time);
    }
    found.author_of(node.get("id").id(), author);
    people_named(node, found);
}

/// The accounts that a post names: their ids tell whom others answer.
fn people_named<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    for named in node.at("entities.mentions").items() {
        let who = user_v2(named, false);
        if who.id.is_some() && who.handle.is_some() {
            found.person(who, None);
        }
    }
}

fn post_v2<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    let text = node
        .at("note_tweet.text")
        .text()
        .or(node.get("text").text());
    let (Some(id), Some(text)) = (node.get("id").id(), text) else {
        return found.leave_out("no post");
    };
    let mut draft = Draft {
        author: author_v2(node),
        time: time_of(node.get("created_at")),
        text: unescaped(text),
        id: Some(id),
        language: node.get("lang").text(),
        ..Draft::default()
    };
    let replied = node.get("in_reply_to_user");
    if replied.has("username") {
        found.person(user_v2(replied, true), draft.time);
    }
    let references = node.get("referenced_tweets").items();
    let mut is_reply = false;
    for reference in references {
        let author = author_v2(reference);
        let known = author.handle.clone().map(To::Handle);
        let post = reference.get("id").id().map(To::Post);
        if !author.is_nobody() {
            found.author_of(reference.get("id").id(), author.clone());
            found.person(author, draft.time);
        }
        match reference.get("type").as_str() {
            "retweeted" => {
                let in_text = handles::reposted_in(&draft.text, MARKS)
                    .map(|h| To::Handle(Cow::Owned(h.to_owned())));
                draft.aim(TieKind::Repost, [known, post, in_text]);
            }
            "quoted" => draft.aim(TieKind::Quote, [known, post]),
            "replied_to" => {
                is_reply = true;
                let person = node.get("in_reply_to_user_id").id().map(To::Person);
                let first = draft.first_named(MARKS);
                draft.aim(TieKind::Reply, [known, person, post, first]);
            }
            _ => {}
        }
    }
    if !is_reply && let Some(person) = node.get("in_reply_to_user_id").id() {
        let first = draft.first_named(MARKS);
        draft.aim(TieKind::Reply, [Some(To::Person(person)), first]);
    }
    if references.is_empty()
        && let Some(handle) = handles::reposted_in(&draft.text, MARKS)
    {
        let handle = Cow::Owned(handle.to_owned());
        draft.aim(TieKind::Repost, [Some(To::Handle(handle))]);
    }
    people_named(node, found);
    for named in node.at("entities.mentions").items() {
        draft
            .mentions
            .extend(named.get("username").text().map(To::Handle));
    }
    draft.name_those_in_text(MARKS);
    found.post(draft);
}

/// What the streams of API v1.1 send besides posts.
const NOTICES: [&str; 7] = [
    "delete",
    "limit",
    "scrub_geo",
    "warning",
    "disconnect",
    "status_withheld",
    "user_withheld",
];

/// A record of API v1.1, a notice of its streams, or an object of the web pages.
pub(super) fn read_v1<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    if node.has("legacy") || node.has("tweet") || node.has("result") {
        return post_of_web(node, found);
    }
    if !node.has("user") && NOTICES.iter().any(|notice| node.has(notice)) {
        return found.leave_out("a notice, no post");
    }
    let author = user_v1(node.get("user"), true);
    let parts = Parts {
        reposted: node.get("retweeted_status"),
        quoted: node.get("quoted_status"),
        legacy: node,
    };
    post_v1(author, &parts, found);
}

fn user_v1<'a>(node: &Node<'a>, by_owner: bool) -> Who<'a> {
    Who {
        handle: node.get("screen_name").text(),
        id: node.get("id_str").text().or_else(|| node.get("id").id()),
        name: node.get("name").text(),
        reach: node.get("followers_count").count(),
        bio: bio(node),
        by_owner,
    }
}

fn id_v1<'a>(node: &Node<'a>, name: &str) -> Option<Cow<'a, str>> {
    let as_text = node.get(&format!("{name}_str")).text();
    as_text.or_else(|| node.get(name).id())
}

/// What one post of API v1.1 is made of.
struct Parts<'n, 'a> {
    legacy: &'n Node<'a>,
    reposted: &'n Node<'a>,
    quoted: &'n Node<'a>,
}

fn post_v1<'a>(author: Who<'a>, parts: &Parts<'_, 'a>, found: &mut Found<'a>) {
    let node = parts.legacy;
    let longer = node.get("extended_tweet");
    let text = longer.get("full_text").text();
    let text = text
        .or(node.get("full_text").text())
        .or(node.get("text").text());
    if text.is_none() && !parts.reposted.is_object() {
        return found.leave_out("no post");
    }
    let mut draft = Draft {
        author,
        time: time_of(node.get("created_at")),
        text: unescaped(text.unwrap_or_default()),
        id: id_v1(node, "id"),
        language: node.get("lang").text(),
        ..Draft::default()
    };
    for (other, kind) in [
        (parts.reposted, TieKind::Repost),
        (parts.quoted, TieKind::Quote),
    ] {
        let who = author_v1(other);
        let handle = who.handle.clone().map(To::Handle);
        if let Some(id) = id_v1(other, "id").or_else(|| other.get("rest_id").id()) {
            found.author_of(Some(id), who.clone());
        }
        found.person(who, draft.time);
        let by_id = if kind == TieKind::Quote {
            id_v1(node, "quoted_status_id").map(To::Post)
        } else {
            None
        };
        draft.aim(kind, [handle, by_id]);
    }
    if !parts.reposted.is_object()
        && let Some(handle) = handles::reposted_in(&draft.text, MARKS)
    {
        let handle = Cow::Owned(handle.to_owned());
        draft.aim(TieKind::Repost, [Some(To::Handle(handle))]);
    }
    let answered = node.get("in_reply_to_screen_name").text().map(To::Handle);
    let person = id_v1(node, "in_reply_to_user_id").map(To::Person);
    let post = id_v1(node, "in_reply_to_status_id").map(To::Post);
    if answered.is_some() || person.is_some() || post.is_some() {
        let first = draft.first_named(MARKS);
        draft.aim(TieKind::Reply, [answered, person, post, first]);
    }
    for entities in [node.get("entities"), longer.get("entities")] {
        for named in entities.get("user_mentions").items() {
            let who = user_v1(named, false);
            draft.mentions.extend(who.handle.clone().map(To::Handle));
            found.person(who, None);
        }
    }
    draft.name_those_in_text(MARKS);
    found.post(draft);
}

/// Who wrote a post of API v1.1 or of the web pages.
fn author_v1<'a>(node: &Node<'a>) -> Who<'a> {
    let user = node.at("core.user_results.result");
    if !user.is_object() {
        return user_v1(node.get("user"), true);
    }
    let mut who = user_v1(user.get("legacy"), true);
    who.handle = user.at("core.screen_name").text().or(who.handle);
    who.name = user.at("core.name").text().or(who.name);
    who.id = user.get("rest_id").id().or(who.id);
    who
}

/// The post inside what the web pages wrap round it.
fn unwrapped<'n, 'a>(node: &'n Node<'a>) -> &'n Node<'a> {
    let node = if node.has("result") {
        node.get("result")
    } else {
        node
    };
    if node.has("tweet") {
        node.get("tweet")
    } else {
        node
    }
}

/// A post as the web pages of X get it (as browser extensions collect it).
fn post_of_web<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    let node = unwrapped(node);
    let legacy = node.get("legacy");
    let parts = Parts {
        legacy,
        reposted: unwrapped(legacy.get("retweeted_status_result")),
        quoted: unwrapped(node.get("quoted_status_result")),
    };
    post_v1(author_v1(node), &parts, found);
}
