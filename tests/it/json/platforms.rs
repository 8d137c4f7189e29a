//! The traps of each platform, in the smallest file that has them.

use super::*;

#[test]
fn flat_posts_of_x_bring_their_accounts_along() {
    let (posts, _) = read(
        r#"{"id":"11","text":"RT @Cy: &lt;3 @dan","author_id":"1","author":{"id":"1","username":"Ana","name":"A","public_metrics":{"followers_count":7}},"referenced_tweets":[{"type":"retweeted","id":"9","author":{"id":"3","username":"Cy","public_metrics":{"followers_count":50}}}]}
{"id":"12","text":"yes","author_id":"2","author":{"id":"2","username":"Ben"},"in_reply_to_user_id":"1","referenced_tweets":[{"type":"replied_to","id":"11"}]}
{"id":"13","text":"see this","author_id":"2","author":{"id":"2","username":"Ben"},"referenced_tweets":[{"type":"quoted","id":"9"}]}"#,
    );
    // What is quoted is never a repost: X passes the quote on to the post itself.
    assert_eq!(
        ties(&posts),
        ["ana>cy repost 1", "ben>ana reply 1", "ben>cy quote 1"].map(str::to_owned)
    );
    let cy = &posts.accounts[posts.find("cy").expect("Cy") as usize];
    assert_eq!((cy.reach, posts.find("dan")), (Some(50.0), None));
}

#[test]
fn whoever_is_reposted_goes_by_the_handle_in_the_text() {
    let (posts, _) = read(
        r#"{"data":[{"id":"11","text":"RT @Cy_: rice","author_id":"1","referenced_tweets":[{"type":"retweeted","id":"9"}]},{"id":"12","text":"hi @cy_","author_id":"1"}],"includes":{"users":[{"id":"1","username":"Ana"}],"tweets":[{"id":"9","text":"rice","author_id":"3"}]}}"#,
    );
    assert_eq!(ties(&posts), ["ana>cy_ mention 1", "ana>cy_ repost 1"]);
}

#[test]
fn a_stream_of_talkwalker_is_unwrapped() {
    let chunk = |name: &str, text: &str| {
        format!(
            r#"{{"chunk_type":"CT_RESULT","chunk_result":{{"data":{{"data":{{"url":"https://x.com/{name}/status/1","published":1763107200000,"title":"","content":"{text}","root_url":"x.com","lang":"en","post_type":["TEXT"],"extra_author_attributes":{{"id":"tw:1","name":"{name} A","short_name":"{name}"}},"extra_source_attributes":{{"name":"x.com"}},"reach":7}}}}}}}}"#
        )
    };
    let (posts, report) = read(&format!(
        "{}\n{}\n",
        chunk("ana", "hi @ben"),
        chunk("cleo", "RT @ana: hi @ben")
    ));
    assert_eq!(report.format, "Talkwalker posts");
    assert_eq!(ties(&posts), ["ana>ben mention 1", "cleo>ana repost 1"]);
    assert_eq!(posts.accounts[0].reach, Some(7.0));
}

