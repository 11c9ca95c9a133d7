//! What a terminal's colours are.

use serde::{Deserialize, Serialize};

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None, or none wanted.
    None,
    /// The sixteen that its owner has chosen.
    Sixteen,
    /// 256.
    Many,
    /// All that 24 bits tell apart.
    True,
}

impl Depth {
    /// The depth of a terminal with colours, by its variables `TERM` and `COLORTERM`.
    pub fn of(term: &str, colorterm: &str) -> Self {
        if matches!(colorterm, "truecolor" | "24bit") || term.ends_with("-direct") {
            Depth::True
        } else if term.contains("256color") {
            Depth::Many
        } else {
            Depth::Sixteen
        }
    }
}

/// Whether a terminal's background is dark or light.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Light text on a dark background.
    #[default]
    Dark,
    /// Dark text on a light background.
    Light,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_tells_its_colours() {
        assert_eq!(Depth::of("xterm-256color", "truecolor"), Depth::True);
        assert_eq!(Depth::of("tmux-256color", ""), Depth::Many);
        assert_eq!(Depth::of("linux", ""), Depth::Sixteen);
    }
}
