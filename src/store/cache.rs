//! The state of cards: a fold of their events, cached in the card's own columns.

use super::columns::{mark, review_kind, state};
use super::history::{events_of, moment, takeovers};
use super::{Result, Store, StoreError};
use crate::model::{
    CardId, Event, EventId, Grade, Instant, Interval, Kind, MachineId, Mark, Review, What,
};
use crate::schedule::{CardState, Scheduler, fold};
use rusqlite::{CachedStatement, Connection, Row};
use std::collections::{BTreeSet, HashMap, HashSet};

impl Store {
    /// Folds every card's state anew from its events, in place of the cached one. How many were
    /// another: none, if all is well.
    ///
    /// # Errors
    /// If the database cannot be read or written.
    pub fn rebuild(&mut self) -> Result<u64> {
        self.write(|db| rebuild(db))
    }
}

/// A card on its way into the table: without history, so its state is that of a new one.
pub(super) struct NewCard<'a> {
    pub id: CardId,
    /// Its note's row.
    pub note: i64,
    pub key: &'a str,
    pub position: u32,
    pub retired: bool,
    /// Its deck's row.
    pub deck: i64,
    pub kind: Kind,
    pub place: i64,
}

/// Puts cards, of which there may be many: the statement is looked up once.
pub(super) struct NewCards<'a>(CachedStatement<'a>);

impl<'a> NewCards<'a> {
    /// # Errors
    /// If the database has no such table.
    pub fn of(db: &'a Connection) -> Result<Self> {
        let insert = db.prepare_cached(
            "INSERT INTO card (public_id, note, key, position, retired, deck, kind, place,
                               interval, repetitions, lapses, memory, suspended, flag)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?;
        Ok(NewCards(insert))
    }

    /// # Errors
    /// If there is a card with its id, or one of its note with its key.
    pub fn put(&mut self, card: &NewCard<'_>) -> Result<()> {
        let new = CardState::NEW;
        self.0.execute((
            card.id,
            card.note,
            card.key,
            card.position,
            card.retired,
            card.deck,
            card.kind,
            card.place,
            new.interval,
            new.repetitions,
            new.lapses,
            new.memory,
            new.suspended,
            new.flag,
        ))?;
        Ok(())
    }
}

/// Folds cards anew, and those that took them over.
pub(super) fn refold(db: &Connection, cards: &BTreeSet<i64>) -> Result<()> {
    for card in with_owners(db, cards)? {
        let events = events_of(db, card)?;
        let newest = events.last().map(|past| past.event.id);
        let counted = events.iter().filter(|past| !past.undone).map(|past| &past.event);
        put_state(db, card, newest, &fold(Scheduler::default(), counted))?;
        put_relinked(db, card)?;
    }
    Ok(())
}

/// Moves a card's state on by an event that comes after all that it has, and is neither an undo nor a
/// relink: to what a fold of them all gives, without reading them. Cards that took it over are folded
/// anew.
pub(super) fn advance(db: &Connection, card: i64, event: &Event) -> Result<()> {
    let owners = with_owners(db, &BTreeSet::from([card]))?;
    if owners.len() > 1 {
        return refold(db, &owners);
    }
    let mut select = db.prepare_cached(STANDING)?;
    let standing = select.query_row([card], standing)?;
    let state = Scheduler::default().next(standing.state, event);
    put_state(db, card, Some(event.id), &state)
}

/// The cards, those that took them over, those that took these over, and so on.
fn with_owners(db: &Connection, cards: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
    let mut select = db.prepare_cached(
        "SELECT relink.card
         FROM mark AS relink
         WHERE relink.kind = 6 AND relink.value = (SELECT public_id FROM card WHERE id = ?1)
           AND NOT EXISTS (SELECT 1 FROM mark AS undo WHERE undo.kind = 7 AND undo.value = relink.uuid)",
    )?;
    let mut all = cards.clone();
    let mut ahead: Vec<i64> = cards.iter().copied().collect();
    while let Some(card) = ahead.pop() {
        for owner in select.query_map([card], |row| row.get(0))? {
            let owner = owner?;
            if all.insert(owner) {
                ahead.push(owner);
            }
        }
    }
    Ok(all)
}

