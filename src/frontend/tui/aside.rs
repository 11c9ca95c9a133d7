//! What is done beside the card: another look at it, an edit, help. The card stays open meanwhile.

use crate::frontend::tui::draw::{View, draw};
use crate::frontend::tui::gallery;
use crate::frontend::tui::keys::{KEYS, Scroll, Wish, always, wish};
use crate::frontend::tui::panel::Panel;
use crate::frontend::tui::review::{Next, Review};
use crate::frontend::tui::sheet::Sheet;
use crate::frontend::tui::stage::Happening;
use crate::frontend::tui::theme::Role;
use crate::frontend::{Edited, Ended, Errands, screen, words};
use crate::model::Flag;
use crate::session::{Journal, Verdict};
use crossterm::event::KeyCode;
use ratatui::text::{Line, Span};
use std::fmt::Display;

/// Columns of the keys in the help.
const KEY_COLUMNS: usize = 18;

impl<J> Review<'_, J>
where
    J: Journal + Errands,
    J::Error: Display,
{
    /// Asks for a flag, and sets it.
    pub(super) fn flag(&mut self, sheet: &mut Sheet) -> Result<Next, Ended<J::Error>> {
        self.say("Flag, 0 (none) to 7:", Role::Key);
        self.show(sheet)?;
        self.message = None;
        let flag = loop {
            match screen(self.stage.next())? {
                Happening::Key(key) => match (key.code, always(key)) {
                    (KeyCode::Char(digit), None) => break digit.to_digit(10).map(i64::from),
                    (_, Some(Wish::Interrupt)) => return Err(Ended::Interrupted),
                    (_, Some(Wish::Escape)) => return Ok(Next::Stay),
                    _ => break None,
                },
                Happening::Resize => self.show(sheet)?,
                Happening::Paste(_) => {}
            }
        };
        let Some(flag) = flag.and_then(Flag::new) else {
            return Ok(self.say("Not flagged: a flag is a number from 0 to 7.", Role::Quiet));
        };
        Ok(match self.session.flag((self.clock)(), flag) {
            Ok(Some(Verdict::Stored(()))) => {
                self.say(format!("Flag {}.", flag.number()), Role::Quiet);
                self.go_on(sheet)?
            }
            Ok(Some(Verdict::Stale) | None) => self.stale(),
            Err(error) => self.not_stored(&error),
        })
    }

    /// Has the card edited in its deck file, until that has no errors or the edit is dropped.
    pub(super) fn edit(&mut self, sheet: &mut Sheet) -> Result<Next, Ended<J::Error>> {
        let card = sheet.asked.card.candidate.card;
        loop {
            sheet.watch.stop();
            let edited = self.stage.lend(|| self.session.journal().edit(card));
            sheet.watch.go_on();
            let edited = screen(edited)?;
            self.draw_anew(sheet)?;
            match edited {
                Edited::Imported(said) => {
                    self.session.reopen()?;
                    self.say(said, Role::Quiet);
                    return self.go_on(sheet);
                }
                Edited::AsItWas => return Ok(self.say(words::AS_IT_WAS, Role::Quiet)),
                Edited::Failed(why) => return Ok(self.say(why, Role::Warning)),
                Edited::Broken(faults) => {
                    let keys = "e edit again   d drop the edit   Esc leave it for later";
                    let mut panel = Panel::of("The deck file has errors", &faults, keys);
                    match self.read(sheet, &mut panel, &['e', 'd'])? {
                        Some('e') => {}
                        Some(_) => {
                            return Ok(match self.session.journal().drop_edit() {
                                Ok(()) => self.say(words::DROPPED, Role::Quiet),
                                Err(why) => self.say(why, Role::Warning),
                            });
                        }
                        None => return Ok(self.say(words::STILL_BROKEN, Role::Warning)),
                    }
                }
            }
        }
    }

    /// Shows what happened to the card, and why it comes when it comes.
    pub(super) fn story(&mut self, sheet: &mut Sheet) -> Result<Next, Ended<J::Error>> {
        let columns = Panel::columns(screen(self.stage.area())?);
        let card = sheet.asked.card.candidate.card;
        match self.session.journal().story(card, columns) {
            Ok(story) => {
                let mut panel = Panel::of("Why it comes when it comes", &story, "Esc closes");
                self.read(sheet, &mut panel, &['i'])?;
                Ok(Next::Stay)
            }
            Err(why) => Ok(self.say(why, Role::Warning)),
        }
    }

    /// Shows all keys.
    pub(super) fn help(&mut self, sheet: &mut Sheet) -> Result<Next, Ended<J::Error>> {
        let choices = self.manner.scale.choices().iter();
        let grades =
            choices.map(|choice| (choice.key.to_string(), format!("grade: {}", choice.word)));
        let others = KEYS.iter().map(|key| (key.key.to_owned(), key.does.to_owned()));
        let columns = Panel::columns(screen(self.stage.area())?);
        let mut lines = Vec::new();
        for (key, does) in grades.chain(others) {
            let does = textwrap::wrap(&does, columns.saturating_sub(KEY_COLUMNS).max(10));
            for (part, n) in does.into_iter().zip(0..) {
                let key = if n == 0 { key.as_str() } else { "" };
                lines.push(Line::from(vec![
                    Span::styled(format!("{key:KEY_COLUMNS$}"), self.decor.theme.style(Role::Key)),
                    Span::raw(part.into_owned()),
                ]));
            }
        }
        let mut panel = Panel::new("Keys", lines, "Esc closes");
        self.read(sheet, &mut panel, &['?'])?;
        Ok(Next::Stay)
    }

    /// Opens the first image that is seen, else the first there is.
    pub(super) fn open_image(&mut self, sheet: &Sheet) -> Next {
        let images = &sheet.page.images;
        let seen = images.iter().find(|image| image.lines.end > sheet.top);
        let Some(image) = seen.or(images.first()) else {
            return self.say("This card shows no image.", Role::Quiet);
        };
        let file = gallery::file_of(image, sheet.asked.card.file.as_deref());
        match file.and_then(|file| self.session.journal().view(&file)) {
            Ok(()) => self.say("Opened in the system's viewer.", Role::Quiet),
            Err(why) => self.say(why, Role::Warning),
        }
    }

    /// Shows a panel until it is closed, or one of these keys is pressed. Reading is no answer time.
    fn read(
        &mut self,
        sheet: &mut Sheet,
        panel: &mut Panel,
        keys: &[char],
    ) -> Result<Option<char>, Ended<J::Error>> {
        sheet.watch.stop();
        let pressed = loop {
            let standing = self.standing();
            let view = View { panel: Some(panel), ..sheet.view(standing, &self.decor) };
            screen(self.stage.draw(|area, buffer| draw(&view, area, buffer)))?;
            let area = screen(self.stage.area())?;
            let key = match screen(self.stage.next())? {
                Happening::Key(key) => key,
                Happening::Resize => {
                    let area = screen(self.stage.area())?;
                    sheet.lay_out(area, &self.decor);
                    continue;
                }
                Happening::Paste(_) => continue,
            };
            match (key.code, wish(key, self.manner.scale)) {
                (_, Some(Wish::Interrupt)) => return Err(Ended::Interrupted),
                (_, Some(Wish::Scroll(scroll))) => panel.scroll(scroll, area),
                (_, Some(Wish::Onward)) => panel.scroll(Scroll::PageDown, area),
                (_, Some(Wish::Escape | Wish::Quit)) => break None,
                (_, Some(Wish::Redraw)) => screen(self.stage.forget())?,
                (KeyCode::Char(letter), _) if keys.contains(&letter) => break Some(letter),
                _ => {}
            }
        };
        sheet.watch.go_on();
        Ok(pressed)
    }
}
