//! Text without its dress: typographic variants, Markdown's marks and white space are how a text
//! is written, not what it says.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Where in a Markdown text a character stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In running text.
    Prose,
    /// Between backticks or dollar signs, where every sign means something.
    Code,
}

/// A character that says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub c: char,
    pub place: Place,
}

/// The characters of a text: quotes, dashes and full-width forms as plain ones, code and formulas
/// without their fences, emphasis without its stars, every white space a blank.
pub(super) fn glyphs(text: &str) -> Vec<Glyph> {
    let plain: Vec<char> = if text.is_ascii() {
        text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
    } else {
        let mut plain = Vec::with_capacity(text.len());
        text.nfc().for_each(|c| push_plain(c, &mut plain));
        plain
    };
    // The line breaks matter to a fence's first line alone, and are asked of the text there.
    without_emphasis(without_fences(&plain, text))
}

/// A text as it is compared where formatting alone may differ: also without the stop at its end
/// and the capital at its start.
pub(super) fn tidy(text: &str) -> String {
    let glyphs = glyphs(text);
    let mut out = String::with_capacity(glyphs.len());
    let last_code = glyphs.iter().rposition(|glyph| glyph.place == Place::Code);
    let mut end = 0;
    for (at, glyph) in glyphs.iter().enumerate() {
        if glyph.c == ' ' && (out.is_empty() || out.ends_with(' ')) {
            continue;
        }
        out.push(glyph.c);
        if last_code == Some(at) {
            end = out.len();
        }
    }
    let stop = |c: char| matches!(c, ' ' | '.' | '?' | '!' | ':' | ';' | ',' | '。' | '、' | '؟');
    let kept = end + out[end..].trim_end_matches(stop).len();
    if kept > 0 {
        out.truncate(kept);
    }
    lower_first(out)
}

/// A capital that only starts a sentence says nothing; one that is a symbol's does.
fn lower_first(text: String) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(std::iter::once(second)).chain(chars).collect()
        }
        _ => text,
    }
}

fn push_plain(c: char, out: &mut Vec<char>) {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => out.push('"'),
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '‹' | '›' | '´' => out.push('\''),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => out.push('-'),
        '…' => out.extend(['.', '.', '.']),
        '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' => {
            out.push('^');
            out.extend(c.nfkc());
        }
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
        '⁄' => out.push('/'),
        c if c.is_whitespace() => out.push(' '),
        // Full-width and half-width forms, ligatures, fractions, letters of other founts.
        '\u{ff00}'..='\u{ffef}' | '\u{fb00}'..='\u{fb06}' | '¼'..='¾' | '₀'..='₉' => {
            for c in c.nfkc() {
                out.push(if c == '⁄' { '/' } else { c });
            }
        }
        _ => out.push(c),
    }
}

fn without_fences(plain: &[char], text: &str) -> Vec<Glyph> {
    let mut out = Vec::with_capacity(plain.len());
    let mut at = 0;
    while at < plain.len() {
        let inside = match plain[at] {
            '`' => code(plain, at),
            '$' => formula(plain, at),
            _ => None,
        };
        let Some((start, end, after)) = inside else {
            // A run of backticks that opens nothing is passed over whole.
            let run = run_length(plain, at);
            let steps = if plain[at] == '`' { run } else { 1 };
            out.extend(plain[at..at + steps].iter().map(|&c| Glyph { c, place: Place::Prose }));
            at += steps;
            continue;
        };
        let mut content = &plain[start..end];
        if start - at >= 3 && plain[at] == '`' {
            content = &content[info_length(content, text)..];
        }
        let math = plain[at] == '$';
        for (i, &c) in content.iter().enumerate() {
            let command =
                math && c == '\\' && content.get(i + 1).is_some_and(|c| c.is_alphabetic());
            if !command {
                out.push(Glyph { c, place: Place::Code });
            }
        }
        at = after;
    }
    out
}

fn run_length(plain: &[char], at: usize) -> usize {
    plain[at..].iter().take_while(|&&c| c == plain[at]).count()
}

/// Start and end of the code that opens here, and what follows it.
fn code(plain: &[char], open: usize) -> Option<(usize, usize, usize)> {
    let run = run_length(plain, open);
    let mut at = open + run;
    while at < plain.len() {
        if plain[at] != '`' {
            at += 1;
            continue;
        }
        let closing = run_length(plain, at);
        if closing == run {
            return Some((open + run, at, at + run));
        }
        at += closing;
    }
    None
}

/// Start and end of the formula that opens here: no blank inside of its dollar signs, no digit
/// after them, so that prices are none.
fn formula(plain: &[char], open: usize) -> Option<(usize, usize, usize)> {
    let run = run_length(plain, open);
    let start = open + run;
    if run > 2 || plain.get(start).is_none_or(|&c| c == ' ') {
        return None;
    }
    let length = plain[start..].iter().take(2000).position(|&c| c == '$')?;
    let end = start + length;
    let after = end + run;
    let closed = run_length(plain, end) == run && plain[end - 1] != ' ';
    let price = plain.get(after).is_some_and(char::is_ascii_digit);
    (closed && !price).then_some((start, end, after))
}

