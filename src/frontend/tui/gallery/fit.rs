//! How large an image is on a screen.

use ratatui::layout::Size;
use ratatui_image::FontSize;

/// The share of a screen's rows that an image takes at most, in percent.
const ROWS: u32 = 60;

/// What an image has to fit into.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) columns: u16,
    /// The rows of the screen. An image gets a share of them.
    pub(super) rows: u16,
    pub(super) cell: FontSize,
}

/// How large an image is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    /// In cells, the last of which it may not fill.
    pub(super) cells: Size,
    /// In pixels of the screen, wide and high.
    pub(super) pixels: (u32, u32),
    /// The pixels of all its cells.
    pub(super) canvas: (u32, u32),
}

/// How large an image of so many pixels is in a room. It keeps its shape and is not enlarged.
pub(super) fn fit((width, height): (u32, u32), room: Room) -> Extent {
    let (cell_width, cell_height) = (room.cell.width.max(1), room.cell.height.max(1));
    let cell = (f64::from(cell_width), f64::from(cell_height));
    let (width, height) = (f64::from(width.max(1)), f64::from(height.max(1)));
    let rows = (u32::from(room.rows) * ROWS / 100).max(1);
    let columns = f64::from(room.columns.max(1));
    let scale = (columns * cell.0 / width).min(f64::from(rows) * cell.1 / height).min(1.0);
    let (width, height) = (width * scale, height * scale);
    // A whole number may have come out a little larger.
    let cells = |pixels: f64, cell: f64| ((pixels / cell - 1e-6).ceil() as u16).max(1);
    let cells = Size::new(cells(width, cell.0), cells(height, cell.1));
    let canvas = (
        u32::from(cells.width) * u32::from(cell_width),
        u32::from(cells.height) * u32::from(cell_height),
    );
    let pixels = (width.round() as u32, height.round() as u32);
    Extent { cells, pixels: (pixels.0.clamp(1, canvas.0), pixels.1.clamp(1, canvas.1)), canvas }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(pixels: (u32, u32), columns: u16, rows: u16) -> (u16, u16) {
        let size = fit(pixels, Room { columns, rows, cell: FontSize::new(10, 20) }).cells;
        (size.width, size.height)
    }

    #[test]
    fn an_image_is_as_large_as_it_is_if_there_is_room() {
        assert_eq!(cells((100, 100), 80, 24), (10, 5));
        assert_eq!(cells((101, 101), 80, 24), (11, 6));
        assert_eq!(cells((1, 1), 80, 24), (1, 1));
    }

    #[test]
    fn a_large_one_keeps_its_shape_in_the_width_and_in_most_of_the_height() {
        assert_eq!(cells((8_000, 800), 80, 24), (80, 4));
        assert_eq!(cells((1_000, 1_000), 80, 20), (24, 12));
        assert_eq!(cells((10, 10_000), 80, 24), (1, 14));
    }

    proptest! {
        #[test]
        fn none_is_larger_than_its_room(
            width in 1_u32..50_000, height in 1_u32..50_000, columns in 1_u16..500, rows in 2_u16..200,
        ) {
            let room = Room { columns, rows, cell: FontSize::new(9, 19) };
            let Extent { cells, pixels, canvas } = fit((width, height), room);
            prop_assert!((1..=columns).contains(&cells.width));
            prop_assert!(cells.height >= 1);
            prop_assert!(u32::from(cells.height) <= (u32::from(rows) * ROWS / 100).max(1));
            prop_assert!(pixels.0 <= canvas.0 && pixels.1 <= canvas.1);
        }
    }
}
