//! `kata export`.

use crate::cli::Setting;
use crate::cli::error::{Exit, WrongUsage};
use crate::cli::replace::Replacement;
use crate::report::json;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Write everything there is in a form for other programs
///
/// `kata import` of a JSON export into an empty database gives it all back.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The form
    #[arg(long, value_enum)]
    format: Format,
    /// The file to write; without it, or with -, stdout
    #[arg(short, value_name = "FILE")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  kata export --format json -o all.json     write it
  kata --db new.db import all.json          take it back";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Decks, notes, cards and the whole history as JSON
    Json,
}

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let Format::Json = arguments.format;
    let text = json(&setting.store_to_read()?.dump()?);
    match &arguments.output {
        Some(path) if path.as_os_str() != "-" => {
            if is_same(path, &setting.database.path) {
                return Err(WrongUsage(format!(
                    "{} is the database itself: name another file with -o",
                    path.display()
                ))
                .into());
            }
            write(path, text.as_bytes())
                .with_context(|| format!("cannot write the export to {}", path.display()))?;
        }
        _ => setting.output.result(&text)?,
    }
    Ok(Exit::Done)
}

/// Whether two paths lead to the same file.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Writes a file so that a full disk leaves none that is half written. What is no regular file, a
/// pipe say, is written to as it is.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&path).ok();
    if before.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return fs::OpenOptions::new().write(true).open(&path)?.write_all(bytes);
    }
    Replacement::of(&path, bytes)?.put()
}
