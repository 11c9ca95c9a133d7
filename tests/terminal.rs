//! A plain session, over a pipe and on a terminal that can do no more.

use crate::home::{Home, shipped};
use crate::screen::Screen;
use rexpect::session::spawn_command;

const PATIENCE: Option<u64> = Some(20_000);

#[test]
fn over_a_pipe_a_session_is_lines_of_text() {
    let home = Home::with_notes(2);
    let run = home.kata_reading(&["review"], "\n4\n\nx\n9\n3\n\n5\n").ok();
    insta::assert_snapshot!(run.stdout);
    assert!(!run.stdout.contains('\u{1b}'));
}

#[test]
fn letters_undo_bury_suspend_flag_and_help() {
    let home = Home::with_notes(4);
    let run = home.kata_reading(&["review"], "?\nf\n2\n\n4\nu\nb\ns\nh\nq\n").ok();
    for said in ["undo the last answer", "Flag 2.", "Undone.", "Buried", "Suspended", "no hint"] {
        assert!(run.stdout.contains(said), "{said}: {}", run.stdout);
    }
    assert_eq!(home.kata(&["due", "--count"]).ok().stdout, "2\n");
}

#[test]
fn a_typed_answer_is_compared_and_the_person_decides() {
    let home = Home::new();
    home.write(
        "a.yaml",
        "deck: d\ncards:\n  - {front: MTTR, back: Mean time to recovery, typed: true}\n",
    );
    let run = home.kata_reading(&["review", "a.yaml"], "mean time to recvoery\n2\n:q\n").ok();
    assert!(run.stdout.contains("hard suggested"), "{}", run.stdout);
    assert_eq!(home.export()["reviews"][0]["grade"], 2);
}

#[test]
fn nothing_to_ask_is_said() {
    let home = Home::with_notes(1);
    home.review(&[]).grade_all(4);
    let run = home.kata_reading(&["review"], "").ok();
    assert_eq!(run.stdout, "\nNothing to ask now.\n");
}

#[test]
fn the_shipped_decks_are_asked_at_once() {
    let home = Home::new();
    home.kata(&["check", "--strict", shipped().to_str().unwrap()]).ok();
    let run = home.kata_reading(&["review", shipped().to_str().unwrap()], "\n4\nq\n").ok();
    assert!(run.stdout.contains("devops/deployment-strategies, new"), "{}", run.stdout);
    assert_eq!(home.export()["reviews"].as_array().unwrap().len(), 1);
}

#[test]
fn a_dumb_terminal_gets_lines() {
    let home = Home::with_notes(1);
    let mut command = home.command(&["review"]);
    command.env("TERM", "dumb");
    let mut terminal = spawn_command(command, PATIENCE).unwrap();
    terminal.exp_string("Enter shows the answer: ").unwrap();
    terminal.send_line("").unwrap();
    terminal.exp_string("Grade: ").unwrap();
    terminal.send_line("4").unwrap();
    let rest = terminal.exp_eof().unwrap();
    assert!(rest.contains("1 reviewed") && !rest.contains('\u{1b}'), "{rest}");
}

#[test]
fn lines_break_where_the_terminal_ends_and_show_once_what_is_typed() {
    let home = Home::new();
    let long = "a question that is longer than a narrow terminal is wide, so it takes two lines";
    home.write("a.yaml", format!("deck: d\ncards:\n  - {{front: '{long}', back: b}}\n"));
    let mut screen = Screen::of(&home, (24, 40), &["review", "--plain", "a.yaml"]);
    screen.shows("Enter shows the answer: ").keys("Enter").shows("Grade: ").keys("4 Enter");
    screen.ends_as_it_began(0);
    insta::assert_snapshot!(screen.looks());
}

#[test]
fn a_typed_answer_suggests_a_grade_of_the_persons_scale() {
    let home = Home::new();
    home.write("config/kata/config.yaml", "grades: two\n");
    home.write(
        "a.yaml",
        "deck: d\ncards:\n  - {front: MTTR, back: Mean time to recovery, typed: true}\n",
    );
    let run = home.kata_reading(&["review", "a.yaml"], "mean time to recvoery\n2\n").ok();
    assert!(run.stdout.contains("That fits: good suggested."), "{}", run.stdout);
    assert_eq!(home.export()["reviews"][0]["grade"], 4);
}

#[test]
fn a_card_is_edited_skipped_and_told_about_in_lines_too() {
    let home = Home::with_notes(2);
    let editor = "sed -i 's/question 1/another question/'";
    home.write("config/kata/config.yaml", format!("editor: \"{editor}\"\n"));
    let mut command = home.command(&["review"]);
    command.env("PATH", "/usr/bin:/bin");
    let run = crate::home::run(command, "e\ni\nn\nr\n").ok();
    for said in ["Imported: 1 edited", "another question", "EF = 2.50", "Skipped", "2 still to ask"]
    {
        assert!(run.stdout.contains(said), "{said}: {}", run.stdout);
    }
}
