//! `kata show`: one card, whole.

use crate::model::StudyDay;
use crate::model::text::visible;
use crate::report::words::{distance, one_line, wrapped};
use crate::report::{CardLine, Style, counted, short_id};
use serde::Serialize;

/// One card with its text; the JSON of `kata show`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardSheet {
    /// Today's study day.
    pub day: StudyDay,
    /// What `kata cards` says of it; `question` is the whole question, with its context.
    #[serde(flatten)]
    pub card: CardLine,
    /// The answer.
    pub answer: String,
    /// Shown with the question on request.
    pub hint: Option<String>,
    /// Shown under the answer.
    pub extra: Option<String>,
    /// Whether its answer is typed and compared.
    pub typed: bool,
    /// Its deck's tags and its own.
    pub tags: Vec<String>,
    /// Where it is from.
    pub source: Option<String>,
    /// The deck file it came from last.
    pub file: Option<String>,
}

/// The page of `kata show`.
pub fn show(sheet: &CardSheet, style: Style, width: Option<usize>) -> String {
    let card = &sheet.card;
    let kind = match sheet.typed {
        true => format!("{}, typed", card.kind.word()),
        false => card.kind.word().to_owned(),
    };
    let mut page = format!("{}  {}  {kind}\n", style.bold(&short_id(card.card)), card.deck);
    let texts = [
        ("Question", Some(card.question.as_str())),
        ("Hint", sheet.hint.as_deref()),
        ("Answer", Some(sheet.answer.as_str())),
        ("Extra", sheet.extra.as_deref()),
    ];
    for (heading, text) in texts {
        if let Some(text) = text {
            page += &format!("\n{}\n{}", style.bold(heading), indented(text, width));
        }
    }
    let tags = (!sheet.tags.is_empty()).then(|| sheet.tags.join(", "));
    let facts = [
        ("State", Some(card.state(sheet.day))),
        ("Due", card.due.map(|due| format!("{due} ({})", distance(due, sheet.day)))),
        ("Schedule", card.due.map(|_| schedule(card))),
        ("Tags", tags),
        ("Source", sheet.source.clone()),
        ("File", sheet.file.clone()),
    ];
    page += "\n";
    for (name, fact) in facts {
        if let Some(fact) = fact {
            page += &format!("{}  {}\n", style.bold(&format!("{name:8}")), one_line(&fact));
        }
    }
    page
}

fn schedule(card: &CardLine) -> String {
    format!(
        "interval {}, ease {}, {}, {}",
        counted(u64::from(card.interval.get()), "day"),
        card.ease,
        counted(u64::from(card.repetitions), "repetition"),
        counted(u64::from(card.lapses), "lapse"),
    )
}

fn indented(text: &str, width: Option<usize>) -> String {
    let text = visible(text);
    let lines = text.lines().map(|line| wrapped(line, "  ", width).trim_end().to_owned() + "\n");
    lines.collect()
}
