//! `kata stats`.

use crate::cli::Setting;
use crate::cli::error::{Exit, WrongUsage};
use crate::cli::output::is_dumb;
use crate::cli::page;
use crate::cli::query::{Query, Subject};
use crate::cli::replace::Replacement;
use crate::cli::selection;
use crate::model::{CardId, DeckName, StudyDay};
use crate::report::{CsvTable, Ink, Paper, Section, Show, csv, html, json, statistics};
use crate::schedule::DeckRow;
use crate::stats::{
    Answer, CardCounts, CardNumber, CardRow, DayRange, DeckFrame, Frame, Statistics, TagSet, Tally,
};
use crate::store::{self, DeckRecord, Store};
use anyhow::{Context, Result};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Show what was retained, what is to come, and how steadily you study
///
/// One screen of what is looked at each day; --all has everything, --section a part. A query is as
/// that of `kata cards`, but a word to look for is written in double quotes, and retired cards
/// count with the others, for their answers are of the history.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Decks, with all below them, and filters as tag:lean or ease<2; without any, all cards
    #[arg(value_name = "DECK or QUERY")]
    cards: Vec<String>,
    /// Only cards with this tag
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Leave out answers before this day, as 2026-11-23
    #[arg(long, value_name = "DAY")]
    since: Option<StudyDay>,
    /// Leave out answers after this day
    #[arg(long, value_name = "DAY")]
    until: Option<StudyDay>,
    /// Show every section
    #[arg(long, group = "form")]
    all: bool,
    /// Show these sections
    #[arg(
        long, group = "form", value_name = "NAME", value_delimiter = ',',
        value_parser = named(Section::ALL, Section::word)
    )]
    section: Vec<Section>,
    /// Sentences and plain tables, without charts
    #[arg(long)]
    plain: bool,
    /// Tell it as JSON
    #[arg(long, group = "form", conflicts_with = "plain")]
    json: bool,
    /// Tell one table as comma-separated values
    #[arg(
        long, group = "form", conflicts_with = "plain", value_name = "TABLE",
        value_parser = named(CsvTable::ALL, CsvTable::word)
    )]
    csv: Option<CsvTable>,
    /// Write all these tables into a folder, TABLE.csv each
    #[arg(long, group = "form", conflicts_with = "plain", value_name = "DIR")]
    csv_dir: Option<PathBuf>,
    #[command(flatten)]
    page: page::Flags,
}

const EXAMPLES: &str = "\
Examples:
  kata stats devops --since 2026-09-01      a deck in the last months
  kata stats tag:exam 'interval>=21'        cards by query
  kata stats --section forgetting,hardest   parts of the whole
  kata stats --csv days > days.csv          for a spreadsheet
  kata stats --open                         charts, in a browser";

/// A parser of the words that these values have.
fn named<T: Copy + Send + Sync + 'static, const N: usize>(
    all: [T; N],
    word: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.map(word)).try_map(move |name| {
        all.into_iter().find(|value| word(*value) == name).ok_or("unknown name")
    })
}

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let range = arguments.range()?;
    let page = arguments.page.place(setting)?;
    let store = setting.store_to_read()?;
    let all = store.decks()?;
    let selection = arguments.selection(&all)?;
    let today = setting.now()?.day;
    let output = &setting.output;
    let needs = arguments.needs();
    let numbers = of(setting, &store, &all, &selection, Scope { range, today, needs })?;
    if let Some(place) = page {
        page::put(setting, &place, &html(&numbers, arguments.scope().as_deref()))?;
    } else if arguments.json {
        output.result(&json(&numbers))?;
    } else if let Some(table) = arguments.csv {
        output.result(&csv(&numbers, table))?;
    } else if let Some(folder) = &arguments.csv_dir {
        write_tables(&numbers, folder)?;
        output.said(&format!("{} tables are in {}", CsvTable::ALL.len(), folder.display()))?;
    } else if numbers.cards == CardCounts::default() && !selection.is_everything() {
        output.result("No card is found by that: `kata cards` lists them.\n")?;
    } else {
        let paper = Paper { style: output.style(), width: output.width(), ink: arguments.ink() };
        output.result(&statistics(&numbers, &arguments.show(), range, paper))?;
    }
    Ok(Exit::Done)
}

