//! A collection in memory, that sessions are held over.

use super::*;
use crate::model::*;
use crate::schedule::{Candidate, CardState, DeckRow, DueCard, History, NoteRow, Scheduler};
use std::cell::RefCell;
use std::collections::HashMap;
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::rc::Rc;

/// A collection in memory: one schedule, several hands on it.
#[derive(Clone, Default)]
pub(crate) struct Desk(pub(crate) Rc<RefCell<Collection>>);

#[derive(Default)]
pub(crate) struct Collection {
    pub(crate) decks: Vec<(DeckRow, DeckName, DeckOptions)>,
    pub(crate) cards: Vec<(Candidate, Note)>,
    pub(crate) events: Vec<Event>,
}

pub(crate) const TODAY: i32 = 1000;

pub(crate) fn now(day: i32) -> Now {
    now_at(day, 0)
}

pub(crate) fn now_at(day: i32, second: i64) -> Now {
    Now {
        at: Instant::from_millis(i64::from(day) * 86_400_000 + second * 1000),
        day: StudyDay::from_number(day),
        utc_offset: 0,
    }
}

pub(crate) fn grade(number: i64) -> Grade {
    Grade::new(number).unwrap()
}

pub(crate) fn limits() -> Limits {
    Limits { new_per_day: 20, reviews_per_day: 200, bury_siblings: true, leech_threshold: 8 }
}

impl Desk {
    pub(crate) fn deck(&self, name: &str, options: DeckOptions) -> DeckRow {
        let mut desk = self.0.borrow_mut();
        let row = DeckRow(desk.decks.len() as i64 + 1);
        desk.decks.push((row, name.parse().unwrap(), options));
        row
    }

    /// Adds a note of this JSON; its cards, in order.
    pub(crate) fn note(&self, deck: DeckRow, json: &str) -> Vec<CardId> {
        let fields: Fields = serde_json::from_str(json).unwrap();
        let note = fields.note(None, vec![], None).unwrap();
        let mut desk = self.0.borrow_mut();
        let row = NoteRow(desk.cards.len() as i64 + 1);
        let guid = Guid::of("deck", &[&row.0.to_string()], 0);
        let mut ids = Vec::new();
        for facet in note.facets() {
            let card = CardId::of(guid, &facet.text);
            let candidate = Candidate {
                card,
                note: row,
                deck,
                kind: note.kind(),
                position: facet.position,
                state: CardState::NEW,
            };
            desk.cards.push((candidate, note.clone()));
            ids.push(card);
        }
        ids
    }

    /// Gives a card's note another front.
    pub(crate) fn edit(&self, card: CardId, to: &str) {
        for (_, note) in self.0.borrow_mut().cards.iter_mut().filter(|(c, _)| c.card == card) {
            if let Body::Basic { front, .. } = &mut note.body {
                to.clone_into(front);
            }
        }
    }

