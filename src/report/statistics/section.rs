//! What the page of `kata stats` is made of.

/// A section of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Retention by window.
    Retention,
    /// The cards that come due in the next 30 days.
    Due,
    /// The year's calendar.
    Year,
    /// Answers and minutes a day.
    Load,
    /// Answers by grade.
    Grades,
    /// Retention by interval.
    Forgetting,
    /// Retention by hour of the day.
    Hours,
    /// Retention by weekday.
    Weekdays,
    /// Cards by interval.
    Intervals,
    /// Cards by ease.
    Eases,
    /// The hardest cards.
    Hardest,
    /// Leeches.
    Leeches,
    /// New cards learned a day.
    Learned,
    /// By deck.
    Decks,
    /// By tag.
    Tags,
    /// The last 30 days against the 90 before.
    Drift,
}

impl Section {
    /// Every section, in the order of the whole page.
    pub const ALL: [Section; 16] = [
        Self::Retention,
        Self::Due,
        Self::Year,
        Self::Load,
        Self::Learned,
        Self::Drift,
        Self::Forgetting,
        Self::Grades,
        Self::Hours,
        Self::Weekdays,
        Self::Intervals,
        Self::Eases,
        Self::Hardest,
        Self::Leeches,
        Self::Decks,
        Self::Tags,
    ];

    /// The word that a person asks for it with.
    pub fn word(self) -> &'static str {
        match self {
            Self::Retention => "retention",
            Self::Due => "due",
            Self::Year => "year",
            Self::Load => "load",
            Self::Grades => "grades",
            Self::Forgetting => "forgetting",
            Self::Hours => "hours",
            Self::Weekdays => "weekdays",
            Self::Intervals => "intervals",
            Self::Eases => "eases",
            Self::Hardest => "hardest",
            Self::Leeches => "leeches",
            Self::Learned => "learned",
            Self::Decks => "decks",
            Self::Tags => "tags",
            Self::Drift => "drift",
        }
    }

    /// What stands over it.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Retention => "Retention",
            Self::Due => "Due in the next 30 days",
            Self::Year => "The last 53 weeks",
            Self::Load => "Load",
            Self::Grades => "Grades",
            Self::Forgetting => "Retention by interval: the forgetting curve as it was lived",
            Self::Hours => "Retention by hour of the day",
            Self::Weekdays => "Retention by weekday",
            Self::Intervals => "Intervals",
            Self::Eases => "Eases",
            Self::Hardest => "Hardest cards",
            Self::Leeches => "Leeches",
            Self::Learned => "New cards learned",
            Self::Decks => "Decks",
            Self::Tags => "Tags",
            Self::Drift => "Drift",
        }
    }
}
