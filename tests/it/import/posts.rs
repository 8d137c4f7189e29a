//! People, ties and dates, as posts and lists tell them.

use super::*;

#[test]
fn reach_in_every_dress_and_the_latest_counts() {
    let (posts, report) = read(
        "author,followers,date,text\nana,1.2K,2025-11-14,x\nana,900,2025-11-13,x\nben,\"48,2K\",2025-11-14,x\ncara,\"12,345\",2025-11-14,x\ndan,48210.0,2025-11-14,x\nemi,-,2025-11-14,x\nfay,NA,2025-11-14,x\n",
    );
    let reach = |key| reach_of(&posts, key);
    assert_eq!(reach("ana"), Some(1200.0));
    assert_eq!(reach("ben"), Some(48200.0));
    assert_eq!(reach("cara"), Some(12345.0));
    assert_eq!(reach("dan"), Some(48210.0));
    assert_eq!((reach("emi"), reach("fay")), (None, None));
    assert!(
        report
            .warnings
            .contains(&"33 % of people have no known reach".to_owned()),
        "{:?}",
        report.warnings
    );
    let (posts, _) = read("author,followers,text\nana,5,x\nana,7,y\n");
    assert_eq!(reach_of(&posts, "ana"), Some(7.0));
}

#[test]
fn handles_that_differ_in_case_are_one_person_written_as_its_owner_does() {
    let (posts, report) =
        read("author,text\nben,hi @ANA_Sushi\n@Ana_Sushi\u{200f},hey\ncara,@ana_sushi @ben\n");
    let ana = posts.find("ana_sushi").expect("ana") as usize;
    assert_eq!(&*posts.accounts[ana].handle, "Ana_Sushi");
    assert_eq!((posts.accounts.len(), report.handles_merged), (3, 1));
}

#[test]
fn ids_are_keys_only_where_there_are_no_handles() {
    let (posts, _) =
        read("author_id,author_name,text,in_reply_to_user_id\n101,Ana,hi,\n102,Ben,yo,101\n");
    assert_eq!(ties_of(&posts), ["102>101 reply 1"]);
    assert_eq!(name_of(&posts, "101").as_deref(), Some("Ana"));
    let (posts, _) = read(
        "author_id,username,text,in_reply_to_user_id\n44196397,ana,hi,\n44196398,ben,yo,44196397.0\n",
    );
    assert_eq!(ties_of(&posts), ["ben>ana reply 1"]);
    assert_eq!(
        ties("Name,Text\nAna Lima,hi\nBen,yo @cara\n"),
        ["ben>cara mention 1"]
    );
}

#[test]
fn ids_damaged_by_a_spreadsheet_are_never_keys() {
    let (posts, report) = read(
        "id,author_id,author,text,url\n8.01E+17,1.2E+18,ana,hi @ben,https://x.com/ana/status/801\n8.01E+17,1.2E+18,ana,yo,https://x.com/ana/status/802\n8.01E+17,1.2E+18,ben,yo,https://x.com/ben/status/803\n",
    );
    assert_eq!((report.posts, posts.accounts.len()), (3, 2));
    assert!(
        report.warnings.iter().any(|w| w.contains("8.01E+17")),
        "{:?}",
        report.warnings
    );
}

#[test]
fn what_a_reply_column_holds_is_told_by_its_values() {
    for (what, table) in [
        (
            "handle",
            "id,author,text,reply_to\n901,ana,x y,\n902,ben,z w,ana\n",
        ),
        (
            "@handle",
            "id,author,text,reply_to\n901,ana,x y,\n902,ben,z w,@Ana\n",
        ),
        (
            "status URL",
            "id,author,text,reply_to\n901,ana,x y,\n902,ben,z w,https://twitter.com/ana/status/901\n",
        ),
        (
            "status URL without handle",
            "id,author,text,reply_to\n901,ana,x y,\n902,ben,z w,https://x.com/i/web/status/901\n",
        ),
        (
            "post id",
            "id,author,text,reply_to\n902,ben,z w,901\n901,ana,x y,\n",
        ),
        (
            "post id, reddit",
            "id,author,text,parent_id\nabc,ana,x y,t3_zzz\nabd,ben,z w,t1_abc\n",
        ),
        (
            "person id",
            "id,author,user_id,text,reply_to\n901,ana,7001,x y,\n902,ben,7002,z w,7001\n",
        ),
        (
            "DID",
            "uri,author.handle,author.did,text,to_user_did\nat://1,ana,did:plc:a,x y,\nat://2,ben,did:plc:b,z w,did:plc:a\n",
        ),
        (
            "start of the text",
            "id,author,text,in_reply_to_user_id\n901,ana,x y,\n902,ben,@ana z w,555000555\n",
        ),
    ] {
        assert_eq!(ties(table), ["ben>ana reply 1"], "{what}");
    }
}

