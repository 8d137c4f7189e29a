//! The report for a client: one page that needs nothing else, says what the results say, and can be read by anybody.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use isthmus::campaign::{Campaign, Edit, Entry, Status};
use isthmus::import::Source;
use isthmus::layout::Positions;
use isthmus::progress::Progress;
use isthmus::session::{self, Past, ReportOrder, Results, Start, WalkSettings};
use quick_xml::Reader;
use quick_xml::events::Event;

/// An element of a page.
#[derive(Debug)]
struct Element {
    tag: String,
    attributes: BTreeMap<String, String>,
    /// Everything written in it.
    text: String,
}

/// A page as any reader of XML has it.
#[derive(Debug, Default)]
struct Page {
    /// In the order in which they open.
    elements: Vec<Element>,
}

impl Page {
    fn read(bytes: &[u8]) -> Self {
        let mut reader = Reader::from_reader(bytes);
        let mut page = Self::default();
        let mut open: Vec<usize> = Vec::new();
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(tag) => {
                    open.push(page.elements.len());
                    page.elements.push(element(&tag));
                }
                Event::Empty(tag) => page.elements.push(element(&tag)),
                Event::End(_) => drop(open.pop()),
                Event::Text(text) => page.write(&open, &text),
                Event::GeneralRef(sign) => page.write(&open, letter(&sign)),
                Event::DocType(kind) => assert_eq!(&*kind, "html"),
                Event::Eof => break,
                other => panic!("nothing else is on the page: {other:?}"),
            }
        }
        assert!(open.is_empty(), "every element is closed");
        page
    }

    fn write(&mut self, open: &[usize], text: &str) {
        for &place in open {
            self.elements[place].text.push_str(text);
        }
    }

    fn all<'a>(&'a self, tag: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(move |e| e.tag == tag)
    }

    fn section(&self, id: &str) -> &Element {
        self.try_section(id)
            .unwrap_or_else(|| panic!("the page has a part {id}"))
    }

    fn try_section(&self, id: &str) -> Option<&Element> {
        let has_id = |e: &&Element| e.attributes.get("id").is_some_and(|i| i == id);
        self.all("section").find(has_id)
    }

    /// Everything that is read, without what tells how it looks.
    fn words(&self) -> String {
        self.all("body").map(|body| body.text.as_str()).collect()
    }
}

fn element(tag: &quick_xml::events::BytesStart<'_>) -> Element {
    let attributes = tag.attributes().map(|attribute| {
        let attribute = attribute.expect("sound attributes");
        let value = html_escape::decode_html_entities(&attribute.value).into_owned();
        (attribute.key.as_ref().to_owned(), value)
    });
    Element {
        tag: tag.name().as_ref().to_owned(),
        attributes: attributes.collect(),
        text: String::new(),
    }
}

fn letter(sign: &str) -> &'static str {
    match sign {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        other => panic!("an unexpected sign: {other}"),
    }
}

struct Walked {
    results: Results,
    positions: Positions,
}

