//! A note as an entry of `cards`: in a block of lines, or on one line in braces.

use super::scalar::{in_a_block, on_one_line, quoted};
use crate::model::{Fields, Note};

/// Where the lines of an entry start, and how they end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block<'a> {
    /// Spaces before the dash.
    pub dash: usize,
    /// Spaces before the keys.
    pub keys: usize,
    /// Spaces from a key to the dashes of its items.
    pub items: usize,
    /// What ends a line.
    pub line_end: &'a str,
}

/// How an entry in braces is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Braces {
    /// As short as YAML allows.
    Yaml,
    /// As JSON has it: keys and text in quotes.
    Json,
}

/// What a key says.
enum Said<'a> {
    Text(&'a str),
    Items(&'a [String]),
    Tags(&'a [String]),
    Yes,
}

/// A note's entry as lines, the last one ended as well. Its tags and source are its own.
pub(super) fn in_lines(note: &Note, block: Block<'_>) -> String {
    let fields = Fields::from(note);
    let mut written = " ".repeat(block.dash) + "-" + &" ".repeat(block.keys - block.dash - 1);
    for (number, (key, said)) in said(note, &fields).into_iter().enumerate() {
        if number > 0 {
            written += &" ".repeat(block.keys);
        }
        written += key;
        written.push(':');
        match said {
            Said::Text(text) => {
                written.push(' ');
                written += &in_a_block(text, block.keys + 2, block.line_end);
            }
            Said::Items(items) => {
                let dash = block.keys + block.items;
                for item in items {
                    written += block.line_end;
                    written += &" ".repeat(dash);
                    written += "- ";
                    written += &in_a_block(item, dash + 2, block.line_end);
                }
            }
            Said::Tags(tags) => {
                written.push(' ');
                written += &in_brackets(tags, Braces::Yaml);
            }
            Said::Yes => written += " true",
        }
        written += block.line_end;
    }
    written
}

/// A note's entry on one line. Its tags and source are its own.
pub(super) fn in_braces(note: &Note, braces: Braces) -> String {
    let fields = Fields::from(note);
    let pairs = said(note, &fields).into_iter().map(|(key, said)| {
        let value = match said {
            Said::Text(text) => braces.text(text),
            Said::Items(items) | Said::Tags(items) => in_brackets(items, braces),
            Said::Yes => "true".to_owned(),
        };
        format!("{}: {value}", braces.text(key))
    });
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
}

fn in_brackets(items: &[String], braces: Braces) -> String {
    let items: Vec<String> = items.iter().map(|item| braces.text(item)).collect();
    format!("[{}]", items.join(", "))
}

impl Braces {
    fn text(self, text: &str) -> String {
        match self {
            Braces::Yaml => on_one_line(text, true),
            Braces::Json => quoted(text),
        }
    }
}

/// The keys of a note that say something, in the order in which deck files have them.
fn said<'a>(note: &'a Note, fields: &'a Fields) -> Vec<(&'static str, Said<'a>)> {
    fn text(text: &Option<String>) -> Option<Said<'_>> {
        text.as_deref().map(Said::Text)
    }
    fn items(items: &Option<Vec<String>>) -> Option<Said<'_>> {
        items.as_deref().map(Said::Items)
    }
    let yes = |said: bool| said.then_some(Said::Yes);
    let tags = Some(&note.tags[..]).filter(|tags| !tags.is_empty()).map(Said::Tags);
    let all = [
        ("id", text(&note.id)),
        ("front", text(&fields.front)),
        ("back", text(&fields.back)),
        ("cloze", text(&fields.cloze)),
        ("list", items(&fields.list)),
        ("set", items(&fields.set)),
        ("reverse", yes(fields.reverse)),
        ("typed", yes(fields.typed)),
        ("hint", text(&fields.hint)),
        ("extra", text(&fields.extra)),
        ("tags", tags),
        ("source", text(&note.source)),
    ];
    all.into_iter().filter_map(|(key, said)| Some((key, said?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(json: &str, tags: &[&str]) -> Note {
        let fields: Fields = serde_json::from_str(json).unwrap();
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        fields.note(Some("k".to_owned()), tags, Some("S: 1".to_owned())).unwrap()
    }

    const AT_THE_MARGIN: Block<'_> = Block { dash: 0, keys: 2, items: 0, line_end: "\n" };

    #[test]
    fn the_keys_stand_in_their_usual_order() {
        let all = note(
            r#"{"front":"a","back":"b","reverse":true,"typed":true,"hint":"h","extra":"e\nf"}"#,
            &["x", "y, z"],
        );
        insta::assert_snapshot!(in_lines(&all, AT_THE_MARGIN), @r#"
        - id: k
          front: a
          back: b
          reverse: true
          typed: true
          hint: h
          extra: |-
            e
            f
          tags: [x, "y, z"]
          source: "S: 1"
        "#);
        insta::assert_snapshot!(in_braces(&all, Braces::Yaml), @r#"{id: k, front: a, back: b, reverse: true, typed: true, hint: h, extra: "e\nf", tags: [x, "y, z"], source: "S: 1"}"#);
        insta::assert_snapshot!(in_braces(&all, Braces::Json), @r#"{"id": "k", "front": "a", "back": "b", "reverse": true, "typed": true, "hint": "h", "extra": "e\nf", "tags": ["x", "y, z"], "source": "S: 1"}"#);
    }

    #[test]
    fn items_stand_below_their_key() {
        let list = note(r#"{"front":"a","list":["b","c: d","e\nf"]}"#, &[]);
        let indented = Block { dash: 2, keys: 6, items: 2, line_end: "\n" };
        insta::assert_snapshot!(in_lines(&list, indented), @r#"
          -   id: k
              front: a
              list:
                - b
                - "c: d"
                - |-
                  e
                  f
              source: "S: 1"
        "#);
        insta::assert_snapshot!(in_braces(&list, Braces::Yaml), @r#"{id: k, front: a, list: [b, "c: d", "e\nf"], source: "S: 1"}"#);
    }
}
