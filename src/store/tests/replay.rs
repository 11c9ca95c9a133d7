//! The promise that a schedule is a fold over its history, on random histories.

use super::*;
use crate::model::{Flag, Interval, Reschedule};
use crate::schedule::{Candidate, History, steps};
use proptest::prelude::*;
use proptest::sample::Index;
use std::ops::ControlFlow;

/// One thing a person may do, at some time of some day.
#[derive(Debug, Clone)]
enum Act {
    Answer(Index, i64, bool),
    Mark(Vec<Index>, Kind),
    Relink(Index, Index),
    Undo,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Suspend,
    Resume,
    Bury(i32),
    Flag(i64),
    Reset,
    Reschedule(i32, Option<u64>, Option<i64>),
}

fn acts() -> impl Strategy<Value = Vec<(i32, i64, Act)>> {
    let kind = prop_oneof![
        Just(Kind::Suspend),
        Just(Kind::Resume),
        (0..40).prop_map(Kind::Bury),
        (0..8_i64).prop_map(Kind::Flag),
        Just(Kind::Reset),
        (0..40, prop::option::of(0..50_u64), prop::option::of(130..300_i64))
            .prop_map(|(due, interval, ease)| Kind::Reschedule(due, interval, ease)),
    ];
    let act = prop_oneof![
        8 => (any::<Index>(), 0..6_i64, any::<bool>())
            .prop_map(|(card, grade, cram)| Act::Answer(card, grade, cram)),
        4 => (prop::collection::vec(any::<Index>(), 1..4), kind)
            .prop_map(|(cards, kind)| Act::Mark(cards, kind)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(new, old)| Act::Relink(new, old)),
        2 => Just(Act::Undo),
    ];
    // Days and hours in any order: the clock goes back as well.
    prop::collection::vec((0..30, 0..86_400_000_i64, act), 1..40)
}

fn drafts(store: &Store, cards: &[CardId], on: i32, act: &Act) -> Vec<Draft> {
    match act {
        Act::Answer(card, grade, cram) => {
            let mut draft = answer(store, *card.get(cards), *grade, on);
            if let What::Review(review) = &mut draft.what
                && *cram
            {
                review.kind = crate::model::ReviewKind::Cram;
            }
            vec![draft]
        }
        Act::Mark(chosen, kind) => {
            let what = match *kind {
                Kind::Suspend => Mark::Suspend,
                Kind::Resume => Mark::Resume,
                Kind::Bury(until) => Mark::Bury(day(until)),
                Kind::Flag(flag) => Mark::Flag(Flag::new(flag).unwrap()),
                Kind::Reset => Mark::Reset,
                Kind::Reschedule(due, interval, ease) => Mark::Reschedule(Reschedule {
                    due: day(due),
                    interval: interval.map(Interval::days),
                    ease: ease.map(crate::model::Ease::from_hundredths),
                    repetitions: None,
                }),
            };
            chosen.iter().map(|card| mark(*card.get(cards), what)).collect()
        }
        Act::Relink(new, old) => vec![mark(*new.get(cards), Mark::Relink(*old.get(cards)))],
        Act::Undo => vec![],
    }
}

/// What the replay of all events, by the schedule's own fold, says of each card.
fn replayed(
    store: &Store,
    cards: &[CardId],
) -> Vec<(CardState, bool, Option<crate::model::EventId>)> {
    let mut select = store
        .connection
        .prepare(
            "SELECT uuid, card, at, day, utc_offset, machine, batch, origin,
                    grade, review_kind, ms, interval_before, interval_after, mark_kind, value
             FROM event ORDER BY random()",
        )
        .unwrap();
    let events = select.query_and_then([], |row| columns::event(row, 0)).unwrap();
    let history = History::new(events.collect::<Result<Vec<Event>>>().unwrap());
    let relinked: Vec<CardId> = history.relinked().collect();
    let replay = cards.iter().map(|&card| {
        let state = history.state(Scheduler::default(), card);
        (state, relinked.contains(&card), history.of(card).last().map(|event| event.id))
    });
    replay.collect()
}

fn stored(
    store: &Store,
    cards: &[CardId],
) -> Vec<(CardState, bool, Option<crate::model::EventId>)> {
    let records = cards.iter().map(|&card| store.card(card).unwrap().unwrap());
    records.map(|record| (record.candidate.state, record.relinked, record.newest)).collect()
}

