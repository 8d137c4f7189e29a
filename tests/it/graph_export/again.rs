//! What was exported is opened again: the same people, ties, communities and map.

use super::*;

#[test]
fn people_and_ties_come_back_from_every_format() {
    for format in GraphFormat::ALL {
        let again = Walked::new(&SAMPLE.exported(format), &WalkSettings::default());
        let of = |walked: &Walked| -> Vec<(String, String, Option<f64>)> {
            let people = walked.graph().people.iter();
            people
                .map(|p| (p.key.to_string(), p.name.to_string(), p.reach))
                .collect()
        };
        assert_eq!(of(&again), of(&SAMPLE), "{format:?}");
        assert_eq!(ties(again.graph()), ties(SAMPLE.graph()), "{format:?}");
    }
}

#[test]
fn handles_places_colours_and_communities_come_back_from_what_holds_them() {
    let colours = palette(Theme::Light);
    for format in DRAWN {
        let again = Walked::new(&SAMPLE.exported(format), &WalkSettings::default());
        let pairs = again.graph().people.iter().zip(&SAMPLE.graph().people);
        for (i, (now, before)) in pairs.enumerate() {
            assert_eq!(now.handle, before.handle, "{format:?}");
            assert_eq!(now.given_place, SAMPLE.positions.of(i), "{format:?}");
            let communities = SAMPLE.communities();
            let community = communities.of[i];
            let colour = community.map_or(colours.small, |c| colours.community(communities, c));
            let colour = [colour.0, colour.1, colour.2];
            assert_eq!(now.given_colour, Some(colour), "{format:?}");
            let name = community.map(|c| &*communities.list[c.index()].name);
            assert_eq!(now.given_community.as_deref(), name, "{format:?}");
        }
    }
}

#[test]
fn the_communities_of_the_file_are_those_that_were_exported() {
    let settings = WalkSettings {
        analysis: AnalysisSettings {
            communities_from_file: true,
            ..AnalysisSettings::default()
        },
        ..WalkSettings::default()
    };
    let before = groups(&SAMPLE);
    let small = SAMPLE.communities().list.iter().filter(|c| c.small).count();
    assert!(small > 1, "groups of which several could be taken for one");
    for format in DRAWN {
        let again = Walked::new(&SAMPLE.exported(format), &settings);
        assert_eq!(groups(&again), before, "{format:?}");
    }
    // Two tables say them by number.
    let again = Walked::new(&SAMPLE.exported(GraphFormat::Csv), &settings);
    let members = |groups: BTreeMap<String, BTreeSet<String>>| -> BTreeSet<BTreeSet<String>> {
        groups.into_values().collect()
    };
    assert_eq!(members(groups(&again)), members(before));
}

#[test]
fn the_map_that_was_exported_is_the_map_that_is_shown() {
    for format in DRAWN {
        let exported = SAMPLE.exported(format);
        let again = Walked::new(&exported, &WalkSettings::default());
        assert_eq!(again.results.sizes, SAMPLE.results.sizes, "{format:?}");
        assert_eq!(groups(&again), groups(&SAMPLE), "{format:?}");
        let places = |walked: &Walked| -> Vec<Option<[f32; 2]>> {
            let n = walked.graph().n_people();
            (0..n).map(|i| walked.positions.of(i)).collect()
        };
        assert_eq!(places(&again), places(&SAMPLE), "{format:?}");
        // Opened again, it is written again as it was but for the posts, which are no part of it.
        let once = again.exported(format);
        let twice = Walked::new(&once, &WalkSettings::default()).exported(format);
        assert!(once[0].bytes == twice[0].bytes, "{format:?}");
    }
}

/// Whether the text, opened as a file, is shown in the places it brings.
fn is_shown_as_it_is(sources: &[Source]) -> bool {
    let settings = WalkSettings::default();
    let progress = Progress::new();
    let read = session::read(sources, &settings.import, &progress).expect("readable");
    let results = session::analyse(&Arc::new(read), &settings, &progress).expect("not cancelled");
    session::start_in_file(&results).is_some()
}

#[test]
fn a_layout_runs_where_the_file_has_no_map_of_ours() {
    let exported = SAMPLE.exported(GraphFormat::Gexf);
    let text = String::from_utf8(exported[0].bytes.clone()).expect("UTF-8");
    let shown = |text: &str| is_shown_as_it_is(&[source("file", text.as_bytes())]);
    assert!(shown(&text));
    let by_other = text.replace(">Isthmus ", ">Gephi ");
    assert!(!shown(&by_other), "somebody else's places");
    let lookalike = text.replace(">Isthmus ", ">Isthmuses ");
    assert!(!shown(&lookalike), "another program");
    let begin = text.find("        <viz:position").expect("a place");
    let end = begin + text[begin..].find('\n').expect("a line");
    let one_missing = [&text[..begin], &text[end..]].concat();
    assert!(!shown(&one_missing), "somebody with ties has no place");
    let moved = |to: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        for line in lines
            .iter_mut()
            .filter(|line| line.contains("<viz:position"))
        {
            *line = to;
        }
        lines.join("\n")
    };
    let same = moved(r#"<viz:position x="1" y="1" z="0"/>"#);
    assert!(!shown(&same), "all in one place");
    let far = moved(r#"<viz:position x="1e30" y="1" z="0"/>"#);
    assert!(!shown(&far), "out of every map");
    let tie = source("ties.csv", b"Source,Target\nana,ben\n");
    assert!(!is_shown_as_it_is(&[exported[0].clone(), tie]), "a part");
}

#[test]
fn the_bytes_do_not_depend_on_the_number_of_threads() {
    let bytes = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads can be had").install(|| {
            let walked = Walked::new(&[session::sample()], &WalkSettings::default());
            GraphFormat::ALL.map(|format| walked.text(format))
        })
    };
    assert!(bytes(1) == bytes(3));
}
