use super::*;
use crate::model::{Flag, IdPrefix, Interval, Reschedule};

fn at(now: Now, millis: i64) -> Now {
    Now { at: Instant::from_millis(now.at.millis() + millis), ..now }
}

#[test]
fn an_answer_is_in_the_history_and_in_the_schedule() {
    let (mut store, cards) = store_with(&["a"]);
    let event = answered(&mut store, cards[0], 4, 0);
    assert_eq!(event.batch, event.id);
    assert_eq!((event.day, event.utc_offset, event.at), (day(0), 60, noon(0).at));
    let history = store.history(cards[0]).unwrap();
    assert_eq!(history, [PastEvent { event: event.clone(), undone: false }]);
    let record = store.card(cards[0]).unwrap().unwrap();
    assert_eq!(record.newest, Some(event.id));
    assert_eq!(record.candidate.state.due, Some(day(1)));
}

#[test]
fn every_kind_of_mark_comes_back_as_it_was_written() {
    let (mut store, cards) = store_with(&["a", "b"]);
    let to = Reschedule {
        due: day(9),
        interval: Some(Interval::days(8)),
        ease: Some(2.36.into()),
        repetitions: Some(3),
    };
    let marks = [
        Mark::Suspend,
        Mark::Resume,
        Mark::Bury(day(3)),
        Mark::Flag(Flag::new(7).unwrap()),
        Mark::Reset,
        Mark::Reschedule(to),
        Mark::Relink(cards[1]),
    ];
    let drafts = marks.map(|what| mark(cards[0], what));
    let written = store.record(noon(0), None, &drafts).unwrap();
    let history = store.history(cards[0]).unwrap();
    let found: Vec<&Event> = history.iter().map(|past| &past.event).collect();
    assert_eq!(found, written.iter().collect::<Vec<_>>());
    assert!(written.iter().all(|event| event.batch == written[0].id));
}

#[test]
fn a_clock_that_goes_back_reorders_no_history() {
    let (mut store, cards) = store_with(&["a", "b"]);
    let first = answered(&mut store, cards[0], 4, 5);
    let second = store.record(noon(3), None, &[answer(&store, cards[0], 4, 3)]).unwrap().remove(0);
    assert_eq!(second.at, first.at.next());
    assert_eq!(second.day, day(3), "the day is the real clock's");
    let other = answered(&mut store, cards[1], 4, 3);
    assert_eq!(other.at, noon(3).at, "another card's history is another matter");
}

#[test]
fn events_of_one_millisecond_keep_their_order() {
    let (mut store, cards) = store_with(&["a", "b", "c"]);
    for _ in 0..20 {
        for &card in &cards {
            let drafts = [mark(card, Mark::Suspend), mark(card, Mark::Resume)];
            store.record(noon(0), None, &drafts).unwrap();
        }
    }
    let last = store.undo(noon(0), None).unwrap().unwrap();
    assert!(last.events.iter().all(|event| event.card == cards[2]));
    for &card in &cards {
        assert!(!state(&store, card).suspended);
    }
}

#[test]
fn history_is_never_changed_and_never_deleted() {
    let (mut store, cards) = store_with(&["a"]);
    answered(&mut store, cards[0], 4, 0);
    marked(&mut store, cards[0], Mark::Suspend, 0);
    for sql in [
        "UPDATE review SET grade = 5",
        "DELETE FROM review",
        "UPDATE mark SET kind = 1",
        "DELETE FROM mark",
    ] {
        let error = store.connection.execute(sql, []).unwrap_err();
        assert!(error.to_string().contains("append-only"), "{sql}: {error}");
    }
}

#[test]
fn what_a_row_can_say_wrongly_is_refused_by_the_schema() {
    let (mut store, cards) = store_with(&["a"]);
    answered(&mut store, cards[0], 4, 0);
    let copy = |columns: &str| {
        let sql = format!(
            "INSERT INTO review SELECT randomblob(16), {columns} FROM
             (SELECT card, at, day, utc_offset, machine, batch, NULL AS origin, grade, kind, ms FROM review)"
        );
        store.connection.execute(&sql, []).map_err(|error| error.to_string())
    };
    let rest = "card, at, day, utc_offset, machine, batch, origin";
    for bad in ["6, kind, ms, 0, 1", "4, 5, ms, 0, 1", "4, kind, -1, 0, 1", "4, kind, ms, 0, 36501"]
    {
        assert!(copy(&format!("{rest}, {bad}")).unwrap_err().contains("CHECK"), "{bad}");
    }
    assert_eq!(copy(&format!("{rest}, 4, kind, ms, 0, 1")), Ok(1));
    let stranger = "4711, at, day, utc_offset, machine, batch, origin, 4, kind, ms, 0, 1";
    assert!(copy(stranger).unwrap_err().contains("FOREIGN KEY"));
}

