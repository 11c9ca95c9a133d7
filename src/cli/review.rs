//! `kata review`.

use crate::cli::desk::Desk;
use crate::cli::error::{Exit, Interrupted, WrongUsage};
use crate::cli::output::is_dumb;
use crate::cli::selection::{self, Wanted};
use crate::cli::{Setting, clock, intake};
use crate::frontend::tui::{KEYS, Key};
use crate::frontend::{Ended, json, leave_on_signals, plain, tui};
use crate::model::{DeckName, Now};
use crate::report::backlog;
use crate::session::{Allowances, Mode, Pace, Session, TimeBox};
use crate::store::DeckRecord;
use anyhow::Result;
use clap::Args;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::path::{Component, Path, PathBuf};

/// Ask what is due, and new cards
///
/// Each answer is stored before the next question is shown: quit at any time. Space shows the
/// answer; a digit grades it, 0 (blackout) to 5 (easy), 3 and above is a pass.
#[derive(Debug, Default, Args)]
#[command(after_long_help = after_help())]
pub(super) struct Arguments {
    /// Whether `kata` alone has told of the clock just before.
    #[arg(skip)]
    after_glance: bool,
    /// Decks, with all below them, or deck files and folders to import first; without any, all
    #[arg(value_name = "DECK or PATH")]
    targets: Vec<String>,
    /// New cards in this session, whatever was learned today
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    new: Option<u32>,
    /// Due cards in this session, whatever was reviewed today
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    limit: Option<u32>,
    /// End once what is left fills so many minutes, by your own median answer time
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: Option<u32>,
    /// Only cards with this tag
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Also cards that are due within so many days
    #[arg(long, value_name = "DAYS", conflicts_with = "cram", value_parser = clap::value_parser!(u32).range(..=36_500))]
    ahead: Option<u32>,
    /// Every card, due or not; no schedule moves
    #[arg(long, conflicts_with = "new")]
    cram: bool,
    /// Lines, without colour or single keys
    #[arg(long, conflicts_with = "json")]
    plain: bool,
    /// One JSON object a line, for other programs
    #[arg(long)]
    json: bool,
}

/// The keys of the screen, and examples.
fn after_help() -> String {
    let mut help = "Keys:\n".to_owned();
    for Key { key, does } in [GRADES].iter().chain(&KEYS) {
        let _ = writeln!(help, "  {key:16}  {does}");
    }
    format!("{help}\n{EXAMPLES}")
}

const GRADES: Key = Key {
    key: "0 to 5",
    does: "grade the answer; 1 to 4 or 1 and 2 where `grades` is set to `four` or `two`",
};

const EXAMPLES: &str = "\
Examples:
  kata review                   all that is due
  kata review devops --new 5    the decks below devops, with 5 new cards at most
  kata review notes/flow.yaml   import a file, then review its deck
  kata review --tag exam --ahead 7
                                what is due within a week, too, of one tag";

impl Arguments {
    /// Those of the review that `kata` alone begins, having told of the clock.
    pub(super) fn after_glance() -> Self {
        Arguments { after_glance: true, ..Arguments::default() }
    }
}

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    leave_on_signals()?;
    let mut store = setting.store()?;
    let targets = Targets::of(&store.decks()?, &arguments.targets)?;
    let mut names = targets.names;
    let mut failed = false;
    if let Some(import) = intake::before_review(setting, &mut store, &targets.paths)? {
        names.extend(import.decks);
        failed = import.failed;
    }
    if names.is_empty() && !targets.paths.is_empty() {
        // With errors the reason has been told.
        return match failed {
            false => Err(anyhow::anyhow!("no deck is left there to review")),
            true => Ok(Exit::Failed),
        };
    }
    let now = setting.now()?;
    if !arguments.after_glance {
        clock::doubt(setting, &store, now.day)?;
    }
    let all = store.decks()?;
    let names: Vec<DeckName> = names.into_iter().collect();
    let decks = selection::decks(&all, &names)?;
    let tagged = arguments.tag.as_deref().map(|tag| store.notes_with_tag(tag)).transpose()?;
    let wanted = Wanted {
        decks: &decks,
        notes: tagged.as_ref(),
        mode: arguments.mode(),
        session: Allowances { new: arguments.new, reviews: arguments.limit },
    };
    let (plan, rules) = selection::plan(setting, &store, &all, &wanted, now.day)?;
    if arguments.counts_for_the_day() {
        let told = selection::backlog(setting, &store, &all, &decks, (&plan, &rules), now.day)?;
        told.inspect(|told| setting.output.note(&backlog(*told)));
    }
    let scheduler = setting.config.scheduler;
    let pace = Pace::of(store.latest_answer_times(Pace::ANSWERS)?);
    let mut session =
        Session::new(Desk::new(setting, store), scheduler, rules, plan, now.day).at(pace);
    if let Some(minutes) = arguments.minutes {
        session = session.within(TimeBox::minutes(minutes));
    }
    hold(setting, arguments, &mut session, now)?;
    Ok(if failed { Exit::Failed } else { Exit::Done })
}