/// A card as its events have it, or as its cached columns say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Standing {
    newest: Option<EventId>,
    state: CardState,
    relinked: bool,
}

/// Folds every card anew, in one pass over the history, and writes those whose cached columns say
/// something else. How many these are.
pub(super) fn rebuild(db: &Connection) -> Result<u64> {
    let mut stale = Vec::new();
    each_stale(db, &mut |row, standing| stale.push((row, standing)))?;
    for (row, Standing { newest, state, .. }) in &stale {
        put_state(db, *row, *newest, state)?;
        put_relinked(db, *row)?;
    }
    Ok(stale.len() as u64)
}

/// How many cards have cached columns that are not what their events fold to.
pub(super) fn stale(db: &Connection) -> Result<u64> {
    let mut count = 0;
    each_stale(db, &mut |_, _| count += 1)?;
    Ok(count)
}

/// Hands over the row of each card whose cached columns are not what its events fold to, and what
/// they fold to.
fn each_stale(db: &Connection, visit: &mut dyn FnMut(i64, Standing)) -> Result<()> {
    let folded = replay(db)?;
    let mut select = db.prepare_cached(STANDINGS)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let card = row.get(0)?;
        let Some(folded) = folded.of(card) else { continue };
        // What does not even read is stale.
        if standing(row).ok() != Some(*folded) {
            visit(card, *folded);
        }
    }
    Ok(())
}

macro_rules! standings {
    () => {
        "SELECT id, newest, relinked, due, interval, repetitions, lapses, memory, answered, was_due,
                asked, asked_before, drill, suspended, buried, flag
         FROM card"
    };
}

const STANDINGS: &str = standings!();

const STANDING: &str = concat!(standings!(), " WHERE id = ?1");

fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing { newest: row.get(1)?, relinked: row.get(2)?, state: state(row, 3)? })
}

/// What the events of every card fold to.
struct Replayed {
    /// The rows of the cards, ascending.
    cards: Vec<i64>,
    standings: Vec<Standing>,
}

impl Replayed {
    /// Rows are numbered from 1 on, and mostly without a gap.
    fn place(&self, card: i64) -> Option<usize> {
        let place = usize::try_from(card).ok()?.wrapping_sub(1);
        match self.cards.get(place) {
            Some(&found) if found == card => Some(place),
            _ => self.cards.binary_search(&card).ok(),
        }
    }

    fn of(&self, card: i64) -> Option<&Standing> {
        self.place(card).map(|place| &self.standings[place])
    }

    fn of_mut(&mut self, card: i64) -> Option<&mut Standing> {
        self.place(card).map(|place| &mut self.standings[place])
    }
}

/// Folds the events of every card.
fn replay(db: &Connection) -> Result<Replayed> {
    let mut owners: HashMap<i64, BTreeSet<i64>> = HashMap::new();
    for (old, _) in takeovers(db)? {
        owners.insert(old, with_owners(db, &BTreeSet::from([old]))?);
    }
    let mut replayed = Replayed { cards: Vec::new(), standings: Vec::new() };
    let mut select = db.prepare_cached("SELECT id FROM card ORDER BY id")?;
    for card in select.query_map([], |row| row.get(0))? {
        let card = card?;
        let relinked = owners.contains_key(&card);
        replayed.cards.push(card);
        replayed.standings.push(Standing { newest: None, state: CardState::NEW, relinked });
    }
    let (marks, undone) = marks(db)?;
    let scheduler = Scheduler::default();
    let mut put = |card: i64, event: EventId, next: &dyn Fn(CardState) -> CardState| {
        let mut fold = |card: &i64| {
            if let Some(standing) = replayed.of_mut(*card) {
                standing.newest = Some(event);
                if !undone.contains(&event) {
                    standing.state = next(standing.state);
                }
            }
        };
        match owners.get(&card) {
            Some(owners) => owners.iter().for_each(fold),
            None => fold(&card),
        }
    };
    let mut marks = marks.into_iter().peekable();
    let mut select = db.prepare_cached(REVIEWS)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (id, at): (EventId, Instant) = (row.get(0)?, row.get(1)?);
        while let Some((card, mark)) = marks.next_if(|(_, mark)| moment(mark) < (at, id)) {
            put(card, mark.id, &|state| scheduler.next(state, &mark));
        }
        let day = row.get(2)?;
        let (card, review) = packed_review(row.get(3)?)?;
        put(card, id, &|state| scheduler.after_review(state, &review, day));
    }
    marks.for_each(|(card, mark)| put(card, mark.id, &|state| scheduler.next(state, &mark)));
    Ok(replayed)
}

