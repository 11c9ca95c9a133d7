//! `kata backup`.

use crate::cli::Setting;
use crate::cli::error::Exit;
use crate::report::{BackupLine, BackupList, backups, bytes, json};
use crate::store::{Backup, BackupName, Backups, Reason};
use anyhow::Result;
use clap::Args;
use std::time::Instant;

/// Back up the database
///
/// A backup is a verified and compressed copy beside the database, made while others read and write.
/// One is made by itself at the first write of each study day, before a restore, and before an
/// import that retires much of a deck. By default the last of each of 7 days, 4 weeks and 12 months
/// stay.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// List the backups that there are
    #[arg(long)]
    list: bool,
    /// Tell it as JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  kata backup            one more, now
  kata backup --list     those there are; `kata restore NAME` puts one back";

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let kept = Backups::of(&std::path::absolute(&setting.database.path)?);
    match arguments.list {
        true => list(setting, &kept, arguments.json),
        false => make(setting, &kept, arguments.json),
    }
}

fn make(setting: &Setting, kept: &Backups, as_json: bool) -> Result<Exit> {
    let begun = Instant::now();
    let Some(made) = take(setting, kept, Reason::Asked)? else {
        anyhow::bail!(
            "there is nothing to back up: {} is missing",
            setting.database.path.display()
        );
    };
    let seconds = begun.elapsed().as_secs_f64();
    match as_json {
        true => setting.output.result(&json(&line(&made)))?,
        false => setting.output.said(&format!(
            "Backup {}: {}, in {seconds:.1} s, in {}.",
            made.name.short(),
            bytes(made.size),
            made.path.display(),
        ))?,
    }
    Ok(Exit::Done)
}

/// Backs up the database for this reason; `None` if there is none.
pub(super) fn take(setting: &Setting, kept: &Backups, reason: Reason) -> Result<Option<Backup>> {
    let Some(store) = crate::store::Store::open_existing(&setting.database.path)? else {
        return Ok(None);
    };
    let day = setting.now()?.day;
    Ok(kept.take(&store, (day, reason), setting.config.keep())?)
}

fn list(setting: &Setting, kept: &Backups, as_json: bool) -> Result<Exit> {
    let list = BackupList {
        folder: kept.folder().display().to_string(),
        backups: kept.list()?.iter().map(line).collect(),
    };
    let output = &setting.output;
    match as_json {
        true => output.result(&json(&list))?,
        false => output.result(&backups(&list, output.style(), output.width()))?,
    }
    Ok(Exit::Done)
}

fn line(backup: &Backup) -> BackupLine {
    BackupLine {
        backup: backup.name.short(),
        reason: match backup.name {
            BackupName::Schema(_) => "update",
            BackupName::Day(_, _, reason) => reason.word(),
        },
        day: backup.name.day(),
        made: backup.made.into(),
        size: backup.size,
        path: backup.path.display().to_string(),
    }
}
