//! Queries: words that must all occur, and filters such as `deck:devops is:due ease<1.8`. Double
//! quotes keep a phrase together: `"lead time"`, `tag:"site reliability"`.

use crate::cli::error::WrongUsage;
use crate::model::{DeckName, Flag, StudyDay};
use crate::schedule::CardState;
use std::str::FromStr;

#[cfg(any(test, fuzzing))]
pub(crate) mod promises;

/// The longest query, in bytes.
const LONGEST: usize = 10_000;

/// What a card must be to be found.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Query {
    terms: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq)]
enum Term {
    Word(String),
    Deck(DeckName),
    Tag(String),
    Is(Quality),
    Flag(Flag),
    Number(Measure, Relation, f64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quality {
    New,
    Due,
    Young,
    Mature,
    Leech,
    Suspended,
    Buried,
    Retired,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Ease,
    Interval,
    Lapses,
    Repetitions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

/// What a query looks at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) deck: &'a DeckName,
    pub(super) tags: &'a [String],
    /// All text of the note.
    pub(super) text: &'a str,
    pub(super) state: &'a CardState,
    pub(super) retired: bool,
    pub(super) today: StudyDay,
    pub(super) leech_threshold: u32,
}

impl Query {
    /// A query of these words, as they stand on the command line.
    ///
    /// # Errors
    /// If a filter is of no known form, or a quote is not closed.
    pub(super) fn parse<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, WrongUsage> {
        let (mut terms, mut length) = (Vec::new(), 0);
        for word in words {
            length += word.len();
            if length > LONGEST {
                return Err(WrongUsage(format!("the query is over {LONGEST} bytes")));
            }
            for token in tokens(word)? {
                terms.push(term(&token)?);
            }
        }
        Ok(Query { terms })
    }

    /// Whether it asks for nothing, and so finds every card.
    pub(super) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The decks that it names.
    pub(super) fn decks(&self) -> impl Iterator<Item = &DeckName> {
        self.terms.iter().filter_map(|term| match term {
            Term::Deck(name) => Some(name),
            _ => None,
        })
    }

    /// Whether a card is found. A retired card is found only by asking for it.
    pub(super) fn finds(&self, subject: Subject<'_>) -> bool {
        let asks_retired = self.terms.contains(&Term::Is(Quality::Retired));
        (!subject.retired || asks_retired) && self.holds(subject)
    }

    /// The same, whether the card is retired or not.
    pub(super) fn holds(&self, subject: Subject<'_>) -> bool {
        self.terms.iter().all(|term| term.holds(subject))
    }
}

/// A part of a query, without its quotes.
#[derive(Debug, PartialEq, Eq)]
struct Token {
    text: String,
    /// Where the first quote was: what comes after it is text, whatever it looks like.
    quoted_from: Option<usize>,
}

/// Splits at spaces that are not quoted. A backslash takes the meaning from a quote and, in quotes,
/// from another backslash.
fn tokens(query: &str) -> Result<Vec<Token>, WrongUsage> {
    let new = || Token { text: String::new(), quoted_from: None };
    let (mut tokens, mut token, mut quoted) = (Vec::new(), new(), false);
    let mut letters = query.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek() == Some(&'"') => token.text.extend(letters.next()),
            '\\' if quoted && letters.peek() == Some(&'\\') => token.text.extend(letters.next()),
            '"' => {
                quoted = !quoted;
                token.quoted_from.get_or_insert(token.text.len());
            }
            space if space.is_whitespace() && !quoted => {
                tokens.push(std::mem::replace(&mut token, new()));
            }
            letter => token.text.push(letter),
        }
    }
    if quoted {
        return Err(WrongUsage(format!("query {query:?}: a quote is opened and not closed")));
    }
    tokens.push(token);
    tokens.retain(|token| !token.text.is_empty());
    Ok(tokens)
}

