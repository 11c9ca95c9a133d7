//! The lines of a calculation: formulas with their numbers, as a pencil would redo them.

use crate::model::{Ease, Grade, Interval, Review, ReviewKind, StudyDay};
use crate::schedule::{CardState, EaseMove, IntervalRule, Product, Sm2, is_late_enough};
use textwrap::Options;
use unicode_width::UnicodeWidthStr;

/// Before each line of a calculation.
const INDENT: &str = "  ";

/// Under a term that is longer than a line.
const HANGING: &str = "          ";

/// One line under an event.
pub(super) enum Line {
    /// A quantity, the terms that all equal it, its value last, and a remark.
    Equation(&'static str, Vec<String>, String),
    /// A sentence.
    Words(String),
}

impl Line {
    fn equation(name: &'static str, terms: impl Into<Vec<String>>) -> Self {
        Line::Equation(name, terms.into(), String::new())
    }

    /// A value that needs no calculation, and why.
    pub(super) fn value(name: &'static str, value: impl ToString, remark: &str) -> Self {
        Line::Equation(name, vec![value.to_string()], remark.to_owned())
    }

    /// The line within this many columns: where it is longer, it goes on under its first `=`.
    pub(super) fn text(&self, width: usize) -> String {
        let (name, terms, remark) = match self {
            Line::Words(words) => return filled(&format!("{INDENT}{words}"), INDENT, width),
            Line::Equation(name, terms, remark) => (name, terms, remark),
        };
        let mut text = String::new();
        let mut line = format!("{INDENT}{name:3}");
        let start = line.width();
        for (place, term) in terms.iter().enumerate() {
            if place > 0 && line.width() + 3 + term.width() > width {
                text += &filled(&line, HANGING, width);
                line = " ".repeat(start);
            }
            line += &format!(" = {term}");
        }
        if !remark.is_empty() {
            line += &format!(", {remark}");
        }
        text + &filled(&line, HANGING, width)
    }
}

/// A line, broken between words where it is too long, with its line feed.
fn filled(line: &str, hanging: &str, width: usize) -> String {
    textwrap::fill(line, Options::new(width).subsequent_indent(hanging)) + "\n"
}

/// How an answer on a study day led from one state to the next.
pub(super) fn answer(
    before: &CardState,
    (review, day, sm2): (&Review, StudyDay, Sm2),
    after: &CardState,
) -> Vec<Line> {
    let mut lines = match sm2 {
        Sm2::Fail => vec![
            Line::value("EF", after.ease(), "as it was"),
            Line::value("n", after.repetitions, ""),
            Line::value("I", after.interval, ""),
        ],
        Sm2::Pass { moved, interval } => {
            let mut lines = circumstances(before, (review.kind, day), interval);
            lines.extend(match moved {
                Some(moved) => [ease(moved, review.grade), repetitions(before, after)],
                None => [
                    Line::value("EF", after.ease(), "as it was"),
                    Line::value("n", after.repetitions, "as it was"),
                ],
            });
            lines.push(interval_line(interval));
            lines
        }
    };
    lines.extend(after.due.map(|due| due_line(day, after.interval, due)));
    lines
}

/// What a reader may wonder about before the formulas of a pass: whether the day counts.
fn circumstances(
    before: &CardState,
    (kind, day): (ReviewKind, StudyDay),
    rule: IntervalRule,
) -> Vec<Line> {
    let words = match rule {
        IntervalRule::Early { scheduled, product } => {
            return early(before, product.days, scheduled, day);
        }
        _ if kind == ReviewKind::Ahead => {
            "written down as ahead, it is not early: it counts as if it were due".to_owned()
        }
        _ if before.early(day).is_some() => {
            format!("early, but written down as {}: it counts as if it were due", kind.word())
        }
        IntervalRule::Later(_) if before.late(day) > 0 => {
            let scheduled = before.interval;
            format!("SM-2 takes the scheduled I = {scheduled}, however late the answer")
        }
        _ => return Vec::new(),
    };
    vec![Line::Words(words)]
}

/// How early it is, and whether that is early enough for n and EF to stay.
pub(super) fn early(
    before: &CardState,
    days: u32,
    scheduled: Interval,
    day: StudyDay,
) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(since) = before.counted_from() {
        if before.answered.is_none() {
            let why = "scheduled by hand and not answered since: e counts from the due day - I";
            lines.push(Line::Words(why.to_owned()));
        }
        let difference = format!("{day} - {since}");
        let difference = match day < since {
            true => format!("max(0, {difference})"),
            false => difference,
        };
        let terms = vec![difference, days.to_string()];
        lines.push(Line::Equation("e", terms, format!("early: less than I = {scheduled}")));
    }
    let twice = 2 * u64::from(days);
    let (relation, effect) = match is_late_enough(days, scheduled) {
        true => (">=", "so n and EF move"),
        false => ("<", "so n and EF stay"),
    };
    let terms = vec![format!("2 × {days}"), format!("{twice} {relation} {scheduled}")];
    lines.push(Line::Equation("2e", terms, effect.to_owned()));
    lines
}

