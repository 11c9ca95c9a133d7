//! An image as a terminal gets it.

use super::fit::Extent;
use super::means::Means;
use super::picture::Picture;
use crate::frontend::Depth;
use crate::frontend::tui::depth;
use image::{DynamicImage, RgbImage, RgbaImage, imageops};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use ratatui_image::errors::Errors;
use ratatui_image::protocol::Protocol;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;
use ratatui_image::sliced::{SignedPosition, SlicedImage, SlicedProtocol};

/// How images are handed to the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Terminal {
    pub(super) means: Means,
    pub(super) depth: Depth,
    /// Escape sequences have to pass tmux.
    pub(super) is_in_tmux: bool,
}

/// An image, made ready for its terminal.
pub(super) enum Shown {
    /// Text in colours.
    Text(Vec<Line<'static>>),
    /// Drawn over cells, as a whole or not at all.
    Whole(Protocol),
    /// Drawn over cells, from any row to any other.
    Sliced(SlicedProtocol),
}

impl Shown {
    /// Makes an image ready. `id` tells images apart that the terminal has been sent.
    ///
    /// # Errors
    /// If it cannot be encoded.
    pub(super) fn new(
        picture: &Picture,
        extent: Extent,
        terminal: Terminal,
        id: u32,
    ) -> Result<Self, Errors> {
        let size = extent.cells;
        let tmux = terminal.is_in_tmux;
        let drawn = || on_cells(&picture.pixels, extent);
        Ok(match terminal.means {
            Means::Kitty => {
                let compressed = true;
                let kitty = Kitty::new(drawn(), size, id, tmux, compressed)?;
                Shown::Sliced(SlicedProtocol::Kitty(kitty))
            }
            // In a single column the cursor is where the next cell would go on: it must not be
            // trusted after an image.
            Means::Iterm2 if size.width > 1 => {
                Shown::Whole(Protocol::ITerm2(Iterm2::new(drawn(), size, tmux)?))
            }
            Means::Sixel if size.width > 1 => {
                Shown::Whole(Protocol::Sixel(Sixel::new(drawn(), size, tmux)?))
            }
            _ => {
                let blocks = Halfblocks::new(of_half_cells(&picture.pixels, size), size)?;
                Shown::Text(lines(&Protocol::Halfblocks(blocks), terminal.depth))
            }
        })
    }

    /// Its lines on the page: empty ones if it is drawn over them.
    pub(super) fn lines(&self) -> Vec<Line<'static>> {
        match self {
            Shown::Text(lines) => lines.clone(),
            Shown::Whole(_) | Shown::Sliced(_) => vec![Line::default(); self.height()],
        }
    }

    /// How many lines it has.
    pub(super) fn height(&self) -> usize {
        match self {
            Shown::Text(lines) => lines.len(),
            Shown::Whole(protocol) => usize::from(protocol.size().height),
            Shown::Sliced(protocol) => usize::from(protocol.size().height),
        }
    }

    /// Draws what is to be drawn of it, its top so many rows below that of the area; above, if
    /// that is less than none. Tells whether it could.
    pub(super) fn draw(&self, top: i16, left: u16, area: Rect, buffer: &mut Buffer) -> bool {
        match self {
            Shown::Text(_) => true,
            Shown::Whole(protocol) => {
                let size = protocol.size();
                let Ok(down) = u16::try_from(top) else { return false };
                let ends = (
                    u32::from(left) + u32::from(size.width),
                    u32::from(down) + u32::from(size.height),
                );
                if ends.0 > u32::from(area.width) || ends.1 > u32::from(area.height) {
                    return false;
                }
                let place = Rect::new(area.x + left, area.y + down, size.width, size.height);
                ratatui_image::Image::new(protocol).render(place, buffer);
                true
            }
            Shown::Sliced(protocol) => {
                if u32::from(left) + u32::from(protocol.size().width) > u32::from(area.width) {
                    return false;
                }
                let Ok(x) = i16::try_from(left) else { return false };
                SlicedImage::new(protocol, SignedPosition { x, y: top }).render(area, buffer);
                true
            }
        }
    }
}

/// An image on all pixels of its cells, with nothing where it ends within a cell.
fn on_cells(image: &RgbImage, extent: Extent) -> DynamicImage {
    let (width, height) = extent.pixels;
    let scaled = match image.dimensions() == extent.pixels {
        true => DynamicImage::from(image.clone()),
        false => imageops::thumbnail(image, width, height).into(),
    };
    let mut canvas = RgbaImage::new(extent.canvas.0, extent.canvas.1);
    imageops::replace(&mut canvas, &scaled.into_rgba8(), 0, 0);
    canvas.into()
}

/// An image with a pixel for each half of a cell.
fn of_half_cells(image: &RgbImage, size: Size) -> DynamicImage {
    imageops::thumbnail(image, u32::from(size.width), u32::from(size.height) * 2).into()
}

/// What a protocol of text puts into cells, as lines.
fn lines(blocks: &Protocol, depth: Depth) -> Vec<Line<'static>> {
    let size = blocks.size();
    let area = Rect::from(size);
    let mut buffer = Buffer::empty(area);
    ratatui_image::Image::new(blocks).render(area, &mut buffer);
    let rows = buffer.content.chunks(usize::from(size.width.max(1)));
    rows.map(|row| {
        let mut spans: Vec<Span<'static>> = Vec::new();
        for cell in row {
            let style =
                Style::new().fg(depth::shown(cell.fg, depth)).bg(depth::shown(cell.bg, depth));
            match spans.last_mut() {
                Some(last) if last.style == style => last.content.to_mut().push_str(cell.symbol()),
                _ => spans.push(Span::styled(cell.symbol().to_owned(), style)),
            }
        }
        Line::from(spans)
    })
    .collect()
}
