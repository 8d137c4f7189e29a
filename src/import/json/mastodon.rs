//! Posts of Mastodon and its kin: lists of statuses, and the outbox of an archive.

use std::borrow::Cow;

use super::draft::{Draft, Found, To, Who, time_of, without_tags};
use super::node::Node;
use crate::people::TieKind;

fn account<'a>(node: &Node<'a>, by_owner: bool) -> Who<'a> {
    Who {
        handle: node
            .get("acct")
            .text()
            .or_else(|| node.get("username").text()),
        id: node.get("id").id(),
        name: node.get("display_name").text(),
        reach: node.get("followers_count").count(),
        bio: node.get("note").text().map(without_tags),
        by_owner,
    }
}

/// A status.
pub(super) fn read<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    let reposted = node.get("reblog");
    let quoted = node.at("quote.quoted_status");
    let quoted = if quoted.is_object() {
        quoted
    } else {
        node.get("quote")
    };
    let inner = if reposted.is_object() { reposted } else { node };
    let warning = inner.get("spoiler_text").text();
    let content = without_tags(inner.get("content").text().unwrap_or_default());
    let mut draft = Draft {
        author: account(node.get("account"), true),
        time: time_of(node.get("created_at")),
        text: match warning {
            Some(warning) => Cow::Owned(format!("{warning}\n{content}")),
            None => content,
        },
        id: node.get("uri").text().or_else(|| node.get("id").id()),
        language: inner.get("language").text(),
        ..Draft::default()
    };
    for (other, kind) in [(reposted, TieKind::Repost), (quoted, TieKind::Quote)] {
        let who = account(other.get("account"), true);
        draft.aim(kind, [who.handle.clone().map(To::Handle)]);
        found.author_of(other.get("id").id(), who.clone());
        found.person(who, draft.time);
    }
    draft.aim(
        TieKind::Reply,
        [
            node.get("in_reply_to_account_id").id().map(To::Person),
            node.get("in_reply_to_id").id().map(To::Post),
        ],
    );
    for named in node.get("mentions").items() {
        let who = account(named, false);
        draft.mentions.extend(who.handle.clone().map(To::Handle));
        found.person(who, None);
    }
    // Others answer the post by this id, while its address is what tells it from posts of other servers.
    found.author_of(node.get("id").id(), draft.author.clone());
    found.post(draft);
}

/// `ana@rice.example` of `https://rice.example/users/ana`, or of `https://rice.example/@ana/1`.
fn handle_in(address: &str) -> Option<Cow<'static, str>> {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))?;
    let mut parts = rest.split('/');
    let host = parts.next()?;
    let first = parts.next()?;
    let name = match first.strip_prefix('@') {
        Some(name) => name,
        None if matches!(first, "users" | "profile" | "u" | "accounts" | "author") => {
            parts.next()?
        }
        None => return None,
    };
    (!name.is_empty()).then(|| Cow::Owned(format!("{name}@{host}")))
}

/// The language of a text that is there in one language alone.
fn only_language<'a>(by_language: &Node<'a>) -> Option<Cow<'a, str>> {
    match by_language.members() {
        [(language, _)] => Some(language.clone()),
        _ => None,
    }
}

/// An activity of an outbox: a note that was written, or one that was passed on.
pub(super) fn read_activity<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    let object = node.get("object");
    let actor = object
        .get("attributedTo")
        .text()
        .or_else(|| node.get("actor").text());
    let actor = actor.as_deref().unwrap_or(node.get("actor").as_str());
    let who = |address: &str| Who {
        handle: handle_in(address),
        by_owner: true,
        ..Who::default()
    };
    let mut draft = Draft {
        time: time_of(node.get("published")),
        id: node.get("id").text(),
        ..Draft::default()
    };
    match node.get("type").as_str() {
        "Create" | "Note" => {
            let note = if object.is_object() { object } else { node };
            draft.author = who(actor);
            draft.text = without_tags(note.get("content").text().unwrap_or_default());
            draft.language = only_language(note.get("contentMap"));
            let answered = handle_in(note.get("inReplyTo").as_str());
            draft.aim(TieKind::Reply, [answered.map(To::Handle)]);
            for tag in note.get("tag").items() {
                if tag.get("type").as_str() == "Mention" {
                    draft
                        .mentions
                        .extend(handle_in(tag.get("href").as_str()).map(To::Handle));
                }
            }
        }
        "Announce" => {
            draft.author = who(node.get("actor").as_str());
            let target = handle_in(object.as_str());
            draft.aim(TieKind::Repost, [target.map(To::Handle)]);
        }
        _ => return found.leave_out("a notice, no post"),
    }
    found.post(draft);
}