/// A review's card, grade and kind are one number, for to fetch a column costs more than to pack it;
/// the checks of the table bound the last two.
const REVIEWS: &str = "
    SELECT uuid, at, day, card * 64 + grade * 8 + kind
    FROM review ORDER BY at, uuid";

/// A review of a card's row, without what no scheduler looks at: the times and intervals that it has
/// here are none.
fn packed_review(packed: i64) -> Result<(i64, Review)> {
    let unreadable = |why: String| StoreError::Unreadable { what: "review", why };
    let (kind, grade) = ((packed & 7) as u8, packed >> 3 & 7);
    let review = Review {
        grade: Grade::new(grade).map_err(|why| unreadable(why.to_string()))?,
        kind: review_kind(kind).ok_or_else(|| unreadable(format!("it has kind {kind}")))?,
        ms: 0,
        interval_before: Interval::NONE,
        interval_after: Interval::NONE,
    };
    Ok((packed >> 6, review))
}

/// An event, and the row of its card.
type RowEvent = (i64, Event);

/// All marks in fold order, and the events that they revoke.
fn marks(db: &Connection) -> Result<(Vec<RowEvent>, HashSet<EventId>)> {
    let mut select =
        db.prepare_cached("SELECT uuid, card, at, day, kind, value FROM mark ORDER BY at, uuid")?;
    let (mut marks, mut undone) = (Vec::new(), HashSet::new());
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let mark = mark(row, 4)?;
        if let Mark::Undo(event) = mark {
            undone.insert(event);
        }
        marks.push(bare_event(row, What::Mark(mark))?);
    }
    Ok((marks, undone))
}

/// An event from the columns `uuid, card, at, day`, without what no scheduler looks at: the machine
/// and batch that it has here are none.
fn bare_event(row: &Row<'_>, what: What) -> Result<RowEvent> {
    let id: EventId = row.get(0)?;
    let event = Event {
        id,
        card: CardId::from_bytes([0; 10]),
        at: row.get(2)?,
        day: row.get(3)?,
        utc_offset: 0,
        machine: MachineId::from_bytes([0; 16]),
        batch: id,
        origin: None,
        what,
    };
    Ok((row.get(1)?, event))
}

fn put_state(db: &Connection, card: i64, newest: Option<EventId>, state: &CardState) -> Result<()> {
    let mut update = db.prepare_cached(
        "UPDATE card SET
             newest = ?2, due = ?3, interval = ?4, repetitions = ?5, lapses = ?6, memory = ?7,
             answered = ?8, was_due = ?9, asked = ?10, asked_before = ?11, drill = ?12,
             suspended = ?13, buried = ?14, flag = ?15
         WHERE id = ?1",
    )?;
    update.execute((
        card,
        newest,
        state.due,
        state.interval,
        state.repetitions,
        state.lapses,
        state.memory,
        state.answered,
        state.was_due,
        state.asked[0],
        state.asked[1],
        state.drill,
        state.suspended,
        state.buried,
        state.flag,
    ))?;
    Ok(())
}

/// Notes whether another card took this one's events over.
fn put_relinked(db: &Connection, card: i64) -> Result<()> {
    let mut update = db.prepare_cached(
        "UPDATE card SET
             relinked = EXISTS (
                 SELECT 1 FROM mark AS relink
                 WHERE relink.kind = 6 AND relink.value = card.public_id
                   AND NOT EXISTS (SELECT 1 FROM mark AS undo
                                   WHERE undo.kind = 7 AND undo.value = relink.uuid))
         WHERE id = ?1",
    )?;
    update.execute([card])?;
    Ok(())
}
