//! A session: one card open at a time, each answer in the journal before the next is opened.

use crate::model::{
    CardId, Draft, Ease, EventId, Face, Flag, Grade, Interval, Mark, Now, ReviewKind, StudyDay,
    What,
};
use crate::schedule::Scheduler;
use crate::session::queue::{Queue, Time};
use crate::session::{Entry, Journal, Open, Pace, Plan, Remaining, Rules, TimeBox};

/// Answer time counts up to ten minutes, in milliseconds.
const LONGEST_ANSWER: u32 = 600_000;

/// A person's way through a plan.
#[derive(Debug)]
pub struct Session<J> {
    journal: J,
    scheduler: Scheduler,
    rules: Rules,
    /// The study day it was planned for; it finishes its own drills also after that day's end.
    day: StudyDay,
    queue: Queue,
    open: Option<Asked>,
    /// What was written, oldest first.
    written: Vec<Written>,
    tally: Tally,
    pace: Pace,
    time_box: Option<TimeBox>,
    /// Whether nothing but drills is asked any more.
    only_drills: bool,
}

/// A batch of events that a session wrote, and how things stood before.
#[derive(Debug, Clone, Copy)]
struct Written {
    batch: EventId,
    entry: Entry,
    tally: Tally,
    /// The grade, of an answer.
    grade: Option<Grade>,
}

/// The card that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The card as it was when it was opened.
    pub card: Open,
    /// In which role it is asked.
    pub kind: ReviewKind,
    /// What it shows.
    pub face: Face,
    /// The interval that each grade would give.
    pub intervals: [Interval; 6],
    entry: Entry,
}

/// What became of an answer or a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<T> {
    /// It is on disk.
    Stored(T),
    /// Another session was first; nothing was stored.
    Stale,
}

/// A card after its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Graded {
    /// The grade.
    pub grade: Grade,
    /// In which role it was asked.
    pub kind: ReviewKind,
    /// SM-2's n.
    pub repetitions: u32,
    /// SM-2's I.
    pub interval: Interval,
    /// SM-2's E-Factor.
    pub ease: Ease,
    /// When it is due; `None` only for a new card that was crammed.
    pub due: Option<StudyDay>,
    /// Whether it is drilled before the session ends.
    pub again_today: bool,
    /// Whether it is suspended as a leech.
    pub leech: bool,
}

/// What an undo took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// Public id of the card it was about.
    pub card: String,
    /// The event revoked; the first, of a batch.
    pub event: EventId,
}

/// What a session came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Answers that were no drills.
    pub reviewed: usize,
    /// Those of them that passed.
    pub passed: usize,
    /// Drills.
    pub drilled: usize,
    /// Answer time of all, in milliseconds.
    pub ms: u64,
}

impl<J: Journal> Session<J> {
    /// A session over a plan for a study day.
    pub fn new(journal: J, scheduler: Scheduler, rules: Rules, plan: Plan, day: StudyDay) -> Self {
        Session {
            journal,
            scheduler,
            rules,
            day,
            queue: Queue::new(plan),
            open: None,
            written: Vec::new(),
            tally: Tally::default(),
            pace: Pace::default(),
            time_box: None,
            only_drills: false,
        }
    }

    /// The same with a person of this pace.
    #[must_use]
    pub fn at(self, pace: Pace) -> Self {
        Session { pace, ..self }
    }

    /// The same within a time box: it ends once what is left fills the time.
    #[must_use]
    pub fn within(self, time_box: TimeBox) -> Self {
        Session { time_box: Some(time_box), ..self }
    }

