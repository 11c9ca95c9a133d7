//! The page of `kata why`.

use super::arithmetic::{Line, answer, early};
use super::{Gone, NextAnswer, Standing, Why};
use crate::model::text::counted;
use crate::model::{Event, Grade, Mark, Reschedule, Review, ReviewKind, What};
use crate::report::words::{distance, one_line, short_id, wrapped};
use crate::report::{CardHistory, Cell, Column, Style, Table, Tone, history};
use crate::schedule::{CardState, Scheduler, Step, Working};
use textwrap::Options;

/// Sentences and calculations are no wider than this, however wide the terminal.
const WIDEST: usize = 80;

/// Under the words of an event, beside its day.
const HANGING: &str = "            ";

/// The page of `kata why`.
pub fn why(why: &Why, style: Style, width: Option<usize>) -> String {
    let head = format!("{}  {}\n", style.bold(&short_id(why.card)), why.deck);
    let question = wrapped(&one_line(&why.question), "", width);
    format!("{head}{question}\n\n{}", reckoning(why, style, width))
}

/// The page of `kata why` below the page of `kata history`.
pub fn story(past: &CardHistory, why: &Why, style: Style, width: Option<usize>) -> String {
    format!("{}\n{}", history(past, style, width), reckoning(why, style, width))
}

/// The arithmetic, and what it came to.
fn reckoning(why: &Why, style: Style, width: Option<usize>) -> String {
    let width = width.map_or(WIDEST, |width| width.min(WIDEST));
    let mut page = String::new();
    for line in textwrap::wrap(&legend(why.scheduler), width) {
        page += &format!("{}\n", style.dim(&line));
    }
    page += &events(why, style, width);
    page.push('\n');
    for sentence in standing(why) {
        page += &(textwrap::fill(&sentence, width) + "\n");
    }
    for next in &why.next {
        page += &format!("\n{}", outcomes(why, next, style, width));
    }
    page
}

/// A block for each event; those of a line only stand together.
fn events(why: &Why, style: Style, width: usize) -> String {
    let mut page = String::new();
    let mut was_short = false;
    for step in &why.steps {
        let lines = lines(step);
        if !(was_short && lines.is_empty()) {
            page.push('\n');
        }
        let hanging = Options::new(width).subsequent_indent(HANGING);
        page += &(textwrap::fill(&heading(step, why, style), hanging) + "\n");
        lines.iter().for_each(|line| page += &line.text(width));
        was_short = lines.is_empty();
    }
    page
}

fn legend(scheduler: Scheduler) -> String {
    let (name, source) = (scheduler.name(), scheduler.source());
    let new = numbers(&CardState::NEW);
    format!(
        "{name} ({source}). EF is the ease, n counts the passes in a row, I is the interval in \
         days; ceil rounds up. A new card has {new}."
    )
}

fn numbers(state: &CardState) -> String {
    format!("EF = {}, n = {}, I = {}", state.ease(), state.repetitions, state.interval)
}

/// The day, what happened, and in a few words what it did if no calculation follows.
fn heading(step: &Step, why: &Why, style: Style) -> String {
    let event = &step.event;
    let mut words = match &event.what {
        What::Review(review) => {
            let tone = if step.undone { Tone::Normal } else { tone(review.grade) };
            format!("{}, {}", review.kind.word(), style.tone(tone, &grade(review.grade, why)))
        }
        What::Mark(_) => mark(event, why),
    };
    if event.card != why.card {
        words += &format!(", as card {}", short_id(event.card));
    }
    let late = step.before.late(event.day);
    if late > 0 && step.working.is_some() && step.before.early(event.day).is_none() {
        words += &format!(", {} late", counted(u64::from(late), "day"));
    }
    if let Some(effect) = effect(step) {
        words += &format!(": {effect}");
    }
    let day = event.day.to_string();
    match step.undone {
        true => style.dim(&format!("{day}  {words}")),
        false => format!("{}  {words}", style.bold(&day)),
    }
}

fn tone(grade: Grade) -> Tone {
    if grade.is_pass() { Tone::Good } else { Tone::Bad }
}

/// `grade 3 (hard)`.
fn grade(grade: Grade, why: &Why) -> String {
    match word(why, grade) {
        Some(word) => format!("grade {} ({word})", grade.number()),
        None => format!("grade {}", grade.number()),
    }
}

/// The word that a grade has on the person's scale.
fn word(why: &Why, grade: Grade) -> Option<&'static str> {
    why.scale.iter().find(|(known, _)| *known == grade).map(|(_, word)| *word)
}

fn mark(event: &Event, why: &Why) -> String {
    let What::Mark(Mark::Undo(id)) = event.what else { return history::words(&event.what, None) };
    let undone = why.steps.iter().map(|step| &step.event).find(|event| event.id == id);
    let words = history::words(&event.what, undone.map(|event| &event.what));
    match undone {
        Some(undone) => format!("{words} on {}", undone.day),
        None => words,
    }
}

