//! Joins that need no judgement: the same id, the same question, the same answer.

use super::compare::compare;
use super::glyphs::tidy;
use super::lexicon::is_verdict;
use super::pool::{NewNote, Pool, Standing};
use super::veto::{forbids, numbers_replaced};
use super::words::{Text, Word};
use crate::model::{Body, Cloze, DeckName, Kind, Note};
use std::collections::HashMap;

/// The fewest words around a cloze's deletions that it is known by.
const AROUND: f64 = 3.0;

/// The stored notes of a file's own path.
pub(super) fn own(standing: Standing) -> bool {
    matches!(standing, Standing::Own(_))
}

/// The live notes whose source file is gone.
pub(super) fn adrift(standing: Standing) -> bool {
    matches!(standing, Standing::Adrift { .. })
}

/// The notes that leave another file: of this run, or gone.
pub(super) fn leaving(standing: Standing) -> bool {
    matches!(standing, Standing::Own(_) | Standing::Adrift { leaves: true, .. })
}

/// The notes that have gone from their file.
pub(super) fn retired(standing: Standing) -> bool {
    standing == Standing::Retired
}

/// Same file, id, kind and question: what most notes of most imports are. Those at their old
/// position are found without a search.
pub(super) fn join_untouched(pool: &mut Pool<'_>) {
    pool.join_in_place(|new, old| new.id == old.id && question(new) == question(old));
    pool.join_equal(
        own,
        |pool, i| Some((pool.new[i].file, &pool.new[i].note.id, question(pool.new[i].note))),
        |pool, i| {
            Some((pool.own_file(i)?, &pool.stored[i].note.id, question(&pool.stored[i].note)))
        },
    );
}

/// Same id, in one file.
pub(super) fn join_own_ids(pool: &mut Pool<'_>) {
    pool.join_equal(
        own,
        |pool, i| Some((pool.new[i].file, pool.new[i].note.id.as_deref()?)),
        |pool, i| Some((pool.own_file(i)?, pool.stored[i].note.id.as_deref()?)),
    );
}

/// Same id, in one deck.
pub(super) fn join_deck_ids(pool: &mut Pool<'_>, within: fn(Standing) -> bool) {
    pool.join_equal(
        within,
        |pool, i| Some((pool.deck(i), pool.new[i].note.id.as_deref()?)),
        |pool, i| Some((&pool.stored[i].deck, pool.stored[i].note.id.as_deref()?)),
    );
}

/// Same id, in whatever deck.
pub(super) fn join_ids(pool: &mut Pool<'_>, within: fn(Standing) -> bool) {
    pool.join_equal(
        within,
        |pool, i| pool.new[i].note.id.as_deref(),
        |pool, i| pool.stored[i].note.id.as_deref(),
    );
}

/// Same kind and question, in one file.
pub(super) fn join_own_questions(pool: &mut Pool<'_>) {
    pool.join_equal(
        own,
        |pool, i| Some((pool.new[i].file, question(pool.new[i].note))),
        |pool, i| Some((pool.own_file(i)?, question(&pool.stored[i].note))),
    );
}

/// Same kind and question, in one deck.
pub(super) fn join_deck_questions(pool: &mut Pool<'_>, within: fn(Standing) -> bool) {
    pool.join_equal(
        within,
        |pool, i| Some((pool.deck(i), question(pool.new[i].note))),
        |pool, i| Some((&pool.stored[i].deck, question(&pool.stored[i].note))),
    );
}

/// Same kind and question, in whatever deck.
pub(super) fn join_questions(pool: &mut Pool<'_>, within: fn(Standing) -> bool) {
    pool.join_equal(
        within,
        |pool, i| Some(question(pool.new[i].note)),
        |pool, i| Some(question(&pool.stored[i].note)),
    );
}

/// Same kind, question and answer, in whatever deck.
pub(super) fn join_both_sides(pool: &mut Pool<'_>, within: fn(Standing) -> bool) {
    pool.join_equal(
        within,
        |pool, i| Some((question(pool.new[i].note), pool.new[i].note.body.answer())),
        |pool, i| Some((question(&pool.stored[i].note), pool.stored[i].note.body.answer())),
    );
}

