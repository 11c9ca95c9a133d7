//! The machine-readable form.

use crate::model::text::escaped_json;
use serde::Serialize;

/// A value as one line of JSON, with its line feed. No control or bidirectional character is in
/// it raw.
///
/// # Panics
/// If the value has a map whose keys are neither text nor numbers; no value of this crate has.
pub fn json<T: Serialize + ?Sized>(value: &T) -> String {
    let json = serde_json::to_string(value).expect("keys are text or numbers");
    let mut line = escaped_json(&json).into_owned();
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_value_is_one_line_that_no_terminal_obeys() {
        assert_eq!(json("a\n\u{1b}[2J\u{202e}\u{9b}"), "\"a\\n\\u001b[2J\\u202e\\u009b\"\n");
    }

    proptest! {
        #[test]
        fn json_means_the_text_it_was_made_of(text: String) {
            let line = json(&text);
            prop_assert_eq!(line.lines().count(), 1);
            prop_assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
        }
    }
}
