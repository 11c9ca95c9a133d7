//! `kata` alone on a terminal: from today at a glance into the review by one key.

use crate::home::Home;
use rexpect::session::{PtySession, spawn_command};
use std::process::Command;

const PATIENCE: Option<u64> = Some(20_000);

const START: &str = "Enter starts the review; any other key leaves.";

/// The program on a terminal of its own, of the usual size.
fn on_a_terminal(home: &Home, options: &[&str]) -> PtySession {
    let kata = home.command(options);
    let mut shell = Command::new("sh");
    shell.args(["-c", "stty rows 24 cols 80; exec \"$0\" \"$@\""]);
    shell.arg(kata.get_program()).args(options);
    shell.current_dir(kata.get_current_dir().unwrap()).env_clear().env("PATH", "/usr/bin:/bin");
    shell.envs(kata.get_envs().filter_map(|(key, value)| Some((key, value?))));
    spawn_command(shell, PATIENCE).unwrap()
}

/// It ends well; what it said until then.
#[track_caller]
fn ends(terminal: &mut PtySession) -> String {
    let rest = terminal.exp_eof().unwrap();
    let ended = format!("{:?}", terminal.process().wait().unwrap());
    assert!(ended.ends_with(", 0)"), "{ended}: {rest}");
    rest
}

#[test]
fn enter_starts_the_review() {
    let home = Home::with_notes(2);
    let mut terminal = on_a_terminal(&home, &[]);
    terminal.exp_string("2 cards to ask").unwrap();
    terminal.exp_string(START).unwrap();
    terminal.send("\r").unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("question").unwrap();
    terminal.send("q").unwrap();
    terminal.flush().unwrap();
    ends(&mut terminal);
}

#[test]
fn a_clock_that_is_behind_is_told_once_by_the_page_and_not_again_by_the_review() {
    let mut home = Home::with_notes(1);
    home.review(&[]).grade_all(4);
    home.on("2026-11-22");
    home.write("decks/more.yaml", "deck: more\ncards:\n  - {front: another question, back: one}\n");
    home.kata(&["import", "decks"]).ok();
    let mut terminal = on_a_terminal(&home, &[]);
    let page = terminal.exp_string(START).unwrap();
    terminal.send("\r").unwrap();
    terminal.flush().unwrap();
    let began = terminal.exp_string("another").unwrap();
    terminal.send("q").unwrap();
    terminal.flush().unwrap();
    let told = |text: &str| text.matches("the newest answer is of 2026-11-23").count();
    assert_eq!([told(&page), told(&began), told(&ends(&mut terminal))], [1, 0, 0]);
}

#[test]
fn any_other_key_leaves_and_ends_the_line() {
    for key in ["q", "\u{1b}", "\u{3}", "\u{4}", " "] {
        let home = Home::with_notes(1);
        let mut terminal = on_a_terminal(&home, &[]);
        terminal.exp_string(START).unwrap();
        terminal.send(key).unwrap();
        terminal.flush().unwrap();
        let rest = ends(&mut terminal);
        assert!(rest.ends_with("\r\n") && !rest.contains("question"), "{key:?}: {rest:?}");
    }
}

#[test]
fn nobody_is_asked_where_there_is_nothing_to_ask_or_nobody_to_answer() {
    let home = Home::with_notes(1);
    assert!(!home.kata(&[]).ok().stdout.contains(START));
    assert!(!ends(&mut on_a_terminal(&home, &["-q"])).contains(START));
    let mut dumb = home.command(&[]);
    dumb.env("TERM", "dumb");
    assert!(!ends(&mut spawn_command(dumb, PATIENCE).unwrap()).contains(START));
    home.review(&[]).grade_all(4);
    let said = ends(&mut on_a_terminal(&home, &[]));
    assert!(said.contains("Done for today") && !said.contains(START), "{said}");
}
