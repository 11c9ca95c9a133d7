//! The blocks of a text, from its first line to its last.

use super::Sheet;
use super::asked::Marked;
use super::code::{Colours, language};
use super::image::Picture;
use super::inline::Inline;
use super::paper::Paper;
use super::table::Table;
use crate::frontend::tui::page::Page;
use crate::frontend::tui::prose::{Look, Prose};
use crate::frontend::tui::theme::{Role, Theme};
use crate::frontend::tui::wrap::{Break, Wrapped, lines};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use ratatui::style::{Modifier, Style};
use std::ops::Range;

/// The page of a text.
pub(super) fn page(marked: &Marked, asked: Role, sheet: Sheet) -> Page {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut writer = Writer {
        theme: sheet.theme,
        paper: Paper::new(sheet.columns),
        inline: Inline::new(marked, asked, sheet),
        colours: Colours::new(sheet.theme),
        containers: Vec::new(),
        code: None,
        table: None,
        pictures: Vec::new(),
    };
    for (event, at) in Parser::new_ext(&marked.text, options).into_offset_iter() {
        writer.read(event, at);
    }
    writer.write_text();
    writer.paper.page()
}

/// Reads a text's events and writes its page. What is nested is on stacks of its own: texts nest
/// deeper than calls may.
struct Writer<'m> {
    theme: Theme,
    paper: Paper,
    inline: Inline<'m>,
    colours: Colours,
    containers: Vec<Container>,
    /// The language of the code that is being read.
    code: Option<String>,
    table: Option<Table>,
    /// The images of the table that is being read. They come below it.
    pictures: Vec<Picture>,
}

/// What blocks stand in.
#[derive(Debug, PartialEq, Eq)]
enum Container {
    Quote,
    List {
        /// The number of its next item, if they have numbers.
        next: Option<u64>,
        /// Whether its items are paragraphs.
        is_loose: bool,
        has_items: bool,
    },
    Item,
}

