//! Colours: the terminal's own, by what a text is.

use crate::frontend::{Depth, Tone};
use ratatui::style::{Color, Modifier, Style};

/// What a piece of text is, as far as its looks go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Any text.
    Text,
    /// What matters less: deck, tags, source, the edges of things.
    Quiet,
    /// The heading of a text.
    Heading,
    /// Code within a line.
    Code,
    /// A quotation, and the bar beside it.
    Quote,
    /// A piece that leads elsewhere.
    Link,
    /// The place of what is asked: a deletion, an item.
    Asked,
    /// What was asked, once it is revealed.
    Revealed,
    /// A key to press.
    Key,
    /// A new card.
    New,
    /// A card that was learned before.
    Review,
    /// A card that is drilled.
    Drill,
    /// A pass.
    Pass,
    /// A fail.
    Fail,
    /// What went wrong, or needs a look.
    Warning,
    /// In code: a word of the language.
    Keyword,
    /// In code: text in quotes.
    Quoted,
    /// In code: a number or another constant.
    Constant,
    /// In code: a comment.
    Comment,
    /// In code: the name of a function.
    Function,
    /// In code: the name of a type.
    Type,
}

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Theme {
    pub(super) tone: Tone,
    pub(super) depth: Depth,
}

impl Theme {
    /// The looks of a role. What a colour says, a word, a sign or a place says, too.
    pub(super) fn style(self, role: Role) -> Style {
        let style = Style::new();
        let looks = match role {
            Role::Text => style,
            Role::Quiet | Role::Comment => style.add_modifier(Modifier::DIM),
            Role::Heading => style.add_modifier(Modifier::BOLD),
            Role::Key => style.add_modifier(Modifier::BOLD),
            Role::Quote => style.add_modifier(Modifier::ITALIC),
            Role::Link => style.add_modifier(Modifier::UNDERLINED),
            Role::Asked | Role::Revealed => style.add_modifier(Modifier::BOLD),
            _ => style,
        };
        match self.depth {
            Depth::None => looks,
            _ => match self.colour(role) {
                Some(colour) => looks.fg(colour),
                None => looks,
            },
        }
    }

    /// One of the terminal's sixteen colours: they are legible on its own background. The bright
    /// ones are kept off light backgrounds, and dark blue off dark ones.
    fn colour(self, role: Role) -> Option<Color> {
        let dark = self.tone == Tone::Dark;
        let of = |on_dark, on_light| Some(if dark { on_dark } else { on_light });
        match role {
            Role::Text | Role::Quiet | Role::Quote | Role::Comment => None,
            Role::Heading | Role::Link | Role::New => of(Color::LightBlue, Color::Blue),
            Role::Code | Role::Function => of(Color::Cyan, Color::Cyan),
            Role::Asked | Role::Warning | Role::Drill => of(Color::Yellow, Color::Magenta),
            Role::Revealed | Role::Pass | Role::Quoted | Role::Review => {
                of(Color::Green, Color::Green)
            }
            Role::Fail => of(Color::LightRed, Color::Red),
            Role::Key => None,
            Role::Keyword => of(Color::LightMagenta, Color::Magenta),
            Role::Constant => of(Color::Yellow, Color::Red),
            Role::Type => of(Color::LightBlue, Color::Blue),
        }
    }
}
