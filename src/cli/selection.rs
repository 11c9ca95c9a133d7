//! Which decks, cards and day a command is about.

use crate::cli::Setting;
use crate::cli::desk::Selected;
use crate::cli::error::WrongUsage;
use crate::cli::query::{Query, Subject};
use crate::model::{CardId, DeckName, DeckOptions, IdPrefix, StudyDay};
use crate::schedule::{DeckRow, NoteRow};
use crate::session::{Allowances, Answered, Backlog, Mode, Plan, Rules};
use crate::store::{self, CardRecord, DeckRecord, Store, StoreError};
use anyhow::Result;
use std::collections::HashSet;

/// The decks of these names and all below them, in deck order; every deck if none are named.
///
/// # Errors
/// If a name selects no deck: with the most similar name there is.
pub(super) fn decks(all: &[DeckRecord], names: &[DeckName]) -> Result<Vec<DeckRow>> {
    for name in names {
        if !selects(all, name) {
            return Err(unknown_deck(all, name).into());
        }
    }
    let wanted = all
        .iter()
        .filter(|deck| names.is_empty() || names.iter().any(|name| deck.name.is_within(name)));
    Ok(wanted.map(|deck| deck.row).collect())
}

/// Whether the name is that of a deck, or of decks below it.
pub(super) fn selects(all: &[DeckRecord], name: &DeckName) -> bool {
    all.iter().any(|deck| deck.name.is_within(name))
}

/// That there is no such deck, and which may have been meant.
pub(super) fn unknown_deck(all: &[DeckRecord], name: &DeckName) -> WrongUsage {
    let similar = |deck: &&DeckRecord| strsim::jaro_winkler(deck.name.as_str(), name.as_str());
    let best = all.iter().max_by(|a, b| similar(a).total_cmp(&similar(b)));
    let meant = match best.filter(|deck| similar(deck) > 0.8) {
        Some(deck) => format!("did you mean {}?", deck.name),
        None => "`kata decks` lists them".to_owned(),
    };
    WrongUsage(format!("there is no deck {name}: {meant}"))
}

/// What a review would ask on a study day, and the rules that are left for it.
pub(super) fn plan(
    setting: &Setting,
    store: &Store,
    all: &[DeckRecord],
    wanted: &Wanted<'_>,
    day: StudyDay,
) -> Result<(Plan, Rules)> {
    let answered: Vec<Answered> = store
        .answered_on(day)?
        .into_iter()
        .map(|card| Answered {
            note: card.note,
            deck: card.deck,
            kind: card.review,
            last: card.last,
        })
        .collect();
    let mut rules = Rules::new(setting.config.limits(), &options(all), wanted.session, &answered);
    let shelf = Selected { store, decks: wanted.decks, notes: wanted.notes };
    let seed = seed()?;
    let plan = Plan::new(&shelf, wanted.mode, wanted.decks, &mut rules, &answered, day, seed)?;
    Ok((plan, rules))
}

/// What the limits keep out of the plan of these decks for a study day; `None` if nothing.
pub(super) fn backlog(
    setting: &Setting,
    store: &Store,
    all: &[DeckRecord],
    decks: &[DeckRow],
    (plan, rules): (&Plan, &Rules),
    day: StudyDay,
) -> Result<Option<Backlog>> {
    if !rules.reviews_are_short() {
        return Ok(None);
    }
    let wanted: HashSet<DeckRow> = decks.iter().copied().collect();
    let limits = setting.config.limits();
    Ok(Backlog::of(limits, &options(all), plan, day, |from, to| {
        let mut days = store.due_days(day, from, to)?;
        days.retain(|(_, deck, _)| wanted.contains(deck));
        Ok::<_, StoreError>(days)
    })?)
}

/// The limits of the settings and the decks, before a day has used any of them.
pub(super) fn rules(setting: &Setting, all: &[DeckRecord]) -> Rules {
    Rules::new(setting.config.limits(), &options(all), Allowances::default(), &[])
}

/// What each deck sets for itself and what is below it.
fn options(all: &[DeckRecord]) -> Vec<(DeckRow, DeckName, DeckOptions)> {
    all.iter().map(|deck| (deck.row, deck.name.clone(), deck.options)).collect()
}

/// What a plan is to be made of.
#[derive(Debug, Default)]
pub(super) struct Wanted<'a> {
    pub(super) decks: &'a [DeckRow],
    pub(super) notes: Option<&'a HashSet<NoteRow>>,
    pub(super) mode: Mode,
    pub(super) session: Allowances,
}

/// The seed of the shuffle: `KATA_SEED`, or 0; each study day shuffles anew.
fn seed() -> Result<u64> {
    match std::env::var("KATA_SEED") {
        Err(_) => Ok(0),
        Ok(text) => text.parse().map_err(|_| {
            WrongUsage(format!("KATA_SEED is {text:?}: it is a number from 0 on")).into()
        }),
    }
}

