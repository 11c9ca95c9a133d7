//! Decks: their names and what they may set.

use crate::model::text::is_unseen;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A deck's name: `/`-separated, as in `devops/three-ways`. It can stand on a command line and in
/// a path: no part is empty, `.` or `..`, it does not start with `-`, and it is short.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DeckName(String);

/// A text that names no deck.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is no deck name: {1}")]
pub struct BadDeckName(String, &'static str);

impl BadDeckName {
    /// So many characters of a text that is no name are told.
    const TOLD: usize = 40;

    fn new(text: &str, why: &'static str) -> Self {
        let told = match text.char_indices().nth(Self::TOLD) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        };
        BadDeckName(told, why)
    }
}

impl DeckName {
    /// The most characters that a name has.
    pub const LONGEST: usize = 200;

    /// A name that was judged when it came in, maybe by other rules.
    pub fn trusted(name: String) -> Self {
        DeckName(name)
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is `above` or lies below it: `devops/three-ways` is within `devops`.
    pub fn is_within(&self, above: &DeckName) -> bool {
        self.0.strip_prefix(&above.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl FromStr for DeckName {
    type Err = BadDeckName;

    fn from_str(text: &str) -> Result<Self, BadDeckName> {
        let bad = |why| Err(BadDeckName::new(text, why));
        let name = text.trim();
        if name.is_empty() {
            return bad("it is empty");
        }
        if name.chars().count() > Self::LONGEST {
            return bad("it has over 200 characters");
        }
        if name.starts_with('-') {
            return bad("it starts with `-`, as an option does");
        }
        if name.split('/').any(|part| part.is_empty() || part.trim() != part) {
            return bad("a part between slashes is empty, or starts or ends with a space");
        }
        if name.split('/').any(|part| matches!(part, "." | "..")) {
            return bad("a part between slashes is `.` or `..`, as in a path");
        }
        if name.chars().any(is_unseen) {
            return bad("it has a control character");
        }
        Ok(DeckName(name.to_owned()))
    }
}

impl TryFrom<String> for DeckName {
    type Error = BadDeckName;

    fn try_from(text: String) -> Result<Self, BadDeckName> {
        text.parse()
    }
}

impl From<DeckName> for String {
    fn from(name: DeckName) -> String {
        name.0
    }
}

impl fmt::Display for DeckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What a deck file may set for its deck and what is below it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeckOptions {
    /// New cards introduced on a study day, at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_per_day: Option<u32>,
    /// Due cards asked on a study day, at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviews_per_day: Option<u32>,
    /// Whether siblings keep off each other's study days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bury_siblings: Option<bool>,
    /// Lapses at which a card is a leech; 0 turns it off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leech_threshold: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deck(name: &str) -> DeckName {
        name.parse().unwrap()
    }

    #[test]
    fn a_deck_name_selects_all_below_it_and_nothing_beside_it() {
        assert!(deck("devops/three-ways").is_within(&deck("devops")));
        assert!(deck("devops").is_within(&deck("devops")));
        assert!(!deck("devops2/a").is_within(&deck("devops")));
        assert!(!deck("devops").is_within(&deck("devops/three-ways")));
    }

    #[test]
    fn names_with_empty_parts_or_control_characters_are_refused() {
        for bad in ["", "  ", "/a", "a/", "a//b", "a/ b", "a\u{1b}[31m", "a\u{202e}b"] {
            assert!(bad.parse::<DeckName>().is_err(), "{bad:?}");
        }
        assert_eq!(deck(" devops ").as_str(), "devops");
    }

    #[test]
    fn names_that_look_like_a_path_or_an_option_are_refused() {
        for bad in [".", "..", "./a", "../a", "a/..", "a/./b", "-", "-x", "--all/a", " -x"] {
            assert!(bad.parse::<DeckName>().is_err(), "{bad:?}");
        }
        for good in [".NET", "...", "a/.b", "a-b/c-", "a/-b", "is:new", "a b/c", "Übung/日本"] {
            assert_eq!(deck(good).as_str(), good);
        }
    }

    #[test]
    fn a_name_has_a_length_to_live_with_and_an_overlong_one_is_told_in_part() {
        let longest = "ä".repeat(DeckName::LONGEST);
        assert_eq!(deck(&longest).as_str(), longest);
        let told = format!("{longest}x").parse::<DeckName>().unwrap_err().to_string();
        let start = "ä".repeat(40);
        assert_eq!(told, format!("\"{start}…\" is no deck name: it has over 200 characters"));
    }
}
