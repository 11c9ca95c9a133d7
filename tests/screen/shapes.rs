//! Bars and lines of text, drawn: as letters they would leave gaps between rows.

/// The top left corner of a text's first cell, and the size of a cell.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub x: f32,
    pub y: f32,
    pub column: f32,
    pub row: f32,
}

/// A part of a cell.
enum Shape {
    /// From left to right and from top to bottom in eighths, and how opaque.
    Block([u8; 4], f32),
    /// The arms of a line: up, right, down, left.
    Line([bool; 4]),
    /// The same with a round corner.
    Round([bool; 4]),
}

/// Whether it is drawn, not written.
pub fn is_drawn(text: &str) -> bool {
    text.chars().all(|letter| shape(letter).is_some())
}

/// A text of such letters, as elements of SVG.
pub fn drawn(text: &str, place: Place, colour: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut told = String::new();
    let mut at = 0;
    for alike in letters.chunk_by(|a, b| a == b) {
        let left = Place { x: place.x + at as f32 * place.column, ..place };
        at += alike.len();
        if let Some(shape) = shape(alike[0]) {
            told += &element(&shape, left, alike.len(), colour);
        }
    }
    told
}

/// A shape so many times side by side.
fn element(shape: &Shape, place: Place, times: usize, colour: &str) -> String {
    let whole = times as f32 * place.column;
    let each = |n: usize| Place { x: place.x + n as f32 * place.column, ..place };
    match shape {
        // What fills its columns is one bar: neighbours would show a seam.
        Shape::Block(edges @ [0, 8, ..], opacity) => block(*edges, *opacity, place, whole),
        Shape::Block(edges, opacity) => {
            (0..times).map(|n| block(*edges, *opacity, each(n), place.column)).collect()
        }
        Shape::Line([false, true, false, true]) => {
            let y = place.y + place.row / 2.0;
            stroke(&format!("M{} {y}h{whole}", place.x), colour)
        }
        Shape::Line(arms) => (0..times).map(|n| stroke(&cross(*arms, each(n)), colour)).collect(),
        Shape::Round(arms) => (0..times).map(|n| stroke(&corner(*arms, each(n)), colour)).collect(),
    }
}

fn block([left, right, top, bottom]: [u8; 4], opacity: f32, place: Place, whole: f32) -> String {
    let (x, width) = (place.x + eighths(left, whole), eighths(right - left, whole));
    let (y, height) = (place.y + eighths(top, place.row), eighths(bottom - top, place.row));
    let opacity = if opacity < 1.0 { format!(r#" opacity="{opacity}""#) } else { String::new() };
    format!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}"{opacity}/>"#)
}

fn eighths(count: u8, of: f32) -> f32 {
    f32::from(count) * of / 8.0
}

/// Arms from the middle of a cell to its edges.
fn cross([up, right, down, left]: [bool; 4], place: Place) -> String {
    let (x, y) = (place.x + place.column / 2.0, place.y + place.row / 2.0);
    let (far_x, far_y) = (place.x + place.column, place.y + place.row);
    let ends = [(up, x, place.y), (right, far_x, y), (down, x, far_y), (left, place.x, y)];
    let arms = ends.iter().filter(|(is_there, ..)| *is_there);
    arms.map(|(_, to_x, to_y)| format!("M{x} {y}L{to_x} {to_y}")).collect()
}

/// A bend from one edge of a cell to another.
fn corner([_, right, down, _]: [bool; 4], place: Place) -> String {
    let (x, y) = (place.x + place.column / 2.0, place.y + place.row / 2.0);
    let end_x = if right { place.x + place.column } else { place.x };
    let end_y = if down { place.y + place.row } else { place.y };
    format!("M{end_x} {y}Q{x} {y} {x} {end_y}")
}

fn stroke(path: &str, colour: &str) -> String {
    format!(r#"<path d="{path}" fill="none" stroke="{colour}"/>"#)
}

fn shape(letter: char) -> Option<Shape> {
    let arms = |arms: &str| ["u", "r", "d", "l"].map(|arm| arms.contains(arm));
    let line = |which: &str| Some(Shape::Line(arms(which)));
    let round = |which: &str| Some(Shape::Round(arms(which)));
    let code = u32::from(letter);
    match letter {
        '▀' => Some(Shape::Block([0, 8, 0, 4], 1.0)),
        '▁'..='█' => {
            let height = u8::try_from(code - 0x2580).ok()?;
            Some(Shape::Block([0, 8, 8 - height, 8], 1.0))
        }
        '▉'..='▏' => {
            let width = u8::try_from(0x2590 - code).ok()?;
            Some(Shape::Block([0, width, 0, 8], 1.0))
        }
        '▐' => Some(Shape::Block([4, 8, 0, 8], 1.0)),
        '░' => Some(Shape::Block([0, 8, 0, 8], 0.25)),
        '▒' => Some(Shape::Block([0, 8, 0, 8], 0.5)),
        '▓' => Some(Shape::Block([0, 8, 0, 8], 0.75)),
        '─' => line("rl"),
        '│' => line("ud"),
        '┌' => line("rd"),
        '┐' => line("dl"),
        '└' => line("ur"),
        '┘' => line("ul"),
        '├' => line("urd"),
        '┤' => line("udl"),
        '┬' => line("rdl"),
        '┴' => line("url"),
        '┼' => line("urdl"),
        '╭' => round("rd"),
        '╮' => round("dl"),
        '╰' => round("ur"),
        '╯' => round("ul"),
        _ => None,
    }
}
