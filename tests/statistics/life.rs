//! Exports of lives that nobody lived: every kind of event, in every order that a database may
//! come to hold.

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Study days begin at four.
const DAY_STARTS_AT: i64 = 4 * HOUR;

/// Minutes ahead of UTC: from Niue to Kiritimati, and one that is no whole hour.
const ZONES: [i64; 5] = [-660, 0, 60, 345, 840];

const DECKS: [(&str, Option<u64>); 5] =
    [("a", Some(2)), ("a/b", None), ("a/b/c", Some(0)), ("empty", None), ("Übung", Some(5))];

const TAGS: [&str; 4] = ["lean", "Lean", "flow", "ÄRGER"];

/// A life on its way, and the dice that decide it.
pub struct Life {
    dice: SmallRng,
    /// What the clock shows, in milliseconds since 1970.
    clock: i64,
    /// How far it is ahead of the time.
    wrong: i64,
    zone: i64,
    cards: Vec<Card>,
    notes: Vec<Value>,
    reviews: Vec<Value>,
    marks: Vec<Value>,
    undoable: Vec<String>,
}

struct Card {
    id: String,
    note: String,
    key: String,
    position: usize,
    retired: bool,
    last: i64,
}

impl Life {
    /// The export of a life of so many events, the last of them about `end`.
    pub fn export(seed: u64, events: usize, end: i64) -> Value {
        let mut life = Life {
            dice: SmallRng::seed_from_u64(seed),
            clock: end,
            wrong: 0,
            zone: 0,
            cards: Vec::new(),
            notes: Vec::new(),
            reviews: Vec::new(),
            marks: Vec::new(),
            undoable: Vec::new(),
        };
        for position in 0..30 {
            life.note(position);
        }
        for event in 0..events {
            life.time_goes_by(end - before_the_end(event, events));
            life.something_happens();
        }
        life.told()
    }

    fn told(self) -> Value {
        let decks = DECKS.map(|(name, leeches)| {
            let options = leeches.map_or(json!({}), |lapses| json!({"leech_threshold": lapses}));
            json!({"name": name, "title": null, "tags": [], "source": null, "options": options})
        });
        // What is told of a card's schedule is for readers: it is folded from the events.
        let cards = self.cards.iter().map(|card| {
            json!({
                "card": card.id, "note": card.note, "key": card.key, "position": card.position,
                "repetitions": 0, "interval": 0, "ease": 2.5, "lapses": 0, "due": null,
                "suspended": false, "buried": null, "flag": 0, "retired": card.retired,
            })
        });
        let cards: Vec<Value> = cards.collect();
        json!({
            "kata": 1, "decks": decks, "notes": self.notes, "cards": cards,
            "reviews": self.reviews, "marks": self.marks,
        })
    }

