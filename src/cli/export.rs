//! `kata export`.

use crate::cli::Setting;
use crate::cli::error::Exit;
use crate::report::json;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Write everything there is in a form for other programs
///
/// `kata import` of a JSON export into an empty database gives it all back.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The form
    #[arg(long, value_enum)]
    format: Format,
    /// The file to write; without it, stdout
    #[arg(short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Decks, notes, cards and the whole history as JSON
    Json,
}

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let Format::Json = arguments.format;
    let text = json(&setting.store_to_read()?.dump()?);
    match &arguments.output {
        None => setting.output.result(&text)?,
        Some(path) => {
            let failed = || format!("cannot write the export to {}", path.display());
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or_else(|| std::path::Path::new("."));
            // Written beside its place and moved there whole: a full disk leaves no half file.
            let mut file = tempfile::NamedTempFile::new_in(folder).with_context(failed)?;
            std::io::Write::write_all(&mut file, text.as_bytes()).with_context(failed)?;
            file.as_file().sync_all().with_context(failed)?;
            file.persist(path).with_context(failed)?;
        }
    }
    Ok(Exit::Done)
}
