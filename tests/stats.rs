//! `kata stats`, `kata due` and `kata` alone.

use crate::home::Home;
use serde_json::{Value, json};

fn keys(value: &Value) -> Vec<&String> {
    value.as_object().unwrap().keys().collect()
}

#[test]
fn retention_counts_first_reviews_with_their_uncertainty() {
    let mut home = Home::with_notes(4);
    home.review(&[]).grade_all(4);
    home.on("2026-11-24");
    let mut review = home.review(&[]);
    review.expect("hello");
    for grade in [4, 4, 5, 2] {
        review.expect("card");
        review.grade(grade);
    }
    drop(review);
    let stats = home.kata(&["stats", "--json"]).json();
    let today = &stats["retention"][0];
    assert_eq!(today["window"], "today");
    assert_eq!(today["all"]["passed"], 3);
    assert_eq!(today["all"]["total"], 4);
    assert_eq!(today["all"]["rate"], 0.75);
    let low = today["all"]["low"].as_f64().unwrap();
    let high = today["all"]["high"].as_f64().unwrap();
    assert!((low - 0.3006).abs() < 0.0005 && (high - 0.9544).abs() < 0.0005, "{low} {high}");
    assert_eq!(
        today["mature"],
        json!({"passed": 0, "total": 0, "rate": null, "low": null, "high": null})
    );
    assert_eq!(stats["streak"], json!({"current": 2, "longest": 2}));
    assert_eq!(stats["forecast"].as_array().unwrap().len(), 30);
    assert_eq!(stats["forecast"][1], json!({"day": "2026-11-25", "due": 1}));
    assert_eq!(stats["forecast"][6]["due"], 3);
    assert_eq!(stats["days"][0]["new"], 4);
    let windows: Vec<&Value> =
        stats["retention"].as_array().unwrap().iter().map(|row| &row["window"]).collect();
    assert_eq!(windows, ["today", "7d", "30d", "90d", "365d", "all"]);
    for key in [
        "day",
        "cards",
        "retention",
        "forecast",
        "streak",
        "days",
        "grades",
        "intervals",
        "hardest",
        "decks",
    ] {
        assert!(keys(&stats).iter().any(|k| *k == key), "{key}");
    }
    let page = home.kata(&["stats"]).ok().stdout;
    assert!(page.contains("75 %"), "{page}");
}

#[test]
fn due_counts_what_a_review_would_ask() {
    let mut home = Home::with_notes(3);
    home.write("pair.yaml", "deck: pair\ncards:\n  - {front: there, back: back, reverse: true}\n");
    home.kata(&["import", "pair.yaml"]).ok();
    let due = home.kata(&["due", "--json"]).json();
    assert_eq!(
        due,
        json!({"day": "2026-11-23", "due": 0, "new": 4, "drill": 0, "decks": [
            {"deck": "pair", "due": 0, "overdue": 0, "new": 1, "drill": 0},
            {"deck": "plain", "due": 0, "overdue": 0, "new": 3, "drill": 0}]})
    );
    let mut review = home.review(&["plain"]);
    review.expect("hello");
    review.expect("card");
    review.grade(2);
    drop(review);
    assert_eq!(home.kata(&["due", "plain", "--json"]).json()["drill"], 1);
    home.on("2026-11-26");
    let due = home.kata(&["due", "--json"]).json();
    assert_eq!((&due["due"], &due["decks"][1]["overdue"]), (&1.into(), &1.into()));
    assert_eq!(home.kata(&["due", "--count"]).ok().stdout, "4\n");
}

#[test]
fn kata_alone_says_what_to_type_next() {
    let home = Home::new();
    assert!(home.kata(&[]).ok().stdout.contains("kata import"));
    let home = Home::with_notes(2);
    assert!(home.kata(&[]).ok().stdout.contains("kata review"));
}

/// Answers so many new cards at a time.
fn learn(home: &mut Home, time: &str, count: usize) {
    home.on(time);
    answer(home, &["--new", &count.to_string(), "--limit", "0"], &vec![5; count]);
}