fn walked(name: &str, bytes: &[u8]) -> Walked {
    let source = Source {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    let settings = WalkSettings::default();
    let progress = Progress::new();
    let conversation = session::read(&[source], &settings.import, &progress).expect("readable");
    let mut results =
        session::analyse(&Arc::new(conversation), &settings, &progress).expect("nobody cancels");
    let positions = session::arrange(&mut results, &Start::default(), &progress, &|_| {})
        .expect("nobody cancels");
    Walked { results, positions }
}

impl Walked {
    fn report(&self, campaign: &Campaign, title: &str) -> Vec<u8> {
        let order = ReportOrder {
            results: &self.results,
            positions: &self.positions,
            campaign,
            title,
            proposed: None,
            log: &[],
            changes: None,
            part: None,
        };
        session::report(&order, &Progress::new()).expect("nobody cancels")
    }

    fn top(&self, n: usize) -> Campaign {
        session::top_list(&self.results.graph, &self.results.analysis, n)
    }
}

fn sample() -> Walked {
    walked("sushi-sample.csv", session::SAMPLE)
}

/// Names that would be markup, in several scripts, and one that turns what follows it.
const NAMES: &str = "\
Author,Full Name,Full Text,X Followers,Date
ana,<script>alert(1)</script>,hello @ben and @cleo,120,2026-03-02
ben,\"Ben & \"\"Co\"\" </bdi><img src=x>\",@ana thanks @dalia,90,2026-03-03
cleo,Cleo,\"@ana and @ben\",50,2026-03-04
dalia,داليا\u{202e} العطار,@ana @ben http://example.com/page,10,2026-03-22
,,no author here,1,2026-03-03
";

#[test]
fn whatever_people_are_called_stays_text() {
    let walked = walked("a<b>&c.csv", NAMES.as_bytes());
    let mut campaign = Campaign::default();
    for (key, name) in [
        ("ana", "?"),
        ("ben", "?"),
        ("dalia", "?"),
        ("gone", "Gone <i>"),
    ] {
        campaign
            .apply(Edit::add(Entry::new(key, name)))
            .expect("new on the list");
    }
    let page = Page::read(&walked.report(&campaign, "Tea & <b>cake</b>"));
    for tag in ["script", "b", "i"] {
        assert!(page.all(tag).next().is_none(), "<{tag}>");
    }
    let mut pictures = page.all("img").map(|img| &img.attributes["src"]);
    assert!(pictures.all(|src| src.starts_with("data:image/")), "Ben's");
    let h1: Vec<&str> = page.all("h1").map(|h| h.text.as_str()).collect();
    assert_eq!(h1, ["Tea & <b>cake</b>"]);
    assert!(page.words().contains("a<b>&c.csv"));
    let list = &page.section("list").text;
    for name in [
        "<script>alert(1)</script>",
        "Ben & \"Co\" </bdi><img src=x>",
        "Gone <i>",
    ] {
        assert!(list.contains(name), "{name} in {list}");
    }
    let isolated: Vec<&str> = page.all("bdi").map(|e| e.text.as_str()).collect();
    assert!(
        isolated.contains(&"داليا العطار"),
        "alone, and nothing turns what follows: {isolated:?}"
    );
}

#[test]
fn what_has_changed_is_told_and_names_in_it_stay_text() {
    let (before, after) = (walked("a<b>&c.csv", NAMES.as_bytes()), sample());
    let mut campaign = Campaign::default();
    campaign
        .apply(Edit::add(Entry::new("ben", "Ben <i>")))
        .expect("new on the list");
    let past = Past::of(&before.results, "a<b>&c.csv");
    let changes = past.changes_to(&after.results, "sushi", &campaign);
    let order = ReportOrder {
        results: &after.results,
        positions: &after.positions,
        campaign: &campaign,
        title: "Sushi",
        proposed: None,
        log: &[],
        changes: Some(&changes),
        part: None,
    };
    let bytes = session::report(&order, &Progress::new()).expect("nobody cancels");
    let page = Page::read(&bytes);
    assert!(page.all("script").next().is_none() && page.all("i").next().is_none());
    let section = &page.section("changes").text;
    // All four are gone: none of the sample is called so. That is another conversation, and told as one.
    for words in [
        "Since a<b>&c.csv: 0 people stayed, ",
        "4 gone",
        "Only 0 % of last time's people are in the new file: this looks like another query",
        "<script>alert(1)</script>",
        "Of 1 person on the list, 0 are in the new file",
    ] {
        assert!(section.contains(words), "{words} in {section}");
    }
    let plain = Page::read(&after.report(&campaign, "Sushi"));
    assert!(plain.try_section("changes").is_none());
}

#[test]
fn the_page_needs_nothing_from_outside_and_is_the_same_each_time() {
    let walked = sample();
    let campaign = walked.top(12);
    let bytes = walked.report(&campaign, "Sushi");
    let page = Page::read(&bytes);
    for element in &page.elements {
        assert!(!["link", "script", "iframe", "object", "base"].contains(&element.tag.as_str()));
        for (name, value) in &element.attributes {
            if ["src", "href", "xlink:href", "action"].contains(&name.as_str()) {
                let inside = value.starts_with("data:image/") || value.starts_with('#');
                assert!(inside, "{name} of {}: {:.60}", element.tag, value);
            }
            assert!(
                !name.starts_with("on"),
                "{name} of {} runs something",
                element.tag
            );
        }
    }
    let css: String = page.all("style").map(|style| style.text.as_str()).collect();
    assert!(!css.contains("@import") && !css.contains("url("));
    assert!(
        bytes == walked.report(&campaign, "Sushi"),
        "the same bytes twice"
    );
    let on_one_thread = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a thread");
    assert!(bytes == on_one_thread.install(|| walked.report(&campaign, "Sushi")));
}

#[test]
fn somebody_who_hears_the_page_finds_their_way() {
    let walked = sample();
    for campaign in [Campaign::default(), walked.top(12)] {
        let page = Page::read(&walked.report(&campaign, "Sushi"));
        let html = page.all("html").next().expect("a page");
        assert_eq!(html.attributes["lang"], "en");
        let level = |e: &Element| e.tag.strip_prefix('h').and_then(|n| n.parse::<u32>().ok());
        let levels: Vec<u32> = page.elements.iter().filter_map(level).collect();
        assert_eq!(levels.iter().filter(|n| **n == 1).count(), 1);
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{levels:?}"
        );
        for th in page.all("th") {
            assert!(th.attributes.contains_key("scope"), "{th:?}");
        }
        assert_eq!(page.all("table").count(), page.all("caption").count());
        for img in page.all("img") {
            assert!(
                img.attributes["alt"].len() > 20,
                "{:?}",
                img.attributes["alt"]
            );
        }
        // Whatever the top of the page leads to is there, and nothing is called the same twice.
        let ids: Vec<&String> = page
            .elements
            .iter()
            .filter_map(|e| e.attributes.get("id"))
            .collect();
        for link in page.all("a") {
            let id = link.attributes["href"].trim_start_matches('#');
            assert_eq!(
                ids.iter().filter(|other| other.as_str() == id).count(),
                1,
                "{id}"
            );
        }
    }
}

