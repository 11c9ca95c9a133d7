//! Finding deck files and reading them.

use crate::cli::output::Output;
use crate::deckfile::{self, Diagnostic, FORMAT_VERSION, LARGEST, Reading, Report, Source};
use anyhow::{Result, anyhow};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::WalkDir;

/// What was found under the paths of a command line.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The files, each once, in order.
    pub(super) files: Vec<FoundFile>,
    /// Where each stands in `files`.
    places: HashMap<String, usize>,
    /// Folders that were named, in full.
    pub(super) folders: Vec<PathBuf>,
    /// What could not be looked at, and why.
    pub(super) faults: Vec<anyhow::Error>,
}

/// A file that may be a deck file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundFile {
    /// As the person knows it.
    pub(super) shown: String,
    /// In full, links followed: what it is known by.
    pub(super) path: String,
    /// How it came to be looked at.
    pub(super) why: Why,
}

/// How a file came to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    /// It was imported before.
    Known,
    /// It lies below a folder that was named.
    InFolder,
    /// It was named, and so must be a deck file.
    Named,
}

/// A file's content, and what it is recognised by.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) bytes: Vec<u8>,
    /// Hash of the content and of the version of the deck format.
    pub(super) hash: Vec<u8>,
    pub(super) size: u64,
    /// Milliseconds since 1970-01-01 UTC.
    pub(super) mtime: i64,
}

/// Finds deck files: those named, and below folders every `*.yaml` and `*.yml` that is not hidden.
pub(super) fn find(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for path in paths {
        match fs::canonicalize(path) {
            Ok(full) if full.is_dir() => found.look_into(path, full),
            Ok(full) => {
                let added = found.add(path, full, Why::Named);
                found.faults.extend(added.err());
            }
            Err(error) => found.faults.push(anyhow!("{}: {error}", path.display())),
        }
    }
    found
}

/// That a folder that was named has nothing to read.
pub(super) fn no_deck_files(folder: &Path) -> anyhow::Error {
    anyhow!("{}: no deck files (*.yaml, *.yml) below this folder", folder.display())
}

impl Found {
    fn look_into(&mut self, folder: &Path, full: PathBuf) {
        let seen = |entry: &walkdir::DirEntry| {
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            entry.depth() == 0 || !hidden
        };
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(seen) {
            let added = entry.map_err(anyhow::Error::from).and_then(|entry| {
                let extension = entry.path().extension();
                let yaml = extension.is_some_and(|e| e == "yaml" || e == "yml");
                match yaml && !entry.file_type().is_dir() {
                    true => self.add(entry.path(), fs::canonicalize(entry.path())?, Why::InFolder),
                    false => Ok(()),
                }
            });
            self.faults.extend(added.err());
        }
        self.folders.push(full);
    }

    fn add(&mut self, shown: &Path, path: PathBuf, why: Why) -> Result<()> {
        let shown = shown.display().to_string();
        let Ok(path) = path.into_os_string().into_string() else {
            return Err(anyhow!("{shown}: rename it: a deck file's path has to be UTF-8"));
        };
        self.add_file(FoundFile { shown, path, why });
        Ok(())
    }

    /// Adds a file that is known already, by its full path.
    pub(super) fn add_known(&mut self, path: &str) {
        self.add_file(FoundFile::known(path));
    }

    fn add_file(&mut self, file: FoundFile) {
        match self.places.get(&file.path) {
            Some(&place) => {
                let found = &mut self.files[place];
                found.why = found.why.max(file.why);
            }
            None => {
                self.places.insert(file.path.clone(), self.files.len());
                self.files.push(file);
            }
        }
    }
}

impl FoundFile {
    /// A file that is known already, by its full path.
    pub(super) fn known(path: &str) -> Self {
        let here = std::env::current_dir().ok();
        let below = here.and_then(|here| Path::new(path).strip_prefix(here).ok());
        let shown = below.map_or_else(|| path.to_owned(), |below| below.display().to_string());
        FoundFile { shown, path: path.to_owned(), why: Why::Known }
    }

    /// Reads it, up to the largest size of a deck file and one byte more.
    pub(super) fn content(&self) -> Result<Content> {
        let told = |error: std::io::Error| anyhow!("{}: {error}", self.shown);
        let metadata = fs::metadata(&self.path).map_err(told)?;
        if !metadata.is_file() {
            return Err(anyhow!("{}: this is no regular file", self.shown));
        }
        let mut bytes = Vec::new();
        let file = File::open(&self.path).map_err(told)?;
        file.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(told)?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&FORMAT_VERSION.to_le_bytes()).update(&bytes);
        let hash = hasher.finalize().as_bytes()[..16].to_vec();
        Ok(Content { bytes, hash, size: metadata.len(), mtime: modified(&metadata) })
    }

    /// What a reading means for this file: of a folder's files that are no deck files nothing,
    /// of one that was named, or imported before, that it is faulty.
    pub(super) fn judged(&self, reading: Reading, known: bool) -> Reading {
        match reading {
            Reading::NotADeck(diagnostics) if self.why == Why::Named || known => {
                Reading::Faulty(diagnostics)
            }
            reading => reading,
        }
    }
}

/// When a file was changed last, in milliseconds since 1970-01-01 UTC.
pub(super) fn modified(metadata: &fs::Metadata) -> i64 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or(0)
}

/// Tells diagnostics of a file on stderr.
pub(super) fn tell(output: &Output, shown: &str, bytes: &[u8], diagnostics: &[Diagnostic]) {
    let source = Source::new(shown, bytes);
    for diagnostic in diagnostics {
        let text = source.render(diagnostic, output.colour_of_messages);
        output.diagnostics(&format!("{text}\n\n"));
    }
}

/// Diagnostics of a file for a program.
pub(super) fn reports<'a>(shown: &'a str, diagnostics: &'a [Diagnostic]) -> Vec<Report<'a>> {
    diagnostics.iter().map(|diagnostic| diagnostic.report(shown)).collect()
}

/// Reads content as a deck file; `known` if the file was one before.
pub(super) fn read(file: &FoundFile, content: &Content, known: bool) -> Reading {
    file.judged(deckfile::read(&content.bytes), known)
}
