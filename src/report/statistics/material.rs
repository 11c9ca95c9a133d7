//! The cards: intervals, eases, the hardest, by deck and by tag.

use crate::model::Ease;
use crate::report::statistics::recall::share_cell;
use crate::report::{Cell, Column, Paper, Table, chart, counted, short_id};
use crate::stats::{EaseCount, HardCard, Share, Statistics};

/// Terminals narrower than this list fewer columns.
const WIDE: usize = 100;

/// Intervals are told in these steps: the longest of each, and its name.
const INTERVALS: [(u32, &str); 6] = [
    (1, "1 day"),
    (6, "2 to 6 days"),
    (20, "7 to 20 days"),
    (89, "21 to 89 days"),
    (364, "90 to 364 days"),
    (u32::MAX, "a year and more"),
];

/// Eases are told in these steps: the highest of each in hundredths, and its name.
const EASES: [(u32, &str); 8] = [
    (130, "1.30, the least"),
    (150, "1.31 to 1.50"),
    (170, "1.51 to 1.70"),
    (190, "1.71 to 1.90"),
    (210, "1.91 to 2.10"),
    (230, "2.11 to 2.30"),
    (250, "2.31 to 2.50"),
    (u32::MAX, "more than 2.50"),
];

/// Cards by interval.
pub(super) fn intervals(statistics: &Statistics, paper: Paper) -> String {
    let counts = statistics.intervals.iter().map(|count| (count.interval.get(), count.cards));
    steps("Interval", INTERVALS, counts, paper)
}

/// Cards by ease.
pub(super) fn eases(statistics: &Statistics, paper: Paper) -> String {
    let counts = statistics.eases.iter().map(|count| (count.ease.hundredths(), count.cards));
    steps("Ease", EASES, counts, paper) + &median(&statistics.eases)
}

/// A table of counts by step, with bars; nothing if there is nothing to count.
fn steps<const N: usize>(
    what: &'static str,
    steps: [(u32, &str); N],
    counts: impl Iterator<Item = (u32, u64)>,
    paper: Paper,
) -> String {
    let mut cards = [0; N];
    for (value, count) in counts {
        let step = steps.iter().position(|(highest, _)| value <= *highest);
        cards[step.unwrap_or(N - 1)] += count;
    }
    let top = cards.into_iter().max().unwrap_or(0);
    if top == 0 {
        return String::new();
    }
    let mut table = Table::new([Column::text(what), Column::number("Cards"), Column::text("")]);
    for ((_, name), count) in steps.into_iter().zip(cards) {
        table.row([name.into(), Cell::count(count), chart::bar(count, top, paper.ink).into()]);
    }
    table.render(paper.style, paper.width)
}

fn median(eases: &[EaseCount]) -> String {
    let total: u64 = eases.iter().map(|count| count.cards).sum();
    let mut before = 0;
    let median = eases.iter().find(|count| {
        before += count.cards;
        2 * before >= total
    });
    let Some(median) = median else { return String::new() };
    match eases.first().filter(|lowest| lowest.ease == Ease::MIN) {
        None => format!("Median ease {}.\n", median.ease),
        Some(lowest) => {
            let cards = counted(lowest.cards, "card");
            format!("Median ease {}; {cards} at the least, {}.\n", median.ease, lowest.ease)
        }
    }
}

/// Hard cards and what to do about them.
pub(super) fn hardest(cards: &[HardCard], paper: Paper) -> String {
    if cards.is_empty() {
        return String::new();
    }
    let wide = paper.width.is_none_or(|width| width >= WIDE);
    let mut columns = vec![
        Column::text("Card"),
        Column::number("Lapses"),
        Column::number("Ease"),
        Column::number("Interval"),
        Column::text("To do"),
    ];
    if wide {
        columns.push(Column::name("Deck"));
    }
    columns.push(Column::long_text("Question"));
    let mut table = Table::new(columns);
    for hard in cards {
        let mut cells: Vec<Cell> = vec![
            short_id(hard.card).into(),
            Cell::count(u64::from(hard.lapses)),
            hard.ease.to_string().into(),
            Cell::count(u64::from(hard.interval.get())),
            hard.advice.phrase().into(),
        ];
        if wide {
            cells.push(hard.deck.as_str().into());
        }
        cells.push(hard.question.as_str().into());
        table.row(cells);
    }
    let close = paper.style.dim("`kata why CARD` tells how it came to this.");
    format!("{}{close}\n", table.render(paper.style, paper.width))
}

/// Cards and retention by deck.
pub(super) fn decks(statistics: &Statistics, paper: Paper) -> String {
    let rows = statistics.decks.iter().map(|deck| Group {
        name: deck.deck.as_str(),
        counts: [deck.total, deck.new, deck.young, deck.mature, deck.due],
        retention: deck.retention,
    });
    groups("Deck", rows.collect(), paper)
}

/// Cards and retention by tag.
pub(super) fn tags(statistics: &Statistics, paper: Paper) -> String {
    let rows = statistics.tags.iter().map(|tag| Group {
        name: &tag.tag,
        counts: [tag.total, tag.new, tag.young, tag.mature, tag.due],
        retention: tag.retention,
    });
    groups("Tag", rows.collect(), paper)
}

struct Group<'a> {
    name: &'a str,
    /// All, new, young, mature, due.
    counts: [u64; 5],
    retention: Share,
}

fn groups(what: &'static str, rows: Vec<Group<'_>>, paper: Paper) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut columns = vec![Column::name(what)];
    columns.extend(["Cards", "New", "Young", "Mature", "Due"].map(Column::number));
    columns.push(Column::text("Retention, 30 days"));
    let mut table = Table::new(columns);
    for row in rows {
        let mut cells: Vec<Cell> = vec![row.name.into()];
        cells.extend(row.counts.map(Cell::count));
        cells.push(share_cell(row.retention, paper.ink));
        table.row(cells);
    }
    table.render(paper.style, paper.width)
}
