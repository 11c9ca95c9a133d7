//! From characters to words: where one begins and ends, and of what sort it is.

use super::glyphs::{Glyph, Place, fold};
use super::lexicon::{is_asking, is_frame, is_negation, number_of};
use super::words::{Sort, Word};

/// Reads glyph after glyph.
pub(super) struct Reader<'a> {
    glyphs: &'a [Glyph],
    at: usize,
    /// Where the word being read begins.
    start: usize,
    words: Vec<Word>,
    numbers: Vec<String>,
}

/// How a character takes part in words.
#[derive(PartialEq, Eq)]
enum Class {
    Blank,
    Letter,
    Digit,
    /// Each a word of its own.
    Ideograph,
    /// Hiragana: endings and particles between ideographs.
    Kana,
    Punctuation,
    Sign,
}

fn class(c: char) -> Class {
    match c {
        ' ' => Class::Blank,
        '0'..='9' => Class::Digit,
        'a'..='z' | 'A'..='Z' | '_' => Class::Letter,
        '.' | ',' | ';' | ':' | '?' | '!' | '\'' | '"' | '(' | ')' | '[' | ']' | '{' | '}'
        | '-' | '/' | '#' | '`' | '*' | '¿' | '¡' | '·' => Class::Punctuation,
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '\u{2010}'..='\u{2027}' | '・' => {
            Class::Punctuation
        }
        '\u{3041}'..='\u{309f}' => Class::Kana,
        '々'
        | '〇'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{20000}'..='\u{3ffff}' => Class::Ideograph,
        c if c.is_ascii() => Class::Sign,
        '\u{a1}'..='\u{bf}'
        | '×'
        | '÷'
        | '\u{2030}'..='\u{20cf}'
        | '\u{2190}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}' => Class::Sign,
        // Letters and the marks that belong to them, of any script.
        _ => Class::Letter,
    }
}

impl<'a> Reader<'a> {
    /// The words of a text, this many at most, and its numbers.
    pub fn read(glyphs: &'a [Glyph], longest: usize) -> (Vec<Word>, Vec<String>) {
        let mut reader = Reader { glyphs, at: 0, start: 0, words: Vec::new(), numbers: Vec::new() };
        while reader.at < glyphs.len() && reader.words.len() < longest {
            reader.next_word();
        }
        (reader.words, reader.numbers)
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.glyphs.get(self.at + ahead).map(|glyph| glyph.c)
    }

    fn class_at(&self, ahead: usize) -> Class {
        self.peek(ahead).map_or(Class::Blank, class)
    }

    fn after_word(&self) -> bool {
        self.at > 0
            && matches!(
                class(self.glyphs[self.at - 1].c),
                Class::Letter | Class::Digit | Class::Ideograph
            )
    }

    fn next_word(&mut self) {
        let Glyph { c, place } = self.glyphs[self.at];
        self.start = self.at;
        match class(c) {
            Class::Blank => self.at += 1,
            Class::Digit => self.number(""),
            Class::Letter => self.letters(place),
            Class::Ideograph => {
                self.at += 1;
                self.push_word(c.to_string(), Sort::Ideograph, Place::Prose);
            }
            Class::Kana => self.kana(),
            _ if c == '-' && !self.after_word() && self.is_flag() => self.flag(),
            _ if c == '-' && !self.after_word() && self.class_at(1) == Class::Digit => {
                self.at += 1;
                self.number("-");
            }
            Class::Punctuation if place == Place::Prose && !self.is_operator() => self.at += 1,
            _ => self.sign(place),
        }
    }

    /// A star or slash that stands alone between blanks multiplies or divides.
    fn is_operator(&self) -> bool {
        let alone = |at: Option<usize>| {
            at.and_then(|at| self.glyphs.get(at)).is_some_and(|glyph| glyph.c == ' ')
        };
        self.peek(0) == Some('*') && alone(self.at.checked_sub(1)) && alone(Some(self.at + 1))
    }

    fn is_flag(&self) -> bool {
        let dashes = (0..3).take_while(|&i| self.peek(i) == Some('-')).count();
        dashes <= 2 && self.class_at(dashes) == Class::Letter
    }

    fn flag(&mut self) {
        let mut text = String::new();
        while let Some(c) = self.peek(0) {
            if c != '-' && !matches!(class(c), Class::Letter | Class::Digit) {
                break;
            }
            text.push(c);
            self.at += 1;
        }
        let text = text.trim_end_matches('-').to_owned();
        self.push(text, Sort::Exact);
    }

