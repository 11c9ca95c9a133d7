//! Everything out, and everything back in.

use crate::home::Home;

fn lived_in() -> Home {
    let mut home = Home::new();
    home.write(
        "decks/a.yaml",
        "deck: a/b\ntitle: T\ntags: [x]\nsource: S\noptions: {new_per_day: 9}\ncards:\n  - {id: one, front: q, back: a, reverse: true, hint: h, extra: e}\n  - cloze: \"{{x}} and {{y}}\"\n  - {front: l, list: [p, q, r]}\n",
    );
    home.kata(&["import", "decks"]).ok();
    home.review(&[]).grade_all(4);
    home.on("2026-11-24");
    home.kata(&["flag", "2", "a"]).ok();
    home.kata(&["suspend", "deck:a"]).ok();
    home.kata(&["undo"]).ok();
    home.kata(&["bury", "is:new"]).ok();
    home.kata(&["reschedule", "--due", "2026-12-01", "--interval", "7", "l"]).ok();
    home
}

#[test]
fn an_export_comes_back_bit_for_bit() {
    let home = lived_in();
    home.kata(&["export", "--format", "json", "-o", "all.json"]).ok();
    let first = std::fs::read(home.path("all.json")).unwrap();
    assert_eq!(home.kata(&["export", "--format", "json"]).ok().stdout.as_bytes(), first);
    let other = ["--db", "other.db"];
    home.kata(&[&other[..], &["import", "all.json"]].concat()).ok();
    let again = home.kata(&[&other[..], &["export", "--format", "json"]].concat()).ok().stdout;
    assert!(again.as_bytes() == first, "the second export differs from the first");
    // The files are matched with what came back: nothing is new.
    let run = home.kata(&[&other[..], &["import", "decks"]].concat()).ok();
    assert!(!run.stdout.contains("new"), "{}", run.stdout);
}

#[test]
fn an_export_has_the_keys_that_other_programs_rely_on() {
    let export = lived_in().export();
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    let sorted = |keys: &[&str]| -> Vec<String> {
        let mut keys: Vec<String> = keys.iter().map(|key| key.to_string()).collect();
        keys.sort();
        keys
    };
    assert_eq!(export["kata"], 1);
    for (list, wanted) in [
        ("decks", &["name", "title", "tags", "source", "options"][..]),
        (
            "notes",
            &["guid", "deck", "kind", "id", "fields", "tags", "source", "position", "retired"],
        ),
        (
            "cards",
            &[
                "card",
                "note",
                "key",
                "position",
                "repetitions",
                "interval",
                "ease",
                "lapses",
                "due",
                "suspended",
                "buried",
                "flag",
                "retired",
            ],
        ),
        (
            "reviews",
            &[
                "uuid",
                "card",
                "at",
                "day",
                "utc_offset",
                "machine",
                "batch",
                "origin",
                "grade",
                "kind",
                "ms",
                "interval_before",
                "interval_after",
            ],
        ),
        (
            "marks",
            &[
                "uuid",
                "card",
                "at",
                "day",
                "utc_offset",
                "machine",
                "batch",
                "origin",
                "kind",
                "value",
            ],
        ),
    ] {
        assert_eq!(keys(&export[list][0]), sorted(wanted), "{list}");
    }
}

#[test]
fn an_export_is_not_taken_into_a_database_that_has_something() {
    let home = lived_in();
    home.kata(&["export", "--format", "json", "-o", "all.json"]).ok();
    let run = home.kata(&["import", "all.json"]).exits(1);
    assert!(run.stderr.contains("empty"), "{}", run.stderr);
    home.write("broken.json", "{\"kata\":1");
    home.kata(&["--db", "new.db", "import", "broken.json"]).exits(1);
    home.write("other.json", "{\"hello\":1}");
    home.kata(&["--db", "new.db", "import", "other.json"]).exits(1);
}
