//! What is done elsewhere: in an editor, in a viewer.

use super::{answers, grades, quits, review, with_deck};
use crate::home::Home;
use crate::screen::{Screen, Terminal};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// A program of the home's `bin`, as a script of the shell; `$file` is its last argument.
fn program(home: &Home, name: &str, script: &str) -> PathBuf {
    let path =
        home.write(&format!("bin/{name}"), format!("#!/bin/sh\nfor file; do :; done\n{script}\n"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// A session whose editor is this script, its first question shown.
fn review_with_editor(home: &Home, script: &str) -> Screen {
    let editor = program(home, "editor", script);
    let mut screen = Terminal::of(home).env("EDITOR", editor).run(&["review"]);
    screen.shows("question 1");
    screen
}

#[test]
fn an_edited_card_is_asked_as_it_reads_now() {
    let home = Home::with_notes(2);
    let script = "stty -a </dev/tty >modes; sed -i 's/question 1/the first question/' \"$file\"";
    let mut screen = review_with_editor(&home, script);
    screen.keys("e").shows("the first question").keys("Space").shows("answer 1").keys("4");
    screen.shows("question 2");
    quits(&mut screen);
    assert_eq!(grades(&home), [4]);
    let modes = fs::read_to_string(home.path("modes")).unwrap();
    assert!(!modes.contains("-icanon") && !modes.contains("-echo "), "the editor's: {modes}");
    assert_eq!(home.export()["cards"].as_array().unwrap().len(), 2, "the card is the same");
}

#[test]
fn the_editor_has_the_screen_and_gives_it_back() {
    let home = Home::with_notes(1);
    let mut screen = review_with_editor(&home, "echo 'the editor is here'; read -r line");
    let before = screen.text();
    screen.keys("e").shows("the editor is here");
    assert!(!screen.text().contains("question 1"), "{}", screen.text());
    screen.types("what is typed there\r").is_gone("the editor is here").shows("question 1");
    assert_eq!(screen.text().lines().next(), before.lines().next());
    quits(&mut screen);
    assert!(grades(&home).is_empty());
}

#[test]
fn a_file_that_an_edit_breaks_is_told_and_the_card_asked_as_it_was() {
    let home = Home::with_notes(2);
    let mut screen = review_with_editor(&home, "sed -i 's/back: answer 1/bakc: x/' \"$file\"");
    screen.keys("e").shows("bakc");
    screen.keys("Esc").is_gone("bakc");
    answers(&mut screen, 1, "4");
    screen.shows("question 2");
    quits(&mut screen);
    assert_eq!(grades(&home), [4]);
}

#[test]
fn a_card_that_an_edit_deletes_is_followed_by_the_next() {
    let home = Home::with_notes(2);
    let mut screen = review_with_editor(&home, "sed -i '/question 1/d' \"$file\"");
    screen.keys("e").shows("question 2");
    answers(&mut screen, 2, "4");
    screen.shows(super::SUMMARY).keys("q");
    screen.ends_as_it_began(0);
}

#[test]
fn an_editor_that_fails_ends_no_session() {
    let home = Home::with_notes(1);
    for editor in ["/no/such/editor", "false"] {
        let mut screen = Terminal::of(&home).env("EDITOR", editor).run(&["review"]);
        screen.shows("question 1");
        let before = screen.text();
        screen.keys("e").changes(&before).shows("question 1");
        quits(&mut screen);
    }
}

#[test]
fn o_opens_the_image_of_a_card_in_a_viewer() {
    let home = with_deck("deck: d\ncards:\n  - {front: 'question 1 ![a map](map.png)', back: b}\n");
    image::RgbImage::new(8, 8).save(home.path("decks/map.png")).unwrap();
    let pipe = home.path("opened");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    program(&home, "xdg-open", &format!("echo \"$file\" >'{}'", pipe.display()));
    let (tell, told) = channel();
    thread::spawn(move || tell.send(fs::read_to_string(pipe).unwrap()));
    let path = format!("{}:/usr/bin:/bin", home.path("bin").display());
    let mut screen = Terminal::of(&home).env("PATH", path).run(&["review"]);
    screen.shows("question 1").keys("o");
    let opened = told.recv_timeout(Duration::from_secs(20)).unwrap();
    assert!(opened.ends_with("decks/map.png\n"), "{opened}");
    quits(&mut screen);
}

#[test]
fn a_card_without_an_image_has_none_to_open() {
    let home = Home::with_notes(1);
    let mut screen = review(&home);
    let before = screen.text();
    screen.keys("o").changes(&before).shows("question 1");
    quits(&mut screen);
}

#[test]
fn an_edit_that_breaks_the_file_is_corrected_and_the_card_goes_on() {
    let home = Home::with_notes(2);
    let script = "if [ -e once ]; then sed -i 's/bakc: x/back: mended/' \"$file\"; else \
                  touch once; sed -i 's/back: answer 1/bakc: x/' \"$file\"; fi";
    let mut screen = review_with_editor(&home, script);
    screen.keys("e").shows("bakc").keys("e").shows("Imported").keys("Space").shows("mended");
    screen.keys("4").shows("question 2");
    quits(&mut screen);
    assert_eq!(grades(&home), [4]);
}

#[test]
fn an_edit_that_breaks_the_file_is_dropped() {
    let home = Home::with_notes(1);
    let before = fs::read_to_string(home.path("decks/plain.yaml")).unwrap();
    let mut screen = review_with_editor(&home, "sed -i 's/back/bakc/' \"$file\"");
    screen.keys("e").shows("bakc").keys("d").shows("Dropped").keys("Space").shows("answer 1");
    quits(&mut screen);
    assert_eq!(fs::read_to_string(home.path("decks/plain.yaml")).unwrap(), before);
}
