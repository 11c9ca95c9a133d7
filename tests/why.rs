//! `kata why`: the page leads a reader with a pencil to the same day.

mod lives;
mod pencil;
mod sums;

use crate::home::Home;
use pencil::follow;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use serde_json::Value;

const CARDS: usize = 1000;

/// A home of so many cards with random histories of years, come from an export.
fn lived_in(count: usize) -> (Home, Vec<String>) {
    let home = Home::with_notes(count);
    let mut export = home.export();
    let cards: Vec<String> = export["cards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| card["card"].as_str().unwrap().to_owned())
        .collect();
    let mut dice = SmallRng::seed_from_u64(11);
    let mut log = lives::Log::default();
    for (n, card) in cards.iter().enumerate() {
        let old = (n % 10 == 1).then(|| cards[n - 1].as_str());
        lives::live(card, old, &mut dice, &mut log);
    }
    export["reviews"] = log.reviews.into();
    export["marks"] = log.marks.into();
    home.write("lives.json", export.to_string());
    std::fs::remove_file(home.database()).unwrap();
    home.kata(&["import", "lives.json"]).ok();
    (home, cards)
}

/// What the thousand pages have to have on them, each on ten pages or more: else the lives are
/// not as random as they are meant to be.
const CASES: [&str; 16] = [
    "I   = 1, as n = 1",
    "I   = 6, as n = 2",
    "I   = ceil(",
    "= max(1.30, ",
    "= min(36500, ",
    "so n and EF move",
    "so n and EF stay",
    "scheduled by hand and not answered since",
    "however late the answer",
    "a fail, and a lapse",
    ": a repeat on the same day",
    ": practice moves nothing",
    ": a new card again",
    ": set by hand",
    ": undone, it does not count",
    ", as card ",
];

#[test]
fn a_pencil_comes_to_the_same_day_for_a_thousand_cards() {
    let (home, cards) = lived_in(CARDS);
    let pages: Vec<String> = std::thread::scope(|scope| {
        let halves = cards.chunks(CARDS / 2).map(|cards| {
            let home = &home;
            let read = move || -> Vec<String> {
                cards.iter().map(|card| comes_to_the_same_day(home, card)).collect()
            };
            scope.spawn(read)
        });
        let halves: Vec<_> = halves.collect();
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    assert_eq!(pages.len(), CARDS);
    for case in CASES {
        let count = pages.iter().filter(|page| page.contains(case)).count();
        assert!(count >= 10, "{case:?} is on {count} pages");
    }
}

/// The page of a card, which leads to what `kata show` tells.
#[track_caller]
fn comes_to_the_same_day(home: &Home, card: &str) -> String {
    let page = home.kata(&["why", card]).ok().stdout;
    let paper = follow(&page).unwrap_or_else(|why| panic!("{why}\n\n{page}"));
    let shown = home.kata(&["show", card, "--json"]).json();
    let due = paper.due.map_or(Value::Null, |due| due.to_string().into());
    assert_eq!(shown["due"], due, "{page}");
    assert_eq!(shown["interval"], paper.interval);
    assert_eq!(shown["repetitions"], paper.n);
    assert_eq!(shown["ease"], paper.ease as f64 / 100.0);
    assert_eq!(shown["suspended"], paper.suspended);
    page
}

/// The only card of a home with one note.
fn only_card(home: &Home) -> String {
    home.kata(&["cards", "--json"]).json()["cards"][0]["card"].as_str().unwrap().to_owned()
}

#[test]
fn sessions_marks_and_undos_are_followed_too() {
    let mut home = Home::with_notes(6);
    let cards = home.kata(&["cards", "--json"]).json();
    let cards: Vec<&str> = cards["cards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| card["card"].as_str().unwrap())
        .collect();
    let days: [(&str, &[&str], u8); 8] = [
        ("2026-11-23", &[], 3),
        ("2026-11-24", &["--limit", "4"], 4),
        ("2026-11-26", &["--ahead", "9"], 5),
        ("2026-11-27", &["--ahead", "9"], 4),
        ("2026-11-28", &["--cram"], 2),
        ("2026-12-09", &[], 1),
        ("2026-12-10", &[], 5),
        ("2027-03-01", &[], 3),
    ];
    for (n, (day, arguments, grade)) in days.into_iter().enumerate() {
        home.on(day);
        let mut review = home.review(arguments);
        while let Some(message) = review.hear() {
            if message["type"] == "card" {
                // A drill ends with a pass.
                review.grade(if message["phase"] == "drill" { 4 } else { grade });
            }
        }
        home.kata(&["bury", cards[n % 6]]).ok();
        home.kata(&["reschedule", "--due", "2026-12-05", cards[5]]).ok();
        if n % 3 == 2 {
            home.kata(&["undo"]).ok();
            home.kata(&["undo"]).ok();
            home.kata(&["undo"]).ok();
        }
        for card in &cards {
            comes_to_the_same_day(&home, card);
        }
    }
    home.kata(&["reset", cards[0]]).ok();
    home.kata(&["relink", cards[1], cards[2]]).ok();
    for card in &cards {
        comes_to_the_same_day(&home, card);
    }
}

#[test]
fn a_new_card_is_told_with_what_each_grade_would_give() {
    let home = Home::with_notes(1);
    let card = only_card(&home);
    let page = home.kata(&["why", &card[..4]]).ok().stdout;
    let page = page.replace(&card[..8], "[card]");
    insta::assert_snapshot!(page, @"
    [card]  plain
    question 1

    SM-2 (P. A. Woźniak, 1990). EF is the ease, n counts the passes in a row, I is
    the interval in days; ceil rounds up. A new card has EF = 2.50, n = 0, I = 0.

    Nothing has happened to it yet.
    It is new: EF = 2.50, n = 0, I = 0, and no due day.

    Answered today, 2026-11-23, it would count as learn:
    Grade         EF  n  I  Due
    0 blackout  2.50  0  1  2026-11-24
    1 wrong     2.50  0  1  2026-11-24
    2 almost    2.50  0  1  2026-11-24
    3 hard      2.36  1  1  2026-11-24
    4 good      2.50  1  1  2026-11-24
    5 easy      2.60  1  1  2026-11-24
    ");
    comes_to_the_same_day(&home, &card);
}

#[test]
fn a_drill_moves_nothing_and_the_due_day_has_its_table() {
    let home = Home::with_notes(1);
    let mut review = home.review(&[]);
    review.expect("hello");
    review.expect("card");
    review.grade(2);
    drop(review);
    let page = comes_to_the_same_day(&home, &only_card(&home));
    let end = page.find("Answered today").unwrap();
    insta::assert_snapshot!(&page[end..], @"
    Answered today, 2026-11-23, it would count as drill, which moves nothing.

    Answered on its due day, 2026-11-24, it would count as review:
    Grade         EF  n  I  Due
    0 blackout  2.50  0  1  2026-11-25
    1 wrong     2.50  0  1  2026-11-25
    2 almost    2.50  0  1  2026-11-25
    3 hard      2.36  1  1  2026-11-25
    4 good      2.50  1  1  2026-11-25
    5 easy      2.60  1  1  2026-11-25
    ");
}

#[test]
fn what_keeps_a_card_from_being_asked_is_told() {
    let home = Home::with_notes(2);
    let cards = home.kata(&["cards", "--json"]).json();
    let [one, two] = [0, 1].map(|n| cards["cards"][n]["card"].as_str().unwrap());
    home.kata(&["suspend", one]).ok();
    home.kata(&["bury", one]).ok();
    let page = home.kata(&["why", one]).ok().stdout;
    assert!(page.contains("\nIt is suspended: not asked until it is resumed.\n"), "{page}");
    assert!(page.contains("\nIt is buried: not asked through 2026-11-23.\n"), "{page}");
    home.kata(&["relink", one, two]).ok();
    let page = home.kata(&["why", one]).ok().stdout;
    assert!(page.contains("\nAnother card goes on with its history"), "{page}");
    let page = home.kata(&["why", two]).ok().stdout;
    assert!(page.contains(&format!("suspend, as card {}:", &one[..8])), "{page}");
    home.write("decks/plain.yaml", "deck: plain\ncards: [{front: another, back: b}]\n");
    home.kata(&["import", "decks"]).ok();
    let page = home.kata(&["why", two]).ok().stdout;
    assert!(page.contains("\nIt has gone from its deck file and is asked no more.\n"), "{page}");
}

#[test]
fn an_id_that_is_none_or_unknown_or_shared_is_refused_as_show_refuses_it() {
    let home = Home::with_notes(2);
    let export = home.export();
    let [one, two] = [0, 1].map(|n| export["cards"][n]["card"].as_str().unwrap().to_owned());
    let twin = format!("{}{}", &one[..9], &two[9..]);
    home.write("twins.json", export.to_string().replace(&two, &twin));
    std::fs::remove_file(home.database()).unwrap();
    home.kata(&["import", "twins.json"]).ok();
    for (id, code) in [("abc", 2), ("zzzzzzzz", 1), (&one[..8], 1)] {
        let (why, show) =
            (home.kata(&["why", id]).exits(code), home.kata(&["show", id]).exits(code));
        assert_eq!(why.stderr, show.stderr);
        assert_eq!(why.stdout, "");
    }
    home.kata(&["why", &one[..10]]).ok();
}

#[test]
fn without_a_database_none_is_made() {
    let home = Home::new();
    let run = home.kata(&["why", "abcdefgh"]).exits(1);
    assert!(run.stderr.contains("no card has the id abcdefgh"), "{}", run.stderr);
    assert!(!home.path("data").exists());
}

#[test]
fn the_json_has_the_numbers_of_the_page() {
    let mut home = Home::with_notes(1);
    let card = only_card(&home);
    for day in ["2026-11-23", "2026-11-24", "2026-12-02"] {
        home.on(day);
        home.review(&[]).grade_all(5);
    }
    home.on("2026-12-10");
    let why = home.kata(&["why", &card, "--json"]).json();
    let shown = home.kata(&["show", &card, "--json"]).json();
    for key in ["repetitions", "interval", "ease", "due"] {
        assert_eq!(why["standing"][key], shown[key], "{key}");
    }
    assert_eq!(why["steps"].as_array().unwrap().len(), 3);
    let mut last = why["steps"][2].clone();
    last["uuid"] = "[uuid]".into();
    last["card"] = "[card]".into();
    insta::assert_json_snapshot!(last, @r#"
    {
      "after": {
        "due": "2026-12-19",
        "ease": 2.8,
        "interval": 17,
        "repetitions": 3
      },
      "before": {
        "due": "2026-11-30",
        "ease": 2.7,
        "interval": 6,
        "repetitions": 2
      },
      "card": "[card]",
      "day": "2026-12-02",
      "grade": 5,
      "kind": "review",
      "undone": false,
      "uuid": "[uuid]",
      "value": null,
      "working": {
        "early": null,
        "ease_change": 0.1,
        "late": 2,
        "product": 16.8,
        "rule": "later"
      }
    }
    "#);
    let today = &why["next"][0];
    assert_eq!((&today["day"], &today["kind"]), (&"2026-12-10".into(), &"ahead".into()));
    assert_eq!(today["early"], serde_json::json!({"since": "2026-12-02", "days": 8}));
    assert_eq!(why["next"][1]["day"], shown["due"]);
    let grades = why["next"][1]["grades"].as_array().unwrap();
    assert_eq!(grades.len(), 6);
    assert_eq!(grades[4]["interval"], 48);
}

#[test]
fn the_table_has_the_grades_that_a_person_chooses_from() {
    let home = Home::with_notes(1);
    home.write("config/kata/config.yaml", "grades: two\n");
    let page = home.kata(&["why", &only_card(&home)]).ok().stdout;
    let rows: Vec<&str> = page.lines().skip_while(|line| !line.starts_with("Grade")).collect();
    insta::assert_snapshot!(rows.join("\n"), @"
    Grade      EF  n  I  Due
    2 again  2.50  0  1  2026-11-24
    4 good   2.50  1  1  2026-11-24
    ");
}
