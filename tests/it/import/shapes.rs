//! Exports by tool, choices of the person, and files that cannot be read.

use super::*;

#[test]
fn header_generations_and_tools() {
    for (what, expected, table) in [
        (
            "Brandwatch before X",
            vec!["ana>ben reply 1", "ben>ana repost 1"],
            "Report:,Bulk Mentions Download\n\nQuery Id,Query Name,Date,Author,Full Text,Thread Entry Type,Resource Id,Twitter Author ID,Twitter Followers,Twitter Reply to,Twitter Retweet of,Thread Author\n1,Sushi,2020-01-01 00:00:00.0,ana,yes,reply,501,11,5,http://twitter.com/ben/statuses/499,,ben\n1,Sushi,2020-01-01 00:00:00.0,ben,RT @ana: yes,share,502,12,6,,http://twitter.com/ana/statuses/501,ana\n",
        ),
        (
            "Meltwater 2025",
            vec!["ana>ben mention 1", "ben>ana repost 1"],
            "Exported by Sushi Bar\nDate,Time,Document ID,URL,Source Domain,Author Name,Author Handle,Opening Text,Hit Sentence,Reach\n2025-11-14,08:00 AM,d1,https://x.com/ana/status/1,x.com,Ana,@ana,,hi @ben,5\n2025-11-14,09:00 AM,d2,https://x.com/ben/status/2,x.com,Ben,@ben,,RT @ana: hi,6\n",
        ),
        (
            "minet",
            vec!["ana>ben reply 1", "ana>cara mention 1", "ben>ana repost 1"],
            "id,timestamp_utc,local_time,user_screen_name,text,user_name,user_id,user_followers,to_username,to_userid,to_tweetid,retweeted_user,retweeted_id,quoted_user,quoted_id,mentioned_names\n9001,1763107200,2025-11-14T09:00:00,ana,@ben hi,Ana,11,5,ben,12,,,,,,ben|cara\n9002,1763107300,2025-11-14T09:01:00,ben,RT @ana: hi,Ben,12,6,,,,ana,9001,,,\n",
        ),
        (
            "TCAT",
            vec!["ana>ben reply 1", "ben>ana quote 1"],
            "id,time,created_at,from_user_name,text,lang,to_user_name,in_reply_to_status_id,quoted_status_id,from_user_id,from_user_realname,from_user_followercount\n9001,1763107200,2025-11-14 08:00:00,ana,@ben hi,en,ben,,,11,Ana,5\n9002,1763107300,2025-11-14 08:01:40,ben,look,en,,,9001,12,Ben,6\n",
        ),
        (
            "4CAT",
            vec!["ana>ben reply 1", "ben>ana repost 1", "cara>dan mention 1"],
            "id,thread_id,timestamp,unix_timestamp,body,author,author_fullname,author_id,author_followers,replied_user,retweeted_user,quoted_user,mentions\n1,1,2025-11-14 08:00:00,1763107200,hi,ana,Ana,11,5,ben,,,\n2,1,2025-11-14 08:00:00,1763107200,RT @ana: hi,ben,Ben,12,6,,ana,,ana\n3,3,2025-11-14 08:00:00,1763107200,hi,cara,Cara,13,6,,,,\"dan\"\n",
        ),
        (
            "snscrape",
            vec!["ana>ben reply 1", "ana>cara mention 1"],
            "url,date,rawContent,id,user.username,user.displayname,user.followersCount,inReplyToUser,mentionedUsers\nhttps://twitter.com/ana/status/9001,2025-11-14 08:00:00+00:00,hi,9001,ana,Ana,5,\"{'username': 'ben', 'id': 12}\",\"[{'username': 'cara', 'id': 13}]\"\n",
        ),
        (
            "TAGS",
            vec!["ana>ben reply 1"],
            "id_str,from_user,text,created_at,time,in_reply_to_screen_name,from_user_id_str,user_followers_count,status_url\n9001,ana,hi,Fri Nov 14 08:00:00 +0000 2025,14/11/2025 08:00:00,ben,11,5,http://twitter.com/ana/statuses/9001\n",
        ),
        (
            "German Excel",
            vec!["ana>ben mention 1"],
            "Autor;Beitrag;Datum;Abonnenten\nana;Hallo @ben, wie geht es dir;14.11.2025 08:00;1.234\nben;gut, danke der Nachfrage;14.11.2025 09:00;7\n",
        ),
        (
            "Crimson Hexagon",
            vec!["ana>ben repost 1"],
            "GUID,Date (GMT),URL,Contents,Author,Name,Klout Score,Posts,Followers,Following\ng1,2025-11-14 08:00:00,http://twitter.com/ana/status/1,RT @ben rice @cara,@ana,Ana,40,9,5,6\n",
        ),
        (
            "YouTube Data Tools, older",
            vec!["uc2>uc1 reply 1"],
            "id,publishedAt,authorName,text,authorChannelId,isReply,isReplyTo,isReplyToName\nA1,2025-11-14 08:00:00,Ana Lima,nice video,UC1,0,,\nA1.1,2025-11-14 08:00:00,Ben Y,so true,UC2,1,A1,Ana Lima\n",
        ),
        (
            "no header at all",
            vec!["ana_k>ben_l mention 1"],
            "2025-11-14 08:00:00,ana_k,this is for you @ben_l and nobody else\n2025-11-14 09:00:00,ben_l,that is so very kind of you my friend\n2025-11-14 09:30:00,cara_m,what are you two talking about today\n",
        ),
        (
            "unknown headers",
            vec!["ana>ben mention 1"],
            "wann,wer,was\n2025-11-14 08:00:00,@ana,this is for you @ben and nobody else\n2025-11-14 09:00:00,@ben,that is so very kind of you my friend\n",
        ),
    ] {
        assert_eq!(ties(table), expected, "{what}");
    }
}

