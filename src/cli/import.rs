//! `kata import`.

use crate::cli::Setting;
use crate::cli::deckfiles::{self, Content, Found, FoundFile, find, tell};
use crate::cli::error::{Exit, WrongUsage};
use crate::deckfile::{self, DeckFile, Member, Reading};
use crate::model::text::visible_line;
use crate::model::{Changes, DeckName, Guid, NoteChange, StoredNote};
use crate::reconcile::{FileNotes, Gone, reconcile};
use crate::report::{counted, json};
use crate::store::{FileRecord, ImportBatch, SourceRecord, Store, StoreError};
use anyhow::{Context, Result};
use clap::Args;
use serde::Serialize;
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Import deck files, and folders of them
///
/// A card that was edited keeps its schedule; importing twice changes nothing. A file with errors
/// is not imported at all, and the others are. A `.json` file is an export, and is taken into an
/// empty database.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Deck files, folders of them, or one JSON export
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Say what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Tell it as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    if let [path] = &arguments.paths[..]
        && path.extension().is_some_and(|extension| extension == "json")
    {
        return take_back_export(setting, path, arguments.dry_run);
    }
    let import = match arguments.dry_run {
        true => {
            let store = setting.store_to_read()?;
            Read::of(setting, &store, find(&arguments.paths))?.matched(&store)?
        }
        false => import(setting, &mut setting.store()?, &arguments.paths)?.1,
    };
    let output = setting.output;
    if setting.verbose && !arguments.json {
        output.result(&import.list())?;
    }
    match arguments.json {
        true => output.result(&json(&import.summary))?,
        false => output.said(&import.summary.to_string())?,
    }
    Ok(if import.summary.errors > 0 { Exit::Failed } else { Exit::Done })
}

/// Loads an export into an empty database.
fn take_back_export(setting: &Setting, path: &Path, dry_run: bool) -> Result<Exit> {
    if dry_run {
        return Err(
            WrongUsage("an export is imported whole, or not: leave --dry-run out".into()).into()
        );
    }
    let text = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let dump = serde_json::from_slice(&text)
        .with_context(|| format!("{} is no export of kata", path.display()))?;
    setting.store()?.load(dump)?;
    setting.output.said(&format!("Everything in {} is back.", path.display()))?;
    Ok(Exit::Done)
}

/// Imports what lies under these paths, and says so on stderr; the decks it is about.
///
/// # Errors
/// If the database cannot be read or written.
pub(super) fn before_review(
    setting: &Setting,
    store: &mut Store,
    paths: &[PathBuf],
) -> Result<(Vec<DeckName>, Summary)> {
    let (decks, import) = import(setting, store, paths)?;
    if import.summary.changes_anything() {
        setting.output.note(&import.summary.to_string());
    }
    Ok((decks, import.summary))
}

/// Imports what lies under these paths; the decks it is about, and what was done.
fn import(
    setting: &Setting,
    store: &mut Store,
    paths: &[PathBuf],
) -> Result<(Vec<DeckName>, Import)> {
    let read = Read::of(setting, store, find(paths))?;
    let decks = read.decks.iter().cloned().collect();
    let mut import = read.matched(store)?;
    // Another process may write between the matching and this; then it is matched again, quietly.
    for _ in 0..ATTEMPTS {
        match store.apply(&import.batch) {
            Err(StoreError::Outrun) => {
                let quiet = setting.without_messages();
                import = Read::of(&quiet, store, find(paths))?.matched(store)?;
            }
            applied => {
                applied?;
                return Ok((decks, import));
            }
        }
    }
    Err(StoreError::Outrun.into())
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
    pub(super) errors: usize,
}

/// Files that were read, before their notes are matched.
struct Read {
    parsed: Vec<Parsed>,
    /// Every deck that the files are about, those unchanged included.
    decks: BTreeSet<DeckName>,
    /// The files imported before, by path.
    known: HashMap<String, SourceRecord>,
    /// The database as it was when they were read.
    version: i64,
    /// Known files that are unchanged but for their time.
    touched: Vec<(String, u64, i64)>,
    /// Known files that are gone.
    gone: Vec<Gone>,
    summary: Summary,
}

struct Parsed {
    file: FoundFile,
    content: Content,
    deck: DeckFile,
}

/// An import that is ready to be carried out.
struct Import {
    batch: ImportBatch,
    stored: Vec<StoredNote>,
    summary: Summary,
}

