//! A reader with a pencil: takes a page of `kata why`, does every sum on it again, and follows
//! SM-2 by hand from one event to the next.

use super::sums::{Value, equal_terms};
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

/// What the reader has on paper after an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// In hundredths.
    pub ease: u64,
    pub n: u64,
    pub interval: u64,
    pub due: Option<NaiveDate>,
    /// The last answer that moved the due day.
    pub answered: Option<NaiveDate>,
    pub suspended: bool,
}

const LONGEST: u64 = 36_500;

impl Paper {
    pub const NEW: Paper =
        Paper { ease: 250, n: 0, interval: 0, due: None, answered: None, suspended: false };

    /// SM-2 and the rule for early answers, in the words of the paper and of the contract.
    pub fn answer(&mut self, kind: &str, grade: u64, day: NaiveDate) {
        if matches!(kind, "drill" | "cram") {
            return;
        }
        let early = if kind == "ahead" { self.early(day) } else { None };
        if grade < 3 {
            (self.n, self.interval) = (0, 1);
        } else {
            if early.is_none_or(|e| 2 * e >= self.interval) {
                let moved = [self.ease.saturating_sub(14), self.ease, self.ease + 10];
                self.ease = moved[grade as usize - 3].clamp(130, 100_000);
                self.n += 1;
            }
            self.interval = match (early, self.n) {
                (Some(e), _) => self.interval.max((e * self.ease).div_ceil(100)),
                (None, 1) => 1,
                (None, 2) => 6,
                (None, _) => (self.interval * self.ease).div_ceil(100),
            };
            self.interval = self.interval.min(LONGEST);
        }
        self.due = Some(day + Days::new(self.interval));
        self.answered = Some(day);
    }

    /// Days since the last answer, if they are fewer than the interval.
    pub fn early(&self, day: NaiveDate) -> Option<u64> {
        let since = self.answered.unwrap_or(self.due? - Days::new(self.interval));
        let days = (day - since).num_days();
        (days < self.interval as i64).then_some(days.max(0) as u64)
    }
}

/// An event as its block on the page tells it.
struct Block<'a> {
    day: NaiveDate,
    words: String,
    /// From a quantity's name to its terms.
    sums: HashMap<&'a str, String>,
}

impl Block<'_> {
    /// `review`, `reset` and the like.
    fn kind(&self) -> &str {
        self.words.split([' ', ',', ':']).next().unwrap()
    }

    fn grade(&self) -> u64 {
        let grade = self.words.split_once("grade ").unwrap().1;
        grade[..1].parse().unwrap()
    }

    fn is_passed_over(&self) -> bool {
        self.words.contains(": undone") || self.words.contains(": passed over")
    }

    /// What a quantity comes to, all of its terms being equal.
    fn value(&self, name: &str) -> Result<Value, String> {
        let sum = self.sums.get(name).ok_or(format!("no {name}"))?;
        equal_terms(sum).map_err(|why| format!("{name}: {why}"))
    }

    /// The state that its sums lead to.
    fn paper(&self, before: &Paper) -> Result<Paper, String> {
        let due = self.sums.get("due").map(|_| self.value("due")).transpose()?;
        Ok(Paper {
            ease: self.value("EF")?.hundredths(),
            n: self.value("n")?.whole(),
            interval: self.value("I")?.whole(),
            due: due.map(Value::day),
            ..*before
        })
    }
}

/// Follows a page to its end.
///
/// # Errors
/// If a sum is wrong, or is not the one that SM-2 asks for.
pub fn follow(page: &str) -> Result<Paper, String> {
    let mut paper = Paper::NEW;
    let blocks = blocks(page);
    for block in &blocks {
        let after = after(&paper, block).map_err(|why| format!("{}: {why}", block.words))?;
        paper = after;
    }
    check_standing(page, &paper)?;
    check_outcomes(page, &paper)?;
    Ok(paper)
}

fn after(before: &Paper, block: &Block<'_>) -> Result<Paper, String> {
    let mut expected = *before;
    let kind = block.kind();
    if block.is_passed_over() {
        return if block.sums.is_empty() { Ok(expected) } else { Err("has sums".to_owned()) };
    }
    match kind {
        "drill" | "cram" | "flag" | "bury" | "relink" | "undo" => {}
        "suspend" => expected.suspended = true,
        "resume" => expected.suspended = false,
        "reset" => expected = Paper { suspended: before.suspended, ..Paper::NEW },
        "reschedule" => return set_by_hand(before, block),
        "learn" | "review" | "ahead" => {
            expected.answer(kind, block.grade(), block.day);
            check_operands(before, block, &expected)?;
        }
        other => return Err(format!("what is {other}?")),
    }
    let has_sums = !block.sums.is_empty();
    let told = if has_sums { block.paper(&expected)? } else { expected };
    (told == expected).then_some(told).ok_or(format!("{told:?} is told, {expected:?} is right"))
}

/// What is told as it was is as it was, and the day is that of the heading.
fn set_by_hand(before: &Paper, block: &Block<'_>) -> Result<Paper, String> {
    let told = block.paper(before)?;
    let left = |name: &str| block.sums[name].ends_with(", as it was");
    let same = (!left("EF") || told.ease == before.ease)
        && (!left("n") || told.n == before.n)
        && (!left("I") || told.interval == before.interval);
    let day = format!("reschedule to {}", told.due.unwrap());
    (same && block.words.starts_with(&day))
        .then_some(told)
        .ok_or(format!("{told:?} from {before:?}"))
}