/// Grades as many cards of a session, and leaves it.
#[track_caller]
fn answer(home: &Home, options: &[&str], grades: &[u8]) {
    let mut review = home.review(options);
    review.expect("hello");
    for &grade in grades {
        review.expect("card");
        review.grade(grade);
    }
    assert_eq!(review.end().1, Some(0));
}

/// From each study day to the new cards that were learned on it.
fn learned(home: &Home) -> Vec<(String, u64)> {
    let stats = home.kata(&["stats", "--json"]).json();
    let days = stats["days"].as_array().unwrap().iter();
    let learned =
        days.map(|day| (day["day"].as_str().unwrap().to_owned(), day["new"].as_u64().unwrap()));
    learned.collect()
}

fn days(days: &[(&str, u64)]) -> Vec<(String, u64)> {
    days.iter().map(|(day, new)| ((*day).to_owned(), *new)).collect()
}

/// The hours in which something was answered, and how much.
fn hours(stats: &Value) -> Vec<(u64, u64)> {
    let hours = stats["hours"].as_array().unwrap().iter();
    let hours = hours.map(|row| (row["hour"].as_u64().unwrap(), row["answers"].as_u64().unwrap()));
    hours.filter(|(_, answers)| *answers > 0).collect()
}

#[test]
fn a_study_day_ends_at_four_and_not_at_midnight() {
    let mut home = Home::with_notes(4);
    learn(&mut home, "2026-11-23T23:59:00+01:00", 1);
    learn(&mut home, "2026-11-24T03:59:00+01:00", 1);
    learn(&mut home, "2026-11-24T04:01:00+01:00", 2);
    assert_eq!(learned(&home), days(&[("2026-11-23", 2), ("2026-11-24", 2)]));
    let stats = home.kata(&["stats", "--json"]).json();
    assert_eq!(hours(&stats), [(3, 1), (4, 2), (23, 1)]);
    assert_eq!(stats["weekdays"][0]["answers"], 2);
    assert_eq!(
        stats["weekdays"][1],
        json!({"weekday": "tuesday", "answers": 2, "passed": 0, "total": 0, "rate": null, "low": null, "high": null})
    );
    assert_eq!(stats["streak"], json!({"current": 2, "longest": 2}));
}

#[test]
fn a_change_to_summer_time_moves_no_answer_to_another_day() {
    let mut home = Home::with_notes(6);
    // In Berlin the hour from two to three is left out on 2026-03-29, and comes twice on 2026-10-25.
    learn(&mut home, "2026-03-29T01:59:00+01:00", 1);
    learn(&mut home, "2026-03-29T03:59:00+02:00", 1);
    learn(&mut home, "2026-03-29T04:00:00+02:00", 1);
    learn(&mut home, "2026-10-25T02:30:00+02:00", 1);
    learn(&mut home, "2026-10-25T02:30:00+01:00", 1);
    learn(&mut home, "2026-10-25T04:00:00+01:00", 1);
    let want = [("2026-03-28", 2), ("2026-03-29", 1), ("2026-10-24", 2), ("2026-10-25", 1)];
    assert_eq!(learned(&home), days(&want));
    let stats = home.kata(&["stats", "--json"]).json();
    assert_eq!(hours(&stats), [(1, 1), (2, 2), (3, 1), (4, 2)]);
}

#[test]
fn who_moves_between_zones_keeps_the_days_of_the_answers() {
    let mut home = Home::with_notes(5);
    // Kiritimati, then the same moment and the next in Pago Pago: a day earlier by the calendar.
    learn(&mut home, "2026-11-24T08:00:00+14:00", 1);
    learn(&mut home, "2026-11-23T08:00:00-11:00", 1);
    learn(&mut home, "2026-11-24T03:30:00-11:00", 1);
    learn(&mut home, "2026-11-25T08:00:00+14:00", 1);
    let want = [("2026-11-23", 2), ("2026-11-24", 1), ("2026-11-25", 1)];
    assert_eq!(learned(&home), days(&want));
    let there = home.kata(&["stats", "--json"]).json();
    assert_eq!(hours(&there), [(3, 1), (8, 3)]);
    assert_eq!(there["streak"]["longest"], 3);
    home.on("2026-11-24T18:00:00+00:00");
    let elsewhere = home.kata(&["stats", "--json"]).json();
    assert_eq!((&elsewhere["days"], &elsewhere["hours"]), (&there["days"], &there["hours"]));
}

