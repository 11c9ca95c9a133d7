//! What a program leaves behind on a terminal.

use portable_pty::MasterPty;
use std::collections::BTreeMap;

/// The modes of the line, as `stty` knows them: a text to compare.
pub fn of(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// The modes of the terminal that a program has set and not reset: the alternate screen (1049), a
/// hidden cursor (25), marked pastes (2004), the mouse, keys told in another way.
pub fn left_on(raw: &[u8]) -> Vec<String> {
    let mut last = BTreeMap::new();
    let text = String::from_utf8_lossy(raw);
    for sequence in text.split("\u{1b}[").skip(1) {
        let (parameters, is_on) = match sequence.find(|c: char| c.is_ascii_alphabetic()) {
            Some(end) => match sequence.as_bytes()[end] {
                b'h' => (&sequence[..end], true),
                b'l' => (&sequence[..end], false),
                // The keyboard protocol of kitty: pushed by `>`, popped by `<`.
                b'u' if sequence.starts_with('>') => ("?u", true),
                b'u' if sequence.starts_with('<') => ("?u", false),
                _ => continue,
            },
            None => continue,
        };
        for mode in parameters.strip_prefix('?').into_iter().flat_map(|modes| modes.split(';')) {
            last.insert(mode.to_owned(), is_on);
        }
    }
    // A terminal begins with a cursor that shows, and with lines that wrap.
    let at_first = |mode: &str| matches!(mode, "25" | "7");
    last.into_iter().filter(|(mode, on)| *on != at_first(mode)).map(|(mode, _)| mode).collect()
}
