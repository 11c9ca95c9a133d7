//! Months of study: every due day follows SM-2, no limit and no sibling rule is broken.

use crate::home::Home;
use chrono::{Days, NaiveDate};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use std::collections::{HashMap, HashSet};

const DAYS: u64 = 240;
const NEW_PER_DAY: usize = 6;
const REVIEWS_PER_DAY: usize = 25;

/// SM-2 as the paper tells it, with the ease in hundredths: apart from the program's own.
#[derive(Clone, Default)]
struct Model {
    n: u32,
    interval: u64,
    ease: u64,
    due: Option<NaiveDate>,
    asked: Vec<NaiveDate>,
}

impl Model {
    fn answer(&mut self, grade: u64, today: NaiveDate) {
        if self.due.is_none() {
            self.ease = 250;
        }
        if grade < 3 {
            self.n = 0;
            self.interval = 1;
        } else {
            self.ease = match grade {
                3 => (self.ease - 14).max(130),
                4 => self.ease,
                _ => self.ease + 10,
            };
            self.n += 1;
            self.interval = match self.n {
                1 => 1,
                2 => 6,
                _ => (self.interval * self.ease).div_ceil(100),
            };
        }
        self.due = Some(today + Days::new(self.interval));
    }
}

/// 200 cards of 125 notes: 60 plain ones, 40 asked both ways, 15 clozes of two deletions, ten
/// lists of three items.
fn deck() -> String {
    let mut text = "deck: year\ncards:\n".to_owned();
    for n in 0..60 {
        text += &format!("  - {{front: plain {n}, back: answer}}\n");
    }
    for n in 0..40 {
        text += &format!("  - {{front: pair {n} there, back: pair {n} back, reverse: true}}\n");
    }
    for n in 0..15 {
        text += &format!("  - cloze: \"cloze {n}: {{{{one}}}} and {{{{two}}}}\"\n");
    }
    for n in 0..10 {
        text += &format!("  - {{front: list {n}, list: [a, b, c]}}\n");
    }
    text
}

/// The note of a card, as its question tells.
fn note(front: &str) -> String {
    front.split([':', '\n']).next().unwrap().replace(" there", "").replace(" back", "")
}

#[test]
fn two_hundred_cards_over_240_days_keep_to_sm2_and_to_the_rules() {
    let mut home = Home::new();
    home.write(
        "config/kata/config.yaml",
        format!(
            "new_per_day: {NEW_PER_DAY}\nreviews_per_day: {REVIEWS_PER_DAY}\nleech_threshold: 0\n"
        ),
    );
    home.write("year.yaml", deck());
    home.kata(&["import", "year.yaml"]).ok();
    let mut dice = SmallRng::seed_from_u64(7);
    let mut cards: HashMap<String, Model> = HashMap::new();
    let mut notes: HashMap<String, String> = HashMap::new();
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    for today in (0..DAYS).map(|n| first + Days::new(n)) {
        if dice.random_ratio(1, 12) {
            continue; // a day off
        }
        home.on(&today.to_string());
        let mut review = home.review(&[]);
        review.expect("hello");
        let mut asked: Vec<(String, &str)> = Vec::new();
        let mut pending: HashSet<String> = HashSet::new();
        let morning = cards.clone();
        while let Some(message) = review.hear() {
            if message["type"] == "done" {
                break;
            }
            let card = message["card"].as_str().unwrap().to_owned();
            notes.insert(card.clone(), note(message["front"].as_str().unwrap()));
            let model = cards.entry(card.clone()).or_default();
            let grade = match dice.random_range(0..20) {
                0 => 0,
                1 => 2,
                2..5 => 3,
                5..14 => 4,
                _ => 5,
            };
            let phase = message["phase"].as_str().unwrap();
            let phase = match phase {
                "new" => {
                    assert!(model.due.is_none(), "{card} is not new");
                    "new"
                }
                "review" => {
                    assert!(model.due.is_some_and(|due| due <= today), "{card} is not due");
                    "review"
                }
                "drill" => {
                    assert!(pending.contains(&card), "{card} has no drill");
                    "drill"
                }
                other => panic!("phase {other}"),
            };
            if phase != "drill" {
                assert!(
                    pending.is_empty() || !asked.iter().any(|(_, p)| *p == "drill"),
                    "drills come last"
                );
                assert!(!asked.iter().any(|(other, _)| *other == card), "{card} is asked twice");
                model.answer(grade, today);
                model.asked.push(today);
            }
            let told = review.grade(grade as u8);
            assert_eq!(told["due"], model.due.unwrap().to_string(), "{card} on {today}");
            assert_eq!(told["interval"], model.interval);
            assert_eq!(told["repetitions"], model.n);
            assert_eq!(told["ease"], model.ease as f64 / 100.0);
            assert_eq!(told["again_today"], grade < 4);
            match grade < 4 {
                true => pending.insert(card.clone()),
                false => pending.remove(&card),
            };
            asked.push((card, phase));
        }
        assert!(pending.is_empty(), "drills are left on {today}");
        keeps_the_rules(today, &asked, &morning, &notes);
    }
    assert_eq!(cards.len(), 200, "every card was introduced");
}

