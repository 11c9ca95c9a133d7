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
