//! Taking deck files into the database: those that were named, and known ones that changed.

mod beside;

use crate::cli::Setting;
use crate::cli::deckfiles::{
    self, Content, Found, FoundFile, Why, find, modified, no_deck_files, tell,
};
use crate::deckfile::{DeckFile, Reading};
use crate::model::text::visible_line;
use crate::model::{Changes, DeckName, Guid, NoteChange, StoredNote};
use crate::reconcile::{FileNotes, Gone, reconcile};
use crate::report::{bytes, counted};
use crate::store::{Backups, FileRecord, ImportBatch, Reason, SourceRecord, Store, StoreError};
use anyhow::{Context, Result};
use serde::Serialize;
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Imports what lies under these paths.
///
/// # Errors
/// If the database cannot be read or written.
pub(super) fn import(setting: &Setting, store: &mut Store, paths: &[PathBuf]) -> Result<Import> {
    carry_out(setting, store, &|| find(paths))
}

/// What an import of these paths would do; nothing is done.
///
/// # Errors
/// If the database cannot be read.
pub(super) fn rehearse(setting: &Setting, store: &Store, paths: &[PathBuf]) -> Result<Import> {
    Read::of(setting, store, find(paths))?.matched(store)
}

/// Imports what lies under these paths and, unless it is configured not to, every known file that
/// has changed since; all in one, so that a note may move from one to another. Says on stderr what
/// it did. `None` if there was nothing to look into.
///
/// # Errors
/// If the database cannot be read or written.
pub(super) fn before_review(
    setting: &Setting,
    store: &mut Store,
    paths: &[PathBuf],
) -> Result<Option<Import>> {
    let changed = match setting.config.auto_import {
        true => changed_files(store)?,
        false => Vec::new(),
    };
    if paths.is_empty() && changed.is_empty() {
        return Ok(None);
    }
    let find = || {
        let mut found = find(paths);
        changed.iter().for_each(|path| found.add_known(path));
        found
    };
    let import = carry_out(setting, store, &find)?;
    if import.summary.changes_anything() {
        setting.output.note(&format!("Imported: {}.", import.summary));
    }
    Ok(Some(import))
}

/// The known files whose size or time is another than when they were read. One that is gone has
/// not changed: its notes stay until a folder above it is imported, or they are retired.
fn changed_files(store: &Store) -> Result<Vec<String>> {
    let mut files = store.files_seen()?;
    files.retain(|seen| {
        let now = std::fs::metadata(&seen.path);
        now.is_ok_and(|now| (now.len(), modified(&now)) != (seen.size, seen.mtime))
    });
    Ok(files.into_iter().map(|seen| seen.path).collect())
}

/// Imports the files that are found.
fn carry_out(setting: &Setting, store: &mut Store, find: &dyn Fn() -> Found) -> Result<Import> {
    let mut import = Read::of(setting, store, find())?.matched(store)?;
    // Another process may write between the matching and this; then it is matched again, quietly.
    if import.retires_much() {
        back_up(setting, store)?;
    }
    for _ in 0..ATTEMPTS {
        match store.apply(&import.batch) {
            Err(StoreError::Outrun) => {
                let (quiet, _) = setting.keeping_messages();
                import = Read::of(&quiet, store, find())?.matched(store)?;
            }
            applied => {
                applied?;
                return Ok(import);
            }
        }
    }
    Err(StoreError::Outrun.into())
}

/// Backs up what an import is about to change, unless backups are off.
fn back_up(setting: &Setting, store: &Store) -> Result<()> {
    let keep = setting.config.keep();
    if !keep.any() {
        return Ok(());
    }
    let why = (setting.now()?.day, Reason::Import);
    let made = Backups::of(store.path())
        .take(store, why, keep)
        .context("nothing is imported: it retires much of a deck, and no backup could be made")?;
    made.inspect(|made| {
        let (name, size) = (made.name.short(), bytes(made.size));
        setting
            .output
            .note(&format!("This retires much of a deck; before it: backup {name}, {size}."));
    });
    Ok(())
}

/// How often an import is tried while other processes write.
const ATTEMPTS: usize = 10;

/// What became of the notes of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Summary {
    new: usize,
    edited: usize,
    moved: usize,
    revived: usize,
    retired: usize,
    unchanged: usize,
    /// Files of folders that are no deck files.
    skipped: usize,
    /// Files that have errors or cannot be read.
    errors: usize,
}

/// Files that were read, before their notes are matched.
struct Read {
    parsed: Vec<Parsed>,
    /// Every deck that the files asked for are about, those unchanged included.
    decks: BTreeSet<DeckName>,
    /// Whether something that was asked for has errors.
    failed: bool,
    /// The files imported before, by path.
    known: HashMap<String, SourceRecord>,
    /// The database as it was when they were read.
    version: i64,
    /// Known files that are unchanged but for their time.
    touched: Vec<(String, u64, i64)>,
    /// Paths of known files that have errors now.
    broken: Vec<String>,
    /// Known files that are gone.
    gone: Vec<Gone>,
    summary: Summary,
}