#[test]
fn a_clock_that_went_back_and_answers_of_the_future_do_no_harm() {
    let mut home = Home::with_notes(3);
    learn(&mut home, "2027-06-01", 1);
    learn(&mut home, "2026-11-20", 1);
    home.on("2026-11-21");
    assert_eq!(home.review(&[]).grade_all(4).len(), 2);
    let stats = home.kata(&["stats", "--json"]).json();
    let days: Vec<&Value> =
        stats["days"].as_array().unwrap().iter().map(|day| &day["day"]).collect();
    assert_eq!(days, ["2026-11-20", "2026-11-21", "2027-06-01"]);
    assert_eq!(stats["streak"], json!({"current": 2, "longest": 2}));
    for form in FORMS {
        home.kata(form).ok();
    }
}

/// Every form of the statistics.
const FORMS: &[&[&str]] = &[
    &["stats"],
    &["stats", "--all"],
    &["stats", "--all", "--plain"],
    &["stats", "--section", "due,year,hardest,drift"],
    &["stats", "--json"],
    &["stats", "--csv", "retention"],
    &["stats", "--csv-dir", "tables"],
    &["due"],
    &[],
];

#[test]
fn little_or_nothing_is_told_as_such() {
    let empty = Home::new();
    let mut one_card = Home::with_notes(1);
    for form in FORMS {
        empty.kata(form).ok();
        one_card.kata(form).ok();
    }
    assert!(!empty.database().exists(), "to look makes nothing");
    one_card.review(&[]).grade_all(4);
    one_card.on("2026-11-24");
    answer(&one_card, &[], &[2]);
    for form in FORMS {
        one_card.kata(form).ok();
    }
    let stats = one_card.kata(&["stats", "--json"]).json();
    assert_eq!(stats["retention"][5]["all"]["total"], 1);
    assert_eq!(stats["drift"]["differs"], false);
    assert_eq!(stats["drift"]["p"], Value::Null);
    let page = one_card.kata(&["stats"]).ok().stdout;
    assert!(page.contains("Today: 1 review (0 passed)"), "{page}");
}

#[test]
fn undo_cram_drills_resets_suspended_and_retired_cards_count_as_defined() {
    let mut home = Home::with_notes(4);
    home.review(&[]).grade_all(4);
    home.on("2026-11-24");
    // Four reviews; the first is drilled twice.
    answer(&home, &[], &[2, 4, 4, 4, 2, 4]);
    answer(&home, &["--cram"], &[1, 1]);
    let told = |home: &Home| {
        let stats = home.kata(&["stats", "--json"]).json();
        let all = &stats["retention"][5]["all"];
        let day = stats["days"].as_array().unwrap().last().unwrap().clone();
        ((all["passed"].clone(), all["total"].clone()), day, stats)
    };
    let (retention, day, stats) = told(&home);
    assert_eq!(retention, (3.into(), 4.into()));
    assert_eq!(
        (&day["reviews"], &day["passed"], &day["drills"]),
        (&4.into(), &3.into(), &2.into())
    );
    let crammed = stats["grades_by_kind"]["cram"]["1"].as_u64().unwrap();
    assert!(crammed > 0);
    assert_eq!(stats["grades_by_kind"]["drill"], json!({"0":0,"1":0,"2":1,"3":0,"4":1,"5":0}));
    assert_eq!(stats["grades"], json!({"0":0,"1":0,"2":1,"3":0,"4":3,"5":0}));

    // Undo takes back the cram, then the drills, then the last review.
    for _ in 0..crammed + 2 {
        home.kata(&["undo"]).ok();
    }
    let (retention, day, _) = told(&home);
    assert_eq!((retention, &day["drills"]), ((3.into(), 4.into()), &0.into()));
    home.kata(&["undo"]).ok();
    let (retention, ..) = told(&home);
    assert_eq!(retention, (2.into(), 3.into()));

    // What a reset card did stays in the history, and so does what a retired one did.
    let cards = home.kata(&["cards", "--json"]).json();
    let id = |n: usize| cards["cards"][n]["card"].as_str().unwrap().to_owned();
    home.kata(&["reset", &id(0)]).ok();
    home.kata(&["suspend", &id(1)]).ok();
    home.write(
        "decks/plain.yaml",
        "deck: plain\ncards:\n  - {id: n1, front: question 1, back: answer 1}\n  - {id: n2, front: question 2, back: answer 2}\n",
    );
    home.kata(&["import", "decks"]).ok();
    let (retention, _, stats) = told(&home);
    assert_eq!(retention, (2.into(), 3.into()));
    assert_eq!(
        stats["cards"],
        json!({"total": 2, "new": 1, "young": 1, "mature": 0, "suspended": 1, "retired": 2})
    );
    let due: u64 =
        stats["forecast"].as_array().unwrap().iter().map(|day| day["due"].as_u64().unwrap()).sum();
    assert_eq!(due, 0);
}

