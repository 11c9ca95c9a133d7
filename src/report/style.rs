//! Colour, where it is wanted.

use crossterm::style::Stylize;

/// Whether output has colour. No page says by colour what it does not also say in words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    #[default]
    Plain,
    /// Text with the terminal's own colours.
    ///
    /// crossterm writes no colours where `NO_COLOR` is set; who is asked for colour all the same
    /// calls its `force_color_output`.
    Coloured,
}

/// How a piece of text stands out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Not at all.
    #[default]
    Normal,
    /// A heading, a sum.
    Bold,
    /// Less than the rest.
    Dim,
    /// It went well.
    Good,
    /// It asks for attention.
    Warning,
    /// It went badly.
    Bad,
}

impl Style {
    /// The text in a tone.
    pub fn tone(self, tone: Tone, text: &str) -> String {
        if self == Style::Plain || text.is_empty() {
            return text.to_owned();
        }
        match tone {
            Tone::Normal => text.to_owned(),
            Tone::Bold => text.bold().to_string(),
            Tone::Dim => text.dim().to_string(),
            Tone::Good => text.dark_green().to_string(),
            Tone::Warning => text.dark_yellow().to_string(),
            Tone::Bad => text.dark_red().to_string(),
        }
    }

    /// The text as a heading.
    pub fn bold(self, text: &str) -> String {
        self.tone(Tone::Bold, text)
    }

    /// The text as what matters less than the rest.
    pub fn dim(self, text: &str) -> String {
        self.tone(Tone::Dim, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_has_no_escape_sequences() {
        assert_eq!(Style::Plain.bold("text"), "text");
        assert_eq!(Style::Coloured.bold("text"), "\u{1b}[1mtext\u{1b}[0m");
    }
}