#[test]
fn tools_that_scrape() {
    assert_eq!(
        ties(
            "user_id,status_id,created_at,screen_name,text,reply_to_status_id,reply_to_user_id,reply_to_screen_name,is_retweet,mentions_screen_name,name,followers_count\nx11,x901,2018-01-01 00:00:00,ana,hi,x1,x12,ben,FALSE,ben cara,Ana,5\n"
        ),
        ["ana>ben reply 1", "ana>cara mention 1"],
        "rtweet"
    );
    assert_eq!(
        ties(
            "id,date,time,user_id,username,name,tweet,mentions,quote_url,reply_to\n901,2020-11-06,22:58:49,11,ana,Ana,hi,['cara'],https://twitter.com/dan/status/7,\"[{'screen_name': 'ben', 'name': 'Ben', 'id': '12'}]\"\n"
        ),
        ["ana>ben reply 1", "ana>cara mention 1", "ana>dan quote 1"],
        "twint"
    );
    assert_eq!(
        ties(
            "date,username,to,replies,retweets,favorites,text,mentions,id,permalink\n2018-01-01 00:00:00,ana,ben,0,0,0,hi,@ben,901,https://twitter.com/ana/status/901\n"
        ),
        ["ana>ben reply 1"],
        "GetOldTweets"
    );
    assert_eq!(
        ties(
            "tweet_id,airline_sentiment,name,retweet_count,text,tweet_created\n5703,neutral,cairdin,0,@VirginAmerica What @dhepburn said.,2015-02-24 11:35:52 -0800\n5704,neutral,ana,0,hello,2015-02-24 11:35:52 -0800\n"
        ),
        [
            "cairdin>dhepburn mention 1",
            "cairdin>virginamerica mention 1"
        ],
        "a table with names only"
    );
    assert_eq!(
        ties(
            "\"0\",\"1467810369\",\"Mon Apr 06 22:19:45 PDT 2009\",\"NO_QUERY\",\"_ana_\",\"@ben that is a bummer, you should have seen it\"\n\"0\",\"1467810370\",\"Mon Apr 06 22:19:49 PDT 2009\",\"NO_QUERY\",\"ben\",\"is upset that the page cannot be updated today\"\n"
        ),
        ["_ana_>ben mention 1"],
        "no header, six columns"
    );
    assert_eq!(
        ties(
            "SOURCE_SUBREDDIT\tTARGET_SUBREDDIT\tPOST_ID\tTIMESTAMP\tLINK_SENTIMENT\nsushi\trice\t1u4nrps\t2013-12-31 16:39:58\t-1\n"
        ),
        ["sushi>rice tie 1"]
    );
}

