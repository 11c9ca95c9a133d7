//! What the words of a program are.

use crate::frontend::tui::theme::Role;
use std::sync::LazyLock;
use syntect::easy::ScopeRangeIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

/// The pieces of a program, each up to a byte. `None` if its language is not known.
pub(super) fn roles(code: &str, language: &str) -> Option<Vec<(usize, Role)>> {
    let mut state = ParseState::new(syntax(language)?);
    let mut scopes = ScopeStack::new();
    let mut roles = Vec::new();
    let mut start = 0;
    for line in LinesWithEndings::from(code) {
        let changes = state.parse_line(line, &SYNTAXES).ok()?;
        for (piece, change) in ScopeRangeIterator::new(&changes, line) {
            scopes.apply(change).ok()?;
            roles.push((start + piece.end, role(&scopes)));
        }
        start += line.len();
    }
    Some(roles)
}

/// It takes some milliseconds: only code of a language needs it.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let language = language.to_lowercase();
    let near = NEAR.iter().find(|(name, _)| *name == language).map(|(_, near)| *near);
    SYNTAXES.find_syntax_by_token(near.unwrap_or(&language))
}

/// Names of languages that are written for others, or are nearly them.
const NEAR: [(&str, &str); 12] = [
    ("c#", "cs"),
    ("console", "sh"),
    ("csharp", "cs"),
    ("golang", "go"),
    ("jsonc", "json"),
    ("jsx", "js"),
    ("node", "js"),
    ("shell", "sh"),
    ("ts", "js"),
    ("tsx", "js"),
    ("typescript", "js"),
    ("zsh", "sh"),
];

/// The role of the innermost scope that has one.
fn role(scopes: &ScopeStack) -> Role {
    let known = |scope: &Scope| ROLES.iter().find(|(known, _)| known.is_prefix_of(*scope));
    let innermost = scopes.as_slice().iter().rev().find_map(known);
    innermost.map_or(Role::Text, |(_, role)| *role)
}

/// Sublime Text's names of scopes, the longer before the shorter.
static ROLES: LazyLock<Vec<(Scope, Role)>> = LazyLock::new(|| {
    let roles = [
        ("comment", Role::Comment),
        // Code within a text in quotes.
        ("meta.interpolation", Role::Text),
        ("source", Role::Text),
        ("string", Role::Quoted),
        ("constant", Role::Constant),
        ("keyword.operator", Role::Text),
        ("keyword", Role::Keyword),
        ("storage", Role::Keyword),
        ("variable.language", Role::Keyword),
        ("entity.name.tag", Role::Keyword),
        ("entity.name.function", Role::Function),
        ("support.function", Role::Function),
        ("support.macro", Role::Function),
        ("variable.function", Role::Function),
        ("entity.name.type", Role::Type),
        ("entity.name.class", Role::Type),
        ("entity.name.struct", Role::Type),
        ("entity.name.enum", Role::Type),
        ("entity.name.trait", Role::Type),
        ("entity.other.attribute-name", Role::Type),
        ("entity.other.inherited-class", Role::Type),
        ("support.type", Role::Type),
        ("support.class", Role::Type),
    ];
    roles.into_iter().filter_map(|(name, role)| Some((Scope::new(name).ok()?, role))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn words(code: &str, language: &str) -> Vec<(String, Role)> {
        let mut start = 0;
        let pieces = roles(code, language).unwrap().into_iter().map(|(end, role)| {
            let piece = code[start..end].to_owned();
            start = end;
            (piece, role)
        });
        pieces.filter(|(piece, role)| !piece.trim().is_empty() && *role != Role::Text).collect()
    }

    #[test]
    fn words_of_a_program_have_their_roles() {
        let found = words("fn due(n: u32) -> bool { n > 1 } // today\n", "rust");
        let has = |word: &str, role| found.contains(&(word.to_owned(), role));
        assert!(has("fn", Role::Keyword), "{found:?}");
        assert!(has("due", Role::Function), "{found:?}");
        assert!(has("1", Role::Constant), "{found:?}");
        assert!(has(" today", Role::Comment) || has(" today\n", Role::Comment), "{found:?}");
        let found = words("x = \"due\"\n", "Python");
        assert!(found.contains(&("due".to_owned(), Role::Quoted)), "{found:?}");
    }

    #[test]
    fn the_pieces_are_the_whole_program() {
        let code = "a: 1\nb:\n  - x";
        assert_eq!(roles(code, "yaml").unwrap().last().unwrap().0, code.len());
        assert!(roles(code, "no such language").is_none());
    }

    #[test]
    fn every_name_near_a_language_leads_to_one() {
        for (name, _) in NEAR {
            assert!(syntax(name).is_some(), "{name}");
        }
    }
}
