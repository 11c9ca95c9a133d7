//! The command line: one file a command, with its arguments and its run.

mod add;
mod backup;
mod cards;
mod check;
mod clock;
mod completions;
mod compose;
mod config;
mod config_file;
mod database;
mod deckfiles;
mod decks;
mod desk;
mod destination;
mod doctor;
mod due;
mod editor;
mod errands;
mod error;
mod export;
mod glance;
mod history;
mod import;
mod intake;
mod limited;
mod man;
mod mark;
mod output;
mod page;
mod query;
#[cfg(any(test, fuzzing))]
pub(crate) use query::promises as query_promises;
mod replace;
mod restore;
mod retire;
mod review;
mod selection;
mod show;
mod stats;
mod undo;
mod why;

use crate::cli::config_file::Config;
use crate::cli::database::Database;
use crate::cli::error::{Exit, report};
use crate::cli::output::{Colour, Kept, Output};
use crate::frontend::{is_full_screen, take_file_limits_for_errors};
use crate::store::{self, Store};
use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use etcetera::BaseStrategy;
use std::path::PathBuf;
use std::process::ExitCode;

/// Spaced repetition for the terminal.
///
/// Deck files in YAML are imported into a database; a scheduler picks what is due; a daily review
/// asks it. Editing a deck file keeps every card's schedule, and no answer is ever lost.
#[derive(Debug, Parser)]
#[command(name = "kata", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<AnyCommand>,
}

/// Sections as the manual page reads them, too: see `man`.
const AFTER_HELP: &str = "\
Environment:
  KATA_DB      the database
  KATA_CONFIG  the settings; else kata/config.yaml in the platform's config directory
  KATA_NOW     the clock, as 2026-11-23T07:00:00+01:00; for tests and demonstrations
  KATA_SEED    the shuffle, a number; for tests and demonstrations
  NO_COLOR     no colour

Exit status:
  0    done
  1    it failed, or a file had errors
  2    wrong usage
  3    nothing is due, and --exit-code was given
  130  interrupted";

/// What every command has comes after its own options.
const GLOBAL: &str = "Global options";

#[derive(Debug, Args)]
struct Global {
    /// The database [env: KATA_DB; default: kata/kata.db in the platform's data directory]
    #[arg(long, value_name = "FILE", global = true, help_heading = GLOBAL)]
    db: Option<PathBuf>,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true, help_heading = GLOBAL)]
    color: Colour,
    /// Say only what was asked for, and errors
    #[arg(short, long, global = true, help_heading = GLOBAL, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more, such as each note that an import changes
    #[arg(short, long, global = true, help_heading = GLOBAL)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum AnyCommand {
    #[command(flatten)]
    Command(Command),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

/// The commands that look at settings and database, those of every day first.
#[derive(Debug, Subcommand)]
enum Command {
    Review(review::Arguments),
    Due(due::Arguments),
    Stats(stats::Arguments),
    Import(import::Arguments),
    Add(Box<add::Arguments>),
    Check(check::Arguments),
    Decks(decks::Arguments),
    Cards(cards::Arguments),
    Show(show::Arguments),
    History(history::Arguments),
    Why(why::Arguments),
    Suspend(mark::Suspend),
    Resume(mark::Resume),
    Bury(mark::Bury),
    Flag(mark::Flag),
    Reset(mark::Reset),
    Reschedule(mark::Reschedule),
    Relink(mark::Relink),
    Retire(retire::Arguments),
    Undo(undo::Arguments),
    Config(config::Arguments),
    Export(export::Arguments),
    Backup(backup::Arguments),
    Restore(restore::Arguments),
    Doctor(doctor::Arguments),
}

/// Runs a command; its error is told on stderr.
pub fn main(arguments: Arguments) -> ExitCode {
    take_file_limits_for_errors();
    let exit = match run(arguments) {
        Ok(exit) => exit,
        Err(error) => report(&error),
    };
    ExitCode::from(exit.code())
}

fn run(arguments: Arguments) -> Result<Exit> {
    let Arguments { global, command } = arguments;
    match command {
        None => run_command(&global, None),
        Some(AnyCommand::Command(command)) => run_command(&global, Some(command)),
        // These speak of kata itself, whatever is in its settings.
        Some(AnyCommand::Completions(arguments)) => completions::run(&global, &arguments),
        Some(AnyCommand::Man(arguments)) => man::run(&global, &arguments),
    }
}

