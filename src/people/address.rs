//! Web addresses of posts and profiles: whose they are, and which post.

use memchr::{memchr, memchr2};

/// What the address of a post or profile tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Address<'a> {
    /// Whose post or profile it is.
    pub(crate) handle: Option<&'a str>,
    /// The id of the post.
    pub(crate) post_id: Option<&'a str>,
    /// Where that person's profile is, where that follows from the address.
    pub(crate) site: Option<Site>,
}

/// A site whose profiles have addresses that follow from the handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Site {
    X,
    Bluesky,
    Instagram,
    TikTok,
    YouTube,
    Threads,
    Facebook,
    TruthSocial,
    Gab,
}

impl Site {
    /// Every site; its place here is what is kept of it, so a new one goes to the end.
    pub(crate) const ALL: [Self; 9] = [
        Self::X,
        Self::Bluesky,
        Self::Instagram,
        Self::TikTok,
        Self::YouTube,
        Self::Threads,
        Self::Facebook,
        Self::TruthSocial,
        Self::Gab,
    ];

    fn of(host: &str) -> Option<Self> {
        Some(match host {
            "x.com" | "twitter.com" => Self::X,
            "bsky.app" => Self::Bluesky,
            "instagram.com" => Self::Instagram,
            "tiktok.com" => Self::TikTok,
            "youtube.com" => Self::YouTube,
            "threads.net" | "threads.com" => Self::Threads,
            "facebook.com" => Self::Facebook,
            "truthsocial.com" => Self::TruthSocial,
            "gab.com" => Self::Gab,
            _ => return None,
        })
    }

    /// The address of the profile of `handle`; `None` for a handle that no site gives.
    pub(crate) fn profile(self, handle: &str) -> Option<String> {
        let before = match self {
            Self::X => "https://x.com/",
            Self::Bluesky => "https://bsky.app/profile/",
            Self::Instagram => "https://www.instagram.com/",
            Self::TikTok => "https://www.tiktok.com/@",
            Self::YouTube => "https://www.youtube.com/@",
            Self::Threads => "https://www.threads.com/@",
            Self::Facebook => "https://www.facebook.com/",
            Self::TruthSocial => "https://truthsocial.com/@",
            Self::Gab => "https://gab.com/",
        };
        is_profile(handle).then(|| format!("{before}{handle}"))
    }
}

impl<'a> Address<'a> {
    /// Reads the address in `text`, which has no spaces round it; `None` when it is no web address.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .or_else(|| text.strip_prefix("at://").filter(|r| r.starts_with("did:")))
            .or_else(|| {
                let known = ["x.com/", "twitter.com/", "www.", "bsky.app/"];
                known.iter().any(|k| text.starts_with(k)).then_some(text)
            })?;
        let path = match memchr2(b'?', b'#', rest.as_bytes()) {
            Some(end) => rest.get(..end).unwrap_or_default(),
            None => rest,
        };
        let mut parts = Parts(Some(path));
        let host = parts.next().unwrap_or_default();
        let host = ["www.", "mobile.", "m."]
            .iter()
            .find_map(|p| host.strip_prefix(p))
            .unwrap_or(host);
        let mut parts = parts.filter(|p| !p.is_empty());
        let (first, second) = (parts.next(), parts.next());
        let mut told = Self::default();
        let mut all = first.into_iter().chain(second).chain(parts);
        if all.any(is_mark) {
            told.post_id = all.next();
        }
        told.handle = match (host, first) {
            (
                "x.com" | "twitter.com" | "nitter.net" | "instagram.com" | "facebook.com"
                | "truthsocial.com" | "gab.com",
                Some(first),
            ) if is_profile(first) => Some(first.trim_start_matches('@')),
            ("bsky.app", Some("profile")) if second.is_some() => second,
            (did, _) if did.starts_with("did:") => Some(did),
            (_, Some(first)) if first.starts_with('@') && first.len() > 1 => {
                first.strip_prefix('@')
            }
            _ => None,
        };
        told.site = told.handle.and_then(|_| Site::of(host));
        Some(told)
    }
}

/// What stands between slashes.
#[derive(Debug, Clone)]
struct Parts<'a>(Option<&'a str>);

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.0?;
        let Some(at) = memchr(b'/', rest.as_bytes()) else {
            return self.0.take();
        };
        self.0 = rest.get(at + 1..);
        rest.get(..at)
    }
}

/// The parts of addresses behind which the id of a post stands.
fn is_mark(part: &str) -> bool {
    matches!(
        part,
        "status" | "statuses" | "post" | "posts" | "p" | "video" | "reel" | "app.bsky.feed.post"
    )
}

/// False for the parts of addresses that stand where a handle would.
fn is_profile(part: &str) -> bool {
    let part = part.trim_start_matches('@');
    !part.is_empty()
        && part.len() <= 60
        && part
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
        && !matches!(
            part,
            "i" | "intent"
                | "search"
                | "hashtag"
                | "share"
                | "status"
                | "statuses"
                | "home"
                | "web"
                | "p"
                | "reel"
                | "explore"
                | "groups"
                | "photo"
                | "photo.php"
                | "permalink.php"
                | "story.php"
                | "watch"
                | "events"
                | "posts"
                | "tv"
                | "stories"
                | "profile.php"
        )
}
