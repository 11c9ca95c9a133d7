//! What reading a query keeps to, whatever it says.

use super::{Measure, Quality, Query, Relation, Subject, Term};
use crate::model::{DeckName, StudyDay};
use crate::schedule::CardState;

/// Any query is read or refused, it can be asked of a card, and written anew it reads the same.
pub(crate) fn any_query_is_read_or_refused(text: &str) {
    let query = match Query::parse([text]) {
        Ok(query) => query,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let anew: Vec<String> = query.terms.iter().map(written).collect();
    let anew = anew.join(" ");
    let read = Query::parse([anew.as_str()]);
    assert_eq!(read.ok().as_ref(), Some(&query), "{anew:?}");
    let deck: DeckName = "devops/sre".parse().expect("a deck may have this name");
    let found = |retired| {
        query.finds(Subject {
            deck: &deck,
            tags: &["Lean".to_owned()],
            text,
            state: &CardState::NEW,
            retired,
            today: StudyDay::from_number(100),
            leech_threshold: 8,
        })
    };
    let asks_retired = query.terms.contains(&Term::Is(Quality::Retired));
    assert!(asks_retired || !found(true));
}

/// A term as somebody could write it.
fn written(term: &Term) -> String {
    match term {
        Term::Word(word) => quoted(word),
        Term::Deck(name) => format!("deck:{}", quoted(name.as_str())),
        Term::Tag(tag) => format!("tag:{}", quoted(tag)),
        Term::Is(quality) => format!("is:{quality:?}").to_lowercase(),
        Term::Flag(flag) => format!("flag:{}", flag.number()),
        Term::Number(measure, relation, value) => {
            let measure = match measure {
                Measure::Ease => "ease",
                Measure::Interval => "interval",
                Measure::Lapses => "lapses",
                Measure::Repetitions => "repetitions",
            };
            let sign = match relation {
                Relation::Less => "<",
                Relation::AtMost => "<=",
                Relation::Equal => "=",
                Relation::AtLeast => ">=",
                Relation::More => ">",
            };
            format!("{measure}{sign}{value:?}")
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
