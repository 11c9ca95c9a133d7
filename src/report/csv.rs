//! Statistics as tidy tables of comma-separated values, for spreadsheets and other programs: a row
//! an observation, a column a variable. `docs/statistics.md` describes each column.

use crate::model::Grade;
use crate::report::words::one_line;
use crate::stats::{GradesByKind, HardCard, Share, Statistics};
use csv::Writer;

/// A table of the statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CsvTable {
    Cards,
    Retention,
    RetentionByInterval,
    Hours,
    Weekdays,
    Days,
    Forecast,
    Grades,
    Intervals,
    Eases,
    Hardest,
    Leeches,
    Decks,
    Tags,
}

impl CsvTable {
    /// Every table.
    pub const ALL: [CsvTable; 14] = [
        Self::Cards,
        Self::Retention,
        Self::RetentionByInterval,
        Self::Hours,
        Self::Weekdays,
        Self::Days,
        Self::Forecast,
        Self::Grades,
        Self::Intervals,
        Self::Eases,
        Self::Hardest,
        Self::Leeches,
        Self::Decks,
        Self::Tags,
    ];

    /// The word that a person asks for it with; `WORD.csv` is its file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cards => "cards",
            Self::Retention => "retention",
            Self::RetentionByInterval => "retention_by_interval",
            Self::Hours => "hours",
            Self::Weekdays => "weekdays",
            Self::Days => "days",
            Self::Forecast => "forecast",
            Self::Grades => "grades",
            Self::Intervals => "intervals",
            Self::Eases => "eases",
            Self::Hardest => "hardest",
            Self::Leeches => "leeches",
            Self::Decks => "decks",
            Self::Tags => "tags",
        }
    }

    /// The names of its columns.
    pub fn columns(self) -> Vec<&'static str> {
        const SHARE: [&str; 5] = ["passed", "total", "rate", "low", "high"];
        const GROUP: [&str; 5] = ["total", "new", "young", "mature", "due"];
        const GROUP_SHARE: [&str; 5] = [
            "retention_passed",
            "retention_total",
            "retention_rate",
            "retention_low",
            "retention_high",
        ];
        match self {
            Self::Cards => vec!["state", "cards"],
            Self::Retention => [&["window", "age"][..], &SHARE].concat(),
            Self::RetentionByInterval => [&["from", "to"][..], &SHARE].concat(),
            Self::Hours => [&["hour", "answers"][..], &SHARE].concat(),
            Self::Weekdays => [&["weekday", "answers"][..], &SHARE].concat(),
            Self::Days => vec!["day", "reviews", "new", "drills", "passed", "seconds"],
            Self::Forecast => vec!["day", "due"],
            Self::Grades => vec!["kind", "grade", "answers"],
            Self::Intervals => vec!["interval", "cards"],
            Self::Eases => vec!["ease", "cards"],
            Self::Hardest | Self::Leeches => vec![
                "card",
                "deck",
                "lapses",
                "ease",
                "question",
                "interval",
                "suspended",
                "advice",
            ],
            Self::Decks => [&["deck"][..], &GROUP, &GROUP_SHARE].concat(),
            Self::Tags => [&["tag"][..], &GROUP, &GROUP_SHARE].concat(),
        }
    }
}

/// A table with its header row. What would be null in JSON is empty.
///
/// # Panics
/// Never: memory takes every row, and each has as many cells as the header.
pub fn csv(statistics: &Statistics, table: CsvTable) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    let rows = std::iter::once(table.columns().into_iter().map(str::to_owned).collect());
    for row in rows.chain(rows_of(statistics, table)) {
        writer.write_record(&row).expect("every row is as long as the header");
    }
    let bytes = writer.into_inner().expect("memory takes every row");
    String::from_utf8(bytes).expect("cells are text")
}

type Row = Vec<String>;

