//! Blocks of code.

use super::syntax;
use crate::frontend::Depth;
use crate::frontend::tui::prose::Prose;
use crate::frontend::tui::theme::Theme;

/// How many bytes of code in one text are coloured. They take 8 ms each thousand, and a card is to
/// come up at once.
const COLOURED: usize = 8 * 1024;

/// Bytes of a line that is coloured. Patterns of a language may look at all of it for each of its
/// characters.
const LONGEST_LINE: usize = 2_000;

/// What colours code.
#[derive(Debug)]
pub(super) struct Colours {
    theme: Theme,
    left: usize,
}

impl Colours {
    pub(super) fn new(theme: Theme) -> Self {
        Colours { theme, left: if theme.depth == Depth::None { 0 } else { COLOURED } }
    }

    /// The code in the colours of its language, or as it is.
    pub(super) fn over(&mut self, code: Prose, language: &str) -> Prose {
        let length = code.text().len();
        let is_long = code.text().lines().any(|line| line.len() > LONGEST_LINE);
        if language.is_empty() || is_long || length > self.left {
            return code;
        }
        let Some(roles) = syntax::roles(code.text(), language) else { return code };
        self.left -= length;
        code.over(roles.into_iter().map(|(end, role)| (end, self.theme.style(role))))
    }
}

/// The language that the first line of a fence names, as in `rust,ignore` or `{.python}`.
pub(super) fn language(info: &str) -> &str {
    let name = info.trim_start_matches(['{', '.', ' ']);
    name.split([' ', '\t', ',', '{', '}', ':', ';']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::Tone;
    use crate::frontend::tui::prose::Look;
    use ratatui::style::Style;

    fn is_coloured(code: &str, colours: &mut Colours) -> bool {
        let prose = colours.over(Prose::of(code, Look::default()), "rust");
        assert_eq!(prose.text(), code);
        let mut looks = prose.looks();
        (0..code.len()).any(|at| looks(at).style != Style::new())
    }

    fn colours(depth: Depth) -> Colours {
        Colours::new(Theme { tone: Tone::Dark, depth })
    }

    #[test]
    fn code_is_coloured_but_not_without_colours_nor_without_end() {
        let line = "let x = 1;\n";
        assert!(is_coloured(line, &mut colours(Depth::Sixteen)));
        assert!(!is_coloured(line, &mut colours(Depth::None)));
        assert!(!is_coloured(&line.repeat(2_000), &mut colours(Depth::Sixteen)));
        assert!(!is_coloured(&"let x = 1;".repeat(201), &mut colours(Depth::Sixteen)));
        let spent = &mut Colours { left: 15, ..colours(Depth::Sixteen) };
        assert!(is_coloured(line, spent));
        assert!(!is_coloured(line, spent));
    }

    #[test]
    fn a_fence_names_its_language_first() {
        assert_eq!(language("rust,ignore"), "rust");
        assert_eq!(language("{.python .numberLines}"), "python");
        assert_eq!(language(""), "");
    }
}
