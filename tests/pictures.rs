//! The pictures of the documentation, as the program draws them.
//!
//! `KATA_BLESS=1 cargo test --test kata pictures` draws them anew.

use crate::home::{Home, shipped};
use crate::screen::{Screen, picture};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The name of a file, and what draws it.
type Drawing = (&'static str, fn() -> String);

const PICTURES: &[Drawing] = &[("review", review), ("stats", stats), ("why", why)];

#[test]
fn pictures_show_what_the_program_draws() {
    for (name, draw) in PICTURES {
        let path = folder().join(format!("{name}.svg"));
        let drawn = draw();
        if std::env::var_os("KATA_BLESS").is_some() {
            fs::create_dir_all(folder()).unwrap();
            fs::write(&path, &drawn).unwrap();
        }
        let shown = fs::read_to_string(&path).unwrap_or_default();
        let differs = shown.lines().zip(drawn.lines()).find(|(shown, drawn)| shown != drawn);
        assert!(shown == drawn, "{name}: KATA_BLESS=1 draws it anew; {differs:#?}");
    }
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name());
    let drawn = PICTURES.iter().map(|(name, _)| format!("{name}.svg").into());
    assert_eq!(files.collect::<BTreeSet<_>>(), drawn.collect(), "every picture is drawn here");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures")
}

/// A screen of these rows on which a review shows its first card's answer, after these keys.
fn on_screen(rows: u16, keys: &str) -> Screen {
    let home = after_weeks();
    let mut screen = Screen::of(&home, (rows, 80), &["review"]);
    // The first card that was remembered for a while.
    while !screen.shows("all keys").keys("Space").shows("4 good").text().contains("5 days") {
        screen.keys("4").is_gone("4 good");
    }
    if !keys.is_empty() {
        let before = screen.text();
        screen.keys(keys).changes(&before);
    }
    screen
}

fn review() -> String {
    let about = "A card with its answer: at the top the deck and what remains, below it the grades \
                 with the interval that each would give, and the keys.";
    picture(&on_screen(20, ""), "kata review", about)
}

fn why() -> String {
    let about = "The history of a card over its question, and the arithmetic behind its due day.";
    picture(&on_screen(32, "i"), "kata review, the key i", about)
}

fn stats() -> String {
    let home = after_weeks();
    let mut screen = Screen::of(&home, (80, 80), &["stats"]);
    screen.ends_as_it_began(0);
    picture(
        &screen,
        "kata stats",
        "Statistics after five weeks with the shipped decks: cards by state, retention with its \
         95 % interval, what is due in the next 30 days.",
    )
}

/// The home of someone who has learned the shipped decks for five weeks, and missed a day or two.
pub fn after_weeks() -> Home {
    let mut home = Home::new();
    home.kata(&["import", shipped().to_str().unwrap()]).ok();
    let mut dice = SmallRng::seed_from_u64(5);
    let days = (19..=31).map(|day| format!("2026-10-{day}"));
    for day in days.chain((1..=22).map(|day| format!("2026-11-{day:02}"))) {
        if dice.random_ratio(1, 12) {
            continue;
        }
        home.on(&day);
        let mut review = home.review(&["--new", "12"]);
        while let Some(message) = review.hear() {
            if message["type"] == "card" {
                let grade = match dice.random_range(0..20) {
                    0 => 1,
                    1 => 2,
                    2..5 => 3,
                    5..15 => 4,
                    _ => 5,
                };
                let ms = dice.random_range(4000..20_000);
                review.say(&format!(r#"{{"do":"grade","grade":{grade},"ms":{ms}}}"#));
            }
        }
    }
    home.on("2026-11-23");
    home
}