impl Arguments {
    fn range(&self) -> Result<DayRange, WrongUsage> {
        match (self.since, self.until) {
            (Some(since), Some(until)) if since > until => {
                Err(WrongUsage(format!("--since {since} is after --until {until}")))
            }
            (since, until) => Ok(DayRange { since, until }),
        }
    }

    fn selection(&self, all: &[DeckRecord]) -> Result<Selection> {
        let (mut names, mut words) = (Vec::new(), Vec::new());
        for word in &self.cards {
            match word.parse::<DeckName>() {
                Ok(name) if selection::selects(all, &name) => names.push(name),
                // What has no sign of a query is a deck that there is not.
                Ok(name) if !word.contains([':', '<', '>', '=', '"']) => names.push(name),
                _ => words.push(word.as_str()),
            }
        }
        let query = Query::parse(words)?;
        if let Some(name) = query.decks().find(|name| !selection::selects(all, name)) {
            return Err(selection::unknown_deck(all, name).into());
        }
        let decks = selection::decks(all, &names)?;
        let tag = self.tag.as_ref().map(|tag| tag.to_lowercase());
        Ok(Selection { has_names: !names.is_empty(), decks, tag, query })
    }

    /// Which cards and days were asked for; `None` if all.
    fn scope(&self) -> Option<String> {
        let cards = self.cards.iter().cloned();
        let tag = self.tag.iter().map(|tag| format!("tag {tag}"));
        let since = self.since.iter().map(|day| format!("since {day}"));
        let until = self.until.iter().map(|day| format!("until {day}"));
        let words: Vec<String> = cards.chain(tag).chain(since).chain(until).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    fn show(&self) -> Show {
        match self.section.is_empty() {
            true if self.all => Show::All,
            true => Show::Screen,
            false => Show::Only(self.section.clone()),
        }
    }

    /// What has to be read besides cards and answers.
    fn needs(&self) -> Needs {
        let everything = self.json || self.all || self.csv_dir.is_some() || self.page.is_wanted();
        let shows = |section| self.section.contains(&section);
        let hardest = shows(Section::Hardest) || self.csv == Some(CsvTable::Hardest);
        let leeches = shows(Section::Leeches) || self.csv == Some(CsvTable::Leeches);
        let tags = shows(Section::Tags) || self.csv == Some(CsvTable::Tags);
        Needs { tags: everything || tags, texts: everything || hardest || leeches }
    }

    fn ink(&self) -> Ink {
        if self.plain || is_dumb() {
            return Ink::Numbers;
        }
        // The first that is set counts, as for every program.
        let mut names = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(std::env::var_os);
        let name = names.find(|name| !name.is_empty()).unwrap_or_default();
        Ink::of_locale(&name.to_string_lossy())
    }
}

/// Which cards are counted.
#[derive(Debug)]
struct Selection {
    /// Whether the person named decks.
    has_names: bool,
    decks: Vec<DeckRow>,
    /// In lower case.
    tag: Option<String>,
    query: Query,
}

impl Selection {
    fn is_everything(&self) -> bool {
        !self.has_names && !self.is_of_cards()
    }

    /// Whether it selects among the cards of a deck.
    fn is_of_cards(&self) -> bool {
        self.tag.is_some() || !self.query.is_empty()
    }

