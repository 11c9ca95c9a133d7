//! `kata why`: the arithmetic behind a card's due day.

mod arithmetic;
mod page;

pub use page::{story, why};

use crate::model::{CardId, DeckName, Ease, EventId, Grade, Interval, ReviewKind, StudyDay, What};
use crate::report::history::MarkValue;
use crate::schedule::{CardState, IntervalRule, Scheduler, Sm2, Step, Working};
use serde::{Serialize, Serializer};

/// How a card's schedule came about, and where it may go; the JSON of `kata why`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// Today's study day.
    pub day: StudyDay,
    /// The card.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckName,
    /// What it asks.
    pub question: String,
    /// The scheduler that the steps are of; its word.
    #[serde(serialize_with = "word")]
    pub scheduler: Scheduler,
    /// Everything that happened to it and to the cards whose events it took over, in fold order,
    /// and what each event did to the schedule.
    #[serde(serialize_with = "told")]
    pub steps: Vec<Step>,
    /// Where the card stands after all of them.
    #[serde(rename = "standing", serialize_with = "stands")]
    pub state: CardState,
    /// Why it is asked no more for good; `None` if it is asked. In JSON `retired`, true or false.
    #[serde(rename = "retired", serialize_with = "is_some")]
    pub gone: Option<Gone>,
    /// What an answer would give: today, and on the due day if that is later.
    pub next: Vec<NextAnswer>,
    /// The grades that the person chooses from, and their words.
    #[serde(skip)]
    pub scale: Vec<(Grade, &'static str)>,
}

/// Why a card is asked no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// It has gone from its deck file.
    Retired,
    /// Another card took over its history.
    Relinked,
}

/// The numbers that a due day is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// SM-2's n.
    pub repetitions: u32,
    /// SM-2's I, in days; 0 for a new card.
    pub interval: Interval,
    /// SM-2's E-Factor.
    pub ease: Ease,
    /// The day it is due; `None` for a new card.
    pub due: Option<StudyDay>,
}

/// What an answer on a study day would give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextAnswer {
    /// The study day.
    pub day: StudyDay,
    /// In which role it would count.
    pub kind: ReviewKind,
    /// How early it would be; null unless its kind is `ahead`.
    pub early: Option<Early>,
    /// What each grade would give, 0 to 5.
    pub grades: Vec<Outcome>,
}

/// The days of an early answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Early {
    /// The day from which they are counted: that of the last scheduling answer, or of a card that
    /// was never answered since it was scheduled by hand the due day less the interval.
    pub since: StudyDay,
    /// Study days since then, fewer than the interval.
    pub days: u32,
}

/// What a grade would give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The grade.
    pub grade: Grade,
    /// Where the schedule would stand.
    #[serde(flatten)]
    pub standing: Standing,
}

impl From<&CardState> for Standing {
    fn from(state: &CardState) -> Self {
        Standing {
            repetitions: state.repetitions,
            interval: state.interval,
            ease: state.ease(),
            due: state.due,
        }
    }
}

impl NextAnswer {
    /// What an answer would give to a card in this state today, and on its due day if that is
    /// later.
    pub fn of(scheduler: Scheduler, state: &CardState, today: StudyDay) -> Vec<Self> {
        let later = state.due.filter(|due| *due > today);
        [Some(today), later]
            .into_iter()
            .flatten()
            .map(|day| Self::on(scheduler, state, day))
            .collect()
    }

    fn on(scheduler: Scheduler, state: &CardState, day: StudyDay) -> Self {
        let kind = state.phase(day);
        let ahead = kind == ReviewKind::Ahead;
        let early = ahead.then(|| Early::of(state, state.early(day)?)).flatten();
        let outcomes = scheduler.outcomes(state, kind, day);
        let outcomes = Grade::ALL.iter().zip(&outcomes);
        let grades =
            outcomes.map(|(&grade, after)| Outcome { grade, standing: after.into() }).collect();
        NextAnswer { day, kind, early, grades }
    }
}

impl Early {
    fn of(before: &CardState, days: u32) -> Option<Self> {
        Some(Early { since: before.counted_from()?, days })
    }
}

fn word<S: Serializer>(scheduler: &Scheduler, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(scheduler.word())
}

fn is_some<S: Serializer>(gone: &Option<Gone>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(gone.is_some())
}

fn stands<S: Serializer>(state: &CardState, serializer: S) -> Result<S::Ok, S::Error> {
    let (suspended, buried) = (state.suspended, state.buried);
    ToldState { standing: state.into(), suspended, buried }.serialize(serializer)
}

/// The schedule, and what keeps the card from being asked.
#[derive(Serialize)]
struct ToldState {
    #[serde(flatten)]
    standing: Standing,
    suspended: bool,
    /// Not asked up to and including this day.
    buried: Option<StudyDay>,
}

fn told<S: Serializer>(steps: &[Step], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(steps.iter().map(ToldStep::from))
}

/// An event as `kata history --json` tells it, with the schedule before and after it.
#[derive(Serialize)]
struct ToldStep<'a> {
    uuid: EventId,
    card: CardId,
    day: StudyDay,
    kind: &'static str,
    /// Null for a mark.
    grade: Option<Grade>,
    /// What a mark says beside its kind.
    value: Option<MarkValue<'a>>,
    undone: bool,
    before: Standing,
    /// Null unless it is an answer that schedules.
    working: Option<ToldWorking>,
    after: Standing,
}

/// How an answer changed the schedule.
#[derive(Serialize)]
struct ToldWorking {
    /// `fail`, `first`, `second`, `later` or `early`.
    rule: &'static str,
    /// What the grade adds to the ease before that is held to 1.30; null if n and the ease stay.
    ease_change: Option<f64>,
    /// Interval, or days of an early answer, times the new ease; null if there is none.
    product: Option<f64>,
    /// The days of an early pass; else null.
    early: Option<Early>,
    /// Days after the due day; they change nothing.
    late: u32,
}

impl<'a> From<&'a Step> for ToldStep<'a> {
    fn from(step: &'a Step) -> Self {
        let (kind, grade, value) = match &step.event.what {
            What::Review(review) => (review.kind.word(), Some(review.grade), None),
            What::Mark(mark) => (mark.word(), None, Some(MarkValue(mark))),
        };
        ToldStep {
            uuid: step.event.id,
            card: step.event.card,
            day: step.event.day,
            kind,
            grade,
            value,
            undone: step.undone,
            before: (&step.before).into(),
            working: step.working.map(|Working::Sm2(sm2)| ToldWorking::of(step, sm2)),
            after: (&step.after).into(),
        }
    }
}

impl ToldWorking {
    fn of(step: &Step, sm2: Sm2) -> Self {
        let late = step.before.late(step.event.day);
        let Sm2::Pass { moved, interval } = sm2 else {
            return ToldWorking {
                rule: "fail",
                ease_change: None,
                product: None,
                early: None,
                late,
            };
        };
        let (rule, product) = match interval {
            IntervalRule::First => ("first", None),
            IntervalRule::Second => ("second", None),
            IntervalRule::Later(product) => ("later", Some(product)),
            IntervalRule::Early { product, .. } => ("early", Some(product)),
        };
        let early = product.filter(|_| rule == "early");
        #[allow(clippy::cast_precision_loss)] // at most 36,500 × 100,000
        ToldWorking {
            rule,
            ease_change: moved.map(|moved| f64::from(moved.change) / 100.0),
            product: product.map(|product| product.hundredths() as f64 / 100.0),
            early: early.and_then(|product| Early::of(&step.before, product.days)),
            late,
        }
    }
}
