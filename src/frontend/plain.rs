//! A session in lines of text: no cursor movement, and nothing said by colour or place alone.

use crate::frontend::scale::Choice;
use crate::frontend::terminal::{Said, key};
use crate::frontend::{Clock, Ended, GradeScale, screen};
use crate::model::text::{visible, visible_line};
use crate::model::{Flag, Grade, Interval, ReviewKind, StudyDay};
use crate::session::{Asked, Graded, Journal, Remaining, Session, Tally, Verdict, suggested};
use std::io::{BufRead, Write};
use std::time::Instant;

/// How the person answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hands {
    /// Lines, ended by Enter.
    Lines,
    /// Single keys, on a terminal.
    Keys,
}

/// How a plain session looks and listens.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// How the person answers.
    pub hands: Hands,
    /// Whether colour may be used.
    pub colour: bool,
    /// The grades to choose from.
    pub scale: GradeScale,
    /// Columns to break lines at; `None` leaves that to whoever reads.
    pub width: Option<usize>,
}

/// What a person wants.
enum Wish {
    Reveal { typed: Option<String> },
    Grade(Grade),
    Undo,
    Suspend,
    Bury,
    Flag,
    Hint,
    Help,
    Quit,
    Unclear,
}

/// Runs a session in lines of text.
///
/// # Errors
/// If the journal fails, the terminal or pipe is gone, or the person interrupts it.
pub fn run<J: Journal>(
    session: &mut Session<J>,
    day: StudyDay,
    clock: Clock<'_>,
    manner: Manner,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> Result<(), Ended<J::Error>> {
    let mut page = Page { manner, input, output };
    let planned = session.remaining();
    if planned.total() > 0 {
        page.line(&format!(
            "{day}: {} new, {} to review, {} to drill. ? for help.",
            planned.new, planned.review, planned.drill
        ))?;
    }
    while let Some(asked) = session.open()?.cloned() {
        let left = match (session.remaining().total(), session.room()) {
            (left, None) => format!("{left} to go"),
            (left, Some(room)) => format!("{left} to go, about {room} in this time"),
        };
        page.question(&asked, &left)?;
        if !converse(session, &asked, clock, &mut page)? {
            break;
        }
    }
    page.summary(session.tally(), session.remaining().total(), session.waiting())
}

/// Talks about the open card until it is closed; false if the person quits.
fn converse<J: Journal>(
    session: &mut Session<J>,
    asked: &Asked,
    clock: Clock<'_>,
    page: &mut Page<'_>,
) -> Result<bool, Ended<J::Error>> {
    let shown = Instant::now();
    let mut revealed = false;
    let mut usual = page.manner.scale.usual();
    loop {
        match page.listen(asked, revealed, usual)? {
            Wish::Reveal { typed } => {
                let scale = page.manner.scale;
                let suggestion =
                    typed.map(|typed| scale.nearest(suggested(&typed, &asked.face.answer)));
                page.answer(asked, suggestion)?;
                usual = suggestion.unwrap_or(usual);
                revealed = true;
            }
            Wish::Grade(_) if !revealed => page.line("Enter shows the answer first.")?,
            Wish::Grade(grade) => {
                let ms = u32::try_from(shown.elapsed().as_millis()).unwrap_or(u32::MAX);
                match session.grade(clock(), grade, ms)? {
                    Some(Verdict::Stored(graded)) => page.graded(&graded)?,
                    _ => page.stale()?,
                }
                return Ok(true);
            }
            Wish::Suspend => {
                let said = session.suspend(clock())?;
                page.marked(said, "Suspended: not asked until `kata resume`.")?;
                return Ok(true);
            }
            Wish::Bury => {
                let said = session.bury(clock())?;
                page.marked(said, "Buried until tomorrow.")?;
                return Ok(true);
            }
            Wish::Flag => {
                let Some(flag) = page.which_flag()? else { continue };
                let said = session.flag(clock(), flag)?;
                page.marked(said, &format!("Flag {}.", flag.number()))?;
                if said == Some(Verdict::Stale) {
                    return Ok(true);
                }
            }
            Wish::Undo => match session.undo(clock())? {
                Some(_) => {
                    page.line("Undone.")?;
                    return Ok(true);
                }
                None => page.line("Nothing to undo.")?,
            },
            Wish::Hint => match &asked.card.note.hint {
                Some(hint) => page.hint(hint)?,
                None => page.line("This card has no hint.")?,
            },
            Wish::Help => page.help()?,
            Wish::Quit => return Ok(false),
            Wish::Unclear if revealed => page.line(&page.choose())?,
            Wish::Unclear => page.line("Enter shows the answer; ? for help.")?,
        }
    }
}

/// The paper that is written on, and the person who answers.
struct Page<'a> {
    manner: Manner,
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
}

