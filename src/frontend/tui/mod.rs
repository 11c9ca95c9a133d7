//! A session on the full screen of a terminal.
//!
//! | file | holds |
//! | --- | --- |
//! | `review`, `aside` | the session: what each key does to the open card, and beside it |
//! | `sheet` | the open card: how much of it is shown |
//! | `summary` | what the session came to |
//! | `card` | a card's question and answer as a page |
//! | `markdown`, `gallery`, `links` | Markdown, images and links on a page |
//! | `page`, `panel` | text that scrolls |
//! | `draw` | the screen's parts, and where they are |
//! | `keys`, `typing` | the keys |
//! | `prose`, `wrap` | text with its looks, in lines of a width |
//! | `theme`, `depth` | colours |
//! | `stage` | the terminal |

mod aside;
mod card;
mod depth;
mod draw;
mod gallery;
mod keys;
mod links;
mod markdown;
#[cfg(any(test, fuzzing))]
pub(crate) use markdown::promises as markdown_promises;
mod page;
mod panel;
mod prose;
mod review;
mod sheet;
mod stage;
mod summary;

mod theme;
mod typing;
mod wrap;

pub use keys::{KEYS, Key};
pub use review::run;

use crate::frontend::{Depth, GradeScale, Tone};

/// How a session looks on a full screen, and how it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// The grades to choose from.
    pub scale: GradeScale,
    /// The colours there are.
    pub depth: Depth,
    /// The background they are on.
    pub tone: Tone,
}
