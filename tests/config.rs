//! `kata config`: what is in force, and where it comes from.

use crate::home::Home;

#[test]
fn every_setting_is_told_with_its_value_and_where_it_comes_from() {
    let home = Home::new();
    home.write("config/kata/config.yaml", "new_per_day: 5\ngrades: four\ntheme: light\n");
    let told = home.kata(&["config"]).ok().stdout;
    let line = |key: &str| {
        let line = told.lines().find(|line| line.starts_with(key)).unwrap();
        line.split_whitespace().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(line("new_per_day"), ["5", "config"]);
    assert_eq!(line("reviews_per_day"), ["200", "default"]);
    assert_eq!(line("grades"), ["four", "config"]);
    assert_eq!(line("day_starts_at"), ["04:00", "default"]);
    assert_eq!(line("scheduler"), ["sm2", "default"]);
    assert_eq!(line("theme"), ["light", "config"]);
    assert_eq!(line("database"), [home.database().to_str().unwrap(), "default"]);
    assert!(!home.path("data").exists(), "asking creates nothing");
}

#[test]
fn a_place_that_a_flag_or_a_variable_names_is_told_with_it() {
    let home = Home::new();
    let config = home.write("other.yaml", "bury_siblings: false\n");
    let run = home
        .command(&["config", "--json", "--db", "here.db"])
        .env("KATA_CONFIG", &config)
        .output()
        .unwrap();
    let told: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let of = |key: &str| {
        let lines = told["settings"].as_array().unwrap();
        lines.iter().find(|line| line["setting"] == key).unwrap().clone()
    };
    assert_eq!(
        of("database"),
        serde_json::json!({"setting": "database", "value": "here.db", "from": "--db"})
    );
    assert_eq!(of("config")["from"], "KATA_CONFIG");
    assert_eq!(of("bury_siblings")["value"], false);
    assert_eq!(of("bury_siblings")["from"], "config");
    let run = home.command(&["config", "--json"]).env("EDITOR", "vim -n").output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let editor = told["settings"].as_array().unwrap().last().unwrap();
    assert_eq!(
        *editor,
        serde_json::json!({"setting": "editor", "value": "vim -n", "from": "EDITOR"})
    );
    let run = home.command(&["config"]).env("KATA_DB", "there.db").output().unwrap();
    assert!(String::from_utf8_lossy(&run.stdout).contains("KATA_DB"));
}

#[test]
fn settings_that_are_wrong_are_told_instead() {
    let home = Home::new();
    home.write("config/kata/config.yaml", "grades: seven\n");
    let run = home.kata(&["config"]).exits(1);
    assert!(run.stderr.contains("config.yaml") && run.stderr.contains("line 1"), "{}", run.stderr);
}