impl Writer<'_> {
    fn read(&mut self, event: Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.begin(tag, &at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code.is_some() => self.inline.as_written(&text, at),
            Event::Text(text) | Event::InlineHtml(text) => self.inline.text(&text, at),
            Event::Html(text) => self.inline.as_written(&text, at),
            Event::Code(code) => self.inline.code(&code, at),
            Event::SoftBreak | Event::HardBreak => self.inline.line_break(),
            Event::Rule => self.write_rule(),
            Event::TaskListMarker(is_done) => {
                self.inline.aside(if is_done { "[x] " } else { "[ ] " }, Role::Text);
            }
            // Not enabled.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {}
        }
    }

    fn begin(&mut self, tag: Tag<'_>, at: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.begin_paragraph(),
            Tag::Heading { level, .. } => {
                self.write_text();
                self.inline.begin(self.heading(level));
            }
            Tag::BlockQuote(_) => self.begin_quote(),
            Tag::CodeBlock(kind) => {
                self.write_text();
                self.code = Some(match kind {
                    CodeBlockKind::Fenced(info) => language(&info).to_owned(),
                    CodeBlockKind::Indented => String::new(),
                });
            }
            Tag::HtmlBlock => self.write_text(),
            Tag::List(next) => {
                self.write_text();
                let list = Container::List { next, is_loose: false, has_items: false };
                self.containers.push(list);
            }
            Tag::Item => self.begin_item(),
            Tag::Table(alignments) => {
                self.write_text();
                self.table = Some(Table::new(alignments));
            }
            Tag::TableHead => {
                self.inline.begin(Modifier::BOLD.into());
                self.table.as_mut().into_iter().for_each(Table::begin_row);
            }
            Tag::TableRow => self.table.as_mut().into_iter().for_each(Table::begin_row),
            Tag::Emphasis => self.inline.begin(Modifier::ITALIC.into()),
            Tag::Strong => self.inline.begin(Modifier::BOLD.into()),
            Tag::Strikethrough => self.inline.begin(Modifier::CROSSED_OUT.into()),
            Tag::Link { link_type, dest_url, .. } => self.inline.begin_link(link_type, &dest_url),
            Tag::Image { dest_url, .. } => self.inline.begin_image(&dest_url, at),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => {
                self.write_text();
                self.paper.set_apart();
            }
            TagEnd::Heading(_) => {
                self.write_text();
                self.inline.end();
                self.paper.set_apart();
            }
            TagEnd::BlockQuote(_) => {
                self.write_text();
                self.containers.pop();
                self.inline.end();
                self.paper.end();
                self.paper.set_apart();
            }
            TagEnd::CodeBlock => self.write_code(),
            TagEnd::List(_) => {
                self.containers.pop();
                if !self.is_in_tight_list() {
                    self.paper.set_apart();
                }
            }
            TagEnd::Item => {
                self.write_text();
                self.containers.pop();
                self.paper.end();
            }
            TagEnd::Table => self.write_table(),
            TagEnd::TableHead => self.inline.end(),
            TagEnd::TableCell => {
                let cell = self.inline.take();
                if let Some(table) = &mut self.table {
                    table.cell(cell);
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.inline.end(),
            TagEnd::Link => self.inline.end_link(),
            TagEnd::Image => self.end_image(),
            _ => {}
        }
    }

    fn heading(&self, level: HeadingLevel) -> Style {
        let style = self.theme.style(Role::Heading);
        match level {
            HeadingLevel::H1 => style.add_modifier(Modifier::UNDERLINED),
            _ => style,
        }
    }

    /// Only items of a loose list are paragraphs. What is before it may be the bullet of an item
    /// without room for one of its own.
    fn begin_paragraph(&mut self) {
        if let [.., Container::List { is_loose, .. }, Container::Item] = &mut self.containers[..] {
            *is_loose = true;
        }
    }

    fn is_in_tight_list(&self) -> bool {
        matches!(
            &self.containers[..],
            [.., Container::List { is_loose: false, .. }, Container::Item]
        )
    }

    fn begin_quote(&mut self) {
        self.write_text();
        self.containers.push(Container::Quote);
        self.paper.indent_by("│ ", self.theme.style(Role::Quote));
        self.inline.begin(self.theme.style(Role::Quote));
    }

    fn begin_item(&mut self) {
        self.write_text();
        let mut bullet = "• ".to_owned();
        if let Some(Container::List { next, is_loose, has_items }) = self.containers.last_mut() {
            if let Some(number) = next {
                bullet = format!("{number}. ");
                *number = number.saturating_add(1);
            }
            if *has_items && !*is_loose {
                self.paper.close_up();
            }
            *has_items = true;
        }
        self.containers.push(Container::Item);
        if !self.paper.item(&bullet, self.theme.style(Role::Quiet)) {
            self.inline.aside(&bullet, Role::Quiet);
        }
    }

    fn end_image(&mut self) {
        let Some(picture) = self.inline.end_image() else { return };
        if self.table.is_some() {
            self.inline.caption(&picture);
            self.pictures.push(picture);
        } else {
            self.write_text();
            self.write_picture(picture);
        }
    }

    /// Writes the text that was read since the last block.
    fn write_text(&mut self) {
        let text = self.inline.take();
        self.write(&text, Break::AtWords);
    }

    fn write(&mut self, text: &Prose, breaks: Break) {
        if !text.is_empty() {
            let lines = lines(text, self.paper.room(), breaks);
            self.paper.write(lines, self.inline.targets());
        }
    }

    fn write_picture(&mut self, picture: Picture) {
        let (line, image) = picture.line(self.paper.room());
        self.paper.write_image(line, image, self.inline.targets());
    }

    fn write_code(&mut self) {
        let language = self.code.take().unwrap_or_default();
        let code = self.inline.take();
        let code = self.colours.over(code, &language);
        self.paper.indent_by("  ", Style::new());
        self.write(&code, Break::AtEdge);
        self.paper.end();
        self.paper.set_apart();
    }

    fn write_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        let edges = Look::of(self.theme.style(Role::Quiet));
        let lines = table.lines(self.paper.room(), edges);
        self.paper.write(lines, self.inline.targets());
        for picture in std::mem::take(&mut self.pictures) {
            self.write_picture(picture);
        }
        self.paper.set_apart();
    }

    fn write_rule(&mut self) {
        self.write_text();
        let look = Look::of(self.theme.style(Role::Quiet));
        let rule = Wrapped::of(&"─".repeat(self.paper.room()), look);
        self.paper.write(vec![rule], &[]);
        self.paper.set_apart();
    }
}
