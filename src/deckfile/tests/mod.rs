//! Tests of the whole room; those of a part are beside it.

mod agreement;
mod append;
mod faults;
mod reading;
mod schema;
mod syntax;

use super::*;

/// The diagnostics of a file, rendered; warnings too.
fn told(text: impl AsRef<[u8]>) -> String {
    let bytes = text.as_ref();
    let (reading, warnings) = check(bytes);
    let errors = match reading {
        Reading::Deck(_) => Vec::new(),
        Reading::NotADeck(why) | Reading::Faulty(why) => why,
    };
    let source = Source::new("deck.yaml", bytes);
    let all = errors.iter().chain(&warnings);
    all.map(|found| source.render(found, false)).collect::<Vec<_>>().join("\n\n")
}
