//! What stands within a block: text with its emphasis, code, links and images.

use super::asked::{Marked, shown};
use super::image::Picture;
use super::{Addresses, Sheet, link};
use crate::frontend::Depth;
use crate::frontend::tui::prose::{Look, Prose};
use crate::frontend::tui::theme::Role;
use pulldown_cmark::LinkType;
use ratatui::style::Style;
use std::ops::Range;

/// The text of a block while it is read.
#[derive(Debug)]
pub(super) struct Inline<'m> {
    marked: &'m Marked,
    asked: Role,
    sheet: Sheet,
    prose: Prose,
    /// How text looks, from the outermost emphasis to the innermost.
    looks: Vec<Look>,
    links: Vec<OpenLink>,
    /// The image whose text is being read.
    picture: Option<Picture>,
    /// How many images there are in the text of that one.
    pictures_within: usize,
    /// Where the links of the whole text lead.
    targets: Vec<String>,
}

#[derive(Debug)]
struct OpenLink {
    /// Where its text starts.
    start: usize,
    address: String,
    is_told: bool,
}

impl<'m> Inline<'m> {
    pub(super) fn new(marked: &'m Marked, asked: Role, sheet: Sheet) -> Self {
        let looks = vec![Look::of(sheet.theme.style(Role::Text))];
        Inline {
            marked,
            asked,
            sheet,
            prose: Prose::default(),
            looks,
            links: Vec::new(),
            picture: None,
            pictures_within: 0,
            targets: Vec::new(),
        }
    }

    /// The text since the last call.
    pub(super) fn take(&mut self) -> Prose {
        std::mem::take(&mut self.prose).trimmed()
    }

    pub(super) fn targets(&self) -> &[String] {
        &self.targets
    }

    pub(super) fn is_in_image(&self) -> bool {
        self.picture.is_some()
    }

    /// Lays a style over that of the text around.
    pub(super) fn begin(&mut self, style: Style) {
        let look = self.look();
        self.looks.push(Look { style: look.style.patch(style), ..look });
    }

    /// Ends what began last.
    pub(super) fn end(&mut self) {
        if self.looks.len() > 1 {
            self.looks.pop();
        }
    }

    fn look(&self) -> Look {
        self.looks.last().copied().unwrap_or_default()
    }

    /// The look of a piece, which may be asked.
    fn look_if(&self, is_asked: bool, look: Look) -> Look {
        match is_asked {
            true => Look {
                style: look.style.patch(self.sheet.theme.style(self.asked)),
                is_asked,
                ..look
            },
            false => look,
        }
    }

    /// Adds text that stands at a place.
    pub(super) fn text(&mut self, text: &str, at: Range<usize>) {
        if let Some(picture) = &mut self.picture {
            return picture.tell(text);
        }
        // What follows an image starts a line.
        let start = if self.prose.is_empty() { text.trim_start_matches(' ') } else { text };
        self.as_written(start, at.start + text.len() - start.len()..at.end);
    }

    /// Adds text whose spaces all count.
    pub(super) fn as_written(&mut self, text: &str, at: Range<usize>) {
        self.push(text, at, self.look());
    }

    fn push(&mut self, text: &str, at: Range<usize>, look: Look) {
        for (piece, is_asked) in self.marked.cut(text, at) {
            self.prose.push(&shown(piece), self.look_if(is_asked, look));
        }
    }

    /// Adds a span of code. Without colours, its backticks tell it.
    pub(super) fn code(&mut self, code: &str, at: Range<usize>) {
        if let Some(picture) = &mut self.picture {
            return picture.tell(code);
        }
        let look = self.look();
        let style = look.style.patch(self.sheet.theme.style(Role::Code));
        let tick = if self.sheet.theme.depth == Depth::None { "`" } else { "" };
        self.prose.push(tick, look);
        self.push(code, self.marked.within_backticks(code, at), Look { style, ..look });
        self.prose.push(tick, look);
    }

    /// Ends a line.
    pub(super) fn line_break(&mut self) {
        if let Some(picture) = &mut self.picture {
            picture.tell(" ");
        } else if !self.prose.is_empty() {
            self.prose.push("\n", self.look());
        }
    }

    /// Adds text that is the page's own.
    pub(super) fn aside(&mut self, text: &str, role: Role) {
        let look = self.look();
        let style = look.style.patch(self.sheet.theme.style(role));
        self.prose.push(text, Look { style, ..look });
    }

    pub(super) fn begin_link(&mut self, kind: LinkType, address: &str) {
        if self.is_in_image() {
            return;
        }
        let target = match kind {
            LinkType::Email => link::target(&format!("mailto:{address}")),
            _ => link::target(address),
        };
        let is_told = target.is_some() && self.sheet.addresses == Addresses::Behind;
        let address = shown(address).replace('\n', " ");
        self.links.push(OpenLink { start: self.prose.text().len(), address, is_told });
        self.begin(target.as_ref().map(|_| self.sheet.theme.style(Role::Link)).unwrap_or_default());
        if let (Some(target), Some(look)) = (target, self.looks.last_mut()) {
            look.link = Some(self.targets.len());
            self.targets.push(target);
        }
    }

    pub(super) fn end_link(&mut self) {
        if self.is_in_image() {
            return;
        }
        self.end();
        let Some(OpenLink { start, address, is_told }) = self.links.pop() else { return };
        let is_its_text = self.prose.text().get(start..) == Some(&address);
        if !is_told && !is_its_text && !address.is_empty() {
            let space = if self.prose.is_empty() { "" } else { " " };
            self.aside(&format!("{space}({address})"), Role::Quiet);
        }
    }

    pub(super) fn begin_image(&mut self, source: &str, at: &Range<usize>) {
        if self.is_in_image() {
            self.pictures_within += 1;
            return;
        }
        let look = self.look();
        let quiet = Look { style: look.style.patch(self.sheet.theme.style(Role::Quiet)), ..look };
        let look = self.look_if(self.marked.is_asked(at), quiet);
        self.picture = Some(Picture::of(source, look));
    }

    /// The image that ends here, unless it is in the text of another.
    pub(super) fn end_image(&mut self) -> Option<Picture> {
        if self.pictures_within > 0 {
            self.pictures_within -= 1;
            return None;
        }
        self.picture.take()
    }

    /// Adds what an image shows, in words.
    pub(super) fn caption(&mut self, picture: &Picture) {
        self.prose.push(&picture.label(), picture.look);
    }
}
