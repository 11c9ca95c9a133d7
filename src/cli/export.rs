//! `kata export`.

use crate::cli::Setting;
use crate::cli::error::{Exit, WrongUsage};
use crate::cli::replace::{is_same, write_pieces};
use crate::report::json;
use crate::store::{self, Dumped, Store};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::io;
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
    let store = setting.store_to_read()?;
    match &arguments.output {
        Some(path) if path.as_os_str() != "-" => {
            if is_same(path, &setting.database.path) {
                return Err(WrongUsage(format!(
                    "{} is the database itself: name another file with -o",
                    path.display()
                ))
                .into());
            }
            let mut read = Ok(());
            let written = write_pieces(path, |file| {
                let mut written = Ok(());
                read = export(&store, &mut |piece| {
                    if written.is_ok() {
                        written = file.write_all(piece.as_bytes());
                    }
                });
                match read {
                    Ok(()) => written,
                    // Told below; what was written goes.
                    Err(_) => Err(io::Error::other("the database cannot be read")),
                }
            });
            read?;
            written.with_context(|| format!("cannot write the export to {}", path.display()))?;
        }
        _ => {
            let mut pieces = setting.output.list();
            export(&store, &mut |piece| pieces.write(piece))?;
            pieces.end()?;
        }
    }
    Ok(Exit::Done)
}

/// Gives an export in pieces: a history may be larger than memory.
fn export(store: &Store, put: &mut dyn FnMut(&str)) -> store::Result<()> {
    put("{\"kata\":1");
    let (mut opened, mut is_first) = (0, true);
    store.each_dumped(&mut |entry| {
        while opened <= entry.list() {
            open_list(opened, put);
            (opened, is_first) = (opened + 1, true);
        }
        if !is_first {
            put(",");
        }
        is_first = false;
        put(json(&entry).trim_end());
    })?;
    (opened..Dumped::LISTS.len()).for_each(|list| open_list(list, put));
    put("]}\n");
    Ok(())
}

/// Ends the list before, if there is one, and begins another.
fn open_list(list: usize, put: &mut dyn FnMut(&str)) {
    put(if list > 0 { "]" } else { "" });
    put(&format!(",\"{}\":[", Dumped::LISTS[list]));
}