/// Two decks with tags, studied for two days.
fn tagged() -> Home {
    let mut home = Home::new();
    home.write(
        "decks/lean.yaml",
        "deck: devops/lean\ntags: [lean]\ncards:\n  - {front: kaizen, back: improvement, tags: [Exam]}\n  - {front: muda, back: waste}\n",
    );
    home.write(
        "decks/sre.yaml",
        "deck: devops/sre\ncards:\n  - {front: toil, back: work, tags: [exam, LEAN]}\n",
    );
    home.kata(&["import", "decks"]).ok();
    home.review(&[]).grade_all(4);
    home.on("2026-11-24");
    home.review(&[]).grade_all(4);
    home
}

#[test]
fn decks_tags_and_queries_select_the_cards_that_are_counted() {
    let home = tagged();
    let counted = |words: &[&str]| {
        let stats = home.kata(&[&["stats", "--json"], words].concat()).json();
        (stats["cards"]["total"].as_u64(), stats["retention"][5]["all"]["total"].as_u64())
    };
    for (words, cards) in [
        (&[][..], 3),
        (&["devops"], 3),
        (&["devops/lean"], 2),
        (&["devops/lean", "devops/sre"], 3),
        (&["--tag", "lean"], 3),
        (&["--tag", "EXAM"], 2),
        (&["devops/lean", "--tag", "exam"], 1),
        (&["tag:exam"], 2),
        (&["tag:exam", "deck:devops/sre"], 1),
        (&["ease<2"], 0),
        (&["devops/lean", "interval>=6"], 2),
        (&["\"toil\""], 1),
        (&["\"toil\"", "--tag", "lean"], 1),
        (&["--tag", "nothing"], 0),
    ] {
        assert_eq!(counted(words), (Some(cards), Some(cards)), "{words:?}");
    }
    let stats = home.kata(&["stats", "--json", "tag:exam"]).json();
    let tags: Vec<_> =
        stats["tags"].as_array().unwrap().iter().map(|tag| (&tag["tag"], &tag["total"])).collect();
    assert_eq!(tags, [(&"exam".into(), &2.into()), (&"lean".into(), &2.into())]);
    let none = home.kata(&["stats", "--tag", "nothing"]).ok().stdout;
    assert_eq!(none, "No card is found by that: `kata cards` lists them.\n");
}

#[test]
fn what_cannot_be_meant_is_told() {
    let home = tagged();
    for (words, said) in [
        (&["devops/laen"][..], "there is no deck devops/laen: did you mean devops/lean?"),
        (&["toil"], "there is no deck toil"),
        (&["deck:devops/laen"], "did you mean devops/lean?"),
        (&["tags:lean"], "did you mean tag:lean?"),
        (
            &["--since", "2026-11-24", "--until", "2026-11-23"],
            "--since 2026-11-24 is after --until",
        ),
        (&["--since", "yesterday"], "--since"),
        (&["--section", "fun"], "fun"),
        (&["--csv", "fun"], "retention_by_interval"),
        (&["--csv", "days", "--json"], "cannot be used with"),
        (&["--all", "--section", "due"], "cannot be used with"),
    ] {
        let run = home.kata(&[&["stats"], words].concat()).exits(2);
        assert!(run.stderr.contains(said), "{words:?}: {}", run.stderr);
    }
}