#[test]
fn reposts_give_only_the_repost_tie() {
    assert_eq!(
        ties(
            "author,text\nana,RT @ben: thanks @cara\nben,RT @cara thanks @dan\ncara,so true RT @ana: x\n"
        ),
        [
            "ana>ben repost 1",
            "ben>cara repost 1",
            "cara>ana mention 1"
        ]
    );
    assert_eq!(
        ties(
            "author,text,retweeted_username,quoted_username,in_reply_to_username,mentions\nana,look @dan,ben,,,\"@dan, @emi\"\nana,look @cara,,ben,cara,\nana,x,,,ben,ben|dan\n"
        ),
        [
            "ana>ben quote 1",
            "ana>ben reply 1",
            "ana>ben repost 1",
            "ana>cara reply 1",
            "ana>dan mention 1"
        ]
    );
    assert_eq!(
        ties("author,text,is_retweet\nana,look @dan,TRUE\nana,look @dan,FALSE\n"),
        ["ana>dan mention 1"]
    );
}

#[test]
fn texts_are_unescaped_and_addresses_in_them_name_nobody() {
    let (posts, _) =
        read("author,text\nana,rice &amp; fish &lt;3 bob@example.com https://t.co/@x\n");
    assert_eq!(
        posts.text(&posts.posts[0]),
        "rice & fish <3 bob@example.com https://t.co/@x"
    );
    assert_eq!(posts.accounts.len(), 1);
}

#[test]
fn edge_lists_with_and_without_headers() {
    assert_eq!(
        ties("1 2\n2 3\n3 1\n"),
        ["1>2 tie 1", "2>3 tie 1", "3>1 tie 1"]
    );
    assert_eq!(
        ties("ana,ben\nben,cara\n"),
        ["ana>ben tie 1", "ben>cara tie 1"]
    );
    assert_eq!(ties("nd nw\n1 2\n2 3\n"), ["1>2 tie 1", "2>3 tie 1"]);
    assert_eq!(
        ties("1\t2\t0.5\n2\t3\t2.310\n"),
        ["1>2 tie 0.5", "2>3 tie 2.31"]
    );
    assert_eq!(
        ties("1 2 1082040961\n2 3 1082155839\n"),
        ["1>2 tie 1", "2>3 tie 1"]
    );
    assert_eq!(ties("src dst time\n1 2 1082040961\n"), ["1>2 tie 1"]);
    assert_eq!(
        ties("source,target,weight,timestamp\na,b,2,1082040961\n"),
        ["a>b tie 2"]
    );
    assert_eq!(
        ties("% sym weighted\n1 2 3\n2 3 1\n"),
        ["1>2 tie 3", "2>3 tie 1"]
    );
    assert_eq!(
        ties("Source;Target;Weight\nana;ben;1,5\n"),
        ["ana>ben tie 1.5"]
    );
    assert_eq!(
        ties("username,retweeted_user,count\nana,ben,3\n"),
        ["ana>ben repost 3"]
    );
    assert_eq!(
        ties(
            "Source,Target,Type,Kind\nana,ben,Undirected,mention\nben,ana,Undirected,mention\nana,ben,Directed,Replies to\n"
        ),
        ["ana>ben mention 2", "ana>ben reply 1"]
    );
}

#[test]
fn names_that_are_also_words_of_headers_are_names() {
    assert_eq!(ties("a,b\nb,n\n"), ["a>b tie 1", "b>n tie 1"]);
    assert_eq!(
        ties("art,sushi\nrice,art\n"),
        ["art>sushi tie 1", "rice>art tie 1"]
    );
    assert_eq!(
        ties("user,says\nana,well hello @ben\n"),
        ["ana>ben mention 1"]
    );
    assert_eq!(ties("u v w\n1 2 3\n"), ["1>2 tie 3"]);
}

