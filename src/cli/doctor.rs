//! `kata doctor`.

use crate::cli::error::Exit;
use crate::cli::{Setting, backup};
use crate::model::text::counted;
use crate::report::{self, CheckLine, Health, SalvageTold, doctor, json};
use crate::store::{self, Backups, Check, Finding, Mended, Reason, Store, StoreError};
use anyhow::{Context, Result};
use clap::Args;
use std::path::{Path, PathBuf};

/// Check the database, and mend it
///
/// Pages, references, schema, history, text, cards and the cache of their state are looked at, and
/// nothing is written. The exit status is 1 if something is not as it should be.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// First compute the state of every card anew from its history
    #[arg(long, conflicts_with = "repair")]
    rebuild: bool,
    /// First mend what can be mended without losing an event
    #[arg(long)]
    repair: bool,
    /// Read what can be read of a damaged database into a new one
    ///
    /// Nothing is written to the damaged one. The exit status is 1 if something is missing.
    #[arg(long, value_name = "NEW", value_hint = clap::ValueHint::FilePath, conflicts_with_all = ["rebuild", "repair"])]
    salvage: Option<PathBuf>,
    /// Tell it as JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  kata doctor             is all well?
  kata doctor --repair    mend what can be mended; what was there is backed up
  kata doctor --salvage rescued.db && kata restore rescued.db";

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    if let Some(new) = &arguments.salvage {
        return salvage(setting, new, arguments.json);
    }
    let opened = Store::open_existing(&setting.database.path);
    let opened = opened.map_err(|error| match error.is_damage() {
        true => anyhow::Error::new(error).context(
            "the database is so damaged that it cannot be looked at: `kata restore` puts the newest backup in its place, and it aside; `kata doctor --salvage NEW` reads what can be read",
        ),
        false => error.into(),
    });
    let Some(mut store) = opened? else {
        let path = setting.database.path.display();
        setting.output.said(&format!("There is no database at {path}: nothing to look at."))?;
        return Ok(Exit::Done);
    };
    let mended = match (arguments.rebuild, arguments.repair) {
        (true, _) => vec![told_states(store.rebuild()?)],
        (_, true) => repair(setting, &mut store)?,
        _ => Vec::new(),
    };
    let findings = store.examine()?;
    let clean = findings.iter().all(|finding| finding.problems == 0);
    let mut remarks = remarks(&store)?;
    remarks.extend(advice(&findings, arguments.repair));
    let health = Health {
        database: store.path().display().to_string(),
        clean,
        mended,
        checks: findings.into_iter().map(line).collect(),
        remarks,
    };
    let output = &setting.output;
    match arguments.json {
        true => output.result(&json(&health))?,
        false => output.result(&doctor(&health, output.style()))?,
    }
    Ok(if clean { Exit::Done } else { Exit::Failed })
}

fn salvage(setting: &Setting, new: &Path, as_json: bool) -> Result<Exit> {
    let database = &setting.database.path;
    let salvaged = store::salvage(database, new)?;
    let told = SalvageTold {
        database: database.display().to_string(),
        salvaged: new.display().to_string(),
        whole: salvaged.is_whole(),
        pages: salvaged.pages,
        unreadable: salvaged.unreadable,
        answers: salvaged.reviews,
        marks: salvaged.marks,
        lost: salvaged.lost,
        idle_undos: salvaged.idle_undos,
        notes: salvaged.notes,
        placeholders: salvaged.placeholders,
    };
    let output = &setting.output;
    match as_json {
        true => output.result(&json(&told))?,
        false => {
            output.result(&report::salvage(&told))?;
            output.said(&format!(
                "`kata restore {}` puts it in the place of the database.",
                new.display()
            ))?;
        }
    }
    Ok(if told.whole { Exit::Done } else { Exit::Failed })
}

/// Backs up what is there, and mends it. What was done, a sentence each.
fn repair(setting: &Setting, store: &mut Store) -> Result<Vec<String>> {
    let kept = Backups::of(store.path());
    let backed_up = match backup::take(setting, &kept, Reason::Repair) {
        Err(error) if error.downcast_ref().is_some_and(StoreError::is_damage) => {
            format!("What was there is copied to {}.", kept.copy_aside()?.display())
        }
        taken => match taken? {
            Some(made) => format!("What was there is in the backup {}.", made.name.short()),
            None => String::new(),
        },
    };
    let Mended { schema, cards, states } =
        store.repair().context("nothing could be repaired; `kata restore` puts a backup back")?;
    let mut told = vec![backed_up, "Built every index anew.".to_owned()];
    told.extend(schema.into_iter().map(|object| format!("Made {object} anew.")));
    if cards > 0 {
        told.push(format!("Put {} right by their notes.", counted(cards, "card")));
    }
    told.push(told_states(states));
    Ok(told)
}

fn told_states(changed: u64) -> String {
    match changed {
        0 => "Computed the state of every card from its history: all were right.".to_owned(),
        some => format!(
            "Computed the state of every card from its history: put {} right.",
            counted(some, "card")
        ),
    }
}

fn line(finding: Finding) -> CheckLine {
    let Finding { check, problems, examples } = finding;
    CheckLine { check: check.word(), problems, examples }
}

/// What to do about what was found.
fn advice(findings: &[Finding], is_repaired: bool) -> Option<String> {
    let wrong = findings.iter().find(|finding| finding.problems > 0)?;
    Some(match (is_repaired, wrong.check) {
        (false, Check::Cache) => "`kata doctor --rebuild` computes it anew from history.".to_owned(),
        (false, _) => {
            "`kata doctor --repair` mends what can be mended without losing an event.".to_owned()
        }
        (true, _) => {
            "What is left cannot be mended here: `kata restore` puts the newest backup in its place, and `kata doctor --salvage NEW` reads what can be read."
                .to_owned()
        }
    })
}

/// What is worth knowing, and wrong with nothing.
fn remarks(store: &Store) -> Result<Vec<String>> {
    let mut remarks = Vec::new();
    for source in store.sources().unwrap_or_default() {
        if source.notes > 0 && matches!(Path::new(&source.path).try_exists(), Ok(false)) {
            remarks.push(format!(
                "{} is gone; {} of it stay: `kata retire {}` if they are not to be asked.",
                source.path,
                counted(source.notes as u64, "note"),
                source.deck,
            ));
        }
    }
    remarks.extend(readable_by_others(store.path())?);
    Ok(remarks)
}

#[cfg(unix)]
fn readable_by_others(path: &Path) -> Result<Option<String>> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path)?.permissions().mode();
    let told = || format!("Others may read {0}: `chmod go= {0}` keeps them out.", path.display());
    Ok((mode & 0o077 != 0).then(told))
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path) -> Result<Option<String>> {
    Ok(None)
}
