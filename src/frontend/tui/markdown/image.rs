//! Images, as far as text can tell them.

use super::asked::shown;
use crate::frontend::tui::page::Image;
use crate::frontend::tui::prose::Look;
use crate::frontend::tui::wrap::{Wrapped, cut};

/// An image within a text.
#[derive(Debug)]
pub(super) struct Picture {
    source: String,
    alt: String,
    pub(super) look: Look,
}

impl Picture {
    pub(super) fn of(source: &str, look: Look) -> Self {
        Picture { source: shown(source).replace('\n', " "), alt: String::new(), look }
    }

    /// Adds to what it shows, in words.
    pub(super) fn tell(&mut self, text: &str) {
        self.alt.push_str(&shown(text).replace('\n', " "));
    }

    /// What stands in its place: what it shows, or the name of its file.
    pub(super) fn label(&self) -> String {
        let name = self.source.rsplit(['/', '\\']).next().unwrap_or_default();
        match (self.alt.trim(), name.trim()) {
            ("", "") => "[image]".to_owned(),
            ("", name) => format!("[image] {name}"),
            (alt, _) => format!("[image: {alt}]"),
        }
    }

    /// Its line, as wide as there is room, and the image.
    pub(super) fn line(self, room: usize) -> (Wrapped, Image) {
        let line = Wrapped::of(&cut(&self.label(), room), self.look);
        (line, Image { lines: 0..0, source: self.source, alt: self.alt.trim().to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_told_by_its_text_or_its_file() {
        let mut picture = Picture::of("img/flow.png", Look::default());
        assert_eq!(picture.label(), "[image] flow.png");
        picture.tell("The\nflow");
        assert_eq!(picture.label(), "[image: The flow]");
        assert_eq!(Picture::of("", Look::default()).label(), "[image]");
    }
}