fn term(token: &Token) -> Result<Term, WrongUsage> {
    let word = token.text.as_str();
    // A sign within quotes is text: "tag:lean" is a phrase, tag:"lean" a filter.
    let plain = token.quoted_from.map_or(word, |at| &word[..at]);
    let unknown = |what: String| WrongUsage(format!("query {word:?}: {what}"));
    if plain.contains(':')
        && let Some((key, value)) = word.split_once(':')
    {
        let lower = key.to_lowercase();
        return match lower.as_str() {
            "deck" | "tag" | "is" | "flag" if value.is_empty() => {
                Err(unknown(format!("after {lower}: comes a value, as in {lower}:x")))
            }
            "deck" => value.parse().map(Term::Deck).map_err(|error| unknown(error.to_string())),
            "tag" => Ok(Term::Tag(value.to_lowercase())),
            "is" => quality(value).map(Term::Is).ok_or_else(|| {
                unknown(
                    "after is: comes new, due, young, mature, leech, suspended, buried or retired"
                        .to_owned(),
                )
            }),
            "flag" => value
                .parse()
                .ok()
                .and_then(Flag::new)
                .map(Term::Flag)
                .ok_or_else(|| unknown("a flag is 0 to 7".to_owned())),
            key if measure(key).is_some() => {
                Err(unknown(format!("{key} takes <, <=, =, >= or >, as in {key}>=2")))
            }
            key => match meant(key, &["deck", "tag", "is", "flag"]) {
                Some(meant) => {
                    Err(unknown(format!("did you mean {meant}:{}? {AS_A_WORD}", written(value))))
                }
                None => Ok(Term::Word(word.to_lowercase())),
            },
        };
    }
    match plain.find(['<', '>', '=']) {
        Some(0) if word.trim_start_matches(['<', '>', '=']).is_empty() => {
            Err(unknown("a filter has no spaces, as in ease<1.8".to_owned()))
        }
        Some(at) => number(word, at),
        None => Ok(Term::Word(word.to_lowercase())),
    }
}

/// A value as it has to be written in a query.
fn written(value: &str) -> String {
    match value.contains(char::is_whitespace) {
        true => format!("\"{value}\""),
        false => value.to_owned(),
    }
}

const AS_A_WORD: &str = "As a word it is written in double quotes";

/// The filter that was meant by one that is none, if it is but a slip away.
fn meant<'a>(key: &str, keys: &[&'a str]) -> Option<&'a str> {
    let is_a_word = key.chars().all(char::is_alphabetic) && key.len() > 2;
    let slip = |name: &&&str| is_a_word && strsim::osa_distance(key, name) == 1;
    keys.iter().find(slip).copied()
}

fn measure(name: &str) -> Option<Measure> {
    Some(match name {
        "ease" => Measure::Ease,
        "interval" => Measure::Interval,
        "lapses" => Measure::Lapses,
        "repetitions" => Measure::Repetitions,
        _ => return None,
    })
}

fn quality(word: &str) -> Option<Quality> {
    Some(match word {
        "new" => Quality::New,
        "due" => Quality::Due,
        "young" => Quality::Young,
        "mature" => Quality::Mature,
        "leech" => Quality::Leech,
        "suspended" => Quality::Suspended,
        "buried" => Quality::Buried,
        "retired" => Quality::Retired,
        _ => return None,
    })
}

/// `ease<1.8`, `interval>=21`, ..., the sign at a place; any other word is a word.
fn number(word: &str, at: usize) -> Result<Term, WrongUsage> {
    let (name, rest) = word.split_at(at);
    let name = name.to_lowercase();
    if matches!(name.as_str(), "deck" | "tag" | "is" | "flag") {
        return Err(WrongUsage(format!("query {word:?}: {name} takes a colon, as in {name}:x")));
    }
    if let Some(name) = name.strip_suffix('!')
        && measure(name).is_some()
    {
        return Err(WrongUsage(format!("query {word:?}: {name} takes <, <=, =, >= or >")));
    }
    let Some(measure) = measure(&name) else {
        return match meant(&name, &["ease", "interval", "lapses", "repetitions"]) {
            Some(meant) => {
                Err(WrongUsage(format!("query {word:?}: did you mean {meant}{rest}? {AS_A_WORD}")))
            }
            None => Ok(Term::Word(word.to_lowercase())),
        };
    };
    let relations = [
        ("<=", Relation::AtMost),
        (">=", Relation::AtLeast),
        ("<", Relation::Less),
        (">", Relation::More),
        ("=", Relation::Equal),
    ];
    let found = relations.iter().find_map(|(sign, relation)| {
        let value = f64::from_str(rest.strip_prefix(sign)?).ok()?;
        value.is_finite().then_some(Term::Number(measure, *relation, value))
    });
    found.ok_or_else(|| {
        WrongUsage(format!("query {word:?}: after the sign comes a number, as in ease<1.8"))
    })
}

