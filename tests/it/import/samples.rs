//! Every sample gives the people and ties it is known to hold.

use super::*;

#[test]
fn every_sample_gives_its_expected_people_and_ties() {
    let mut wrong = Vec::new();
    let mut folders: Vec<_> = fs::read_dir(fixtures())
        .expect("the fixtures")
        .map(|e| e.expect("an entry").path())
        .collect();
    folders.sort();
    assert!(folders.len() >= 11);
    for folder in folders {
        let json = fs::read(folder.join("expected.json")).expect("expected.json");
        let expected: Value = serde_json::from_slice(&json).expect("valid JSON");
        let files: Vec<String> = expected["files"]
            .as_array()
            .expect("files")
            .iter()
            .map(|f| f.as_str().expect("a name").to_owned())
            .collect();
        let together = folder.ends_with("gephi-tables");
        let groups: Vec<Vec<String>> = if together {
            vec![files]
        } else {
            files.into_iter().map(|f| vec![f]).collect()
        };
        for group in groups {
            for difference in differences(&folder, &group, &expected) {
                wrong.push(format!("{}: {difference}", group.join(" + ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn differences(folder: &Path, files: &[String], expected: &Value) -> Vec<String> {
    let sources: Vec<Source> = files
        .iter()
        .map(|f| source(f, &fs::read(folder.join(f)).expect("a fixture")))
        .collect();
    let (posts, report) = match read_all(&sources) {
        Ok(read) => read,
        Err(error) => return vec![error.to_string()],
    };
    adds_up(&posts, &report);
    let graph = graph(&posts);
    let mut wrong = Vec::new();
    let accounts = expected["accounts"].as_array().expect("accounts");
    let keys: BTreeSet<String> = accounts.iter().map(|a| text(&a["key"])).collect();
    let got: BTreeSet<String> = graph.people.iter().map(|p| p.key.to_string()).collect();
    if keys != got {
        wrong.push(format!("people {got:?}, expected {keys:?}"));
        return wrong;
    }
    for account in accounts {
        let person = &graph.people[graph.find(&text(&account["key"])).expect("checked").index()];
        if let Some(reach) = account.get("followers")
            && person.reach != reach.as_f64()
        {
            wrong.push(format!(
                "reach of {}: {:?}, expected {reach}",
                person.key, person.reach
            ));
        }
        if let Some(n) = account.get("posts").and_then(Value::as_u64)
            && u64::from(person.posts) != n
        {
            wrong.push(format!(
                "posts of {}: {}, expected {n}",
                person.key, person.posts
            ));
        }
        let community = account
            .get("community")
            .and_then(Value::as_str)
            .filter(|c| !c.is_empty());
        if person.given_community.as_deref() != community {
            wrong.push(format!(
                "community of {}: {:?}",
                person.key, person.given_community
            ));
        }
    }
    wrong.extend(wrong_ties(&graph, expected));
    if let Some(rows) = expected.get("rows").and_then(Value::as_u64) {
        if report.posts != rows {
            wrong.push(format!("{} posts, expected {rows}", report.posts));
        }
        // YouTube's replies under one's own comment are told by the file, but not counted in its expected.json.
        if !folder.ends_with("ytdt-comments-csv")
            && Some(graph.self_ties) != expected["self_ties"].as_u64()
        {
            wrong.push(format!("{} self ties", graph.self_ties));
        }
    }
    wrong
}

fn wrong_ties(graph: &ConversationGraph, expected: &Value) -> Vec<String> {
    let list = expected["ties"].as_array().expect("ties");
    let plain = list.iter().all(|t| t["kind"] == "tie");
    let mut need = Ties::new();
    for tie in list {
        let key = (
            text(&tie["source"]),
            text(&tie["target"]),
            text(&tie["kind"]),
        );
        *need.entry(key).or_default() += tie["count"].as_f64().expect("a count");
    }
    let mut got = Ties::new();
    for tie in &graph.interactions {
        let key = |p: people::PersonId| graph.people[p.index()].key.to_string();
        let kind = if plain { "tie" } else { tie.kind.word() };
        *got.entry((key(tie.from), key(tie.to), kind.to_owned()))
            .or_default() += tie.count;
    }
    let missing = need
        .iter()
        .filter(|(k, n)| got.get(*k) != Some(n))
        .map(|(k, n)| format!("missing {k:?} {n}"));
    let extra = got
        .keys()
        .filter(|k| !need.contains_key(*k))
        .map(|k| format!("extra {k:?}"));
    missing.chain(extra).take(5).collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_lowercase()
}

#[test]
fn samples_are_recognised_by_their_columns() {
    for (folder, file, format, encoding, separator, above) in [
        (
            "brandwatch-csv",
            "Sushi_mentions_2025-11-16.csv",
            "Brandwatch posts",
            "UTF-8",
            "comma",
            5,
        ),
        (
            "meltwater-classic",
            "Sushi - Nov 16, 2025 - 5 12 53 PM.csv",
            "Meltwater posts",
            "UTF-16 LE",
            "tab",
            0,
        ),
        (
            "talkwalker-csv",
            "talkwalker_export.csv",
            "Talkwalker posts",
            "UTF-8",
            "semicolon",
            0,
        ),
        (
            "twitteR-csv",
            "tweets_R.csv",
            "Posts from R (twitteR)",
            "Windows-1252",
            "comma",
            0,
        ),
        (
            "edges-only-tsv",
            "retweets.tsv",
            "Tie list",
            "UTF-8",
            "tab",
            0,
        ),
        (
            "adjacency-matrix",
            "matrix.csv",
            "Matrix of ties",
            "UTF-8",
            "semicolon",
            0,
        ),
        (
            "snap-edgelist",
            "with_header_words.txt",
            "Tie list",
            "UTF-8",
            "spaces",
            0,
        ),
    ] {
        let bytes = fs::read(fixtures().join(folder).join(file)).expect("a fixture");
        let one = [source("renamed.dat", &bytes)];
        let seen =
            import::preview(&one, &ImportSettings::default(), &Progress::new()).expect("a preview");
        let p = &seen[0];
        assert_eq!(
            (
                p.format.as_str(),
                p.encoding.as_str(),
                p.separator.as_str(),
                p.rows_above_header
            ),
            (format, encoding, separator, above),
            "{folder}"
        );
        assert!(p.first_rows.len() <= 8 && p.first_rows.iter().all(|r| r.len() == p.columns.len()));
        assert!(p.people > 0, "{folder}");
    }
}

#[test]
fn the_preview_says_which_column_plays_which_role() {
    let text = "Handle;Beitrag;Datum;Follower;Notiz\nana;@ben hallo du da;14.11.2025 08:00;1,2K;x\nben;danke dir sehr;15.11.2025 09:00;2.310;y\n";
    let seen = import::preview(
        &[source("a.csv", text.as_bytes())],
        &ImportSettings::default(),
        &Progress::new(),
    )
    .expect("a preview");
    let roles: Vec<_> = seen[0].columns.iter().map(|c| c.role).collect();
    assert_eq!(
        roles,
        [
            Some(Role::Author),
            Some(Role::Text),
            Some(Role::Time),
            Some(Role::Reach),
            None
        ]
    );
    assert_eq!(seen[0].columns[3].samples, ["1,2K", "2.310"]);
    assert_eq!((seen[0].people, seen[0].ties), (2, 1));
}