fn ease(moved: EaseMove, grade: Grade) -> Line {
    let (from, q) = (moved.from, grade.number());
    let sum = i64::from(from.hundredths()) + i64::from(moved.change);
    let bounded = |term: String| {
        if sum < i64::from(Ease::MIN.hundredths()) {
            format!("max({}, {term})", Ease::MIN)
        } else if sum > i64::from(Ease::MAX.hundredths()) {
            format!("min({}, {term})", Ease::MAX)
        } else {
            term
        }
    };
    let sign = if moved.change < 0 { '-' } else { '+' };
    let change = hundredths(u64::from(moved.change.unsigned_abs()));
    Line::equation(
        "EF",
        [
            bounded(format!("{from} + 0.10 - (5 - {q}) × (0.08 + (5 - {q}) × 0.02)")),
            bounded(format!("{from} {sign} {change}")),
            moved.to().to_string(),
        ],
    )
}

fn repetitions(before: &CardState, after: &CardState) -> Line {
    match before.repetitions.checked_add(1) {
        Some(_) => {
            let sum = format!("{} + 1", before.repetitions);
            Line::equation("n", [sum, after.repetitions.to_string()])
        }
        None => Line::value("n", after.repetitions, "the most there is"),
    }
}

fn interval_line(rule: IntervalRule) -> Line {
    let interval = rule.interval();
    match rule {
        IntervalRule::First => Line::value("I", interval, "as n = 1"),
        IntervalRule::Second => Line::value("I", interval, "as n = 2"),
        IntervalRule::Later(product) => Line::equation("I", rounded_up(product, None, interval)),
        IntervalRule::Early { scheduled, product } => {
            Line::equation("I", rounded_up(product, Some(scheduled), interval))
        }
    }
}

/// From a product to the interval: rounded up, not below what was `scheduled`, and not above the
/// longest there is.
fn rounded_up(product: Product, scheduled: Option<Interval>, interval: Interval) -> Vec<String> {
    let capped = product.ceil() > u64::from(Interval::MAX.get());
    let bounded = |term: String| {
        let term = match scheduled {
            Some(least) => format!("max({least}, {term})"),
            None => term,
        };
        if capped { format!("min({}, {term})", Interval::MAX) } else { term }
    };
    let mut terms = vec![
        bounded(format!("ceil({} × {})", product.days, product.ease)),
        bounded(format!("ceil({})", hundredths(product.hundredths()))),
    ];
    if capped || scheduled.is_some() {
        terms.push(bounded(product.ceil().to_string()));
    }
    terms.push(interval.to_string());
    terms
}

fn due_line(day: StudyDay, interval: Interval, due: StudyDay) -> Line {
    let sum = format!("{day} + {interval}");
    // There is a last day, and no schedule goes beyond it.
    let sum = match due.since(day) < i64::from(interval.get()) {
        true => format!("min({due}, {sum})"),
        false => sum,
    };
    Line::equation("due", [sum, due.to_string()])
}

fn hundredths(number: u64) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}