#[test]
fn a_stream_of_x_and_a_written_document_hold_the_same_posts() {
    let post = |id: &str| format!(r#"{{"id":"{id}","text":"@ben hi","author_id":"1"}}"#);
    let users = r#""includes":{"users":[{"id":"1","username":"ana"},{"id":"9","username":"zoe"}]}"#;
    let stream = format!(
        "{{\"data\":{},{users}}}\n{{\"data\":{},{users}}}",
        post("11"),
        post("12")
    );
    let document = format!(
        "{{\n\"data\": [\n{},\n{}],\n{users}\n}}",
        post("11"),
        post("12")
    );
    for text in [stream, document] {
        let (posts, report) = read(&text);
        assert_eq!((report.posts, posts.accounts.len()), (2, 2), "{text}");
        assert_eq!(ties(&posts), ["ana>ben mention 2"]);
    }
}

#[test]
fn the_same_post_in_two_pages_counts_once() {
    let page = r#"{"data":[{"id":"1990000000000000000","text":"hi","author_id":"1"}],"includes":{"users":[{"id":"1","username":"ana"}]}}"#;
    let (posts, report) = read(&format!("{page}\n{page}"));
    adds_up(&posts, &report);
    assert_eq!((report.posts, report.duplicates_removed), (1, 1));
}

#[test]
fn posts_of_the_web_pages_of_x_as_a_browser_extension_collects_them() {
    let user = |name: &str, n: u32| {
        format!(
            r#""core":{{"user_results":{{"result":{{"rest_id":"{n}","legacy":{{"screen_name":"{name}","followers_count":{n}}}}}}}}}"#
        )
    };
    let text = format!(
        r#"{{"item_id":"5","source_platform":"twitter.com","data":{{"rest_id":"5",{},"legacy":{{"id_str":"5","full_text":"RT @Ben: x","created_at":"Fri Nov 14 08:00:00 +0000 2025","retweeted_status_result":{{"result":{{"rest_id":"4",{},"legacy":{{"full_text":"x"}}}}}}}}}}}}"#,
        user("Ana", 3),
        user("Ben", 9),
    );
    let (posts, report) = read(&format!("{text}\n"));
    assert_eq!(ties(&posts), ["ana>ben repost 1"]);
    assert_eq!(report.time_range, Some((1_763_107_200, 1_763_107_200)));
    assert_eq!(posts.accounts[0].reach, Some(3.0));
}

#[test]
fn places_in_texts_of_bluesky_are_bytes() {
    let text = r#"{"did":"did:plc:a","time_us":1763107200000000,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"1","record":{"text":"寿司🍣 @ben.example ok","createdAt":"2025-11-14T08:00:00Z","facets":[{"index":{"byteStart":11,"byteEnd":23},"features":[{"did":"did:plc:b"}]}]}}}
{"did":"did:plc:a","time_us":1763107200000000,"kind":"identity","identity":{"did":"did:plc:a","handle":"ana.example"}}"#;
    assert_eq!(ties(&read(text).0), ["ana.example>ben.example mention 1"]);
    let beyond = text.replace("\"byteEnd\":23", "\"byteEnd\":99");
    assert_eq!(ties(&read(&beyond).0), ["ana.example>did:plc:b mention 1"]);
}

#[test]
fn a_thread_of_bluesky_is_read_with_its_answers() {
    let post = |n: u32, who: &str, more: &str| {
        format!(
            r#"{{"post":{{"uri":"at://did:plc:{who}/app.bsky.feed.post/{n}","author":{{"did":"did:plc:{who}","handle":"{who}.example"}},"record":{{"text":"x","createdAt":"2025-11-14T08:00:00Z"{more}}}}}"#
        )
    };
    let answer = r#","reply":{"parent":{"uri":"at://did:plc:ana/app.bsky.feed.post/1"}}"#;
    let text = format!(
        r#"{{"thread":{},"replies":[{}}}]}}}}"#,
        post(1, "ana", ""),
        post(2, "ben", answer)
    );
    assert_eq!(ties(&read(&text).0), ["ben.example>ana.example reply 1"]);
}

#[test]
fn listings_of_reddit_hold_answers_inside() {
    let text = r#"[{"kind":"Listing","data":{"children":[{"kind":"t3","data":{"id":"a1","author":"ana","title":"rice?","selftext":"","subreddit":"sushi","created_utc":1763107200.0}}]}},
{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"id":"c1","author":"ben","body":"yes /u/cara_","parent_id":"t3_a1","subreddit":"sushi","created_utc":1763107300.0,"replies":{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"id":"c2","author":"ana","body":"thanks","parent_id":"t1_c1","subreddit":"sushi","replies":""}},{"kind":"more","data":{"children":["x"]}}]}}}}]}}]"#;
    let (posts, report) = read(text);
    assert_eq!(
        ties(&posts),
        ["ana>ben reply 1", "ben>ana reply 1", "ben>cara_ mention 1"]
    );
    assert_eq!(report.posts, 3);
}

