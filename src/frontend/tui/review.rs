//! The session: a card on the screen until it is answered, and then the next.

use crate::frontend::tui::card::Shown;
use crate::frontend::tui::draw::{Decor, Grades, Layout, Message, Standing, View, draw};
use crate::frontend::tui::gallery::Gallery;
use crate::frontend::tui::keys::{Wish, always, wish};
use crate::frontend::tui::panel::scrolled;
use crate::frontend::tui::sheet::Sheet;
use crate::frontend::tui::stage::{Happening, Stage};
use crate::frontend::tui::theme::{Role, Theme};
use crate::frontend::tui::{Manner, links, typing};
use crate::frontend::{Clock, Ended, Errands, plain, screen, words};
use crate::model::Grade;
use crate::model::text::visible_line;
use crate::session::{Asked, Comparison, Graded, Journal, Session, Verdict, suggested};
use crossterm::event::{KeyCode, KeyEvent};
use std::fmt::Display;
use std::io::Write;
use tui_input::Input;

/// Holds a session on the full screen of the terminal. When that is left, `output` gets a line on
/// what the session came to.
///
/// # Errors
/// If the journal cannot be read, the terminal is gone, or the person interrupts it.
pub fn run<J>(
    session: &mut Session<J>,
    clock: Clock<'_>,
    manner: Manner,
    output: &mut dyn Write,
) -> Result<(), Ended<J::Error>>
where
    J: Journal + Errands,
    J::Error: Display,
{
    if session.open()?.is_some() {
        let theme = Theme { tone: manner.tone, depth: manner.depth };
        let (gallery, follows_links) = (Gallery::new(theme), links::are_followed());
        let decor = Decor { theme, gallery, follows_links };
        let stage = screen(Stage::enter())?;
        Review { session, clock, manner, decor, stage, message: None }.hold()?;
    }
    screen(write!(output, "{}", plain::sum_up(session)))
}

/// A session on a stage.
pub(super) struct Review<'a, J> {
    pub(super) session: &'a mut Session<J>,
    pub(super) clock: Clock<'a>,
    pub(super) manner: Manner,
    pub(super) decor: Decor,
    pub(super) stage: Stage,
    /// What is said below the card.
    pub(super) message: Option<Message>,
}

/// What comes after a card was talked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// The same card, perhaps in another form.
    Stay,
    /// Whichever card is open.
    Card,
    /// The end of the session on this screen.
    Leave,
}