impl Term {
    fn holds(&self, subject: Subject<'_>) -> bool {
        let state = subject.state;
        match self {
            Term::Word(word) => subject.text.to_lowercase().contains(word),
            Term::Deck(deck) => subject.deck.is_within(deck),
            Term::Tag(tag) => subject.tags.iter().any(|own| own.to_lowercase() == *tag),
            Term::Flag(flag) => state.flag == *flag,
            Term::Is(quality) => match quality {
                Quality::New => state.is_new(),
                Quality::Due => {
                    state.is_due(subject.today)
                        && state.is_askable(subject.today)
                        && !subject.retired
                }
                Quality::Young => !state.is_new() && !state.interval.is_mature(),
                Quality::Mature => !state.is_new() && state.interval.is_mature(),
                Quality::Leech => {
                    subject.leech_threshold > 0 && state.lapses >= subject.leech_threshold
                }
                Quality::Suspended => state.suspended,
                Quality::Buried => state.buried.is_some_and(|until| until >= subject.today),
                Quality::Retired => subject.retired,
            },
            Term::Number(measure, relation, value) => {
                let is = match measure {
                    Measure::Ease => f64::from(state.ease()),
                    Measure::Interval => f64::from(state.interval.get()),
                    Measure::Lapses => f64::from(state.lapses),
                    Measure::Repetitions => f64::from(state.repetitions),
                };
                // An ease is a whole number of hundredths: half of one tells equal from not.
                let equal = (is - value).abs() < 0.005;
                match relation {
                    Relation::Less => is < *value && !equal,
                    Relation::AtMost => is < *value || equal,
                    Relation::Equal => equal,
                    Relation::AtLeast => is > *value || equal,
                    Relation::More => is > *value && !equal,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(query: &str, state: CardState, retired: bool) -> bool {
        let deck: DeckName = "devops/sre".parse().unwrap();
        let tags = ["Lean".to_owned()];
        let subject = Subject {
            deck: &deck,
            tags: &tags,
            text: "What is Kaizen? improvement",
            state: &state,
            retired,
            today: StudyDay::from_number(100),
            leech_threshold: 8,
        };
        Query::parse([query]).unwrap().finds(subject)
    }

    #[test]
    fn all_words_and_filters_must_hold() {
        let new = CardState::NEW;
        assert!(finds("kaizen improvement", new, false));
        assert!(!finds("kaizen waste", new, false));
        assert!(finds("deck:devops tag:lean is:new ease>=2.5 ease=2.5 interval<1", new, false));
        assert!(!finds("deck:dev", new, false));
        assert!(!finds("ease<2.5", new, false));
        assert!(finds("flag:0", new, false) && !finds("flag:1", new, false));
    }

    #[test]
    fn a_buried_card_is_not_due() {
        let due = CardState { due: Some(StudyDay::from_number(99)), ..CardState::NEW };
        assert!(finds("is:due", due, false));
        let buried = CardState { buried: Some(StudyDay::from_number(100)), ..due };
        assert!(!finds("is:due", buried, false) && finds("is:buried", buried, false));
    }

    #[test]
    fn a_retired_card_is_found_only_when_asked_for() {
        assert!(!finds("kaizen", CardState::NEW, true));
        assert!(finds("is:retired kaizen", CardState::NEW, true));
    }

    #[test]
    fn a_filter_that_is_none_is_refused() {
        for query in ["is:gone", "flag:9", "ease<x", "deck:/a"] {
            assert!(Query::parse([query]).is_err(), "{query}");
        }
        assert!(Query::parse(["a=b c:d http://x std::vec"]).is_ok(), "other words are words");
    }

    #[test]
    fn a_filter_that_is_a_slip_away_is_asked_about() {
        for (query, meant) in [
            ("tags:lean", "tag:lean"),
            ("dekc:devops", "deck:devops"),
            ("eas<1.8", "ease<1.8"),
            ("ease:1.8", "ease>="),
            ("intervall>=21", "interval>=21"),
            ("tags:\"a b\"", "tag:\"a b\"?"),
            ("ease < 1.8", "no spaces"),
            ("tag=lean", "tag takes a colon"),
            ("flag<1", "flag takes a colon"),
            ("ease!=2.5", "ease takes <"),
            ("tag:", "comes a value"),
        ] {
            let error = Query::parse([query]).unwrap_err().0;
            assert!(error.contains(meant), "{query}: {error}");
        }
        assert!(Query::parse(["\"tags:lean\""]).is_ok(), "in quotes it is a word");
        let new = CardState::NEW;
        assert!(finds("TAG:lean Is:new EASE=2.5", new, false), "keys have no case");
    }

    #[test]
    fn quotes_keep_a_phrase_together() {
        let texts = |query| -> Vec<String> {
            tokens(query).unwrap().into_iter().map(|token| token.text).collect()
        };
        assert_eq!(texts("a  \"b c\" tag:\"d e\"f"), ["a", "b c", "tag:d ef"]);
        assert_eq!(texts(r#"say \"hi\" \n ""  "#), ["say", "\"hi\"", "\\n"]);
        assert_eq!(texts(r#""C:\path\\" a\\b"#), ["C:\\path\\", "a\\\\b"]);
        let new = CardState::NEW;
        assert!(finds("\"is kaizen\"", new, false) && !finds("\"kaizen is\"", new, false));
        assert!(finds("tag:\"lean\"", new, false) && !finds("\"tag:lean\"", new, false));
        assert!(Query::parse(["a \"b"]).is_err(), "a quote that is not closed");
    }
}
