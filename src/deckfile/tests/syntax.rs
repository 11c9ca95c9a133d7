//! What a person reads for faults of YAML.

use super::told;

#[test]
fn text_after_closing_braces_is_told_with_the_remedy() {
    let text = "\
         deck: d\n\
         cards:\n\
         - cloze: {{a}} b\n";
    insta::assert_snapshot!(told(text), @r##"
    error: `cloze` must be text, but this is a mapping
     --> deck.yaml:3:10
      |
    3 | - cloze: {{a}} b
      |          ^
      |
      = help: put text that starts with `{` in quotes

    error: text goes on after its closing bracket
     --> deck.yaml:3:16
      |
    3 | - cloze: {{a}} b
      |                ^
      |
      = help: put text that starts with `[` or `{` in quotes
    "##);
}

#[test]
fn an_unclosed_quote_is_told_where_it_opens() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: \"Which?\n\
         \x20 back: b\n\
         - front: \"q\"\n\
         \x20 back: b\n";
    insta::assert_snapshot!(told(text), @r##"
    error: this quote is not closed before line 5
     --> deck.yaml:3:10
      |
    3 | - front: "Which?
      |          ^
      |
      = help: write " where the text ends
    "##);
}

#[test]
fn a_quote_inside_of_quotes_is_told_with_the_remedy() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: 'it's'\n\
         \x20 back: b\n";
    insta::assert_snapshot!(told(text), @r##"
    error: text goes on after its closing quote
     --> deck.yaml:3:14
      |
    3 | - front: 'it's'
      |              ^
      |
      = help: inside of single quotes, a single quote is written ''
    "##);
}

#[test]
fn an_unclosed_bracket_is_told_where_it_opens() {
    let text = "\
         deck: d\n\
         tags: [a, b\n\
         cards:\n\
         - front: a\n\
         \x20 back: b\n";
    insta::assert_snapshot!(told(text), @r##"
    error: this `[` is not closed
     --> deck.yaml:2:7
      |
    2 | tags: [a, b
      |       ^
      |
      = help: write `]` where it ends, or put the text in quotes
    "##);
}

#[test]
fn an_unclosed_inner_bracket_is_told_where_it_opens() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: a\n\
         \x20 list:\n\
         \x20   [a, [b,\n\
         \x20   c]\n\
         \x20 tags: x\n";
    insta::assert_snapshot!(told(text), @r##"
    error: this `[` is not closed
     --> deck.yaml:5:5
      |
    5 |     [a, [b,
      |     ^
      |
      = help: write `]` where it ends, or put the text in quotes
    "##);
}

#[test]
fn a_colon_in_text_is_told_with_the_remedy() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: Note: this\n\
         \x20 back: c\n";
    insta::assert_snapshot!(told(text), @r##"
    error: a `:` cannot stand here
     --> deck.yaml:3:14
      |
    3 | - front: Note: this
      |              ^
      |
      = help: put text that has a `:` before a space in quotes
    "##);
}

#[test]
fn a_colon_in_an_item_is_told_with_the_remedy() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: Signals\n\
         \x20 set:\n\
         \x20 - Latency: the time taken\n\
         \x20 - Traffic\n";
    insta::assert_snapshot!(told(text), @r##"
    error: an item must be text, but this is a mapping
     --> deck.yaml:5:5
      |
    5 |   - Latency: the time taken
      |     ^
      |
      = help: put text that has a `:` before a space in quotes
    "##);
}

#[test]
fn a_key_that_goes_on_with_the_text_above_is_told_as_one() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: a\n\
         \x20  back: c\n";
    insta::assert_snapshot!(told(text), @r##"
    error: a `:` cannot stand here
     --> deck.yaml:4:8
      |
    4 |    back: c
      |        ^
      |
      = help: `back` goes on with the text above: keys stand below each other, each with a colon and a space
    "##);
}

#[test]
fn a_key_without_a_colon_is_told_where_it_is() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: a\n\
         \x20 back\n\
         - front: x\n\
         \x20 back: y\n";
    insta::assert_snapshot!(told(text), @r##"
    error: here a key and a `:` are expected
     --> deck.yaml:4:3
      |
    4 |   back
      |   ^
      |
      = help: a key is followed by a colon and a space; text goes on with more indentation
    "##);
}

#[test]
fn text_that_starts_with_a_sign_of_yaml_must_be_quoted() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: **a** b\n\
         \x20 back: c\n";
    insta::assert_snapshot!(told(text), @r##"
    error: text cannot start with `*`
     --> deck.yaml:3:10
      |
    3 | - front: **a** b
      |          ^
      |
      = help: put the text in quotes
    "##);
}

#[test]
fn every_sign_that_text_cannot_start_with_is_told_as_such() {
    for sign in ["@", "`", "%", "*", "?", ",", "]", "}"] {
        let shown = told(format!("deck: d\ncards:\n- front: {sign} b\n  back: c\n"));
        let message = format!("error: text cannot start with `{sign}`\n --> deck.yaml:3:10");
        assert!(shown.starts_with(&message) && shown.ends_with("in quotes"), "{shown}");
    }
}

#[test]
fn text_that_a_comment_cuts_off_is_warned_of() {
    let text = "\
         deck: d # 1\n\
         cards:\n\
         - front: é issue #12 was?\n\
         \x20 back: 1 # a comment\n\
         - front: '#1' #####\n\
         \x20 hint: #nothing\n\
         \x20 set:\n\
         \x20 - a\n\
         \x20   b #2\n\
         \x20 - C# #-\n";
    insta::assert_snapshot!(told(text), @r##"
    warning: `#12 was?` is no text but a comment
     --> deck.yaml:3:18
      |
    3 | - front: é issue #12 was?
      |                  ^^^^^^^^
      |
      = help: put text that has a `#` after a space in quotes

    warning: `#nothing` is no text but a comment
     --> deck.yaml:6:9
      |
    6 |   hint: #nothing
      |         ^^^^^^^^
      |
      = help: put text that has a `#` after a space in quotes

    warning: `#2` is no text but a comment
     --> deck.yaml:9:7
      |
    9 |     b #2
      |       ^^
      |
      = help: put text that has a `#` after a space in quotes
    "##);
}

#[test]
fn a_comment_inside_of_a_text_is_told_with_the_remedy() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: issue #12\n\
         \x20   of ours\n\
         \x20 back: b\n";
    insta::assert_snapshot!(told(text), @r##"
    error: a comment cannot stand inside of a text
     --> deck.yaml:3:16
      |
    3 | - front: issue #12
      |                ^
      |
      = help: put text that has a `#` after a space in quotes

    warning: `#12` is no text but a comment
     --> deck.yaml:3:16
      |
    3 | - front: issue #12
      |                ^^^
      |
      = help: put text that has a `#` after a space in quotes
    "##);
}

#[test]
fn text_read_as_a_tag_or_name_must_be_quoted() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: &amp x\n\
         \x20 back: !important y\n";
    insta::assert_snapshot!(told(text), @r##"
    error: `!important` is a tag of YAML, and a deck file has none
     --> deck.yaml:4:9
      |
    4 |   back: !important y
      |         ^^^^^^^^^^^^
      |
      = help: put text that starts with `!` in quotes

    warning: `&amp` is no text but a name that nothing uses
     --> deck.yaml:3:10
      |
    3 | - front: &amp x
      |          ^^^^
      |
      = help: put text that starts with `&` in quotes
    "##);
}

#[test]
fn a_quotation_of_markdown_is_no_text_block() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: > a\n\
         \x20 back: c\n";
    insta::assert_snapshot!(told(text), @r##"
    error: this is no start of a text block
     --> deck.yaml:3:10
      |
    3 | - front: > a
      |          ^
      |
      = help: put text that starts with `|` or `>` in quotes
    "##);
}

#[test]
fn wrong_indentation_is_told_once() {
    let text = "\
         deck: d\n\
         cards:\n\
         \x20 - front: a\n\
         \x20  back: c\n";
    insta::assert_snapshot!(told(text), @r##"
    error: this is not indented as its neighbours are
     --> deck.yaml:4:4
      |
    4 |    back: c
      |    ^
      |
      = help: the keys of a note stand below each other, and every note starts with `- `
    "##);
}

#[test]
fn a_tab_is_no_indentation() {
    let text = "\
         deck: d\n\
         cards:\n\
         \x20 - front: a\n\
         \tback: c\n";
    insta::assert_snapshot!(told(text), @r##"
    error: a tab indents this line
     --> deck.yaml:4:1
      |
    4 |  back: c
      | ^
      |
      = help: YAML is indented with spaces
    "##);
}

#[test]
fn a_second_document_is_told_where_it_starts() {
    let text = "\
         deck: d\n\
         cards:\n\
         - {front: a, back: b}\n\
         ---\n\
         deck: e\n";
    insta::assert_snapshot!(told(text), @r##"
    error: a second document starts here
     --> deck.yaml:4:1
      |
    4 | ---
      | ^^^
      |
      = help: a file is one deck: put this one into its own file
    "##);
}

#[test]
fn faults_before_a_syntax_fault_are_told_too() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: a\n\
         \x20 bakc: b\n\
         - front: 'x\n";
    insta::assert_snapshot!(told(text), @r##"
    error: unknown key "bakc": did you mean "back"?
     --> deck.yaml:4:3
      |
    4 |   bakc: b
      |   ^^^^

    error: this quote is not closed
     --> deck.yaml:5:10
      |
    5 | - front: 'x
      |          ^
      |
      = help: write ' where the text ends
    "##);
}

#[test]
fn control_characters_are_told_and_never_shown() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: a\0b\u{1b}[1m\n\
         \x20 back: \"\\0\"\n\
         \x20 hint: \"\\e[1m\u{202e}x\"\n";
    insta::assert_snapshot!(told(text), @r##"
    error: the character NUL, U+0000 may not stand here
     --> deck.yaml:3:11
      |
    3 | - front: a␀b␛[1m
      |           ^
      |
      = help: is this a text file?

    error: the character U+001B may not stand here
     --> deck.yaml:3:13
      |
    3 | - front: a␀b␛[1m
      |             ^
      |
      = help: delete it, or write it as "\u001b" in double quotes

    error: `back` has the character U+0000
     --> deck.yaml:4:9
      |
    4 |   back: "\0"
      |         ^^^^

    warning: `hint` has the unseen character U+001B
     --> deck.yaml:5:9
      |
    5 |   hint: "\e[1m�x"
      |         ^^^^^^^^^
    "##);
}

#[test]
fn an_unknown_escape_is_told_with_the_remedy() {
    let text = "\
         deck: d\n\
         cards:\n\
         - front: \"\\d+\"\n\
         \x20 back: b\n";
    insta::assert_snapshot!(told(text), @r##"
    error: this text has a backslash with an unknown meaning
     --> deck.yaml:3:10
      |
    3 | - front: "\d+"
      |          ^
      |
      = help: in double quotes a backslash is written \\, in single quotes \
    "##);
}

#[test]
fn deep_nesting_is_refused() {
    let text = format!("deck: d\ncards:\n- front: {}\n", "{a: ".repeat(1000));
    insta::assert_snapshot!(told(text), @r##"
    error: `front` must be text, but this is a mapping
     --> deck.yaml:3:10
      |
    3 | - front: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: ...
      |          ^
      |
      = help: put text that starts with `{` in quotes

    error: this is nested deeper than 64 levels
     --> deck.yaml:3:254
      |
    3 | ...: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: ...
      |                                                          ^
    "##);
}

#[test]
fn an_alias_inside_of_what_it_names_is_refused() {
    let text = "\
         deck: x\n\
         cards: &a [*a]\n";
    insta::assert_snapshot!(told(text), @r##"
    error: this alias stands inside of what it names
     --> deck.yaml:2:12
      |
    2 | cards: &a [*a]
      |            ^^
    "##);
}

#[test]
fn aliases_that_expand_to_too_much_are_refused() {
    let text = {
        let tags = ["*s"; 200].join(", ");
        let notes: String =
            (0..60).map(|i| format!("- {{front: {i}, back: x, tags: *t}}\n")).collect();
        format!("deck: x\nsource: &s {}\ntags: &t [{tags}]\ncards:\n{notes}", "long".repeat(500))
    };
    insta::assert_snapshot!(told(text), @r##"
    error: aliases expand to over 10 times this file
     --> deck.yaml:6:29
      |
    6 | - {front: 1, back: x, tags: *t}
      |                             ^^
    "##);
}

#[test]
fn what_only_some_readers_take_is_warned_of() {
    let text = "\
         deck: d\n\
         cards:\n\
         \x20 - front: \"a\n\
         \x20 b\"\n\
         \x20   back: c\n";
    insta::assert_snapshot!(told(text), @r##"
    warning: not every reader of YAML takes this: this quote is not closed before line 4
     --> deck.yaml:3:12
      |
    3 |   - front: "a
      |            ^
    "##);
}
