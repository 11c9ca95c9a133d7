//! A disk that is full, or not to be written: told, with a status, and all is as it was.

use crate::home::{Home, Run, run};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// Runs a line of the shell in the home, `$KATA` being the program.
fn shell(home: &Home, line: &str) -> Run {
    let own = home.command(&[]);
    let mut command = Command::new("sh");
    command.args(["-c", line]).current_dir(home.path("")).env_clear();
    command.envs(own.get_envs().filter_map(|(key, value)| Some((key, value?))));
    command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("KATA", env!("CARGO_BIN_EXE_kata"));
    run(command, "")
}

#[test]
fn a_full_disk_is_told_and_what_was_there_stays() {
    let home = Home::new();
    home.write("one.yaml", "deck: one\ncards:\n  - {front: q, back: a}\n");
    let notes: String = (0..3000)
        .map(|n| format!("  - {{front: question number {n} of many, back: answer number {n}}}\n"))
        .collect();
    home.write("many.yaml", format!("deck: many\ncards:\n{notes}"));
    fs::create_dir(home.path("small")).unwrap();
    // In a name space of its own: the disk is gone with the shell.
    let mount = "mount -t tmpfs -o size=300k none small";
    if shell(&home, &format!("unshare -m sh -c '{mount}'")).code != Some(0) {
        eprintln!("left out: only root may mount a small disk");
        return;
    }
    let line = format!(
        "unshare -m sh -c '{mount} && export KATA_DB=small/kata.db && $KATA import one.yaml &&
         {{ $KATA import many.yaml; echo status $?; $KATA due --count; $KATA doctor; }}'"
    );
    let run = shell(&home, &line).ok();
    assert!(run.stdout.starts_with("1 new\nstatus 1\n1\n"), "{}", run.stdout);
    assert!(run.stderr.contains("is full: nothing was written; free some space"), "{}", run.stderr);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
}

#[test]
fn a_file_that_may_not_grow_is_told_and_what_was_there_stays() {
    let home = Home::with_notes(1);
    let notes: String =
        (0..3000).map(|n| format!("  - {{front: question {n}, back: answer {n}}}\n")).collect();
    home.write("many.yaml", format!("deck: many\ncards:\n{notes}"));
    let before = home.export();
    let run = shell(&home, "ulimit -f 500; exec $KATA import many.yaml").exits(1);
    let told = format!(
        "kata: {} may not grow beyond 256000 bytes here (`ulimit -f`): nothing was written\n",
        home.database().display()
    );
    assert_eq!(run.stderr, told);
    assert_eq!(home.export(), before);
    home.kata(&["doctor"]).ok();
}

#[test]
fn a_result_that_cannot_be_written_is_a_failure() {
    let home = Home::with_notes(1);
    for command in ["due", "cards", "stats", "export --format json", "due --json"] {
        let run = shell(&home, &format!("$KATA {command} > /dev/full")).exits(1);
        assert!(run.stderr.contains("No space left on device"), "{command}: {}", run.stderr);
    }
}

#[test]
fn a_database_in_a_folder_that_may_not_be_written_is_read_or_told() {
    let home = Home::with_notes(1);
    let path = home.database();
    let folder = path.parent().unwrap();
    home.give_to_everybody();
    for (path, mode) in
        [(home.path("data"), 0o755), (folder.to_owned(), 0o555), (path.clone(), 0o444)]
    {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    let before = fs::read(&path).unwrap();
    let run = home.kata_as_nobody(&["suspend", "question"]).exits(1);
    let told = "cannot write to ";
    assert!(run.stderr.contains(told) && run.stderr.contains("--db"), "{}", run.stderr);
    fs::set_permissions(folder, fs::Permissions::from_mode(0o000)).unwrap();
    let run = home.kata_as_nobody(&["due"]).exits(1);
    assert!(run.stderr.contains("cannot open the database"), "{}", run.stderr);
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
    assert!(fs::read(&path).unwrap() == before);
}

#[test]
fn a_file_or_folder_in_the_place_of_another_is_told_and_left() {
    let home = Home::with_notes(1);
    let folder = home.path("a folder");
    fs::create_dir(&folder).unwrap();
    let run = home.kata(&["--db", "a folder", "import", "decks"]).exits(1);
    assert!(run.stderr.contains("a folder is a folder: name a file with --db"), "{}", run.stderr);
    let backups = home.path("data/kata/kata.db.backups");
    let _ = fs::remove_dir_all(&backups);
    fs::write(&backups, "a file").unwrap();
    let run = home.kata(&["backup"]).exits(1);
    assert!(run.stderr.contains("cannot make or read backups in "), "{}", run.stderr);
    // Work goes on without the day's backup, and says so.
    let run = home.kata(&["suspend", "question"]).ok();
    assert!(run.stderr.contains("today's backup could not be made"), "{}", run.stderr);
    assert_eq!(fs::read(&backups).unwrap(), b"a file");
}
