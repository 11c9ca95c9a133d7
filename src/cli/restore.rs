//! `kata restore`.

use crate::cli::error::Exit;
use crate::cli::{Setting, backup};
use crate::report::counted;
use crate::store::{Backups, Contents, Reason, Store, StoreError};
use anyhow::Result;
use clap::Args;
use std::path::{Path, PathBuf};

/// Put a backup in the place of the database
///
/// What it replaces is backed up first, so that a restore can be taken back by another. A database
/// that is damaged is put aside, with all that is in it.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A backup as `kata backup --list` names it, or a file; without it, the newest
    #[arg(value_name = "WHICH")]
    which: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  kata restore                  the newest backup
  kata restore 2026-11-23-1     the first of a day
  kata restore /mnt/usb/2026-11-23-1-daily.db.zst";

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let database = std::path::absolute(&setting.database.path)?;
    let kept = Backups::of(&database);
    let (name, file) = chosen(&kept, arguments.which.as_deref())?;
    let unpacked = kept.unpack(&file)?;
    let restored = unpacked.contents()?;
    let replaced = make_room(setting, &kept)?;
    Store::open(&database)?.restore(&unpacked)?;
    setting.output.said(&format!("Restored {name}: {}.{replaced}", told(restored)))?;
    Ok(Exit::Done)
}

/// The backup that is meant, by its name, and its file.
fn chosen(kept: &Backups, which: Option<&str>) -> Result<(String, PathBuf)> {
    let Some(which) = which else {
        let newest = kept.list()?.pop();
        return newest
            .map(|backup| (backup.name.short(), backup.path))
            .ok_or_else(|| anyhow::anyhow!("there is no backup in {}", kept.folder().display()));
    };
    match kept.find(which) {
        Err(StoreError::UnknownBackup { .. }) if Path::new(which).is_file() => {
            Ok((which.to_owned(), which.into()))
        }
        found => Ok(found.map(|backup| (backup.name.short(), backup.path))?),
    }
}

/// Backs up what is there; what is damaged is put aside. In a sentence, what was done.
fn make_room(setting: &Setting, kept: &Backups) -> Result<String> {
    let taken = match backup::take(setting, kept, Reason::Restore) {
        Err(error) if error.downcast_ref().is_some_and(StoreError::is_damage) => {
            let aside = kept.put_aside()?;
            return Ok(format!(" The damaged database is in {}.", aside.display()));
        }
        taken => taken?,
    };
    Ok(match taken {
        Some(made) => format!(" What was there is in the backup {}.", made.name.short()),
        None => String::new(),
    })
}

fn told(contents: Contents) -> String {
    let Contents { notes, reviews } = contents;
    format!("{}, {}", counted(notes, "note"), counted(reviews, "answer"))
}
