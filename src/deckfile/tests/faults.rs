use super::told;

#[test]
fn show() {
    let h = "deck: d\ncards:\n";
    for (name, text) in [
        ("unknown", format!("{h}- front: Which?\n  bakc: The First Way\n")),
        ("unknown2", "deck: d\nauthor: me\noptions: {new: 3, new_per_dai: 2}\ncards: []\n".to_owned()),
        ("missing", "cards:\n- front: x\n- back: y\n- cloze: '{{x}}'\n  front: x\n- front: x\n  back: y\n  list: [a, b]\n- hint: x\n- {}\n-\n".to_owned()),
        ("missing2", "deck: d\n".to_owned()),
        ("type", format!("{h}- front: [a, b]\n  back: {{{{x}}}}\n- front: x\n  list: a\n- text\n- front:\n    a: b\n  back: c\n")),
        ("name", "deck: a//b\ncards:\n- {front: a, back: b}\n".to_owned()),
        ("sides", format!("{h}- front:\n  back: '  '\n- cloze: a\n- cloze: \"ä {{{{b\"\n- cloze: a {{{{ }}}}\n- cloze: {{{{a}}}} b\n")),
        ("cloze", format!("{h}- cloze: \"ä {{{{b\"\n- cloze: a {{{{ }}}}\n- cloze: |\n    x\n    y {{{{\n")),
        ("items", format!("{h}- front: x\n  list: [a]\n- front: y\n  set: []\n- front: z\n  set: [a, '', a, a]\n")),
        ("dup", format!("{h}- id: k\n  front: x\n  back: y\n- id: k\n  front: ' x '\n  back: z\n  front: q\n")),
        ("reverse", format!("{h}- front: x\n  list: [a, b]\n  reverse: true\n- front: z\n  back: y\n  reverse: yes\n  id:\n  tags: x\n")),
        ("options", "deck: d\noptions: {new_per_day: -1, reviews_per_day: \"10\", bury_siblings: no, leech_threshold: 1000001}\ncards:\n- {front: a, back: b}\n".to_owned()),
        ("quote", format!("{h}- front: \"Which?\n  back: b\n")),
        ("quote2", format!("{h}- front: \"Which?\n  back: b\n- front: \"q\"\n  back: b")),
        ("quote3", format!("{h}- front: 'it's'\n  back: b\n")),
        ("bracket", format!("deck: d\ntags: [a, b\ncards:\n- front: a\n  back: b\n")),
        ("bracket2", format!("{h}- front: a\n  list: [a, b")),
        ("bracket3", format!("{h}- front: a\n  list:\n    [a, [b,\n    c]\n  tags: x\n")),
        ("colon", format!("{h}- front: a: b\n  back: c\n")),
        ("nocolon", format!("{h}- front: a\n  back\n- front: x\n  back: y\n")),
        ("start", format!("{h}- front: **a** b\n  back: c\n")),
        ("start2", format!("{h}- front: `a` b\n  back: c\n")),
        ("start3", format!("{h}- front: &amp x\n  back: !important x\n")),
        ("start4", format!("{h}- cloze: {{{{a}}}} b\n")),
        ("start5", format!("{h}- front: > a\n  back: c\n")),
        ("start6", format!("{h}- front: - a\n  back: c\n")),
        ("indent", format!("{h}  - front: a\n   back: c\n")),
        ("tab", format!("{h}  - front: a\n\tback: c\n")),
        ("tab2", "deck: d\ncards:\n\t- front: a\n".to_owned()),
        ("docs", format!("{h}- {{front: a, back: b}}\n---\ndeck: e\n")),
        ("keys", "deck: d\ndeck: e\ncards:\n- front: a\n  back: b\n  front: c\n  <<: x\n  [a]: b\n".to_owned()),
        ("nul", format!("{h}- front: a\0b\n  back: \"\\0\"\n  hint: \"\\e[1m\u{202e}x\"\n")),
        ("empty", "# only\n".to_owned()),
        ("other", "version: 3\nservices: {}\n".to_owned()),
        ("list", "- a\n- b\n".to_owned()),
        ("escape", format!("{h}- front: \"\\d+\"\n  back: b\n")),
        ("deep", format!("{h}- front: {}\n", "[".repeat(1000))),
        ("deep2", format!("{h}- front: {}\n", "{a: ".repeat(1000))),
        ("bomb", format!("a: &a [x,x,x,x,x,x,x,x,x]\n{}deck: x\n", ('b'..='k').map(|c| format!("{c}: &{c} [{}]\n", vec![format!("*{}", (c as u8 - 1) as char); 9].join(","))).collect::<String>())),
        ("self", "deck: x\ncards: &a [*a]\n".to_owned()),
        ("warn", format!("{h}- front: a {{{{b}}}}\n  back: a  {{{{b}}}}\n- front: b\n  list: [{}]\n- front: l\n  back: {}\n", ["x"; 14].join(","), "long ".repeat(120))),
    ] {
        println!("##### {name}\n{text}\n----\n{}\n", told(text.as_bytes()));
    }
}
