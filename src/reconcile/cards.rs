//! The cards of a note that goes on: which of them its new text still asks.

use super::glyphs::tidy;
use super::items;
use super::similar::likeness;
use crate::model::{
    Body, CardId, Cloze, Facet, Guid, Kind, Note, PlacedCard, StoredCard, StoredNote,
};

/// The cards of a note not seen before.
pub(super) fn cards_of_new(guid: Guid, note: &Note) -> Vec<PlacedCard> {
    Seats::new(guid, &[], note.facets()).placed()
}

/// The cards of a stored note whose text is `note` from now on, those that are gone included.
pub(super) fn cards_of_kept(stored: &StoredNote, note: &Note) -> Vec<PlacedCard> {
    let mut seats = Seats::new(stored.guid, &stored.cards, note.facets());
    let (old, new) = (&stored.note.body, &note.body);
    // A retired note may hold its cards as retired with it.
    let away = stored.retired && stored.cards.iter().all(|card| card.retired);
    let live: Vec<usize> =
        (0..stored.cards.len()).filter(|&i| away || !stored.cards[i].retired).collect();
    match (old, new) {
        (Body::Basic { .. }, Body::Basic { .. }) => seat_directions(&mut seats, old, new, &live),
        (Body::Basic { .. }, _) | (_, Body::Basic { .. }) => {}
        _ if (old.kind() == Kind::Cloze) != (new.kind() == Kind::Cloze) => {}
        _ => items::seat(&mut seats, &stored.note, note, &live),
    }
    seats.revive();
    seats.placed()
}

/// Whether each facet of a stored note has its card, and no other live card is left.
pub(super) fn are_in_place(stored: &StoredNote) -> bool {
    let facets = match &stored.note.body {
        Body::Basic { reverse, .. } => 1 + usize::from(*reverse),
        Body::List { items, .. } | Body::Set { items, .. } => items.len(),
        Body::Cloze { text } => Cloze::parse(text).map_or(0, |cloze| cloze.numbers().len()),
    };
    let mut live = vec![false; facets];
    stored.cards.iter().filter(|card| !card.retired).all(|card| {
        let seat = live.get_mut(card.position as usize);
        seat.is_some_and(|taken| !std::mem::replace(taken, true))
    }) && live.iter().all(|taken| *taken)
}

/// A note's facets, and which of its cards asks which.
pub(super) struct Seats<'a> {
    guid: Guid,
    pub cards: &'a [StoredCard],
    pub facets: Vec<Facet>,
    /// For each facet, the card that asks it.
    seat: Vec<Option<usize>>,
    /// For each card, whether it has a seat.
    seated: Vec<bool>,
}

impl<'a> Seats<'a> {
    fn new(guid: Guid, cards: &'a [StoredCard], facets: Vec<Facet>) -> Self {
        Seats {
            guid,
            cards,
            seat: vec![None; facets.len()],
            seated: vec![false; cards.len()],
            facets,
        }
    }

    /// The facets that no card asks yet.
    pub fn open(&self) -> Vec<usize> {
        (0..self.seat.len()).filter(|&at| self.seat[at].is_none()).collect()
    }

    /// Whether the card has no seat yet.
    pub fn is_free(&self, card: usize) -> bool {
        !self.seated[card]
    }

    /// The card asks the facet, if both are free.
    pub fn sit(&mut self, facet: usize, card: usize) {
        if self.seat.get(facet) == Some(&None) && !self.seated[card] {
            self.seat[facet] = Some(card);
            self.seated[card] = true;
        }
    }

    /// Cards that had gone come back with their text.
    pub fn revive(&mut self) {
        for facet in self.open() {
            let text = &self.facets[facet].text;
            let gone = |&i: &usize| !self.seated[i] && self.cards[i].retired;
            let mut cards = (0..self.cards.len()).filter(gone);
            let exact = cards.clone().find(|&i| self.cards[i].key == *text);
            let found =
                exact.or_else(|| cards.find(|&i| without_occurrence(&self.cards[i].key) == text));
            if let Some(card) = found {
                self.sit(facet, card);
            }
        }
    }

