//! SVG as kata draws it: shapes with a class for their look, and a text that shows on hovering.

use crate::model::text::visible_line;
use std::fmt;
use svg::node::element::{Group, Path, Rectangle, Text, Title};

/// SVG that goes into the page as it is: the crate that wrote it has escaped every text in it.
#[derive(Debug, Clone)]
pub(super) struct Drawing(String);

impl Drawing {
    /// A drawing of this size, named by the element that has this id. It scales to its box.
    pub(super) fn new(named_by: &str, (width, height): (f64, f64), content: Group) -> Self {
        let svg = svg::Document::new()
            .set("viewBox", (0, 0, width, height))
            .set("role", "img")
            .set("aria-labelledby", named_by)
            .add(content);
        Drawing(svg.to_string())
    }
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a text stands against its place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// The form of a mark: told apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Filled.
    Circle,
    /// Filled.
    Square,
    /// Only its outline.
    Triangle,
}

/// A group without anything in it yet.
pub(super) fn group() -> Group {
    Group::new()
}

/// A group that says this when it is hovered over.
pub(super) fn hovered(words: &str) -> Group {
    Group::new().set("class", "mark").add(Title::new(visible_line(words)))
}

/// A rectangle of this class, from its upper left corner.
pub(super) fn rectangle(class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) -> Rectangle {
    Rectangle::new()
        .set("class", class)
        .set("x", tenths(x))
        .set("y", tenths(y))
        .set("width", tenths(width.max(0.0)))
        .set("height", tenths(height.max(0.0)))
}

/// A line of this class from one point to another.
pub(super) fn line(class: &str, from: (f64, f64), to: (f64, f64)) -> Path {
    let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(tenths);
    Path::new().set("class", class).set("d", format!("M{x1} {y1}L{x2} {y2}"))
}

/// A text at a place.
pub(super) fn text(words: &str, (x, y): (f64, f64), anchor: Anchor) -> Text {
    let anchor = match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    Text::new(visible_line(words))
        .set("x", tenths(x))
        .set("y", tenths(y))
        .set("text-anchor", anchor)
}

/// A mark with its centre at a place.
pub(super) fn mark(shape: Shape, (x, y): (f64, f64)) -> Path {
    let at = |dx: f64, dy: f64| format!("{} {}", tenths(x + dx), tenths(y + dy));
    let (class, d) = match shape {
        Shape::Circle => ("point", format!("M{}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", at(-5.0, 0.0))),
        Shape::Square => ("point dark", format!("M{}h9v9h-9z", at(-4.5, -4.5))),
        Shape::Triangle => ("point hollow", format!("M{}l5.5 9.5h-11z", at(0.0, -5.5))),
    };
    Path::new().set("class", class).set("d", d)
}

/// More digits than a tenth of a pixel are bytes for nothing.
fn tenths(coordinate: f64) -> f64 {
    (coordinate * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_what_cannot_be_seen_is_shown() {
        let hostile = "</title><script>\"&'\u{1b}[2J\u{202e}";
        let content = hovered(hostile).add(text(hostile, (0.0, 0.0), Anchor::Start));
        let svg = Drawing::new("a", (10.0, 10.0), content).to_string();
        assert!(!svg.contains("<script>") && !svg.contains('\u{1b}') && !svg.contains('\u{202e}'));
        let tree = roxmltree::Document::parse(&svg).unwrap();
        for name in ["title", "text"] {
            let node = tree.descendants().find(|node| node.has_tag_name((SVG, name))).unwrap();
            assert_eq!(node.text().unwrap().trim(), "</title><script>\"&'␛[2J⟨U+202E⟩");
        }
    }

    const SVG: &str = "http://www.w3.org/2000/svg";
}
