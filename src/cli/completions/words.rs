//! A command line as a shell reads it, up to the cursor: words without their quotes.

/// How a shell quotes.
pub(super) struct Syntax {
    /// Characters that open a quotation and end it.
    quotes: &'static str,
    /// Whether a backslash, bare or inside of a quotation, takes its meaning from a character.
    escapes: fn(Option<char>, char) -> bool,
}

/// The quoting of bash. `$'...'` is not known: the text of it begins with a `$`.
pub(super) const BASH: Syntax = Syntax {
    quotes: "'\"",
    escapes: |quote, c| match quote {
        None => true,
        Some('"') => "$`\"\\".contains(c),
        Some(_) => false,
    },
};

/// The quoting of fish.
pub(super) const FISH: Syntax = Syntax {
    quotes: "'\"",
    escapes: |quote, c| match quote {
        None => true,
        Some('"') => "$\"\\".contains(c),
        Some(_) => "'\\".contains(c),
    },
};

/// The quoting of nushell.
pub(super) const NUSHELL: Syntax =
    Syntax { quotes: "'\"`", escapes: |quote, _| quote == Some('"') };

/// The command that the cursor is in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its words; the last one, which may be empty, is the one at the cursor.
    pub(super) words: Vec<String>,
    /// The quotation that the cursor is in.
    pub(super) open: Option<char>,
}

/// Reads a line up to the cursor. Nothing is expanded.
pub(super) fn read(line: &str, syntax: &Syntax) -> Line {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut started = false;
    let mut open = None;
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            // A backslash at the end of the line has nothing to quote yet.
            '\\' if (syntax.escapes)(open, *rest.peek().unwrap_or(&'\\')) => {
                word.extend(rest.next());
                started = true;
            }
            _ if open == Some(c) => open = None,
            _ if open.is_some() => word.push(c),
            _ if syntax.quotes.contains(c) => {
                open = Some(c);
                started = true;
            }
            ' ' | '\t' | '<' | '>' if started => {
                words.push(std::mem::take(&mut word));
                started = false;
            }
            ' ' | '\t' | '<' | '>' => {}
            // Here another command begins.
            ';' | '|' | '&' | '(' | ')' | '\n' => {
                words.clear();
                word.clear();
                started = false;
            }
            _ => {
                word.push(c);
                started = true;
            }
        }
    }
    words.push(word);
    let before = words[..words.len() - 1].iter().take_while(|word| is_assignment(word)).count();
    Line { words: words.split_off(before), open }
}

/// Whether a word before the command's name sets a variable for it.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(syntax: &Syntax, line: &str, words: &[&str], open: Option<char>) {
        let words = words.iter().map(|&word| word.to_owned()).collect();
        assert_eq!(read(line, syntax), Line { words, open }, "{line}");
    }

    #[test]
    fn words_lose_their_quotes_as_the_shell_takes_them_off() {
        reads(
            &BASH,
            r#"kata due it\'s\ so "a \"b\" \c" 'd\'e"#,
            &["kata", "due", "it's so", "a \"b\" \\c", "d\\e"],
            None,
        );
        reads(
            &FISH,
            r#"kata due 'it\'s' "a$b\$" c\ d"#,
            &["kata", "due", "it's", "a$b$", "c d"],
            None,
        );
        reads(&NUSHELL, r#""a \"b\"" 'c\' `d e` f\g"#, &["a \"b\"", "c\\", "d e", "f\\g"], None);
    }

    #[test]
    fn the_word_at_the_cursor_may_be_empty_or_open() {
        reads(&BASH, "kata due ", &["kata", "due", ""], None);
        reads(&BASH, "kata due", &["kata", "due"], None);
        reads(&BASH, "kata due c\"d e", &["kata", "due", "cd e"], Some('"'));
        reads(&BASH, "kata due 'it", &["kata", "due", "it"], Some('\''));
        reads(&BASH, "kata due it\\", &["kata", "due", "it"], None);
        reads(&BASH, "kata due \"\" ", &["kata", "due", "", ""], None);
        reads(&BASH, "", &[""], None);
    }

    #[test]
    fn only_the_command_at_the_cursor_counts() {
        reads(&FISH, "cd x; KATA_DB=a.db kata due d", &["kata", "due", "d"], None);
        reads(&BASH, "echo $(kata due d", &["kata", "due", "d"], None);
        reads(&BASH, "kata due >file d", &["kata", "due", "file", "d"], None);
        reads(&BASH, "a=b", &["a=b"], None);
    }
}
