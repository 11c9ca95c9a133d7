//! What a session came to, once nothing is left to ask.

use crate::frontend::tui::draw::{Layout, View, draw};
use crate::frontend::tui::keys::{Wish, wish};
use crate::frontend::tui::page::Page;
use crate::frontend::tui::review::{Next, Review};
use crate::frontend::tui::stage::Happening;
use crate::frontend::tui::theme::Role;
use crate::frontend::tui::wrap::{self, cut};
use crate::frontend::{Ended, Errands, GradeScale, screen, words};
use crate::model::text::visible_line;
use crate::session::Journal;
use ratatui::text::{Line, Span};
use std::fmt::Display;

/// So many hard cards are named.
const HARD: usize = 5;

impl<J> Review<'_, J>
where
    J: Journal + Errands,
    J::Error: Display,
{
    /// Shows what the session came to, until it is left or goes on.
    pub(super) fn sum_up(&mut self) -> Result<Next, Ended<J::Error>> {
        loop {
            let columns = Layout::of(screen(self.stage.area())?).body.width.into();
            let page = self.summary(columns)?;
            let waits = self.session.waiting().is_some() && self.session.asks_only_drills();
            let mut keys = vec![("Enter", "leave"), ("u", "undo the last answer")];
            if waits {
                keys.push(("r", "go on with the rest"));
            }
            let view = View {
                decor: &self.decor,
                asked: None,
                standing: self.standing(),
                page: &page,
                top: 0,
                revealed: false,
                message: self.message.as_ref(),
                grades: None,
                input: None,
                keys,
                panel: None,
            };
            screen(self.stage.draw(|area, buffer| draw(&view, area, buffer)))?;
            let Happening::Key(key) = screen(self.stage.next())? else { continue };
            self.message = None;
            match wish(key, GradeScale::default()) {
                Some(Wish::Onward | Wish::Escape | Wish::Quit) => return Ok(Next::Leave),
                Some(Wish::Interrupt) => return Err(Ended::Interrupted),
                Some(Wish::Undo) if self.undo() == Next::Card => return Ok(Next::Card),
                Some(Wish::OnlyDrills) if waits => {
                    self.session.only_drills(false);
                    return Ok(Next::Card);
                }
                Some(Wish::Redraw) => screen(self.stage.forget())?,
                Some(Wish::Stop) => screen(self.stage.stop())?,
                _ => {}
            }
        }
    }

    fn summary(&mut self, columns: usize) -> Result<Page, Ended<J::Error>> {
        let (tally, left) = (self.session.tally(), self.session.remaining().total());
        let heading =
            |text: String| Line::from(Span::styled(text, self.decor.theme.style(Role::Heading)));
        let mut lines = vec![
            heading(words::left(left, self.session.waiting(), self.session.asks_only_drills())),
            Line::default(),
        ];
        lines.push(Line::from(words::came_to(tally)));
        let day = self.session.day();
        if let Ok(told) = self.session.journal().day(day) {
            lines.extend(told.lines().map(|line| Line::from(line.to_owned())));
        }
        let hard = self.session.hard();
        if !hard.is_empty() {
            lines.extend([Line::default(), Line::from("Hard today:")]);
        }
        for (card, grade) in hard.iter().take(HARD) {
            let Some(card) = self.session.journal().reload(*card)? else { continue };
            let front = card.note.face(card.candidate.position).front;
            let front = visible_line(front.lines().next().unwrap_or_default()).into_owned();
            let word = format!("{:9} ", GradeScale::Six.word(*grade));
            let id = format!("{}  ", card.id);
            let room = columns.saturating_sub(word.len() + id.len());
            lines.push(Line::from(vec![
                Span::styled(word, self.decor.theme.style(Role::Fail)),
                Span::styled(id, self.decor.theme.style(Role::Quiet)),
                Span::raw(cut(&front, room).into_owned()),
            ]));
        }
        let mut page = Page::default();
        lines.iter().for_each(|line| page.append(wrap::page(line, columns)));
        Ok(page)
    }
}
