//! The numbers, in the shape and order of the JSON of `kata stats`.

use crate::model::{DeckName, Ease, Grade, Interval, StudyDay};
use crate::stats::{
    CardRow, Drift, GradesByKind, HardCard, HourRetention, IntervalRetention, Share,
    WeekdayRetention,
};
use serde::{Serialize, Serializer};

/// Everything that `kata stats` says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statistics {
    /// Today's study day.
    pub day: StudyDay,
    /// Cards by state.
    pub cards: CardCounts,
    /// What was remembered, a row for each of [`Window::ALL`].
    pub retention: Vec<WindowRetention>,
    /// The cards that come due on each of 30 days; the first is today with the whole backlog.
    pub forecast: Vec<DueOn>,
    /// Study days in a row.
    pub streak: Streak,
    /// Every study day that has answers, oldest first.
    pub days: Vec<DayLoad>,
    /// How often each grade was given to a review of kind `review`.
    pub grades: Grades,
    /// How many live cards have which interval, shortest first; new cards have none.
    pub intervals: Vec<IntervalCount>,
    /// Up to ten live cards: most lapses first, then lowest ease.
    pub hardest: Vec<HardCard>,
    /// Each deck's own cards, by name.
    pub decks: Vec<DeckStatistics>,
    /// What was remembered by the interval before: the forgetting curve as it was lived.
    pub retention_by_interval: Vec<IntervalRetention>,
    /// What was answered and remembered in each of 24 hours, by the local clock.
    pub hours: Vec<HourRetention>,
    /// What was answered and remembered on each weekday, Monday first.
    pub weekdays: Vec<WeekdayRetention>,
    /// How often each grade was given, by the role in which the card was asked.
    pub grades_by_kind: GradesByKind,
    /// How many live cards have which ease, lowest first; new cards are left out.
    pub eases: Vec<EaseCount>,
    /// The live cards that have reached their deck's `leech_threshold`, hardest first.
    pub leeches: Vec<HardCard>,
    /// The cards of each tag, by name; a note with two tags counts in both.
    pub tags: Vec<TagStatistics>,
    /// The last 30 days against the 90 before.
    pub drift: Drift,
}

/// Cards by state. `new + young + mature = total`; a suspended card is counted by its schedule
/// and among the suspended, a retired one only among the retired.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CardCounts {
    /// All that are not retired.
    pub total: u64,
    /// Never reviewed since their last reset.
    pub new: u64,
    /// Of an interval under 21 days.
    pub young: u64,
    /// Of an interval of 21 days and more.
    pub mature: u64,
    /// Those of the total that are suspended.
    pub suspended: u64,
    /// Gone from their deck files; not in the total.
    pub retired: u64,
}

impl CardCounts {
    /// Counts one more card.
    pub fn count(&mut self, card: &CardRow) {
        if card.retired {
            self.retired += 1;
            return;
        }
        self.total += 1;
        self.suspended += u64::from(card.suspended);
        match (card.due.is_none(), card.interval.is_mature()) {
            (true, _) => self.new += 1,
            (false, false) => self.young += 1,
            (false, true) => self.mature += 1,
        }
    }

    /// These and others together.
    #[must_use]
    pub fn and(self, other: CardCounts) -> CardCounts {
        CardCounts {
            total: self.total + other.total,
            new: self.new + other.new,
            young: self.young + other.young,
            mature: self.mature + other.mature,
            suspended: self.suspended + other.suspended,
            retired: self.retired + other.retired,
        }
    }
}

/// A stretch of study days that ends today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Window {
    /// Today.
    Today,
    /// Today and the 6 study days before.
    Week,
    /// Today and the 29 study days before.
    Month,
    /// Today and the 89 study days before.
    Quarter,
    /// Today and the 364 study days before.
    Year,
    /// Everything.
    All,
}

impl Window {
    /// Every window, shortest first.
    pub const ALL: [Window; 6] =
        [Self::Today, Self::Week, Self::Month, Self::Quarter, Self::Year, Self::All];

    /// The word for it in every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "7d",
            Self::Month => "30d",
            Self::Quarter => "90d",
            Self::Year => "365d",
            Self::All => "all",
        }
    }

    /// How many study days it has; `None` for all.
    pub fn days(self) -> Option<i64> {
        match self {
            Self::Today => Some(1),
            Self::Week => Some(7),
            Self::Month => Some(30),
            Self::Quarter => Some(90),
            Self::Year => Some(365),
            Self::All => None,
        }
    }

    /// Whether a day is in the window that ends today.
    pub fn contains(self, day: StudyDay, today: StudyDay) -> bool {
        self.days().is_none_or(|days| (0..days).contains(&today.since(day)))
    }
}

