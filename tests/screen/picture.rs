//! A screen as a picture: SVG that looks the same with any font of equal widths.

use super::Screen;
use super::looks::{self, Look, Run};
use super::shapes::{self, Place};
use std::fmt::Write;
use vt100::Color;

/// Columns and rows of the grid, and the space around it, in pixels. A letter of most fonts is three
/// fifths as wide as the font is high, and both middle lines of a cell lie on a pixel.
const FONT: f32 = 15.0;
const COLUMN: f32 = 9.0;
const ROW: f32 = 21.0;
const MARGIN: f32 = 20.0;

/// From the top of a row to the line that its letters stand on.
const BASE: f32 = 15.0;

const GROUND: &str = "#161b22";
const FRONT: &str = "#c9d1d9";
const FONTS: &str = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', \
                     'Liberation Mono', monospace";

/// The sixteen colours of a usual terminal with a dark background.
const COLOURS: [&str; 16] = [
    "#484f58", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4",
    "#6e7681", "#ffa198", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#ffffff",
];

/// The picture of a screen. A full screen is shown whole, else as far down as there is text.
pub fn picture(screen: &Screen, title: &str, description: &str) -> String {
    let (rows, columns) = screen.size();
    let full = screen.state().alternate_screen();
    let rows = if full { rows } else { u16::try_from(screen.text().lines().count()).unwrap() };
    let width = across(columns) + 2.0 * MARGIN;
    let height = down(rows) + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"{GROUND}\"/>\n\
         <g transform=\"translate({MARGIN} {MARGIN})\" font-family=\"{FONTS}\" font-size=\"{FONT}\" \
         fill=\"{FRONT}\" xml:space=\"preserve\">\n",
        escaped(title),
        escaped(description),
    );
    let cells = looks::cells(screen.state());
    let grounds = cells.iter().filter(|cell| ground(cell.look).is_some()).cloned().collect();
    for run in looks::joined(grounds, 0) {
        let fill = ground(run.look).unwrap_or_default();
        let (x, y, width) = (across(run.column), down(run.row), across(run.width));
        writeln!(svg, r#"<rect x="{x}" y="{y}" width="{width}" height="{ROW}" fill="{fill}"/>"#)
            .unwrap();
    }
    if full && !screen.state().hide_cursor() {
        let (row, column) = screen.state().cursor_position();
        let (x, y) = (across(column), down(row));
        writeln!(svg, r#"<rect x="{x}" y="{y}" width="{COLUMN}" height="{ROW}" opacity=".6"/>"#)
            .unwrap();
    }
    let (drawn, written) = cells.into_iter().partition(|cell| shapes::is_drawn(&cell.text));
    for run in looks::joined(drawn, 0) {
        let place = Place { x: across(run.column), y: down(run.row), column: COLUMN, row: ROW };
        let shapes = shapes::drawn(&run.text, place, &front(run.look));
        match paint(run.look).as_str() {
            "" => writeln!(svg, "{shapes}").unwrap(),
            paint => writeln!(svg, "<g{paint}>{shapes}</g>").unwrap(),
        }
    }
    for run in looks::joined(written, 1) {
        svg += &line(&run);
    }
    svg + "</g>\n</svg>\n"
}

/// A piece of a line. It takes the place of its columns, however wide the font's letters are.
fn line(run: &Run) -> String {
    let (x, y, width) = (across(run.column), down(run.row) + BASE, across(run.width));
    let look = run.look;
    let mut style = paint(look);
    let traits = [
        (look.bold, r#" font-weight="bold""#),
        (look.italic, r#" font-style="italic""#),
        (look.underline, r#" text-decoration="underline""#),
    ];
    style.extend(traits.iter().filter(|(is_so, _)| *is_so).map(|(_, looks)| *looks));
    let length = format!(r#"textLength="{width}" lengthAdjust="spacingAndGlyphs""#);
    let text = escaped(&run.text);
    format!("<text x=\"{x}\" y=\"{y}\" {length}{style}>{text}</text>\n")
}

/// The colour of what is in a cell, as attributes; none where it is the usual one.
fn paint(look: Look) -> String {
    let front = front(look);
    let mut attributes = String::new();
    if front != FRONT {
        attributes += &format!(r#" fill="{front}""#);
    }
    if look.dim {
        attributes += r#" opacity=".6""#;
    }
    attributes
}

fn front(look: Look) -> String {
    match look.inverse {
        true => colour(look.ground).unwrap_or_else(|| GROUND.to_owned()),
        false => colour(look.front).unwrap_or_else(|| FRONT.to_owned()),
    }
}

/// The colour behind a cell, where it is not the terminal's own.
fn ground(look: Look) -> Option<String> {
    match look.inverse {
        true => Some(colour(look.front).unwrap_or_else(|| FRONT.to_owned())),
        false => colour(look.ground),
    }
}

fn colour(colour: Color) -> Option<String> {
    let (r, g, b) = match colour {
        Color::Default => return None,
        Color::Idx(number @ 0..16) => return Some(COLOURS[usize::from(number)].to_owned()),
        // The cube of 6 steps each, and the greys, as xterm has them.
        Color::Idx(number @ 16..232) => {
            let step = |part: u8| [0, 95, 135, 175, 215, 255][usize::from(part % 6)];
            let at = number - 16;
            (step(at / 36), step(at / 6), step(at))
        }
        Color::Idx(number) => {
            let grey = 8 + (number - 232) * 10;
            (grey, grey, grey)
        }
        Color::Rgb(r, g, b) => (r, g, b),
    };
    Some(format!("#{r:02x}{g:02x}{b:02x}"))
}

fn across(columns: u16) -> f32 {
    f32::from(columns) * COLUMN
}

fn down(rows: u16) -> f32 {
    f32::from(rows) * ROW
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
