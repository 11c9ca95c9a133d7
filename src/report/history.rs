//! `kata history`: what happened to a card.

use crate::model::{CardId, DeckName, Event, Mark, Review, What};
use crate::report::words::{one_line, wrapped};
use crate::report::{Cell, Column, Style, Table, Tone, counted, short_id};
use chrono::DateTime;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// A card's events; the JSON of `kata history`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardHistory {
    /// The card.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckName,
    /// What it asks.
    pub question: String,
    /// Everything that happened to it and to the cards whose events it took over, in fold order.
    pub events: Vec<PastEvent>,
}

/// An event and whether it still counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEvent {
    /// The event.
    pub event: Event,
    /// Whether it was undone.
    pub undone: bool,
}

/// Keyed as in `kata export`, reviews and marks alike: a mark's review keys and a review's
/// `value` are null.
impl Serialize for PastEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Event { id, card, at, day, utc_offset, what, .. } = &self.event;
        let (review, mark) = match what {
            What::Review(review) => (Some(review), None),
            What::Mark(mark) => (None, Some(mark)),
        };
        let kind = match what {
            What::Review(review) => review.kind.word(),
            What::Mark(mark) => mark.word(),
        };
        let mut object = serializer.serialize_struct("PastEvent", 12)?;
        object.serialize_field("uuid", id)?;
        object.serialize_field("card", card)?;
        object.serialize_field("at", at)?;
        object.serialize_field("day", day)?;
        object.serialize_field("utc_offset", utc_offset)?;
        object.serialize_field("kind", kind)?;
        object.serialize_field("grade", &review.map(|review| review.grade))?;
        object.serialize_field("ms", &review.map(|review| review.ms))?;
        object.serialize_field("interval_before", &review.map(|review| review.interval_before))?;
        object.serialize_field("interval_after", &review.map(|review| review.interval_after))?;
        object.serialize_field("value", &mark.map(MarkValue))?;
        object.serialize_field("undone", &self.undone)?;
        object.end()
    }
}

/// What a mark says beside its kind.
pub(super) struct MarkValue<'a>(pub(super) &'a Mark);

impl Serialize for MarkValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Mark::Suspend | Mark::Resume | Mark::Reset => serializer.serialize_none(),
            Mark::Bury(day) => day.serialize(serializer),
            Mark::Flag(flag) => flag.serialize(serializer),
            Mark::Reschedule(to) => to.serialize(serializer),
            Mark::Relink(card) => card.serialize(serializer),
            Mark::Undo(event) => event.serialize(serializer),
        }
    }
}

/// The page of `kata history`.
pub fn history(history: &CardHistory, style: Style, width: Option<usize>) -> String {
    let mut page = format!("{}  {}\n", style.bold(&short_id(history.card)), history.deck);
    page += &format!("{}\n\n", wrapped(&one_line(&history.question), "", width));
    if history.events.is_empty() {
        return page + "Nothing has happened to it yet.\n";
    }
    let mut table = Table::new([
        Column::text("When"),
        Column::text("Study day"),
        Column::long_text("What"),
        Column::number("Grade"),
        Column::number("Interval"),
        Column::number("Seconds"),
    ]);
    for past in &history.events {
        table.row(row(past, &history.events));
    }
    page + &table.render(style, width)
}

fn row(past: &PastEvent, events: &[PastEvent]) -> [Cell; 6] {
    let event = &past.event;
    let tone = if past.undone { Tone::Dim } else { Tone::Normal };
    let undoes = match event.what {
        What::Mark(Mark::Undo(id)) => events.iter().find(|past| past.event.id == id),
        _ => None,
    };
    let words = words(&event.what, undoes.map(|past| &past.event.what));
    let what = if past.undone { format!("{words}, undone") } else { words };
    let (grade, interval, seconds) = match &event.what {
        What::Mark(_) => Default::default(),
        What::Review(review) => (
            Cell::toned(grade_tone(past, review), review.grade.number().to_string()),
            Cell::toned(tone, format!("{} → {}", review.interval_before, review.interval_after)),
            Cell::toned(tone, format!("{:.1}", f64::from(review.ms) / 1000.0)),
        ),
    };
    [
        Cell::toned(tone, local_time(event)),
        Cell::toned(tone, event.day.to_string()),
        Cell::toned(tone, what),
        grade,
        interval,
        seconds,
    ]
}

fn grade_tone(past: &PastEvent, review: &Review) -> Tone {
    match (past.undone, review.grade.is_pass()) {
        (true, _) => Tone::Dim,
        (false, true) => Tone::Good,
        (false, false) => Tone::Bad,
    }
}

/// What happened, in words; of an undo with what it took back, if that is known.
pub(super) fn words(what: &What, undone: Option<&What>) -> String {
    let mark = match what {
        What::Review(review) => return review.kind.word().to_owned(),
        What::Mark(mark) => mark,
    };
    let word = mark.word();
    match mark {
        Mark::Suspend | Mark::Resume | Mark::Reset => word.to_owned(),
        Mark::Bury(day) => format!("{word} through {day}"),
        Mark::Flag(flag) => format!("{word} {}", flag.number()),
        Mark::Relink(old) => format!("{word} of {}", short_id(*old)),
        Mark::Reschedule(to) => {
            let interval = to.interval.map(|days| format!("interval {days}"));
            let ease = to.ease.map(|ease| format!("ease {ease}"));
            let repetitions = to.repetitions.map(|n| counted(u64::from(n), "repetition"));
            let parts = [Some(format!("{word} to {}", to.due)), interval, ease, repetitions];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        Mark::Undo(_) => match undone {
            Some(undone) => format!("{word} of {}", words(undone, None)),
            None => word.to_owned(),
        },
    }
}

/// The wall clock's date and time where the event was written down: `2026-11-23 09:12:05`.
fn local_time(event: &Event) -> String {
    let local = i64::from(event.utc_offset) * 60_000;
    let shown = DateTime::from_timestamp_millis(event.at.millis().saturating_add(local));
    shown.unwrap_or_default().format("%Y-%m-%d %H:%M:%S").to_string()
}
