//! A plain session, over a pipe and on a terminal.

use crate::home::{Home, shipped};
use rexpect::session::{PtySession, spawn_command};

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

/// The program on a terminal of its own, in a shell that compares the terminal's modes after it.
fn on_a_terminal(home: &Home) -> PtySession {
    let kata = home.command(&["review"]);
    let mut shell = std::process::Command::new("sh");
    shell.arg("-c").arg(format!(
        "echo \"shell $$.\"; modes=$(stty -g); {} review; echo \"status $?\"; \
         [ \"$(stty -g)\" = \"$modes\" ] && echo as before",
        kata.get_program().to_str().unwrap()
    ));
    shell.current_dir(kata.get_current_dir().unwrap()).env_clear().env("PATH", "/usr/bin:/bin");
    shell.envs(kata.get_envs().filter_map(|(key, value)| Some((key, value?))));
    spawn_command(shell, PATIENCE).unwrap()
}

/// It ended with this status, and the terminal's modes are those that it had before.
#[track_caller]
fn is_as_before(terminal: &mut PtySession, status: i32) {
    let rest = terminal.exp_eof().unwrap();
    assert!(rest.contains(&format!("status {status}")), "{rest}");
    assert!(rest.contains("as before"), "{rest}");
}

#[test]
fn on_a_terminal_single_keys_reveal_and_grade() {
    let home = Home::with_notes(2);
    let mut terminal = on_a_terminal(&home);
    terminal.exp_string("Enter shows the answer: ").unwrap();
    terminal.send("\r").unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("Grade: ").unwrap();
    terminal.send("5").unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("Enter shows the answer: ").unwrap();
    terminal.send("q").unwrap();
    terminal.flush().unwrap();
    is_as_before(&mut terminal, 0);
    assert_eq!(home.export()["reviews"][0]["grade"], 5);
}

#[test]
fn ctrl_c_leaves_the_terminal_as_it_was_and_what_was_graded_stored() {
    let home = Home::with_notes(2);
    let mut terminal = on_a_terminal(&home);
    terminal.exp_string("Enter shows the answer: ").unwrap();
    terminal.send(" ").unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("Grade: ").unwrap();
    terminal.send("4").unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("Enter shows the answer: ").unwrap();
    terminal.send_control('c').unwrap();
    is_as_before(&mut terminal, 130);
    assert_eq!(home.export()["reviews"].as_array().unwrap().len(), 1);
}

#[test]
fn a_termination_leaves_the_terminal_as_it_was() {
    for signal in ["-TERM", "-HUP", "-INT"] {
        let home = Home::with_notes(1);
        let mut terminal = on_a_terminal(&home);
        terminal.exp_string("shell ").unwrap();
        let shell = terminal.exp_string(".").unwrap();
        terminal.exp_string("Enter shows the answer: ").unwrap();
        let status = std::process::Command::new("pkill").args([signal, "-P", &shell]).status();
        assert!(status.unwrap().success());
        is_as_before(&mut terminal, 130);
    }
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
