//! What kind of JSON a file is, by what its first records hold.

use super::super::error::Holding;
use super::draft::Found;
use super::node::{Names, Node};
use super::split::{Part, Piece};
use super::{bluesky, chat, mastodon, threads, twitter};

/// Where posts come from, and how they are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    TwitterV2,
    TwitterV1,
    BlueskyFeed,
    BlueskyEvents,
    Mastodon,
    Activities,
    Reddit,
    HackerNews,
    YouTube,
    Telegram,
    Discord,
    Slack,
    SlackAccounts,
    /// Channels, notes of apps: part of an export of Slack, but no posts.
    SlackOther,
    /// No posts at all.
    Holds(Holding),
}

impl Shape {
    /// The platform: ids mean the same in all files of one platform.
    pub(super) fn platform(self) -> &'static str {
        match self {
            Self::TwitterV2 | Self::TwitterV1 => "x",
            Self::BlueskyFeed | Self::BlueskyEvents => "bluesky",
            Self::Mastodon | Self::Activities => "mastodon",
            Self::Reddit => "reddit",
            Self::HackerNews => "hacker news",
            Self::YouTube => "youtube",
            Self::Telegram => "telegram",
            Self::Discord => "discord",
            Self::Slack | Self::SlackAccounts | Self::SlackOther => "slack",
            Self::Holds(_) => "none",
        }
    }

    /// What the platform is called; `None` where there is none.
    pub(super) fn platform_name(self) -> Option<&'static str> {
        Some(match self {
            Self::TwitterV2 | Self::TwitterV1 => "X",
            Self::BlueskyFeed | Self::BlueskyEvents => "Bluesky",
            Self::Mastodon | Self::Activities => "Mastodon",
            Self::Reddit => "Reddit",
            Self::HackerNews => "Hacker News",
            Self::YouTube => "YouTube",
            Self::Telegram => "Telegram",
            Self::Discord => "Discord",
            Self::Slack | Self::SlackAccounts | Self::SlackOther => "Slack",
            Self::Holds(_) => return None,
        })
    }

    /// Whether an account may go by its id where no handle is known: elsewhere a bare number helps nobody.
    pub(super) fn ids_name_people(self) -> bool {
        !matches!(self.platform(), "x" | "mastodon")
    }

    /// The format in words.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::TwitterV2 => "X posts (API v2)",
            Self::TwitterV1 => "X posts (API v1.1)",
            Self::BlueskyFeed => "Bluesky posts",
            Self::BlueskyEvents => "Bluesky event stream",
            Self::Mastodon => "Mastodon posts",
            Self::Activities => "Mastodon outbox",
            Self::Reddit => "Reddit posts",
            Self::HackerNews => "Hacker News posts",
            Self::YouTube => "YouTube comments",
            Self::Telegram => "Telegram chat",
            Self::Discord => "Discord messages",
            Self::Slack | Self::SlackAccounts | Self::SlackOther => "Slack export",
            Self::Holds(_) => "JSON",
        }
    }

    /// The members that its reader asks for; `None`: any.
    pub(super) fn wanted(self) -> Option<&'static Names> {
        match self {
            Self::TwitterV2 | Self::TwitterV1 => Some(&twitter::WANTED),
            Self::Reddit => Some(&threads::REDDIT),
            _ => None,
        }
    }

    /// Reads one record. `group` is the chat or channel that the file is of.
    pub(super) fn read<'a>(self, node: &Node<'a>, part: Part, group: &str, found: &mut Found<'a>) {
        let node = collected(node);
        match self {
            Self::TwitterV2 => twitter::read_v2(node, part, found),
            _ if !node.is_object() => found.leave_out("no object"),
            Self::TwitterV1 => twitter::read_v1(node, found),
            Self::BlueskyFeed => bluesky::read_feed(thread(node), found),
            Self::BlueskyEvents => bluesky::read_event(node, found),
            Self::Mastodon => mastodon::read(node, found),
            Self::Activities => mastodon::read_activity(node, found),
            Self::Reddit => threads::read_reddit(node, found),
            Self::HackerNews => threads::read_hacker_news(node, found),
            Self::YouTube => threads::read_youtube(node, found),
            Self::Telegram => chat::read_telegram(node, group, found),
            Self::Discord => chat::read_discord(node, found),
            Self::Slack => chat::read_slack(node, group, found),
            Self::SlackAccounts => chat::read_slack_account(node, found),
            Self::SlackOther | Self::Holds(_) => {}
        }
    }
}

/// The platform's own object inside what a browser extension wraps round it.
pub(super) fn collected<'n, 'a>(node: &'n Node<'a>) -> &'n Node<'a> {
    if node.has("source_platform") && node.get("data").is_object() {
        node.get("data")
    } else {
        node
    }
}

