//! The paper of a plain session, and the person who answers.

use crate::frontend::plain::Manner;
use crate::frontend::scale::Choice;
use crate::frontend::{Ended, screen, words};
use crate::model::text::{visible, visible_line};
use crate::model::{Flag, Grade, Interval, ReviewKind};
use crate::session::{Asked, Comparison, Fit, Graded, Piece, Verdict};
use std::io::{BufRead, Read, Write};

/// The longest line that is read, in bytes.
const LONGEST_LINE: u64 = 1 << 20;

/// The paper that is written on, and the person who answers.
pub(super) struct Page<'a> {
    pub(super) manner: Manner,
    pub(super) input: &'a mut dyn BufRead,
    pub(super) output: &'a mut dyn Write,
}

/// What a person wants.
pub(super) enum Wish {
    Reveal { typed: Option<String> },
    Grade(Grade),
    Undo,
    Suspend,
    Bury,
    Flag,
    Skip,
    Edit,
    Story,
    OnlyDrills,
    Hint,
    Help,
    Quit,
    Unclear,
}

impl Page<'_> {
    /// A text, which may be a deck's, as this page may show it.
    pub(super) fn line<E>(&mut self, text: &str) -> Result<(), Ended<E>> {
        let text = visible(text);
        let text = match self.manner.width {
            Some(width) => textwrap::fill(&text, width).into(),
            None => text,
        };
        screen(writeln!(self.output, "{text}"))
    }

    /// Lines that have their form already, and are harmless.
    pub(super) fn lines<E>(&mut self, text: &str) -> Result<(), Ended<E>> {
        screen(writeln!(self.output, "{}", text.trim_end()))
    }

    pub(super) fn question<E>(&mut self, asked: &Asked, left: &str) -> Result<(), Ended<E>> {
        let phase = match asked.kind {
            ReviewKind::Learn => "new",
            kind => kind.word(),
        };
        let flag = match asked.card.candidate.state.flag {
            Flag::NONE => String::new(),
            flag => format!(", flag {}", flag.number()),
        };
        let about = format!("{}, {phase}{flag}, {left}", visible_line(&asked.card.deck));
        self.line("")?;
        self.line(&about)?;
        self.line("")?;
        self.line(&asked.face.front)
    }

    /// The answer, and beside a typed one what is off in it and the grade that it suggests.
    pub(super) fn answer<E>(
        &mut self,
        asked: &Asked,
        typed: Option<(&Comparison, Grade)>,
    ) -> Result<(), Ended<E>> {
        self.line("")?;
        self.line(&asked.face.back)?;
        if let Some((comparison, _)) = typed.filter(|(comparison, _)| !comparison.is_exact()) {
            self.line("")?;
            for (side, pieces) in [("Typed", &comparison.typed), ("Answer", &comparison.answer)] {
                self.line(&format!("{side}: {}", bracketed(pieces)))?;
            }
        }
        if let Some(extra) = &asked.card.note.extra {
            self.line("")?;
            self.line(extra)?;
        }
        if let Some(source) = &asked.card.note.source {
            self.line(&format!("Source: {}", visible_line(source)))?;
        }
        self.line("")?;
        if let Some((_, grade)) = typed {
            let fits = if grade.is_pass() { "That fits" } else { "That does not fit" };
            self.line(&format!("{fits}: {} suggested.", self.manner.scale.word(grade)))?;
        }
        let choices = self.choices(asked);
        self.line(&choices)
    }

    /// The grades in words, those of one interval together: `3 hard: in 13 days`.
    fn choices(&self, asked: &Asked) -> String {
        let days = |choice: &Choice| asked.intervals[usize::from(choice.grade().number())];
        let alike = self.manner.scale.choices().chunk_by(|a, b| days(a) == days(b));
        let parts = alike.map(|alike| {
            let words: Vec<String> =
                alike.iter().map(|choice| format!("{} {}", choice.key, choice.word)).collect();
            let interval = alike.first().map_or(Interval::NONE, days);
            format!("{}: {}", words.join(", "), words::in_days(interval))
        });
        parts.collect::<Vec<_>>().join("; ")
    }

    pub(super) fn graded<E>(&mut self, graded: &Graded) -> Result<(), Ended<E>> {
        let said = words::graded(self.manner.scale.word(graded.grade), graded);
        self.line(&said)?;
        if graded.leech {
            self.line(words::LEECH)?;
        }
        Ok(())
    }

    pub(super) fn marked<E>(
        &mut self,
        verdict: Option<Verdict<()>>,
        said: &str,
    ) -> Result<(), Ended<E>> {
        match verdict {
            Some(Verdict::Stored(())) => self.line(said),
            _ => self.stale(),
        }
    }

    pub(super) fn stale<E>(&mut self) -> Result<(), Ended<E>> {
        self.line(words::STALE)
    }

    pub(super) fn hint<E>(&mut self, hint: &str) -> Result<(), Ended<E>> {
        self.line(&format!("Hint: {hint}"))
    }

    pub(super) fn help<E>(&mut self) -> Result<(), Ended<E>> {
        for line in [
            "Enter    show the answer",
            "u        undo the last answer or mark, as often as you like",
            "h        show the hint",
            "e        edit the card in its deck file, in your editor",
            "i        what happened to the card, and why it comes when it comes",
            "b        bury the card until tomorrow",
            "s        suspend the card: not asked until it is resumed",
            "f        flag the card, 0 (none) to 7",
            "n        skip: the card comes again at the end of the session",
            "r        only the drills that are left, then stop; again: go on with all",
            "q        quit; what you graded is stored already",
        ] {
            self.line(line)?;
        }
        for choice in self.manner.scale.choices() {
            self.line(&format!("{}        grade: {}", choice.key, choice.word))?;
        }
        self.line("Where an answer is typed, put a colon before a letter: :u, :q.")
    }

    pub(super) fn choose(&self) -> String {
        let keys: Vec<String> =
            self.manner.scale.choices().iter().map(|choice| choice.key.to_string()).collect();
        format!("Type a grade ({}), or ? for help.", keys.join(", "))
    }

    /// Hears what the person wants. Where an answer is typed, a letter has a colon before it.
    pub(super) fn listen<E>(&mut self, asked: &Asked, revealed: bool) -> Result<Wish, Ended<E>> {
        let types = asked.card.note.typed && !revealed;
        let prompt = match (types, revealed) {
            (true, _) => "Your answer: ",
            (false, false) => "Enter shows the answer: ",
            (false, true) => "Grade: ",
        };
        let Some(text) = self.hear(prompt)? else { return Ok(Wish::Quit) };
        let word = match (types, text.trim()) {
            (true, "") => return Ok(Wish::Reveal { typed: None }),
            (true, typed) => match typed.strip_prefix(':') {
                Some(letter) => letter,
                None => return Ok(Wish::Reveal { typed: Some(typed.to_owned()) }),
            },
            (false, "") if !revealed => return Ok(Wish::Reveal { typed: None }),
            (false, word) => word,
        };
        let mut letters = word.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else {
            return Ok(Wish::Unclear);
        };
        Ok(match letter.to_ascii_lowercase() {
            'u' => Wish::Undo,
            's' => Wish::Suspend,
            'b' => Wish::Bury,
            'f' => Wish::Flag,
            'n' => Wish::Skip,
            'e' => Wish::Edit,
            'i' => Wish::Story,
            'r' => Wish::OnlyDrills,
            'h' => Wish::Hint,
            '?' => Wish::Help,
            'q' => Wish::Quit,
            key => self.manner.scale.grade(key).map_or(Wish::Unclear, Wish::Grade),
        })
    }

    pub(super) fn which_flag<E>(&mut self) -> Result<Option<Flag>, Ended<E>> {
        let Some(text) = self.hear("Flag, 0 (none) to 7: ")? else { return Ok(None) };
        let flag = text.trim().parse().ok().and_then(Flag::new);
        if flag.is_none() {
            self.line("Not flagged: a flag is a number from 0 to 7.")?;
        }
        Ok(flag)
    }

    /// Asks, and waits for a line; `None` at the end of the input. A line that is too long is told,
    /// and another one waited for.
    pub(super) fn hear<E>(&mut self, prompt: &str) -> Result<Option<String>, Ended<E>> {
        loop {
            screen(write!(self.output, "{prompt}").and_then(|()| self.output.flush()))?;
            let mut line = Vec::new();
            let limited = Read::take(&mut *self.input, LONGEST_LINE).read_until(b'\n', &mut line);
            let read = screen(limited)?;
            let is_long = read as u64 == LONGEST_LINE && line.last() != Some(&b'\n');
            if is_long {
                screen(self.input.skip_until(b'\n'))?;
            }
            if !self.manner.echoes {
                // The line break that was typed is not on this page: a pipe echoes nothing.
                self.line("")?;
            }
            if !is_long {
                return Ok((read > 0).then(|| String::from_utf8_lossy(&line).into_owned()));
            }
            self.line("Not taken: a line has 1 MiB at most.")?;
        }
    }
}

/// The letters, those that are off in brackets.
fn bracketed(pieces: &[Piece]) -> String {
    let told = pieces.iter().map(|piece| match piece.fit {
        Fit::Same | Fit::Forgiven => piece.text.clone(),
        Fit::Off => format!("[{}]", piece.text),
    });
    told.collect()
}
