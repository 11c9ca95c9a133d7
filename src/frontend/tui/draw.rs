//! The review screen: a card in the middle, where one is at the top, the grades and keys below.

use crate::frontend::scale::Choice;
use crate::frontend::tui::gallery::Gallery;
use crate::frontend::tui::links;
use crate::frontend::tui::markdown::{self, Addresses};
use crate::frontend::tui::page::Page;
use crate::frontend::tui::panel::Panel;
use crate::frontend::tui::theme::{Role, Theme};
use crate::frontend::tui::wrap::{cut, width};
use crate::model::text::visible_line;
use crate::model::{Flag, Grade, Interval, ReviewKind};
use crate::session::{Asked, Remaining};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use tui_input::Input;

/// The widest text: longer lines are hard to read.
const WIDEST: u16 = 84;

/// A screen of fewer rows has no room for what can be done without.
const FEW_ROWS: u16 = 16;

/// In milliseconds.
const MINUTE: u64 = 60_000;

/// All that the screen shows.
pub(super) struct View<'a> {
    pub(super) decor: &'a Decor,
    pub(super) asked: Option<&'a Asked>,
    pub(super) standing: Standing,
    pub(super) page: &'a Page,
    /// The first line of the page that is shown.
    pub(super) top: usize,
    /// Whether what would give the answer away may be shown, too: its source.
    pub(super) revealed: bool,
    pub(super) message: Option<&'a Message>,
    pub(super) grades: Option<Grades<'a>>,
    pub(super) input: Option<&'a Input>,
    /// The keys of the moment and what they do, the most important first.
    pub(super) keys: Vec<(&'static str, &'static str)>,
    pub(super) panel: Option<&'a Panel>,
}

/// What goes with text.
pub(super) struct Decor {
    pub(super) theme: Theme,
    pub(super) gallery: Gallery,
    /// Whether the terminal follows links.
    pub(super) follows_links: bool,
}

impl Decor {
    /// What a text of so many columns is written on.
    pub(super) fn sheet(&self, columns: u16) -> markdown::Sheet {
        let addresses = if self.follows_links { Addresses::Behind } else { Addresses::After };
        markdown::Sheet { columns: columns.into(), theme: self.theme, addresses }
    }
}

/// Where in the session one is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) remaining: Remaining,
    /// Answers given, drills included.
    pub(super) done: usize,
    /// Answer time so far, and what is left at the person's pace, in milliseconds.
    pub(super) spent: u64,
    pub(super) left: u64,
    /// How many cards the time box has room for.
    pub(super) room: Option<usize>,
    pub(super) only_drills: bool,
}

/// What was just done, or what stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) text: String,
    pub(super) role: Role,
}

/// The grades to choose from.
pub(super) struct Grades<'a> {
    pub(super) choices: &'a [Choice],
    pub(super) intervals: &'a [Interval; 6],
    /// The one that Enter gives.
    pub(super) usual: Grade,
}

/// Where the parts of the screen are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    header: Rect,
    /// `None` where there are few rows.
    bar: Option<Rect>,
    pub(super) body: Rect,
    edge: Option<Rect>,
    status: Rect,
    grades: Rect,
    keys: Option<Rect>,
}

impl Layout {
    pub(super) fn of(area: Rect) -> Self {
        let roomy = area.height >= FEW_ROWS;
        let mut top = area.y;
        let mut bottom = area.bottom();
        let mut from_top = |rows: u16| {
            let rows = rows.min(bottom - top);
            top += rows;
            Rect { y: top - rows, height: rows, ..area }
        };
        let header = from_top(1);
        let bar = roomy.then(|| from_top(1));
        if roomy {
            from_top(1);
        }
        let mut from_bottom = |rows: u16| {
            let rows = rows.min(bottom - top);
            bottom -= rows;
            Rect { y: bottom, height: rows, ..area }
        };
        let keys = roomy.then(|| from_bottom(1));
        let grades = from_bottom(2);
        let status = from_bottom(1);
        let edge = roomy.then(|| from_bottom(2));
        let margin = if area.width > 60 { 2 } else { 1 };
        let columns = area.width.saturating_sub(2 * margin).min(WIDEST);
        let x = area.x + (area.width - columns) / 2;
        let body = Rect { x, y: top, width: columns, height: bottom - top };
        Layout { header, bar, body, edge, status, grades, keys }
    }
}