/// The cards that these words select: ids of cards and names of decks; if one of them is neither,
/// they are a query.
///
/// # Errors
/// If an id is ambiguous, a filter is wrong, or nothing is selected.
pub(super) fn cards(
    setting: &Setting,
    store: &Store,
    words: &[String],
    day: StudyDay,
) -> Result<Vec<CardRecord>> {
    let all = store.decks()?;
    let mut selected = Vec::new();
    for word in words {
        if let Some(card) = by_id(store, word)? {
            selected.extend(store.card(card)?);
        } else if let Ok(name) = word.parse::<DeckName>()
            && selects(&all, &name)
        {
            let rows: HashSet<DeckRow> = decks(&all, &[name])?.into_iter().collect();
            store.cards(Some(&rows), &mut |card| {
                if !card.retired && !card.relinked {
                    selected.push(card);
                }
            })?;
        } else {
            // One word that is neither makes a query of them all.
            let query = Query::parse(words.iter().map(String::as_str))?;
            if query.is_empty() {
                let every = "name cards, decks or a query: an empty one would be every card";
                return Err(WrongUsage(every.to_owned()).into());
            }
            selected = found_by(setting, store, &all, &query, day)?;
            break;
        }
    }
    let mut seen = HashSet::new();
    selected.retain(|card| seen.insert(card.candidate.card));
    if selected.is_empty() {
        let words = words.join(" ");
        return Err(anyhow::anyhow!("no card is found by {words:?}: `kata cards` lists them"));
    }
    Ok(selected)
}

/// The cards that a query finds, in deck order.
///
/// # Errors
/// If the query names a deck that there is not.
pub(super) fn found_by(
    setting: &Setting,
    store: &Store,
    all: &[DeckRecord],
    query: &Query,
    day: StudyDay,
) -> Result<Vec<CardRecord>> {
    check_decks(all, query)?;
    let mut found = Vec::new();
    let finds = |subject: Subject<'_>| query.finds(subject);
    each_found(setting, store, all, day, &finds, &mut |card| found.push(card))?;
    Ok(found)
}

/// Refuses a query that names a deck that there is not.
pub(super) fn check_decks(all: &[DeckRecord], query: &Query) -> Result<()> {
    match query.decks().find(|name| !selects(all, name)) {
        Some(name) => Err(unknown_deck(all, name).into()),
        None => Ok(()),
    }
}

/// Hands over the cards that are found, retired ones too if `finds` has them, in deck order.
pub(super) fn each_found(
    setting: &Setting,
    store: &Store,
    all: &[DeckRecord],
    day: StudyDay,
    finds: &dyn Fn(Subject<'_>) -> bool,
    visit: &mut dyn FnMut(CardRecord),
) -> store::Result<()> {
    let rules = rules(setting, all);
    store.cards(None, &mut |card| {
        let subject = Subject {
            deck: &card.deck,
            tags: &card.note.tags,
            text: &text_of(&card),
            state: &card.candidate.state,
            retired: card.retired || card.relinked,
            today: day,
            leech_threshold: rules.leech_threshold(card.candidate.deck),
        };
        if finds(subject) {
            visit(card);
        }
    })
}

/// All text of a card's note in a row, a space for every line break and run of spaces.
fn text_of(card: &CardRecord) -> String {
    let note = &card.note;
    let answer = note.body.answer();
    let fields =
        [Some(note.body.question()), Some(&answer), note.hint.as_deref(), note.extra.as_deref()];
    let words = fields.into_iter().flatten().flat_map(str::split_whitespace);
    words.collect::<Vec<_>>().join(" ")
}

/// The card that a person names by its id.
///
/// # Errors
/// If the text is no id, or of no card, or of several.
pub(super) fn one_card(store: &Store, text: &str) -> Result<CardRecord> {
    let prefix: IdPrefix = text.parse().map_err(|error| WrongUsage(format!("{error}")))?;
    let card = store.find_card(&prefix)?;
    store.card(card)?.ok_or_else(|| anyhow::anyhow!("card {card} has gone meanwhile"))
}

/// The card of an id; `None` if the word is no id of any card.
fn by_id(store: &Store, word: &str) -> Result<Option<CardId>> {
    // Shorter words than a public id are words.
    let prefix = word.parse::<IdPrefix>().ok();
    let Some(prefix) = prefix.filter(|prefix| prefix.as_str().len() >= IdPrefix::PUBLIC) else {
        return Ok(None);
    };
    match store.find_card(&prefix) {
        Ok(card) => Ok(Some(card)),
        Err(StoreError::UnknownCard { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
