//! Posts of Bluesky: feeds, lists of posts and threads of its API, and the event stream.

use std::borrow::Cow;

use super::super::handles::HandleMarks;
use super::draft::{Draft, Found, To, Who, Words, time_of};
use super::node::Node;
use crate::people::TieKind;

const MARKS: HandleMarks = HandleMarks {
    dots: true,
    dashes: true,
    letters: false,
};

/// The account in the address of a post, as in `at://did:plc:abc/app.bsky.feed.post/3k`.
fn did_in<'a>(uri: &Node<'a>) -> Option<To<'a>> {
    let rest = uri.as_str().strip_prefix("at://")?;
    let did = rest.split('/').next().filter(|did| !did.is_empty())?;
    let did: Words<'a> = Cow::Owned(did.to_owned());
    Some(if did.starts_with("did:") {
        To::Person(did)
    } else {
        To::Handle(did)
    })
}

/// The first of the languages that a record names.
fn first_language<'a>(record: &Node<'a>) -> Option<Words<'a>> {
    record.get("langs").items().iter().find_map(Node::text)
}

fn profile<'a>(node: &Node<'a>) -> Who<'a> {
    Who {
        handle: node
            .get("handle")
            .text()
            .filter(|handle| handle != "handle.invalid"),
        id: node.get("did").text(),
        name: node.get("displayName").text(),
        reach: node.get("followersCount").count(),
        bio: node.get("description").text(),
        by_owner: true,
    }
}

/// A post of a feed, of a list of posts, or of a thread with its answers.
pub(super) fn read_feed<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    let is_item = node.get("post").is_object();
    let post = if is_item { node.get("post") } else { node };
    let reason = node.get("reason");
    if reason.get("by").is_object() {
        repost(post, reason, found);
    } else {
        view(post, node, found);
    }
    for answer in node.get("replies").items() {
        read_feed(answer, found);
    }
}

fn repost<'a>(post: &Node<'a>, reason: &Node<'a>, found: &mut Found<'a>) {
    let original = profile(post.get("author"));
    let mut draft = Draft {
        author: profile(reason.get("by")),
        time: time_of(reason.get("indexedAt")),
        text: post.at("record.text").text().unwrap_or_default(),
        language: first_language(post.get("record")),
        // The address of the post that is passed on; the reposter is part of what makes a post the same.
        id: reason.get("uri").text().or_else(|| {
            let uri = post.get("uri").text()?;
            Some(Cow::Owned(format!("repost {uri}")))
        }),
        ..Draft::default()
    };
    let handle = original.handle.clone().map(To::Handle);
    draft.aim(TieKind::Repost, [handle, did_in(post.get("uri"))]);
    found.person(original, None);
    found.post(draft);
}

fn view<'a>(post: &Node<'a>, around: &Node<'a>, found: &mut Found<'a>) {
    let record = post.get("record");
    if !record.is_object() {
        return found.leave_out("no post"); // one that was deleted or blocked
    }
    let author = profile(post.get("author"));
    for other in ["reply.parent", "reply.root"] {
        found.person(profile(around.at(other).get("author")), None);
    }
    let quoted = quoted_view(post.get("embed"));
    found.person(profile(quoted.get("author")), None);
    let time = time_of(record.get("createdAt")).or_else(|| time_of(post.get("indexedAt")));
    let mut draft = of_record(record, author, time, found);
    draft.id = post.get("uri").text();
    found.post(draft);
}

/// The post that another one quotes, as its embed shows it.
fn quoted_view<'n, 'a>(embed: &'n Node<'a>) -> &'n Node<'a> {
    let record = embed.get("record");
    if record.get("record").is_object() && !record.has("uri") {
        record.get("record")
    } else {
        record
    }
}

/// What a record says: the part that feeds and the event stream share.
fn of_record<'a>(
    record: &Node<'a>,
    author: Who<'a>,
    time: Option<i64>,
    found: &mut Found<'a>,
) -> Draft<'a> {
    let mut draft = Draft {
        author,
        time,
        text: record.get("text").text().unwrap_or_default(),
        language: first_language(record),
        ..Draft::default()
    };
    draft.aim(
        TieKind::Quote,
        [did_in(quoted_view(record.get("embed")).get("uri"))],
    );
    draft.aim(TieKind::Reply, [did_in(record.at("reply.parent.uri"))]);
    for facet in record.get("facets").items() {
        for feature in facet.get("features").items() {
            if let Some(did) = feature.get("did").text() {
                if let Some(handle) = shown(&draft.text, facet.get("index")) {
                    found.person(
                        Who {
                            handle: Some(handle),
                            id: Some(did.clone()),
                            ..Who::default()
                        },
                        None,
                    );
                }
                draft.mentions.push(To::Person(did));
            }
        }
    }
    if record.get("facets").items().is_empty() {
        draft.name_those_in_text(MARKS);
        // Without facets an @word is plain text; only a full handle can be meant.
        draft
            .mentions
            .retain(|to| matches!(to, To::Handle(handle) if handle.contains('.')));
    }
    draft
}

/// The handle at a place of the text, given in bytes of UTF-8. `None` where the bytes are no handle with an @.
fn shown<'a>(text: &Words<'_>, index: &Node<'_>) -> Option<Words<'a>> {
    let start = index.get("byteStart").count()? as usize;
    let end = index.get("byteEnd").count()? as usize;
    let handle = text.get(start..end)?.strip_prefix('@')?;
    let is_handle = handle.contains('.')
        && handle
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    is_handle.then(|| Cow::Owned(handle.to_owned()))
}

/// An event of the stream.
pub(super) fn read_event<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    let commit = node.get("commit");
    if !commit.is_object() {
        let handle = node.at("identity.handle").text();
        return match handle.filter(|handle| handle != "handle.invalid") {
            Some(handle) => found.person(
                Who {
                    handle: Some(handle),
                    id: node.get("did").text(),
                    by_owner: true,
                    ..Who::default()
                },
                time_of(node.get("time_us")),
            ),
            None => found.leave_out("a notice, no post"),
        };
    }
    let record = commit.get("record");
    let author = Who {
        id: node.get("did").text(),
        by_owner: true,
        ..Who::default()
    };
    let kind = commit.get("collection").as_str();
    if commit.get("operation").as_str() != "create" || !record.is_object() {
        return found.leave_out("a deletion or change, no post");
    }
    let time = time_of(record.get("createdAt")).or_else(|| time_of(node.get("time_us")));
    let rkey = commit.get("rkey").as_str();
    let did = node.get("did").as_str();
    let id = (!rkey.is_empty()).then(|| Cow::Owned(format!("at://{did}/{kind}/{rkey}")));
    match kind {
        "app.bsky.feed.post" => {
            let mut draft = of_record(record, author, time, found);
            draft.id = id;
            found.post(draft);
        }
        "app.bsky.feed.repost" => {
            let mut draft = Draft {
                author,
                time,
                id,
                ..Draft::default()
            };
            draft.aim(TieKind::Repost, [did_in(record.at("subject.uri"))]);
            found.post(draft);
        }
        "app.bsky.actor.profile" => found.person(
            Who {
                name: record.get("displayName").text(),
                bio: record.get("description").text(),
                ..author
            },
            time,
        ),
        _ => found.leave_out("a like or follow, no post"),
    }
}
