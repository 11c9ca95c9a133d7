//! Text as a shell has to be given it, so that it stands for itself and nothing is run.

/// Text for bash, to go on with after an open quotation if there is one, in the place of what was
/// typed.
pub(super) fn bash(text: &str, open: Option<char>, typed: &str) -> String {
    let Some(quote) = open else {
        // What bash will take for the home stays so.
        let home = if typed.starts_with("~/") && text.starts_with("~/") { 2 } else { 0 };
        let (home, text) = text.split_at(home);
        return home.chars().chain(text.chars().flat_map(bare)).collect();
    };
    let mut quoted = match quote {
        '\'' => text.replace('\'', r"'\''"),
        _ => text.chars().flat_map(in_double_quotes).collect(),
    };
    // Bash closes the quotation, unless it takes the last character for its end.
    if quoted.ends_with(quote) {
        quoted.push(quote);
    }
    quoted
}

fn in_double_quotes(c: char) -> impl Iterator<Item = char> {
    let (before, after) = match c {
        '$' | '`' | '"' | '\\' => ("\\", ""),
        // The history is expanded in double quotes, and a backslash there would stay.
        '!' => ("\"'", "'\""),
        _ => ("", ""),
    };
    before.chars().chain([c]).chain(after.chars())
}

/// A character outside of quotes.
fn bare(c: char) -> impl Iterator<Item = char> {
    let plain = !c.is_ascii() || c.is_ascii_alphanumeric() || "_-./,:=@%+".contains(c);
    (!plain).then_some('\\').into_iter().chain([c])
}

/// An entry for zsh's `_describe`, which quotes the value on the command line itself: the value,
/// then, after a tab, what it is.
pub(super) fn describe(value: &str, help: &str) -> String {
    let value = value.replace('\\', r"\\").replace(':', r"\:");
    format!("{value}\t{}", help.replace('\\', r"\\"))
}

/// A whole word for nushell.
pub(super) fn nushell(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./,:=@+~".contains(c);
    let starts_plain = text.starts_with(|c: char| c.is_alphabetic() || "-/~".contains(c));
    match starts_plain && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("\"{}\"", text.replace('\\', r"\\").replace('"', r#"\""#)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::completions::words::{BASH, NUSHELL, read};
    use proptest::prelude::*;

    #[test]
    fn nothing_of_a_hostile_name_is_left_to_the_shell() {
        let name = r#"it's $(touch pwned); "x"!"#;
        assert_eq!(bash(name, None, ""), r#"it\'s\ \$\(touch\ pwned\)\;\ \"x\"\!"#);
        assert_eq!(bash(name, Some('"'), ""), r#"it's \$(touch pwned); \"x\""'!'"""#);
        assert_eq!(bash(name, Some('\''), ""), r#"it'\''s $(touch pwned); "x"!"#);
        assert_eq!(nushell(name), r#""it's $(touch pwned); \"x\"!""#);
    }

    #[test]
    fn plain_names_stay_as_they_are() {
        assert_eq!(bash("devops/three-ways", None, ""), "devops/three-ways");
        assert_eq!(bash("größe", None, ""), "größe");
        assert_eq!(nushell("devops/three-ways"), "devops/three-ways");
        assert_eq!(nushell("2024"), "\"2024\"");
    }

    #[test]
    fn the_home_stays_the_home_only_where_it_was_typed() {
        assert_eq!(bash("~/a b", None, "~/a"), r"~/a\ b");
        assert_eq!(bash("~/a b", None, ""), r"\~/a\ b");
    }

    proptest! {
        #[test]
        fn bash_reads_back_what_was_quoted(text in "\\PC{1,20}") {
            for (before, open) in [("", None), ("\"", Some('"')), ("'", Some('\''))] {
                let line = format!("{before}{}", bash(&text, open, ""));
                prop_assert_eq!(&read(&line, &BASH).words, std::slice::from_ref(&text));
            }
        }

        #[test]
        fn nushell_reads_back_what_was_quoted(text in "\\PC{1,20}") {
            let read = read(&nushell(&text), &NUSHELL);
            prop_assert_eq!(read.words, [text]);
        }
    }
}
