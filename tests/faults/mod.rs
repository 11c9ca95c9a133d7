//! What is acknowledged is on disk, whatever the disk does. An import, a session with an undo, a backup, an
//! added card and a restore are cut after each of their changes, with what was not synced there, gone, torn or
//! in another order; and each of their changes is made to fail. docs/durability.md says what that shows.

mod disk;
mod journal;
mod script;

use crate::home::Home;
use disk::{Disk, Image, Survives};
use journal::Entry;
use script::{NOTES, STEPS, State, Step};
use std::collections::HashSet;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

const WORKERS: usize = 2;

/// Where the shim is and what it has written.
struct Shim {
    folder: TempDir,
    program: PathBuf,
}

impl Shim {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let program = script::shim(folder.path());
        Shim { folder, program }
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Watches what the commands of a home do; the change of this number fails.
    fn watch(&self, home: &mut Home, fault: Option<(usize, &str)>) {
        let root = script::root(home);
        let mut variables: Vec<(&str, OsString)> = vec![
            ("LD_PRELOAD", self.program.clone().into()),
            ("FAULTS_ROOT", root.into()),
            ("FAULTS_LOG", self.log().into()),
        ];
        if let Some((at, how)) = fault {
            variables.push(("FAULTS_AT", at.to_string().into()));
            variables.push(("FAULTS_HOW", how.into()));
        }
        home.with_environment(variables);
    }

    /// What was written down, which is forgotten.
    fn take(&self) -> Vec<Entry> {
        let entries = journal::read(&self.log());
        let _ = std::fs::remove_file(self.log());
        entries
    }
}

/// A script that was recorded.
struct Recorded {
    /// Where its home was.
    root: PathBuf,
    /// What was there before anything.
    start: Disk,
    entries: Vec<(Step, Entry)>,
    states: Vec<State>,
    /// Everything at the end.
    end: Image,
    /// The deck file before the card is added and after.
    deck: [Vec<u8>; 2],
}

const DECK: &str = "decks/plain.yaml";

impl Recorded {
    fn new() -> Self {
        let shim = Shim::new();
        let mut home = script::home();
        let root = script::root(&home);
        let start = Disk::of(&root);
        let deck = || std::fs::read(root.join(DECK)).unwrap();
        let before = deck();
        let (mut ends, mut entries) = (Vec::new(), Vec::new());
        for step in STEPS {
            shim.watch(&mut home, None);
            let ran = step.run(&mut home);
            assert_eq!((ran.told, ran.code), (step.tells(), Some(0)), "{step:?}");
            entries.extend(shim.take().into_iter().map(|entry| (step, entry)));
            home.with_environment(Vec::new());
            ends.push(State::of(&home));
        }
        let states = State::all(&ends);
        let (end, deck) = (disk::image_of(&root), [before, deck()]);
        Recorded { root, start, entries, states, end, deck }
    }
}

/// What a cut leaves, and what has been acknowledged by then.
struct Cut {
    image: Image,
    /// How many of the states of the script.
    told: usize,
    /// Whether the backup of the script has been told of.
    has_backup: bool,
    /// Whether the card was being added, or had been.
    deck: &'static [usize],
}

#[test]
fn after_a_cut_of_power_at_any_change_all_that_was_acknowledged_is_there() {
    let recorded = Recorded::new();
    let mut disk = recorded.start.clone();
    let (mut told, mut has_backup, mut points) = (0, false, 0);
    let mut seen = HashSet::new();
    let mut cuts = Vec::new();
    let mut said = String::new();
    let mut last = STEPS[0];
    for (step, entry) in &recorded.entries {
        if *step != last {
            (last, said) = (*step, String::new());
        }
        match entry {
            Entry::Fault(_) => unreachable!("none was asked for"),
            Entry::Said(bytes) => {
                let before = step.told(&said);
                said.push_str(std::str::from_utf8(bytes).unwrap());
                told += step.told(&said) - before;
                has_backup |= *step == Step::Backup;
            }
            Entry::Change(change) => disk.apply(change),
        }
        points += 1;
        let deck: &[usize] = match step {
            Step::Add if step.told(&said) == 1 => &[1],
            Step::Add => &[0, 1],
            Step::Restore => &[1],
            _ => &[0],
        };
        let seed = points as u64;
        for survives in
            [Survives::All, Survives::Nothing, Survives::Prefixes(seed), Survives::Sectors(seed)]
        {
            let image = disk.after_a_cut(survives);
            if seen.insert((disk::hash(&image), told, has_backup, deck)) {
                cuts.push(Cut { image, told, has_backup, deck });
            }
        }
    }
    let all = disk.after_a_cut(Survives::All);
    assert!(all == recorded.end, "a change went by unseen");
    assert_eq!(told, recorded.states.len() - 1);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some((number, cut)) = take(&next, &cuts) {
                    recorded.check(number, cut);
                }
            });
        }
    });
    println!("{points} moments at which to cut, none left out; {} disks after them", cuts.len());
    assert!(points > 500, "{points}");
}

