//! Random lives of cards, as an export tells them.

use super::pencil::Paper;
use chrono::{Days, NaiveDate};
use rand::RngExt;
use rand::rngs::SmallRng;
use serde_json::{Value, json};

/// What is written down of all cards.
#[derive(Default)]
pub struct Log {
    pub reviews: Vec<Value>,
    pub marks: Vec<Value>,
    written: u64,
}

/// One card at some time of its life.
struct Life<'a> {
    card: &'a str,
    /// A taken-over card, until it is relinked.
    old: Option<&'a str>,
    grades: &'static [u64],
    today: NaiveDate,
    paper: Paper,
    /// Before the newest event, and that event.
    last: Option<(Paper, String)>,
    dice: &'a mut SmallRng,
    log: &'a mut Log,
}

/// What a card gets: all sorts, nearly always 5, 3 or 4.
const GRADES: [&[u64]; 4] =
    [&[0, 1, 2, 3, 3, 4, 4, 4, 5, 5], &[5, 5, 5, 5, 4], &[3, 3, 3, 3, 2], &[4]];

/// Writes down a life of a card, which may take over the card `old`.
pub fn live(card: &str, old: Option<&str>, dice: &mut SmallRng, log: &mut Log) {
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    let today = first + Days::new(dice.random_range(0..700));
    let grades = GRADES[dice.random_range(0..GRADES.len())];
    let events = dice.random_range(0..26);
    let mut life = Life { card, old, grades, today, paper: Paper::NEW, last: None, dice, log };
    for _ in 0..events {
        life.goes_on();
    }
}

impl Life<'_> {
    fn goes_on(&mut self) {
        match self.dice.random_range(0..40) {
            0 => self.mark("suspend", Value::Null),
            1 => self.mark("resume", Value::Null),
            2 => self.mark("bury", json!(self.today.to_string())),
            3 => {
                let flag = self.dice.random_range(0..8);
                self.mark("flag", json!(flag));
            }
            4 => self.mark("reset", Value::Null),
            5 | 6 => self.reschedule(),
            7 | 8 => self.undo(),
            9 => {
                if let Some(old) = self.old.take() {
                    self.mark("relink", json!(old));
                }
            }
            10 => self.answer("cram"),
            11..=16 if self.paper.due.is_some() => {
                // At any time before it is due: the day of the answer itself is one.
                let left = self.paper.due.map_or(0, |due| (due - self.today).num_days());
                let days = self.dice.random_range(0..left.max(1));
                self.today = self.today + Days::new(days.unsigned_abs());
                self.answer_in_role();
            }
            _ => self.answer_when_due(),
        }
    }

    fn answer_when_due(&mut self) {
        let late = if self.dice.random_ratio(1, 4) { self.dice.random_range(1..90) } else { 0 };
        let due = self.paper.due.unwrap_or(self.today) + Days::new(late);
        self.today = self.today.max(due);
        self.answer_in_role();
        if self.dice.random_bool(0.3) {
            self.answer("drill");
        }
    }

    fn answer_in_role(&mut self) {
        self.answer(match self.paper.due {
            None => "learn",
            Some(_) if self.paper.early(self.today).is_some() => "ahead",
            Some(_) => "review",
        });
    }

    fn answer(&mut self, kind: &str) {
        let grade = self.grades[self.dice.random_range(0..self.grades.len())];
        let before = self.paper;
        let mut event = self.event();
        self.paper.answer(kind, grade, self.today);
        event["grade"] = json!(grade);
        event["kind"] = json!(kind);
        event["ms"] = json!(1500);
        event["interval_before"] = json!(before.interval);
        event["interval_after"] = json!(self.paper.interval);
        self.last = Some((before, event["uuid"].as_str().unwrap().to_owned()));
        self.log.reviews.push(event);
    }

    fn reschedule(&mut self) {
        let due = self.today + Days::new(self.dice.random_range(0..60));
        let mut value = json!({"due": due.to_string()});
        let mut to = Paper { due: Some(due), ..self.paper };
        if self.dice.random_bool(0.5) || self.paper.due.is_none() {
            to.interval = self.dice.random_range(1..200);
            value["interval"] = json!(to.interval);
        }
        if self.dice.random_bool(0.3) {
            to.ease = *[130, 135, 210, 345, 99_990].get(self.dice.random_range(0..5)).unwrap();
            value["ease"] = json!(to.ease as f64 / 100.0);
        }
        if self.dice.random_bool(0.3) {
            to.n = self.dice.random_range(0..9);
            value["repetitions"] = json!(to.n);
        }
        self.mark("reschedule", value);
        self.paper = to;
    }

    /// Takes back the newest event.
    fn undo(&mut self) {
        if let Some((before, undone)) = self.last.take() {
            self.mark("undo", json!(undone));
            self.paper = before;
            self.last = None;
        }
    }

    fn mark(&mut self, kind: &str, value: Value) {
        let mut event = self.event();
        event["kind"] = json!(kind);
        event["value"] = value;
        self.last = Some((self.paper, event["uuid"].as_str().unwrap().to_owned()));
        if kind == "reset" {
            self.paper = Paper::NEW;
        }
        self.log.marks.push(event);
    }

    /// What a review and a mark have in common. Each is a second after the one before.
    fn event(&mut self) -> Value {
        self.log.written += 1;
        let n = self.log.written;
        let (minute, second) = (n / 60 % 60, n % 60);
        // Within a day by hours: later on it is later.
        let at = format!("{}T{:02}:{minute:02}:{second:02}.000Z", self.today, 6 + n / 3600);
        let uuid = format!("019a0000-0000-7000-8000-{n:012x}");
        json!({
            "uuid": uuid, "card": self.card, "at": at, "day": self.today.to_string(),
            "utc_offset": 0, "machine": "019a0000-0000-7000-8000-000000000000", "batch": uuid,
            "origin": null,
        })
    }
}
