//! What `docs/security.md` promises and no other test holds.

use crate::home::Home;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

#[test]
fn what_sqlite_keeps_beside_the_database_is_private_under_any_umask() {
    let home = Home::new();
    home.write("one.yaml", "deck: one\ncards:\n  - {front: q, back: a}\n");
    let own = home.command(&["import", "one.yaml"]);
    let mut shell = Command::new("sh");
    shell.args(["-c", "umask 0 && exec \"$0\" import one.yaml", env!("CARGO_BIN_EXE_kata")]);
    shell.current_dir(home.path("")).env_clear();
    shell.envs(own.get_envs().filter_map(|(key, value)| Some((key, value?))));
    assert!(shell.status().unwrap().success());
    let mut review = home.review(&[]);
    review.expect("hello");
    review.expect("card");
    review.grade(4);
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for entry in fs::read_dir(home.path("data/kata")).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(path.clone()) & 0o077, 0, "{}", path.display());
    }
    assert!(home.path("data/kata/kata.db-wal").exists(), "the log was looked at");
}

#[test]
fn text_of_decks_and_of_the_command_line_is_never_sql() {
    let home = Home::new();
    let text = "x'); DROP TABLE card; --";
    let deck = format!(
        "deck: one\ncards:\n  - {{front: \"{text}\", back: \"{text}\", tags: [\"a'--\"]}}\n"
    );
    home.write("one.yaml", deck);
    home.kata(&["import", "one.yaml"]).ok();
    for query in [&["cards", text][..], &["cards", "tag:a'--"]] {
        assert_eq!(
            home.kata(&[query, &["--json"]].concat()).json()["cards"].as_array().unwrap().len(),
            1
        );
    }
    home.kata(&["review", "--plain", "--tag", "a'--"]).ok();
    home.kata(&["doctor"]).ok();
}