/// Draws it all. Where the cursor is to be, if an answer is typed.
pub(super) fn draw(view: &View<'_>, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let layout = Layout::of(area);
    let mut pen = Pen { buffer, theme: view.decor.theme };
    pen.header(view, layout.header);
    if let Some(bar) = layout.bar {
        pen.bar(view.standing, bar);
    }
    pen.page(view.page, view.top, layout.body);
    // What is drawn over cells would lie over the panel, too.
    if view.panel.is_none() {
        view.decor.gallery.draw(view.page, view.top, layout.body, pen.buffer);
        if view.decor.follows_links {
            links::lay(view.page, view.top, layout.body, pen.buffer);
        }
    }
    pen.more(view.page, view.top, layout.body);
    if let (Some(edge), Some(asked)) = (layout.edge, view.asked) {
        pen.edge(asked, view.revealed, Rect { y: edge.bottom().saturating_sub(1), ..edge });
    }
    let mut cursor = None;
    match (view.input, view.message) {
        (Some(input), _) => cursor = Some(pen.input(input, layout.status)),
        (None, Some(message)) => {
            let style = view.decor.theme.style(message.role);
            pen.at(layout.status, 1, &message.text, style);
        }
        (None, None) => {}
    }
    if let Some(grades) = &view.grades {
        pen.grades(grades, layout.grades);
    } else if let (Some(_), Some(message)) = (view.input, view.message) {
        // The line of the message is that of the answer now.
        pen.at(layout.grades, 1, &message.text, view.decor.theme.style(message.role));
    }
    if let Some(keys) = layout.keys {
        pen.keys(&view.keys, keys);
    }
    if let Some(panel) = view.panel {
        panel.draw(area, pen.buffer, view.decor.theme);
        cursor = None;
    }
    cursor
}

struct Pen<'a> {
    buffer: &'a mut Buffer,
    theme: Theme,
}

