//! The ground floor: the words of the domain as types that cannot hold a wrong value.
//!
//! Nothing here knows a clock, a file, a terminal or a database.

mod changes;
mod cloze;
mod deck;
mod ease;
mod event;
mod face;
mod grade;
mod ids;
mod interval;
mod note;
pub mod text;
mod time;

pub use changes::{
    Changes, Difference, NoteChange, PlacedCard, PlacedNote, StoredCard, StoredNote,
};
pub use cloze::{Cloze, ClozeError};
pub use deck::{BadDeckName, DeckName, DeckOptions};
pub use ease::Ease;
pub use event::{Draft, Event, Flag, Mark, Reschedule, Review, ReviewKind, What};
pub use face::{Face, Facet};
pub use grade::{BadGrade, Grade};
pub use ids::{BadId, CardId, EventId, Guid, IdPrefix, MachineId};
pub use interval::Interval;
pub use note::{BadNote, Body, Fields, Kind, Note};
pub use time::{DayStart, Instant, NotADay, Now, StudyDay};
