//! What a sound deck file says.

use super::*;
use crate::model::Body;

fn deck(text: impl AsRef<[u8]>) -> DeckFile {
    match read(text.as_ref()) {
        Reading::Deck(file) => file,
        Reading::NotADeck(why) | Reading::Faulty(why) => panic!("{why:?}"),
    }
}

#[test]
fn a_note_has_the_decks_tags_and_source_before_its_own() {
    let file = deck(
        "deck: devops\ntitle: ' '\nsource: Introduction\ntags: [a, b, a]\ncards:\n\
         - {front: x, back: y, tags: [c, b], source: The First Way}\n\
         - {front: z, back: y}\n",
    );
    assert_eq!((file.title, file.tags), (None, vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(file.notes[0].tags, ["a", "b", "c"]);
    assert_eq!(file.notes[0].source.as_deref(), Some("Introduction › The First Way"));
    assert_eq!(file.notes[1].source.as_deref(), Some("Introduction"));
    let own = deck("deck: d\ncards:\n- {front: x, back: y, source: s}");
    assert_eq!(own.notes[0].source.as_deref(), Some("s"));
}

#[test]
fn options_that_are_not_there_are_no_opinion() {
    assert_eq!(deck("deck: d\ncards: []").options, None);
    assert_eq!(deck("deck: d\noptions:\ncards: []").options, Some(DeckOptions::default()));
    let options =
        deck("deck: d\noptions: {new_per_day: 0, bury_siblings: true}\ncards: []").options;
    let expected =
        DeckOptions { new_per_day: Some(0), bury_siblings: Some(true), ..DeckOptions::default() };
    assert_eq!(options, Some(expected));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_are_read() {
    let unix = "deck: d\ncards:\n- front: |\n    a\n    b\n  back: c\n";
    let windows = format!("\u{feff}{}", unix.replace('\n', "\r\n"));
    assert_eq!(deck(&windows), deck(unix));
    assert_eq!(check(windows.as_bytes()).1, []);
    let Body::Basic { front, .. } = &deck(unix).notes[0].body else { panic!("a basic note") };
    assert_eq!(front, "a\nb");
}

#[test]
fn json_and_names_for_what_comes_again_are_yaml_too() {
    let json = r#"{"deck": "d", "cards": [{"front": "a", "back": "b"}]}"#;
    assert_eq!(deck(json).notes.len(), 1);
    let file = deck(
        "deck: d\ncards:\n- {front: a, list: &l [x, y], tags: &t [k]}\n\
         - {front: b, list: *l, tags: *t}\n",
    );
    assert_eq!(file.notes[0].tags, file.notes[1].tags);
}

#[test]
fn the_same_question_of_another_kind_is_another() {
    let file = deck("deck: d\ncards:\n- {front: a, back: b}\n- {front: a, list: [b, c]}\n");
    assert_eq!(file.notes.len(), 2);
}

#[test]
fn notes_know_their_places() {
    let text =
        "deck: d\noptions: {}\ncards:\n  - front: a\n    back: b\n\n  # x\n  - {front: c, back: d}";
    let places = places(text.as_bytes());
    let starts: Vec<_> = places.notes.iter().map(|s| (s.start.line, s.start.column)).collect();
    assert_eq!(starts, [(4, 5), (8, 5)]);
    assert_eq!(places.options.map(|s| s.start), Some(Place { line: 2, column: 1 }));
}

#[test]
fn a_file_with_neither_deck_nor_cards_is_no_deck_whatever_else_is_wrong() {
    let no_deck = |text: &str| matches!(read(text.as_bytes()), Reading::NotADeck(_));
    for text in ["", "# x\n", "a: b", "- a\n", "text", "a: {{ .Values.x }}\nb: [", "a: !x b", "a\0"]
    {
        assert!(no_deck(text), "{text}");
    }
    for text in ["deck: x", "cards:\n", "deck: [", "{\"cards\": [", "deck: x\n\0"] {
        assert!(!no_deck(text), "{text}");
    }
    assert!(matches!(read(b"\xff\xfea\0"), Reading::NotADeck(_)));
    assert!(matches!(read(b"deck: \xe9t\xe9\n"), Reading::Faulty(_)));
}

#[test]
fn files_of_one_deck_have_no_question_id_or_options_that_contradict() {
    let texts = [
        ("a.yaml", "deck: d\noptions: {new_per_day: 1}\ncards:\n- {id: k, front: x, back: y}\n"),
        ("b.yaml", "deck: other\noptions: {new_per_day: 2}\ncards:\n- {front: x, back: y}\n"),
        ("c.yaml", "deck: d\ncards:\n- {front: new, back: y}\n- {id: k, front: ' x ', back: z}\n"),
        ("d.yaml", "deck: d\noptions: {new_per_day: 2}\ncards: []\n"),
    ];
    let files: Vec<DeckFile> = texts.iter().map(|(_, text)| deck(text)).collect();
    let members: Vec<Member> = texts
        .iter()
        .zip(&files)
        .map(|((path, text), file)| Member { path, bytes: text.as_bytes(), file })
        .collect();
    let told = across(&members).into_iter().map(|(position, found)| {
        let (path, text) = texts[position];
        Source::new(path, text.as_bytes()).render(&found, false)
    });
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n\n"), @r##"
    error: the id "k" twice in the deck `d`
     --> c.yaml:4:3
      |
    4 | - {id: k, front: ' x ', back: z}
      |   ^
      |
      = note: first given here: a.yaml:4:3

    error: the same question twice in the deck `d`
     --> c.yaml:4:3
      |
    4 | - {id: k, front: ' x ', back: z}
      |   ^
      |
      = note: first asked here: a.yaml:4:3

    error: the deck `d` has other options elsewhere
     --> d.yaml:2:1
      |
    2 | options: {new_per_day: 2}
      | ^^^^^^^
      |
      = note: other options: a.yaml:2:1
      = help: give the options in one of the files
    "##);
}

#[test]
fn new_notes_ask_nothing_that_a_file_of_the_deck_asks() {
    let texts = [
        ("a.yaml", "deck: d\ncards:\n- {front: x, back: y}\n- {id: k, front: z, back: y}\n"),
        ("b.yaml", "deck: d\ncards:\n- {front: v, back: w}\n"),
    ];
    let files: Vec<DeckFile> = texts.iter().map(|(_, text)| deck(text)).collect();
    let members: Vec<Member> = texts
        .iter()
        .zip(&files)
        .map(|((path, text), file)| Member { path, bytes: text.as_bytes(), file })
        .collect();
    let new =
        "- {id: k, front: ' v ', back: y}\n- {front: x, list: [y, z]}\n- {front: u, back: y}\n";
    let entries = read_notes(new.as_bytes()).unwrap();
    let told = beside(&entries.notes, &members).into_iter().map(|(number, found)| {
        let found = Diagnostic { span: Some(entries.places[number]), ..found };
        Source::new("new", new.as_bytes()).render(&found, false)
    });
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n\n"), @r##"
    error: the deck has the id "k" already
     --> new:1:3
      |
    1 | - {id: k, front: ' v ', back: y}
      |   ^
      |
      = note: given here: a.yaml:4:3

    error: the deck has this question already
     --> new:1:3
      |
    1 | - {id: k, front: ' v ', back: y}
      |   ^
      |
      = note: asked here: b.yaml:3:3
    "##);
}

#[test]
fn notes_without_a_deck_are_a_list_or_one_alone() {
    let fronts = |text: &str| -> Vec<String> {
        let entries = read_notes(text.as_bytes()).unwrap_or_else(|why| panic!("{text}: {why:?}"));
        assert_eq!(entries.places.len(), entries.notes.len(), "{text}");
        entries.notes.iter().map(|note| note.body.question().to_owned()).collect()
    };
    assert_eq!(fronts("- {front: a, back: b}\n- cloze: '{{c}}'\n"), ["a", "{{c}}"]);
    assert_eq!(fronts("  - front: 1.10\n    back: b\n"), ["1.10"]);
    assert_eq!(fronts("---\nfront: a\nback: b\n"), ["a"]);
    assert_eq!(fronts("\u{feff}{\"front\": \"a\", \"list\": [\"b\", \"c\"]}"), ["a"]);
    for nothing in [
        "",
        "\n",
        "# front: a\n",
        "---\n# x\n",
        "[]",
        "- front:\n  back:\n",
        "-  front: ''\n   list: []\n",
    ] {
        assert!(fronts(nothing).is_empty(), "{nothing}");
    }
    assert_eq!(fronts("- front:\n  back:\n- cloze: '{{c}}'\n"), ["{{c}}"]);
}

#[test]
fn notes_without_a_deck_keep_their_own_tags_and_are_warned_of() {
    let text = "# x\n- front: a\n  back: a\n  tags: [t, t]\n  source: ' s '\n";
    let entries = read_notes(text.as_bytes()).unwrap();
    assert_eq!(entries.notes[0].tags, ["t"]);
    assert_eq!(entries.notes[0].source.as_deref(), Some("s"));
    assert_eq!(entries.places[0].start, Place { line: 2, column: 3 });
    assert_eq!(entries.warnings.len(), 1);
}

#[test]
fn all_that_is_wrong_with_notes_without_a_deck_is_told_in_place() {
    let told = |text: &str| {
        let why = read_notes(text.as_bytes()).unwrap_err();
        let source = Source::new("new", text.as_bytes());
        why.iter().map(|found| source.render(found, false)).collect::<Vec<_>>().join("\n\n")
    };
    let text = "- front: a\n  bakc: b\n- front: c\n  list: [d]\n- {front: e, back: f}\n- {front: e, back: g}\n";
    insta::assert_snapshot!(told(text), @r##"
    error: unknown key "bakc": did you mean "back"?
     --> new:2:3
      |
    2 |   bakc: b
      |   ^^^^

    error: a list has two items or more
     --> new:4:3
      |
    4 |   list: [d]
      |   ^^^^

    error: the same question twice in this deck
     --> new:6:11
      |
    5 | - {front: e, back: f}
      |           - first asked here
    6 | - {front: e, back: g}
      |           ^
      |
      = help: reword one of them, or delete it
    "##);
    insta::assert_snapshot!(told("only text"), @r##"
    error: this is no note
     --> new:1:1
      |
    1 | only text
      | ^
      |
      = help: a note is `front:` and `back:`
    "##);
    for (text, what) in [
        ("- front: \"a\n  back: b\n", "this quote is not closed"),
        ("- front: a\u{1b}\n  back: b\n", "U+001B may not stand here"),
        ("- front: a\n  back: b\0\n", "NUL, U+0000 may not stand here"),
        ("- front: a\n  back: \"b\\0\"\n", "`back` has the character U+0000"),
        ("deck: d\ncards: []\n", "the keys of a note are"),
    ] {
        assert!(told(text).contains(what), "{}", told(text));
    }
    assert!(read_notes(b"- front: \xff\n").is_err());
}

#[test]
fn what_a_terminal_obeys_is_replaced_without_moving_the_caret() {
    let text = "deck: d\ncards:\n- front:\ta \u{202e}b\n  back: \"c\u{2066}\" x\n";
    insta::assert_snapshot!(told(text), @r##"
    error: text goes on after its closing quote
     --> deck.yaml:4:14
      |
    4 |   back: "c�" x
      |              ^
      |
      = help: inside of double quotes, a double quote is written \"

    warning: `front` has the unseen character U+202E
     --> deck.yaml:3:10
      |
    3 | - front: a �b
      |          ^^^^
    "##);
    let source = Source::new("\u{1b}[31m.yaml", text.as_bytes());
    let Reading::Faulty(why) = read(text.as_bytes()) else { panic!("a fault") };
    let colored = source.render(&why[0], true);
    assert!(colored.contains("\u{1b}[") && !colored.contains("\u{1b}[31m.yaml"));
}

#[test]
fn a_long_line_is_cut_around_the_caret() {
    let text = format!("deck: d\ncards:\n- {{front: {}, bakc: x}}\n", "long ".repeat(1000));
    let shown = told(text);
    assert!(shown.lines().all(|line| line.chars().count() < 160), "{shown}");
    assert!(shown.contains("bakc: x}"), "{shown}");
}
