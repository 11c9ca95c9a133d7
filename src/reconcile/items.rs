//! Deletions, list items and set items: each finds its card by its own text.

use super::cards::Seats;
use super::compare::{Comparison, Kinship, compare};
use super::exact::revealed;
use super::glyphs::tidy;
use super::spelling::Spelling;
use super::veto::forbids;
use super::words::Text;
use crate::model::{Body, Cloze, Note};

/// How much of the longer item the shorter one has. An item has no other side to vouch for it:
/// only a lone one, all others having their cards, may change more than its spelling.
const GROWN_ITEM: f64 = 0.5;
/// The least of a lone item's words that the two share where some are replaced, and how many.
const REPLACED_ITEM: f64 = 0.7;
const REPLACED_WORDS: f64 = 4.0;
/// Largest number of pairs of items compared.
const MOST_PAIRS: usize = 10_000;

/// Seats the cards of a cloze, list or set.
pub(super) fn seat(seats: &mut Seats<'_>, old: &Note, new: &Note, live: &[usize]) {
    let texts: Vec<String> = old.facets().into_iter().map(|facet| facet.text).collect();
    // A card beyond its note's facets can only be found by its key.
    let text_of = |card: usize| {
        let card = &seats.cards[card];
        texts.get(card.position as usize).unwrap_or(&card.key).clone()
    };
    let mut asked: Vec<(usize, String)> = live.iter().map(|&i| (i, text_of(i))).collect();
    asked.sort_by_key(|(card, _)| seats.cards[*card].position);

    seat_equal(seats, &asked, |old, new| old == new);
    seats.revive();
    if let (Body::Cloze { text: old }, Body::Cloze { text: new }) = (&old.body, &new.body) {
        // Several deletions asked as one are named by the first of them.
        seat_equal(seats, &asked, |old, new| first_deletion(old) == first_deletion(new));
        seat_by_place(seats, &asked, old, new);
    }
    seat_similar(seats, &asked);
}

fn first_deletion(text: &str) -> &str {
    text.split(" … ").next().unwrap_or(text)
}

fn seat_equal(seats: &mut Seats<'_>, asked: &[(usize, String)], same: fn(&str, &str) -> bool) {
    for facet in seats.open() {
        let text = &seats.facets[facet].text;
        let found = asked.iter().find(|(card, old)| seats.is_free(*card) && same(old, text));
        if let Some(&(card, _)) = found {
            seats.sit(facet, card);
        }
    }
}

/// A deletion in the same words around it is the same question; in an unchanged sentence, so is
/// one that hides a word more or less.
fn seat_by_place(seats: &mut Seats<'_>, asked: &[(usize, String)], old: &str, new: &str) {
    let (Ok(old_cloze), Ok(new_cloze)) = (Cloze::parse(old), Cloze::parse(new)) else { return };
    let unchanged = revealed(old) == revealed(new);
    let (old_numbers, new_numbers) = (old_cloze.numbers(), new_cloze.numbers());
    for facet in seats.open() {
        let Some(&number) = new_numbers.get(facet) else { continue };
        let place = Place::of(&new_cloze, number);
        let same = |&&(card, _): &&(usize, String)| {
            let number = old_numbers.get(seats.cards[card].position as usize);
            let was = number.and_then(|&number| Place::of(&old_cloze, number));
            seats.is_free(card)
                && matches!((&was, &place), (Some(was), Some(is))
                    if was.around == is.around || (unchanged && was.overlaps(is)))
        };
        if let Some(&(card, _)) = asked.iter().find(same) {
            seats.sit(facet, card);
        }
    }
}

/// Where a deletion stands in its sentence.
struct Place {
    around: (String, String),
    start: usize,
    end: usize,
}

impl Place {
    /// The place of a number's deletion; none if it has several.
    fn of(cloze: &Cloze, number: u32) -> Option<Self> {
        let (whole, hidden) = (cloze.revealed(), cloze.hiding(number));
        let same = |(a, b): &(char, char)| a == b;
        let before = whole.chars().zip(hidden.chars()).take_while(same);
        let start: usize = before.map(|(c, _)| c.len_utf8()).sum();
        let rest = whole[start..].chars().rev().zip(hidden[start..].chars().rev());
        let after: usize = rest.take_while(same).map(|(c, _)| c.len_utf8()).sum();
        let end = whole.len() - after;
        let around = (whole[..start].to_owned(), whole[end..].to_owned());
        (whole[start..end] == cloze.deleted(number)).then_some(Place { around, start, end })
    }

    fn overlaps(&self, other: &Place) -> bool {
        self.start < other.end && other.start < self.end
    }
}

