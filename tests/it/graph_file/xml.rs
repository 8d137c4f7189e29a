//! GEXF and GraphML: what real files do differently.

use super::*;

fn gexf(inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<gexf xmlns=\"http://www.gexf.net/1.2draft\" xmlns:viz=\"http://www.gexf.net/1.2draft/viz\" version=\"1.2\">{inside}</gexf>"
    )
}

#[test]
fn six_namespaces_and_prefixes_are_one_format() {
    for (namespace, prefix) in [
        ("http://www.gexf.net/1.2draft", ""),
        ("http://www.gexf.net/1.3", ""),
        ("http://www.gexf.net/1.1draft", ""),
        ("http://gexf.net/1.3", "ns0:"),
        ("http://www.gephi.org/gexf", ""),
        ("http://www.gephi.org/gexf/1.1draft", "g:"),
    ] {
        let p = prefix;
        let colon = prefix.trim_end_matches(':');
        let declared = if p.is_empty() {
            "xmlns".to_owned()
        } else {
            format!("xmlns:{colon}")
        };
        let text = format!(
            "\u{feff}<{p}gexf {declared}=\"{namespace}\" xmlns:v=\"x\"><{p}graph defaultedgetype='directed'><{p}nodes>\
             <{p}node id='Ana' label='Ana &amp; Co'><v:position x='1' y='2' z='0'/><v:color r='1' g='2' b='3' a='0.5'/></{p}node><{p}node id='ben'/></{p}nodes>\
             <{p}edges><{p}edge source='Ana' target='ben'/></{p}edges></{p}graph></{p}gexf>"
        );
        let (posts, _) = read(&text);
        assert_eq!(ties(&posts), ["ana>ben tie 1"], "{namespace}");
        let ana = account(&posts, "ana");
        assert_eq!(ana.name.as_deref(), Some("Ana & Co"));
        assert_eq!(ana.given_place, Some([1.0, -2.0]));
        assert_eq!(ana.given_colour, Some([1, 2, 3]));
    }
}

#[test]
fn gexf_attributes_by_for_or_id_declared_or_not_with_defaults() {
    let (posts, _) = read(&gexf(
        "<graph><attributes class='node'><attribute id='7' title='Followers'><default>5</default></attribute>\
         <attribute id='m' title='Modularity Class'/></attributes>\
         <attributes class='edge'><attribute id='7' title='Weight'/></attributes>\
         <nodes><node id='a'><attvalues><attvalue for='7' value='12'/><attvalue id='m' value='3'/></attvalues></node>\
         <node id='b'><attvalues><attvalue for='community' value='x'/></attvalues></node></nodes>\
         <edges><edge source='a' target='b'><attvalues><attvalue id='7' value='2.5'/></attvalues></edge>\
         <edge source='a' target='b' kind='replies to' type='directed'><attvalues><attvalue for='count' value='4'/></attvalues></edge></edges></graph>",
    ));
    let (a, b) = (account(&posts, "a"), account(&posts, "b"));
    assert_eq!((a.reach, b.reach), (Some(12.0), Some(5.0)));
    assert_eq!(a.given_community.as_deref(), Some("3"));
    assert_eq!(b.given_community.as_deref(), Some("x"));
    // Without a default type ties have no direction.
    assert_eq!(ties(&posts), ["a-b tie 2.5", "a>b reply 4"]);
}

#[test]
fn gexf_missing_people_nested_people_and_mixed_directions() {
    let (posts, _) = read(&gexf(
        "<graph defaultedgetype='directed' mode='dynamic'><nodes>\
         <node id='a'><spells><spell start='1' end='2'/></spells><nodes><node id='b'/></nodes></node></nodes><edges>\
         <edge source='a' target='b'><spells><spell start='1'/><spell start='3'/></spells></edge>\
         <edge source='b' target='zoe' type='undirected'/><edge source='zoe' target='a' type='mutual'/><edge source='a' target='a'/>\
         </edges></graph>",
    ));
    assert_eq!(keys(&posts), ["a", "b", "zoe"]);
    assert_eq!(ties(&posts), ["a-zoe tie 1", "a>b tie 1", "b-zoe tie 1"]);
    assert_eq!(graph(&posts).self_ties, 1);
}

#[test]
fn weights_that_make_no_tie_are_told_with_their_place() {
    let (posts, report) = read(&gexf(
        "<graph><nodes><node id='a'/><node id='b'/>\n<node label='nobody'/></nodes><edges>\n\
         <edge source='a' target='b' weight='-1'/>\n<edge source='a' target='b' weight='NaN'/>\n\
         <edge source='a' target='b' weight='Infinity'/>\n<edge source='a' target='b' weight='0'/>\n\
         <edge source='a' target='b' weight='much'/>\n<edge source='a'/>\n<edge source='a' target='b' weight='2'/></edges></graph>",
    ));
    assert_eq!(ties(&posts), ["a-b tie 2"]);
    assert_eq!(
        left_out(&report),
        [
            ("weight is not a number", 2, 5),
            ("no id", 1, 3),
            ("one end of the tie is empty", 1, 9),
            ("weight is 0", 1, 7),
            ("weight is infinite", 1, 6),
            ("weight is negative", 1, 4),
        ]
    );
    assert_eq!(report.rows_read, 8);
}

