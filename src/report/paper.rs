//! What a page is put on.

use crate::report::Style;

/// What a page is put on: the terminal, and what it can show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Paper {
    /// Whether it has colour.
    pub style: Style,
    /// Its columns; `None` where output is no terminal.
    pub width: Option<usize>,
    /// What charts are drawn with.
    pub ink: Ink,
}

/// What charts are drawn with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ink {
    /// Block characters.
    #[default]
    Blocks,
    /// ASCII alone, where the locale has no more.
    Ascii,
    /// Nothing: numbers stand for them, in tables and sentences that read well aloud.
    Numbers,
}

impl Ink {
    /// What a locale has signs for, by its name as in `LC_ALL`. Where none is named the terminal
    /// is taken to be of this century.
    pub fn of_locale(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        match name.is_empty() || name.contains("utf-8") || name.contains("utf8") {
            true => Ink::Blocks,
            false => Ink::Ascii,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_has_blocks_if_it_is_of_unicode() {
        for name in ["", "C.UTF-8", "de_DE.utf8", "en_US.UTF-8@euro"] {
            assert_eq!(Ink::of_locale(name), Ink::Blocks, "{name}");
        }
        for name in ["C", "POSIX", "de_DE", "ja_JP.eucJP"] {
            assert_eq!(Ink::of_locale(name), Ink::Ascii, "{name}");
        }
    }
}