#[test]
fn it_tells_what_the_results_say() {
    let walked = sample();
    let (graph, analysis) = (&walked.results.graph, &walked.results.analysis);
    let page = Page::read(&walked.report(&walked.top(12), "Sushi"));
    let header = page.all("header").next().expect("a top");
    for fact in [
        "Sushi",
        "2 to 22 March 2026",
        "sushi-sample.csv",
        &format!("{} people", graph.n_people()),
    ] {
        assert!(header.text.contains(fact), "{fact} in {}", header.text);
    }
    let communities = &page.section("communities").text;
    for community in analysis.communities.list.iter().filter(|c| !c.small) {
        assert!(communities.contains(&community.name), "{}", community.name);
    }
    let bridges = &page.section("bridges").text;
    let list = &page.section("list").text;
    for (at, person) in session::by_bridge_rank(analysis)
        .into_iter()
        .take(26)
        .enumerate()
    {
        let handle = format!("@{}", graph.people[person.index()].handle);
        assert_eq!(
            bridges.contains(&handle),
            at < 25,
            "{handle}, number {}",
            at + 1
        );
        assert_eq!(
            list.contains(&handle),
            at < 12,
            "{handle}, number {}",
            at + 1
        );
    }
    let data = &page.section("data").text;
    for fact in [
        "3,018 posts",
        "0 left out",
        "Seed",
        &format!("Isthmus {}", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(data.contains(fact), "{fact} in {data}");
    }
}

#[test]
fn rows_left_out_are_told_with_their_reason() {
    let walked = walked("names.csv", NAMES.as_bytes());
    let report = &walked.results.conversation.report;
    assert_eq!(report.rows_left_out(), 1, "the row without an author");
    let page = Page::read(&walked.report(&Campaign::default(), "Names"));
    let data = &page.section("data").text;
    assert!(
        data.contains(&report.left_out[0].reason) && data.contains("1 left out"),
        "{data}"
    );
}

/// Who is tied to at least `times` of `people`, and is not one of them; counted one by one.
fn touched(walked: &Walked, people: &[u32], times: usize) -> usize {
    let ties = &walked.results.graph.ties;
    let touches = |i: &usize| ties.row(*i).0.iter().filter(|j| people.contains(j)).count();
    let others = (0..ties.n_people()).filter(|i| !people.contains(&(*i as u32)));
    others.filter(|i| touches(i) >= times).count()
}

#[test]
fn the_old_way_and_the_new_way_are_counted_fairly() {
    let walked = sample();
    let campaign = walked.top(12);
    let graph = &walked.results.graph;
    let page = Page::read(&walked.report(&campaign, "Sushi"));
    let comparison = &page.section("comparison").text;
    let entries = campaign.outreach_list.entries().iter();
    let list: Vec<u32> = entries
        .filter_map(|e| Some(graph.find(&e.person)?.0))
        .collect();
    let (once, twice) = (touched(&walked, &list, 1), touched(&walked, &list, 2));
    let sentence = format!(
        "These 12 people share a tie with {once} people; {twice} of them would hear from at least two."
    );
    assert!(comparison.contains(&sentence), "{sentence} in {comparison}");
    let mut by_reach: Vec<(u32, f64)> = (0..)
        .zip(&graph.people)
        .filter_map(|(i, p)| Some((i, p.reach?)))
        .collect();
    by_reach.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let loudest: Vec<u32> = by_reach.iter().take(12).map(|(i, _)| *i).collect();
    let of_loudest = touched(&walked, &loudest, 2);
    let difference = match twice.cmp(&of_loudest) {
        std::cmp::Ordering::Greater => {
            format!("{} more than by top reach", people(twice - of_loudest))
        }
        std::cmp::Ordering::Less => {
            format!("{} fewer than by top reach", people(of_loudest - twice))
        }
        std::cmp::Ordering::Equal => "as many as by top reach".to_owned(),
    };
    assert!(
        comparison.contains(&difference),
        "{difference} in {comparison}"
    );
    // The list is the best bridges: that way is not set beside itself.
    assert!(!comparison.contains("Top bridge score"));
}

fn people(n: usize) -> String {
    if n == 1 {
        "1 person".to_owned()
    } else {
        format!("{n} people")
    }
}

#[test]
fn scenarios_are_called_assumptions_and_nothing_is_promised() {
    let walked = sample();
    for campaign in [Campaign::default(), walked.top(12)] {
        let page = Page::read(&walked.report(&campaign, "Sushi"));
        let scenarios = &page.section("scenarios").text;
        assert!(
            scenarios.contains("Assumptions, not forecasts."),
            "{scenarios}"
        );
        for strength in ["5 of 100", "15 of 100", "30 of 100"] {
            let words = format!("Suppose {strength} exchanges carry the message on");
            assert!(scenarios.contains(&words), "{words}");
        }
        assert!(scenarios.contains("In 300 runs of this scenario"));
        let words = page.words();
        for never in ["will reach", "will join", "guarantee"] {
            assert!(!words.contains(never), "{never}");
        }
    }
}

#[test]
fn without_a_list_the_page_proposes_the_plan_and_with_one_it_says_who_brings_what() {
    let walked = sample();
    let without = Page::read(&walked.report(&Campaign::default(), "Sushi"));
    assert!(without.try_section("list").is_none() && without.try_section("waves").is_none());
    let plan = &without.section("plan").text;
    assert!(plan.contains("20 people to write to"), "{plan}");
    assert!(plan.contains("Second touch for "), "{plan}");
    let with = Page::read(&walked.report(&walked.top(12), "Sushi"));
    assert!(with.try_section("plan").is_none());
    assert!(with.section("list").text.contains("First touch for "));
    let waves = &with.section("waves").text;
    assert!(
        waves.contains("Wave 1") && waves.contains(" UTC"),
        "{waves}"
    );
}

#[test]
fn notes_stay_with_whoever_wrote_them() {
    let walked = sample();
    let mut campaign = walked.top(3);
    let person = campaign.outreach_list.entries()[1].person.clone();
    let note = "asked for money".to_owned();
    let edits = [
        Edit::SetNote {
            person: person.clone(),
            note,
        },
        Edit::SetStatus {
            person,
            status: Status::Declined,
        },
    ];
    for edit in edits {
        campaign.apply(edit).expect("on the list");
    }
    let page = Page::read(&walked.report(&campaign, "Sushi"));
    assert!(!page.words().contains("asked for money"));
    assert!(page.section("list").text.contains("declined"));
    // Whoever declined carries nothing on.
    assert!(
        page.section("comparison")
            .text
            .contains("These 2 people share a tie")
    );
}

#[test]
fn a_conversation_of_nobody_has_a_page_too() {
    let walked = walked("few.csv", b"Author,Full Text\nana,hello\nben,hello\n");
    let page = Page::read(&walked.report(&Campaign::default(), ""));
    assert!(
        page.section("bridges")
            .text
            .contains("Nobody in this conversation is one")
    );
    assert!(page.try_section("comparison").is_none() && page.try_section("scenarios").is_none());
}

#[test]
fn a_picture_of_very_many_ties_is_pixels() {
    // 250 people, each tied to the next 85: more lines than a page should hold.
    let pairs = (0..250).flat_map(|a| (1..=85).map(move |step| (a, (a + step) % 250)));
    let rows = pairs.map(|(a, b)| format!("p{a},p{b},1\n"));
    let ties = format!("source,target,weight\n{}", rows.collect::<String>());
    let many = walked("ties.csv", ties.as_bytes());
    assert!(many.results.graph.ties.n_ties() > 20_000);
    let kinds = |walked: &Walked| -> Vec<String> {
        let page = Page::read(&walked.report(&Campaign::default(), "Ties"));
        let kind = |img: &Element| img.attributes["src"].chars().take(15).collect();
        page.all("img").map(kind).collect()
    };
    assert_eq!(kinds(&many)[0], "data:image/png;");
    assert_eq!(kinds(&sample()), ["data:image/svg+"; 4]);
}

#[test]
fn a_cancelled_report_is_none() {
    let walked = walked("names.csv", NAMES.as_bytes());
    let progress = Progress::new();
    progress.cancel();
    let order = ReportOrder {
        results: &walked.results,
        positions: &walked.positions,
        campaign: &Campaign::default(),
        title: "Names",
        proposed: None,
        log: &[],
        changes: None,
        part: None,
    };
    assert!(session::report(&order, &progress).is_err());
}

#[test]
fn the_command_line_writes_it() {
    let folder = super::cli::folder();
    let run = |arguments: &[&str]| super::cli::isthmus(folder.path(), arguments);
    assert!(run(&["sample", "sushi.csv"]).status.success());
    let read = |name: &str| {
        let bytes = std::fs::read(folder.path().join(name)).expect("written");
        Page::read(&bytes)
    };
    let output = run(&["export", "sushi.csv", "--report", "r.html"]);
    assert!(output.status.success(), "{}", super::cli::errors(&output));
    let page = read("r.html");
    assert_eq!(page.all("h1").next().expect("a title").text, "sushi");
    assert!(page.section("plan").text.contains("20 people"));
    let output = run(&[
        "export",
        "sushi.csv",
        "--report",
        "p.html",
        "--plan",
        "6",
        "--title",
        "Rice",
    ]);
    assert!(output.status.success(), "{}", super::cli::errors(&output));
    let page = read("p.html");
    assert_eq!(page.all("h1").next().expect("a title").text, "Rice");
    assert!(page.section("plan").text.contains("6 people to write to"));
    let output = run(&[
        "export",
        "sushi.csv",
        "--report",
        "l.html",
        "--list",
        "l.csv",
        "--top",
        "4",
    ]);
    assert!(output.status.success(), "{}", super::cli::errors(&output));
    assert!(
        read("l.html")
            .section("list")
            .text
            .contains("4 people to write to")
    );
    let output = run(&["export", "sushi.csv", "--report", "report.pdf"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        super::cli::errors(&output).contains(".html"),
        "{}",
        super::cli::errors(&output)
    );
    assert!(!Path::new(&folder.path().join("report.pdf")).exists());
}
