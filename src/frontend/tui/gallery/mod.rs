//! The images of cards: in the terminal, where it can, and otherwise in words.
//!
//! A page comes with words in the places of its images; [`Gallery::hang`] puts the images there.
//! No image is looked at, and nothing is found out about the terminal, before a page has one.

mod fit;
mod means;
mod path;
mod picture;
mod place;
mod shown;

use self::fit::{Extent, Room, fit};
use self::means::Means;
use self::path::resolve;
use self::picture::{Fault, Picture};
use self::place::Place;
use self::shown::{Shown, Terminal};
use super::page::{Image, Page};
use super::theme::{Role, Theme};
use crate::frontend::Depth;
use crate::model::text::visible_line;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui_image::FontSize;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::SystemTime;

/// The most images of a page that are shown. Others can be opened.
const MOST: usize = 16;

/// The size of a cell in pixels if the system does not know it. For blocks its shape is enough.
const USUAL_CELL: FontSize = FontSize::new(10, 20);

/// How many images a terminal is made to remember, at most.
const REMEMBERED: u32 = 32;

/// What a system's viewer is given: it may run what is no image.
const VIEWABLE: [&str; 12] =
    ["avif", "bmp", "gif", "heic", "jpe", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"];

/// Shows the images of the page that was hung last.
pub(super) struct Gallery {
    theme: Theme,
    /// What the terminal can, once a page had an image.
    terminal: Option<Terminal>,
    /// Tells the pixels of a cell.
    cell: fn() -> Option<FontSize>,
    hung: Vec<Hung>,
    /// How many images the terminal was sent.
    sent: u32,
}

/// An image on a page.
#[derive(Clone)]
struct Hung {
    /// As the page has it.
    source: String,
    /// The words of its place.
    words: Line<'static>,
    file: PathBuf,
    /// When the file was written: what was written since is read anew.
    written: Option<SystemTime>,
    picture: Rc<Picture>,
    extent: Extent,
    terminal: Terminal,
    shown: Rc<Shown>,
}

/// Why there are words in the place of an image.
enum Words {
    /// It is there, but not shown.
    Hidden,
    /// It cannot be shown.
    Wrong(String),
}

impl Gallery {
    /// A gallery without images.
    pub(super) fn new(theme: Theme) -> Self {
        Gallery { theme, terminal: None, cell: means::cell, hung: Vec::new(), sent: 0 }
    }

    /// Puts images into their places on a page as it was written, which is so many columns wide
    /// on a screen of so many rows; where one cannot be shown, why. Paths are those of the deck
    /// file of the card. Images of the page before that are not on this one are forgotten.
    pub(super) fn hang(
        &mut self,
        mut page: Page,
        deck_file: Option<&Path>,
        columns: u16,
        rows: u16,
    ) -> Page {
        let mut hung = Vec::new();
        for (index, image) in page.images.clone().into_iter().enumerate() {
            // Those above have moved it by now.
            let Some(moved) = page.images.get(index) else { break };
            let place = Place::of(&page, moved);
            let columns = columns.saturating_sub(place.margin()).max(1);
            let found = match resolve(&image.source, deck_file) {
                Err(refused) => Err(Words::Wrong(refused.to_string())),
                Ok(_) if index >= MOST => Err(Words::Hidden),
                Ok(file) => self.prepared(&image, &place, file, (columns, rows), &hung),
            };
            let lines = match found {
                Ok(prepared) => {
                    let lines = prepared.shown.lines();
                    hung.push(prepared);
                    lines
                }
                Err(words) => {
                    let can_be_opened = file_of(&image, deck_file).is_ok();
                    self.told(&place.words, &words, can_be_opened, columns)
                }
            };
            place.put(&mut page, index, lines);
        }
        self.hung = hung;
        page
    }

    /// Draws the images that are drawn over a page's lines, on cells that hold the page from its
    /// line `from` on.
    pub(super) fn draw(&self, page: &Page, from: usize, area: Rect, buffer: &mut Buffer) {
        let (from, height) = (signed(from), i64::from(area.height));
        for image in &page.images {
            let (top, bottom) = (signed(image.lines.start) - from, signed(image.lines.end) - from);
            let Some(hung) = self.hung.iter().find(|hung| hung.is(image)) else { continue };
            if top >= height || bottom <= 0 {
                continue;
            }
            let left = page.lines.get(image.lines.start).map_or(0, Line::width);
            let (Ok(row), Ok(left)) = (i16::try_from(top), u16::try_from(left)) else { continue };
            if !hung.shown.draw(row, left, area, buffer) && left < area.width {
                let row = u16::try_from(row).unwrap_or_default();
                buffer.set_line(area.x + left, area.y + row, &hung.words, area.width - left);
            }
        }
    }

    /// Has all images sent anew: somebody else has had the terminal.
    pub(super) fn forget(&mut self) {
        self.hung.clear();
    }

    /// An image, as it was or made ready now.
    fn prepared(
        &mut self,
        image: &Image,
        place: &Place,
        file: PathBuf,
        (columns, rows): (u16, u16),
        hung: &[Hung],
    ) -> Result<Hung, Words> {
        let (terminal, cell) = self.terminal();
        if terminal.means == Means::Words {
            return Err(Words::Hidden);
        }
        let written = fs::metadata(&file).and_then(|about| about.modified()).ok();
        let known = || {
            let all = hung.iter().chain(&self.hung);
            all.filter(|known| known.file == file && known.written == written)
        };
        let wrong = |fault: Fault| Words::Wrong(sentence(&fault, &image.source));
        let picture = match known().next() {
            Some(known) => Rc::clone(&known.picture),
            None => Rc::new(Picture::read(&file).map_err(wrong)?),
        };
        let extent = fit(picture.natural, Room { columns, rows, cell });
        let same = known().find(|known| known.extent == extent && known.terminal == terminal);
        let shown = match same {
            Some(known) => Rc::clone(&known.shown),
            None => {
                // Ids begin anew after a while: the terminal drops the image that had it.
                let id = (std::process::id() << REMEMBERED.ilog2()) | (self.sent % REMEMBERED);
                let shown = Shown::new(&picture, extent, terminal, id);
                Rc::new(shown.map_err(|error| wrong(error.into()))?)
            }
        };
        if same.is_none() {
            self.sent = self.sent.wrapping_add(1);
        }
        let (source, words) = (image.source.clone(), place.words.clone());
        Ok(Hung { source, words, file, written, picture, extent, terminal, shown })
    }

    /// What the terminal can, and the pixels of a cell, which change with its letters.
    fn terminal(&mut self) -> (Terminal, FontSize) {
        let depth = self.theme.depth;
        let known = *self.terminal.get_or_insert_with(|| of_environment(depth));
        match (self.cell)() {
            None if known.means.is_drawn() => {
                (Terminal { means: Means::Blocks, ..known }, USUAL_CELL)
            }
            cell => (known, cell.unwrap_or(USUAL_CELL)),
        }
    }

    /// The words in the place of an image, in lines of so many columns.
    fn told(
        &self,
        words: &Line<'static>,
        why: &Words,
        can_be_opened: bool,
        columns: u16,
    ) -> Vec<Line<'static>> {
        let opens = "o opens it";
        let (text, role) = match (why, can_be_opened) {
            (Words::Hidden, true) => (opens.to_owned(), Role::Quiet),
            (Words::Hidden, false) => return vec![words.clone()],
            (Words::Wrong(sentence), true) => (format!("{sentence}; {opens}"), Role::Warning),
            (Words::Wrong(sentence), false) => (sentence.clone(), Role::Warning),
        };
        let style = self.theme.style(role);
        let columns = usize::from(columns);
        if words.width() + 1 + Line::from(text.as_str()).width() <= columns {
            let mut line = words.clone();
            line.spans.extend([Span::raw(" "), Span::styled(text, style)]);
            return vec![line];
        }
        let below = textwrap::wrap(&text, columns);
        let below = below.into_iter().map(|part| Line::styled(part.into_owned(), style));
        std::iter::once(words.clone()).chain(below).collect()
    }
}

impl Hung {
    /// Whether it hangs in this place of a page.
    fn is(&self, image: &Image) -> bool {
        self.source == image.source && self.shown.height() == image.lines.len()
    }
}

/// The file of an image, for the system's viewer.
///
/// # Errors
/// If there is none, or it may be something else than an image; a sentence.
pub(super) fn file_of(image: &Image, deck_file: Option<&Path>) -> Result<PathBuf, String> {
    let file = resolve(&image.source, deck_file).map_err(|refused| refused.to_string())?;
    let extension = file.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    match extension {
        Some(extension) if VIEWABLE.contains(&extension.as_str()) => Ok(file),
        _ => Err(format!("not the name of an image: {}", visible_line(&image.source))),
    }
}

fn of_environment(depth: Depth) -> Terminal {
    let variable = |name: &str| std::env::var(name).ok();
    let means = Means::of(variable, depth);
    Terminal { means, depth, is_in_tmux: means::is_in_tmux(variable) }
}

fn sentence(fault: &Fault, source: &str) -> String {
    match fault {
        Fault::Unknown | Fault::Damaged => format!("{fault}: {}", visible_line(source)),
        _ => fault.to_string(),
    }
}

fn signed(line: usize) -> i64 {
    i64::try_from(line).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