#[test]
fn drafts_that_make_no_sense_are_refused_and_nothing_is_written() {
    let (mut store, cards) = store_with(&["a"]);
    let before = exported(&store);
    let unknown = CardId::from_bytes([7; 10]);
    let to = Reschedule { due: day(9), interval: None, ease: None, repetitions: None };
    let id = crate::model::EventId::from_bytes([0; 16]);
    let mut refused = |what: Draft| {
        let drafts = [mark(cards[0], Mark::Suspend), what];
        store.record(noon(0), None, &drafts).unwrap_err()
    };
    assert!(matches!(refused(mark(unknown, Mark::Suspend)), StoreError::UnknownCard { .. }));
    assert!(matches!(
        refused(mark(cards[0], Mark::Relink(unknown))),
        StoreError::UnknownCard { .. }
    ));
    assert!(matches!(
        refused(mark(cards[0], Mark::Reschedule(to))),
        StoreError::RescheduleNew { .. }
    ));
    assert!(matches!(refused(mark(cards[0], Mark::Undo(id))), StoreError::BareUndo { .. }));
    assert_eq!(exported(&store), before);
    assert!(matches!(store.history(unknown), Err(StoreError::UnknownCard { .. })));
    assert!(store.card(unknown).unwrap().is_none());
}

#[test]
fn an_undo_takes_back_a_whole_batch_and_the_next_one_the_batch_before() {
    let (mut store, cards) = store_with(&["a", "b", "c"]);
    let start = cached_states(&store, &cards);
    answered(&mut store, cards[0], 4, 0);
    let learned = cached_states(&store, &cards);
    let suspends: Vec<Draft> = cards.iter().map(|&card| mark(card, Mark::Suspend)).collect();
    let written = store.record(noon(0), None, &suspends).unwrap();

    let undone = store.undo(noon(1), None).unwrap().unwrap();
    let ids = |events: &[Event]| {
        let mut ids: Vec<_> = events.iter().map(|event| event.id).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&undone.events), ids(&written));
    assert_eq!(undone.marks.len(), 3);
    assert!(undone.marks.iter().all(|mark| mark.batch == undone.marks[0].id));
    assert_eq!(cached_states(&store, &cards), learned);
    assert_eq!(store.undo(noon(1), Some(written[0].batch)).unwrap(), None);

    store.undo(noon(1), None).unwrap().unwrap();
    assert_eq!(cached_states(&store, &cards), start);
    assert_eq!(store.undo(noon(1), None).unwrap(), None);
    let history = store.history(cards[0]).unwrap();
    assert_eq!(history.len(), 4);
    assert_eq!(history.iter().filter(|past| past.undone).count(), 2);
}

#[test]
fn an_undo_reaches_a_named_batch_first() {
    let (mut store, cards) = store_with(&["a", "b"]);
    let first = answered(&mut store, cards[0], 4, 0);
    answered(&mut store, cards[1], 4, 0);
    let undone = store.undo(noon(0), Some(first.batch)).unwrap().unwrap();
    assert_eq!(undone.events, [first]);
    assert!(state(&store, cards[0]).is_new());
    assert!(!state(&store, cards[1]).is_new());
}

#[test]
fn an_answer_waits_for_no_undone_one() {
    let (mut store, cards) = store_with(&["a"]);
    answered(&mut store, cards[0], 1, 0);
    let undone = store.undo(at(noon(0), -5000), None).unwrap().unwrap();
    assert_eq!(undone.marks[0].at, undone.events[0].at.next());
    let again = answered(&mut store, cards[0], 5, 0);
    assert!(again.at > undone.marks[0].at);
    assert_eq!(state(&store, cards[0]).drill, None);
}

fn cached_states(store: &Store, cards: &[CardId]) -> Vec<CardState> {
    cards.iter().map(|&card| state(store, card)).collect()
}

