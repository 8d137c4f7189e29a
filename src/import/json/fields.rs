//! Which members of a record play which role, as the preview shows them.

use super::shape::Shape;

/// Author, name, followers, text, time, reply, repost, quote, mentions; empty where nothing tells.
type Fields = [&'static str; 9];

const TWITTER_V2: Fields = [
    "author.username",
    "author.name",
    "author.public_metrics.followers_count",
    "text",
    "created_at",
    "referenced_tweets.replied_to",
    "referenced_tweets.retweeted",
    "referenced_tweets.quoted",
    "entities.mentions",
];

const TWITTER_V1: Fields = [
    "user.screen_name",
    "user.name",
    "user.followers_count",
    "full_text",
    "created_at",
    "in_reply_to_screen_name",
    "retweeted_status.user",
    "quoted_status.user",
    "entities.user_mentions",
];

const BLUESKY_FEED: Fields = [
    "author.handle",
    "author.displayName",
    "",
    "record.text",
    "record.createdAt",
    "record.reply.parent",
    "reason.by",
    "embed.record",
    "record.facets",
];

const MASTODON: Fields = [
    "account.acct",
    "account.display_name",
    "account.followers_count",
    "content",
    "created_at",
    "in_reply_to_account_id",
    "reblog.account",
    "quote.quoted_status.account",
    "mentions",
];

const ACTIVITIES: Fields = [
    "actor",
    "",
    "",
    "object.content",
    "published",
    "object.inReplyTo",
    "object",
    "",
    "object.tag",
];

const REDDIT: Fields = [
    "author",
    "",
    "",
    "body",
    "created_utc",
    "parent_id",
    "crosspost_parent",
    "",
    "u/… in the text",
];

const HACKER_NEWS: Fields = ["by", "", "", "text", "time", "parent", "", "", ""];

const YOU_TUBE: Fields = [
    "authorDisplayName",
    "authorDisplayName",
    "",
    "textOriginal",
    "publishedAt",
    "parentId",
    "",
    "",
    "@… in the text",
];

const TELEGRAM: Fields = [
    "from_id",
    "from",
    "",
    "text",
    "date_unixtime",
    "reply_to_message_id",
    "forwarded_from",
    "",
    "text_entities",
];

const DISCORD: Fields = [
    "author.name",
    "author.nickname",
    "",
    "content",
    "timestamp",
    "reference.messageId",
    "reference",
    "",
    "mentions",
];

const SLACK: Fields = [
    "user",
    "real_name",
    "",
    "text",
    "ts",
    "parent_user_id",
    "",
    "",
    "<@…> in the text",
];

impl Shape {
    /// The members by role.
    pub(super) fn fields(self) -> Fields {
        match self {
            Self::TwitterV2 => TWITTER_V2,
            Self::TwitterV1 => TWITTER_V1,
            Self::BlueskyFeed | Self::BlueskyEvents => BLUESKY_FEED,
            Self::Mastodon => MASTODON,
            Self::Activities => ACTIVITIES,
            Self::Reddit => REDDIT,
            Self::HackerNews => HACKER_NEWS,
            Self::YouTube => YOU_TUBE,
            Self::Telegram => TELEGRAM,
            Self::Discord => DISCORD,
            Self::Slack | Self::SlackAccounts | Self::SlackOther | Self::Holds(_) => SLACK,
        }
    }
}
