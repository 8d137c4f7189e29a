//! Headers that no list knows: other languages, headers that say nothing, headers without rows; and choices of the person.

use isthmus::import::HeaderChoices;

use super::*;

const GERMAN: &str = "Verfasser;Beitrag;Abonnenten;Veröffentlicht am;Antwort an;Gefühl\r\n\
    Küchenmüller;\"@grün_zeug, der neue Laden ist großartig\";81.694;13.03.2026 10:36;;-0,50\r\n\
    grün_zeug;Das Brot von gestern war leider trocken;1.234;14.03.2026 09:00;Küchenmüller;0,25\r\n\
    löffel99;Wer kommt am Samstag mit auf den Markt?;33.531;01.04.2026 07:13;grün_zeug;0,75\r\n";

fn preview_of(bytes: &[u8]) -> isthmus::import::Preview {
    let sources = [source("file.csv", bytes)];
    let all = import::preview(&sources, &ImportSettings::default(), &Progress::new());
    all.expect("a table").remove(0)
}

fn roles(preview: &isthmus::import::Preview) -> Vec<&'static str> {
    preview
        .columns
        .iter()
        .map(|c| c.role.map_or("", Role::word))
        .collect()
}

#[test]
fn german_headers_decimal_commas_and_days_first() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(GERMAN);
    let preview = preview_of(&bytes);
    assert_eq!(preview.encoding, "Windows-1252");
    assert_eq!(
        roles(&preview),
        ["author", "text", "reach", "time", "reply_to", "sentiment"]
    );
    let (posts, report) = read_bytes(&bytes);
    assert_eq!(reach_of(&posts, "küchenmüller"), Some(81_694.0));
    assert_eq!(
        report.time_range,
        Some((1_773_398_160, 1_775_027_580)),
        "13 March 2026 10:36 to 1 April 2026 07:13"
    );
    assert_eq!(
        ties_of(&posts),
        [
            "grün_zeug>küchenmüller reply 1",
            "küchenmüller>grün_zeug mention 1",
            "löffel99>grün_zeug reply 1"
        ],
        "handles with umlauts are whole, also in texts"
    );
}

#[test]
fn japanese_headers_in_both_encodings() {
    let text = "投稿者,本文,フォロワー数,投稿日時,返信先\n\
        花子,昨日の寿司はとても美味しかったです。,512,2026/03/07 20:53,\n\
        taro,週末に一緒に行きませんか？,77,2026/03/08 08:01,@花子\n";
    let (old, _, _) = encoding_rs::SHIFT_JIS.encode(text);
    for bytes in [text.as_bytes(), &old] {
        let preview = preview_of(bytes);
        assert_eq!(
            roles(&preview),
            ["author", "text", "reach", "time", "reply_to"],
            "{}",
            preview.encoding
        );
        assert_eq!((preview.people, preview.ties), (2, 1));
    }
}

#[test]
fn headers_that_say_nothing_leave_it_to_the_values() {
    let mut text = String::from("c1,c2,c3,c4,c5\n");
    let people = ["anna_b", "ben.k", "carla77", "dmitri", "ella_f"];
    for i in 0..40 {
        let (who, whom) = (people[i * 3 % 5], people[(i * 3 + 1) % 5]);
        let answers = if i % 2 == 0 { whom } else { "" };
        text += &format!(
            "{},{who},2026-03-{:02}T10:00:00Z,the new shop is great and open,{answers}\n",
            1000 + i,
            1 + i % 28
        );
    }
    let preview = preview_of(text.as_bytes());
    assert_eq!(roles(&preview), ["", "author", "time", "text", "reply_to"]);
    assert_eq!(preview.people, 5);
    // Words that nobody addresses are no people: it could be as well the colour of the shop.
    let lone = text.replace("anna_b", "red").replace(",c5", ",c6");
    let lone: Vec<&str> = lone
        .lines()
        .map(|line| line.rsplit_once(',').expect("five columns").0)
        .collect();
    let lone = lone.join("\n");
    assert_eq!(preview_of(lone.as_bytes()).people, 0);
}

#[test]
fn a_header_without_rows_is_no_list_of_two_people() {
    for text in [
        "Author,Full Text\n",
        "Date,Author,Full Text,X Followers\n",
        "Author,Something\n",
        "id,text",
    ] {
        let error = read_all(&[source("empty.csv", text.as_bytes())]).expect_err(text);
        assert!(
            matches!(error, ImportError::NoRows { .. }),
            "{text}: {error:?}"
        );
        assert!(!error.advice().is_empty());
    }
    let (posts, report) = read("ana,ben\n");
    assert_eq!(posts.given_ties.len(), 1);
    assert!(
        report.warnings.iter().any(|w| w.contains("one row")),
        "{:?}",
        report.warnings
    );
    let full = source("full.csv", b"Author,Full Text\nana,hi @ben\n");
    let both = [full, source("empty.csv", b"Author,Full Text\n")];
    assert_eq!(read_all(&both).expect("the other one has posts").1.posts, 1);
}