impl<J> Review<'_, J>
where
    J: Journal + Errands,
    J::Error: Display,
{
    fn hold(mut self) -> Result<(), Ended<J::Error>> {
        loop {
            let next = match self.session.open()?.cloned() {
                Some(asked) => self.ask(asked)?,
                None => self.sum_up()?,
            };
            if next == Next::Leave {
                return Ok(());
            }
        }
    }

    /// Shows the open card until it is closed, or another is open.
    fn ask(&mut self, asked: Asked) -> Result<Next, Ended<J::Error>> {
        let mut sheet = Sheet::new(asked, self.manner.scale);
        self.lay_out(&mut sheet)?;
        loop {
            self.show(&sheet)?;
            // Words first: an image takes its time, and who knows the answer needs none.
            if sheet.awaits_images && !screen(self.stage.is_waiting())? {
                sheet.hang(screen(self.stage.area())?, &mut self.decor);
                self.show(&sheet)?;
            }
            let next = match screen(self.stage.next())? {
                Happening::Key(key) => self.press(&mut sheet, key)?,
                Happening::Resize => self.lay_out(&mut sheet)?,
                Happening::Paste(text) => {
                    if let (true, Some(input)) = (sheet.typing, &mut sheet.input) {
                        typing::type_in(input, &text);
                    }
                    Next::Stay
                }
            };
            if sheet.is_disputed() {
                screen(self.stage.forget())?;
            }
            if next != Next::Stay {
                return Ok(next);
            }
        }
    }

    /// Draws the card, and what goes with it.
    pub(super) fn show(&mut self, sheet: &Sheet) -> Result<(), Ended<J::Error>> {
        let revealed = sheet.shown.is_answer();
        let standing = self.standing();
        let view = View {
            message: self.message.as_ref(),
            grades: revealed.then(|| Grades {
                choices: self.manner.scale.choices(),
                intervals: &sheet.asked.intervals,
                usual: sheet.usual,
            }),
            input: sheet.input.as_ref().filter(|_| !revealed),
            keys: sheet.keys(self.manner.scale),
            ..sheet.view(standing, &self.decor)
        };
        screen(self.stage.draw(|area, buffer| draw(&view, area, buffer)))
    }

    pub(super) fn standing(&self) -> Standing {
        let tally = self.session.tally();
        Standing {
            remaining: self.session.remaining(),
            done: tally.reviewed + tally.drilled,
            spent: tally.ms,
            left: self.session.estimate(),
            room: self.session.room(),
            only_drills: self.session.asks_only_drills(),
        }
    }

    /// Breaks the card's text to the screen as it is now.
    fn lay_out(&mut self, sheet: &mut Sheet) -> Result<Next, Ended<J::Error>> {
        sheet.lay_out(screen(self.stage.area())?, &self.decor);
        Ok(Next::Stay)
    }

    /// Has all of the card sent to the terminal again: somebody else has written on it.
    pub(super) fn draw_anew(&mut self, sheet: &mut Sheet) -> Result<Next, Ended<J::Error>> {
        self.decor.gallery.forget();
        let top = sheet.top;
        self.lay_out(sheet)?;
        sheet.top = top;
        Ok(Next::Stay)
    }

    fn press(&mut self, sheet: &mut Sheet, key: KeyEvent) -> Result<Next, Ended<J::Error>> {
        if !sheet.typing {
            let wish = wish(key, self.manner.scale);
            return wish.map_or(Ok(Next::Stay), |wish| self.grant(sheet, wish));
        }
        if key.code == KeyCode::Enter {
            return self.reveal(sheet);
        }
        let typed = sheet.input.as_mut().is_some_and(|input| typing::press(input, key));
        match always(key).filter(|_| !typed) {
            Some(wish) => self.grant(sheet, wish),
            None => Ok(Next::Stay),
        }
    }

    /// Does what the person wants.
    fn grant(&mut self, sheet: &mut Sheet, wish: Wish) -> Result<Next, Ended<J::Error>> {
        // What was said holds until the next key.
        self.message = None;
        Ok(match wish {
            Wish::Onward if !sheet.shown.is_answer() => self.reveal(sheet)?,
            Wish::Onward => self.grade(sheet, sheet.usual),
            Wish::Grade(_) if !sheet.shown.is_answer() => {
                self.say("Space shows the answer first.", Role::Warning)
            }
            Wish::Grade(grade) => self.grade(sheet, grade),
            Wish::Undo => self.undo(),
            Wish::Bury => {
                let verdict = self.session.bury((self.clock)());
                self.marked(verdict, words::BURIED)
            }
            Wish::Suspend => {
                let verdict = self.session.suspend((self.clock)());
                self.marked(verdict, words::SUSPENDED)
            }
            Wish::Flag => self.flag(sheet)?,
            Wish::Skip => {
                self.session.skip();
                self.say(words::SKIPPED, Role::Quiet);
                Next::Card
            }
            Wish::OnlyDrills => self.only_drills(),
            Wish::Hint => self.hint(sheet)?,
            Wish::Edit => self.edit(sheet)?,
            Wish::Story => self.story(sheet)?,
            Wish::OpenImage => self.open_image(sheet),
            Wish::Scroll(scroll) => {
                let rows = Layout::of(screen(self.stage.area())?).body.height.into();
                sheet.top = scrolled(sheet.top, scroll, sheet.page.lines.len(), rows);
                Next::Stay
            }
            Wish::Escape => {
                sheet.typing = !sheet.typing && sheet.input.is_some() && !sheet.shown.is_answer();
                Next::Stay
            }
            Wish::Help => self.help(sheet)?,
            Wish::Quit => Next::Leave,
            Wish::Interrupt => return Err(Ended::Interrupted),
            Wish::Stop => {
                sheet.watch.stop();
                screen(self.stage.stop())?;
                sheet.watch.go_on();
                self.draw_anew(sheet)?
            }
            Wish::Redraw => {
                screen(self.stage.forget())?;
                self.draw_anew(sheet)?
            }
        })
    }

    /// Says something below the card.
    pub(super) fn say(&mut self, text: impl Into<String>, role: Role) -> Next {
        self.message = Some(Message { text: text.into(), role });
        Next::Stay
    }

    fn reveal(&mut self, sheet: &mut Sheet) -> Result<Next, Ended<J::Error>> {
        self.message = None;
        let typed = sheet.input.as_ref().map(Input::value).filter(|typed| !typed.is_empty());
        let comparison = typed.map(|typed| {
            let answer = &sheet.asked.face.answer;
            sheet.usual = self.manner.scale.nearest(suggested(typed, answer));
            Comparison::of(typed, answer)
        });
        sheet.typing = false;
        sheet.shown = Shown::Answer(comparison);
        self.lay_out(sheet)
    }

    fn grade(&mut self, sheet: &Sheet, grade: Grade) -> Next {
        match self.session.grade((self.clock)(), grade, sheet.watch.ms()) {
            Ok(Some(Verdict::Stored(graded))) => {
                self.tell(&graded);
                Next::Card
            }
            Ok(Some(Verdict::Stale) | None) => self.stale(),
            Err(error) => self.not_stored(&error),
        }
    }

    fn tell(&mut self, graded: &Graded) {
        let word = self.manner.scale.word(graded.grade);
        let role = if graded.grade.is_pass() { Role::Pass } else { Role::Fail };
        match graded.leech {
            true => self.say(words::LEECH, Role::Warning),
            false => self.say(words::graded(word, graded), role),
        };
    }

    pub(super) fn stale(&mut self) -> Next {
        self.say(words::STALE, Role::Warning);
        Next::Card
    }

    /// The card stays open: the answer, or what else it was, can be given again.
    pub(super) fn not_stored(&mut self, error: &J::Error) -> Next {
        self.say(format!("Not stored: {error}"), Role::Warning)
    }

    fn marked(&mut self, verdict: Result<Option<Verdict<()>>, J::Error>, said: &str) -> Next {
        match verdict {
            Ok(Some(Verdict::Stored(()))) => {
                self.say(said, Role::Quiet);
                Next::Card
            }
            Ok(Some(Verdict::Stale) | None) => self.stale(),
            Err(error) => self.not_stored(&error),
        }
    }

    pub(super) fn undo(&mut self) -> Next {
        match self.session.undo((self.clock)()) {
            Ok(Some(undone)) => {
                self.say(format!("Undone: card {} is as it was before.", undone.card), Role::Quiet);
                Next::Card
            }
            Ok(None) => self.say(words::NOTHING_TO_UNDO, Role::Quiet),
            Err(error) => self.not_stored(&error),
        }
    }

    fn only_drills(&mut self) -> Next {
        let only = !self.session.asks_only_drills();
        self.session.only_drills(only);
        self.say(if only { words::ONLY_DRILLS } else { words::ALL_AGAIN }, Role::Quiet);
        Next::Card
    }

    fn hint(&mut self, sheet: &mut Sheet) -> Result<Next, Ended<J::Error>> {
        match (&sheet.asked.card.note.hint, &sheet.shown) {
            (None, _) => Ok(self.say(words::NO_HINT, Role::Quiet)),
            (Some(hint), Shown::Answer(_)) => {
                let hint = format!("Hint: {}", visible_line(hint));
                Ok(self.say(hint, Role::Quiet))
            }
            (Some(_), Shown::Question { .. }) => {
                sheet.shown = Shown::Question { hint: true };
                self.lay_out(sheet)
            }
        }
    }

    /// Goes on with the card as it is now; or with the next one, if it is not asked any more.
    pub(super) fn go_on(&mut self, sheet: &mut Sheet) -> Result<Next, Ended<J::Error>> {
        match self.session.open()? {
            Some(asked) if asked.card.candidate.card == sheet.asked.card.candidate.card => {
                sheet.asked = asked.clone();
                self.lay_out(sheet)
            }
            _ => Ok(Next::Card),
        }
    }
}
