//! What there is to match: the notes of the files, the stored notes, and who has found whom.

use super::{FileNotes, Gone};
use crate::model::{DeckName, Guid, Note, StoredNote};
use std::collections::HashMap;
use std::hash::Hash;

/// A note of a file of this run.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewNote<'a> {
    pub note: &'a Note,
    pub file: usize,
}

/// Where a stored note stands as this run sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Live, in the file of this run with this index.
    Own(usize),
    /// Live, its file gone; retired if nobody claims it and its folder was imported.
    Adrift {
        /// Whether it had a file that is gone: then it leaves that file.
        leaves: bool,
        /// Whether it is retired when nobody claims it.
        retire: bool,
    },
    /// Live, in a file that gives up no notes.
    Elsewhere,
    /// Gone from its file some time ago.
    Retired,
}

/// The two sides of the matching.
pub(super) struct Pool<'a> {
    pub files: &'a [FileNotes],
    pub new: Vec<NewNote<'a>>,
    pub stored: &'a [StoredNote],
    pub standing: Vec<Standing>,
    /// For each new note, the stored one whose history it continues.
    pub found: Vec<Option<usize>>,
    /// For each stored note, whether a new one continues it.
    pub taken: Vec<bool>,
    /// The stored notes in order of position: ties go to the first.
    by_position: Vec<usize>,
}

impl<'a> Pool<'a> {
    pub fn new(files: &'a [FileNotes], stored: &'a [StoredNote], gone: &[Gone]) -> Self {
        let paths: HashMap<&str, usize> =
            files.iter().enumerate().map(|(i, file)| (file.path.as_str(), i)).collect();
        let gone: HashMap<&str, bool> =
            gone.iter().map(|gone| (gone.path.as_str(), gone.retire)).collect();
        let standing = stored.iter().map(|stored| match &stored.file {
            _ if stored.retired => Standing::Retired,
            None => Standing::Adrift { leaves: false, retire: false },
            Some(path) => match (paths.get(path.as_str()), gone.get(path.as_str())) {
                (Some(&file), _) => Standing::Own(file),
                (None, Some(&retire)) => Standing::Adrift { leaves: true, retire },
                (None, None) => Standing::Elsewhere,
            },
        });
        let new: Vec<NewNote<'_>> = files
            .iter()
            .enumerate()
            .flat_map(|(file, of)| of.notes.iter().map(move |note| NewNote { note, file }))
            .collect();
        let mut by_position: Vec<usize> = (0..stored.len()).collect();
        by_position.sort_by_key(|&i| stored[i].position);
        Pool {
            found: vec![None; new.len()],
            taken: vec![false; stored.len()],
            standing: standing.collect(),
            files,
            new,
            stored,
            by_position,
        }
    }

    /// The deck of a new note.
    pub fn deck(&self, new: usize) -> &'a DeckName {
        &self.files[self.new[new].file].deck
    }

    /// The file of this run that a stored note stands in.
    pub fn own_file(&self, old: usize) -> Option<usize> {
        match self.standing[old] {
            Standing::Own(file) => Some(file),
            _ => None,
        }
    }

    /// The new notes that have found nobody, in order.
    pub fn open_new(&self) -> Vec<usize> {
        (0..self.new.len()).filter(|&i| self.found[i].is_none()).collect()
    }

    /// The stored notes of some standing that nobody has found, in order of position.
    pub fn open_old(&self, within: impl Fn(Standing) -> bool) -> Vec<usize> {
        let open = |&i: &usize| !self.taken[i] && within(self.standing[i]);
        self.by_position.iter().copied().filter(open).collect()
    }

    /// A new note continues a stored one.
    pub fn join(&mut self, new: usize, old: usize) {
        debug_assert!(self.found[new].is_none() && !self.taken[old]);
        self.found[new] = Some(old);
        self.taken[old] = true;
    }

    /// For each new note the stored one that it continues; and the stored notes that leave a file, and
    /// that nobody continues.
    pub fn found(self) -> (Vec<Option<usize>>, Vec<Guid>) {
        let left = self.standing.iter().zip(&self.taken).zip(self.stored);
        let leaves = left.filter(|((standing, taken), _)| {
            let gone = matches!(standing, Standing::Own(_) | Standing::Adrift { retire: true, .. });
            gone && !**taken
        });
        let leaves = leaves.map(|(_, stored)| stored.guid).collect();
        (self.found, leaves)
    }

    /// Joins the stored notes with what is `same` at their position in their file.
    pub fn join_in_place(&mut self, same: impl Fn(&Note, &Note) -> bool) {
        let mut starts = Vec::with_capacity(self.files.len());
        let mut start = 0;
        for file in self.files {
            starts.push(start);
            start += file.notes.len();
        }
        for old in 0..self.stored.len() {
            let stored = &self.stored[old];
            let Some(file) = self.own_file(old) else { continue };
            let position = stored.position as usize;
            let Some(note) = self.files[file].notes.get(position) else { continue };
            let new = starts[file] + position;
            if self.found[new].is_none() && same(note, &stored.note) {
                self.join(new, old);
            }
        }
    }

    /// Joins the new notes with the stored ones of some standing that have the same key, first
    /// with first; a note without a key joins nobody.
    pub fn join_equal<K: Eq + Hash>(
        &mut self,
        within: impl Fn(Standing) -> bool,
        key_of_new: impl Fn(&Self, usize) -> Option<K>,
        key_of_old: impl Fn(&Self, usize) -> Option<K>,
    ) {
        let new = self.open_new();
        let old = if new.is_empty() { Vec::new() } else { self.open_old(within) };
        if old.is_empty() {
            return;
        }
        let mut places: HashMap<K, Vec<usize>> = HashMap::with_capacity(old.len());
        for &i in old.iter().rev() {
            if let Some(key) = key_of_old(self, i) {
                places.entry(key).or_default().push(i);
            }
        }
        let pairs: Vec<(usize, usize)> = new
            .into_iter()
            .filter_map(|i| Some((i, places.get_mut(&key_of_new(self, i)?)?.pop()?)))
            .collect();
        pairs.into_iter().for_each(|(new, old)| self.join(new, old));
    }
}
