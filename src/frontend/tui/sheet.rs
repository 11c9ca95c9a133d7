//! The open card on the screen: how much of it is shown, and for how long.

use crate::frontend::GradeScale;
use crate::frontend::tui::card::{self, Shown};
use crate::frontend::tui::draw::{Decor, Layout, Standing, View};
use crate::frontend::tui::page::Page;
use crate::frontend::tui::wrap::is_disputed;
use crate::model::Grade;
use crate::session::Asked;
use ratatui::layout::Rect;
use std::time::{Duration, Instant};
use tui_input::Input;

/// The open card.
pub(super) struct Sheet {
    pub(super) asked: Asked,
    pub(super) shown: Shown,
    /// What is typed, if its answer is.
    pub(super) input: Option<Input>,
    /// Whether keys are letters of the answer.
    pub(super) typing: bool,
    /// The grade of Enter alone.
    pub(super) usual: Grade,
    pub(super) page: Page,
    /// Whether its images are to be put into their places yet.
    pub(super) awaits_images: bool,
    /// The first line that is shown.
    pub(super) top: usize,
    pub(super) watch: Stopwatch,
}

impl Sheet {
    /// A card whose question is shown from now on.
    pub(super) fn new(asked: Asked, scale: GradeScale) -> Self {
        let typed = asked.card.note.typed;
        Sheet {
            asked,
            shown: Shown::Question { hint: false },
            input: typed.then(Input::default),
            typing: typed,
            usual: scale.usual(),
            page: Page::default(),
            awaits_images: false,
            top: 0,
            watch: Stopwatch::new(),
        }
    }

    /// Breaks the card's text to the screen, and shows what is asked first.
    pub(super) fn lay_out(&mut self, area: Rect, decor: &Decor) {
        let body = Layout::of(area).body;
        self.page = card::page(&self.asked, &self.shown, decor.sheet(body.width));
        self.awaits_images = !self.page.images.is_empty();
        self.top = self.page.top_for_focus(body.height.into());
    }

    /// Puts the card's images into their places.
    pub(super) fn hang(&mut self, area: Rect, decor: &mut Decor) {
        let body = Layout::of(area).body;
        let page = std::mem::take(&mut self.page);
        let file = self.asked.card.file.as_deref();
        self.page = decor.gallery.hang(page, file, body.width, area.height);
        self.awaits_images = false;
        self.top = self.page.top_for_focus(body.height.into());
    }

    /// Whether it may leave traces on the screen.
    pub(super) fn is_disputed(&self) -> bool {
        let mut spans = self.page.lines.iter().flat_map(|line| &line.spans);
        let typed = self.input.as_ref().map(Input::value);
        typed.is_some_and(is_disputed) || spans.any(|span| is_disputed(&span.content))
    }

    /// The screen with the card and nothing else.
    pub(super) fn view<'a>(&'a self, standing: Standing, decor: &'a Decor) -> View<'a> {
        View {
            decor,
            asked: Some(&self.asked),
            standing,
            page: &self.page,
            top: self.top,
            revealed: self.shown.is_answer(),
            message: None,
            grades: None,
            input: None,
            keys: Vec::new(),
            panel: None,
        }
    }

    /// The keys of the moment and what they do, the most important first.
    pub(super) fn keys(&self, scale: GradeScale) -> Vec<(&'static str, &'static str)> {
        if self.typing {
            return vec![("Enter", "compare"), ("Esc", "other keys"), ("Ctrl-D", "quit")];
        }
        let onward = match self.shown {
            Shown::Question { .. } => "answer",
            Shown::Answer(_) => scale.word(self.usual),
        };
        let has_hint = self.asked.card.note.hint.is_some();
        let hides_hint = has_hint && self.shown == Shown::Question { hint: false };
        let hint = hides_hint.then_some(("h", "hint"));
        let others = [("u", "undo"), ("e", "edit"), ("i", "why"), ("b", "bury"), ("?", "all keys")];
        [("Space", onward)].into_iter().chain(hint).chain(others).chain([("q", "quit")]).collect()
    }
}

/// Answer time: it stands still while something else is on the screen.
pub(super) struct Stopwatch {
    since: Instant,
    before: Duration,
}

impl Stopwatch {
    fn new() -> Self {
        Stopwatch { since: Instant::now(), before: Duration::ZERO }
    }

    /// In milliseconds.
    pub(super) fn ms(&self) -> u32 {
        let taken = self.before + self.since.elapsed();
        u32::try_from(taken.as_millis()).unwrap_or(u32::MAX)
    }

    pub(super) fn stop(&mut self) {
        self.before += self.since.elapsed();
    }

    /// Goes on after a stop.
    pub(super) fn go_on(&mut self) {
        self.since = Instant::now();
    }
}