impl Pen<'_> {
    fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// A text on a line from a column on, cut where the line ends.
    fn at(&mut self, line: Rect, column: u16, text: &str, style: Style) {
        let room = line.width.saturating_sub(column + 1);
        if line.height > 0 {
            let text = cut(text, room.into()).into_owned();
            self.buffer.set_string(line.x + column, line.y, text, style);
        }
    }

    /// Pieces at the end of a line; the column where they begin.
    fn at_end(&mut self, line: Rect, pieces: Vec<Span<'_>>) -> u16 {
        let pieces = Line::from(pieces);
        let width = u16::try_from(pieces.width()).unwrap_or(u16::MAX);
        let column = line.width.saturating_sub(width.saturating_add(1));
        if line.height > 0 {
            self.buffer.set_line(line.x + column, line.y, &pieces, line.width - column);
        }
        column
    }

    fn header(&mut self, view: &View<'_>, line: Rect) {
        let open = view.asked.map(|asked| asked.kind);
        let counts = self.counts(view.standing, open, line.width);
        let end = self.at_end(line, counts);
        let Some(asked) = view.asked else { return };
        // What is seldom there comes first: of a deck's name some may be cut off.
        let mut about = String::new();
        if asked.card.candidate.state.flag != Flag::NONE {
            about += &format!("flag {}  ", asked.card.candidate.state.flag.number());
        }
        if matches!(asked.kind, ReviewKind::Ahead | ReviewKind::Cram) {
            about += &format!("{}  ", asked.kind.word());
        }
        about += &visible_line(&asked.card.deck);
        let quiet = self.style(Role::Quiet);
        self.at(Rect { width: end, ..line }, 1, &about, quiet);
    }

    /// How many cards of each kind remain; the kind of the open one is underlined.
    fn counts(
        &self,
        standing: Standing,
        open: Option<ReviewKind>,
        width: u16,
    ) -> Vec<Span<'static>> {
        let Remaining { new, review, drill } = standing.remaining;
        let open = open.map(|kind| match kind {
            ReviewKind::Learn => Role::New,
            ReviewKind::Drill => Role::Drill,
            ReviewKind::Review | ReviewKind::Ahead | ReviewKind::Cram => Role::Review,
        });
        let of = [
            (new, "new", Role::New),
            (review, "review", Role::Review),
            (drill, if drill == 1 { "drill" } else { "drills" }, Role::Drill),
        ];
        let mut counts = Vec::new();
        for (count, word, role) in of {
            if !counts.is_empty() {
                counts.push(Span::raw(if width > 60 { "   " } else { " " }));
            }
            let mut style = self.style(role);
            if open == Some(role) {
                style = style.add_modifier(Modifier::UNDERLINED | Modifier::BOLD);
            } else if count == 0 {
                style = self.style(Role::Quiet);
            }
            let text = if width > 60 {
                format!("{count} {word}")
            } else {
                format!("{count} {}", &word[..1])
            };
            counts.push(Span::styled(text, style));
        }
        counts
    }

    /// How far it is, and how long it took and may take.
    fn bar(&mut self, standing: Standing, line: Rect) {
        let left = match standing.room {
            Some(room) => format!("about {room} in this time"),
            None => format!("about {} min left", standing.left.div_ceil(MINUTE)),
        };
        let mut told = format!("{} min, {left}", standing.spent / MINUTE);
        if standing.only_drills {
            told = format!("only drills   {told}");
        }
        let quiet = self.style(Role::Quiet);
        let end = self.at_end(line, vec![Span::styled(told, quiet)]);
        let width = usize::from(end.saturating_sub(3));
        let all = (standing.done + standing.remaining.total()).max(1);
        let done = width * standing.done / all;
        self.at(line, 1, &"━".repeat(done), self.style(Role::Review));
        self.buffer.set_string(
            line.x + 1 + u16::try_from(done).unwrap_or(0),
            line.y,
            "─".repeat(width - done),
            quiet,
        );
    }

    fn page(&mut self, page: &Page, top: usize, body: Rect) {
        let rows = usize::from(body.height);
        for (line, y) in page.lines.iter().skip(top).take(rows).zip(body.y..) {
            self.buffer.set_line(body.x, y, line, body.width);
        }
    }

    /// How much of the page is above and below.
    fn more(&mut self, page: &Page, top: usize, body: Rect) {
        let rows = usize::from(body.height);
        let below = page.lines.len().saturating_sub(top + rows);
        let quiet = self.style(Role::Quiet).add_modifier(Modifier::REVERSED);
        if top > 0 && rows > 1 {
            let told = vec![Span::styled(format!(" ↑ {top} more "), quiet)];
            self.at_end(Rect { height: 1, ..body }, told);
        }
        if below > 0 && rows > 0 {
            let told = vec![Span::styled(format!(" ↓ {below} more "), quiet)];
            self.at_end(Rect { y: body.bottom() - 1, height: 1, ..body }, told);
        }
    }

    /// Tags, and where the card comes from.
    fn edge(&mut self, asked: &Asked, revealed: bool, line: Rect) {
        let note = &asked.card.note;
        let quiet = self.style(Role::Quiet);
        let tags = visible_line(&note.tags.join(", ")).into_owned();
        let tags = cut(&tags, usize::from(line.width / 3));
        self.at(line, 1, &tags, quiet);
        if let Some(source) = note.source.as_ref().filter(|_| revealed) {
            let taken = width(&tags) + 4;
            let room = usize::from(line.width).saturating_sub(taken);
            let source = cut(&visible_line(source), room).into_owned();
            self.at_end(line, vec![Span::styled(source, quiet)]);
        }
    }

    /// The line that is typed on; where its cursor is.
    fn input(&mut self, input: &Input, line: Rect) -> Position {
        let label = "Your answer: ";
        self.at(line, 1, label, self.style(Role::Key));
        let x = 1 + u16::try_from(label.len()).unwrap_or(0);
        let room = usize::from(line.width.saturating_sub(x + 1)).max(1);
        let scrolled = input.visual_scroll(room);
        let text = visible_line(input.value()).into_owned();
        let shown = skip_columns(&text, scrolled);
        self.at(Rect { width: line.width + 1, ..line }, x, &shown, Style::new());
        let column = input.visual_cursor().saturating_sub(scrolled).min(room);
        Position { x: line.x + x + u16::try_from(column).unwrap_or(0), y: line.y }
    }

    fn grades(&mut self, grades: &Grades<'_>, lines: Rect) {
        let count = u16::try_from(grades.choices.len()).unwrap_or(1).max(1);
        let each = lines.width.saturating_sub(2) / count;
        let each = each.min(16);
        for (choice, n) in grades.choices.iter().zip(0..) {
            let x = lines.x + 1 + n * each;
            let grade = choice.grade();
            let role = if grade.is_pass() { Role::Pass } else { Role::Fail };
            let mut style = self.style(role);
            if grade == grades.usual {
                style = style.add_modifier(Modifier::UNDERLINED | Modifier::BOLD);
            }
            let days = grades.intervals[usize::from(grade.number())].get();
            let (word, interval) = match each {
                ..10 => (choice.key.to_string(), format!("{days}d")),
                _ if days == 1 => (format!("{} {}", choice.key, choice.word), "1 day".to_owned()),
                _ => (format!("{} {}", choice.key, choice.word), format!("{days} days")),
            };
            let cell = Rect { x, width: each, height: lines.height.min(1), ..lines };
            self.at(cell, 0, &word, style);
            if lines.height > 1 {
                let below = Rect { y: cell.y + 1, ..cell };
                self.at(below, 0, &interval, self.style(Role::Quiet));
            }
        }
    }

    /// As many keys as there is room for.
    fn keys(&mut self, keys: &[(&str, &str)], line: Rect) {
        let (key_style, quiet) = (self.style(Role::Key), self.style(Role::Quiet));
        let mut pieces = Vec::new();
        let mut width = 0;
        for (key, does) in keys {
            let (key, does) = (format!("{key} "), format!("{does}   "));
            width += Span::raw(&key).width() + Span::raw(&does).width();
            if width > usize::from(line.width) + 2 {
                break;
            }
            pieces.extend([Span::styled(key, key_style), Span::styled(does, quiet)]);
        }
        self.buffer.set_line(line.x + 1, line.y, &Line::from(pieces), line.width.saturating_sub(1));
    }
}

/// A text without what its first so many columns hold.
fn skip_columns(text: &str, columns: usize) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    use unicode_width::UnicodeWidthStr;
    let mut width = 0;
    let skipped = text.graphemes(true).skip_while(|letter| {
        let skips = width < columns;
        width += letter.width();
        skips
    });
    skipped.collect()
}
