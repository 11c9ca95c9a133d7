//! `kata import`.

use crate::cli::error::{Exit, WrongUsage};
use crate::cli::{Setting, intake, limited};
use crate::report::json;
use anyhow::{Context, Result, anyhow};
use clap::Args;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// The largest export that is read, in bytes: a million cards with ten million reviews need less
/// than half of it.
const LARGEST_EXPORT: u64 = 16 << 30;

/// Import deck files, and folders of them
///
/// A card that was edited keeps its schedule; importing twice changes nothing. A file with errors
/// is not imported at all, and the others are. A `.json` file is an export, and is taken into an
/// empty database.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Deck files, folders of them, or one JSON export
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Say what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Tell it as JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  kata import decks/                a folder, again after each edit
  kata import -v --dry-run decks/   what would change, note by note";

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    if let [path] = &arguments.paths[..]
        && path.extension().is_some_and(|extension| extension == "json")
    {
        return take_back_export(setting, path, arguments.dry_run);
    }
    let import = match arguments.dry_run {
        true => intake::rehearse(setting, &setting.store_to_read()?, &arguments.paths)?,
        false => {
            let mut store = setting.store()?;
            intake::import(setting, &mut store, &arguments.paths)?
        }
    };
    let output = &setting.output;
    if setting.verbose && !arguments.json {
        output.result(&import.list())?;
    }
    match arguments.json {
        true => output.result(&json(&import.summary))?,
        false => output.said(&import.summary.to_string())?,
    }
    let exit = if import.failed { Exit::Failed } else { Exit::Done };
    // The system takes the memory of many notes back at once; note by note it would take its time.
    std::mem::forget(import);
    Ok(exit)
}

/// Loads an export into an empty database.
fn take_back_export(setting: &Setting, path: &Path, dry_run: bool) -> Result<Exit> {
    if dry_run {
        return Err(
            WrongUsage("an export is imported whole, or not: leave --dry-run out".into()).into()
        );
    }
    let cannot = || format!("cannot read {}", path.display());
    let file = limited::open(path, LARGEST_EXPORT).with_context(cannot)?;
    // Read as it comes: the text of a large export is not held beside what it says.
    let dump = serde_json::from_reader(BufReader::with_capacity(1 << 16, file));
    let dump = dump.map_err(|error| match error.is_io() {
        true => anyhow!(error).context(cannot()),
        false => anyhow!(error).context(format!("{} is no export of kata", path.display())),
    })?;
    setting.store()?.load(dump)?;
    setting.output.said(&format!("Everything in {} is back.", path.display()))?;
    Ok(Exit::Done)
}