#[test]
fn a_range_of_days_restricts_the_history() {
    let home = tagged();
    let stats = home.kata(&["stats", "--json", "--until", "2026-11-23"]).json();
    assert_eq!(stats["days"].as_array().unwrap().len(), 1);
    assert_eq!(stats["retention"][5]["all"]["total"], 0);
    assert_eq!(stats["streak"]["longest"], 2);
    assert_eq!(hours(&stats), [(7, 3)]);
    let page = home.kata(&["stats", "--since", "2026-11-24"]).ok().stdout;
    assert!(page.contains("Answers since 2026-11-24.\n"), "{page}");
}

#[test]
fn charts_are_of_blocks_of_ascii_or_numbers() {
    let home = tagged();
    let page = |locale: &str, form: &[&str]| {
        let mut command = home.command(&[&["stats"], form].concat());
        command.env("LC_ALL", locale);
        crate::home::run(command, "").ok().stdout
    };
    let charts = &["--section", "due,year,intervals"][..];
    assert!(page("C.UTF-8", charts).contains('█'));
    assert!(page("C", charts).is_ascii(), "{}", page("C", charts));
    assert!(page("C", charts).contains('#'));
    let plain = page("C.UTF-8", &["--plain", "--section", "due,year"]);
    assert!(!plain.contains(['█', '│', '▁', '·', '#']), "{plain}");
    assert!(plain.contains("2026-11"), "{plain}");
}

