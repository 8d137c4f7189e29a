//! Languages, platforms, tones of posts and what people say of themselves: read from every kind of file, kept with their posts.

use std::fs;

use isthmus::import::{self, ColumnChoice, ImportSettings, Role, Source};
use isthmus::people::{Posts, Sentiment};
use isthmus::progress::Progress;
use isthmus::project::{self, Kept, Project};
use isthmus::session::{self, NameMask, Results, WalkSettings};

/// What is told of one post: language, platform, tone.
type Told<'a> = (Option<&'a str>, Option<&'a str>, Option<Sentiment>);

fn source(name: &str, text: &str) -> Source {
    Source {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

fn read(name: &str, text: &str) -> Posts {
    let sources = [source(name, text)];
    let read = import::read(&sources, &ImportSettings::default(), &Progress::new());
    read.expect("a file that can be read").0
}

fn told(posts: &Posts) -> Vec<Told<'_>> {
    let of = |post| {
        (
            posts.language(post),
            posts.platform(post),
            posts.sentiment(post),
        )
    };
    (0..posts.posts.len()).map(of).collect()
}

fn bio(posts: &Posts, key: &str) -> Option<String> {
    let account = posts.find(key).expect("a known account");
    let bio = posts.accounts[account as usize].bio.as_ref();
    bio.map(ToString::to_string)
}

const TABLE: &str = "\
author,text,date,language,platform,sentiment,author_description
ana,hello @ben,2026-03-01,en-US,Twitter,positive,Cook &amp; baker
ben,@ana moin,2026-03-02,DE,Twitter,Very negative,
cleo,@ana 寿司,2026-03-03,Japanese,bluesky,neutral,n/a
ana,hello again @cleo,2026-03-04,und,Unknown,,Baker only
dan,@ana,2026-03-05,,,not rated,
";

#[test]
fn a_table_tells_language_platform_tone_and_what_authors_say_of_themselves() {
    use Sentiment::{Negative, Neutral, Positive};
    let posts = read("posts.csv", TABLE);
    assert_eq!(
        told(&posts),
        [
            (Some("en"), Some("Twitter"), Some(Positive)),
            (Some("de"), Some("Twitter"), Some(Negative)),
            (Some("japanese"), Some("bluesky"), Some(Neutral)),
            (None, None, None),
            (None, None, None),
        ]
    );
    let languages: Vec<&str> = posts.languages().iter().map(|l| &**l).collect();
    assert_eq!(languages, ["en", "de", "japanese"]);
    assert_eq!(
        bio(&posts, "ana").as_deref(),
        Some("Baker only"),
        "the latest"
    );
    assert_eq!(bio(&posts, "ben"), None);
    assert_eq!(bio(&posts, "cleo"), None);
}

#[test]
fn the_latest_word_about_oneself_counts_whatever_the_order_of_rows() {
    let posts = read(
        "posts.csv",
        "author,text,date,bio\nana,x @ben,2026-03-04,new\nana,y @ben,2026-03-01,old\n",
    );
    assert_eq!(bio(&posts, "ana").as_deref(), Some("new"));
}

#[test]
fn numbers_are_tones_where_the_column_shows_what_they_mean() {
    use Sentiment::{Negative, Neutral, Positive};
    let tones = |cells: [&str; 3]| {
        let rows = cells.map(|cell| format!("ana,hi @ben {cell},{cell}\n"));
        let posts = read(
            "posts.csv",
            &format!("author,text,sentiment\n{}", rows.concat()),
        );
        [0, 1, 2].map(|post| posts.sentiment(post))
    };
    let all = [Some(Negative), Some(Neutral), Some(Positive)];
    assert_eq!(tones(["-0.8", "0.01", "0.3"]), all);
    assert_eq!(tones(["-4", "0", "2"]), all);
    assert_eq!(tones(["8", "50", "93"]), all);
    assert_eq!(tones(["1", "3", "5"]), [None; 3], "stars are no tones");
}

#[test]
fn a_table_of_people_tells_what_they_say_of_themselves_and_any_column_can_be_chosen() {
    let posts = read("people.csv", "id,label,bio\nana,Ana,Cooks rice\nben,Ben,\n");
    assert_eq!(bio(&posts, "ana").as_deref(), Some("Cooks rice"));
    let settings = ImportSettings {
        columns: vec![ColumnChoice {
            role: Role::from_word("bio").expect("a role"),
            column: "who they are".to_owned(),
        }],
        ..ImportSettings::default()
    };
    let text = "author,text,who they are\nana,hi @ben,A cook\n";
    let read = import::read(&[source("posts.csv", text)], &settings, &Progress::new());
    assert_eq!(
        bio(&read.expect("posts").0, "ana").as_deref(),
        Some("A cook")
    );
}

#[test]
fn posts_of_x_tell_language_and_description_in_both_versions() {
    let v2 = r#"{"data":[{"id":"1","text":"hi @ben","author_id":"7","lang":"en"},{"id":"2","text":"@ana","author_id":"8","lang":"qme"}],"includes":{"users":[{"id":"7","username":"Ana","description":"Cook &amp; baker"},{"id":"8","username":"Ben"}]}}"#;
    let v1 = r#"{"id_str":"1","full_text":"hi @ben","lang":"pt","user":{"id_str":"7","screen_name":"Ana","description":"Cozinheira"}}"#;
    let posts = read("v2.json", v2);
    assert_eq!(
        told(&posts),
        [(Some("en"), Some("X"), None), (None, Some("X"), None)]
    );
    assert_eq!(bio(&posts, "ana").as_deref(), Some("Cook & baker"));
    let posts = read("v1.json", v1);
    assert_eq!(told(&posts), [(Some("pt"), Some("X"), None)]);
    assert_eq!(bio(&posts, "ana").as_deref(), Some("Cozinheira"));
}

#[test]
fn bluesky_mastodon_and_reddit_tell_what_they_have() {
    let feed = r#"{"feed":[{"post":{"uri":"at://did:plc:a/app.bsky.feed.post/1","author":{"did":"did:plc:a","handle":"ana.bsky.social","description":"Rice"},"record":{"text":"moin","langs":["de-AT","en"],"createdAt":"2026-03-01T12:00:00Z"}}}]}"#;
    let posts = read("feed.json", feed);
    assert_eq!(told(&posts), [(Some("de"), Some("Bluesky"), None)]);
    assert_eq!(bio(&posts, "ana.bsky.social").as_deref(), Some("Rice"));
    let status = r#"[{"id":"1","uri":"https://rice.example/1","created_at":"2026-03-01T12:00:00Z","content":"<p>salut</p>","language":"fr","account":{"id":"7","acct":"ana@rice.example","username":"ana","note":"<p>Cooks <b>rice</b> &amp; fish</p>"},"mentions":[]}]"#;
    let posts = read("statuses.json", status);
    assert_eq!(told(&posts), [(Some("fr"), Some("Mastodon"), None)]);
    assert_eq!(
        bio(&posts, "ana@rice.example").as_deref(),
        Some("Cooks rice & fish")
    );
    let comment = r#"{"id":"c1","author":"ana","body":"hi","created_utc":1763107200,"parent_id":"t3_x","link_id":"t3_x","subreddit":"sushi","permalink":"/r/sushi/c1"}"#;
    let posts = read("items.ndjson", comment);
    assert_eq!(told(&posts), [(None, Some("Reddit"), None)]);
}

#[test]
fn what_is_told_stays_with_its_post_where_others_leave_and_where_files_are_joined() {
    let two = [
        source("a.csv", TABLE),
        source("b.csv", "author,text,language\neve,@ana hola,es\n"),
    ];
    let settings = ImportSettings {
        left_out_handles: vec!["ben".to_owned()],
        ..ImportSettings::default()
    };
    let (posts, _) = import::read(&two, &settings, &Progress::new()).expect("posts");
    let languages: Vec<Option<&str>> = told(&posts).into_iter().map(|told| told.0).collect();
    assert_eq!(
        languages,
        [Some("en"), Some("japanese"), None, None, Some("es")]
    );
    assert!(!posts.languages().iter().any(|language| &**language == "de"));
}

fn walked() -> Results {
    let progress = Progress::new();
    let sources = [source("posts.csv", TABLE)];
    let read = session::read(&sources, &ImportSettings::default(), &progress).expect("posts");
    session::analyse(&read.into(), &WalkSettings::default(), &progress).expect("nobody cancels")
}

/// The project that is saved and opened again.
fn kept(results: Results, kept: Kept) -> (Project, Vec<u8>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.isthmus");
    let project = Project {
        title: "posts.csv".to_owned(),
        results: Some(results.into()),
        kept,
        ..Project::default()
    };
    project::save(&path, &project, &Progress::new()).expect("room");
    let opened = project::open(&path, false, &Progress::new()).expect("a project");
    assert_eq!(opened.warnings, Vec::<String>::new());
    (opened.project, fs::read(&path).expect("a file"))
}

#[test]
fn a_project_keeps_what_is_told_and_leaves_out_what_it_shall_not_keep() {
    let before = walked();
    let all = told(&before.conversation.posts);
    let (whole, _) = kept(before.clone(), Kept::Everything);
    let posts = &whole.results.as_ref().expect("a map").conversation.posts;
    assert_eq!(told(posts), all);
    assert_eq!(bio(posts, "ana").as_deref(), Some("Baker only"));
    assert_eq!(posts.accounts, before.conversation.posts.accounts);
    let (wordless, _) = kept(before.clone(), Kept::WithoutTexts);
    let posts = &wordless.results.as_ref().expect("a map").conversation.posts;
    assert_eq!(told(posts), all);
    assert_eq!(
        bio(posts, "ana"),
        None,
        "what people say of themselves is a text"
    );
    let (nameless, _) = kept(before.clone(), Kept::Nameless);
    let posts = &nameless.results.as_ref().expect("a map").conversation.posts;
    assert!(posts.accounts.iter().all(|account| account.bio.is_none()));
}

#[test]
fn hidden_names_hide_what_people_say_of_themselves() {
    let masked = session::masked(&walked(), NameMask::Numbers);
    let posts = &masked.conversation.posts;
    assert!(posts.accounts.iter().all(|account| account.bio.is_none()));
    assert_eq!(told(posts), told(&walked().conversation.posts));
}

#[test]
fn whoever_is_forgotten_leaves_nothing_in_what_others_say_of_themselves() {
    let text = "author,text,bio\nana,hi @ben,Friend of @ben and Benno\nben,hi @cleo,I am Benno\ncleo,hi @ana,Cooks\nana,@cleo,Friend of @ben and Benno\n";
    let progress = Progress::new();
    let sources = [source("posts.csv", text)];
    let read = session::read(&sources, &ImportSettings::default(), &progress).expect("posts");
    let results = session::analyse(&read.into(), &WalkSettings::default(), &progress);
    let project = Project {
        results: Some(results.expect("nobody cancels").into()),
        ..Project::default()
    };
    let left = project::forget(&project, "ben", &progress).expect("nobody cancels");
    let posts = &left.results.as_ref().expect("a map").conversation.posts;
    assert_eq!(posts.find("ben"), None);
    assert_eq!(bio(posts, "ana").as_deref(), Some("Friend of @… and Benno"));
    assert_eq!(bio(posts, "cleo").as_deref(), Some("Cooks"));
}