    fn one_in(&mut self, many: u32) -> bool {
        self.dice.random_ratio(1, many)
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.dice.random_range(0..all.len())]
    }

    fn note(&mut self, position: usize) {
        let guid = self.id();
        let text = |part: &str| format!("{part} of\n <note> {position}");
        let long = "word ".repeat(self.one_of(&[1, 20, 21]));
        let (kind, fields, keys) = match self.dice.random_range(0..4) {
            0 => (
                "basic",
                json!({"front": text("front"), "back": long.trim(), "reverse": true}),
                vec!["forward", "reverse"],
            ),
            1 => (
                "cloze",
                json!({"cloze": format!("{{{{one}}}} \\{{{{ {{{{c3::two::hint}}}} {{{{c1::{}}}}}", long.trim())}),
                vec!["one", "two"],
            ),
            2 => {
                ("list", json!({"front": text("list"), "list": ["x", long.trim()]}), vec!["x", "y"])
            }
            _ => {
                ("set", json!({"front": text("set"), "set": ["p", "q", "r"]}), vec!["p", "q", "r"])
            }
        };
        let (deck, _) = self.one_of(&[DECKS[0], DECKS[1], DECKS[1], DECKS[2], DECKS[4]]);
        let mut tags: Vec<&str> = TAGS.to_vec();
        tags.retain(|_| self.one_in(3));
        let retired = self.one_in(10);
        for (at, key) in keys.into_iter().enumerate() {
            let retired = retired || self.one_in(15);
            let (id, note, key) = (self.id(), guid.clone(), key.to_owned());
            self.cards.push(Card { id, note, key, position: at, retired, last: 0 });
        }
        self.notes.push(json!({
            "guid": guid, "deck": deck, "kind": kind, "id": null, "fields": fields, "tags": tags,
            "source": null, "position": position, "retired": retired,
        }));
    }

    /// The clock goes on to about a time; now and then it is set wrong by days, or set right, or
    /// taken to another zone.
    fn time_goes_by(&mut self, time: i64) {
        if self.one_in(30) {
            self.wrong = self.one_of(&[0, 0, 0, -3 * DAY, -DAY, 2 * DAY]);
        }
        if self.one_in(40) {
            self.zone = self.one_of(&ZONES);
        }
        // Two events of a millisecond are told apart by their uuids.
        if !self.one_in(4) {
            self.clock = time + self.wrong + self.dice.random_range(-HOUR..HOUR);
        }
    }

    fn something_happens(&mut self) {
        // Few cards have most of the events: they lapse, and are answered twice a day.
        let most = if self.one_in(2) { 8 } else { self.cards.len() };
        let card = self.dice.random_range(0..most);
        match self.dice.random_range(0..100) {
            0..80 => self.review(card),
            80 => self.mark(card, "suspend", Value::Null),
            81..84 => self.mark(card, "resume", Value::Null),
            84 => self.mark(card, "reset", Value::Null),
            85 => self.mark(card, "flag", json!(3)),
            86 => self.mark(card, "bury", json!(self.date(1))),
            87..91 => self.reschedule(card),
            91 if card > 0 => {
                // Only to a later card: so no circle closes.
                let old = self.dice.random_range(0..card);
                let old = json!(self.cards[old].id);
                self.mark(card, "relink", old);
            }
            _ => self.undo(card),
        }
    }

    fn review(&mut self, card: usize) {
        let kind = self.one_of(&[
            "learn", "review", "review", "review", "review", "review", "ahead", "drill", "cram",
        ]);
        let grade = self.one_of(&[0, 1, 2, 2, 3, 4, 4, 4, 5, 5]);
        let before = self.one_of(&[0, 1, 1, 2, 3, 6, 7, 14, 20, 21, 42, 83, 84, 364, 365, 36_500]);
        let ms = self.dice.random_range(0..70_000);
        let mut event = self.event(card);
        event["grade"] = json!(grade);
        event["kind"] = json!(kind);
        event["ms"] = json!(ms);
        event["interval_before"] = json!(before);
        event["interval_after"] = json!(1);
        self.reviews.push(event);
    }

    fn reschedule(&mut self, card: usize) {
        let ahead = self.dice.random_range(-10..60);
        let mut to = json!({"due": self.date(ahead)});
        if self.one_in(2) {
            to["interval"] = json!(self.dice.random_range(1..60));
        }
        if self.one_in(3) {
            to["ease"] = json!(f64::from(self.dice.random_range(130..200)) / 100.0);
            to["repetitions"] = json!(self.dice.random_range(0..4));
        }
        self.mark(card, "reschedule", to);
    }

    /// Any event may be revoked, by two machines even.
    fn undo(&mut self, card: usize) {
        if !self.undoable.is_empty() {
            let recent = self.undoable.len().saturating_sub(20);
            let at = self.dice.random_range(recent..self.undoable.len());
            let undone = json!(self.undoable[at]);
            self.mark(card, "undo", undone);
        }
    }

    fn mark(&mut self, card: usize, kind: &str, value: Value) {
        let mut event = self.event(card);
        event["kind"] = json!(kind);
        event["value"] = value;
        if kind == "undo" {
            self.undoable.pop();
        }
        self.marks.push(event);
    }

    /// What every event has. Its instant is after the card's last, whatever the clock shows.
    fn event(&mut self, card: usize) -> Value {
        let uuid = self.uuid();
        self.undoable.push(uuid.clone());
        let at = self.clock.max(self.cards[card].last + 1);
        self.cards[card].last = at;
        json!({
            "uuid": uuid, "card": self.cards[card].id, "at": instant(at), "day": self.date(0),
            "utc_offset": self.zone, "machine": "9b2f6a52-5c2e-4b0e-8a44-0d6f3c1a7e55",
            "batch": uuid, "origin": null,
        })
    }

    /// The study day so many days from the clock's.
    fn date(&self, ahead: i64) -> String {
        let local = self.clock + self.zone * MINUTE - DAY_STARTS_AT + ahead * DAY;
        instant(local)[..10].to_owned()
    }

    fn uuid(&mut self) -> String {
        uuid::Uuid::from_u128(self.dice.random()).to_string()
    }

    fn id(&mut self) -> String {
        const ALPHABET: &[u8] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let letters = (0..16).map(|_| char::from(self.one_of(ALPHABET)));
        letters.collect()
    }
}

/// How long before the end an event of so many happens: a quarter of them in the first year, the
/// others in the months that every window looks at.
fn before_the_end(event: usize, events: usize) -> i64 {
    let left = (events - event) as i64;
    let (months, all) = (events as i64 * 3 / 4, events as i64);
    match left <= months {
        true => 130 * DAY * left / months.max(1),
        false => 130 * DAY + 370 * DAY * (left - months) / (all - months),
    }
}

fn instant(millis: i64) -> String {
    kata::model::Instant::from_millis(millis).to_string()
}