/// The sums are made of what stood on the paper, not only right in themselves.
fn check_operands(before: &Paper, block: &Block<'_>, after: &Paper) -> Result<(), String> {
    let has = |name: &str, part: String| {
        let sum = block.sums.get(name).cloned().unwrap_or_default();
        sum.contains(&part).then_some(()).ok_or(format!("no {part:?} in {name} = {sum}"))
    };
    let (q, day) = (block.grade(), block.day);
    has("due", format!("{day} + {}", after.interval))?;
    let early = if block.kind() == "ahead" { before.early(day) } else { None };
    if q < 3 {
        return Ok(());
    }
    if let Some(e) = early {
        let since =
            before.answered.unwrap_or_else(|| before.due.unwrap() - Days::new(before.interval));
        has("e", format!("{day} - {since}"))?;
        has("2e", format!("2 × {e}"))?;
        has("2e", before.interval.to_string())?;
        has("I", format!("max({}, ceil({e} × {}))", before.interval, decimal(after.ease)))?;
        // The names of these are no sums of the state.
        block.value("e")?;
        block.value("2e")?;
    } else if after.n > 2 {
        has("I", format!("ceil({} × {})", before.interval, decimal(after.ease)))?;
    }
    if early.is_none_or(|e| 2 * e >= before.interval) {
        let from = decimal(before.ease);
        has("EF", format!("{from} + 0.10 - (5 - {q}) × (0.08 + (5 - {q}) × 0.02)"))?;
        has("n", format!("{} + 1", before.n))?;
    }
    Ok(())
}

fn decimal(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The last words on the card, against the paper.
fn check_standing(page: &str, paper: &Paper) -> Result<(), String> {
    let numbers = format!("EF = {}, n = {}, I = {}", decimal(paper.ease), paper.n, paper.interval);
    let told =
        page.lines().find(|line| line.starts_with("It is due") || line.starts_with("It is new"));
    let told = told.ok_or("no standing")?;
    let day = match paper.due {
        Some(due) => format!("It is due on {due} ("),
        None => "It is new: ".to_owned(),
    };
    if !told.starts_with(&day) || !told.contains(&numbers) {
        return Err(format!("{told:?} is told of {paper:?}"));
    }
    match page.contains("\nIt is suspended") == paper.suspended {
        true => Ok(()),
        false => Err("it is suspended or not".to_owned()),
    }
}

/// The tables of what each grade would give, against the paper.
fn check_outcomes(page: &str, paper: &Paper) -> Result<(), String> {
    let mut role: Option<(NaiveDate, String)> = None;
    let mut rows = 0;
    for line in joined(page) {
        if line.starts_with("Answered ") {
            let day = line.split([' ', ',', '.']).find_map(|word| word.parse().ok()).unwrap();
            let kind = line.split_once("it would count as ").unwrap().1;
            role = Some((day, kind.split([',', ':', '.', ' ']).next().unwrap().to_owned()));
            continue;
        }
        let (Some((day, kind)), true) = (&role, line.starts_with(|c: char| c.is_ascii_digit()))
        else {
            continue;
        };
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut expected = *paper;
        expected.answer(kind, words[0].parse().unwrap(), *day);
        let told = [words[2], words[3], words[4], words[5]].map(str::to_owned);
        let due = expected.due.unwrap().to_string();
        let right =
            [decimal(expected.ease), expected.n.to_string(), expected.interval.to_string(), due];
        if told != right {
            return Err(format!("{told:?} instead of {right:?} as {kind} on {day}"));
        }
        rows += 1;
    }
    let has_drill = page.contains("it would count as drill");
    (rows % 6 == 0 && (rows > 0 || has_drill)).then_some(()).ok_or(format!("{rows} rows"))
}

/// The blocks of the events: those lines that start with a day, and what is indented below them.
fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut last = "";
    for line in page.lines() {
        if let Some((day, words)) = line.split_once("  ")
            && let Ok(day) = day.parse()
        {
            blocks.push(Block { day, words: words.to_owned(), sums: HashMap::new() });
        } else if line.starts_with("Answered ") {
            break;
        } else if let Some(block) = blocks.last_mut()
            && let Some(text) = line.strip_prefix("  ")
        {
            if let Some(more) = line.strip_prefix("            ") {
                block.words += &format!(" {more}");
            } else if let Some((name, sum)) =
                text.split_once(" = ").filter(|(name, _)| name.len() == 3)
            {
                last = name.trim_end();
                block.sums.insert(last, sum.to_owned());
            } else if let Some(more) = text.trim_start().strip_prefix("= ") {
                *block.sums.get_mut(last).unwrap() += &format!(" = {more}");
            }
        }
    }
    blocks
}

/// The page's lines; a sentence that was broken is one.
fn joined(page: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in page.lines() {
        match lines
            .last_mut()
            .filter(|last| last.starts_with("Answered ") && !last.ends_with([':', '.']))
        {
            Some(last) => *last += &format!(" {line}"),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}