struct Parsed {
    file: FoundFile,
    content: Content,
    deck: DeckFile,
}

/// An import: what it was asked for, and what it changes.
pub(super) struct Import {
    /// Every deck that the files asked for are about.
    pub(super) decks: BTreeSet<DeckName>,
    /// Whether something that was asked for has errors. They have been told.
    pub(super) failed: bool,
    /// What becomes of the notes.
    pub(super) summary: Summary,
    batch: ImportBatch,
    stored: Vec<StoredNote>,
}

impl Read {
    /// Reads the files that were found, all before any is matched. What is wrong is told.
    fn of(setting: &Setting, store: &Store, found: Found) -> Result<Self> {
        let version = store.version()?;
        let known = store.sources()?.into_iter().map(|source| (source.path.clone(), source));
        let mut read = Read {
            parsed: Vec::new(),
            decks: BTreeSet::new(),
            failed: false,
            touched: Vec::new(),
            broken: Vec::new(),
            gone: Vec::new(),
            summary: Summary::default(),
            known: known.collect(),
            version,
        };
        for fault in &found.faults {
            setting.output.error(fault);
            read.fail(Why::Named);
        }
        for file in &found.files {
            if let Err(fault) = read.take(setting, file) {
                setting.output.error(&fault);
                read.fail(file.why);
            }
        }
        read.check_together(setting);
        read.check_beside_broken(setting, store)?;
        read.miss(&found);
        if read.knows_nothing() {
            for folder in &found.folders {
                setting.output.error(&no_deck_files(folder));
                read.fail(Why::InFolder);
            }
        }
        Ok(read)
    }

    /// Counts a file that has errors.
    fn fail(&mut self, why: Why) {
        self.summary.errors += 1;
        self.failed |= why != Why::Known;
    }

    /// Notes a deck that a file is about.
    fn about(&mut self, file: &FoundFile, deck: DeckName) {
        if file.why != Why::Known {
            self.decks.insert(deck);
        }
    }

    fn take(&mut self, setting: &Setting, file: &FoundFile) -> Result<()> {
        let content = file.content()?;
        let key = file.path.clone();
        let known = self.known.get(&key);
        if let Some(source) = known
            && source.hash == content.hash
        {
            self.summary.unchanged += source.notes;
            if (source.size, source.mtime) != (content.size, content.mtime) {
                self.touched.push((key, content.size, content.mtime));
            }
            self.about(file, source.deck.clone());
            return Ok(());
        }
        // A file that was a deck file has to be one.
        match deckfiles::read(file, &content, known.is_some()) {
            Reading::Deck(deck) => {
                self.about(file, deck.deck.clone());
                self.parsed.push(Parsed { file: file.clone(), content, deck });
            }
            Reading::NotADeck(_) => self.summary.skipped += 1,
            Reading::Faulty(errors) => {
                tell(&setting.output, &file.shown, &content.bytes, &errors);
                // Its stored cards can still be asked.
                if let Some(deck) = known.map(|source| source.deck.clone()) {
                    self.about(file, deck);
                    self.broken.push(key);
                }
                self.fail(file.why);
            }
        }
        Ok(())
    }

    /// Notes which known files are gone. Below a folder that was named, their notes are, too.
    fn miss(&mut self, found: &Found) {
        let below = |path: &Path| found.folders.iter().any(|folder| path.starts_with(folder));
        for source in self.known.values() {
            let path = Path::new(&source.path);
            // What cannot be looked at is not gone.
            if matches!(path.try_exists(), Ok(false)) {
                self.gone.push(Gone { path: source.path.clone(), retire: below(path) });
            }
        }
    }

    fn knows_nothing(&self) -> bool {
        let retires = self.gone.iter().any(|gone| gone.retire);
        self.decks.is_empty() && self.summary.errors == 0 && !retires
    }

