//! The cards: when they come due, how they stand, which are hard.

use crate::model::Ease;
use crate::report::html::columns::{Column, Labels, columns};
use crate::report::html::plot::Measure;
use crate::report::html::section::{Figure, Listing, Section};
use crate::report::html::table::Holds::{DeckText, Numbers, Words};
use crate::report::html::table::{DataTable, NONE};
use crate::report::words::{distance, share, weekday_and_date};
use crate::report::{counted, short_id};
use crate::stats::{
    CardCounts, DeckStatistics, DueOn, EaseCount, HardCard, IntervalCount, Share, Statistics,
    TagStatistics,
};

/// The shortest interval of each column, in days.
const INTERVALS: [u32; 10] = [1, 2, 4, 7, 14, 21, 42, 84, 168, 365];

/// How much ease a column holds, in hundredths.
const EASE_STEP: u32 = 10;

/// From 1.30 on; the last column holds all from 3.00.
const EASE_COLUMNS: usize = 18;

/// How many leeches are listed.
const LEECHES: usize = 50;

/// How many characters of a question are shown.
const QUESTION: usize = 120;

/// The section on the cards.
pub(super) fn section(statistics: &Statistics) -> Section {
    let mut sentences = Vec::new();
    let mut figures = Vec::new();
    match statistics.cards.total {
        0 => sentences.push("No cards yet.".to_owned()),
        _ => figures.push(states(statistics.cards)),
    }
    if !statistics.intervals.is_empty() {
        figures.extend([
            forecast(&statistics.forecast, statistics),
            intervals(&statistics.intervals),
            eases(&statistics.eases),
        ]);
    }
    let listings = vec![
        hardest(&statistics.hardest),
        leeches(&statistics.leeches),
        decks(&statistics.decks),
        tags(&statistics.tags),
    ];
    Section { id: "cards", title: "Cards", sentences, figures, listings }
}

fn states(cards: CardCounts) -> Figure {
    let CardCounts { total, new, young, mature, suspended, retired } = cards;
    let states = [
        ("new", new, false),
        ("young", young, false),
        ("mature", mature, false),
        ("suspended", suspended, true),
        ("retired", retired, true),
    ];
    let bars = states.map(|(state, cards, is_quiet)| {
        let hover = format!("{state}: {}", counted(cards, "card"));
        Column { is_quiet, ..Column::of_count(Some(state.to_owned()), cards, hover) }
    });
    let most = states.iter().map(|(_, cards, _)| *cards).max().unwrap_or(0);
    let table = DataTable::new("Cards by state", [("State", Words), ("Cards", Numbers)]);
    Figure {
        id: "states",
        note: format!(
            "{}: new, young or mature, that is, of an interval of 21 days or more. Suspended ones \
             are among them, retired ones are not.",
            counted(total, "card")
        ),
        drawing: columns("states", &Measure::counts("cards", most), "state", Labels::Middle, &bars),
        table: table.with(states.map(|(state, cards, _)| [state.to_owned(), cards.to_string()])),
        is_wide: false,
    }
}

fn forecast(days: &[DueOn], statistics: &Statistics) -> Figure {
    let today = statistics.day;
    let most = days.iter().map(|day| day.due).max().unwrap_or(0);
    let bars: Vec<Column> = (0..)
        .zip(days)
        .map(|(n, DueOn { day, due })| {
            let label = match n {
                0 => Some("today".to_owned()),
                n if n % 7 == 0 => Some(day.date().format("%-d %b").to_string()),
                _ => None,
            };
            let hover = format!(
                "{} ({}): {} due",
                weekday_and_date(*day),
                distance(*day, today),
                counted(*due, "card")
            );
            Column::of_count(label, *due, hover)
        })
        .collect();
    let table = DataTable::new("Due in the next 30 days", [("Day", Words), ("Cards due", Numbers)]);
    let table = table.with(days.iter().map(|day| [day.day.to_string(), day.due.to_string()]));
    Figure {
        id: "forecast",
        note: "Cards by their next due day; today has all that are overdue. Limits are not counted in."
            .to_owned(),
        drawing: columns("forecast", &Measure::counts("cards", most), "study day", Labels::Middle, &bars),
        table,
        is_wide: false,
    }
}

fn intervals(counts: &[IntervalCount]) -> Figure {
    let mut cards = [0; INTERVALS.len()];
    for count in counts {
        let step = INTERVALS.partition_point(|from| *from <= count.interval.get());
        cards[step.saturating_sub(1)] += count.cards;
    }
    let ends = INTERVALS.iter().skip(1).map(|next| Some(next - 1)).chain([None]);
    let rows: Vec<(u32, String, u64)> = INTERVALS
        .iter()
        .zip(ends)
        .zip(cards)
        .map(|((from, to), n)| (*from, days_from(*from, to), n))
        .collect();
    let bars: Vec<Column> = rows
        .iter()
        .map(|(from, name, cards)| {
            let hover = format!("{name}: {}", counted(*cards, "card"));
            Column::of_count(Some(from.to_string()), *cards, hover)
        })
        .collect();
    let most = cards.iter().copied().max().unwrap_or(0);
    let table = DataTable::new("Cards by interval", [("Interval", Words), ("Cards", Numbers)]);
    let table = table.with(rows.into_iter().map(|(_, name, cards)| [name, cards.to_string()]));
    Figure {
        id: "intervals",
        note:
            "How far apart the cards that are not new are asked. From 21 days on a card is mature."
                .to_owned(),
        drawing: columns(
            "intervals",
            &Measure::counts("cards", most),
            "interval, days (from)",
            Labels::Edge,
            &bars,
        ),
        table,
        is_wide: false,
    }
}