impl Read {
    /// Reads the files that were found, all before any is matched. What is wrong is told.
    fn of(setting: &Setting, store: &Store, found: Found) -> Result<Self> {
        let version = store.version()?;
        let known = store.sources()?.into_iter().map(|source| (source.path.clone(), source));
        let mut read = Read {
            parsed: Vec::new(),
            decks: BTreeSet::new(),
            touched: Vec::new(),
            gone: Vec::new(),
            summary: Summary::default(),
            known: known.collect(),
            version,
        };
        for fault in &found.faults {
            setting.output.error(fault);
            read.summary.errors += 1;
        }
        for file in &found.files {
            if let Err(fault) = read.take(setting, file) {
                setting.output.error(&fault);
                read.summary.errors += 1;
            }
        }
        read.check_together(setting);
        read.miss(&found);
        if read.knows_nothing() {
            for folder in &found.folders {
                let shown = folder.display();
                setting.output.error(&anyhow::anyhow!(
                    "{shown}: no deck files (*.yaml, *.yml) below this folder"
                ));
                read.summary.errors += 1;
            }
        }
        Ok(read)
    }

    fn take(&mut self, setting: &Setting, file: &FoundFile) -> Result<()> {
        let content = file.content()?;
        let key = file.path.clone();
        let known = self.known.get(&key);
        if let Some(source) = known
            && source.hash == content.hash
        {
            self.decks.insert(source.deck.clone());
            self.summary.unchanged += source.notes;
            if (source.size, source.mtime) != (content.size, content.mtime) {
                self.touched.push((key, content.size, content.mtime));
            }
            return Ok(());
        }
        // A file that was a deck file has to be one.
        match deckfiles::read(file, &content, known.is_some()) {
            Reading::Deck(deck) => {
                self.decks.insert(deck.deck.clone());
                self.parsed.push(Parsed { file: file.clone(), content, deck });
            }
            Reading::NotADeck(_) => self.summary.skipped += 1,
            Reading::Faulty(errors) => {
                tell(setting.output, &file.shown, &content.bytes, &errors);
                self.summary.errors += 1;
                // Its stored cards can still be asked.
                self.decks.extend(known.map(|source| source.deck.clone()));
            }
        }
        Ok(())
    }

    /// Leaves out files that are only wrong beside others of their deck, those included that are
    /// unchanged and not read otherwise.
    fn check_together(&mut self, setting: &Setting) {
        let read: BTreeSet<String> =
            self.parsed.iter().map(|parsed| parsed.file.path.clone()).collect();
        let decks: BTreeSet<&DeckName> = self.parsed.iter().map(|p| &p.deck.deck).collect();
        let beside = self
            .known
            .values()
            .filter(|source| decks.contains(&source.deck) && !read.contains(&source.path));
        let beside: Vec<Parsed> = beside
            .filter_map(|source| {
                let file = FoundFile::known(&source.path);
                let content = file.content().ok()?;
                match deckfiles::read(&file, &content, false) {
                    Reading::Deck(deck) => Some(Parsed { file, content, deck }),
                    _ => None,
                }
            })
            .collect();
        let members: Vec<Member<'_>> =
            beside.iter().chain(&self.parsed).map(Parsed::member).collect();
        let mut faulty = BTreeSet::new();
        for (position, diagnostic) in deckfile::across(&members) {
            if let Some(at) = position.checked_sub(beside.len()) {
                let parsed = &self.parsed[at];
                tell(setting.output, &parsed.file.shown, &parsed.content.bytes, &[diagnostic]);
                faulty.insert(at);
            }
        }
        self.summary.errors += faulty.len();
        let mut at = 0;
        self.parsed.retain(|_| {
            at += 1;
            !faulty.contains(&(at - 1))
        });
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
    fn matched(self, store: &Store) -> Result<Import> {
        let files: Vec<FileNotes> = self
            .parsed
            .iter()
            .map(|parsed| FileNotes {
                path: parsed.file.path.clone(),
                deck: parsed.deck.deck.clone(),
                notes: parsed.deck.notes.clone(),
            })
            .collect();
        let retiring = self.gone.iter().filter(|gone| gone.retire);
        let retiring: Vec<String> = retiring.map(|gone| gone.path.clone()).collect();
        let mut summary = self.summary;
        let (stored, changes) = if files.is_empty() && retiring.is_empty() {
            (Vec::new(), Changes::default())
        } else {
            let paths: Vec<&String> =
                files.iter().map(|file| &file.path).chain(&retiring).collect();
            let decks: Vec<DeckName> = files.iter().map(|file| file.deck.clone()).collect();
            let stored = store.notes_for_matching(&paths, &decks)?;
            let failed = OnceCell::new();
            let held = |guid| {
                store.is_held(guid).unwrap_or_else(|error| {
                    let _ = failed.set(error);
                    false
                })
            };
            let changes = reconcile(&files, &stored, &self.gone, &held);
            if let Some(error) = failed.into_inner() {
                return Err(error.into());
            }
            (stored, changes)
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
        Ok(Import { batch, stored, summary })
    }
}

impl Parsed {
    fn member(&self) -> Member<'_> {
        Member { path: &self.file.shown, bytes: &self.content.bytes, file: &self.deck }
    }
}

impl Import {
    /// Every note that changes, a line each.
    fn list(&self) -> String {
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