fn rows_of(statistics: &Statistics, table: CsvTable) -> Vec<Row> {
    match table {
        CsvTable::Cards => cards(statistics),
        CsvTable::Retention => retention(statistics),
        CsvTable::RetentionByInterval => {
            let rows = statistics.retention_by_interval.iter();
            rows.map(|row| shared([number(row.from), optional(row.to)], row.share)).collect()
        }
        CsvTable::Hours => {
            let rows = statistics.hours.iter();
            rows.map(|row| shared([number(row.hour), number(row.answers)], row.share)).collect()
        }
        CsvTable::Weekdays => {
            let rows = statistics.weekdays.iter();
            let row = |row: &crate::stats::WeekdayRetention| {
                shared([row.weekday.word().to_owned(), number(row.answers)], row.share)
            };
            rows.map(row).collect()
        }
        CsvTable::Days => {
            let rows = statistics.days.iter().map(|day| {
                let counts = [day.reviews, day.new, day.drills, day.passed, day.seconds];
                std::iter::once(day.day.to_string()).chain(counts.map(number)).collect()
            });
            rows.collect()
        }
        CsvTable::Forecast => {
            let rows = statistics.forecast.iter();
            rows.map(|day| vec![day.day.to_string(), number(day.due)]).collect()
        }
        CsvTable::Grades => grades(statistics),
        CsvTable::Intervals => {
            let rows = statistics.intervals.iter();
            rows.map(|row| vec![number(row.interval.get()), number(row.cards)]).collect()
        }
        CsvTable::Eases => {
            let rows = statistics.eases.iter();
            rows.map(|row| vec![row.ease.to_string(), number(row.cards)]).collect()
        }
        CsvTable::Hardest => statistics.hardest.iter().map(hard).collect(),
        CsvTable::Leeches => statistics.leeches.iter().map(hard).collect(),
        CsvTable::Decks => {
            let rows = statistics.decks.iter().map(|deck| {
                let counts = [deck.total, deck.new, deck.young, deck.mature, deck.due];
                group(deck.deck.as_str(), counts, deck.retention)
            });
            rows.collect()
        }
        CsvTable::Tags => {
            let rows = statistics.tags.iter().map(|tag| {
                let counts = [tag.total, tag.new, tag.young, tag.mature, tag.due];
                group(&tag.tag, counts, tag.retention)
            });
            rows.collect()
        }
    }
}

fn cards(statistics: &Statistics) -> Vec<Row> {
    let cards = statistics.cards;
    [
        ("total", cards.total),
        ("new", cards.new),
        ("young", cards.young),
        ("mature", cards.mature),
        ("suspended", cards.suspended),
        ("retired", cards.retired),
    ]
    .map(|(state, count)| vec![state.to_owned(), number(count)])
    .into()
}

fn retention(statistics: &Statistics) -> Vec<Row> {
    let rows = statistics.retention.iter().flat_map(|row| {
        let ages = [("young", row.young), ("mature", row.mature), ("all", row.all)];
        ages.map(|(age, share)| shared([row.window.word().to_owned(), age.to_owned()], share))
    });
    rows.collect()
}

fn grades(statistics: &Statistics) -> Vec<Row> {
    let rows = GradesByKind::KINDS.into_iter().flat_map(|kind| {
        let grades = statistics.grades_by_kind.of(kind);
        Grade::ALL.map(|grade| {
            vec![kind.word().to_owned(), number(grade.number()), number(grades.of(grade))]
        })
    });
    rows.collect()
}

fn hard(card: &HardCard) -> Row {
    vec![
        card.card.to_string(),
        text(card.deck.as_str()),
        number(card.lapses),
        card.ease.to_string(),
        text(&card.question),
        number(card.interval.get()),
        card.suspended.to_string(),
        card.advice.word().to_owned(),
    ]
}

fn group(name: &str, counts: [u64; 5], retention: Share) -> Row {
    let mut row = vec![text(name)];
    row.extend(counts.map(number));
    row.extend(share(retention));
    row
}

/// Two cells and a share.
fn shared(cells: [String; 2], of: Share) -> Row {
    cells.into_iter().chain(share(of)).collect()
}

fn share(share: Share) -> [String; 5] {
    let Share { passed, total, rate, low, high } = share;
    [number(passed), number(total), optional(rate), optional(low), optional(high)]
}

fn number(number: impl ToString) -> String {
    number.to_string()
}

fn optional(number: Option<impl ToString>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

/// A text of a deck file, on one line. A spreadsheet takes what begins with one of these signs for
/// a formula, and decks come from strangers, too: an apostrophe before it makes it text.
///
/// Source: OWASP, *CSV Injection*.
fn text(text: &str) -> String {
    let line = one_line(text);
    match line.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        true => format!("'{line}"),
        false => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula_or_obeyed_by_a_terminal() {
        let texts = ["=1+1", "+1", "-1", "@a", "＝1", " =1", "\t=1", "\n=cmd|' /C calc'!A0"];
        for formula in texts {
            assert!(text(formula).starts_with('\''), "{formula}");
        }
        assert_eq!(text("a = b\n\u{1b}[2J"), "a = b ␛[2J");
    }
}