/// Intervals from so many days to so many: `7 to 13 days`.
pub(super) fn days_from(from: u32, to: Option<u32>) -> String {
    match to {
        Some(to) if to == from => counted(u64::from(from), "day"),
        Some(to) => format!("{from} to {to} days"),
        None => format!("{from} days and more"),
    }
}

fn eases(counts: &[EaseCount]) -> Figure {
    let mut cards = [0; EASE_COLUMNS];
    for count in counts {
        let above = (count.ease.hundredths() - Ease::MIN.hundredths()) / EASE_STEP;
        cards[usize::try_from(above).unwrap_or(EASE_COLUMNS).min(EASE_COLUMNS - 1)] += count.cards;
    }
    let ease = |n: u32| Ease::from_hundredths((Ease::MIN.hundredths() + n * EASE_STEP).into());
    let rows: Vec<(Ease, String, u64)> = (0..)
        .zip(cards)
        .map(|(n, cards)| {
            let (from, next) = (ease(n), ease(n + 1));
            let name = match is_last(n) {
                true => format!("{from} and more"),
                false => format!("{from} to {}", next.moved(-1)),
            };
            (from, name, cards)
        })
        .collect();
    let bars: Vec<Column> = (0..)
        .zip(&rows)
        .map(|(n, (from, name, cards))| {
            let hover = format!("Ease {name}: {}", counted(*cards, "card"));
            let label = (n % 4 == 0).then(|| from.to_string());
            Column::of_count(label, *cards, hover)
        })
        .collect();
    let most = cards.iter().copied().max().unwrap_or(0);
    let table = DataTable::new("Cards by ease", [("Ease", Words), ("Cards", Numbers)]);
    let table = table.with(rows.into_iter().map(|(_, name, cards)| [name, cards.to_string()]));
    Figure {
        id: "eases",
        note: "By what the interval grows at each pass. A card begins at 2.50; the least is 1.30."
            .to_owned(),
        drawing: columns(
            "eases",
            &Measure::counts("cards", most),
            "ease (from)",
            Labels::Edge,
            &bars,
        ),
        table,
        is_wide: false,
    }
}

/// Whether a column of eases is the last, which holds all above.
fn is_last(column: u32) -> bool {
    usize::try_from(column) == Ok(EASE_COLUMNS - 1)
}

fn hardest(cards: &[HardCard]) -> Listing {
    let note = match cards.is_empty() {
        true => "None has lapsed or lost ease.",
        false => "Most lapses first, then lowest ease.",
    };
    Listing { id: "hardest", note: note.to_owned(), table: hard("Hardest cards", cards) }
}

fn leeches(cards: &[HardCard]) -> Listing {
    let note = match cards.len() {
        0 => "None.".to_owned(),
        all if all > LEECHES => {
            format!("The first {LEECHES} of {all}; kata cards is:leech lists them all.")
        }
        _ => "Cards that lapse again and again cost more than they give.".to_owned(),
    };
    let table = hard("Leeches", cards.get(..LEECHES).unwrap_or(cards));
    Listing { id: "leeches", note, table }
}

fn hard(title: &str, cards: &[HardCard]) -> DataTable {
    let table = DataTable::new(
        title,
        [
            ("Card", Words),
            ("Question", DeckText),
            ("Deck", DeckText),
            ("Lapses", Numbers),
            ("Ease", Numbers),
            ("Interval, days", Numbers),
            ("What to do", Words),
        ],
    );
    table.with(cards.iter().map(|hard| {
        [
            short_id(hard.card),
            cut(&hard.question),
            hard.deck.to_string(),
            hard.lapses.to_string(),
            hard.ease.to_string(),
            hard.interval.get().to_string(),
            hard.advice.phrase().to_owned(),
        ]
    }))
}

/// A question as long as it takes to know it.
fn cut(question: &str) -> String {
    match question.char_indices().nth(QUESTION) {
        Some((end, _)) => format!("{}…", &question[..end]),
        None => question.to_owned(),
    }
}

fn decks(decks: &[DeckStatistics]) -> Listing {
    let table = by_group("By deck", "Deck").with(decks.iter().map(|deck| {
        let DeckStatistics { deck, total, new, young, mature, due, retention } = deck;
        group(deck.as_str(), [*total, *new, *young, *mature, *due], *retention)
    }));
    let note = "Each deck's own cards, without those of decks below it.".to_owned();
    Listing { id: "decks", note, table }
}

fn tags(tags: &[TagStatistics]) -> Listing {
    let table = by_group("By tag", "Tag").with(tags.iter().map(|tag| {
        let TagStatistics { tag, total, new, young, mature, due, retention } = tag;
        group(tag, [*total, *new, *young, *mature, *due], *retention)
    }));
    let note = match tags.is_empty() {
        true => "No tags.",
        false => "A card with two tags counts in both.",
    };
    Listing { id: "tags", note: note.to_owned(), table }
}

fn by_group(title: &str, heading: &'static str) -> DataTable {
    DataTable::new(
        title,
        [
            (heading, DeckText),
            ("Cards", Numbers),
            ("New", Numbers),
            ("Young", Numbers),
            ("Mature", Numbers),
            ("Due", Numbers),
            ("Retention, 30 days", Numbers),
        ],
    )
}

fn group(name: &str, counts: [u64; 5], retention: Share) -> [String; 7] {
    let [total, new, young, mature, due] = counts.map(|count| count.to_string());
    let retention = share(retention).unwrap_or_else(|| NONE.to_owned());
    [name.to_owned(), total, new, young, mature, due, retention]
}
