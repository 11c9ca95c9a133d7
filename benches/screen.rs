//! A review on the screen of a terminal, with 100,000 cards: start to first card drawn, and a grade's key to the
//! next card drawn.
//!
//! `cargo bench --bench screen` prints them; `docs/performance.md` holds the figures.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on ends")]

mod collection;

use collection::Collection;
use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const CARDS: u32 = 100_000;
const STARTS: usize = 30;
const ANSWERS: usize = 1000;

fn main() {
    let collection = Collection::of(CARDS);
    // The answers go to a copy.
    let folder = TempDir::new().unwrap();
    let copy = folder.path().join("kata.db");
    std::fs::copy(collection.database(), &copy).unwrap();
    let starts = (0..STARTS).map(|_| first_card_drawn(&collection, &copy)).collect();
    report("start to the first card drawn", starts);
    let mut review = Screen::start(&collection, &copy);
    review.shows("quit");
    let answers = (0..ANSWERS).map(|_| next_card_drawn(&mut review)).collect();
    report("a grade to the next card drawn", answers);
    review.end();
}

/// A running `kata review` on the screen of a terminal.
struct Screen {
    terminal: Box<dyn MasterPty + Send>,
    keys: Box<dyn std::io::Write + Send>,
    drawn: Box<dyn Read + Send>,
    kata: Box<dyn portable_pty::Child + Send + Sync>,
}

impl Screen {
    fn start(collection: &Collection, database: &Path) -> Self {
        let size = PtySize { rows: 24, cols: 80, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        let own = collection.kata_of(database, &["review", "--limit", "2000"]);
        let mut command = CommandBuilder::new(own.get_program());
        command.args(own.get_args());
        command.cwd(own.get_current_dir().unwrap());
        for (key, value) in own.get_envs() {
            command.env(key, value.unwrap());
        }
        command.env("TERM", "xterm-256color");
        let kata = pair.slave.spawn_command(command).unwrap();
        let (keys, drawn) =
            (pair.master.take_writer().unwrap(), pair.master.try_clone_reader().unwrap());
        Screen { terminal: pair.master, keys, drawn, kata }
    }

    /// Waits until this is drawn.
    fn shows(&mut self, text: &str) {
        let (mut seen, mut piece) = (Vec::new(), [0; 1 << 16]);
        while !seen.windows(text.len()).any(|window| window == text.as_bytes()) {
            let count = self.drawn.read(&mut piece).unwrap();
            seen.extend_from_slice(&piece[..count]);
        }
    }

    fn press(&mut self, key: &str) {
        self.keys.write_all(key.as_bytes()).unwrap();
    }

    fn end(mut self) {
        self.press("q");
        // What is drawn last has to be taken.
        let _ = std::io::copy(&mut self.drawn, &mut std::io::sink());
        self.kata.wait().unwrap();
        drop(self.terminal);
    }
}

fn first_card_drawn(collection: &Collection, database: &Path) -> Duration {
    let start = Instant::now();
    let mut review = Screen::start(collection, database);
    // The keys stand below the card: they are drawn last.
    review.shows("quit");
    let taken = start.elapsed();
    review.end();
    taken
}

/// A grade to the next card, drawn whole: what became of the last one stands below it.
fn next_card_drawn(review: &mut Screen) -> Duration {
    review.press(" ");
    review.shows("5 easy");
    let start = Instant::now();
    review.press("4");
    review.shows("good: due");
    start.elapsed()
}

/// The median and the 99th percentile of many.
fn report(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| times[times.len() * percent / 100];
    println!("{name}: median {:?}, 99 % below {:?}, of {}", at(50), at(99), times.len());
}
