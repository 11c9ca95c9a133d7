//! Text with deletions: `{{text}}`, `{{text::hint}}`, `{{c1::text::hint}}`.

use thiserror::Error;

/// A text with deletions, each group of one number a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cloze {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Plain(String),
    Deletion { number: u32, text: String, hint: Option<String> },
}

/// Why a text is no cloze text; `at` is a byte offset into it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClozeError {
    /// It has no deletion.
    #[error("no deletion: put {{{{double braces}}}} around what is to be asked")]
    NoDeletion,
    /// A deletion has no end.
    #[error("this deletion is never closed: write }}}} where it ends")]
    Unclosed {
        /// Where it opens.
        at: usize,
    },
    /// A deletion has no text.
    #[error("this deletion is empty")]
    Empty {
        /// Where it opens.
        at: usize,
    },
}

impl Cloze {
    /// Reads a text. Unnumbered deletions count on from the largest number before them;
    /// `\{{` is a literal `{{`.
    ///
    /// # Errors
    /// If there is no deletion, or one is empty or never closed.
    pub fn parse(source: &str) -> Result<Self, ClozeError> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut largest = 0;
        let mut at = 0;
        while let Some(found) = source[at..].find("{{").map(|i| at + i) {
            if source[at..found].ends_with('\\') {
                plain.push_str(&source[at..found - 1]);
                plain.push_str("{{");
                at = found + 2;
                continue;
            }
            plain.push_str(&source[at..found]);
            let inner = found + 2;
            let end = source[inner..].find("}}").ok_or(ClozeError::Unclosed { at: found })? + inner;
            let (number, text, hint) = deletion(&source[inner..end]);
            if text.is_empty() {
                return Err(ClozeError::Empty { at: found });
            }
            let number = number.unwrap_or(largest + 1);
            largest = largest.max(number);
            if !plain.is_empty() {
                pieces.push(Piece::Plain(std::mem::take(&mut plain)));
            }
            pieces.push(Piece::Deletion {
                number,
                text: text.to_owned(),
                hint: hint.map(str::to_owned),
            });
            at = end + 2;
        }
        plain.push_str(&source[at..]);
        if !plain.is_empty() {
            pieces.push(Piece::Plain(plain));
        }
        match largest {
            0 => Err(ClozeError::NoDeletion),
            _ => Ok(Cloze { pieces }),
        }
    }

    /// The numbers that have deletions, in order of first appearance.
    pub fn numbers(&self) -> Vec<u32> {
        let mut numbers = Vec::new();
        for piece in &self.pieces {
            if let Piece::Deletion { number, .. } = piece
                && !numbers.contains(number)
            {
                numbers.push(*number);
            }
        }
        numbers
    }

    /// The text of the deletions of a number.
    pub fn deleted(&self, asked: u32) -> String {
        let texts = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Deletion { number, text, .. } if *number == asked => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" … ")
    }

    /// The texts of the deletions, in order.
    pub fn deletions(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Deletion { text, .. } => Some(text.as_str()),
            Piece::Plain(_) => None,
        })
    }

    /// The text with every deletion hidden, without hints.
    pub fn around(&self) -> String {
        self.render(|_, _, _, out| push_hidden(None, out))
    }

    /// The text with the deletions of a number hidden: `[…]`, or `[hint]`.
    pub fn hiding(&self, asked: u32) -> String {
        self.render(|number, text, hint, out| match number == asked {
            true => push_hidden(hint, out),
            false => out.push_str(text),
        })
    }

    /// The text with every deletion shown.
    pub fn revealed(&self) -> String {
        self.render(|_, text, _, out| out.push_str(text))
    }

    /// The text with the deletions of a number hidden or shown, each between two characters that
    /// mark it.
    pub fn marked(&self, asked: u32, hidden: bool, [opens, closes]: [char; 2]) -> String {
        self.render(|number, text, hint, out| {
            let is_asked = number == asked;
            out.extend(is_asked.then_some(opens));
            match is_asked && hidden {
                true => push_hidden(hint, out),
                false => out.push_str(text),
            }
            out.extend(is_asked.then_some(closes));
        })
    }

    fn render(&self, put: impl Fn(u32, &str, Option<&str>, &mut String)) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Plain(text) => out.push_str(text),
                Piece::Deletion { number, text, hint } => {
                    put(*number, text, hint.as_deref(), &mut out);
                }
            }
        }
        out
    }
}

fn push_hidden(hint: Option<&str>, out: &mut String) {
    out.push('[');
    out.push_str(hint.unwrap_or("…"));
    out.push(']');
}

/// The number, text and hint inside of a deletion's braces.
fn deletion(inner: &str) -> (Option<u32>, &str, Option<&str>) {
    let numbered = inner.split_once("::").and_then(|(first, rest)| {
        let number = first.trim().strip_prefix('c')?.parse::<u32>().ok()?;
        // One below the largest, so that an unnumbered one can still count on.
        (1..u32::MAX).contains(&number).then_some((number, rest))
    });
    let (number, rest) = numbered.map_or((None, inner), |(n, rest)| (Some(n), rest));
    match rest.split_once("::") {
        Some((text, hint)) => (number, text.trim(), Some(hint.trim()).filter(|h| !h.is_empty())),
        None => (number, rest.trim(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn unnumbered_deletions_are_a_card_each() {
        let cloze = Cloze::parse("{{Lead}} and {{cycle::which?}} time").unwrap();
        assert_eq!(cloze.numbers(), [1, 2]);
        assert_eq!(cloze.hiding(1), "[…] and cycle time");
        assert_eq!(cloze.hiding(2), "Lead and [which?] time");
        assert_eq!(cloze.deleted(2), "cycle");
        assert_eq!(cloze.revealed(), "Lead and cycle time");
        assert_eq!(cloze.marked(2, true, ['<', '>']), "Lead and <[which?]> time");
        assert_eq!(cloze.marked(2, false, ['<', '>']), "Lead and <cycle> time");
    }

    #[test]
    fn ankis_numbers_group_deletions_and_unnumbered_ones_count_on() {
        let cloze = Cloze::parse("{{c2::a}} {{c1::b::h}} {{c2::c}} {{d}}").unwrap();
        assert_eq!(cloze.numbers(), [2, 1, 3]);
        assert_eq!(cloze.hiding(2), "[…] b […] d");
        assert_eq!(cloze.hiding(1), "a [h] c d");
        assert_eq!(cloze.deleted(2), "a … c");
    }

    #[test]
    fn an_escaped_brace_is_text() {
        let cloze = Cloze::parse(r"\{{ x }} is a {{template}}").unwrap();
        assert_eq!(cloze.hiding(1), "{{ x }} is a […]");
    }

    #[test]
    fn faults_are_told_with_their_place() {
        assert_eq!(Cloze::parse("none").unwrap_err(), ClozeError::NoDeletion);
        assert_eq!(Cloze::parse("a {{b").unwrap_err(), ClozeError::Unclosed { at: 2 });
        assert_eq!(Cloze::parse("a {{ }} b").unwrap_err(), ClozeError::Empty { at: 2 });
        assert_eq!(Cloze::parse("{{c1::}}").unwrap_err(), ClozeError::Empty { at: 0 });
    }

    proptest! {
        #[test]
        fn any_text_parses_or_fails(text in r"(\{\{|\}\}|::|\\|c1|c4294967295|x| |é){0,12}") {
            if let Ok(cloze) = Cloze::parse(&text) {
                for number in cloze.numbers() {
                    prop_assert!(!cloze.deleted(number).is_empty());
                    cloze.hiding(number);
                }
            }
        }
    }
}