#[test]
fn ends_under_unknown_headers_are_told_by_their_values() {
    assert_eq!(
        ties("type;name1;name2;w1\nx;Frodo;Sam;3\nx;Sam;Frodo;1\nx;Gandalf;Frodo;2\n"),
        ["frodo>sam tie 3", "gandalf>frodo tie 2", "sam>frodo tie 1"]
    );
}

#[test]
fn columns_behind_the_ends_are_weights_kinds_or_times() {
    assert_eq!(
        ties("0 4 {'weight': 0.5}\n4 1 {'weight': 2}\n"),
        ["0>4 tie 0.5", "4>1 tie 2"]
    );
    assert_eq!(
        ties("7 9 1341100972 MT\n9 7 1341100973 RT\n"),
        ["7>9 mention 1", "9>7 repost 1"]
    );
    let seconds: Vec<String> = (0..30).map(|i| format!("1 2 {}", i * 97)).collect();
    assert_eq!(ties(&seconds.join("\n")), ["1>2 tie 30"]);
    assert_eq!(
        ties("6,2,4,1289241911.728\n2,6,1,1289241911.9\n"),
        ["2>6 tie 1", "6>2 tie 4"]
    );
}

#[test]
fn weights_that_make_no_tie_are_left_out_with_their_reason() {
    let (posts, report) =
        read("source,target,weight\na,b,1\na,c,0\na,d,-2\na,e,NaN\na,f,inf\na,g,\n,h,1\n");
    assert_eq!(ties_of(&posts), ["a>b tie 1", "a>g tie 1"]);
    let reasons: BTreeSet<String> = report.left_out.iter().map(|l| l.reason.clone()).collect();
    assert_eq!(
        reasons.iter().map(String::as_str).collect::<Vec<_>>(),
        [
            "one end of the tie is empty",
            "weight is 0",
            "weight is infinite",
            "weight is negative",
            "weight is not a number"
        ]
    );
    assert_eq!((report.posts, report.rows_read), (0, 7));
    adds_up(&posts, &report);
}

#[test]
fn people_and_ties_in_two_files_are_joined_in_any_order() {
    let people = source(
        "n.csv",
        b"Id,Label,modularity_class\na,Ana,3\nb,Ben,3\nz,Zoe,1\n",
    );
    let ties = source("e.csv", b"Source,Target\na,b\n");
    for files in [[people.clone(), ties.clone()], [ties, people]] {
        let (posts, report) = read_all(&files).expect("two tables");
        assert_eq!((posts.accounts.len(), report.rows_read), (3, 1));
        assert_eq!(name_of(&posts, "z").as_deref(), Some("Zoe"));
        assert_eq!(ties_of(&posts), ["a>b tie 1"]);
    }
}

#[test]
fn a_square_that_is_its_own_mirror_has_no_direction() {
    let (posts, _) = read(",ana,ben,cara\nana,0,2,0\nben,2,0,1\ncara,0,1,0\n");
    assert_eq!(ties_of(&posts), ["ana>ben tie 2", "ben>cara tie 1"]);
    assert!(posts.given_ties.iter().all(|t| !t.directed));
}

#[test]
fn the_whole_column_decides_whether_the_day_comes_first() {
    let range = |dates: [&str; 3]| {
        let rows: Vec<String> = dates.iter().map(|d| format!("ana,hello,\"{d}\"")).collect();
        read(&format!("author,text,date\n{}\n", rows.join("\n")))
            .1
            .time_range
    };
    // 2025-03-04, 2025-03-14 and 2025-03-24, 00:00 UTC
    assert_eq!(
        range(["04/03/2025", "14/03/2025", "24/03/2025"]),
        Some((1_741_046_400, 1_742_774_400))
    );
    assert_eq!(
        range(["03/04/2025", "03/14/2025", "03/24/2025"]),
        Some((1_741_046_400, 1_742_774_400))
    );
    assert_eq!(
        range(["04.03.25", "14.03.25", "yesterday"]),
        Some((1_741_046_400, 1_741_910_400))
    );
    let (_, report) = read("author,text,date\nana,hello,03/04/2025\n");
    assert!(
        report
            .warnings
            .iter()
            .any(|w| w.contains("day or the month")),
        "{:?}",
        report.warnings
    );
    let (_, report) =
        read("Author Handle,Hit Sentence,Document ID,Date,Time\nana,hi,d1,14-Nov-25,08:00 AM\n");
    assert_eq!(report.time_range, Some((1_763_107_200, 1_763_107_200)));
}