fn choose(text: &str, choices: &[(Role, &str)]) -> Result<(Posts, ImportReport), ImportError> {
    let columns = choices
        .iter()
        .map(|(role, column)| ColumnChoice {
            role: *role,
            column: (*column).to_owned(),
        })
        .collect();
    import::read(
        &[source("f.csv", text.as_bytes())],
        &ImportSettings {
            columns,
            ..ImportSettings::default()
        },
        &Progress::new(),
    )
}

#[test]
fn the_person_decides_about_columns() {
    let text = "author,other,text\nana,zoe,hi @ben\n";
    let (posts, _) = choose(text, &[(Role::Author, "Other")]).expect("read");
    assert_eq!(ties_of(&posts), ["zoe>ben mention 1"]);
    let (posts, _) = choose(text, &[(Role::Text, ""), (Role::ReplyTo, "other")]).expect("read");
    assert_eq!(ties_of(&posts), ["ana>zoe reply 1"]);
    let (posts, _) = choose(
        "wer,wen,x\nana,ben,1\n",
        &[(Role::Source, "wer"), (Role::Target, "wen")],
    )
    .expect("read");
    assert_eq!(ties_of(&posts), ["ana>ben tie 1"]);
    let (posts, _) =
        choose("a1,b1,w1\nana,ben,3\nben,ana,4\n", &[(Role::Weight, "")]).expect("read");
    assert_eq!(ties_of(&posts), ["ana>ben tie 1", "ben>ana tie 1"]);
    let error = choose(text, &[(Role::Author, "nobody")]).expect_err("no such column");
    assert_eq!(
        error.to_string(),
        "there is no column \"nobody\"; the columns are \"author\", \"other\", \"text\""
    );
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let error = |bytes: &[u8]| read_all(&[source("f.csv", bytes)]).expect_err("no posts in it");
    assert!(matches!(error(b""), ImportError::Empty { .. }));
    assert!(matches!(
        error(b"\xef\xbb\xbf \n\n"),
        ImportError::Empty { .. }
    ));
    for (bytes, expected) in [
        (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], Foreign::Picture),
        (b"SQLite format 3\0\x10\0", Foreign::Database),
        (b"Rar!\x1a\x07\x01\0", Foreign::Archive),
        (b"{\"data\": [{\"id\": \"1\"}]}", Foreign::Json),
        (b"[{\"id\": \"1\"}]", Foreign::Json),
        (b"[1,2,3]", Foreign::Json),
        (
            b"\x01\x02\x03\x04\x05\x06\x07\x08\x01\x02\x03",
            Foreign::Bytes,
        ),
    ] {
        let got = error(bytes);
        assert!(
            matches!(&got, ImportError::NotText { what, .. } if *what == expected),
            "{got:?}"
        );
        assert!(!got.advice().is_empty());
    }
    assert!(matches!(
        error(b"<?xml version=\"1.0\"?><gexf>"),
        ImportError::Broken { format: "GEXF", .. }
    ));
    let no_author = error(b"date,text\n2025-11-14,hello there my friends of rice\n2025-11-15,another long text with words\n");
    assert!(
        no_author.to_string().contains("\"date\", \"text\""),
        "{no_author}"
    );
    assert!(
        no_author
            .flag()
            .is_some_and(|flag| flag.contains("--column author="))
    );
    assert!(
        !no_author.advice().contains("--"),
        "the window has no flags"
    );
    assert!(matches!(
        error(b"author,text\n,hello\n,you\n"),
        ImportError::NothingUsable { rows: 2, .. } | ImportError::NoAuthor { .. }
    ));
    let stopped = Progress::new();
    stopped.cancel();
    let cancelled = import::read(
        &[source("f.csv", b"author,text\nana,hi @ben\n")],
        &ImportSettings::default(),
        &stopped,
    );
    assert!(matches!(cancelled, Err(ImportError::Cancelled(_))));
}

#[test]
fn a_file_without_ties_says_so() {
    let (_, report) = read("author,text\nana,hello\nben,yo\n");
    assert!(
        report
            .warnings
            .iter()
            .any(|w| w.starts_with("No post here addresses anybody: ")),
        "{:?}",
        report.warnings
    );
}
