//! The deck file that new notes go into.

use crate::cli::Setting;
use crate::cli::compose::Refused;
use crate::cli::deckfiles::{FoundFile, tell};
use crate::cli::error::WrongUsage;
use crate::cli::replace::{self, Replacement};
use crate::cli::review::looks_like_a_path;
use crate::cli::selection;
use crate::deckfile::{self, CannotAppend, DeckFile, Diagnostic, Member, Reading};
use crate::model::{DeckName, Note};
use crate::store::Store;
use anyhow::{Context, Result, anyhow, bail};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The deck file that new notes go into.
#[derive(Debug)]
pub(super) struct Destination {
    /// Its deck.
    pub(super) deck: DeckName,
    /// The file.
    pub(super) file: FoundFile,
    /// Whether it is yet to be begun.
    is_new: bool,
    /// The other files of the deck.
    others: Vec<FoundFile>,
}

impl Destination {
    /// The file at a path, if one is named, of the deck that is named; else the one file of that
    /// deck, or the deck file that is named itself. It is sound, or can be begun, and may be
    /// written to.
    ///
    /// # Errors
    /// If there is none, or several could be meant, or what is wrong with it; errors in it are
    /// told.
    pub(super) fn find(
        setting: &Setting,
        store: &Store,
        target: &str,
        path: Option<&Path>,
    ) -> Result<Self> {
        let (file, deck, is_new) = match path {
            Some(path) => {
                let deck = target.parse().map_err(|error| WrongUsage(format!("{error}")))?;
                let (file, is_new) = named_file(path)?;
                (file, Some(deck), is_new)
            }
            None => {
                let (file, deck) = meant_file(store, target)?;
                (file, deck, false)
            }
        };
        let deck = match (deck, is_new) {
            (Some(deck), true) => deck,
            (deck, _) => declared(setting, &file, deck)?,
        };
        let sources = store.sources()?.into_iter();
        let others = sources.filter(|source| source.deck == deck && source.path != file.path);
        let others = others.map(|source| FoundFile::known(&source.path)).collect();
        replace::is_possible(Path::new(&file.path))
            .with_context(|| format!("cannot write to {}", file.shown))?;
        Ok(Destination { deck, file, is_new, others })
    }

    /// Adds notes to the file; the line in which the first of them starts. Whoever adds at the
    /// same time waits.
    ///
    /// # Errors
    /// If the notes do not go with the others of the deck, or with the file as it is by now, or
    /// it cannot be written. The file is as it was then.
    pub(super) fn add(&self, setting: &Setting, notes: &[Note]) -> Result<usize, Refused> {
        let _turn = replace::turn(Path::new(&self.file.path));
        let (before, deck) = self.content(setting)?;
        self.check(setting, notes, &before, &deck)?;
        let after =
            deckfile::append(&before, notes).map_err(|why| self.cannot(setting, &before, why))?;
        self.write(&before, &after.bytes)?;
        Ok(after.line)
    }

    /// The file's text, and what it says.
    fn content(&self, setting: &Setting) -> Result<(Vec<u8>, DeckFile)> {
        let bytes = match self.is_new {
            true => deckfile::begin(&self.deck).into_bytes(),
            false => self.file.content()?.bytes,
        };
        let deck = sound(setting, &self.file, &bytes)?;
        is_of(&self.file, &deck, &self.deck)?;
        Ok((bytes, deck))
    }

    /// Whether the file goes with the others of its deck, and the notes with them all.
    fn check(
        &self,
        setting: &Setting,
        notes: &[Note],
        bytes: &[u8],
        file: &DeckFile,
    ) -> Result<(), Refused> {
        let others = self.others.iter().filter_map(|other| {
            let bytes = other.content().ok()?.bytes;
            match deckfile::read(&bytes) {
                Reading::Deck(deck) => Some((other, bytes, deck)),
                _ => None,
            }
        });
        let others: Vec<_> = others.filter(|(.., deck)| deck.deck == self.deck).collect();
        let mut members: Vec<Member<'_>> = others
            .iter()
            .map(|(other, bytes, file)| Member { path: &other.shown, bytes, file })
            .collect();
        members.push(Member { path: &self.file.shown, bytes, file });
        let faults = deckfile::across(&members).into_iter();
        let faults = faults.filter(|(member, _)| *member == others.len());
        let faults: Vec<Diagnostic> = faults.map(|(_, fault)| fault).collect();
        if !faults.is_empty() {
            return Err(has_errors(setting, &self.file, bytes, &faults).into());
        }
        match deckfile::beside(notes, &members) {
            twice if twice.is_empty() => Ok(()),
            twice => Err(Refused::Notes(twice)),
        }
    }

    fn cannot(&self, setting: &Setting, bytes: &[u8], why: CannotAppend) -> anyhow::Error {
        match why {
            CannotAppend::Faulty(faults) => has_errors(setting, &self.file, bytes, &faults),
            why => anyhow!("{}: {why}: add the note by hand", self.file.shown),
        }
    }