    pub(crate) fn basic(&self, deck: DeckRow, count: usize) -> Vec<CardId> {
        (0..count)
            .flat_map(|n| self.note(deck, &format!(r#"{{"front":"q{n}","back":"a"}}"#)))
            .collect()
    }

    pub(crate) fn pair(&self, deck: DeckRow) -> Vec<CardId> {
        self.note(deck, r#"{"front":"q","back":"a","reverse":true}"#)
    }

    pub(crate) fn mark(&self, card: CardId, day: i32, mark: Mark) {
        self.write(now(day), &[Draft { card, what: What::Mark(mark) }]);
    }

    /// Puts a card on the schedule: due on a day, with an interval; last asked when it says.
    pub(crate) fn schedule(&self, card: CardId, due: i32, interval: u64) {
        let asked = due - interval as i32;
        self.write(
            now(asked),
            &[Draft {
                card,
                what: What::Review(Scheduler::Sm2.answer(
                    &CardState::NEW,
                    ReviewKind::Learn,
                    grade(4),
                    now(asked).day,
                    0,
                )),
            }],
        );
        let to = Reschedule {
            due: StudyDay::from_number(due),
            interval: Some(Interval::days(interval)),
            ease: None,
            repetitions: Some(3),
        };
        self.mark(card, asked, Mark::Reschedule(to));
    }

    pub(crate) fn write(&self, now: Now, drafts: &[Draft]) -> EventId {
        let mut desk = self.0.borrow_mut();
        let mut batch = None;
        for draft in drafts {
            let newest = desk.events.iter().map(|event| event.id).max();
            // Each answer is later than the one before.
            let at = Instant::from_millis(now.at.millis() + desk.events.len() as i64);
            let id = EventId::fresh(at, newest, 1);
            let batch = *batch.get_or_insert(id);
            desk.events.push(Event {
                id,
                card: draft.card,
                at,
                day: now.day,
                utc_offset: 0,
                machine: MachineId::fresh(0),
                batch,
                origin: None,
                what: draft.what,
            });
        }
        batch.unwrap()
    }

    pub(crate) fn state(&self, card: CardId) -> CardState {
        History::new(self.0.borrow().events.clone()).state(Scheduler::Sm2, card)
    }

    pub(crate) fn candidates(&self) -> Vec<Candidate> {
        let desk = self.0.borrow();
        let history = History::new(desk.events.clone());
        let state =
            |card: Candidate| Candidate { state: history.state(Scheduler::Sm2, card.card), ..card };
        desk.cards.iter().map(|(card, _)| state(*card)).collect()
    }

    pub(crate) fn answered(&self, day: i32) -> Vec<Answered> {
        let desk = self.0.borrow();
        let history = History::new(desk.events.clone());
        let mut answered = HashMap::new();
        for event in desk.events.iter().filter(|e| !history.is_undone(e.id)) {
            let What::Review(review) = event.what else { continue };
            if event.day == now(day).day && review.kind != ReviewKind::Cram {
                let (card, _) = desk.cards.iter().find(|(c, _)| c.card == event.card).unwrap();
                let (note, deck, kind) = (card.note, card.deck, review.kind);
                let last = (event.at, event.id);
                let counted = Answered { note, deck, kind, last };
                answered.insert((event.card, review.kind), counted);
            }
        }
        answered.into_values().collect()
    }

    pub(crate) fn plan(
        &self,
        day: i32,
        mode: Mode,
        limits: Limits,
        session: Allowances,
    ) -> (Plan, Rules) {
        let decks = self.0.borrow().decks.clone();
        let answered = self.answered(day);
        let mut rules = Rules::new(limits, &decks, session, &answered);
        let rows: Vec<DeckRow> = decks.iter().map(|(row, _, _)| *row).collect();
        let plan = Plan::new(self, mode, &rows, &mut rules, &answered, now(day).day, 7).unwrap();
        (plan, rules)
    }

    #[cfg(test)]
    pub(crate) fn today(&self, day: i32) -> Vec<CardId> {
        let (plan, _) = self.plan(day, Mode::Due, limits(), Allowances::default());
        plan.main.iter().map(|entry| entry.card).collect()
    }

    pub(crate) fn session(&self, day: i32) -> Session<Desk> {
        let (plan, rules) = self.plan(day, Mode::Due, limits(), Allowances::default());
        Session::new(self.clone(), Scheduler::Sm2, rules, plan, now(day).day)
    }
}

impl Shelf for Desk {
    type Error = Infallible;

    fn each_due(
        &self,
        by: StudyDay,
        today: StudyDay,
        visit: &mut dyn FnMut(DueCard),
    ) -> Result<(), Infallible> {
        let askable = self.candidates().into_iter().filter(|card| card.state.is_askable(today));
        askable
            .filter_map(|card| card.with_due_day())
            .filter(|card| card.due <= by)
            .for_each(visit);
        Ok(())
    }

    fn each_new(
        &self,
        deck: DeckRow,
        today: StudyDay,
        visit: &mut dyn FnMut(Candidate) -> ControlFlow<()>,
    ) -> Result<(), Infallible> {
        for card in self.candidates() {
            let new = card.state.is_new() && card.state.is_askable(today);
            if card.deck == deck && new && visit(card).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn drills(&self, today: StudyDay) -> Result<Vec<Candidate>, Infallible> {
        let all = self.candidates().into_iter();
        Ok(all
            .filter(|card| card.state.drill == Some(today) && card.state.is_askable(today))
            .collect())
    }

    fn all(&self) -> Result<Vec<Candidate>, Infallible> {
        Ok(self.candidates())
    }

    fn siblings(&self, note: NoteRow) -> Result<Vec<Candidate>, Infallible> {
        Ok(self.candidates().into_iter().filter(|card| card.note == note).collect())
    }
}

impl Journal for Desk {
    type Error = Infallible;

    fn record(
        &mut self,
        now: Now,
        open: &Open,
        drafts: &[Draft],
    ) -> Result<Option<EventId>, Infallible> {
        let newest = self.reload(open.candidate.card)?.and_then(|card| card.newest);
        Ok((newest == open.newest).then(|| self.write(now, drafts)))
    }

    fn take_back(
        &mut self,
        now: Now,
        batch: Option<EventId>,
    ) -> Result<Option<TakenBack>, Infallible> {
        let (events, history) = {
            let desk = self.0.borrow();
            (desk.events.clone(), History::new(desk.events.clone()))
        };
        let standing = |event: &&Event| {
            !history.is_undone(event.id) && !matches!(event.what, What::Mark(Mark::Undo(_)))
        };
        let newest = events.iter().filter(standing).max_by_key(|event| (event.at, event.id));
        let Some(batch) = batch.or_else(|| newest.map(|event| event.batch)) else {
            return Ok(None);
        };
        let revoked: Vec<&Event> =
            events.iter().filter(standing).filter(|event| event.batch == batch).collect();
        let Some(first) = revoked.first() else { return Ok(None) };
        let drafts: Vec<Draft> = revoked
            .iter()
            .map(|e| Draft { card: e.card, what: What::Mark(Mark::Undo(e.id)) })
            .collect();
        self.write(now, &drafts);
        Ok(Some(TakenBack { event: first.id, card: first.card }))
    }

    fn reload(&mut self, card: CardId) -> Result<Option<Open>, Infallible> {
        let state = self.state(card);
        let desk = self.0.borrow();
        let newest = desk.events.iter().filter(|event| event.card == card).max_by_key(|e| e.id);
        Ok(desk.cards.iter().find(|(c, _)| c.card == card).map(|(c, note)| Open {
            candidate: Candidate { state, ..*c },
            newest: newest.map(|event| event.id),
            id: card.to_string(),
            deck: "deck".to_owned(),
            note: note.clone(),
            file: None,
        }))
    }
}