#[test]
fn choices_for_one_header_win_and_end_at_that_header() {
    let odd = "Alpha,Beta,Gamma\nana,@ben hello there my friends,10\n\
        ben,@ana another long text with words,20\n";
    let header: Vec<String> = ["Alpha", "Beta", "Gamma"].map(str::to_owned).to_vec();
    let mut choices = HeaderChoices::new(header);
    choices.choose("Alpha", Some(Role::Author), &[None, Some(Role::Text), None]);
    choices.choose("Gamma", Some(Role::Reach), &[None, Some(Role::Text), None]);
    let settings = ImportSettings {
        by_header: vec![choices],
        ..ImportSettings::default()
    };
    let read = |text: &str| {
        let sources = [source("f.csv", text.as_bytes())];
        import::read(&sources, &settings, &Progress::new())
    };
    let (posts, _) = read(odd).expect("columns are chosen");
    assert_eq!(ties_of(&posts), ["ana>ben mention 1", "ben>ana mention 1"]);
    assert_eq!(reach_of(&posts, "ben"), Some(20.0));
    let other = odd.replace("Gamma", "Delta");
    assert!(matches!(read(&other), Err(ImportError::NoAuthor { .. })));
}

#[test]
fn two_columns_of_people_beside_sentences_are_authors_and_whom_they_answer() {
    let english = "Alpha,Beta,Gamma\nana,hello there my dear friends,ben\n\
        ben,another long text with words,cleo\ncleo,and a third one of them,dan\n\
        dan,hello again my dear old friends,\n";
    let japanese = "甲,乙,丙\nana,昨日の寿司はとても美味しかったです。,ben\n\
        ben,この店の新しいメニューが楽しみですね。,cleo\ncleo,写真を撮るのを忘れてしまいました。,dan\n\
        dan,週末に一緒にまた行きませんか、皆さん？,\n";
    for text in [english, japanese] {
        let preview = preview_of(text.as_bytes());
        assert_eq!(roles(&preview), ["author", "text", "reply_to"], "{text}");
        assert_eq!(
            ties(text),
            ["ana>ben reply 1", "ben>cleo reply 1", "cleo>dan reply 1"]
        );
    }
}

#[test]
fn a_role_moves_shared_roles_stay_and_the_last_column_takes_its_role_with_it() {
    let header: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
    let of = |choices: &HeaderChoices| -> Vec<(Role, String)> {
        let roles = choices.roles.iter();
        roles.map(|c| (c.role, c.column.clone())).collect()
    };
    let own = |role, column: &str| (role, column.to_owned());

    let mut choices = HeaderChoices::new(header.clone());
    let now = [Some(Role::Author), Some(Role::Mentions), None];
    choices.choose("c", Some(Role::Author), &now);
    assert_eq!(of(&choices), [own(Role::Author, "c")]);
    choices.choose("a", Some(Role::Author), &[None, None, Some(Role::Author)]);
    assert_eq!(of(&choices), [own(Role::Author, "a")]);

    let mut choices = HeaderChoices::new(header.clone());
    choices.choose("c", Some(Role::Mentions), &now);
    assert_eq!(
        of(&choices),
        [own(Role::Mentions, "b"), own(Role::Mentions, "c")]
    );
    let both = [None, Some(Role::Mentions), Some(Role::Mentions)];
    choices.choose("b", None, &both);
    assert_eq!(of(&choices), [own(Role::Mentions, "c")]);
    assert_eq!(choices.unused, ["b"]);
    choices.choose("c", None, &[None, None, Some(Role::Mentions)]);
    assert_eq!(of(&choices), [own(Role::Mentions, "")]);
    choices.choose("b", Some(Role::Mentions), &[None, None, None]);
    assert_eq!(of(&choices), [own(Role::Mentions, "b")]);
    assert_eq!(choices.unused, ["c"]);
}

#[test]
fn sites_are_no_names_and_any_header_of_followers_is_reach() {
    let (posts, _) = read_bytes(
        b"author;from;title;mention_snippet;date;reach\n\
        ana;twitter.com;;Sushi night;14.11.2025;1200\n\
        ben;reddit.com;;hi @ana;14.11.2025;30\n",
    );
    assert!(
        posts.accounts.iter().all(|a| a.name.is_none()),
        "{:?}",
        posts.accounts
    );
    let (posts, _) = read_bytes(
        b"Sender Screen Name,Sender Followers Count,Sender Following Count,Message\n\
        ana,1200,5,Sushi night\nben,30,7,hi @ana\n",
    );
    assert_eq!(reach_of(&posts, "ana"), Some(1200.0));
    let (posts, _) =
        read_bytes("الكاتب,النص,المتابعون\n@ana,ليلة السوشي,1200\n@ben,مرحبا @ana,30\n".as_bytes());
    assert_eq!(reach_of(&posts, "ben"), Some(30.0));
}