    fn write(&self, before: &[u8], after: &[u8]) -> Result<()> {
        let path = Path::new(&self.file.path);
        let write = || -> io::Result<bool> {
            let replacement = Replacement::of(path, after)?;
            if self.is_new {
                replacement.put_new()?;
            } else if fs::read(path)? == before {
                replacement.put()?;
            } else {
                return Ok(false);
            }
            Ok(true)
        };
        let shown = &self.file.shown;
        match write().with_context(|| format!("cannot write to {shown}"))? {
            true => Ok(()),
            false => bail!("{shown} was changed meanwhile: nothing is added, try again"),
        }
    }
}

/// The file of a path, and whether it is yet to be begun.
fn named_file(path: &Path) -> Result<(FoundFile, bool)> {
    let shown = path.display();
    let (full, is_new) = match fs::canonicalize(path) {
        Ok(full) => (full, false),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let name = path.file_name().ok_or_else(|| anyhow!("{shown} is no name of a file"))?;
            let folder = fs::canonicalize(replace::folder(path));
            let folder = folder.with_context(|| format!("cannot begin {shown}"))?;
            (folder.join(name), true)
        }
        Err(error) => return Err(error).with_context(|| format!("cannot read {shown}")),
    };
    Ok((file_at(path, full)?, is_new))
}

fn file_at(shown: &Path, full: PathBuf) -> Result<FoundFile> {
    let shown = shown.display().to_string();
    if full.is_dir() {
        return Err(WrongUsage(format!("{shown} is a folder: name a deck file")).into());
    }
    match full.into_os_string().into_string() {
        Ok(full) => Ok(FoundFile { shown, ..FoundFile::known(&full) }),
        Err(_) => bail!("{shown}: rename it: a deck file's path has to be UTF-8"),
    }
}

/// The file that is meant by the name of its deck, with that, or by its path. An existing deck
/// wins.
fn meant_file(store: &Store, target: &str) -> Result<(FoundFile, Option<DeckName>)> {
    let all = store.decks()?;
    let name = target.parse::<DeckName>();
    let path = Path::new(target);
    match name {
        Ok(name) if all.iter().any(|deck| deck.name == name) => {
            Ok((file_of(store, &name)?, Some(name)))
        }
        _ if path.exists() || looks_like_a_path(path) => match fs::canonicalize(path) {
            Ok(full) => Ok((file_at(path, full)?, None)),
            Err(error) => bail!(
                "{target}: {error}: to begin a deck file there, kata add DECK --file {target}"
            ),
        },
        Ok(name) => {
            let unknown = selection::unknown_deck(&all, &name);
            let begin = format!("(or begin it: kata add {name} --file PATH)");
            Err(WrongUsage(format!("{unknown} {begin}")).into())
        }
        Err(error) => Err(WrongUsage(error.to_string()).into()),
    }
}

/// The one file of a deck.
fn file_of(store: &Store, deck: &DeckName) -> Result<FoundFile> {
    let sources = store.sources()?.into_iter().filter(|source| source.deck == *deck);
    let files: Vec<FoundFile> = sources.map(|source| FoundFile::known(&source.path)).collect();
    match &files[..] {
        [file] => Ok(file.clone()),
        [] => Err(WrongUsage(format!(
            "the deck {deck} has no file: name one with kata add {deck} --file PATH"
        ))
        .into()),
        files => {
            let list: Vec<String> =
                files.iter().map(|file| format!("\n  {}", file.shown)).collect();
            Err(WrongUsage(format!(
                "several files add to the deck {deck}: name one of them instead{}",
                list.concat()
            ))
            .into())
        }
    }
}

/// The deck that a file declares, which has to be the one that is meant.
fn declared(setting: &Setting, file: &FoundFile, meant: Option<DeckName>) -> Result<DeckName> {
    let deck = sound(setting, file, &file.content()?.bytes)?;
    if let Some(meant) = meant {
        is_of(file, &deck, &meant)?;
    }
    Ok(deck.deck)
}

fn is_of(file: &FoundFile, declared: &DeckFile, meant: &DeckName) -> Result<()> {
    match declared.deck == *meant {
        true => Ok(()),
        false => bail!("{} is of the deck {}, not of {meant}", file.shown, declared.deck),
    }
}

/// What a deck file says; what is wrong with it is told.
fn sound(setting: &Setting, file: &FoundFile, bytes: &[u8]) -> Result<DeckFile> {
    deckfile::read_to_append(bytes).map_err(|faults| has_errors(setting, file, bytes, &faults))
}

fn has_errors(
    setting: &Setting,
    file: &FoundFile,
    bytes: &[u8],
    faults: &[Diagnostic],
) -> anyhow::Error {
    tell(&setting.output, &file.shown, bytes, faults);
    anyhow!("{} has errors: nothing is added", file.shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn destination(path: &Path, is_new: bool) -> Destination {
        let file = FoundFile::known(path.to_str().unwrap());
        Destination { deck: "d".parse().unwrap(), file, is_new, others: Vec::new() }
    }

    #[test]
    fn a_file_that_was_changed_since_it_was_read_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "changed").unwrap();
        let error = destination(&path, false).write(b"read", b"new").unwrap_err();
        assert!(error.to_string().contains("was changed meanwhile"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"changed");
        // One that was not there, and is now, is none of ours either.
        destination(&path, true).write(b"", b"new").unwrap_err();
        assert_eq!(fs::read(&path).unwrap(), b"changed");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        destination(&path, false).write(b"changed", b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }
}