/// How long a fence's language name is: the word on its first line.
fn info_length(content: &[char], text: &str) -> usize {
    let word = content.iter().take_while(|c| **c != ' ').count();
    let name: String = content[..word].iter().collect();
    match word > 0 && text.contains(&format!("```{name}\n")) {
        true => word,
        false => 0,
    }
}

/// A run of stars or underscores that can open or close an emphasis.
struct Delimiter {
    at: usize,
    run: usize,
    c: char,
}

fn without_emphasis(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let is_mark = |glyph: &Glyph| glyph.place == Place::Prose && matches!(glyph.c, '*' | '_' | '~');
    if !glyphs.iter().any(is_mark) {
        return glyphs;
    }
    let mut dropped = vec![false; glyphs.len()];
    let mut open: Vec<Delimiter> = Vec::new();
    let mut at = 0;
    while at < glyphs.len() {
        if !is_mark(&glyphs[at]) {
            at += 1;
            continue;
        }
        let c = glyphs[at].c;
        let run = glyphs[at..].iter().take_while(|g| g.c == c && g.place == Place::Prose).count();
        let before = at.checked_sub(1).map(|i| glyphs[i].c);
        let after = glyphs.get(at + run).map(|glyph| glyph.c);
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let blank = |c: Option<char>| c.is_none_or(|c| c == ' ');
        let closes = !blank(before) && (c == '*' || !word(after));
        let opens = !blank(after) && (c == '*' || !word(before)) && (c != '~' || run == 2);
        let partner = open.iter().rposition(|mark| mark.c == c && mark.run == run);
        match partner {
            Some(partner) if closes => {
                let mark = &open[partner];
                dropped[mark.at..mark.at + run].fill(true);
                dropped[at..at + run].fill(true);
                open.truncate(partner);
            }
            _ if opens => open.push(Delimiter { at, run, c }),
            _ => {}
        }
        at += run;
    }
    let mut dropped = dropped.into_iter();
    glyphs.into_iter().filter(|_| !dropped.next().unwrap_or(false)).collect()
}

/// The marks over and under letters of Latin, Greek and Cyrillic. Other scripts' marks are vowels
/// and more, and no accents.
const ACCENTS: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36f}';

/// A word without its accents: `forêt` is `foret`, `Straße` is `Strasse`.
pub(super) fn unaccented(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let mut bare = String::with_capacity(word.len());
    for c in word.nfd().filter(|c| !ACCENTS.contains(c)) {
        match c {
            'ß' => bare.push_str("ss"),
            'æ' => bare.push_str("ae"),
            'œ' => bare.push_str("oe"),
            'ø' => bare.push('o'),
            'ł' => bare.push('l'),
            'ё' => bare.push('е'),
            c => bare.push(c),
        }
    }
    // Syllables of the scripts that are made of marks come back together.
    Cow::Owned(bare.nfc().collect())
}

/// A word without accents, in one spelling for the ways to write it (`ph`, `-our`, `-ise`, doubled
/// letters): two words that agree in it are easily one.
pub(super) fn fold(word: &str) -> String {
    let bare = unaccented(word);
    let mut folded = bare.replace("ph", "f").replace("ae", "e").replace("oe", "e");
    for (british, american) in
        [("our", "or"), ("tre", "ter"), ("ise", "ize"), ("ised", "ized"), ("ising", "izing")]
    {
        if folded.len() > british.len() + 2 && folded.ends_with(british) {
            folded.truncate(folded.len() - british.len());
            folded.push_str(american);
        }
    }
    let mut single = String::with_capacity(folded.len());
    for c in folded.chars() {
        if !single.ends_with(c) || !c.is_alphabetic() {
            single.push(c);
        }
    }
    single
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formatting_alone_makes_no_other_text() {
        for (a, b) in [
            ("what is a  subnet mask for", "What is a subnet mask for?"),
            ("What does set -e do?", "What does `set -e` **do**?"),
            ("don't \"kill\" - yet", "don’t “kill” – yet"),
            ("a, b;\nc", "a, b; c"),
            ("What is the derivative of sin x?", "What is the derivative of $\\sin x$?"),
            ("print(1)", "```python\nprint(1)\n```"),
            ("ＡＢＣ", "ABC"),
        ] {
            assert_eq!(tidy(a).trim(), tidy(b).trim(), "{a} / {b}");
        }
    }

    #[test]
    fn what_means_something_stays() {
        for (a, b) in [
            ("Is `\"0\"` true?", "Is `\" \"` true?"),
            ("`!`", "`?`"),
            ("2⁵", "25"),
            ("a * b", "a b"),
            ("`a_b`", "ab"),
            ("*args", "args"),
            ("CO", "Co"),
            ("It costs $5 and $6", "It costs 5 and 6"),
        ] {
            assert_ne!(tidy(a), tidy(b), "{a} / {b}");
        }
    }

    #[test]
    fn spellings_of_one_word_fold_together() {
        for (a, b) in [
            ("straße", "strasse"),
            ("forêt", "foret"),
            ("colour", "color"),
            ("sulphur", "sulfur"),
            ("recognised", "recognized"),
            ("centre", "center"),
            ("commit", "comit"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} / {b}");
        }
        assert_ne!(fold("nitrate"), fold("nitrite"));
    }
}