    /// The cards that the query finds; `None` if there is no query.
    fn found(
        &self,
        setting: &Setting,
        store: &Store,
        all: &[DeckRecord],
        today: StudyDay,
    ) -> Result<Option<HashSet<CardId>>> {
        if self.query.is_empty() {
            return Ok(None);
        }
        let mut found = HashSet::new();
        let finds = |subject: Subject<'_>| self.query.holds(subject);
        selection::each_found(setting, store, all, today, &finds, &mut |card| {
            found.insert(card.candidate.card);
        })?;
        Ok(Some(found))
    }
}

/// What is read that costs more than counting.
#[derive(Debug, Clone, Copy)]
struct Needs {
    tags: bool,
    /// The texts of hard cards.
    texts: bool,
}

#[derive(Debug, Clone, Copy)]
struct Scope {
    range: DayRange,
    today: StudyDay,
    needs: Needs,
}

/// The statistics of the selected cards.
fn of(
    setting: &Setting,
    store: &Store,
    all: &[DeckRecord],
    selection: &Selection,
    Scope { range, today, needs }: Scope,
) -> Result<Statistics> {
    let wanted: HashSet<DeckRow> = selection.decks.iter().copied().collect();
    let rules = selection::rules(setting, all);
    let decks = all.iter().filter(|deck| wanted.contains(&deck.row)).map(|deck| DeckFrame {
        row: deck.row,
        name: deck.name.clone(),
        leech_threshold: rules.leech_threshold(deck.row),
    });
    let decks = decks.collect();
    let found = selection.found(setting, store, all, today)?;
    let mut numbers = store.with_answers(|store, answers| {
        let reads_tags = needs.tags || selection.tag.is_some();
        let tags = if reads_tags { store.note_tags()? } else { Default::default() };
        let tagged: Option<HashSet<u32>> = selection.tag.as_ref().map(|tag| {
            let has = |set: &[String]| set.iter().any(|other| other.to_lowercase() == *tag);
            (0..).zip(&tags.sets).filter(|(_, set)| has(set)).map(|(place, _)| place).collect()
        });
        let mut tally = Tally::new(Frame { today, range, decks, tags: tags.sets.clone() });
        store.card_rows(&mut |card| {
            let set = tags.of(card.note);
            let has_tag = |tagged: &HashSet<u32>| set.is_some_and(|set| tagged.contains(&set));
            if tagged.as_ref().is_none_or(has_tag)
                && found.as_ref().is_none_or(|found| found.contains(&card.card))
            {
                tally.card(&row(card, set));
            }
        })?;
        answers.each(&mut |answer| tally.answer(&self::answer(answer)))?;
        Ok(tally.statistics())
    })?;
    if selection.is_of_cards() {
        // A deck that has none of the cards was not asked about.
        numbers.decks.retain(|deck| deck.total > 0 || deck.retention.total > 0);
    }
    if needs.texts {
        for hard in numbers.hardest.iter_mut().chain(&mut numbers.leeches) {
            if let Some(card) = store.card(hard.card)? {
                let face = card.note.face(card.candidate.position);
                *hard = hard.clone().told(&face.front, &face.answer);
            }
        }
    }
    Ok(numbers)
}

/// Writes every table into a folder, which is made if it is missing. All are written before the
/// first takes the place of an older one.
fn write_tables(numbers: &Statistics, folder: &Path) -> Result<()> {
    let failed = || format!("cannot write tables into {}", folder.display());
    fs::create_dir_all(folder).with_context(failed)?;
    let files = CsvTable::ALL.map(|table| {
        let path = folder.join(table.word()).with_extension("csv");
        Replacement::of(&path, csv(numbers, table).as_bytes())
    });
    let files: Vec<Replacement> =
        files.into_iter().collect::<Result<_, _>>().with_context(failed)?;
    files.into_iter().try_for_each(Replacement::put).with_context(failed)
}

/// A stored answer as statistics count it.
pub(super) fn answer(answer: store::Answer) -> Answer {
    let store::Answer { card, at, day, utc_offset, grade, kind, ms, interval_before } = answer;
    let card = CardNumber(card);
    Answer { card, day, at, utc_offset, grade, kind, ms, interval_before }
}

/// A stored card as statistics count it, with the place of its set of tags.
pub(super) fn row(card: store::CardRow, tags: Option<u32>) -> CardRow {
    let store::CardRow {
        number, card, deck, due, interval, ease, lapses, suspended, retired, ..
    } = card;
    let (number, tags) = (CardNumber(number), tags.map_or(TagSet::UNKNOWN, TagSet));
    CardRow { number, card, deck, tags, due, interval, ease, lapses, suspended, retired }
}
