//! Messages of chats: Telegram, Discord and Slack.

use std::borrow::Cow;

use super::draft::{Draft, Found, To, Who, Words, time_of, unescaped};
use super::node::Node;
use crate::people::TieKind;

/// A message of Telegram Desktop's export. `chat` is the id of the chat: messages are numbered in each one anew.
pub(super) fn read_telegram<'a>(node: &Node<'a>, chat: &str, found: &mut Found<'a>) {
    if node.get("type").as_str() == "service" {
        return found.leave_out("a service message, no post");
    }
    let in_chat = |id: Words<'a>| Cow::Owned(format!("{chat}/{id}"));
    let mut draft = Draft {
        author: Who {
            id: node.get("from_id").id().map(|id| account_id(&id)),
            name: node.get("from").text(),
            by_owner: true,
            ..Who::default()
        },
        time: time_of(node.get("date_unixtime")).or_else(|| time_of(node.get("date"))),
        text: plain_text(node.get("text")),
        id: node.get("id").id().map(in_chat),
        ..Draft::default()
    };
    let from = node.get("forwarded_from").text();
    let from_id = node.get("forwarded_from_id").id().map(|id| account_id(&id));
    if from_id.is_some() {
        let who = Who {
            id: from_id.clone(),
            name: from.clone(),
            ..Who::default()
        };
        found.person(who, None);
    }
    draft.aim(
        TieKind::Repost,
        [from_id.map(To::Person), from.map(To::Name)],
    );
    if !node.has("reply_to_peer_id") {
        let answered = node.get("reply_to_message_id").id().map(in_chat);
        draft.aim(TieKind::Reply, [answered.map(To::Post)]);
    }
    for entity in node
        .get("text")
        .items()
        .iter()
        .chain(node.get("text_entities").items())
    {
        match entity.get("type").as_str() {
            "mention" => {
                let handle = entity.get("text").text();
                draft.mentions.extend(handle.map(To::Handle));
            }
            "mention_name" => {
                let id = entity.get("user_id").id().map(|id| account_id(&id));
                draft.mentions.extend(id.map(To::Person));
            }
            _ => {}
        }
    }
    found.post(draft);
}

/// Exports before 2021 write bare numbers where later ones write `user1`.
fn account_id(id: &str) -> Words<'static> {
    if id.bytes().all(|b| b.is_ascii_digit()) {
        Cow::Owned(format!("user{id}"))
    } else {
        Cow::Owned(id.to_owned())
    }
}

/// A text that is a string, or a list of strings and objects with a text.
fn plain_text<'a>(node: &Node<'a>) -> Words<'a> {
    if let Some(text) = node.text() {
        return text;
    }
    let mut all = String::new();
    for part in node.items() {
        all.push_str(match part {
            Node::Text(text) => text,
            object => object.get("text").as_str(),
        });
    }
    Cow::Owned(all)
}

/// A message as `DiscordChatExporter` writes it.
pub(super) fn read_discord<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    // Older exports write the numbers of kinds that they know no name for.
    let kind = node.get("type").as_str();
    let is_message = matches!(
        kind,
        "" | "Default" | "Reply" | "Forward" | "19" | "20" | "21" | "23"
    ) || kind.ends_with("Command")
        || kind == "ThreadStarterMessage";
    if !is_message {
        return found.leave_out("a service message, no post");
    }
    let mut draft = Draft {
        author: discord_account(node.get("author"), true),
        time: time_of(node.get("timestamp")),
        text: node.get("content").text().unwrap_or_default(),
        id: node.get("id").id(),
        ..Draft::default()
    };
    let reference = node.get("reference");
    let post = reference.get("messageId").id().map(To::Post);
    let is_forward = reference.get("type").as_str() == "Forward" || node.has("forwardedMessage");
    let kind = if is_forward {
        TieKind::Repost
    } else {
        TieKind::Reply
    };
    draft.aim(kind, [post]);
    // The text shows display names: only this list says who is meant.
    for named in node.get("mentions").items() {
        let who = discord_account(named, true);
        draft.mentions.extend(who.handle.clone().map(To::Handle));
        found.person(who, None);
    }
    found.post(draft);
}

