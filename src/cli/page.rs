//! A page for a browser: where it goes, and showing it.

use crate::cli::Setting;
use crate::cli::error::WrongUsage;
use crate::cli::replace::{is_same, write_private, write_whole};
use anyhow::{Context, Result};
use clap::Args;
use std::path::{Path, PathBuf};

/// The flags for a page.
#[derive(Debug, Args)]
pub(super) struct Flags {
    /// Write it as one page of HTML with charts, which needs nothing else; - is stdout
    #[arg(long, group = "form", conflicts_with = "plain", value_name = "FILE")]
    html: Option<PathBuf>,
    /// Open that page in a browser; without --html it goes into the platform's cache directory
    #[arg(long, conflicts_with_all = ["all", "section", "plain", "json", "csv", "csv_dir"])]
    open: bool,
}

/// Where a page goes.
#[derive(Debug)]
pub(super) enum Place {
    /// To stdout.
    Stdout,
    /// Into a file that was named.
    Named { file: PathBuf, open: bool },
    /// Into a file of kata's own, to be opened.
    Own(PathBuf),
}

impl Flags {
    /// Whether a page is wanted.
    pub(super) fn is_wanted(&self) -> bool {
        self.open || self.html.is_some()
    }

    /// Where the page is to go; `None` if none is wanted.
    ///
    /// # Errors
    /// If it cannot be meant, or there is no place of kata's own.
    pub(super) fn place(&self, setting: &Setting) -> Result<Option<Place>> {
        Ok(match &self.html {
            None if self.open => Some(Place::Own(own_file()?)),
            None => None,
            Some(file) if file.as_os_str() == "-" => match self.open {
                true => {
                    return Err(WrongUsage(
                        "--open needs a file, not the standard output".to_owned(),
                    )
                    .into());
                }
                false => Some(Place::Stdout),
            },
            Some(file) if is_same(file, &setting.database.path) => {
                let name = file.display();
                let wrong = format!("{name} is the database itself: name another file with --html");
                return Err(WrongUsage(wrong).into());
            }
            Some(file) => Some(Place::Named { file: file.clone(), open: self.open }),
        })
    }
}

/// Puts the page there, whole or not at all, and opens it if that was asked for.
pub(super) fn put(setting: &Setting, place: &Place, page: &str) -> Result<()> {
    let (file, to_open) = match place {
        Place::Stdout => {
            return Ok(setting.output.result(page)?);
        }
        Place::Named { file, open } => (file, *open),
        Place::Own(file) => (file, true),
    };
    let written = match place {
        Place::Own(_) => write_private(file, page.as_bytes()),
        _ => write_whole(file, page.as_bytes()),
    };
    written.with_context(|| format!("cannot write the page to {}", file.display()))?;
    setting.output.said(&format!("The page is in {}.", file.display()))?;
    if to_open { open(file) } else { Ok(()) }
}

/// The file for pages that nobody named.
fn own_file() -> Result<PathBuf> {
    let home = etcetera::base_strategy::choose_native_strategy()
        .context("no cache directory is known: name a file with --html FILE")?;
    Ok(etcetera::BaseStrategy::cache_dir(&home).join("kata").join("statistics.html"))
}

fn open(file: &Path) -> Result<()> {
    // In full, it can be taken neither for an option nor for an address.
    let full = std::fs::canonicalize(file).map_err(anyhow::Error::from);
    full.and_then(|full| open::that_detached(full).context("no browser opens it"))
        .with_context(|| format!("cannot open {}", file.display()))
}