    fn sign(&mut self, place: Place) {
        let mut text = String::new();
        while let Some(glyph) = self.glyphs.get(self.at) {
            let signs = match class(glyph.c) {
                Class::Sign => true,
                Class::Punctuation => place == Place::Code,
                _ => false,
            };
            if !signs || glyph.place != place {
                break;
            }
            text.push(glyph.c);
            self.at += 1;
        }
        if text.is_empty() {
            text.extend(self.peek(0));
            self.at += 1;
        }
        self.push(text, Sort::Sign);
    }

    fn kana(&mut self) {
        let mut run = String::new();
        while let Some(c) = self.peek(0).filter(|&c| class(c) == Class::Kana) {
            run.push(c);
            self.at += 1;
        }
        // An ending that negates is one of the few that change what is said.
        for negation in ["ません", "ない", "なかった", "ず"] {
            if let Some(rest) = run.strip_suffix(negation) {
                let rest = rest.to_owned();
                rest.chars().for_each(|c| self.push(c.to_string(), Sort::Kana));
                self.push("not".to_owned(), Sort::Negation);
                return;
            }
        }
        run.chars().for_each(|c| self.push(c.to_string(), Sort::Kana));
    }

    /// A number, with a unit or more letters if they follow at once: `443`, `1.10`, `3rd`, `5GB`.
    fn number(&mut self, sign: &str) {
        let mut digits = sign.to_owned();
        while let Some(c) = self.peek(0) {
            let inside = matches!(c, '.' | ',') && self.class_at(1) == Class::Digit;
            if class(c) != Class::Digit && !inside {
                break;
            }
            digits.push(c);
            self.at += 1;
        }
        if self.class_at(0) != Class::Letter {
            let number = plain_number(&digits);
            self.numbers.push(number.clone());
            return self.push(number, Sort::Number);
        }
        let mut letters = String::new();
        while matches!(self.class_at(0), Class::Letter | Class::Digit) {
            letters.extend(self.peek(0).into_iter().flat_map(char::to_lowercase));
            self.at += 1;
        }
        if matches!(letters.as_str(), "st" | "nd" | "rd" | "th") {
            let ordinal = format!("#{}", plain_number(&digits));
            self.numbers.push(ordinal.clone());
            return self.push(ordinal, Sort::Number);
        }
        self.numbers.push(plain_number(&digits));
        self.digits_within(&letters);
        self.push(format!("{digits}{letters}"), Sort::Exact);
    }

    fn digits_within(&mut self, text: &str) {
        let runs = text.split(|c: char| !c.is_ascii_digit() && c != '.');
        let runs = runs.map(|run| run.trim_matches('.')).filter(|run| !run.is_empty());
        self.numbers.extend(runs.map(str::to_owned));
    }

    fn letters(&mut self, place: Place) {
        let word = self.run_of_letters();
        let apostrophe = self.peek(0) == Some('\'') && self.class_at(1) == Class::Letter;
        if place == Place::Code || !apostrophe {
            return self.push_word(word, Sort::Word, place);
        }
        self.at += 1;
        let start = self.at;
        let rest = self.run_of_letters().to_lowercase();
        if let Some(base) = word.strip_suffix('n').filter(|_| rest == "t") {
            let base = match base.to_lowercase().as_str() {
                "ca" => "can".to_owned(),
                "wo" => "will".to_owned(),
                other => other.to_owned(),
            };
            self.push_word(base, Sort::Word, place);
            return self.push("not".to_owned(), Sort::Negation);
        }
        if matches!(rest.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m") {
            return self.push_word(word, Sort::Word, place);
        }
        // An elision, as in French: the short word is an article or pronoun.
        self.at = start;
        match word.chars().count() <= 2 {
            true => self.push(word.to_lowercase(), Sort::Frame),
            false => self.push_word(word, Sort::Word, place),
        }
    }

    fn run_of_letters(&mut self) -> String {
        let mut word = String::new();
        while let Some(c) = self.peek(0) {
            let decimal = c == '.'
                && word.ends_with(|last: char| last.is_ascii_digit())
                && self.class_at(1) == Class::Digit;
            if !decimal && !matches!(class(c), Class::Letter | Class::Digit) {
                break;
            }
            word.push(c);
            self.at += 1;
        }
        word
    }