fn discord_account<'a>(node: &Node<'a>, by_owner: bool) -> Who<'a> {
    let name = node.get("name").text();
    // Before 2023 names were told apart by four digits.
    let number = node.get("discriminator").as_str();
    let has_number = !matches!(number, "" | "0" | "0000");
    Who {
        handle: match name {
            Some(name) if has_number => Some(Cow::Owned(format!("{name}#{number}"))),
            name => name,
        },
        id: node.get("id").id(),
        name: node.get("nickname").text(),
        reach: None,
        bio: None,
        by_owner,
    }
}

/// A message of a day of a channel. `channel` is its folder: moments tell messages of one channel apart.
pub(super) fn read_slack<'a>(node: &Node<'a>, channel: &str, found: &mut Found<'a>) {
    let kind = node.get("subtype").as_str();
    let is_message = matches!(
        kind,
        "" | "thread_broadcast"
            | "bot_message"
            | "me_message"
            | "file_share"
            | "file_comment"
            | "huddle_thread"
    );
    if !is_message || node.get("type").as_str() != "message" {
        return found.leave_out("a service message, no post");
    }
    let in_channel = |ts: Words<'a>| Cow::Owned(format!("{channel}/{ts}"));
    let author = node
        .get("user")
        .text()
        .or_else(|| node.get("bot_id").text());
    let name = node
        .at("user_profile.name")
        .text()
        .or_else(|| node.get("username").text());
    let text = node.get("text").text().unwrap_or_default();
    let mut draft = Draft {
        author: Who {
            handle: name,
            id: author,
            name: node.at("user_profile.real_name").text(),
            reach: None,
            bio: None,
            by_owner: true,
        },
        time: time_of(node.get("ts")),
        id: node.get("ts").id().map(in_channel),
        ..Draft::default()
    };
    let thread = node
        .get("thread_ts")
        .id()
        .filter(|ts| ts.as_ref() != node.get("ts").as_str());
    if let Some(thread) = thread {
        // A thread is one level deep: the answer goes to whoever began it.
        let starter = node.get("parent_user_id").text().map(To::Person);
        draft.aim(
            TieKind::Reply,
            [starter, Some(To::Post(in_channel(thread)))],
        );
    }
    for (id, name) in ids_named(&text) {
        if let Some(name) = name {
            let who = Who {
                handle: Some(Cow::Owned(name.to_owned())),
                id: Some(Cow::Owned(id.to_owned())),
                ..Who::default()
            };
            found.person(who, None);
        }
        draft.mentions.push(To::Person(Cow::Owned(id.to_owned())));
    }
    draft.text = unescaped(text);
    found.post(draft);
}

/// The accounts in `<@U012AB>` and `<@U012AB|ana>`, with the name where it stands there.
fn ids_named(text: &str) -> Vec<(&str, Option<&str>)> {
    let inside = text.split("<@").skip(1);
    inside
        .filter_map(|rest| {
            let inner = rest.get(..rest.find('>')?)?;
            let (id, name) = match inner.split_once('|') {
                Some((id, name)) => (id, Some(name).filter(|name| !name.is_empty())),
                None => (inner, None),
            };
            let is_id = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric());
            is_id.then_some((id, name))
        })
        .collect()
}

/// An account of Slack's `users.json`.
pub(super) fn read_slack_account<'a>(node: &Node<'a>, found: &mut Found<'a>) {
    let profile = node.get("profile");
    let name = node.get("real_name").text();
    let name = name
        .or(profile.get("real_name").text())
        .or(profile.get("display_name").text());
    found.person(
        Who {
            handle: node.get("name").text(),
            id: node.get("id").text(),
            name,
            reach: None,
            bio: profile.get("title").text(),
            by_owner: true,
        },
        None,
    );
}