fn keeps_the_rules(
    today: NaiveDate,
    asked: &[(String, &str)],
    morning: &HashMap<String, Model>,
    notes: &HashMap<String, String>,
) {
    let of = |phase: &str| -> Vec<&String> {
        asked.iter().filter(|(_, p)| *p == phase).map(|(card, _)| card).collect()
    };
    let (new, due) = (of("new"), of("review"));
    assert!(new.len() <= NEW_PER_DAY && due.len() <= REVIEWS_PER_DAY, "limits on {today}");
    let interferes = |card: &String| !notes[card].starts_with("list");
    let siblings = |card: &String| -> Vec<&String> {
        notes
            .iter()
            .filter(|(other, n)| *other != card && **n == notes[card])
            .map(|(c, _)| c)
            .collect()
    };
    // Whether a card was passed over for a sibling on an earlier day on which it was due.
    let waited = |card: &String| {
        let since = morning[card].due.unwrap();
        let others = siblings(card);
        let mut days = others.iter().filter_map(|c| morning.get(*c)).flat_map(|m| &m.asked);
        days.any(|day| since <= *day && *day < today)
    };
    for card in &new {
        let together =
            siblings(card).into_iter().any(|other| asked.iter().any(|(c, _)| c == other));
        assert!(!interferes(card) || !together, "new {card} beside a sibling on {today}");
    }
    for card in due.iter().filter(|card| interferes(card)) {
        for other in siblings(card).into_iter().filter(|other| due.contains(other)) {
            assert!(waited(card) || waited(other), "{card} and {other} on {today}, none waited");
        }
    }
    // With room under the limit, only a card that waits for its sibling is left, and for one day.
    if due.len() < REVIEWS_PER_DAY {
        let left = morning.iter().filter(|(card, model)| {
            model.due.is_some_and(|due| due <= today) && !due.contains(card)
        });
        for (card, _) in left {
            let sibling_asked =
                siblings(card).into_iter().any(|c| asked.iter().any(|(a, _)| a == c));
            assert!(interferes(card) && sibling_asked, "{card} was passed over on {today}");
            assert!(!waited(card), "{card} waited twice, on {today}");
        }
    }
    // Neighbours are of different notes as long as other notes have cards of the same round left.
    let round: Vec<&String> =
        asked.iter().filter(|(_, p)| *p != "drill").map(|(card, _)| card).collect();
    for at in 1..round.len() {
        let same = notes[round[at]] == notes[round[at - 1]];
        let others = round[at..].iter().any(|card| notes[*card] != notes[round[at]]);
        assert!(!same || !others, "{} stands beside its sibling on {today}", round[at]);
    }
}
