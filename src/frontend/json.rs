//! One JSON object a line, for editors, scripts and other front ends: `docs/review-protocol.md`.

use crate::frontend::{Clock, Edited, Ended, Errands, screen};
use crate::model::text::escaped_json;
use crate::model::{EventId, Flag, Grade, Kind, Note, ReviewKind, StudyDay};
use crate::session::{Asked, Comparison, Graded, Journal, Remaining, Session, Verdict, suggested};
use serde::{Deserialize, Serialize};
use serde_json::Map;
use std::io::{BufRead, Read, Write};
use std::time::Instant;

#[cfg(any(test, fuzzing))]
pub(crate) mod promises;

/// The version of the protocol.
const PROTOCOL: u32 = 1;

/// The longest request that is read, in bytes.
const LONGEST_LINE: u64 = 1 << 20;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Message<'a> {
    Hello {
        protocol: u32,
        version: &'a str,
        day: StudyDay,
        remaining: Remaining,
    },
    Card(Card<'a>),
    Answer {
        card: &'a str,
        back: &'a str,
        extra: Option<&'a str>,
        suggested: Option<Grade>,
        comparison: Option<Comparison>,
        intervals: Map<String, serde_json::Value>,
    },
    Graded {
        card: &'a str,
        grade: Grade,
        phase: &'a str,
        repetitions: u32,
        interval: u32,
        ease: f64,
        due: Option<StudyDay>,
        again_today: bool,
        leech: bool,
    },
    Undone {
        card: &'a str,
        event: EventId,
        remaining: Remaining,
    },
    Buried {
        card: &'a str,
    },
    Suspended {
        card: &'a str,
    },
    Skipped {
        card: &'a str,
    },
    Flagged {
        card: &'a str,
        flag: Flag,
    },
    Stale {
        card: &'a str,
    },
    Drills {
        only: bool,
        remaining: Remaining,
    },
    Reloaded {
        card: &'a str,
        message: String,
    },
    Error {
        message: String,
    },
    Done {
        reviewed: usize,
        passed: usize,
        drilled: usize,
        seconds: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        waiting: Option<Remaining>,
    },
}

#[derive(Serialize)]
struct Card<'a> {
    card: &'a str,
    deck: &'a str,
    kind: Kind,
    phase: &'a str,
    front: &'a str,
    hint: Option<&'a str>,
    typed: bool,
    tags: &'a [String],
    source: Option<&'a str>,
    flag: Flag,
    remaining: Remaining,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", deny_unknown_fields)]
enum Request {
    Reveal { typed: Option<String> },
    Grade { grade: Grade, ms: Option<u64> },
    Undo {},
    Bury {},
    Suspend {},
    Skip {},
    Flag { flag: Flag },
    Drills { only: bool },
    Reload {},
    Quit {},
}

/// A line of input.
enum Line {
    Request(Request),
    Bad(String),
    End,
}

/// Runs a session over lines of JSON.
///
/// # Errors
/// If the journal fails, or the other side is gone.
pub fn run<J: Journal + Errands>(
    session: &mut Session<J>,
    day: StudyDay,
    clock: Clock<'_>,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> Result<(), Ended<J::Error>> {
    let mut wire = Wire { input, output };
    let remaining = session.remaining();
    let version = env!("CARGO_PKG_VERSION");
    wire.say(&Message::Hello { protocol: PROTOCOL, version, day, remaining })?;
    while let Some(asked) = session.open()?.cloned() {
        let remaining = session.remaining();
        wire.say(&Message::Card(card(&asked, remaining)))?;
        if !converse(session, &asked, clock, &mut wire)? {
            break;
        }
    }
    let tally = session.tally();
    wire.say(&Message::Done {
        reviewed: tally.reviewed,
        passed: tally.passed,
        drilled: tally.drilled,
        seconds: tally.ms / 1000,
        waiting: session.waiting(),
    })
}