fn run_command(global: &Global, command: Option<Command>) -> Result<Exit> {
    let context = Setting::new(global)?;
    tell_of_waits(global, context.database.path.display().to_string());
    match command {
        None => glance::run(&context),
        Some(Command::Import(arguments)) => import::run(&context, &arguments),
        Some(Command::Review(arguments)) => review::run(&context, &arguments),
        Some(Command::Due(arguments)) => due::run(&context, &arguments),
        Some(Command::Stats(arguments)) => stats::run(&context, &arguments),
        Some(Command::Decks(arguments)) => decks::run(&context, &arguments),
        Some(Command::Cards(arguments)) => cards::run(&context, &arguments),
        Some(Command::Show(arguments)) => show::run(&context, &arguments),
        Some(Command::History(arguments)) => history::run(&context, &arguments),
        Some(Command::Why(arguments)) => why::run(&context, &arguments),
        Some(Command::Suspend(arguments)) => arguments.run(&context),
        Some(Command::Resume(arguments)) => arguments.run(&context),
        Some(Command::Bury(arguments)) => arguments.run(&context),
        Some(Command::Flag(arguments)) => arguments.run(&context),
        Some(Command::Reset(arguments)) => arguments.run(&context),
        Some(Command::Reschedule(arguments)) => arguments.run(&context),
        Some(Command::Relink(arguments)) => arguments.run(&context),
        Some(Command::Retire(arguments)) => retire::run(&context, &arguments),
        Some(Command::Undo(arguments)) => undo::run(&context, &arguments),
        Some(Command::Check(arguments)) => check::run(&context, &arguments),
        Some(Command::Add(arguments)) => add::run(&context, &arguments),
        Some(Command::Config(arguments)) => config::run(&context, &arguments),
        Some(Command::Export(arguments)) => export::run(&context, &arguments),
        Some(Command::Backup(arguments)) => backup::run(&context, &arguments),
        Some(Command::Restore(arguments)) => restore::run(&context, &arguments),
        Some(Command::Doctor(arguments)) => doctor::run(&context, &arguments),
    }
}

/// Says on stderr what is waited for, unless told to be quiet, or a screen stands there.
fn tell_of_waits(global: &Global, database: String) {
    let (colour, quiet) = (global.color, global.quiet);
    store::tell_of_waits(move || {
        if !is_full_screen() {
            let output = Output::new(colour, quiet);
            output.note(&format!("Another kata is writing to {database}; waiting for it."));
        }
    });
}

/// What every command stands on: where the database is, what is configured, how to speak.
#[derive(Debug, Clone)]
struct Setting {
    database: Place,
    config_file: Place,
    config: Config,
    output: Output,
    verbose: bool,
}

/// Where a file is, and what says so.
#[derive(Debug, Clone)]
struct Place {
    path: PathBuf,
    /// A flag or a variable of the environment; `None` if it is the platform's default.
    said_by: Option<&'static str>,
}

impl Setting {
    fn new(global: &Global) -> Result<Self> {
        let database = Place::database(global.db.clone())?;
        let config_file = Place::named(environment("KATA_CONFIG"), "KATA_CONFIG")
            .map_or_else(|| Place::default_in(|home| home.config_dir(), "config.yaml"), Ok)?;
        // A link that leads nowhere is a mishap to be told, not a missing file.
        let is_there = std::fs::symlink_metadata(&config_file.path).is_ok();
        let config = match is_there || config_file.said_by.is_some() {
            true => Config::read(&config_file.path)?,
            false => Config::default(),
        };
        let output = Output::new(global.color, global.quiet);
        Ok(Setting { database, config_file, config, output, verbose: global.verbose })
    }

    /// The same with messages kept instead of told.
    fn keeping_messages(&self) -> (Self, Kept) {
        let (output, kept) = self.output.keeping_messages();
        (Setting { output, ..self.clone() }, kept)
    }

    /// The clock, read now.
    fn now(&self) -> Result<crate::model::Now> {
        clock::read(self.config.day_starts_at)
    }

    /// The database, made if it is missing.
    fn store(&self) -> Result<Database> {
        Database::of(self, Store::open(&self.database.path)?)
    }

    /// The database as it is, to be changed: an empty one that is nowhere if it is missing.
    fn store_to_change(&self) -> Result<Database> {
        Database::of(self, self.store_to_read()?)
    }

    /// The database as it is: an empty one that is nowhere if it is missing, and nothing made.
    fn store_to_read(&self) -> Result<Store> {
        match Store::open_existing(&self.database.path)? {
            Some(store) => Ok(store),
            None => Ok(Store::in_memory()?),
        }
    }
}

/// A path that the environment names; an empty one is none.
fn environment(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

impl Place {
    /// The database: the one that `--db` names, else the environment's, else the platform's.
    fn database(named: Option<PathBuf>) -> Result<Self> {
        Place::named(named, "--db")
            .or_else(|| Place::named(environment("KATA_DB"), "KATA_DB"))
            .map_or_else(|| Place::default_in(|home| home.data_dir(), "kata.db"), Ok)
    }

    fn named(path: Option<PathBuf>, by: &'static str) -> Option<Self> {
        path.map(|path| Place { path, said_by: Some(by) })
    }

    /// A file of kata's own in one of the platform's directories.
    fn default_in(directory: impl Fn(&dyn BaseStrategy) -> PathBuf, file: &str) -> Result<Self> {
        let home = etcetera::base_strategy::choose_native_strategy().context(
            "no home directory is known: name a database with --db FILE, and settings with KATA_CONFIG",
        )?;
        Ok(Place { path: directory(&home).join("kata").join(file), said_by: None })
    }
}
