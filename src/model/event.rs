//! What happened to a card: reviews and marks. Events are never changed and never deleted.

use crate::model::{CardId, Ease, EventId, Grade, Instant, Interval, MachineId, StudyDay};
use serde::{Deserialize, Serialize};

/// One event of a card's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its identity; events fold in order of (`at`, `id`).
    pub id: EventId,
    /// The card it is about.
    pub card: CardId,
    /// When it was written down.
    pub at: Instant,
    /// The study day of the real clock, fixed with the event.
    pub day: StudyDay,
    /// Minutes the local wall clock was ahead of UTC.
    pub utc_offset: i16,
    /// The database that wrote it.
    pub machine: MachineId,
    /// The first event of those that one command, or one answer, wrote together.
    pub batch: EventId,
    /// JSON of an imported event's original fields.
    pub origin: Option<String>,
    /// What happened.
    pub what: What,
}

/// An event to be written: what happened to which card. The store adds the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The card it is about.
    pub card: CardId,
    /// What happened.
    pub what: What,
}

/// What an event says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// One graded answer.
    Review(Review),
    /// Anything else.
    Mark(Mark),
}

/// One graded answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// How well it was remembered.
    pub grade: Grade,
    /// In which role the card was asked.
    pub kind: ReviewKind,
    /// Answer time in milliseconds.
    pub ms: u32,
    /// The interval as scheduled when the card was asked.
    pub interval_before: Interval,
    /// The interval as scheduled by this answer.
    pub interval_after: Interval,
}

/// In which role a card was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewKind {
    /// The first answer of a new card.
    Learn,
    /// A card that was due.
    Review,
    /// A card before it was due.
    Ahead,
    /// The repeat, later in the same study day, of a card graded below 4; moves no schedule.
    Drill,
    /// Practice outside the schedule; moves nothing.
    Cram,
}

impl ReviewKind {
    /// The word for it in every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Learn => "learn",
            Self::Review => "review",
            Self::Ahead => "ahead",
            Self::Drill => "drill",
            Self::Cram => "cram",
        }
    }
}

/// An event that is no review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The card is asked no more until it is resumed.
    Suspend,
    /// Ends a suspension.
    Resume,
    /// The card is not asked up to and including this study day.
    Bury(StudyDay),
    /// Sets the card's flag.
    Flag(Flag),
    /// Makes the card new.
    Reset,
    /// Sets the card's schedule by hand.
    Reschedule(Reschedule),
    /// The card takes over the events of this card, which is retired.
    Relink(CardId),
    /// Revokes this event.
    Undo(EventId),
}

impl Mark {
    /// The word for it in every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Bury(_) => "bury",
            Self::Flag(_) => "flag",
            Self::Reset => "reset",
            Self::Reschedule(_) => "reschedule",
            Self::Relink(_) => "relink",
            Self::Undo(_) => "undo",
        }
    }
}

/// A schedule set by hand; what is `None` stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reschedule {
    /// The new due day.
    pub due: StudyDay,
    /// The new interval; a new card cannot go without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// The new ease.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ease: Option<Ease>,
    /// The new count of repetitions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repetitions: Option<u32>,
}

/// A person's own mark on a card: 0 (none) to 7.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "u8")]
pub struct Flag(u8);

impl Flag {
    /// No flag.
    pub const NONE: Flag = Flag(0);

    /// The flag of this number, if it is 0 to 7.
    pub fn new(number: i64) -> Option<Self> {
        u8::try_from(number).ok().filter(|&n| n <= 7).map(Flag)
    }

    /// The number, 0 to 7.
    pub fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<i64> for Flag {
    type Error = String;

    fn try_from(number: i64) -> Result<Self, String> {
        Flag::new(number).ok_or_else(|| format!("flag must be 0 to 7, got {number}"))
    }
}

impl From<Flag> for u8 {
    fn from(flag: Flag) -> u8 {
        flag.0
    }
}