/// The same question in another dress, among the notes of one file or, if `within` is not
/// [`own`], of one deck: quotes, emphasis, white space, a cloze's braces.
pub(super) fn join_dressed_questions(pool: &mut Pool<'_>, within: fn(Standing) -> bool) {
    pool.join_equal(
        within,
        |pool, i| Some((scope_of_new(pool, i, within), dressed(pool.new[i].note))),
        |pool, i| Some((scope_of_old(pool, i), dressed(&pool.stored[i].note))),
    );
}

/// A note that asks or asked both ways, turned round.
pub(super) fn join_turned(pool: &mut Pool<'_>, within: fn(Standing) -> bool) {
    for (new_both, old_both) in [(true, true), (true, false), (false, true)] {
        pool.join_equal(
            within,
            |pool, i| {
                let (front, back) = sides(pool.new[i].note, new_both)?;
                Some((scope_of_new(pool, i, within), back, front))
            },
            |pool, i| {
                let (front, back) = sides(&pool.stored[i].note, old_both)?;
                Some((scope_of_old(pool, i), front, back))
            },
        );
    }
}

/// What a note stands in, for the candidates of its own file and those of its deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Scope<'a> {
    File(usize),
    Deck(&'a DeckName),
}

/// The scope in which a new note looks for stored ones of this standing.
pub(super) fn scope_of_new<'a>(
    pool: &Pool<'a>,
    new: usize,
    within: fn(Standing) -> bool,
) -> Scope<'a> {
    match within(Standing::Own(0)) {
        true => Scope::File(pool.new[new].file),
        false => Scope::Deck(pool.deck(new)),
    }
}

/// The scope in which a stored note can be found.
pub(super) fn scope_of_old<'a>(pool: &Pool<'a>, old: usize) -> Scope<'a> {
    match pool.standing[old] {
        Standing::Own(file) => Scope::File(file),
        _ => Scope::Deck(&pool.stored[old].deck),
    }
}

fn question(note: &Note) -> (Kind, &str) {
    (note.kind(), note.body.question())
}

fn dressed(note: &Note) -> (Kind, String) {
    let text = match &note.body {
        Body::Cloze { text } => tidy(&revealed(text)),
        body => tidy(body.question()),
    };
    (note.kind(), text)
}

/// A cloze's text with every deletion shown.
pub(super) fn revealed(text: &str) -> String {
    Cloze::parse(text).map_or_else(|_| text.to_owned(), |cloze| cloze.revealed())
}

/// The sides of a basic note that asks both ways, or one way.
fn sides(note: &Note, both_ways: bool) -> Option<(&str, &str)> {
    match &note.body {
        Body::Basic { front, back, reverse } if *reverse == both_ways => Some((front, back)),
        _ => None,
    }
}

/// Same answer, or in a cloze the same text around its deletions, where it is nobody else's: not
/// of another stored note of the deck, retired ones included, nor of another new one. A bare
/// number, yes or no belongs to everybody, and a question with another number is another question.
pub(super) fn join_answers(pool: &mut Pool<'_>, within: fn(Standing) -> bool) {
    let new = pool.open_new();
    let old = if new.is_empty() { Vec::new() } else { pool.open_old(within) };
    if old.is_empty() {
        return;
    }
    let mut answers = Answers::wanted(pool, &new);
    answers.count(pool);
    let mut pairs = Vec::new();
    for i in old {
        let deck = pool.own_file(i).map_or(&pool.stored[i].deck, |file| &pool.files[file].deck);
        let holders = answers.only_holders(deck, own_answer(&pool.stored[i].note));
        let Some((only_new, only_old)) = holders else { continue };
        let here = pool.found[only_new].is_none()
            && only_old == i
            && scope_of_new(pool, only_new, within) == scope_of_old(pool, i);
        if here && may_share_answer(&pool.new[only_new], &pool.stored[i].note) {
            pairs.push((only_new, i));
        }
    }
    for (new, old) in pairs {
        // Two decks of one file's old notes can lead to one new note.
        if pool.found[new].is_none() {
            pool.join(new, old);
        }
    }
}

