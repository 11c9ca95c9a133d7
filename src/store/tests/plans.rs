//! Each index earns its place: the plan of the query that it is for.

use super::*;
use crate::store::history::{
    DAY, HISTORY, HISTORY_WITH_UUIDS, LATEST_TIMES, NEWEST_DAY_AFTER, STUDY_DAYS, TAKEOVERS, UNDONE,
};
use crate::store::queue::{ANSWERED, DRILL, DUE, DUE_DAYS, DUE_ON, NEW, NEXT_DUE};
use crate::store::record::{BATCH, NEWEST_BATCH};

/// The plan of a statement, a line a step.
fn plan(sql: &str) -> String {
    let store = Store::in_memory().unwrap();
    let mut explain = store.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    for parameter in 1..=explain.parameter_count() {
        explain.raw_bind_parameter(parameter, 1).unwrap();
    }
    let mut rows = explain.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get::<_, String>(3).unwrap());
    }
    steps.join("\n")
}

#[test]
fn due_cards_are_read_from_their_index_alone() {
    assert_eq!(plan(DUE), "SEARCH card USING COVERING INDEX card_due (due<?)");
}

#[test]
fn the_cards_of_a_due_day_are_counted_from_their_index_alone() {
    assert_eq!(plan(DUE_ON), "SEARCH card USING COVERING INDEX card_due (due=?)");
}

#[test]
fn due_days_are_counted_from_their_index_alone_without_sorting() {
    let plan = plan(DUE_DAYS);
    assert_eq!(plan, "SEARCH card USING COVERING INDEX card_due (due>? AND due<?)");
}

#[test]
fn new_cards_are_read_from_their_index_alone_and_in_order() {
    assert_eq!(plan(NEW), "SEARCH card USING COVERING INDEX card_new (deck=?)");
}

#[test]
fn drills_are_found_by_their_day() {
    assert_eq!(plan(DRILL), "SEARCH card USING INDEX card_drill (drill=?)");
}

#[test]
fn a_days_answers_are_found_by_the_day() {
    for sql in [ANSWERED, DAY] {
        let plan = plan(sql);
        assert!(plan.starts_with("SEARCH review USING INDEX review_day (day=?)"), "{plan}");
        assert!(plan.contains("SEARCH mark USING COVERING INDEX mark_undo (value=?)"), "{plan}");
    }
}

#[test]
fn a_cards_events_are_read_in_order_without_sorting() {
    let plan = plan("SELECT * FROM event WHERE card_row = ?1 ORDER BY at, uuid");
    assert!(plan.contains("SEARCH review USING INDEX review_card (card=?)"), "{plan}");
    assert!(plan.contains("SEARCH mark USING INDEX mark_card (card=?)"), "{plan}");
    assert!(plan.contains("MERGE (UNION ALL)") && !plan.contains("TEMP B-TREE"), "{plan}");
}

#[test]
fn a_day_after_today_is_looked_up_in_the_index_without_sorting() {
    let plan = plan(NEWEST_DAY_AFTER);
    assert!(plan.starts_with("SEARCH review USING COVERING INDEX review_day (day>?)"), "{plan}");
    assert!(plan.contains("SEARCH mark USING COVERING INDEX mark_undo (value=?)"), "{plan}");
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
}

#[test]
fn the_whole_history_is_read_in_order_without_sorting() {
    let of_reviews = "SELECT * FROM review ORDER BY at, uuid";
    for sql in ["SELECT * FROM event ORDER BY at, uuid", of_reviews, LATEST_TIMES] {
        let plan = plan(sql);
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}

#[test]
fn the_newest_event_is_found_from_the_end() {
    let plan = plan(NEWEST_BATCH);
    assert!(plan.contains("MERGE (UNION ALL)") && !plan.contains("TEMP B-TREE"), "{plan}");
}

#[test]
fn a_batch_is_found_without_a_scan() {
    let plan = plan(BATCH);
    assert!(!plan.contains("SCAN"), "{plan}");
    for index in ["review_batch", "mark_batch"] {
        assert!(plan.contains(index), "{plan}");
    }
}

#[test]
fn notes_to_match_with_are_found_without_a_scan_of_all() {
    let plan = plan(crate::store::notes::MATCHING);
    for index in ["note_source", "note_deck", "note_retired"] {
        assert!(plan.contains(index), "{plan}");
    }
    assert!(!plan.contains("SCAN note") && !plan.contains("SCAN card"), "{plan}");
}

#[test]
fn relinks_are_read_without_a_look_at_other_marks() {
    let plan = plan(TAKEOVERS);
    assert!(plan.starts_with("SCAN relink USING INDEX mark_relink"), "{plan}");
}

#[test]
fn the_next_due_day_is_the_first_of_its_index() {
    assert_eq!(plan(NEXT_DUE), "SEARCH card USING COVERING INDEX card_due (due>?)");
}

#[test]
fn study_days_are_found_by_leaps_over_their_index() {
    let plan = plan(STUDY_DAYS);
    assert!(plan.contains("SEARCH review USING COVERING INDEX review_day (day>?)"), "{plan}");
    assert!(!plan.contains("SCAN review\n"), "{plan}");
}

#[test]
fn the_whole_history_is_read_in_fold_order_without_sorting() {
    assert_eq!(plan(HISTORY), "SEARCH review USING PRIMARY KEY (at>? AND at<?)");
    assert_eq!(plan(HISTORY_WITH_UUIDS), plan(HISTORY));
    let undone = plan(UNDONE);
    assert!(
        undone.starts_with("SEARCH mark USING COVERING INDEX mark_undo (value>?)")
            || undone.contains("mark_undo"),
        "{undone}"
    );
}
