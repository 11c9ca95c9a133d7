//! A session in lines of text: no cursor movement, and nothing said by colour or place alone.

mod page;

use crate::frontend::{Clock, Edited, Ended, Errands, GradeScale, words};
use crate::model::StudyDay;
use crate::session::{Asked, Comparison, Journal, Session, Verdict, suggested};
use page::{Page, Wish};
use std::io::{BufRead, Write};
use std::time::Instant;

/// How a plain session looks.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// The grades to choose from.
    pub scale: GradeScale,
    /// Columns to break lines at; `None` leaves that to whoever reads.
    pub width: Option<usize>,
    /// Whether what is typed stands on the page already, as a terminal has it.
    pub echoes: bool,
}

/// What comes after a wish was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// More talk about the same card.
    Stay,
    /// Whichever card is open.
    Card,
    /// The end of the session.
    Leave,
}

/// Runs a session in lines of text.
///
/// # Errors
/// If the journal fails, or the terminal or pipe is gone.
pub fn run<J: Journal + Errands>(
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
    page.line("")?;
    let told = sum_up(session);
    page.line(told.trim_end())
}

/// What a session came to, and how the day stands, in lines.
pub(super) fn sum_up<J: Journal + Errands>(session: &mut Session<J>) -> String {
    let (tally, left) = (session.tally(), session.remaining().total());
    let mut told = match (tally.reviewed + tally.drilled, left) {
        (0, 0) => "Nothing to ask now.\n".to_owned(),
        (0, left) => format!("Nothing graded; {left} still to ask.\n"),
        _ => {
            let left = words::left(left, session.waiting(), session.asks_only_drills());
            format!("{} {left}\n", words::came_to(tally))
        }
    };
    if tally.reviewed + tally.drilled > 0 {
        let day = session.day();
        // What cannot be told of the day is no matter now: what was graded is stored.
        told += &session.journal().day(day).unwrap_or_default();
    }
    told
}

/// Talks about the open card until it is closed; false if the person quits.
fn converse<J: Journal + Errands>(
    session: &mut Session<J>,
    asked: &Asked,
    clock: Clock<'_>,
    page: &mut Page<'_>,
) -> Result<bool, Ended<J::Error>> {
    let mut talk = Talk { session, asked, clock, page, shown: Instant::now(), revealed: false };
    loop {
        let wish = talk.page.listen(asked, talk.revealed)?;
        match talk.grant(wish)? {
            Next::Stay => {}
            Next::Card => return Ok(true),
            Next::Leave => return Ok(false),
        }
    }
}

/// A card being talked about.
struct Talk<'a, 'p, J> {
    session: &'a mut Session<J>,
    asked: &'a Asked,
    clock: Clock<'a>,
    page: &'a mut Page<'p>,
    shown: Instant,
    revealed: bool,
}

impl<J: Journal + Errands> Talk<'_, '_, J> {
    fn grant(&mut self, wish: Wish) -> Result<Next, Ended<J::Error>> {
        let Talk { session, asked, page, .. } = self;
        let now = (self.clock)();
        match wish {
            Wish::Reveal { typed } => {
                let answer = &asked.face.answer;
                let compared = typed.map(|typed| {
                    let grade = page.manner.scale.nearest(suggested(&typed, answer));
                    (Comparison::of(&typed, answer), grade)
                });
                page.answer(asked, compared.as_ref().map(|(typed, grade)| (typed, *grade)))?;
                self.revealed = true;
            }
            Wish::Grade(_) if !self.revealed => page.line("Enter shows the answer first.")?,
            Wish::Grade(grade) => {
                let ms = u32::try_from(self.shown.elapsed().as_millis()).unwrap_or(u32::MAX);
                match session.grade(now, grade, ms)? {
                    Some(Verdict::Stored(graded)) => page.graded(&graded)?,
                    _ => page.stale()?,
                }
                return Ok(Next::Card);
            }
            Wish::Suspend => {
                let said = session.suspend(now)?;
                page.marked(said, words::SUSPENDED)?;
                return Ok(Next::Card);
            }
            Wish::Bury => {
                let said = session.bury(now)?;
                page.marked(said, words::BURIED)?;
                return Ok(Next::Card);
            }
            Wish::Skip => {
                session.skip();
                page.line(words::SKIPPED)?;
                return Ok(Next::Card);
            }
            Wish::Flag => {
                let Some(flag) = page.which_flag()? else { return Ok(Next::Stay) };
                let said = session.flag(now, flag)?;
                page.marked(said, &format!("Flag {}.", flag.number()))?;
                if said == Some(Verdict::Stale) {
                    return Ok(Next::Card);
                }
            }
            Wish::Undo => match session.undo(now)? {
                Some(_) => {
                    page.line("Undone.")?;
                    return Ok(Next::Card);
                }
                None => page.line(words::NOTHING_TO_UNDO)?,
            },
            Wish::OnlyDrills => {
                let only = !session.asks_only_drills();
                session.only_drills(only);
                page.line(if only { words::ONLY_DRILLS } else { words::ALL_AGAIN })?;
                return Ok(Next::Card);
            }
            Wish::Edit => return self.edit(),
            Wish::Story => {
                let columns = page.manner.width.unwrap_or(80);
                let told = session.journal().story(asked.card.candidate.card, columns);
                page.lines(&told.unwrap_or_else(|why| why))?;
            }
            Wish::Hint => match &asked.card.note.hint {
                Some(hint) => page.hint(hint)?,
                None => page.line(words::NO_HINT)?,
            },
            Wish::Help => page.help()?,
            Wish::Quit => return Ok(Next::Leave),
            Wish::Unclear if self.revealed => page.line(&page.choose())?,
            Wish::Unclear => page.line("Enter shows the answer; ? for help.")?,
        }
        Ok(Next::Stay)
    }

    /// Has the card edited in its deck file, until that has no errors or the edit is dropped. Then
    /// the card is asked anew, as it is now.
    fn edit(&mut self) -> Result<Next, Ended<J::Error>> {
        let page = &mut *self.page;
        let card = self.asked.card.candidate.card;
        loop {
            match self.session.journal().edit(card) {
                Edited::Imported(said) => {
                    page.line(&said)?;
                    self.session.reopen()?;
                    return Ok(Next::Card);
                }
                Edited::AsItWas => page.line(words::AS_IT_WAS)?,
                Edited::Failed(why) => page.line(&why)?,
                Edited::Broken(faults) => {
                    page.lines(&faults)?;
                    let prompt = "[e]dit again, [d]rop the edit, or Enter to leave it for later: ";
                    match page.hear(prompt)?.as_deref().map(str::trim) {
                        Some("e") => continue,
                        Some("d") => match self.session.journal().drop_edit() {
                            Ok(()) => page.line(words::DROPPED)?,
                            Err(why) => page.line(&why)?,
                        },
                        _ => page.line(words::STILL_BROKEN)?,
                    }
                }
            }
            return Ok(Next::Stay);
        }
    }
}