    fn push_word(&mut self, word: String, sort: Sort, place: Place) {
        let lower = word.to_lowercase();
        if lower.is_empty() {
            return;
        }
        self.digits_within(&lower);
        if place == Place::Code {
            return self.push(lower, Sort::Exact);
        }
        if is_negation(&lower) {
            if lower == "cannot" {
                self.push("can".to_owned(), Sort::Frame);
            }
            return self.push("not".to_owned(), Sort::Negation);
        }
        let tens = self.words.last().is_some_and(|word| {
            word.sort == Sort::Number && word.text.len() == 2 && word.text.ends_with('0')
        });
        let number = match lower.as_str() {
            "one" if tens => Some("1"),
            "one" => return self.push("1".to_owned(), Sort::Frame),
            "i" | "v" | "x" if self.is_numeral(&word) => roman(&word),
            _ => number_of(&lower).or_else(|| roman(&word).filter(|_| word.len() > 1)),
        };
        if let Some(number) = number {
            self.numbers.push(number.to_owned());
            return self.push(number.to_owned(), Sort::Number);
        }
        let sort = match sort {
            Sort::Word if is_acronym(&word) => Sort::Exact,
            Sort::Word if is_frame(&lower) && self.is_name(&word) => Sort::Exact,
            Sort::Word if is_frame(&lower) => Sort::Frame,
            Sort::Word if is_asking(&lower) => Sort::Asking,
            Sort::Word if has_one_spelling(&word) => Sort::Exact,
            sort => sort,
        };
        self.push(lower, sort);
    }

    /// Whether a single `I`, `V` or `X` counts: after a name or a word such as type or part.
    fn is_numeral(&self, word: &str) -> bool {
        const COUNTED: &[&str] = &[
            "type", "part", "phase", "class", "act", "chapter", "book", "volume", "war", "stage",
            "level", "grade", "article", "table", "figure", "teil", "typ",
        ];
        let Some(before) = self.words.last() else { return false };
        let capital = self.glyphs[..self.start]
            .iter()
            .rev()
            .skip_while(|glyph| glyph.c == ' ')
            .take_while(|glyph| class(glyph.c) == Class::Letter)
            .last()
            .is_some_and(|glyph| glyph.c.is_uppercase());
        word.chars().all(char::is_uppercase)
            && (COUNTED.contains(&before.text.as_str())
                || (capital && matches!(before.sort, Sort::Word)))
    }

    /// Whether a word of the frame is a name here: in capitals within a sentence, as the symbol
    /// of indium or the key of A.
    fn is_name(&self, word: &str) -> bool {
        let before = self.glyphs[..self.start].iter().rev().map(|glyph| glyph.c);
        let mut before = before;
        let before = before.find(|c| *c != ' ');
        let starts = before.is_none_or(|c| !c.is_alphanumeric() && c != ',' && c != '-');
        word != "I" && !starts && word.starts_with(char::is_uppercase)
    }

    fn push(&mut self, text: String, sort: Sort) {
        if !text.is_empty() {
            let folded = if sort == Sort::Word { fold(&text) } else { text.clone() };
            self.words.push(Word { text, folded, sort });
        }
    }
}

/// Two capitals or more, and nothing else.
fn is_acronym(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// Whether a misspelling of the word would be another: an acronym, a name with capitals inside,
/// an identifier, a single letter.
fn has_one_spelling(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next();
    word.chars().count() == 1
        || chars.any(char::is_uppercase)
        || word.contains('_')
        || word.chars().any(|c| c.is_ascii_digit())
}

/// `10,000` is 10000; `1.10` stays.
fn plain_number(digits: &str) -> String {
    let grouped = digits.contains(',')
        && digits
            .split(',')
            .skip(1)
            .all(|group| group.split('.').next().is_some_and(|whole| whole.len() == 3));
    if grouped { digits.replace(',', "") } else { digits.to_owned() }
}

/// The value of a Roman numeral from I to XXXIX in capitals.
fn roman(word: &str) -> Option<&'static str> {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    const VALUES: [&str; 40] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
        "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31",
        "32", "33", "34", "35", "36", "37", "38", "39",
    ];
    let tens = word.chars().take_while(|&c| c == 'X').count();
    let ones = ONES.iter().position(|ones| *ones == &word[tens..])?;
    VALUES.get(tens * 10 + ones).copied().filter(|_| !word.is_empty())
}