/// Holds the session on the front end that fits.
fn hold(
    setting: &Setting,
    arguments: &Arguments,
    session: &mut Session<Desk<'_>>,
    now: Now,
) -> Result<()> {
    // A clock that could be read once can be read again.
    let clock = || setting.now().unwrap_or(now);
    let mut input = io::stdin().lock();
    let mut output = io::stdout().lock();
    let terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let ended = if arguments.json {
        json::run(session, now.day, &clock, &mut input, &mut output)
    } else if arguments.plain || !terminal || is_dumb() {
        let manner = plain::Manner {
            scale: setting.config.grades,
            width: setting.output.width(),
            echoes: io::stdin().is_terminal(),
        };
        plain::run(session, now.day, &clock, manner, &mut input, &mut output)
    } else {
        let manner = tui::Manner {
            scale: setting.config.grades,
            depth: setting.output.depth(),
            tone: setting.config.theme,
        };
        tui::run(session, &clock, manner, &mut output)
    };
    match ended {
        Ok(()) => Ok(()),
        Err(Ended::Interrupted) => Err(Interrupted.into()),
        Err(Ended::Journal(error)) => Err(error.into()),
        Err(Ended::Screen(error)) => Err(error.into()),
    }
}

impl Arguments {
    /// Whether it asks what the day's limits let through, and nothing else.
    fn counts_for_the_day(&self) -> bool {
        self.mode() == Mode::Due && self.limit.is_none() && self.tag.is_none()
    }

    fn mode(&self) -> Mode {
        match (self.cram, self.ahead) {
            (true, _) => Mode::Cram,
            (_, Some(days)) => Mode::Ahead(days),
            _ => Mode::Due,
        }
    }
}

/// Decks by name, and paths to import first.
#[derive(Debug, Default, PartialEq, Eq)]
struct Targets {
    names: BTreeSet<DeckName>,
    paths: Vec<PathBuf>,
}

impl Targets {
    /// Tells decks and paths apart. An existing deck wins; a path exists, or can be nothing else.
    /// What is neither is taken for a deck: a changed file may bring it yet.
    fn of(all: &[DeckRecord], targets: &[String]) -> Result<Self> {
        let mut told = Targets::default();
        for target in targets {
            let name = target.parse::<DeckName>();
            let path = Path::new(target);
            match name {
                Ok(name) if selection::selects(all, &name) => {
                    told.names.insert(name);
                }
                _ if path.exists() || looks_like_a_path(path) => told.paths.push(path.into()),
                Ok(name) => {
                    told.names.insert(name);
                }
                Err(error) => return Err(WrongUsage(error.to_string()).into()),
            }
        }
        Ok(told)
    }
}

/// Whether it is written as a path and cannot be meant as a deck: absolute, from `.` or `..` on, or
/// with an extension.
pub(super) fn looks_like_a_path(path: &Path) -> bool {
    let from_here = matches!(
        path.components().next(),
        Some(Component::CurDir | Component::ParentDir | Component::RootDir | Component::Prefix(_))
    );
    from_here || path.extension().is_some() || path.as_os_str().as_encoded_bytes().ends_with(b"/")
}