fn may_share_answer(new: &NewNote<'_>, old: &Note) -> bool {
    if ids_differ(new.note, old) {
        return false;
    }
    match (&new.note.body, &old.body) {
        (Body::Cloze { text: new }, Body::Cloze { text: old }) => is_corrected(old, new),
        (new, old) => {
            new.kind() == old.kind()
                && !numbers_replaced(&Text::of(new.question()), &Text::of(old.question()))
        }
    }
}

/// Whether one deletion of a cloze was put in other words and the rest of its text was not: with
/// two of them replaced it tells of something else, as it does with another number, negation or
/// name.
fn is_corrected(old: &str, new: &str) -> bool {
    let (Ok(old), Ok(new)) = (Cloze::parse(old), Cloze::parse(new)) else { return false };
    let replaced = old.deletions().zip(new.deletions()).filter(|(old, new)| old != new).count();
    let (old, new) = (Text::of(&old.revealed()), Text::of(&new.revealed()));
    let compared = compare(&old, &new);
    replaced <= 1 && !forbids(&old, &new) && !compared.clashes && !compared.opposed
}

/// Whether both have an id and it is not the same.
pub(super) fn ids_differ(a: &Note, b: &Note) -> bool {
    a.id.is_some() && b.id.is_some() && a.id != b.id
}

/// The half of a note that stays when its question, or a cloze's deletion, is put in other words.
fn own_answer(note: &Note) -> String {
    match &note.body {
        Body::Cloze { text } => tidy(&around(text)),
        body => tidy(&body.answer()),
    }
}

/// A cloze's text with every deletion hidden.
fn around(text: &str) -> String {
    Cloze::parse(text).map_or_else(|_| text.to_owned(), |cloze| cloze.around())
}

/// Whether this half of a note is too little to know it by.
fn tells_nothing(note: &Note, answer: &str) -> bool {
    match note.kind() {
        Kind::Cloze => Text::of(answer).content().map(Word::weight).sum::<f64>() < AROUND,
        _ => is_anybodys(answer),
    }
}

/// Whether many questions have this answer.
pub(super) fn is_anybodys(answer: &str) -> bool {
    let answer = answer.to_lowercase();
    let words: Vec<&str> = answer.split(|c: char| !c.is_alphanumeric()).collect();
    let verdict = words.iter().filter(|word| !word.is_empty()).all(|word| is_verdict(word));
    verdict || is_verdict(&answer) || Text::of(&answer).is_bare_number()
}

/// Who has the answers that new notes still look for.
struct Answers<'a> {
    wanted: HashMap<(&'a DeckName, String), Holders>,
}

/// The new and the stored notes that have an answer.
type Holders = (Vec<usize>, Vec<usize>);

impl<'a> Answers<'a> {
    fn wanted(pool: &Pool<'a>, new: &[usize]) -> Self {
        let keys = new.iter().filter_map(|&i| {
            let note = pool.new[i].note;
            let answer = own_answer(note);
            (!tells_nothing(note, &answer)).then(|| ((pool.deck(i), answer), Default::default()))
        });
        Answers { wanted: keys.collect() }
    }

    fn count(&mut self, pool: &Pool<'a>) {
        for (i, new) in pool.new.iter().enumerate() {
            if let Some((holders, _)) = self.wanted.get_mut(&(pool.deck(i), own_answer(new.note))) {
                holders.push(i);
            }
        }
        for (i, stored) in pool.stored.iter().enumerate() {
            let answer = own_answer(&stored.note);
            let renamed = pool.own_file(i).map(|file| &pool.files[file].deck);
            let renamed = renamed.filter(|deck| **deck != stored.deck);
            for deck in std::iter::once(&stored.deck).chain(renamed) {
                if let Some((_, holders)) = self.wanted.get_mut(&(deck, answer.clone())) {
                    holders.push(i);
                }
            }
        }
    }

    /// The new and the stored note of the deck with this answer, if it is one each.
    fn only_holders(&self, deck: &'a DeckName, answer: String) -> Option<(usize, usize)> {
        let (new, old) = self.wanted.get(&(deck, answer))?;
        match (new.as_slice(), old.as_slice()) {
            (&[new], &[old]) => Some((new, old)),
            _ => None,
        }
    }
}
