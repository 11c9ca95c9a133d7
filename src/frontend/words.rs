//! What every screen says in the same words.

use crate::model::Interval;
use crate::model::text::counted;
use crate::session::{Graded, Remaining, Tally};

/// What became of a card: `good: due 2026-11-24, in 1 day.`
pub(super) fn graded(word: &str, graded: &Graded) -> String {
    let next = match graded.due {
        Some(due) => format!("due {due}, {}", in_days(graded.interval)),
        None => "still new".to_owned(),
    };
    let again = if graded.again_today { "; once more before the end" } else { "" };
    format!("{word}: {next}{again}.")
}

/// How far off an interval is.
pub(super) fn in_days(interval: Interval) -> String {
    format!("in {}", counted(interval.get().into(), "day"))
}

/// What a session came to, in a sentence.
pub(super) fn came_to(tally: Tally) -> String {
    let (Tally { reviewed, passed, drilled, ms }, answers) = (tally, tally.answers());
    let each = ms.checked_div(answers).unwrap_or(0).div_ceil(1000);
    let each = if ms < 60_000 { String::new() } else { format!(", {each} s each") };
    format!(
        "{reviewed} reviewed, {passed} passed at the first try, {drilled} drilled, in {}{each}.",
        minutes(ms)
    )
}

/// A length of time, as roughly as one says it.
pub(super) fn minutes(ms: u64) -> String {
    match (ms + 30_000) / 60_000 {
        _ if ms < 60_000 => "under a minute".to_owned(),
        minutes => format!("{minutes} min"),
    }
}

/// What a session left.
pub(super) fn left(left: usize, waiting: Option<Remaining>, only_drills: bool) -> String {
    let waits = |Remaining { new, review, drill }: Remaining| {
        format!("{left} wait: {new} new, {review} to review, {drill} to drill.")
    };
    match (left, waiting) {
        (0, _) => "That is all for today.".to_owned(),
        (left, None) => format!("{left} still to ask."),
        (_, Some(waiting)) if only_drills => format!("The drills are done; {}", waits(waiting)),
        (_, Some(waiting)) => format!("The time is up; {}", waits(waiting)),
    }
}

pub(super) const SUSPENDED: &str = "Suspended: not asked until `kata resume`.";
pub(super) const BURIED: &str = "Buried until tomorrow.";
pub(super) const SKIPPED: &str = "Skipped: it comes again at the end.";
pub(super) const STALE: &str = "Not stored: another session or command was first with this card.";
pub(super) const LEECH: &str =
    "A leech: forgotten so often that it is suspended. Better to rewrite it.";
pub(super) const NOTHING_TO_UNDO: &str = "Nothing to undo.";
pub(super) const NO_HINT: &str = "This card has no hint.";
pub(super) const ONLY_DRILLS: &str =
    "Only the drills that are left, then the end; r goes on with all.";
pub(super) const ALL_AGAIN: &str = "All cards again.";
pub(super) const AS_IT_WAS: &str = "Nothing was changed.";
pub(super) const DROPPED: &str = "Dropped: the file is as it was before.";
pub(super) const STILL_BROKEN: &str =
    "The file has errors. Until they are mended, what was stored before is asked.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_told_with_its_time_and_its_pace() {
        let tally = Tally { reviewed: 18, passed: 15, drilled: 3, ms: 372_000 };
        let told = "18 reviewed, 15 passed at the first try, 3 drilled, in 6 min, 18 s each.";
        assert_eq!(came_to(tally), told);
        let short = Tally { reviewed: 1, passed: 1, drilled: 0, ms: 3000 };
        assert!(came_to(short).ends_with("0 drilled, in under a minute."));
    }

    #[test]
    fn what_waits_is_told_with_why() {
        let waiting = Remaining { new: 2, review: 1, drill: 0 };
        assert_eq!(left(0, None, false), "That is all for today.");
        assert_eq!(left(3, None, false), "3 still to ask.");
        let told = "The time is up; 3 wait: 2 new, 1 to review, 0 to drill.";
        assert_eq!(left(3, Some(waiting), false), told);
        assert!(left(3, Some(waiting), true).starts_with("The drills are done; 3 wait"));
    }
}