fn thread<'n, 'a>(node: &'n Node<'a>) -> &'n Node<'a> {
    if node.get("thread").is_object() {
        node.get("thread")
    } else {
        node
    }
}

/// Calls `each` with every record in a line or list item: itself, or the items of the list or page that it is.
pub(super) fn for_each_record<'n, 'a>(
    node: &'n Node<'a>,
    shape: Shape,
    each: &mut impl FnMut(&'n Node<'a>),
) {
    // Pages of X carry accounts beside the posts, listings of Reddit answers inside: their readers take them whole.
    if matches!(shape, Shape::TwitterV2 | Shape::Reddit) && node.is_object() {
        return each(node);
    }
    inside(node, 0, &|node| of_record(node).is_some(), each);
}

/// As [`for_each_record`], for what no platform here writes.
pub(super) fn for_each_record_of_any<'n, 'a>(
    node: &'n Node<'a>,
    each: &mut impl FnMut(&'n Node<'a>),
) {
    let is_whole = |node: &Node<'_>| match node {
        Node::Object(members) => members.len() > 1,
        _ => true,
    };
    inside(node, 0, &is_whole, each);
}

fn inside<'n, 'a>(
    node: &'n Node<'a>,
    depth: usize,
    is_record: &impl Fn(&Node<'_>) -> bool,
    each: &mut impl FnMut(&'n Node<'a>),
) {
    let items = match node {
        Node::List(items) => Some(items.as_slice()),
        Node::Object(members) if members.len() <= 12 && !is_record(node) => {
            let lists = members.iter().map(|(_, value)| value.items());
            let longest = lists.max_by_key(|items| items.len());
            longest.filter(|items| items.first().is_some_and(is_record))
        }
        _ => None,
    };
    match items {
        Some(items) if depth < 3 => {
            for item in items {
                inside(item, depth + 1, is_record, each);
            }
        }
        _ => each(node),
    }
}

/// Records looked at before the shape is decided.
const LOOK_AT: usize = 200;
/// Bytes looked at before the shape is decided, and at least one record: pages are long.
const LOOK_AT_BYTES: usize = 1 << 20;

/// The shape that most of the first records have; of two the earlier named. `None` when none is known.
pub(super) fn shape_of(pieces: &[Piece<'_>]) -> Option<Shape> {
    let mut votes: Vec<(Shape, usize)> = Vec::new();
    let mut seen = 0;
    let mut bytes = 0;
    for piece in pieces.iter().take(LOOK_AT) {
        if bytes > LOOK_AT_BYTES && !votes.is_empty() {
            break;
        }
        bytes += piece.text.len();
        if piece.part != Part::Main {
            continue;
        }
        let Some(node) = Node::read(piece.text, None) else {
            continue;
        };
        inside(&node, 0, &|node| of_record(node).is_some(), &mut |record| {
            seen += 1;
            if seen > LOOK_AT {
                return;
            }
            if let Some(shape) = of_record(record) {
                match votes.iter_mut().find(|(known, _)| *known == shape) {
                    Some((_, n)) => *n += 1,
                    None => votes.push((shape, 1)),
                }
            }
        });
        if seen > LOOK_AT {
            break;
        }
    }
    votes.sort_by_key(|(shape, n)| (matches!(shape, Shape::Holds(_)), usize::MAX - n, *shape));
    votes.first().map(|(shape, _)| *shape)
}

/// The shape of one record.
pub(super) fn of_record(node: &Node<'_>) -> Option<Shape> {
    let node = collected(node);
    let has = |names: &[&str]| names.iter().all(|name| node.has(name));
    let any = |names: &[&str]| names.iter().any(|name| node.has(name));
    if !node.is_object() {
        return None;
    }
    if has(&["did", "time_us", "kind"]) {
        return Some(Shape::BlueskyEvents);
    }
    let bluesky = |post: &Node<'_>| post.has("author.did") && post.has("record") && post.has("uri");
    if bluesky(node) || bluesky(node.get("post")) || bluesky(node.at("thread.post")) {
        return Some(Shape::BlueskyFeed);
    }
    if node.get("account").is_object() && has(&["account.acct", "content"]) {
        return Some(Shape::Mastodon);
    }
    if has(&["actor", "object", "type"]) && any(&["published", "to", "cc"]) {
        return Some(Shape::Activities);
    }
    of_x(node)
        .or_else(|| of_threads(node))
        .or_else(|| of_chats(node))
}

fn of_x(node: &Node<'_>) -> Option<Shape> {
    let has = |names: &[&str]| names.iter().all(|name| node.has(name));
    let any = |names: &[&str]| names.iter().any(|name| node.has(name));
    let of_web = |node: &Node<'_>| node.has("legacy.full_text") && node.has("core.user_results");
    if of_web(node) || of_web(node.get("tweet")) || of_web(node.get("result")) {
        return Some(Shape::TwitterV1);
    }
    if node.has("user.screen_name") && any(&["text", "full_text", "id_str"]) {
        return Some(Shape::TwitterV1);
    }
    if is_post_of_v2(node) {
        return Some(Shape::TwitterV2);
    }
    let data = node.get("data");
    let first = if data.is_object() {
        data
    } else {
        data.items().first().unwrap_or(&Node::Null)
    };
    let paged = any(&["includes", "meta", "matching_rules", "errors"]);
    if is_post_of_v2(first) || (paged && first.has("id") && first.has("text")) {
        return Some(Shape::TwitterV2);
    }
    let one = if first.is_object() { first } else { node };
    let held = |names: &[&str]| names.iter().all(|name| one.has(name));
    if held(&["tweet_count", "start", "end"]) {
        return Some(Shape::Holds(Holding::Counts));
    }
    if held(&["name", "member_count"]) && !one.has("text") {
        return Some(Shape::Holds(Holding::Lists));
    }
    let is_account = held(&["username", "public_metrics.followers_count"])
        || held(&["screen_name", "followers_count"]);
    if is_account && !one.has("text") {
        return Some(Shape::Holds(Holding::Accounts));
    }
    if has(&["id", "action", "created_at"]) && !node.has("text") {
        return Some(Shape::Holds(Holding::Compliance));
    }
    None
}

fn is_post_of_v2(node: &Node<'_>) -> bool {
    const MARKS: [&str; 7] = [
        "edit_history_tweet_ids",
        "conversation_id",
        "referenced_tweets",
        "public_metrics",
        "in_reply_to_user_id",
        "author.username",
        "reply_settings",
    ];
    let marked = MARKS.iter().any(|mark| node.has(mark));
    let has_author = node.has("author_id") || node.has("author.username");
    node.has("id") && node.has("text") && (marked || has_author) && !node.get("author").has("did")
}

fn of_threads(node: &Node<'_>) -> Option<Shape> {
    const KINDS: [&str; 5] = ["story", "comment", "poll", "pollopt", "job"];
    let has = |names: &[&str]| names.iter().all(|name| node.has(name));
    let any = |names: &[&str]| names.iter().any(|name| node.has(name));
    if node.has("snippet.topLevelComment") || node.has("snippet.authorDisplayName") {
        return Some(Shape::YouTube);
    }
    let is_reddit = |node: &Node<'_>| {
        let parent = node.get("parent_id").as_str();
        let of_reddit = node.has("subreddit")
            || parent.starts_with("t1_")
            || parent.starts_with("t3_")
            || node.get("permalink").as_str().starts_with("/r/");
        let said = ["body", "selftext", "title"];
        of_reddit && node.has("author") && said.iter().any(|name| node.has(name))
    };
    let kind = node.get("kind").as_str();
    if is_reddit(node) || (matches!(kind, "t1" | "t3" | "Listing") && node.get("data").is_object())
    {
        return Some(Shape::Reddit);
    }
    let of_api = has(&["id", "time"]) && KINDS.contains(&node.get("type").as_str());
    if (of_api && any(&["by", "deleted", "dead", "parent"]))
        || has(&["objectID", "author", "created_at_i"])
    {
        return Some(Shape::HackerNews);
    }
    None
}

fn of_chats(node: &Node<'_>) -> Option<Shape> {
    let has = |names: &[&str]| names.iter().all(|name| node.has(name));
    let any = |names: &[&str]| names.iter().any(|name| node.has(name));
    let kind = node.get("type").as_str();
    if matches!(kind, "message" | "service") && has(&["id", "date"]) && any(&["text", "action"]) {
        return Some(Shape::Telegram);
    }
    if node.get("author").is_object() && has(&["author.id", "author.name", "timestamp", "content"])
    {
        return Some(Shape::Discord);
    }
    if kind == "message" && node.has("ts") {
        return Some(Shape::Slack);
    }
    if node.get("profile").is_object() && has(&["id", "name"]) && any(&["team_id", "real_name"]) {
        return Some(Shape::SlackAccounts);
    }
    let is_channel = has(&["id", "created", "members"]) && any(&["creator", "name"]);
    if is_channel || has(&["user_id", "date", "change_type"]) {
        return Some(Shape::SlackOther);
    }
    None
}
