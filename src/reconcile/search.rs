//! Which stored notes are worth holding against a new one, and the best pairs of all.
//!
//! Comparing every leftover with every other is too slow where a whole collection was rewritten.
//! An index by words and by pieces of words leads from a note to the few that share its rarest
//! ones; what is shared by many tells nothing and is not followed.

use super::exact::{Scope, scope_of_new, scope_of_old};
use super::pool::{Pool, Standing};
use super::similar::{Sides, similarity};
use std::collections::HashMap;

/// So few stored notes are all compared.
const FEW: usize = 24;
/// Stored notes compared with a new one, at most.
const CANDIDATES: usize = 16;
/// Places in the index that are followed for a new note, at most.
const FOLLOWED: usize = 1_500;

/// Joins notes by similar text: the best pairs first, ties by position.
pub(super) fn join_similar(pool: &mut Pool<'_>, within: fn(Standing) -> bool) {
    let mut scopes: HashMap<Scope<'_>, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for i in pool.open_old(within) {
        scopes.entry(scope_of_old(pool, i)).or_default().1.push(i);
    }
    if scopes.is_empty() {
        return;
    }
    for i in pool.open_new() {
        if let Some((new, _)) = scopes.get_mut(&scope_of_new(pool, i, within)) {
            new.push(i);
        }
    }
    let mut pairs = Vec::new();
    for (new, old) in scopes.values().filter(|(new, _)| !new.is_empty()) {
        alike(pool, new, old, &mut pairs);
    }
    pairs.sort_by(|a: &Pair, b| {
        b.likeness.total_cmp(&a.likeness).then_with(|| place(pool, a).cmp(&place(pool, b)))
    });
    for Pair { new, old, .. } in pairs {
        if pool.found[new].is_none() && !pool.taken[old] {
            pool.join(new, old);
        }
    }
}

struct Pair {
    likeness: f64,
    new: usize,
    old: usize,
}

fn place(pool: &Pool<'_>, pair: &Pair) -> (u32, usize, usize) {
    (pool.stored[pair.old].position, pair.new, pair.old)
}

/// The pairs that an edit can join.
fn alike(pool: &Pool<'_>, new: &[usize], old: &[usize], pairs: &mut Vec<Pair>) {
    let olds: Vec<Sides<'_>> = old.iter().map(|&i| Sides::of(&pool.stored[i].note)).collect();
    let index = (old.len() > FEW).then(|| Index::of(&olds));
    let everyone: Vec<usize> = (0..old.len()).collect();
    let mut counts = vec![0.0; old.len()];
    for &i in new {
        let sides = Sides::of(pool.new[i].note);
        let candidates = index.as_ref().map(|index| index.nearest(&sides, &mut counts));
        for &at in candidates.as_deref().unwrap_or(&everyone) {
            if let Some(likeness) = similarity(&olds[at], &sides) {
                pairs.push(Pair { likeness, new: i, old: old[at] });
            }
        }
    }
}

/// From a word or a piece of one to the notes that have it.
struct Index {
    places: HashMap<String, Vec<usize>>,
}

impl Index {
    fn of(notes: &[Sides<'_>]) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, sides) in notes.iter().enumerate() {
            for piece in pieces(sides) {
                let of = places.entry(piece).or_default();
                if of.last() != Some(&at) {
                    of.push(at);
                }
            }
        }
        Index { places }
    }

    /// The notes that share the rarest pieces, best first; `counts` is all zero before and after.
    fn nearest(&self, sides: &Sides<'_>, counts: &mut [f64]) -> Vec<usize> {
        let mut pieces = pieces(sides);
        pieces.sort_unstable();
        pieces.dedup();
        let mut known: Vec<&Vec<usize>> =
            pieces.iter().filter_map(|piece| self.places.get(piece)).collect();
        // Stable: equally rare pieces stay in order of their text.
        known.sort_by_key(|of| of.len());
        let mut touched = Vec::new();
        let mut followed = 0;
        for of in known {
            // The first is followed in part even where it alone is too common.
            let room = FOLLOWED.saturating_sub(followed).min(of.len());
            for &at in &of[..room] {
                if counts[at] == 0.0 {
                    touched.push(at);
                }
                counts[at] += 1.0 / of.len() as f64;
            }
            followed += room;
        }
        touched.sort_by(|&a, &b| counts[b].total_cmp(&counts[a]).then(a.cmp(&b)));
        touched.iter().for_each(|&at| counts[at] = 0.0);
        touched.truncate(CANDIDATES);
        touched
    }
}

/// A note's words of content, and the runs of three letters in them, by which misspelt words
/// find each other.
fn pieces(sides: &Sides<'_>) -> Vec<String> {
    let mut pieces = Vec::new();
    for word in sides.question.content().chain(sides.answer.content()) {
        pieces.push(word.folded.clone());
        let letters: Vec<char> = word.folded.chars().collect();
        if letters.len() > 3 {
            pieces.extend(letters.windows(3).map(|piece| format!("~{}", String::from_iter(piece))));
        }
    }
    pieces
}