    /// The open card; opens the next one if none is. `None` at the end of the queue, or of the
    /// time.
    ///
    /// A card that another session or command has meanwhile answered, buried, suspended or
    /// retired is passed over.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn open(&mut self) -> Result<Option<&Asked>, J::Error> {
        while self.open.is_none() {
            let Some(entry) = self.queue.take(self.time()) else { break };
            let card = self.journal.reload(entry.card)?;
            self.open = card.and_then(|card| self.ask(card, entry));
        }
        Ok(self.open.as_ref())
    }

    /// The card opened, if it is still to be asked in the role it was planned for.
    fn ask(&self, card: Open, entry: Entry) -> Option<Asked> {
        let state = card.candidate.state;
        let still = match entry.kind {
            ReviewKind::Cram => !state.suspended,
            ReviewKind::Drill => {
                state.is_askable(self.day) && state.drill.is_some_and(|day| day >= self.day)
            }
            // Answered meanwhile, a card waits for its next day, or its drill.
            kind => {
                state.is_askable(self.day)
                    && state.phase(self.day) == kind
                    && (state.is_due(self.day) || state.answered != Some(self.day))
            }
        };
        still.then(|| Asked {
            face: card.note.face(card.candidate.position),
            intervals: self.scheduler.preview(&state, entry.kind, self.day),
            kind: entry.kind,
            card,
            entry,
        })
    }

    /// What is still to be asked, the open card included.
    pub fn remaining(&self) -> Remaining {
        let mut remaining = self.queue.remaining();
        if let Some(open) = &self.open {
            remaining.count(open.kind);
        }
        remaining
    }

    /// What there is time for.
    fn time(&self) -> Time {
        let time = |of: TimeBox| of.time(self.tally.ms, self.queue.drills(), &self.pace);
        match self.time_box.map_or(Time::ForAll, time) {
            Time::ForAll if self.only_drills => Time::ForDrills,
            time => time,
        }
    }

    /// From now on only drills are asked, and the session ends with them; or all is asked again.
    /// What is not asked is put back, and [waits](Self::waiting) at the end.
    pub fn only_drills(&mut self, only: bool) {
        self.only_drills = only;
        if only && let Some(open) = self.open.take_if(|open| open.kind != ReviewKind::Drill) {
            self.queue.put_back(open.entry);
        }
    }

    /// Whether nothing but drills is asked any more.
    pub fn asks_only_drills(&self) -> bool {
        self.only_drills
    }

    /// How long what remains takes at the person's pace, in milliseconds.
    pub fn estimate(&self) -> u64 {
        let cards = u64::try_from(self.remaining().total()).unwrap_or(u64::MAX);
        cards.saturating_mul(self.pace.median().into())
    }

    /// The cards that were hard: answered below 4 when they were asked first, worst first.
    pub fn hard(&self) -> Vec<(CardId, Grade)> {
        let answers = self.written.iter().filter(|written| written.entry.kind != ReviewKind::Drill);
        let graded = answers.filter_map(|written| Some((written.entry.card, written.grade?)));
        let mut hard: Vec<_> = graded.filter(|(_, grade)| grade.asks_again_today()).collect();
        hard.sort_by_key(|(_, grade)| *grade);
        hard
    }

    /// How many cards, the open one included, the time that is left has room for; `None` without a
    /// time box.
    pub fn room(&self) -> Option<usize> {
        let room = |of: TimeBox| of.room(self.tally.ms, &self.pace).max(1);
        self.time_box.map(room).map(|room| room.min(self.remaining().total()))
    }

    /// What waits because the time is up, or only drills were asked; `None` if nothing does.
    pub fn waiting(&self) -> Option<Remaining> {
        let is_up = self.open.is_none() && self.time() != Time::ForAll;
        is_up.then(|| self.remaining()).filter(|waiting| waiting.total() > 0)
    }

    /// The study day it was planned for.
    pub fn day(&self) -> StudyDay {
        self.day
    }

    /// The journal that it writes.
    pub fn journal(&mut self) -> &mut J {
        &mut self.journal
    }

    /// What the session came to so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Grades the open card and closes it. `None` if no card is open. `ms` is the answer time.
    ///
    /// # Errors
    /// If the journal cannot be written; the card stays open.
    pub fn grade(
        &mut self,
        now: Now,
        grade: Grade,
        ms: u32,
    ) -> Result<Option<Verdict<Graded>>, J::Error> {
        let Some(open) = &self.open else { return Ok(None) };
        let before = &open.card.candidate.state;
        let ms = ms.min(LONGEST_ANSWER);
        let review = self.scheduler.answer(before, open.kind, grade, now.day, ms);
        let after = self.scheduler.after_review(*before, &review, now.day);
        let deck = open.card.candidate.deck;
        let leech = after.lapses > before.lapses && self.rules.is_leech_at(deck, after.lapses);
        let mut whats = vec![What::Review(review)];
        if leech {
            whats.push(What::Mark(Mark::Suspend));
        }
        let counted = self.tally.with(open.kind, grade, ms);
        let graded = Graded {
            grade,
            kind: open.kind,
            repetitions: after.repetitions,
            interval: after.interval,
            ease: after.ease(),
            due: after.due,
            again_today: after.drill.is_some() && open.kind != ReviewKind::Cram && !leech,
            leech,
        };
        let verdict = self.write(now, &whats)?;
        if let (Verdict::Stored(()), Some(open)) = (verdict, self.open.take()) {
            self.tally = counted;
            self.pace.note(ms);
            if graded.again_today {
                self.queue.drill(open.entry);
            }
        }
        self.open = None;
        Ok(Some(verdict.map(graded)))
    }

    /// Buries the open card for the study day and closes it.
    ///
    /// # Errors
    /// If the journal cannot be written; the card stays open.
    pub fn bury(&mut self, now: Now) -> Result<Option<Verdict<()>>, J::Error> {
        self.mark_and_close(now, Mark::Bury(now.day.max(self.day)))
    }

    /// Suspends the open card and closes it.
    ///
    /// # Errors
    /// If the journal cannot be written; the card stays open.
    pub fn suspend(&mut self, now: Now) -> Result<Option<Verdict<()>>, J::Error> {
        self.mark_and_close(now, Mark::Suspend)
    }

    /// Flags the open card, which stays open.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn flag(&mut self, now: Now, flag: Flag) -> Result<Option<Verdict<()>>, J::Error> {
        if self.open.is_none() {
            return Ok(None);
        }
        let verdict = self.write(now, &[What::Mark(Mark::Flag(flag))])?;
        match verdict {
            // Its newest event is now the flag.
            Verdict::Stored(()) => self.reopen()?,
            Verdict::Stale => self.open = None,
        }
        Ok(Some(verdict))
    }

    /// Opens the open card anew, as it is now: its text may have been edited, or its history gone
    /// on. If it is not to be asked any more no card is open then.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn reopen(&mut self) -> Result<(), J::Error> {
        if let Some(open) = self.open.take() {
            let card = self.journal.reload(open.entry.card)?;
            self.open = card.and_then(|card| self.ask(card, open.entry));
        }
        Ok(())
    }

    /// Puts the open card at the end of the session; nothing is stored.
    pub fn skip(&mut self) -> Option<Asked> {
        let open = self.open.take()?;
        self.queue.skip(open.entry);
        Some(open)
    }

    /// Takes back the newest thing this session wrote, else the newest in the history, and opens
    /// its card again if it can be asked. `None` if there is nothing to take back.
    ///
    /// # Errors
    /// If the journal cannot be read or written.
    pub fn undo(&mut self, now: Now) -> Result<Option<Undone>, J::Error> {
        let (taken, entry) = loop {
            match self.written.pop() {
                Some(Written { batch, entry, tally, .. }) => {
                    if let Some(taken) = self.journal.take_back(now, Some(batch))? {
                        self.tally = tally;
                        break (taken, Some(entry));
                    }
                }
                None => match self.journal.take_back(now, None)? {
                    Some(taken) => break (taken, None),
                    None => return Ok(None),
                },
            }
        };
        if let Some(open) = self.open.take()
            && open.entry.card != taken.card
        {
            self.queue.put_back(open.entry);
        }
        self.queue.remove(taken.card);
        let card = self.journal.reload(taken.card)?;
        let id = card.as_ref().map_or_else(|| taken.card.to_string(), |card| card.id.clone());
        self.open = card.and_then(|card| {
            let entry = entry.or_else(|| self.of_today(&card))?;
            self.ask(card, entry)
        });
        Ok(Some(Undone { card: id, event: taken.event }))
    }

    /// The role in which a card that was no part of this session is asked today, if it is.
    fn of_today(&self, card: &Open) -> Option<Entry> {
        let state = card.candidate.state;
        let drills = state.drill.is_some_and(|day| day >= self.day);
        let kind = if drills { ReviewKind::Drill } else { state.phase(self.day) };
        let asked = drills || state.is_new() || state.is_due(self.day);
        asked.then(|| Entry::new(&card.candidate, kind, self.day))
    }

    fn mark_and_close(&mut self, now: Now, mark: Mark) -> Result<Option<Verdict<()>>, J::Error> {
        if self.open.is_none() {
            return Ok(None);
        }
        let verdict = self.write(now, &[What::Mark(mark)])?;
        self.open = None;
        Ok(Some(verdict))
    }

    /// Writes what happened to the open card as one batch.
    fn write(&mut self, now: Now, whats: &[What]) -> Result<Verdict<()>, J::Error> {
        let Some(open) = &self.open else { return Ok(Verdict::Stale) };
        let drafts: Vec<Draft> =
            whats.iter().map(|&what| Draft { card: open.entry.card, what }).collect();
        match self.journal.record(now, &open.card, &drafts)? {
            Some(batch) => {
                let grade = whats.iter().find_map(|what| match what {
                    What::Review(review) => Some(review.grade),
                    What::Mark(_) => None,
                });
                self.written.push(Written { batch, entry: open.entry, tally: self.tally, grade });
                Ok(Verdict::Stored(()))
            }
            None => Ok(Verdict::Stale),
        }
    }
}

impl Verdict<()> {
    fn map<T>(self, stored: T) -> Verdict<T> {
        match self {
            Verdict::Stored(()) => Verdict::Stored(stored),
            Verdict::Stale => Verdict::Stale,
        }
    }
}

impl Tally {
    /// Answers of every kind.
    pub fn answers(self) -> u64 {
        u64::try_from(self.reviewed + self.drilled).unwrap_or(u64::MAX)
    }

    fn with(mut self, kind: ReviewKind, grade: Grade, ms: u32) -> Self {
        if kind == ReviewKind::Drill {
            self.drilled += 1;
        } else {
            self.reviewed += 1;
            self.passed += usize::from(grade.is_pass());
        }
        self.ms += u64::from(ms);
        self
    }
}
