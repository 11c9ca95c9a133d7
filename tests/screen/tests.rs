//! What the other tests rely on.

use super::{Screen, Terminal, picture};
use crate::home::Home;

/// A small screen that shows what a script prints.
fn showing(home: &Home, script: &str) -> Screen {
    Terminal::of(home).size((4, 20)).script(script)
}

#[test]
fn a_screen_is_told_with_its_looks() {
    let home = Home::new();
    let mut screen =
        showing(&home, r"printf '\033[1;36mbold  cyan\033[0m plain\n\033[41m \033[0m 日本'");
    assert_eq!(screen.end(), Some(0));
    assert_eq!(screen.text(), "bold  cyan plain\n  日本");
    assert_eq!(
        screen.looks(),
        "bold  cyan plain\n  日本\n\n1: 1-10 bold fg=cyan \"bold  cyan\"\n2: 1-1 bg=red \" \"\n"
    );
}

#[test]
fn what_is_typed_is_read() {
    let home = Home::new();
    let mut screen = Screen::of(&home, (24, 80), &["--version"]);
    screen.shows("kata 0").end();
    let mut screen = Terminal::of(&home).script("read -r line; echo \"<$line>\"");
    screen.types("what is typed").keys("Enter").shows("<what is typed>").ends_as_it_began(0);
}

#[test]
#[should_panic(expected = "the modes of the terminal")]
fn modes_that_are_left_are_told() {
    showing(&Home::new(), "stty -echo").ends_as_it_began(0);
}

#[test]
#[should_panic(expected = "what is left on")]
fn a_hidden_cursor_is_told() {
    showing(&Home::new(), r"printf '\033[?25l'").ends_as_it_began(0);
}

#[test]
#[should_panic(expected = "the program ended with Some(3)")]
fn a_wait_ends_with_the_program() {
    showing(&Home::new(), "exit 3").shows("what never comes");
}

#[test]
fn a_terminal_changes_its_size_and_vanishes() {
    let home = Home::new();
    let script =
        "trap 'stty size' WINCH; trap 'exit 7' HUP; echo ready; while :; do read -r _; done";
    let mut screen = showing(&home, script);
    screen.shows("ready").resize((9, 33)).shows("9 33");
    assert_eq!(screen.hang_up(), Some(7));
}

#[test]
fn a_picture_has_text_in_its_place_and_colour() {
    let home = Home::new();
    let mut screen = showing(&home, r"printf '<a>  \033[1;7;31mb\033[0m ▄▄'");
    screen.end();
    let svg = picture(&screen, "a & b", "two");
    for part in [
        "<title id=\"title\">a &amp; b</title>",
        "<text x=\"0\" y=\"15\" textLength=\"27\" lengthAdjust=\"spacingAndGlyphs\">&lt;a&gt;</text>",
        "<rect x=\"45\" y=\"0\" width=\"9\" height=\"21\" fill=\"#ff7b72\"/>",
        "fill=\"#161b22\" font-weight=\"bold\">b</text>",
        "<rect x=\"63\" y=\"10.5\" width=\"18\" height=\"10.5\"/>",
    ] {
        assert!(svg.contains(part), "{part}: {svg}");
    }
}