#[test]
fn entities_are_never_expanded_and_nothing_is_fetched() {
    let mut bomb =
        String::from("<?xml version=\"1.0\"?><!DOCTYPE gexf [<!ENTITY a \"aaaaaaaaaa\">");
    for (entity, inner) in [
        ("b", "a"),
        ("c", "b"),
        ("d", "c"),
        ("e", "d"),
        ("f", "e"),
        ("g", "f"),
    ] {
        let ten = format!("&{inner};").repeat(10);
        bomb.extend(["<!ENTITY ", entity, " \"", &ten, "\">"]);
    }
    bomb.push_str("<!ENTITY file SYSTEM \"file:///etc/passwd\">]><gexf><graph><nodes><node id='a' label='&g;&file;&#65;&#x42;'/></nodes></graph></gexf>");
    let (posts, _) = read(&bomb);
    assert_eq!(account(&posts, "a").name.as_deref(), Some("&g;&file;AB"));
}

#[test]
fn xml_that_breaks_off_is_refused_with_its_place() {
    for (text, sentence) in [
        (
            gexf("<graph>\n<nodes><node id='a'/>").replace("</gexf>", ""),
            "the GEXF file cannot be read to its end: it breaks off in the middle (line 3 of file)",
        ),
        (
            "<graphml>\n<graph>\n<node id=\"a".to_owned(),
            "the GraphML file cannot be read to its end: it breaks off in the middle of a mark (line 3 of file)",
        ),
        (
            "<gexf><graph>\n</gexf>".to_owned(),
            "the GEXF file cannot be read to its end: its elements do not end where they should (line 2 of file)",
        ),
        (
            gexf("<graph><nodes/><edges/></graph>"),
            "the GEXF file holds no people and no ties",
        ),
    ] {
        assert_eq!(refused(&text), sentence);
    }
}

#[test]
fn xml_in_other_encodings() {
    let text = "<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?><gexf><graph><nodes><node id=\"a\" label=\"Wójcik\"/></nodes></graph></gexf>";
    let bytes: Vec<u8> = text
        .chars()
        .map(|c| if c == 'ó' { 0xf3 } else { c as u8 })
        .collect();
    let (posts, _) = read_bytes(&bytes).expect("ISO-8859-2");
    assert_eq!(account(&posts, "a").name.as_deref(), Some("Wójcik"));
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let (posts, _) = read_bytes(&wide).expect("UTF-16");
    assert_eq!(account(&posts, "a").name.as_deref(), Some("Wójcik"));
}

fn graphml(inside: &str) -> String {
    format!("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">{inside}</graphml>")
}

#[test]
fn graphml_keys_defaults_and_directions() {
    let (posts, report) = read(&graphml(
        "<key id='f' for='node' attr.name='followers'><default>7</default></key>\
         <key id='w' for='edge' attr.name='weight'><default> 3 </default></key><key id='c' for='all' attr.name='Community'/>\
         <graph edgedefault='directed'><desc>words</desc><data key='f'>99</data>\
         <node id='a'><data key='label'><![CDATA[Ana <3 ]]>&amp;&#33;</data><data key='f'>12</data></node>\
         <node id='b'><desc>x</desc><data key='c'>home</data><port name='n'/></node>\
         <edge source='a' target='b' sourceport='n'/><edge source='b' target='c' directed=' false '><data key='w'>-2</data></edge>\
         <edge id='e' source='c' target='a' directed='false'><data key='w'>1</data><data key='kind'>Retweet</data></edge></graph>",
    ));
    let (a, b) = (account(&posts, "a"), account(&posts, "b"));
    assert_eq!((a.reach, b.reach), (Some(12.0), Some(7.0)));
    assert_eq!(a.name.as_deref(), Some("Ana <3 &!"));
    assert_eq!(b.given_community.as_deref(), Some("home"));
    assert_eq!(ties(&posts), ["a-c repost 1", "a>b tie 3"]);
    assert_eq!(left_out(&report), [("weight is negative", 1, 1)]);
}

#[test]
fn graphml_of_yed_with_groups_and_ties_of_several() {
    let (posts, report) = read(&graphml(&format!(
        "<key for='node' id='d6' yfiles.type='nodegraphics'/><graph edgedefault='undirected'>\
         <node id='n0'><data key='d6'><y:ShapeNode xmlns:y='y'><y:Geometry x='10.5' y='20.0' width='3'/><y:Fill color='#FFCC00'/>\
         <y:NodeLabel>Ana<y:LabelModel/></y:NodeLabel><y:NodeLabel>Ana Lima</y:NodeLabel></y:ShapeNode></data></node>\
         <node id='n1'><graph id='n1:' edgedefault='directed'><node id='n1::n0'/><node id='n1::n1'/>\
         <edge source='n1::n0' target='n1::n1'/></graph></node>\
         <hyperedge><endpoint node='n0'/><endpoint node='n1'/><endpoint node='n1::n0'/></hyperedge>\
         <hyperedge>{}</hyperedge><edge source='n0' target='n1'/></graph>",
        "<endpoint node='n0'/>".repeat(21)
    )));
    let ana = account(&posts, "n0");
    assert_eq!(ana.name.as_deref(), Some("Ana Lima"));
    assert_eq!(ana.given_place, Some([10.5, 20.0]));
    assert_eq!(ana.given_colour, Some([255, 204, 0]));
    assert_eq!(
        ties(&posts),
        [
            "n0-n1 tie 2",
            "n0-n1::n0 tie 1",
            "n1-n1::n0 tie 1",
            "n1::n0>n1::n1 tie 1"
        ]
    );
    assert_eq!(left_out(&report), [("a tie of more than 20 people", 1, 1)]);
}
