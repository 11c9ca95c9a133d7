//! Whether retention has changed, in a sentence.

use crate::report::statistics::recall::share_cell;
use crate::report::words::{percent, probability};
use crate::report::{Column, Paper, Table};
use crate::stats::Drift;

/// The last 30 days against the 90 before; they differ only if they are told to.
pub(super) fn drift(drift: &Drift, paper: Paper) -> String {
    let mut table = Table::new([Column::text("Days"), Column::text("Passed (95 %, reviews)")]);
    table.row(["The last 30".into(), share_cell(drift.recent, paper.ink)]);
    table.row(["The 90 before".into(), share_cell(drift.before, paper.ink)]);
    let verdict = match drift.p.map(probability) {
        _ if drift.differs => in_short(drift),
        None => "Too few reviews to compare.\n".to_owned(),
        Some(p) => format!("No difference that chance would not explain ({p}).\n"),
    };
    table.render(paper.style, paper.width) + &verdict
}

/// That it has changed, on one line.
pub(super) fn in_short(drift: &Drift) -> String {
    let way = if drift.recent.rate < drift.before.rate { "fallen" } else { "risen" };
    let [recent, before] =
        [drift.recent, drift.before].map(|share| share.rate.map(percent).unwrap_or_default());
    let p = drift.p.map(probability).unwrap_or_default();
    format!("Retention has {way}: {recent} % in 30 days, {before} % in the 90 before ({p}).\n")
}