impl Page<'_> {
    fn line<E>(&mut self, text: &str) -> Result<(), Ended<E>> {
        screen(writeln!(self.output, "{text}"))
    }

    /// A text in one of the terminal's own renditions; plain where there is no colour.
    fn styled(&self, code: &str, text: &str) -> String {
        match self.manner.colour {
            true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            false => text.to_owned(),
        }
    }

    /// A text of a deck, as this page may show it.
    fn text(&self, text: &str) -> String {
        let text = visible(text);
        match self.manner.width {
            Some(width) => textwrap::fill(&text, width),
            None => text.into_owned(),
        }
    }

    fn question<E>(&mut self, asked: &Asked, left: &str) -> Result<(), Ended<E>> {
        let phase = match asked.kind {
            ReviewKind::Learn => "new",
            kind => kind.word(),
        };
        let flag = match asked.card.candidate.state.flag {
            Flag::NONE => String::new(),
            flag => format!(", flag {}", flag.number()),
        };
        let about = format!("{}, {phase}{flag}, {left}", visible_line(&asked.card.deck));
        let about = self.styled("2", &about);
        let front = self.styled("1", &self.text(&asked.face.front));
        self.line("")?;
        self.line(&about)?;
        self.line("")?;
        self.line(&front)
    }

    fn answer<E>(&mut self, asked: &Asked, suggestion: Option<Grade>) -> Result<(), Ended<E>> {
        self.line("")?;
        let back = self.text(&asked.face.back);
        self.line(&back)?;
        if let Some(extra) = &asked.card.note.extra {
            self.line("")?;
            let extra = self.styled("2", &self.text(extra));
            self.line(&extra)?;
        }
        if let Some(source) = &asked.card.note.source {
            let source = self.text(&format!("Source: {}", visible_line(source)));
            let source = self.styled("2", &source);
            self.line(&source)?;
        }
        self.line("")?;
        if let Some(grade) = suggestion {
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
            format!("{}: {}", words.join(", "), in_days(interval))
        });
        parts.collect::<Vec<_>>().join("; ")
    }

    fn graded<E>(&mut self, graded: &Graded) -> Result<(), Ended<E>> {
        let next = match graded.due {
            Some(due) => format!("due {due}, {}", in_days(graded.interval)),
            None => "still new".to_owned(),
        };
        let again = if graded.again_today { "; once more before the end" } else { "" };
        let said = format!("{}: {next}{again}.", self.manner.scale.word(graded.grade));
        let said = self.styled(if graded.grade.is_pass() { "32" } else { "33" }, &said);
        self.line(&said)?;
        if graded.leech {
            self.line("A leech: forgotten so often that it is suspended. Better to rewrite it.")?;
        }
        Ok(())
    }

    fn marked<E>(&mut self, verdict: Option<Verdict<()>>, said: &str) -> Result<(), Ended<E>> {
        match verdict {
            Some(Verdict::Stored(())) => self.line(said),
            _ => self.stale(),
        }
    }

    fn stale<E>(&mut self) -> Result<(), Ended<E>> {
        self.line("Not stored: another session or command was first with this card.")
    }

    fn hint<E>(&mut self, hint: &str) -> Result<(), Ended<E>> {
        let hint = self.text(&format!("Hint: {hint}"));
        self.line(&hint)
    }

    fn help<E>(&mut self) -> Result<(), Ended<E>> {
        for line in [
            "Enter    show the answer",
            "u        undo the last answer or mark, as often as you like",
            "s        suspend the card: not asked until it is resumed",
            "b        bury the card until tomorrow",
            "f        flag the card, 0 (none) to 7",
            "h        show the hint",
            "q        quit; what you graded is stored already",
        ] {
            self.line(line)?;
        }
        for choice in self.manner.scale.choices() {
            self.line(&format!("{}        grade: {}", choice.key, choice.word))?;
        }
        if self.manner.hands == Hands::Keys {
            self.line("Enter or space after the answer: good, or what a typed answer suggests")?;
        } else {
            self.line("Where an answer is typed, put a colon before a letter: :u, :q.")?;
        }
        Ok(())
    }

    fn choose(&self) -> String {
        let keys: Vec<String> =
            self.manner.scale.choices().iter().map(|choice| choice.key.to_string()).collect();
        format!("Type a grade ({}), or ? for help.", keys.join(", "))
    }

    fn summary<E>(
        &mut self,
        tally: Tally,
        left: usize,
        waiting: Option<Remaining>,
    ) -> Result<(), Ended<E>> {
        self.line("")?;
        if tally.reviewed + tally.drilled == 0 {
            return match left {
                0 => self.line("Nothing to ask now."),
                _ => self.line(&format!("Nothing graded; {left} still to ask.")),
            };
        }
        let left = match (left, waiting) {
            (0, _) => "That is all for today.".to_owned(),
            (left, None) => format!("{left} still to ask."),
            (left, Some(Remaining { new, review, drill })) => format!(
                "The time is up; {left} wait: {new} new, {review} to review, {drill} to drill."
            ),
        };
        let (minutes, seconds) = (tally.ms / 60_000, tally.ms / 1000 % 60);
        self.line(&format!(
            "{} reviewed, {} passed, {} drilled, in {minutes} min {seconds} s. {left}",
            tally.reviewed, tally.passed, tally.drilled
        ))
    }

    /// `usual` is the grade of Enter alone, where single keys are read.
    fn listen<E>(&mut self, asked: &Asked, revealed: bool, usual: Grade) -> Result<Wish, Ended<E>> {
        let types = asked.card.note.typed && !revealed;
        let prompt = match (types, revealed) {
            (true, _) => "Your answer: ",
            (false, false) => "Enter shows the answer: ",
            (false, true) => "Grade: ",
        };
        let said = self.hear(prompt, types)?;
        let text = match said {
            Said::Interrupt => return Err(Ended::Interrupted),
            Said::End => return Ok(Wish::Quit),
            Said::Text(text) => text,
        };
        let word = match (types, text.trim()) {
            (true, "") => return Ok(Wish::Reveal { typed: None }),
            (true, typed) => match typed.strip_prefix(':') {
                Some(letter) => letter,
                None => return Ok(Wish::Reveal { typed: Some(typed.to_owned()) }),
            },
            (false, "") if !revealed => return Ok(Wish::Reveal { typed: None }),
            (false, "") if self.manner.hands == Hands::Keys => {
                return Ok(Wish::Grade(usual));
            }
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
            'h' => Wish::Hint,
            '?' => Wish::Help,
            'q' => Wish::Quit,
            key => self.manner.scale.grade(key).map_or(Wish::Unclear, Wish::Grade),
        })
    }

    fn which_flag<E>(&mut self) -> Result<Option<Flag>, Ended<E>> {
        let flag = match self.hear("Flag, 0 (none) to 7: ", false)? {
            Said::Interrupt => return Err(Ended::Interrupted),
            Said::End => return Ok(None),
            Said::Text(text) => text.trim().parse().ok().and_then(Flag::new),
        };
        if flag.is_none() {
            self.line("Not flagged: a flag is a number from 0 to 7.")?;
        }
        Ok(flag)
    }

    /// Prompts, and waits for a line or a key. Typed answers are lines also where keys are used.
    fn hear<E>(&mut self, prompt: &str, whole_line: bool) -> Result<Said, Ended<E>> {
        screen(write!(self.output, "{prompt}").and_then(|()| self.output.flush()))?;
        if self.manner.hands == Hands::Keys && !whole_line {
            let said = screen(key())?;
            let echo = match &said {
                Said::Text(text) => visible_line(text).into_owned(),
                _ => String::new(),
            };
            self.line(&echo)?;
            return Ok(said);
        }
        let mut line = Vec::new();
        let read = screen(self.input.read_until(b'\n', &mut line))?;
        if self.manner.hands == Hands::Lines {
            // The line break that was typed is not on this page: a pipe echoes nothing.
            self.line("")?;
        }
        Ok(match read {
            0 => Said::End,
            _ => Said::Text(String::from_utf8_lossy(&line).into_owned()),
        })
    }
}

fn in_days(interval: Interval) -> String {
    match interval.get() {
        1 => "in 1 day".to_owned(),
        days => format!("in {days} days"),
    }
}