fn take<'a, T>(next: &AtomicUsize, list: &'a [T]) -> Option<(usize, &'a T)> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    Some((number, list.get(number)?))
}

impl Recorded {
    fn check(&self, number: usize, cut: &Cut) {
        let mut home = Home::new();
        home.on("2026-11-25");
        disk::put(&cut.image, &self.root, &home.path(""));
        home.kata(&["doctor"]).ok();
        let state = State::of(&home);
        let may_be = &self.states[cut.told..(cut.told + 2).min(self.states.len())];
        assert!(may_be.contains(&state), "disk {number}, {} told: {state:?}", cut.told);
        let deck = std::fs::read(home.path(DECK)).unwrap();
        assert!(cut.deck.iter().any(|which| self.deck[*which] == deck), "disk {number}");
        let backups = "data/kata/kata.db.backups";
        let mut listed = 0;
        for (path, bytes) in &cut.image {
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.parent() == Some(&self.root.join(backups)) && !name.starts_with('.') {
                assert!(self.end[path] == *bytes, "disk {number}: {name} is half a backup");
                listed += 1;
            }
        }
        assert!(listed >= usize::from(cut.has_backup) * 2, "disk {number}: a backup is gone");
        if number.is_multiple_of(16) && state.notes > 0 {
            // Life goes on.
            let mut review = home.review(&["--new", "100"]);
            review.expect("hello");
            review.expect("card");
            review.grade(4);
            review.end();
            home.kata(&["backup"]).ok();
            home.kata(&["doctor"]).ok();
            assert_eq!(State::of(&home).reviews.len(), state.reviews.len() + 1);
        }
    }
}

/// What a step has done that one of its changes failed in.
fn check_failed(step: Step, home: &Home, before: &State, ran: &script::Ran, what: &str) {
    assert!(ran.code.is_some_and(|code| code != 101), "{what}: {:?}", ran.code);
    home.kata(&["doctor"]).ok();
    let now = State::of(home);
    let (told, done) = (
        ran.told,
        match step {
            Step::Import => now.notes / NOTES,
            Step::Review => now.reviews.len() + now.marks.len(),
            Step::Backup => 0,
            Step::Add => now.notes - NOTES,
            Step::Restore => usize::from(now != *before),
        },
    );
    assert!(done == told || done == told + 1, "{what}: {done} done, {told} told");
    assert!(ran.code != Some(0) || done == step.tells(), "{what}: {done} done");
}

#[test]
fn whichever_change_fails_all_that_was_acknowledged_is_there() {
    let counts = Mutex::new(Vec::new());
    let next: Vec<AtomicUsize> = STEPS.iter().map(|_| AtomicUsize::new(0)).collect();
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let shim = Shim::new();
                let mut home = script::home();
                for (step, next) in STEPS.into_iter().zip(&next) {
                    let failed = fail_each(step, &shim, &mut home, next);
                    counts.lock().unwrap().push((step, failed));
                    home.with_environment(Vec::new());
                    step.run(&mut home);
                }
            });
        }
    });
    let counts = counts.into_inner().unwrap();
    for step in STEPS {
        let of_step = counts.iter().filter(|(other, _)| *other == step);
        let failed: usize = of_step.map(|(_, failed)| failed).sum();
        println!("{step:?}: {failed} changes made to fail, one after another, none left out");
        assert!(failed > 5);
    }
}

/// Runs a step once for each of its changes and each way to fail; how many there were.
fn fail_each(step: Step, shim: &Shim, home: &mut Home, next: &AtomicUsize) -> usize {
    let root = script::root(home);
    let image = disk::image_of(&root);
    home.with_environment(Vec::new());
    let before = State::of(home);
    let mut failed = 0;
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let (at, how) = (number / 2 + 1, ["io", "full"][number % 2]);
        script::reset(home, &image);
        let start = Disk::of(&root);
        shim.watch(home, Some((at, how)));
        let ran = step.run(home);
        home.with_environment(Vec::new());
        let entries = shim.take();
        let Some(failing) = entries.iter().find_map(|entry| match entry {
            Entry::Fault(path) => Some(path),
            _ => None,
        }) else {
            break;
        };
        failed += 1;
        let what = format!("{step:?}, change {at}, of {}, {how}", failing.display());
        check_failed(step, home, &before, &ran, &what);
        // What failed to be synced may be gone; what was acknowledged was synced.
        let mut disk = start;
        for entry in &entries {
            if let Entry::Change(change) = entry {
                disk.apply(change);
            }
        }
        let other = Home::new();
        disk::put(&disk.after_a_cut(Survives::Nothing), &root, &other.path(""));
        check_failed(step, &other, &before, &ran, &format!("{what}, then a cut"));
    }
    script::reset(home, &image);
    failed
}
