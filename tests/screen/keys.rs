//! Keys by name, and what a terminal sends for them.

/// What a terminal sends for these keys, which have blanks between them.
///
/// # Panics
/// If a key is unknown, or follows `Esc`: a terminal says the same of `Esc q` as of Alt-q. Wait for
/// what `Esc` does first.
#[track_caller]
pub fn sequence(keys: &str) -> String {
    let keys: Vec<&str> = keys.split_whitespace().collect();
    let early = keys.iter().rev().skip(1).any(|key| *key == "Esc");
    assert!(!early, "Esc must be the last of {keys:?}");
    keys.iter().map(|key| key_sequence(key)).collect()
}

#[track_caller]
fn key_sequence(key: &str) -> String {
    let named = match key {
        "Enter" => "\r",
        "Space" => " ",
        "Esc" => "\u{1b}",
        "Tab" => "\t",
        "BackTab" => "\u{1b}[Z",
        "Backspace" => "\u{7f}",
        "Up" => "\u{1b}[A",
        "Down" => "\u{1b}[B",
        "Right" => "\u{1b}[C",
        "Left" => "\u{1b}[D",
        "Home" => "\u{1b}[H",
        "End" => "\u{1b}[F",
        "Delete" => "\u{1b}[3~",
        "PageUp" => "\u{1b}[5~",
        "PageDown" => "\u{1b}[6~",
        _ => "",
    };
    if !named.is_empty() {
        return named.to_owned();
    }
    let only = |text: &str| {
        let mut letters = text.chars();
        letters.next().filter(|_| letters.next().is_none())
    };
    if let Some(letter) = key.strip_prefix("Ctrl-").and_then(only) {
        let code = u8::try_from(letter.to_ascii_lowercase()).unwrap() & 0x1f;
        return char::from(code).to_string();
    }
    only(key).unwrap_or_else(|| panic!("{key:?} is no key")).to_string()
}
