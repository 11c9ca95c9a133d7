//! Notes appended to a file: the exact text, in every layout.

use super::agreement::PIECES;
use super::*;
use crate::model::Fields;
use proptest::prelude::*;
use proptest::sample::select;

/// A note by its fields as JSON.
fn note(json: &str) -> Note {
    let fields: Fields = serde_json::from_str(json).unwrap();
    own_note(fields, None, Vec::new(), None).unwrap()
}

fn new_card() -> Note {
    note(r#"{"front":"new","back":"card"}"#)
}

/// The text with notes appended, and the line of the first.
fn appended(old: &str, notes: &[Note]) -> (String, usize) {
    let Appended { bytes, line } = append(old.as_bytes(), notes).unwrap_or_else(|error| {
        panic!("{error}: {old}");
    });
    (String::from_utf8(bytes).unwrap(), line)
}

/// One new card makes this text of that; where `»` and `«` stand, it was put in.
#[track_caller]
fn grows(marked: &str) {
    let (before, rest) = marked.split_once('»').unwrap();
    let (inserted, after) = rest.split_once('«').unwrap();
    let old = [before, after].concat();
    let (new, line) = appended(&old, &[new_card()]);
    let shown = new.strip_prefix(before).and_then(|new| new.strip_suffix(after));
    assert_eq!(shown, Some(inserted), "in {new}");
    assert_eq!(line, places(new.as_bytes()).notes.last().unwrap().start.line, "in {new}");
}

#[track_caller]
fn refuses(old: &str, why: &CannotAppend) {
    assert_eq!(&append(old.as_bytes(), &[new_card()]).unwrap_err(), why, "{old}");
}

#[test]
fn items_may_be_indented_in_any_way() {
    grows("deck: d\ncards:\n  - front: a\n    back: b\n»  - front: new\n    back: card\n«");
    grows("deck: d\ncards:\n- front: a\n  back: b\n»- front: new\n  back: card\n«");
    grows("deck: d\ncards:\n -  front: a\n    back: b\n» -  front: new\n    back: card\n«");
    grows("deck: d\ncards:\n    - {front: a, back: b}\n»    - front: new\n      back: card\n«");
    grows("deck: d\ncards:\n  -\n    front: a\n    back: b\n»  - front: new\n    back: card\n«");
    grows("  deck: d\n  cards:\n  - front: a\n    back: b\n»  - front: new\n    back: card\n«");
    grows("deck: d\ncards:\n- # x\n  front: a\n  back: b\n»- front: new\n  back: card\n«");
    grows(
        "deck: d\ncards: &all\n  - &one\n    front: a\n    back: b\n»  - front: new\n    back: card\n«",
    );
    grows(
        "deck: d\ncards: &all # x\n# y\n  - front: a\n    back: b\n»  - front: new\n    back: card\n«",
    );
    grows("deck:\td\ncards:\t# x\n  - front:\ta\n    back:\tb\n»  - front: new\n    back: card\n«");
}

#[test]
fn items_of_items_are_indented_as_the_files_are() {
    let list = note(r#"{"front":"new","list":["x","y"]}"#);
    let (new, _) =
        appended("deck: d\ncards:\n- {front: a, back: b}\n", std::slice::from_ref(&list));
    assert!(new.ends_with("\n- front: new\n  list:\n  - x\n  - y\n"), "{new}");
    let (new, _) = appended("deck: d\ncards:\n   - {front: a, back: b}\n", &[list]);
    assert!(new.ends_with("\n   - front: new\n     list:\n        - x\n        - y\n"), "{new}");
}

#[test]
fn other_keys_may_follow() {
    grows("deck: d\ncards:\n- front: a\n  back: b\n»- front: new\n  back: card\n«title: T\n");
    grows("cards:\n- front: a\n  back: b\n»- front: new\n  back: card\n«\n\ndeck: d\n");
    grows(
        "cards:\n  - front: a\n    back: b\n»  - front: new\n    back: card\n«# the name\ndeck: d\n",
    );
}

#[test]
fn comments_that_are_indented_stay_with_the_notes_before_and_others_with_what_follows() {
    grows(
        "deck: d\ncards:\n  - front: a\n    back: b # x\n    # y\n  # z\n»  - front: new\n    back: card\n«# end\n",
    );
    grows("deck: d\ncards:\n- front: a\n  back: b\n\n  # y\n»- front: new\n  back: card\n«\n# z\n");
    grows("deck: d\ncards:\n- front: a\n  back: b\n»- front: new\n  back: card\n«# - front: c\n");
}

#[test]
fn a_missing_line_end_is_made_up_for() {
    grows("deck: d\ncards:\n- front: a\n  back: b»\n- front: new\n  back: card\n«");
    grows("deck: d\ncards:\n- front: a\n  back: b\n  # c»\n- front: new\n  back: card\n«");
    grows("deck: d\ncards:»\n  - front: new\n    back: card\n«");
    grows("deck: d\ncards:\n- front: a\n  back: |\n    b»\n- front: new\n  back: card\n«");
}

#[test]
fn line_ends_are_those_of_the_file() {
    grows(
        "deck: d\r\ncards:\r\n- front: a\r\n  back: b\r\n»- front: new\r\n  back: card\r\n«\r\n# x\r\n",
    );
    grows("deck: d\r\ncards:\r\n- front: a\r\n  back: b»\r\n- front: new\r\n  back: card\r\n«");
    grows("deck: d\rcards:\r- front: a\r  back: b\r»- front: new\r  back: card\r«");
    let lines = note(r#"{"front":"new","back":"x\n\ny"}"#);
    let (new, _) = appended("deck: d\r\ncards:\r\n", &[lines]);
    assert!(
        new.ends_with("\r\n  - front: new\r\n    back: |-\r\n      x\r\n\r\n      y\r\n"),
        "{new:?}"
    );
}

#[test]
fn a_list_in_brackets_goes_on_in_them() {
    grows("deck: d\ncards: [»{front: new, back: card}«]\n");
    grows("deck: d\ncards: [»{front: new, back: card}« # x\n  ]\n");
    grows("deck: d\ncards: &all [»{front: new, back: card}« ]\n");
    grows("deck: d\ncards: [{front: a, back: b}», {front: new, back: card}«] # x\n");
    grows("deck: d\ncards: [{front: a, back: b},» {front: new, back: card}«]");
    grows("deck: d\ncards: [cloze: '{{a}}'», {front: new, back: card}«]");
    grows("deck: d\ncards: [\n  {front: a, back: b}»,\n  {front: new, back: card}«\n]\n");
    grows(
        "deck: d\ncards: [\n  {front: a, back: b}, # x\n  {front: c, back: d},»\n  {front: new, back: card},«\n  # y\n]\n",
    );
    grows("deck: d\ncards: [\n  {front: c, back: d}, # x, y»\n  {front: new, back: card},«\n]\n");
    grows(
        "deck: d\ncards: [\n  {front: a, back: b} # x, y\n  # z»\n  , {front: new, back: card}«\n]\n",
    );
    grows("deck: d\r\ncards: [\r\n  {front: a, back: b}»,\r\n  {front: new, back: card}«\r\n]\r\n");
}

#[test]
fn json_stays_json() {
    grows(r#"{"deck": "d", "cards": [»{"front": "new", "back": "card"}«]}"#);
    grows(
        "{\n  \"deck\": \"d\",\n  \"cards\": [\n    {\n      \"front\": \"a\",\n      \"back\": \"b\"\n    }»,\n    {\"front\": \"new\", \"back\": \"card\"}«\n  ]\n}\n",
    );
}

#[test]
fn a_list_of_none_is_begun() {
    grows("deck: d\ncards:\n»  - front: new\n    back: card\n«");
    grows("deck: d\ncards: # x\n  # y\n»  - front: new\n    back: card\n«\n# z\ntitle: T\n");
    grows("  cards:\n»    - front: new\n      back: card\n«  deck: d\n");
}

#[test]
fn a_file_without_the_key_gets_it() {
    grows("deck: d\n»cards:\n  - front: new\n    back: card\n«");
    grows("deck: d\ntags: [a,\n  b] # x\n»cards:\n  - front: new\n    back: card\n«# y\n...\n");
    grows("deck: d»\ncards:\n  - front: new\n    back: card\n«");
    grows("\u{feff}deck: d\r\n»cards:\r\n  - front: new\r\n    back: card\r\n«");
}

#[test]
fn a_document_may_have_its_marks() {
    grows("---\ndeck: d\ncards:\n- front: a\n  back: b\n»- front: new\n  back: card\n«...\n");
    grows("--- # x\ndeck: d\ncards:\n»  - front: new\n    back: card\n«\n...\n");
    grows("%YAML 1.2\n---\ndeck: d\ncards:\n- {front: a, back: b}\n»- front: new\n  back: card\n«");
    grows("\u{feff}deck: d\ncards:\n- {front: a, back: b}\n»- front: new\n  back: card\n«");
}

#[test]
fn a_text_of_lines_may_be_the_last() {
    for sign in ["|", "|-", ">", ">-", "|2"] {
        grows(&format!(
            "deck: d\ncards:\n- front: a\n  back: {sign}\n    b\n\n    c\n»- front: new\n  back: card\n«\n\ntitle: T\n"
        ));
    }
    for sign in ["|+", ">+"] {
        grows(&format!(
            "deck: d\ncards:\n- front: a\n  back: {sign}\n    b\n\n\n»- front: new\n  back: card\n«title: T\n"
        ));
    }
    grows(
        "deck: d\ncards:\n  - front: a\n    back: |\n      b\n    # x\n»  - front: new\n    back: card\n«# y\n",
    );
    grows(
        "deck: d\ncards:\n- front: a\n  back: |\n    b\n    # text\n»- front: new\n  back: card\n«",
    );
    grows("deck: d\ncards:\n- front: a\n  back: b\n  hint: |\n»- front: new\n  back: card\n«\n\n");
    grows("deck: d\ncards:\n- front: a\n  back: b\n  hint: # x\n»- front: new\n  back: card\n«");
    grows(
        "deck: d\ncards:\n- front: a\n  back: b\n    c\n\n    d # x\n»- front: new\n  back: card\n«",
    );
    grows("deck: d\ncards:\n- front: a\n  back: \"b\n\n    c\"\n»- front: new\n  back: card\n«");
    grows("deck: d\ncards:\n- front: a\n  list: [b,\n   c\n   ]\n»- front: new\n  back: card\n«");
    grows(
        "deck: d\ncards:\n- {front: a, list: &l [b, c]}\n- front: d\n  list: *l\n»- front: new\n  back: card\n«",
    );
    grows(
        "deck: d\ncards:\n- front: a\n  set:\n  - b\n  - |\n    c\n\n    d\n»- front: new\n  back: card\n«",
    );
}

#[test]
fn notes_are_set_apart_if_most_are() {
    let apart = "deck: d\ncards:\n- front: a\n  back: b\n\n# x\n- front: c\n  back: d\n";
    grows(&format!("{apart}»\n- front: new\n  back: card\n«\n\ntitle: T\n"));
    grows(&format!(
        "{apart}- front: e\n  back: f\n\n- front: g\n  back: h\n»\n- front: new\n  back: card\n«"
    ));
    grows(&format!("{apart}- front: e\n  back: f\n»- front: new\n  back: card\n«"));
    grows(&format!("{apart}\n- front: e\n  back: |+\n    f\n\n»- front: new\n  back: card\n«"));
    grows("deck: d\n\ncards:\n\n- front: a\n  back: b\n»- front: new\n  back: card\n«\n");
    let two = [note(r#"{"cloze":"{{x}}"}"#), new_card()];
    let (new, line) = appended(apart, &two);
    assert_eq!(new, format!("{apart}\n- cloze: \"{{{{x}}}}\"\n\n- front: new\n  back: card\n"));
    assert_eq!(line, 10);
}

#[test]
fn text_stays_as_it_is_written() {
    let texts = note(r#"{"front":"1.10","back":"null","hint":"no","extra":"- a: b # c\n{{d}}"}"#);
    let own = Note { tags: vec!["1".to_owned(), "a, b".to_owned()], ..texts };
    let (new, _) = appended("deck: d\ntags: [t]\nsource: S\ncards:\n", &[own]);
    assert!(
        new.ends_with(
            "\n  - front: 1.10\n    back: null\n    hint: no\n    extra: |-\n      - a: b # c\n      {{d}}\n    tags: [1, \"a, b\"]\n"
        ),
        "{new}"
    );
    let Reading::Deck(file) = read(new.as_bytes()) else { panic!("{new}") };
    assert_eq!(file.notes[0].tags, ["t", "1", "a, b"]);
    assert_eq!(file.notes[0].source.as_deref(), Some("S"));
}

#[test]
fn a_new_file_is_begun_with_its_deck() {
    assert_eq!(begin(&"a/b".parse().unwrap()), "deck: a/b\ncards:\n");
    let begun = begin(&"# odd: name".parse().unwrap());
    assert_eq!(begun, "deck: \"# odd: name\"\ncards:\n");
    assert!(append(begun.as_bytes(), &[new_card()]).is_ok());
}

#[test]
fn what_cannot_be_added_to_is_left_alone() {
    refuses("deck: d\ncards: *c\ntitle: &c x\n", &faults("deck: d\ncards: *c\ntitle: &c x\n"));
    refuses("deck: d\ncards: {front: a}\n", &faults("deck: d\ncards: {front: a}\n"));
    refuses("title: T\n", &faults("title: T\n"));
    refuses("", &faults(""));
    refuses("{deck: d}", &faults("{deck: d}"));
    // One of the readers does not know where this ends.
    refuses("deck: d\ncards: [\n]\n", &CannotAppend::Layout);
    refuses("? deck\n: d\n? cards\n: - {front: a, back: b}\n", &CannotAppend::Layout);
    refuses("? cards\n:\n? deck\n: d\n", &CannotAppend::Misread);
    refuses("deck: d\ncards:\n- {front: new, back: b}\n", &CannotAppend::Misread);
}

fn faults(text: &str) -> CannotAppend {
    match read(text.as_bytes()) {
        Reading::Deck(_) => panic!("{text}"),
        Reading::NotADeck(why) | Reading::Faulty(why) => CannotAppend::Faulty(why),
    }
}

/// What a file may start with, up to its cards.
const HEADS: &[&str] = &[
    "deck: d\n",
    "---\ndeck: d\ntags: [t]\n",
    "\u{feff}# x\ndeck: d\n\n",
    "deck: d\nsource: S # y\n",
];

/// Its cards.
const CARDS: &[&str] = &[
    "cards:\n",
    "cards: # none\n  # yet\n",
    "cards: []\n",
    "cards: [{front: a, back: b}]\n",
    "cards: [\n  {front: a, back: b}, # x\n]\n",
    "cards: [\n  {front: a, back: b} # x\n]\n",
    "cards:\n- front: a\n  back: b\n",
    "cards:\n  - front: a\n    back: b # x\n  # y\n",
    "cards:\n  - front: a\n    back: b\n\n  - front: c\n    back: |\n      d\n\n      # e\n",
    "cards:\n    -   front: a\n        list:\n            - b\n            - c\n",
    "cards:\n- front: a\n  back: |+\n    b\n\n\n",
    "cards:\n- front: a\n  back: >-\n    b\n\n",
    "cards:\n- cloze: '{{a}}\n    b'\n  hint:\n",
    "cards:\n- front: a\n  back: b\n    c\n  tags: &t [x,\n    y]\n- {front: d, back: e, tags: *t}\n",
];

/// What may follow them.
const TAILS: &[&str] =
    &["", "\n", "\n\n# end\n", "title: T\n", "# of the title\ntitle: T\n", "...\n"];

fn texts() -> impl Strategy<Value = String> {
    let any = prop_oneof![
        any::<String>(),
        r##"[-?:,\[\]{}#&*!|>'"%@` \t\n\r\\a~0.\u{85}\u{2028}\u{feff}\u{202e}\u{1b}é]{1,16}"##,
        select(
            &["1.10", "no", "null", "- a", "a: b", "a #b", "a\nb", "a\n\n  b", "日本", "---"][..]
        )
        .prop_map(str::to_owned),
    ];
    any.prop_map(|text| text.replace('\0', ""))
        .prop_filter("a side", |text| !text.trim().is_empty())
}

prop_compose! {
    fn notes()(
        question in texts(),
        answers in prop::collection::vec(texts(), 2..4),
        kind in 0..4,
        reverse: bool,
        typed: bool,
        said in prop::collection::vec(prop::option::of(texts()), 4),
        tags in prop::collection::vec(texts(), 0..3),
    ) -> Note {
        let mut fields = Fields { typed, hint: said[0].clone(), extra: said[1].clone(), ..Fields::default() };
        match kind {
            0 => {
                fields.front = Some(question);
                fields.back = Some(answers[0].clone());
                fields.reverse = reverse;
            }
            1 => fields.cloze = Some(format!("{} {{{{a}}}}", question.replace("{{", ""))),
            2 => (fields.front, fields.list) = (Some(question), Some(answers)),
            _ => (fields.front, fields.set) = (Some(question), Some(answers)),
        }
        own_note(fields, said[2].clone(), tags, said[3].clone()).unwrap()
    }
}

/// Whether a text is another with something put in at one place.
fn has_one_piece_more(text: &str, old: &str) -> bool {
    let start = text.bytes().zip(old.bytes()).take_while(|(new, old)| new == old).count();
    let end = text.bytes().rev().zip(old.bytes().rev()).take_while(|(new, old)| new == old).count();
    text.len() > old.len() && start + end >= old.len()
}

proptest! {
    #[test]
    fn a_file_keeps_every_byte_and_says_what_it_said_and_the_new_notes(
        head in select(HEADS),
        cards in select(CARDS),
        tail in select(TAILS),
        windows: bool,
        cut: bool,
        notes in prop::collection::vec(notes(), 1..3),
    ) {
        let mut old = [head, cards, tail].concat();
        if windows {
            old = old.replace('\n', "\r\n");
        }
        if cut {
            old.truncate(old.trim_end().len());
        }
        let Reading::Deck(before) = read(old.as_bytes()) else { panic!("{old}") };
        let new: Vec<Note> = notes.iter().map(|note| rules::within(note.clone(), &before)).collect();
        let all: Vec<Question> =
            before.notes.iter().chain(&new).map(|note| Question::of(&note.body)).collect();
        let ids: Vec<_> = new.iter().filter_map(|note| note.id.as_ref()).collect();
        let is_twice = |at: usize| all[..at].contains(&all[at]);
        prop_assume!(!(0..all.len()).any(is_twice) && (ids.len() < 2 || ids[0] != ids[1]));

        let (text, line) = appended(&old, &notes);
        let Reading::Deck(now) = read(text.as_bytes()) else { panic!("{text}") };
        prop_assert_eq!(&now.notes[..before.notes.len()], &before.notes[..]);
        prop_assert_eq!(&now.notes[before.notes.len()..], &new[..]);
        prop_assert_eq!(DeckFile { notes: Vec::new(), ..now }, DeckFile { notes: Vec::new(), ..before.clone() });

        prop_assert!(has_one_piece_more(&text, &old), "{}", text);

        // Readers that know places agree, and can append again.
        let places = places(text.as_bytes());
        prop_assert_eq!(places.notes.len(), before.notes.len() + new.len());
        prop_assert_eq!(places.notes[before.notes.len()].start.line, line);
        let again = append(text.as_bytes(), &[note(r#"{"front":"the last","back":"b"}"#)]);
        prop_assert!(again.is_ok());
        let foreign = bytes::foreign_characters(bytes::text(text.as_bytes()).unwrap());
        prop_assert_eq!(foreign, []);
    }
    #[test]
    fn a_file_put_together_from_pieces_is_added_to_or_refused(
        pieces in prop::collection::vec(select(PIECES), 0..12),
        last in select(CARDS),
    ) {
        let pieces = pieces.concat();
        for old in [pieces.clone(), format!("deck: d\ncards:\n{pieces}"), format!("deck: d\n{last}{pieces}")] {
            if let Ok(Appended { bytes, .. }) = append(old.as_bytes(), &[new_card()]) {
                let new = String::from_utf8(bytes).unwrap();
                prop_assert!(has_one_piece_more(&new, &old), "{}\n{}", old, new);
            }
        }
    }
}
