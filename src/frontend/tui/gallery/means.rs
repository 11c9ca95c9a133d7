//! By what means a terminal shows images.
//!
//! Its variables tell. It is not asked: an answer that comes late, over a slow line, would be
//! taken for keys, and a key can grade a card.

use crate::frontend::Depth;
use ratatui_image::FontSize;

/// How images are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    /// <https://sw.kovidgoyal.net/kitty/graphics-protocol/>, with placeholders.
    Kitty,
    /// <https://iterm2.com/documentation-images.html>
    Iterm2,
    /// <https://vt100.net/docs/vt3xx-gp/chapter14.html>
    Sixel,
    /// Blocks of half a cell, in colours.
    Blocks,
    /// Not at all: what they show is told.
    Words,
}

impl Means {
    /// The means of a terminal by its variables. `KATA_IMAGES` is what its owner says.
    pub(super) fn of(variable: impl Fn(&str) -> Option<String>, depth: Depth) -> Self {
        // Kitty's placeholders and half blocks are both made of colours.
        if depth == Depth::None {
            return Means::Words;
        }
        let said = |name: &str| variable(name).unwrap_or_default();
        match said("KATA_IMAGES").as_str() {
            "kitty" => return Means::Kitty,
            "iterm2" => return Means::Iterm2,
            "sixel" => return Means::Sixel,
            "halfblocks" => return Means::Blocks,
            "none" => return Means::Words,
            _ => {}
        }
        let term = said("TERM");
        // Multiplexers keep the variables of the terminal around them, but not its images.
        let is_multiplexed = term.starts_with("tmux") || term.starts_with("screen");
        if is_multiplexed || is_in_tmux(&variable) || !said("ZELLIJ").is_empty() {
            return Means::Blocks;
        }
        // A terminal that was started from another has the other's variables, but its own TERM.
        let family = term.split('-').next().unwrap_or_default();
        match (term.as_str(), family, said("TERM_PROGRAM").as_str()) {
            ("xterm-kitty" | "xterm-ghostty", ..) | (_, "xterm", "ghostty") => Means::Kitty,
            (_, "foot" | "mlterm", _) => Means::Sixel,
            (_, "xterm" | "wezterm", "iTerm.app" | "WezTerm" | "mintty" | "rio") => Means::Iterm2,
            ("wezterm" | "rio" | "xterm-rio", ..) => Means::Iterm2,
            (_, "xterm", "") if said("LC_TERMINAL") == "iTerm2" => Means::Iterm2,
            _ => Means::Blocks,
        }
    }

    /// Whether it draws over cells: it has to know their size then.
    pub(super) fn is_drawn(self) -> bool {
        matches!(self, Means::Kitty | Means::Iterm2 | Means::Sixel)
    }
}

/// Whether tmux is between this program and the terminal.
pub(super) fn is_in_tmux(variable: impl Fn(&str) -> Option<String>) -> bool {
    variable("TMUX").is_some_and(|v| !v.is_empty())
}

/// How many pixels a cell of the terminal has, if the system knows it.
pub(super) fn cell() -> Option<FontSize> {
    let window = crossterm::terminal::window_size().ok()?;
    let width = window.width.checked_div(window.columns)?;
    let height = window.height.checked_div(window.rows)?;
    (width > 0 && height > 0).then_some(FontSize { width, height })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(variables: &[(&str, &str)]) -> Means {
        Means::of(told(variables), Depth::True)
    }

    fn told<'a>(variables: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned())
    }

    #[test]
    fn a_terminal_is_known_by_its_variables() {
        assert_eq!(means(&[("TERM", "xterm-kitty")]), Means::Kitty);
        assert_eq!(means(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "ghostty")]), Means::Kitty);
        assert_eq!(
            means(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")]),
            Means::Iterm2
        );
        assert_eq!(means(&[("TERM", "xterm-256color"), ("LC_TERMINAL", "iTerm2")]), Means::Iterm2);
        assert_eq!(means(&[("TERM", "foot-extra")]), Means::Sixel);
        assert_eq!(means(&[("TERM", "xterm-256color")]), Means::Blocks);
        assert_eq!(means(&[]), Means::Blocks);
    }

    #[test]
    fn variables_that_another_terminal_has_left_do_not_count() {
        let foot_in_kitty = [("TERM", "foot"), ("KITTY_WINDOW_ID", "1")];
        assert_eq!(means(&foot_in_kitty), Means::Sixel);
        let alacritty_in_wezterm = [("TERM", "alacritty"), ("TERM_PROGRAM", "WezTerm")];
        assert_eq!(means(&alacritty_in_wezterm), Means::Blocks);
        let tmux_in_iterm = [("TERM", "screen-256color"), ("LC_TERMINAL", "iTerm2")];
        assert_eq!(means(&tmux_in_iterm), Means::Blocks);
        let tmux_in_kitty = [("TERM", "xterm-kitty"), ("TMUX", "/tmp/tmux-1000/default,1,0")];
        assert_eq!(means(&tmux_in_kitty), Means::Blocks);
    }

    #[test]
    fn its_owner_knows_better_but_without_colours_there_are_words() {
        let owner = [("TERM", "xterm"), ("KATA_IMAGES", "sixel")];
        assert_eq!(means(&owner), Means::Sixel);
        assert_eq!(means(&[("TERM", "xterm-kitty"), ("KATA_IMAGES", "none")]), Means::Words);
        assert_eq!(means(&[("TERM", "xterm-kitty"), ("KATA_IMAGES", "?")]), Means::Kitty);
        assert_eq!(Means::of(told(&owner), Depth::None), Means::Words);
    }
}