#[test]
fn threads_of_youtube_answer_whoever_began_them() {
    let snippet = |name: &str, more: &str| {
        format!(
            r#""snippet":{{"textOriginal":"hi","authorDisplayName":"{name}","authorChannelId":{{"value":"UC{name}"}},"publishedAt":"2025-11-14T08:00:00Z"{more}}}"#
        )
    };
    let text = format!(
        r#"{{"items":[{{"id":"t","snippet":{{"topLevelComment":{{"id":"t",{}}}}},"replies":{{"comments":[{{"id":"t.1",{}}}]}}}}]}}"#,
        snippet("@ana", ""),
        snippet("Ben B", r#","parentId":"t""#)
    );
    let (posts, _) = read(&text);
    assert_eq!(ties(&posts), ["ucben b>ana reply 1"]);
    assert_eq!(posts.accounts[1].name.as_deref(), Some("Ben B"));
}

#[test]
fn chats_of_telegram_number_their_messages_anew() {
    let chat = |id: u32, who: &str, reply: &str| {
        format!(
            r#"{{"name":"c","type":"private_group","id":{id},"messages":[{{"id":1,"type":"message","date":"2025-11-14T08:00:00","from":"{who}","from_id":"user{who}","text":"x"}},{{"id":2,"type":"message","date":"2025-11-14T08:00:00","from":"Zoe","from_id":"userzoe","text":["y ",{{"type":"mention","text":"@nobody_known"}}]{reply}}}]}}"#
        )
    };
    let answer = r#","reply_to_message_id":1"#;
    let text = format!(
        r#"{{"chats":{{"list":[{},{}]}}}}"#,
        chat(1, "Ana", ""),
        chat(2, "Ben", answer)
    );
    assert_eq!(
        ties(&read(&text).0),
        ["userzoe>nobody_known mention 2", "userzoe>userben reply 1"]
    );
}

#[test]
fn an_answer_to_a_post_of_a_later_file_makes_its_tie() {
    let page = |id: &str, who: &str, more: &str| {
        Source {
        name: format!("{id}.jsonl"),
        bytes: format!(r#"{{"data":[{{"id":"{id}","text":"x","author_id":"{who}"{more}}}],"includes":{{"users":[{{"id":"{who}","username":"n{who}"}}]}}}}"#).into_bytes(),
    }
    };
    let quote = r#","referenced_tweets":[{"type":"quoted","id":"22"}]"#;
    let both = [page("11", "1", quote), page("22", "2", "")];
    let (posts, report) = read_all(&both).expect("posts");
    assert_eq!(ties(&posts), ["n1>n2 quote 1"]);
    assert_eq!(
        report
            .warnings
            .iter()
            .filter(|w| w.contains("no file holds"))
            .count(),
        0
    );
    let (_, report) = read_all(&both[..1]).expect("posts");
    assert_eq!(
        report
            .warnings
            .iter()
            .filter(|w| w.starts_with("1 post of 11.jsonl"))
            .count(),
        1
    );
}

#[test]
fn names_that_a_later_file_tells_reach_back() {
    let mut all = sources(
        "slack-export",
        &[
            "sushi/2025-11-15.json",
            "sushi/2025-11-14.json",
            "users.json",
        ],
    );
    let (posts, _) = read_all(&all).expect("posts");
    all.reverse();
    let (straight, _) = read_all(&all).expect("posts");
    assert_eq!(ties(&posts), ties(&straight));
    assert!(posts.find("rollwithmaya").is_some() && posts.find("u00000017").is_none());
}

#[test]
fn any_list_of_objects_with_an_author_and_a_text_is_read_by_the_rules_of_tables() {
    let (posts, report) = read(
        r#"{"meta":1,"rows":[
{"author":{"username":"Ana","followers":1200},"content":"hello @Ben, how is the rice?","published":"2025-11-14T08:00:00Z","id":"a-000000001"},
{"author":{"username":"Ben","followers":30},"content":"sticky, thank you\nand well","published":"2025-11-14T09:00:00Z","id":"a-000000002"},
{"author":{"username":""},"content":"who wrote this one then","published":"2025-11-14T09:00:00Z","id":"a-000000003"}
]}"#,
    );
    adds_up(&posts, &report);
    assert_eq!(ties(&posts), ["ana>ben mention 1"]);
    assert_eq!(posts.accounts[0].reach, Some(1200.0));
    assert_eq!(left_out(&report), [("no author", 1, 4)]);
    assert_eq!(posts.text(&posts.posts[1]), "sticky, thank you\nand well");
}