/// What an event did, where that is no calculation.
fn effect(step: &Step) -> Option<String> {
    if step.undone {
        return Some("undone, it does not count".to_owned());
    }
    let effect = match &step.event.what {
        What::Review(review) => return of_review(step, review).map(str::to_owned),
        What::Mark(Mark::Suspend) => "not asked until it is resumed",
        What::Mark(Mark::Resume) => "may be asked again",
        What::Mark(Mark::Bury(_) | Mark::Flag(_)) => "the schedule stays",
        What::Mark(Mark::Reset) => "a new card again",
        What::Mark(Mark::Reschedule(to)) if step.before.takes(to) => "set by hand",
        What::Mark(Mark::Reschedule(_)) => "passed over, a new card needs an interval",
        What::Mark(Mark::Relink(_)) => "its events are this card's too",
        What::Mark(Mark::Undo(_)) => return None,
    };
    Some(effect.to_owned())
}

fn of_review(step: &Step, review: &Review) -> Option<&'static str> {
    match review.kind {
        ReviewKind::Drill => Some("a repeat on the same day moves nothing"),
        ReviewKind::Cram => Some("practice moves nothing"),
        _ if step.after.lapses > step.before.lapses => Some("a fail, and a lapse"),
        _ if !review.grade.is_pass() => Some("a fail"),
        _ => None,
    }
}

/// The calculation under an event's heading.
fn lines(step: &Step) -> Vec<Line> {
    if step.undone {
        return Vec::new();
    }
    match (&step.event.what, step.working) {
        (What::Review(review), Some(Working::Sm2(sm2))) => {
            answer(&step.before, (review, step.event.day, sm2), &step.after)
        }
        (What::Mark(Mark::Reset), _) => set_by_hand(&step.after, None),
        (What::Mark(Mark::Reschedule(to)), _) if step.before.takes(to) => {
            set_by_hand(&step.after, Some(to))
        }
        _ => Vec::new(),
    }
}

/// The numbers after a reset, or after a reschedule with those that it left.
fn set_by_hand(after: &CardState, to: Option<&Reschedule>) -> Vec<Line> {
    let left = |is_set: Option<bool>| if is_set == Some(false) { "as it was" } else { "" };
    let mut lines = vec![
        Line::value("EF", after.ease(), left(to.map(|to| to.ease.is_some()))),
        Line::value("n", after.repetitions, left(to.map(|to| to.repetitions.is_some()))),
        Line::value("I", after.interval, left(to.map(|to| to.interval.is_some()))),
    ];
    lines.extend(after.due.map(|due| Line::value("due", due, "")));
    lines
}

/// Where it stands, a sentence each.
fn standing(why: &Why) -> Vec<String> {
    let mut sentences = Vec::new();
    let numbers = numbers(&why.state);
    if why.steps.is_empty() {
        sentences.push("Nothing has happened to it yet.".to_owned());
    }
    sentences.push(match why.state.due {
        Some(due) => format!("It is due on {due} ({}), with {numbers}.", distance(due, why.day)),
        None => format!("It is new: {numbers}, and no due day."),
    });
    sentences.extend(
        match why.gone {
            Some(Gone::Retired) => Some("It has gone from its deck file and is asked no more."),
            Some(Gone::Relinked) => {
                Some("Another card goes on with its history, and it is asked no more.")
            }
            None => None,
        }
        .map(str::to_owned),
    );
    if why.state.suspended {
        sentences.push("It is suspended: not asked until it is resumed.".to_owned());
    }
    if let Some(until) = why.state.buried.filter(|until| *until >= why.day) {
        sentences.push(format!("It is buried: not asked through {until}."));
    }
    sentences
}

/// What each grade would give to an answer on a day.
fn outcomes(why: &Why, next: &NextAnswer, style: Style, width: usize) -> String {
    let mut page = textwrap::fill(&role(why, next), width) + "\n";
    if next.kind == ReviewKind::Drill {
        return page;
    }
    if let Some(days) = next.early.map(|early| early.days) {
        let lines = early(&why.state, days, why.state.interval, next.day);
        lines.iter().for_each(|line| page += &line.text(width));
        page.push('\n');
    }
    page + &table(why, next).render(style, Some(width))
}

/// On which day, and in which role an answer would count.
fn role(why: &Why, next: &NextAnswer) -> String {
    let day = match next.day == why.day {
        true => format!("Answered today, {}", next.day),
        false => format!("Answered on its due day, {}", next.day),
    };
    let late = u64::from(why.state.late(next.day));
    let is_before = why.state.due.is_some_and(|due| next.day < due);
    let role = format!("it would count as {}", next.kind.word());
    match next.kind {
        ReviewKind::Drill => format!("{day}, {role}, which moves nothing."),
        _ if is_before => format!("{day}, before it is due, {role}:"),
        _ if late > 0 && next.early.is_none() => {
            format!("{day}, {} late, {role}:", counted(late, "day"))
        }
        _ => format!("{day}, {role}:"),
    }
}

/// A row for each grade that the person chooses from.
fn table(why: &Why, next: &NextAnswer) -> Table {
    let mut table = Table::new([
        Column::text("Grade"),
        Column::number("EF"),
        Column::number("n"),
        Column::number("I"),
        Column::text("Due"),
    ]);
    for outcome in &next.grades {
        let Some(word) = word(why, outcome.grade) else { continue };
        let Standing { ease, repetitions, interval, due } = outcome.standing;
        table.row([
            Cell::toned(tone(outcome.grade), format!("{} {word}", outcome.grade.number())),
            ease.to_string().into(),
            repetitions.to_string().into(),
            interval.to_string().into(),
            due.map_or_else(Cell::none, |due| due.to_string().into()),
        ]);
    }
    table
}
