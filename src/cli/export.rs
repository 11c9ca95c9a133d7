//! `kata export`.

use crate::cli::Setting;
use crate::cli::error::{Exit, WrongUsage};
use crate::cli::replace::{is_same, write_whole};
use crate::report::json;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

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
            write_whole(path, text.as_bytes())
                .with_context(|| format!("cannot write the export to {}", path.display()))?;
        }
        _ => setting.output.result(&text)?,
    }
    Ok(Exit::Done)
}