fn seat_similar(seats: &mut Seats<'_>, asked: &[(usize, String)]) {
    let open = seats.open();
    let left: Vec<&(usize, String)> =
        asked.iter().filter(|(card, _)| seats.is_free(*card)).collect();
    if open.is_empty() || left.is_empty() || open.len() * left.len() > MOST_PAIRS {
        return;
    }
    let lone = open.len() == 1 && left.len() == 1 && asked.len() == seats.facets.len();
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (card, old) in left {
        for &facet in &open {
            let likeness = likeness(old, &seats.facets[facet].text, lone);
            pairs.extend(likeness.map(|likeness| (likeness, *card, facet)));
        }
    }
    pairs.sort_by(|a, b| {
        let position = |pair: &(f64, usize, usize)| (seats.cards[pair.1].position, pair.2);
        b.0.total_cmp(&a.0).then_with(|| position(a).cmp(&position(b)))
    });
    for (_, card, facet) in pairs {
        seats.sit(facet, card);
    }
}

/// How alike two items of one note are, if one is the other edited. `lone`: all other items have
/// their cards.
fn likeness(old: &str, new: &str, lone: bool) -> Option<f64> {
    let (a, b) = (Text::of(old), Text::of(new));
    if forbids(&a, &b) {
        return None;
    }
    let c = compare(&a, &b);
    if c.shared == 0.0 || c.clashes || c.opposed {
        return None;
    }
    let slip = c.spelling <= Some(Spelling::Slip);
    let edited = match c.kinship {
        Kinship::Same => is_spelling_edit(&c, lone),
        Kinship::Grown if is_continued(old, new, &a, &b) => slip,
        Kinship::Grown => slip && lone && c.shared >= 2.0 && c.cover() >= GROWN_ITEM,
        Kinship::Replaced => {
            slip && lone && c.shared >= REPLACED_WORDS && c.agreement() >= REPLACED_ITEM
        }
    };
    edited.then_some(c.likeness)
}

fn is_spelling_edit(c: &Comparison, lone: bool) -> bool {
    match c.spelling {
        None | Some(Spelling::Variant | Spelling::Slip) => true,
        Some(Spelling::Doubtful) => lone || c.shared >= 2.0,
        Some(Spelling::Vowel) => c.shared >= 2.0,
        Some(Spelling::Minimal) => c.shared >= 3.0,
    }
}

/// Whether the longer item is the shorter one and an explanation: after a sign of punctuation, or
/// after two words or more.
fn is_continued(old: &str, new: &str, a: &Text, b: &Text) -> bool {
    let (old, new) = (tidy(old), tidy(new));
    let (long, short, words) = match old.len() > new.len() {
        true => (&old, &new, b),
        false => (&new, &old, a),
    };
    let rest = long.strip_prefix(short.as_str());
    let sign =
        |c: char| matches!(c, '(' | ':' | ',' | ';' | '.' | '—' | '–' | '-' | '=' | '（' | '：');
    rest.is_some_and(|rest| {
        rest.trim_start().starts_with(sign)
            || (words.content().count() >= 2 && !rest.starts_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn an_item_that_was_edited_is_the_same() {
        for (old, new) in [
            ("Identfy the constraint", "Identify the constraint"),
            ("legislative", "Legislative (makes laws)"),
            ("the constraint", "constraint"),
            ("Unit tests", "unit testing"),
            ("Exploit the constraint", "Exploit the constraint, as it is"),
            ("`git add`", "git add"),
            ("Subordnate the rest", "Subordinate the rest"),
            ("Straße", "Strasse"),
        ] {
            assert!(likeness(old, new, false).is_some(), "{old} / {new}");
        }
        assert!(likeness("Seperation of concerns", "Separation of concerns", false).is_some());
        assert!(likeness("Seperation", "Separation", true).is_some());
    }

    #[test]
    fn an_item_that_was_replaced_is_another() {
        for (old, new) in [
            ("Crescendo", "Decrescendo"),
            ("TLS 1.1", "TLS 1.3"),
            ("Helium", "Neon"),
            ("Cerium", "Curium"),
            ("Erbium", "Terbium"),
            ("Ireland", "Northern Ireland"),
            ("Sodium", "Sodium chloride"),
            ("Test", "Unit test"),
            ("Build the image", "Push the image"),
            ("Check the logs of the server", "Check the disk of the server"),
            ("Nitrate", "Nitrite"),
            ("`==`", "`===`"),
            ("lowers pressure", "raises pressure"),
            ("does not block", "does block"),
        ] {
            assert!(likeness(old, new, true).is_none(), "{old} / {new}");
        }
    }
}