#[test]
fn halves_of_letters_and_numbers_that_are_none_are_mended() {
    let (posts, report) = read(
        "{\"id\":\"11\",\"text\":\"cut \\ud83c\",\"author\":{\"username\":\"ana\"},\"score\":NaN}\n{\"id\":\"12\",\"text\":\"@ana\",\"author\":{\"username\":\"ben\"}}",
    );
    assert_eq!(report.posts, 2);
    assert_eq!(posts.text(&posts.posts[0]), "cut \u{fffd}");
}

#[test]
fn exports_that_are_known_by_their_members() {
    for (text, format, expected) in [
        (
            r#"{"item_id":"1","source_platform":"tiktok.com","data":{"id":"7300000000000000001","desc":"rolling with @ben.sushi today","createTime":1763107200,"author":{"id":"1","uniqueId":"Ana","nickname":"A"},"authorStats":{"followerCount":9}}}
{"item_id":"2","source_platform":"tiktok.com","data":{"id":"7300000000000000002","desc":"my first rice of the year","createTime":1763107300,"author":{"id":"2","uniqueId":"ben.sushi","nickname":"B"},"authorStats":{"followerCount":5}}}"#,
            "TikTok posts",
            "ana>ben.sushi mention 1",
        ),
        (
            r#"{"url":"https://twitter.com/Ana/status/1990000000000000001","date":"2025-11-14T08:00:00+00:00","content":"good morning everybody","id":1990000000000000001,"user":{"username":"Ana","displayname":"A","id":1,"followersCount":9},"inReplyToUser":{"username":"Ben"},"mentionedUsers":null}
{"url":"https://twitter.com/Ben/status/1990000000000000002","date":"2025-11-14T09:00:00+00:00","content":"what a morning it is","id":1990000000000000002,"user":{"username":"Ben","displayname":"B","id":2,"followersCount":5},"inReplyToUser":null,"mentionedUsers":null}"#,
            "Snscrape posts",
            "ana>ben reply 1",
        ),
        (
            r#"[{"url":"https://x.com/ana/status/1","published":1763107200000,"content":"thanks @ben for the rice","root_url":"http://twitter.com/","reach":9,"extra_author_attributes":{"id":"1","name":"A","short_name":"ana"}},
{"url":"https://x.com/ben/status/2","published":1763107300000,"content":"you are welcome indeed","root_url":"http://twitter.com/","reach":5,"extra_author_attributes":{"id":"2","name":"B","short_name":"ben"}}]"#,
            "Talkwalker posts",
            "ana>ben mention 1",
        ),
    ] {
        let (posts, report) = read(text);
        assert_eq!(report.format, format);
        assert_eq!(ties(&posts), [expected]);
        assert_eq!(posts.accounts[0].reach, Some(9.0), "{format}");
        assert_eq!(
            report.time_range.map(|t| t.0),
            Some(1_763_107_200),
            "{format}"
        );
    }
}