impl Serialize for Window {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// What was remembered in a window, by the interval the card had when it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WindowRetention {
    /// The window.
    pub window: Window,
    /// Cards of an interval under 21 days.
    pub young: Share,
    /// Cards of an interval of 21 days and more.
    pub mature: Share,
    /// Both.
    pub all: Share,
}

/// The cards that come due on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DueOn {
    /// The day.
    pub day: StudyDay,
    /// How many cards.
    pub due: u64,
}

/// Study days in a row that have an answer of any kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Streak {
    /// The row that ends today, or yesterday while today has no answer yet.
    pub current: u64,
    /// The longest row there ever was.
    pub longest: u64,
}

/// What was done on one study day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DayLoad {
    /// The day.
    pub day: StudyDay,
    /// Answers of kind `review` or `ahead`.
    pub reviews: u64,
    /// Answers of kind `learn`.
    pub new: u64,
    /// Answers of kind `drill`.
    pub drills: u64,
    /// Those of the reviews that were graded 3 or more.
    pub passed: u64,
    /// Time taken by answers of every kind, `cram` included; one counts at most 60 seconds.
    pub seconds: u64,
}

impl Streak {
    /// The streak of these study days, oldest first. A today without answers does not end it: it
    /// is not over yet.
    pub fn of(days: impl IntoIterator<Item = StudyDay>, today: StudyDay) -> Self {
        let (mut longest, mut row, mut before) = (0, 0, None);
        let mut current = 0;
        for day in days {
            row = if before == Some(day.plus(-1)) { row + 1 } else { 1 };
            longest = longest.max(row);
            if day == today || day == today.plus(-1) {
                current = row;
            }
            before = Some(day);
        }
        Streak { current, longest }
    }
}

impl DayLoad {
    /// A day without an answer.
    pub fn idle(day: StudyDay) -> Self {
        DayLoad { day, reviews: 0, new: 0, drills: 0, passed: 0, seconds: 0 }
    }

    /// Answers that count: all but those of kind `cram`.
    pub fn answers(&self) -> u64 {
        self.reviews + self.new + self.drills
    }
}

/// How often each grade was given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Grades([u64; 6]);

impl Grades {
    /// How often this grade was given.
    pub fn of(&self, grade: Grade) -> u64 {
        self.0[usize::from(grade.number())]
    }

    /// How many grades were given.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    pub(super) fn add(&mut self, grade: Grade) {
        self.0[usize::from(grade.number())] += 1;
    }
}

/// An object keyed by grade: `{"0":3,…,"5":40}`.
impl Serialize for Grades {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Grade::ALL.map(|grade| (grade.number(), self.of(grade))))
    }
}

/// How many cards have an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct IntervalCount {
    /// The interval in days.
    pub interval: Interval,
    /// How many cards.
    pub cards: u64,
}

/// How many cards have an ease.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct EaseCount {
    /// The ease.
    pub ease: Ease,
    /// How many cards.
    pub cards: u64,
}

/// One deck's own cards; those of decks below it are not among them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeckStatistics {
    /// The deck.
    pub deck: DeckName,
    /// All that are not retired.
    pub total: u64,
    /// Never reviewed since their last reset.
    pub new: u64,
    /// Of an interval under 21 days.
    pub young: u64,
    /// Of an interval of 21 days and more.
    pub mature: u64,
    /// Due today or before, counted as in the forecast: no limits, suspended cards left out.
    pub due: u64,
    /// What was remembered in the last 30 days, young and mature together.
    pub retention: Share,
}

/// The cards of one tag.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TagStatistics {
    /// The tag in lower case: tags that differ only in case are one.
    pub tag: String,
    /// All that are not retired.
    pub total: u64,
    /// Never reviewed since their last reset.
    pub new: u64,
    /// Of an interval under 21 days.
    pub young: u64,
    /// Of an interval of 21 days and more.
    pub mature: u64,
    /// Due today or before, counted as in the forecast.
    pub due: u64,
    /// What was remembered in the last 30 days, young and mature together.
    pub retention: Share,
}