#[test]
fn answers_are_handed_over_in_fold_order_without_the_undone() {
    let (mut store, cards) = store_with(&["a", "b"]);
    answered(&mut store, cards[1], 4, 3);
    answered(&mut store, cards[0], 4, 1);
    answered(&mut store, cards[0], 2, 2);
    answered(&mut store, cards[0], 4, 4);
    store.undo(noon(4), None).unwrap();
    let mut seen = Vec::new();
    let mut see = |answer: Answer| {
        seen.push((owner(&store, answer.card), answer.day, answer.grade.number()));
    };
    store.with_answers(|_, answers| answers.each(&mut see)).unwrap();
    let expected = [(cards[0], day(1), 4), (cards[0], day(2), 2), (cards[1], day(3), 4)];
    assert_eq!(seen, expected);
}

#[test]
fn a_card_is_found_by_the_start_of_its_id() {
    let (mut store, cards) = store_with(&["a", "b"]);
    let prefix = |text: &str| text.parse::<IdPrefix>().unwrap();
    let short = store.short_id(cards[0]).unwrap();
    assert_eq!(short.len(), 8);
    assert_eq!(store.find_card(&prefix(&short)).unwrap(), cards[0]);
    assert_eq!(store.find_card(&prefix(&cards[1].to_string())).unwrap(), cards[1]);

    let mut bytes = *cards[0].as_bytes();
    bytes[9] ^= 1;
    let twin = CardId::from_bytes(bytes);
    let file = file("two.yaml", "two");
    let mut note = placed(&file, 0, basic("twin"));
    note.cards[0].id = twin;
    store.apply(&batch(vec![file], vec![NoteChange::New(note)])).unwrap();
    assert_eq!(store.short_id(twin).unwrap(), twin.to_string());
    match store.find_card(&prefix(&short)).unwrap_err() {
        StoreError::Ambiguous { cards: found, .. } => assert_eq!(found.len(), 2),
        other => panic!("{other}"),
    }
    let none = store.find_card(&prefix("zzzzzzzz")).unwrap_err();
    assert!(matches!(none, StoreError::UnknownCard { .. }));
}

#[test]
fn the_numbers_of_kinds_are_those_that_the_schema_names() {
    use crate::model::{Kind, ReviewKind};
    let (store, _) = store_with(&[]);
    let number = |kind: &dyn rusqlite::ToSql| -> i64 {
        store.connection.query_row("SELECT ?1", [kind], |row| row.get(0)).unwrap()
    };
    let kinds = [Kind::Basic, Kind::Cloze, Kind::List, Kind::Set];
    assert_eq!(kinds.each_ref().map(|kind| number(kind)), [0, 1, 2, 3]);
    use ReviewKind::{Ahead, Cram, Drill, Learn, Review};
    let kinds = [Learn, Review, Ahead, Drill, Cram];
    assert_eq!(kinds.each_ref().map(|kind| number(kind)), [0, 1, 2, 3, 4]);
}

#[test]
fn statistics_get_every_card_with_its_state() {
    let (mut store, cards) = store_with(&["a", "b"]);
    answered(&mut store, cards[0], 4, 0);
    marked(&mut store, cards[0], Mark::Relink(cards[1]), 0);
    let mut rows = Vec::new();
    store.card_rows(&mut |row| rows.push(row)).unwrap();
    rows.sort_by_key(|row| row.retired);
    let state = state(&store, cards[0]);
    assert_eq!(
        (rows[0].due, rows[0].interval, rows[0].ease, rows[0].lapses),
        (state.due, state.interval, state.ease(), state.lapses)
    );
    assert_eq!((rows[0].card, rows[0].retired), (cards[0], false));
    assert_eq!((rows[1].card, rows[1].retired), (cards[1], true));
}

#[test]
fn study_days_are_those_with_an_answer_that_stands() {
    let (mut store, cards) = store_with(&["a", "b"]);
    answered(&mut store, cards[0], 4, 3);
    answered(&mut store, cards[1], 4, 3);
    answered(&mut store, cards[0], 4, 4);
    answered(&mut store, cards[1], 4, 9);
    assert_eq!(store.study_days().unwrap(), [day(3), day(4), day(9)]);
    store.undo(noon(9), None).unwrap();
    assert_eq!(store.study_days().unwrap(), [day(3), day(4)]);
    assert_eq!(store.next_due(day(3)).unwrap(), Some((day(4), 1)));
    assert!(store.has_cards().unwrap());
}