/// Talks about the open card until it is closed; false if the other side quits.
fn converse<J: Journal + Errands>(
    session: &mut Session<J>,
    asked: &Asked,
    clock: Clock<'_>,
    wire: &mut Wire<'_>,
) -> Result<bool, Ended<J::Error>> {
    let shown = Instant::now();
    let card = asked.card.id.as_str();
    loop {
        let request = match screen(wire.hear())? {
            Line::Request(request) => request,
            Line::Bad(message) => {
                wire.say(&Message::Error { message })?;
                continue;
            }
            Line::End => return Ok(false),
        };
        match request {
            Request::Reveal { typed } => wire.say(&answer(asked, typed.as_deref()))?,
            Request::Grade { grade, ms } => {
                let elapsed = shown.elapsed().as_millis();
                let ms = ms.map_or(elapsed, u128::from);
                let ms = u32::try_from(ms).unwrap_or(u32::MAX);
                let verdict = session.grade(clock(), grade, ms)?;
                wire.verdict(card, verdict, |graded| graded_message(card, graded))?;
                return Ok(true);
            }
            Request::Bury {} => {
                let verdict = session.bury(clock())?;
                wire.verdict(card, verdict, |()| Message::Buried { card })?;
                return Ok(true);
            }
            Request::Suspend {} => {
                let verdict = session.suspend(clock())?;
                wire.verdict(card, verdict, |()| Message::Suspended { card })?;
                return Ok(true);
            }
            Request::Skip {} => {
                session.skip();
                wire.say(&Message::Skipped { card })?;
                return Ok(true);
            }
            Request::Flag { flag } => {
                let verdict = session.flag(clock(), flag)?;
                wire.verdict(card, verdict, |()| Message::Flagged { card, flag })?;
                if verdict == Some(Verdict::Stale) {
                    return Ok(true);
                }
            }
            Request::Drills { only } => {
                session.only_drills(only);
                wire.say(&Message::Drills { only, remaining: session.remaining() })?;
                return Ok(true);
            }
            Request::Reload {} => {
                let message = match session.journal().import(asked.card.candidate.card) {
                    Edited::Imported(message) => message,
                    Edited::AsItWas => String::new(),
                    Edited::Broken(message) | Edited::Failed(message) => {
                        wire.say(&Message::Error { message })?;
                        continue;
                    }
                };
                session.reopen()?;
                wire.say(&Message::Reloaded { card, message })?;
                return Ok(true);
            }
            Request::Undo {} => match session.undo(clock())? {
                Some(undone) => {
                    let remaining = session.remaining();
                    let (card, event) = (undone.card.as_str(), undone.event);
                    wire.say(&Message::Undone { card, event, remaining })?;
                    return Ok(true);
                }
                None => wire.say(&Message::Error { message: "nothing to undo".to_owned() })?,
            },
            Request::Quit {} => return Ok(false),
        }
    }
}

/// The two ends of the conversation.
struct Wire<'a> {
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
}

impl Wire<'_> {
    fn say<E>(&mut self, message: &Message<'_>) -> Result<(), Ended<E>> {
        let json = serde_json::to_string(message).map_err(std::io::Error::from);
        screen(json.and_then(|json| {
            writeln!(self.output, "{}", escaped_json(&json))?;
            self.output.flush()
        }))
    }

    fn verdict<'m, T, E>(
        &mut self,
        card: &'m str,
        verdict: Option<Verdict<T>>,
        stored: impl FnOnce(T) -> Message<'m>,
    ) -> Result<(), Ended<E>> {
        match verdict {
            Some(Verdict::Stored(value)) => self.say(&stored(value)),
            Some(Verdict::Stale) | None => self.say(&Message::Stale { card }),
        }
    }

    fn hear(&mut self) -> std::io::Result<Line> {
        loop {
            let mut line = Vec::new();
            let read = Read::take(&mut *self.input, LONGEST_LINE).read_until(b'\n', &mut line)?;
            if read == 0 {
                return Ok(Line::End);
            }
            if read as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
                self.input.skip_until(b'\n')?;
                return Ok(Line::Bad("a request is one line of 1 MiB at most".to_owned()));
            }
            if !line.trim_ascii().is_empty() {
                return Ok(request(&line).map_or_else(Line::Bad, Line::Request));
            }
        }
    }
}

/// Reads a request, or says what is wrong with it.
fn request(line: &[u8]) -> Result<Request, String> {
    let value: serde_json::Value =
        serde_json::from_slice(line).map_err(|_| "a request is one JSON object on one line")?;
    if !value["do"].is_string() {
        return Err(r#"a request says what to do, as in {"do":"reveal"}"#.to_owned());
    }
    serde_json::from_value(value).map_err(|error| {
        let message = error.to_string();
        message.replace("unknown variant", "unknown request").replace("i64", "a whole number")
    })
}

fn card<'a>(asked: &'a Asked, remaining: Remaining) -> Card<'a> {
    let note: &Note = &asked.card.note;
    Card {
        card: &asked.card.id,
        deck: &asked.card.deck,
        kind: note.kind(),
        phase: phase(asked.kind),
        front: &asked.face.front,
        hint: note.hint.as_deref(),
        typed: note.typed,
        tags: &note.tags,
        source: note.source.as_deref(),
        flag: asked.card.candidate.state.flag,
        remaining,
    }
}

fn answer<'a>(asked: &'a Asked, typed: Option<&str>) -> Message<'a> {
    let intervals = (0..).zip(asked.intervals);
    Message::Answer {
        card: &asked.card.id,
        back: &asked.face.back,
        extra: asked.card.note.extra.as_deref(),
        suggested: typed.map(|typed| suggested(typed, &asked.face.answer)),
        comparison: typed.map(|typed| Comparison::of(typed, &asked.face.answer)),
        intervals: intervals.map(|(q, days)| (format!("{q}"), days.get().into())).collect(),
    }
}

fn graded_message(card: &str, graded: Graded) -> Message<'_> {
    Message::Graded {
        card,
        grade: graded.grade,
        phase: phase(graded.kind),
        repetitions: graded.repetitions,
        interval: graded.interval.get(),
        ease: graded.ease.into(),
        due: graded.due,
        again_today: graded.again_today,
        leech: graded.leech,
    }
}

/// The word for the role a card is asked in, before its answer.
fn phase(kind: ReviewKind) -> &'static str {
    match kind {
        ReviewKind::Learn => "new",
        kind => kind.word(),
    }
}