#[test]
fn the_csv_of_every_table_has_its_columns() {
    let home = tagged();
    home.kata(&["stats", "--csv-dir", "new/tables"]).ok();
    let mut tables = 0;
    for file in std::fs::read_dir(home.path("new/tables")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(home.kata(&["stats", "--csv", name]).ok().stdout, text);
        let mut table = csv::Reader::from_reader(text.as_bytes());
        let columns = table.headers().unwrap().len();
        assert!(columns > 1 && table.records().all(|row| row.unwrap().len() == columns), "{name}");
        tables += 1;
    }
    assert_eq!(tables, 14);
    let days = home.kata(&["stats", "--csv", "days"]).ok().stdout;
    assert!(
        days.starts_with("day,reviews,new,drills,passed,seconds\n2026-11-23,0,3,0,0,3\n"),
        "{days}"
    );
    let retention = home.kata(&["stats", "--csv", "retention"]).ok().stdout;
    assert!(retention.contains("\ntoday,mature,0,0,,,\n"), "{retention}");
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told() {
    let home = tagged();
    home.write("taken", "a file");
    let run = home.kata(&["stats", "--csv-dir", "taken"]).exits(1);
    assert!(run.stderr.contains("cannot write tables into taken"), "{}", run.stderr);
    let run = home.kata(&["stats", "--csv-dir", "/proc/nowhere"]).exits(1);
    assert!(run.stderr.contains("/proc/nowhere"), "{}", run.stderr);
    // A table that cannot be put keeps none of the others from being whole.
    std::fs::create_dir_all(home.path("half/tags.csv")).unwrap();
    home.kata(&["stats", "--csv-dir", "half"]).exits(1);
    for file in std::fs::read_dir(home.path("half")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(name.ends_with(".csv"), "{name}");
    }
}

#[test]
fn text_of_decks_is_no_formula_no_markup_and_no_escape_sequence() {
    let mut home = Home::new();
    home.write(
        "evil.yaml",
        "deck: =cmd()\ntags: [\"@SUM(A1)\"]\ncards:\n  - {front: \"=HYPERLINK(\\\"x\\\")\\e[2J, <script>alert(1)</script>\", back: b}\n  - {front: \"say \\\"hi\\\", you\\n\\nthere\", back: c}\n",
    );
    home.kata(&["import", "evil.yaml"]).ok();
    home.review(&[]).grade_all(4);
    for day in ["2026-11-24", "2026-11-25"] {
        home.on(day);
        answer(&home, &[], &[1, 1]);
    }
    let csv = home.kata(&["stats", "--csv", "hardest"]).ok().stdout;
    let mut table = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<_> = table.records().map(Result::unwrap).collect();
    let mut questions: Vec<&str> = rows.iter().map(|row| &row[4]).collect();
    questions.sort_unstable();
    assert_eq!(
        questions,
        ["'=HYPERLINK(\"x\")␛[2J, <script>alert(1)</script>", "say \"hi\", you there"]
    );
    assert!(rows.iter().all(|row| &row[1] == "'=cmd()"));
    let tags = home.kata(&["stats", "--csv", "tags"]).ok().stdout;
    assert!(tags.contains("\n'@sum(a1),2,"), "{tags}");
    for form in FORMS {
        let run = home.kata(form).ok();
        assert!(!run.stdout.contains('\u{1b}'), "{form:?}");
    }
    let page = home.kata(&["stats", "--section", "hardest,tags"]).ok().stdout;
    assert!(page.contains("␛[2J"), "{page}");
}

#[test]
fn a_leech_is_told_with_what_to_do_about_it() {
    let mut home = Home::new();
    home.write(
        "d.yaml",
        "deck: d\noptions: {leech_threshold: 2}\ncards:\n  - {front: a hard one, back: b}\n",
    );
    home.kata(&["import", "d.yaml"]).ok();
    home.review(&[]).grade_all(4);
    for (day, grade) in [(24, 1), (25, 4), (26, 1)] {
        home.on(&format!("2026-11-{day}"));
        answer(&home, &[], &[grade]);
    }
    let stats = home.kata(&["stats", "--json"]).json();
    let leech = &stats["leeches"][0];
    assert_eq!(
        (&leech["question"], &leech["lapses"], &leech["suspended"], &leech["advice"]),
        (&"a hard one".into(), &2.into(), &true.into(), &"rewrite_and_resume".into())
    );
    assert_eq!(stats["hardest"][0], *leech);
    let page = home.kata(&["stats", "--section", "leeches"]).ok().stdout;
    assert!(page.contains("rewrite, then resume"), "{page}");
}

#[test]
fn the_next_days_are_those_of_the_forecast() {
    let home = Home::with_notes(3);
    home.review(&[]).grade_all(4);
    let line = "Next days: Tue 3, Wed 0, Thu 0, Fri 0, Sat 0, Sun 0, Mon 0.";
    for command in [&[][..], &["due"]] {
        let page = home.kata(command).ok().stdout;
        assert!(page.contains(line), "{page}");
    }
    let forecast = home.kata(&["stats", "--json"]).json()["forecast"].clone();
    assert_eq!(forecast[1], json!({"day": "2026-11-24", "due": 3}));
    home.kata(&["bury", "plain"]).ok();
    assert!(home.kata(&["due"]).ok().stdout.contains(line), "a bury is ignored");
}

/// Every key of a value, and of what is in it; keys that are grades are no names.
fn every_key(value: &Value, keys: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if key.parse::<u8>().is_err() {
                    keys.insert(key.clone());
                }
                every_key(value, keys);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| every_key(item, keys)),
        _ => {}
    }
}

#[test]
fn the_page_of_the_documentation_names_every_key_and_column() {
    let home = tagged();
    home.kata(&["stats", "--csv-dir", "tables"]).ok();
    let stats = home.kata(&["stats", "--json"]).json();
    let mut names = std::collections::BTreeSet::new();
    every_key(&stats, &mut names);
    for file in std::fs::read_dir(home.path("tables")).unwrap() {
        let path = file.unwrap().path();
        names.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
        let mut table = csv::Reader::from_path(&path).unwrap();
        names.extend(table.headers().unwrap().iter().map(str::to_owned));
    }
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/statistics.md");
    let page = std::fs::read_to_string(page).unwrap();
    for name in names {
        let named = [format!("`{name}`"), format!("\"{name}\""), format!("`{name} =")];
        assert!(named.iter().any(|named| page.contains(named)), "docs/statistics.md: {name}");
    }
}
