//! How answers were graded.

use crate::model::{Grade, ReviewKind};
use crate::report::counted;
use crate::report::html::columns::{Column, Labels, columns};
use crate::report::html::plot::Measure;
use crate::report::html::section::Figure;
use crate::report::html::table::Holds::{Numbers, Words};
use crate::report::html::table::{DataTable, NONE};
use crate::report::words::percent;
use crate::stats::{GradesByKind, Share};

/// The grades of reviews as columns; those of other answers stand in the table.
pub(super) fn grades(by_kind: &GradesByKind) -> Figure {
    let reviews = by_kind.of(ReviewKind::Review);
    let most = Grade::ALL.iter().map(|grade| reviews.of(*grade)).max().unwrap_or(0);
    let part = |grade| match Share::of(reviews.of(grade), reviews.total()).rate {
        Some(rate) => format!("{} %", percent(rate)),
        None => NONE.to_owned(),
    };
    let name = |grade: Grade| {
        format!("{} {}", grade.number(), if grade.is_pass() { "pass" } else { "fail" })
    };
    let bars = Grade::ALL.map(|grade| {
        let count = reviews.of(grade);
        let hover = format!("Grade {}: {}, {}", name(grade), counted(count, "review"), part(grade));
        Column { is_quiet: !grade.is_pass(), ..Column::of_count(Some(name(grade)), count, hover) }
    });
    let table = DataTable::new(
        "Answers by grade",
        [
            ("Grade", Words),
            ("Reviews", Numbers),
            ("Share of them", Numbers),
            ("New cards", Numbers),
            ("Ahead", Numbers),
            ("Drills", Numbers),
            ("Cram", Numbers),
        ],
    );
    let table = table.with(Grade::ALL.map(|grade| {
        let others = [ReviewKind::Learn, ReviewKind::Ahead, ReviewKind::Drill, ReviewKind::Cram];
        let [learn, ahead, drill, cram] = others.map(|kind| by_kind.of(kind).of(grade).to_string());
        [name(grade), reviews.of(grade).to_string(), part(grade), learn, ahead, drill, cram]
    }));
    Figure {
        id: "grades",
        note: format!(
            "{}; 3 and more is a pass. The table has new cards, drills and the rest, too.",
            counted(reviews.total(), "review")
        ),
        drawing: columns(
            "grades",
            &Measure::counts("reviews", most),
            "grade",
            Labels::Middle,
            &bars,
        ),
        table,
        is_wide: false,
    }
}