    /// Every card where it stands now, and a new one for each facet left.
    fn placed(self) -> Vec<PlacedCard> {
        let position = |card: usize| {
            let facet = self.seat.iter().position(|seat| *seat == Some(card))?;
            Some(self.facets[facet].position)
        };
        let stored = self.cards.iter().enumerate();
        let mut placed: Vec<PlacedCard> = stored
            .map(|(i, card)| PlacedCard {
                id: card.id,
                key: card.key.clone(),
                position: if self.seated[i] { position(i) } else { None },
            })
            .collect();
        for facet in self.open() {
            let Facet { text, position } = &self.facets[facet];
            let key = free_key(text, &placed);
            let id = CardId::of(self.guid, &key);
            placed.push(PlacedCard { id, key, position: Some(*position) });
        }
        placed
    }
}

/// The text, or the text with the smallest occurrence that no card of the note has. A basic
/// note's two directions are each other's second name.
fn free_key(text: &str, cards: &[PlacedCard]) -> String {
    let taken = |key: &str| cards.iter().any(|card| card.key == key);
    if !taken(text) {
        return text.to_owned();
    }
    let numbered = (2..).map(|n: usize| format!("{text} ({n})"));
    let other = match text {
        "forward" => Some("reverse".to_owned()),
        "reverse" => Some("forward".to_owned()),
        _ => None,
    };
    other
        .into_iter()
        .chain(numbered)
        .find(|key| !taken(key))
        .expect("a note has finitely many cards, and there are endless occurrences")
}

fn without_occurrence(key: &str) -> &str {
    let Some((text, rest)) = key.rsplit_once(" (") else { return key };
    let number = rest.strip_suffix(')').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    if number { text } else { key }
}

/// The card that asks A for B goes on asking A for B, on whatever side they are written now.
fn seat_directions(seats: &mut Seats<'_>, old: &Body, new: &Body, live: &[usize]) {
    let turned = is_turned(old, new);
    let now = |position: u32| match turned {
        true => 1_u32.checked_sub(position),
        false => Some(position),
    };
    for &card in live {
        if let Some(position) = now(seats.cards[card].position) {
            seats.sit(position as usize, card);
        }
    }
    for facet in seats.open() {
        let gone: Vec<usize> = (0..seats.cards.len())
            .filter(|&i| {
                seats.is_free(i) && seats.cards[i].retired && is_direction(&seats.cards[i])
            })
            .collect();
        let there = |&&i: &&usize| now(seats.cards[i].position) == Some(facet as u32);
        if let Some(&card) = gone.iter().find(there).or(gone.first()) {
            seats.sit(facet, card);
        }
    }
}

/// Whether a card is a direction of a basic note: by its key, or by an Anki card's ordinal.
fn is_direction(card: &StoredCard) -> bool {
    matches!(card.key.as_str(), "forward" | "reverse" | "0" | "1")
}

fn is_turned(old: &Body, new: &Body) -> bool {
    let (
        Body::Basic { front: a, back: b, reverse: was },
        Body::Basic { front: x, back: y, reverse: is },
    ) = (old, new)
    else {
        return false;
    };
    let [a, b, x, y] = [tidy(a), tidy(b), tidy(x), tidy(y)];
    let straight = usize::from(a == x) + usize::from(b == y);
    let turned = usize::from(a == y) + usize::from(b == x);
    match (was | is, turned) {
        (_, 2) => straight < 2,
        (false, _) => false,
        (true, 0) if straight == 0 => {
            likeness(&a, &y) + likeness(&b, &x) > likeness(&a, &x) + likeness(&b, &y) + 0.3
        }
        (true, _) => turned > straight,
    }
}
