//! What a person reads for decks that break a rule, and for what is odd.

use super::told;

#[test]
fn an_unknown_key_is_told_with_the_one_that_was_meant() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: Which of the ways?\n\
         \x20 bakc: The First Way\n\
         - question: x\n\
         \x20 back: y\n";
    insta::assert_snapshot!(told(text), @r##"
    error: unknown key "bakc": did you mean "back"?
     --> deck.yaml:4:3
      |
    4 |   bakc: The First Way
      |   ^^^^

    error: unknown key "question": did you mean "front"?
     --> deck.yaml:5:3
      |
    5 | - question: x
      |   ^^^^^^^^
    "##);
}

#[test]
fn an_unknown_key_far_from_any_is_told_with_all_there_are() {
    let text = "\
         deck: d\n\
         author: me\n\
         options: {new: 3}\n\
         cards:\n\
         - front: a\n\
         \x20 back: b\n\
         \x20 <<: x\n";
    insta::assert_snapshot!(told(text), @r##"
    error: unknown key "author"
     --> deck.yaml:2:1
      |
    2 | author: me
      | ^^^^^^
      |
      = help: the keys of a deck file are deck, title, source, tags, options, cards

    error: unknown key "new"
     --> deck.yaml:3:11
      |
    3 | options: {new: 3}
      |           ^^^
      |
      = help: the keys of `options` are new_per_day, reviews_per_day, bury_siblings, leech_threshold

    error: unknown key "<<"
     --> deck.yaml:7:3
      |
    7 |   <<: x
      |   ^^
      |
      = help: the keys of a note are id, front, back, cloze, list, set, reverse, typed, hint, extra, tags, source
    "##);
}

#[test]
fn missing_keys_are_named() {
    let text = "\
         cards:\n\
         - front: x\n\
         - back: y\n\
         - hint: x\n\
         -\n";
    insta::assert_snapshot!(told(text), @r##"
    error: the key `deck` is missing
     --> deck.yaml:1:1
      |
    1 | cards:
      | ^
      |
      = help: a deck file starts with `deck: NAME`

    error: `front` needs `back`, `list` or `set` beside it
     --> deck.yaml:2:3
      |
    2 | - front: x
      |   ^^^^^

    error: `back` needs `front` beside it
     --> deck.yaml:3:3
      |
    3 | - back: y
      |   ^^^^

    error: a note needs `front` and `back`, or `cloze`
     --> deck.yaml:4:3
      |
    4 | - hint: x
      |   ^

    error: this note is empty
     --> deck.yaml:5:2
      |
    5 | -
      |  ^
      |
      = help: a note is `front:` and `back:`
    "##);
}

#[test]
fn keys_of_two_kinds_are_told_at_the_second() {
    let text = "\
         deck: d\n\
         cards:\n\
         - cloze: '{{x}}'\n\
         \x20 front: x\n\
         - front: x\n\
         \x20 back: y\n\
         \x20 list: [a, b]\n";
    insta::assert_snapshot!(told(text), @r##"
    error: `front` cannot stand beside `cloze`
     --> deck.yaml:4:3
      |
    4 |   front: x
      |   ^^^^^

    error: `list` cannot stand beside `back`
     --> deck.yaml:7:3
      |
    7 |   list: [a, b]
      |   ^^^^
    "##);
}

#[test]
fn a_deck_without_cards_lacks_a_key() {
    let text = "\
         deck: d\n";
    insta::assert_snapshot!(told(text), @r##"
    error: the key `cards` is missing
     --> deck.yaml:1:1
      |
    1 | deck: d
      | ^
      |
      = help: `cards:` is the list of the deck's notes
    "##);
}

#[test]
fn braces_without_quotes_are_a_mapping_to_yaml() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: [a, b]\n\
         \x20 back: {{x}}\n\
         - front: a\n\
         \x20 list: b\n\
         - text\n";
    insta::assert_snapshot!(told(text), @r##"
    error: `front` must be text, but this is a list
     --> deck.yaml:3:10
      |
    3 | - front: [a, b]
      |          ^
      |
      = help: put text that starts with `[` in quotes

    error: `back` must be text, but this is a mapping
     --> deck.yaml:4:9
      |
    4 |   back: {{x}}
      |         ^
      |
      = help: put text that starts with `{` in quotes

    error: `list` must be a list
     --> deck.yaml:6:9
      |
    6 |   list: b
      |         ^
      |
      = help: write `list: [b]`

    error: this is no note
     --> deck.yaml:7:3
      |
    7 | - text
      |   ^
      |
      = help: a note is `front:` and `back:`
    "##);
}

#[test]
fn a_bad_deck_name_says_why() {
    let text = "\
         deck: a//b\n\
         cards:\n\
         - {front: a, back: b}\n";
    insta::assert_snapshot!(told(text), @r##"
    error: "a//b" is no deck name: a part between slashes is empty, or starts or ends with a space
     --> deck.yaml:1:7
      |
    1 | deck: a//b
      |       ^^^^
    "##);
}

#[test]
fn every_rule_for_deck_names_has_its_place_and_reason() {
    for (name, why) in [
        ("..", "a part between slashes is `.` or `..`, as in a path"),
        ("-x", "it starts with `-`, as an option does"),
        (&"x".repeat(201), "it has over 200 characters"),
        ("\"a\\u0007\"", "it has a control character"),
    ] {
        let shown = told(format!("title: t\ndeck: {name}\ncards:\n- {{front: a, back: b}}\n"));
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[0].starts_with("error: ") && lines[0].ends_with(why), "{shown}");
        assert_eq!(lines[1], " --> deck.yaml:2:7", "{shown}");
    }
}

#[test]
fn an_empty_side_is_told_where_it_is() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front:\n\
         \x20 back: '  '\n\
         - id: ''\n\
         \x20 front: a\n\
         \x20 back: b\n\
         \x20 tags: [x, ' ']\n";
    insta::assert_snapshot!(told(text), @r##"
    error: front is empty
     --> deck.yaml:3:8
      |
    3 | - front:
      |        ^

    error: back is empty
     --> deck.yaml:4:9
      |
    4 |   back: '  '
      |         ^^^^

    error: an id is empty
     --> deck.yaml:5:7
      |
    5 | - id: ''
      |       ^^

    error: a tag is empty
     --> deck.yaml:8:13
      |
    8 |   tags: [x, ' ']
      |             ^^^
    "##);
}

#[test]
fn cloze_faults_are_told_inside_of_the_text() {
    let text = "\
         deck: d\n\
         cards:\n\
         - cloze: none\n\
         - cloze: \"ä {{b\"\n\
         - cloze: a {{ }}\n\
         - cloze: |\n\
         \x20   x\n\
         \x20   y {{\n";
    insta::assert_snapshot!(told(text), @r##"
    error: no deletion: put {{double braces}} around what is to be asked
     --> deck.yaml:3:10
      |
    3 | - cloze: none
      |          ^^^^

    error: this deletion is never closed: write }} where it ends
     --> deck.yaml:4:13
      |
    4 | - cloze: "ä {{b"
      |             ^^

    error: this deletion is empty
     --> deck.yaml:5:12
      |
    5 | - cloze: a {{ }}
      |            ^^

    error: this deletion is never closed: write }} where it ends
     --> deck.yaml:8:7
      |
    8 |     y {{
      |       ^^
    "##);
}

#[test]
fn a_deletion_inside_of_another_is_warned_of() {
    let text = "\
         deck: d\n\
         cards:\n\
         - cloze: 'x {{c1::a {{c2::b}} c}}'\n\
         - cloze: '{{a}} {{b}}'\n";
    insta::assert_snapshot!(told(text), @r##"
    warning: a deletion opens inside of another
     --> deck.yaml:3:10
      |
    3 | - cloze: 'x {{c1::a {{c2::b}} c}}'
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: a deletion ends at the first }}: write two clozes
    "##);
}

#[test]
fn items_are_two_or_more_and_none_is_empty() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: x\n\
         \x20 list: [a]\n\
         - front: y\n\
         \x20 set:\n\
         - front: z\n\
         \x20 set: [a, '', b]\n";
    insta::assert_snapshot!(told(text), @r##"
    error: a list has two items or more
     --> deck.yaml:4:3
      |
    4 |   list: [a]
      |   ^^^^

    error: a set has two items or more
     --> deck.yaml:6:3
      |
    6 |   set:
      |   ^^^

    error: an item is empty
     --> deck.yaml:8:12
      |
    8 |   set: [a, '', b]
      |            ^^
    "##);
}

#[test]
fn the_same_id_or_question_twice_is_told_with_both_places() {
    let text = "\
         deck: d\n\
         cards:\n\
         - id: k\n\
         \x20 front: What is Kaizen?\n\
         \x20 back: y\n\
         - id: k\n\
         \x20 front: |\n\
         \x20   What is\n\
         \x20   Kaizen?\n\
         \x20 back: z\n";
    insta::assert_snapshot!(told(text), @r##"
    error: the id "k" twice in this deck
     --> deck.yaml:6:7
      |
    3 | - id: k
      |       - first given here
    ...
    6 | - id: k
      |       ^

    error: the same question twice in this deck
     --> deck.yaml:8:5
      |
    4 |   front: What is Kaizen?
      |          --------------- first asked here
    ...
    8 |     What is
      |     ^^^^^^^
      |
      = help: reword one of them, or delete it
    "##);
}

#[test]
fn places_far_apart_are_shown_apart() {
    let text = format!(
        "deck: d\ncards:\n- front: x\n  back: y\n{}- front: x\n  back: z\n",
        "# a line\n".repeat(20)
    );
    insta::assert_snapshot!(told(text), @r##"
    error: the same question twice in this deck
      --> deck.yaml:25:10
       |
    25 | - front: x
       |          ^
       |
      ::: deck.yaml:3:10
       |
     3 | - front: x
       |          - first asked here
       |
       = help: reword one of them, or delete it
    "##);
}

#[test]
fn the_same_key_twice_is_told_with_both_places() {
    let text = "\
         deck: d\n\
         deck: e\n\
         cards:\n\
         - front: a\n\
         \x20 back: b\n\
         \x20 front: c\n\
         \x20 [a]: b\n";
    insta::assert_snapshot!(told(text), @r##"
    error: the key `deck` twice
     --> deck.yaml:2:1
      |
    1 | deck: d
      | ---- first here
    2 | deck: e
      | ^^^^

    error: the key `front` twice
     --> deck.yaml:6:3
      |
    4 | - front: a
      |   ----- first here
    5 |   back: b
    6 |   front: c
      |   ^^^^^

    error: a key must be text
     --> deck.yaml:7:3
      |
    7 |   [a]: b
      |   ^
    "##);
}

#[test]
fn only_a_basic_note_can_be_reversed() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: x\n\
         \x20 list: [a, b]\n\
         \x20 reverse: true\n\
         - front: z\n\
         \x20 back: y\n\
         \x20 reverse: yes\n";
    insta::assert_snapshot!(told(text), @r##"
    error: only front and back can be reversed
     --> deck.yaml:5:3
      |
    5 |   reverse: true
      |   ^^^^^^^

    error: `reverse` must be true or false
     --> deck.yaml:8:12
      |
    8 |   reverse: yes
      |            ^^^
    "##);
}

#[test]
fn options_have_numbers_and_truth_values() {
    let text = "\
         deck: d\n\
         options:\n\
         \x20 new_per_day: -1\n\
         \x20 reviews_per_day: \"10\"\n\
         \x20 bury_siblings: no\n\
         \x20 leech_threshold: 1000001\n\
         cards:\n\
         - {front: a, back: b}\n";
    insta::assert_snapshot!(told(text), @r##"
    error: `new_per_day` must be a whole number from 0 to 1000000
     --> deck.yaml:3:16
      |
    3 |   new_per_day: -1
      |                ^^

    error: `reviews_per_day` must be a whole number from 0 to 1000000
     --> deck.yaml:4:20
      |
    4 |   reviews_per_day: "10"
      |                    ^^^^

    error: `bury_siblings` must be true or false
     --> deck.yaml:5:18
      |
    5 |   bury_siblings: no
      |                  ^^

    error: `leech_threshold` must be a whole number from 0 to 1000000
     --> deck.yaml:6:20
      |
    6 |   leech_threshold: 1000001
      |                    ^^^^^^^
    "##);
}

#[test]
fn an_empty_file_is_told_as_such() {
    let text = "\
         # only a comment\n";
    insta::assert_snapshot!(told(text), @r##"
    error: the file is empty: a deck file starts with `deck: NAME`
    --> deck.yaml
    "##);
}

#[test]
fn another_yaml_file_is_no_deck_file() {
    let text = "\
         version: 3\n\
         services: {}\n";
    insta::assert_snapshot!(told(text), @r##"
    error: this is no deck file
     --> deck.yaml:1:1
      |
    1 | version: 3
      | ^
      |
      = help: a deck file has the keys `deck` and `cards`
    "##);
}

#[test]
fn what_is_odd_is_warned_of() {
    let text = format!(
        "deck: d\ncards:\n- front: a {{{{b}}}}\n  back: a  {{{{b}}}}\n- front: b\n  set: [a, b, c, d, e, f, g, h, i, j, k, l, m, a]\n- front: l\n  back: {}\n",
        "long ".repeat(101)
    );
    insta::assert_snapshot!(told(text), @r##"
    warning: double braces mean nothing here
     --> deck.yaml:3:10
      |
    3 | - front: a {{b}}
      |          ^^^^^^^
      |
      = help: did you mean `cloze:`?

    warning: the back is the same as the front
     --> deck.yaml:4:9
      |
    4 |   back: a  {{b}}
      |         ^^^^^^^^

    warning: this set has 14 items
     --> deck.yaml:6:3
      |
    6 |   set: [a, b, c, d, e, f, g, h, i, j, k, l, m, a]
      |   ^^^
      |
      = help: several short ones are easier to learn

    warning: the same item twice in a set
     --> deck.yaml:6:48
      |
    6 |   set: [a, b, c, d, e, f, g, h, i, j, k, l, m, a]
      |         - first here                           ^

    warning: this answer has 504 characters
     --> deck.yaml:8:9
      |
    8 | ...k: long long long long long long long lon...ong long long long long long long long 
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^...^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: several short cards are easier to learn, and to grade
    "##);
}

#[test]
fn a_deck_of_no_cards_is_warned_of() {
    let text = "\
         deck: d\n\
         cards: []\n";
    insta::assert_snapshot!(told(text), @r##"
    warning: this deck has no cards
     --> deck.yaml:2:1
      |
    2 | cards: []
      | ^^^^^
    "##);
}
