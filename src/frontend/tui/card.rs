//! What a card shows: its question, and with it the answer once it is revealed.

use crate::frontend::tui::markdown::{CLOSES, OPENS, Sheet, markdown};
use crate::frontend::tui::page::Page;
use crate::frontend::tui::theme::Role;
use crate::frontend::tui::wrap;
use crate::model::text::visible;
use crate::model::{Body, Cloze};
use crate::session::{Asked, Comparison, Fit, Piece};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

/// How much of a card is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// The question alone.
    Question {
        /// Whether its hint is shown, too.
        hint: bool,
    },
    /// The question and the answer; for a typed one beside what was typed.
    Answer(Option<Comparison>),
}

impl Shown {
    pub(super) fn is_answer(&self) -> bool {
        matches!(self, Shown::Answer(_))
    }
}

/// A card on so many columns.
pub(super) fn page(asked: &Asked, shown: &Shown, sheet: Sheet) -> Page {
    let paper = Paper(sheet);
    let note = &asked.card.note;
    let mut page = match (&note.body, shown.is_answer()) {
        (Body::Basic { .. }, false) => paper.text(&asked.face.front),
        (Body::Basic { .. }, true) => {
            let mut page = paper.text(&asked.face.front);
            page.focus = None;
            paper.rule(&mut page);
            let mut back = paper.text(&asked.face.back);
            back.focus = Some(0..back.lines.len());
            page.append(back);
            page
        }
        (Body::Cloze { text }, revealed) => paper.cloze(text, asked, revealed),
        (Body::List { front, items }, revealed) => {
            let at = position(asked, items);
            let items = items[..=at].iter().zip(1..).map(|(item, n)| (format!("{n}. "), item));
            paper.items(front, items.collect(), at, revealed)
        }
        (Body::Set { front, items }, revealed) => {
            // The one asked comes last, as the others are in no order.
            let at = position(asked, items);
            let mut items: Vec<_> = items.iter().map(|item| ("• ".to_owned(), item)).collect();
            let wanted = items.remove(at);
            items.push(wanted);
            let last = items.len() - 1;
            paper.items(front, items, last, revealed)
        }
    };
    match shown {
        Shown::Question { hint: true } => paper.hint(&mut page, note.hint.as_deref()),
        Shown::Question { hint: false } => {}
        Shown::Answer(comparison) => {
            if let Some(comparison) = comparison {
                paper.comparison(&mut page, comparison);
            }
            if let Some(extra) = &note.extra {
                page.push("");
                page.append(paper.quiet(extra));
            }
        }
    }
    page
}

fn position(asked: &Asked, items: &[String]) -> usize {
    let at = usize::try_from(asked.card.candidate.position).unwrap_or(usize::MAX);
    at.min(items.len().saturating_sub(1))
}

/// What a card is written on.
#[derive(Clone, Copy)]
struct Paper(Sheet);

impl Paper {
    fn text(self, text: &str) -> Page {
        markdown(text, Role::Asked, self.0)
    }

    fn quiet(self, text: &str) -> Page {
        let mut page = self.text(text);
        page.focus = None;
        page.looks_like(self.0.theme.style(Role::Quiet));
        page
    }

    fn rule(self, page: &mut Page) {
        page.push("");
        let rule = "─".repeat(self.0.columns.min(24));
        page.push(Span::styled(rule, self.0.theme.style(Role::Quiet)));
        page.push("");
    }

    /// A text with the deletion that is asked in its place, hidden or revealed.
    fn cloze(self, text: &str, asked: &Asked, revealed: bool) -> Page {
        let Ok(cloze) = Cloze::parse(text) else { return self.text(text) };
        let at = usize::try_from(asked.card.candidate.position).unwrap_or(usize::MAX);
        let numbers = cloze.numbers();
        let Some(&number) = numbers.get(at).or(numbers.last()) else { return self.text(text) };
        let role = if revealed { Role::Revealed } else { Role::Asked };
        markdown(&cloze.marked(number, !revealed, [OPENS, CLOSES]), role, self.0)
    }

    /// A question with items below it; the one at `asked` is hidden or revealed in its place.
    fn items(
        self,
        front: &str,
        items: Vec<(String, &String)>,
        asked: usize,
        revealed: bool,
    ) -> Page {
        let mut page = self.text(front);
        page.focus = None;
        page.push("");
        for (at, (sign, item)) in items.into_iter().enumerate() {
            let indent = Span::raw(" ".repeat(Span::raw(&sign).width()));
            let columns = self.0.columns.saturating_sub(indent.width());
            let text = if at == asked && !revealed { "…" } else { item };
            let mut lines = markdown(text, Role::Asked, Sheet { columns, ..self.0 });
            if at == asked {
                let role = if revealed { Role::Revealed } else { Role::Asked };
                lines.looks_like(self.0.theme.style(role));
            }
            lines.focus = (at == asked).then_some(0..lines.lines.len());
            page.append(lines.behind(&Span::raw(sign), &indent));
        }
        page
    }

    fn hint(self, page: &mut Page, hint: Option<&str>) {
        let Some(hint) = hint else { return };
        page.push("");
        page.append(self.quiet(&format!("Hint: {hint}")));
    }

    /// What was typed, and the answer it was compared with where that differs.
    fn comparison(self, page: &mut Page, comparison: &Comparison) {
        page.push("");
        let side = |label: &'static str, pieces: &[Piece], off: Role| {
            let label = Span::styled(label, self.0.theme.style(Role::Quiet));
            let mut line = Line::from(label);
            line.spans.extend(pieces.iter().map(|piece| self.piece(piece, off)));
            line
        };
        if comparison.is_exact() {
            page.push(side("Typed:  ", &comparison.typed, Role::Fail));
            return;
        }
        for (label, pieces, off) in [
            ("Typed:  ", &comparison.typed, Role::Fail),
            ("Answer: ", &comparison.answer, Role::Pass),
        ] {
            page.append(wrap::page(&side(label, pieces, off), self.0.columns));
        }
    }

    /// Letters as they fit: those that are off between brackets, since a colour alone says nothing
    /// to some.
    fn piece(self, piece: &Piece, off: Role) -> Span<'static> {
        let text = visible(&piece.text).replace('\n', " ");
        match piece.fit {
            Fit::Same => Span::raw(text),
            Fit::Forgiven => Span::styled(text, self.0.theme.style(Role::Quiet)),
            Fit::Off => {
                let style = self.0.theme.style(off).add_modifier(Modifier::BOLD);
                Span::styled(format!("[{text}]"), style)
            }
        }
    }
}