/// The state that the working of each card's history ends with.
fn worked(store: &Store, cards: &[CardId]) -> Vec<CardState> {
    let histories = cards.iter().map(|&card| store.history(card).unwrap());
    let ends = histories.map(|history| {
        let events = history.into_iter().map(|past| (past.event, past.undone));
        let steps = steps(Scheduler::default(), events);
        assert!(steps.windows(2).all(|pair| pair[0].after == pair[1].before));
        steps.last().map_or(CardState::NEW, |step| step.after)
    });
    ends.collect()
}

fn schedules(store: &Store, cards: &[CardId]) -> Vec<(CardState, bool)> {
    stored(store, cards).into_iter().map(|(state, relinked, _)| (state, relinked)).collect()
}

/// What may be asked on a day, by each queue, and by the records of the cards.
fn check_queues(store: &Store, cards: &[CardId], on: i32) {
    let (today, later) = (day(on), day(on + 3));
    let records: Vec<CardRecord> =
        cards.iter().map(|&card| store.card(card).unwrap().unwrap()).collect();
    let expected = |wanted: &dyn Fn(&CardState) -> bool| {
        let live = records.iter().filter(|record| !record.retired && !record.relinked);
        let candidates = live.map(|record| record.candidate);
        sorted(candidates.filter(|c| c.state.is_askable(today) && wanted(&c.state)).collect())
    };
    let with_due_days = expected(&|state| state.is_due(later));
    let with_due_days: Vec<_> =
        with_due_days.iter().filter_map(|candidate| candidate.with_due_day()).collect();
    let mut due = due_cards(store, on, on + 3);
    due.sort_by_key(|card| card.card);
    assert_eq!(due, with_due_days);
    let drills = store.drill_candidates(today, None).unwrap();
    assert_eq!(sorted(drills), expected(&|state| state.drill == Some(today)));
    let mut new = Vec::new();
    for deck in store.decks().unwrap() {
        let mut visit = |candidate| {
            new.push(candidate);
            ControlFlow::Continue(())
        };
        store.new_candidates(deck.row, today, &mut visit).unwrap();
    }
    assert_eq!(sorted(new), expected(&CardState::is_new));
}

fn sorted(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|candidate| candidate.card);
    candidates
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn cached_states_are_the_replay_of_the_events(acts in acts()) {
        let (mut store, mut cards) = store_with(&["a", "b"]);
        let list = note(r#"{"front":"q","list":["one","two"]}"#);
        cards.extend(import(&mut store, "two.yaml", "two", vec![list]));

        for (on, millis, act) in acts {
            let at = Instant::from_millis(i64::from(FIRST + on) * 86_400_000 + millis);
            let now = Now { at, day: day(on), utc_offset: -60 };
            let before = schedules(&store, &cards);
            match drafts(&store, &cards, on, &act) {
                drafts if drafts.is_empty() => {
                    let undone = store.undo(now, None).unwrap();
                    prop_assert!(undone.is_none_or(|undone| undone.events.len() == undone.marks.len()));
                }
                drafts => match store.record(now, None, &drafts) {
                    Ok(written) if millis % 3 == 0 => {
                        store.undo(now, Some(written[0].batch)).unwrap().unwrap();
                        prop_assert_eq!(schedules(&store, &cards), before, "undo restores");
                    }
                    Ok(written) => prop_assert_eq!(written.len(), drafts.len()),
                    Err(
                        StoreError::RelinkToItself { .. }
                        | StoreError::RelinkCycle { .. }
                        | StoreError::RescheduleNew { .. },
                    ) => prop_assert_eq!(schedules(&store, &cards), before),
                    Err(other) => panic!("{other}"),
                },
            }
            prop_assert_eq!(stored(&store, &cards), replayed(&store, &cards));
            let states = stored(&store, &cards).into_iter().map(|(state, _, _)| state);
            prop_assert_eq!(worked(&store, &cards), states.collect::<Vec<_>>());
            check_queues(&store, &cards, on);
        }

        let states = cached(&store);
        store.rebuild().unwrap();
        prop_assert_eq!(&cached(&store), &states);

        let dump = exported(&store);
        let mut copy = Store::in_memory().unwrap();
        copy.load(serde_json::from_str(&dump).unwrap()).unwrap();
        prop_assert_eq!(exported(&copy), dump);
        prop_assert_eq!(cached(&copy), states);

        while store.undo(noon(50), None).unwrap().is_some() {}
        prop_assert!(schedules(&store, &cards).iter().all(|s| *s == (CardState::NEW, false)));
    }
}