    /// Matches the notes with those stored.
    fn matched(mut self, store: &Store) -> Result<Import> {
        let files: Vec<FileNotes> = self
            .parsed
            .iter_mut()
            .map(|parsed| FileNotes {
                path: parsed.file.path.clone(),
                deck: parsed.deck.deck.clone(),
                notes: std::mem::take(&mut parsed.deck.notes),
            })
            .collect();
        let gone: Vec<String> = self.gone.iter().map(|gone| gone.path.clone()).collect();
        let retires = self.gone.iter().any(|gone| gone.retire);
        let mut summary = self.summary;
        let (stored, changes) = if files.is_empty() && !retires {
            (Vec::new(), Changes::default())
        } else {
            let paths: Vec<String> =
                files.iter().map(|file| &file.path).chain(&gone).cloned().collect();
            let decks: Vec<DeckName> = files.iter().map(|file| file.deck.clone()).collect();
            // To ask of each new guid in a snapshot of its own would cost more than the asking.
            store.at_once(|store| {
                let stored = store.notes_for_matching(&paths, &decks)?;
                let failed = OnceCell::new();
                // A first import has many guids to give, and none is held.
                let is_first = !store.has_notes()?;
                let held = |guid| {
                    !is_first
                        && store.is_held(guid).unwrap_or_else(|error| {
                            let _ = failed.set(error);
                            false
                        })
                };
                let changes = reconcile(files, &stored, &self.gone, &held);
                match failed.into_inner() {
                    None => Ok((stored, changes)),
                    Some(error) => Err(error),
                }
            })?
        };
        summary.count(&changes);
        let files = self.parsed.into_iter().map(|parsed| FileRecord {
            path: parsed.file.path.clone(),
            deck: parsed.deck.deck,
            title: parsed.deck.title,
            tags: parsed.deck.tags,
            source: parsed.deck.source,
            options: parsed.deck.options,
            size: parsed.content.size,
            mtime: parsed.content.mtime,
            hash: parsed.content.hash,
        });
        let batch = ImportBatch {
            files: files.collect(),
            touched: self.touched,
            gone: self.gone.into_iter().map(|gone| gone.path).collect(),
            changes,
            matched_with: Some(self.version),
        };
        Ok(Import { decks: self.decks, failed: self.failed, summary, batch, stored })
    }
}

impl Import {
    /// Whether it retires more than a tenth of a deck's notes.
    fn retires_much(&self) -> bool {
        let retired: HashSet<Guid> = self
            .batch
            .changes
            .notes
            .iter()
            .filter_map(|change| match change {
                NoteChange::Retired(guid) => Some(*guid),
                _ => None,
            })
            .collect();
        let mut decks: HashMap<&DeckName, (usize, usize)> = HashMap::new();
        for note in self.stored.iter().filter(|note| !note.retired) {
            let (gone, all) = decks.entry(&note.deck).or_default();
            *all += 1;
            *gone += usize::from(retired.contains(&note.guid));
        }
        decks.into_values().any(|(gone, all)| gone * 10 > all)
    }

    /// Every note that changes, a line each.
    pub(super) fn list(&self) -> String {
        let mut list = String::new();
        let stored: HashMap<Guid, &StoredNote> =
            self.stored.iter().map(|note| (note.guid, note)).collect();
        for change in &self.batch.changes.notes {
            let Some(word) = word(change) else { continue };
            let (deck, note) = match change {
                NoteChange::New(now) | NoteChange::Kept { now, .. } => (&now.deck, &now.note),
                NoteChange::Retired(guid) => {
                    let Some(was) = stored.get(guid) else { continue };
                    (&was.deck, &was.note)
                }
            };
            let question = visible_line(note.body.question());
            let _ = writeln!(list, "{word:8} {}: {question}", visible_line(deck.as_str()));
        }
        list
    }
}

/// What became of a note; `None` if it only stands in another place of its file.
fn word(change: &NoteChange) -> Option<&'static str> {
    match change {
        NoteChange::New(_) => Some("new"),
        NoteChange::Retired(_) => Some("retired"),
        NoteChange::Kept { how, .. } if how.revived => Some("revived"),
        NoteChange::Kept { how, .. } if how.moved => Some("moved"),
        NoteChange::Kept { how, .. } if how.edited => Some("edited"),
        NoteChange::Kept { .. } => None,
    }
}

impl Summary {
    fn count(&mut self, changes: &Changes) {
        self.unchanged += changes.unchanged;
        for change in &changes.notes {
            match word(change) {
                Some("new") => self.new += 1,
                Some("retired") => self.retired += 1,
                Some("revived") => self.revived += 1,
                Some("moved") => self.moved += 1,
                Some(_) => self.edited += 1,
                None => self.unchanged += 1,
            }
        }
    }

    fn changes_anything(&self) -> bool {
        self.new + self.edited + self.moved + self.revived + self.retired > 0
    }
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let counts = [
            (self.new, "new"),
            (self.edited, "edited"),
            (self.moved, "moved"),
            (self.revived, "revived"),
            (self.retired, "retired"),
            (self.unchanged, "unchanged"),
        ];
        let said: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        match said.is_empty() {
            true => write!(f, "nothing imported")?,
            false => write!(f, "{}", said.join(", "))?,
        }
        if self.skipped > 0 {
            write!(f, "; skipped {}", counted(self.skipped as u64, "other YAML file"))?;
        }
        if self.errors > 0 {
            write!(f, "; left out for errors: {}", counted(self.errors as u64, "file"))?;
        }
        Ok(())
    }
}
