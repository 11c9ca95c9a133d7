//! The hot paths as whole processes, on a collection of 100,000 cards: `kata due`, start to first
//! card, an answer to its acknowledgement, each also on the screen of a terminal, and the import of
//! files that are unchanged.
//!
//! `cargo bench` runs them; `docs/performance.md` holds the figures.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on ends")]

use criterion::{Criterion, criterion_group, criterion_main};
use kata::model::{
    Draft, Grade, Instant, Interval, Mark, Now, Reschedule, ReviewKind, StudyDay, What,
};
use kata::schedule::{CardState, Scheduler};
use kata::store::Store;
use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant as Stopwatch};
use tempfile::TempDir;

const CARDS: u32 = 100_000;
const TODAY: &str = "2026-11-23";

/// A collection on disk.
struct Collection {
    folder: TempDir,
}

/// How far behind its owner is.
#[derive(Clone, Copy)]
enum Backlog {
    /// About a day's due cards.
    None,
    /// Every card that was learned is overdue.
    All,
}

impl Collection {
    fn new(backlog: Backlog) -> Self {
        let collection = Collection { folder: TempDir::new().unwrap() };
        let mut deck = "deck: big\ncards:\n".to_owned();
        for n in 0..CARDS {
            let _ = writeln!(deck, "  - {{front: What is number {n}?, back: The answer {n}}}");
        }
        std::fs::write(collection.folder.path().join("big.yaml"), deck).unwrap();
        assert!(collection.kata(&["import", "big.yaml"]).status().unwrap().success());
        collection.study(backlog);
        collection
    }

    /// Learns nine cards of ten, and spreads their due days as a year of reviews would.
    fn study(&self, backlog: Backlog) {
        let mut store = Store::open(&self.folder.path().join("kata.db")).unwrap();
        let today: StudyDay = TODAY.parse().unwrap();
        let day = today.plus(-400);
        let learn =
            Scheduler::Sm2.answer(&CardState::NEW, ReviewKind::Learn, Grade::ALL[4], day, 3000);
        let mut cards = Vec::new();
        store.card_rows(&mut |row| cards.push(row.card)).unwrap();
        let mut drafts = Vec::new();
        for (card, n) in cards.into_iter().zip(0_u32..).filter(|(_, n)| n % 10 != 0) {
            let interval = 1 + n % 365;
            let ahead = match backlog {
                Backlog::None => i64::from(n / 365 % interval),
                Backlog::All => -1 - i64::from(n % 30),
            };
            let to = Reschedule {
                due: today.plus(ahead),
                interval: Some(Interval::days(u64::from(interval))),
                ease: None,
                repetitions: Some(4),
            };
            drafts.push(Draft { card, what: What::Review(learn) });
            drafts.push(Draft { card, what: What::Mark(Mark::Reschedule(to)) });
        }
        let at = Instant::from_millis(i64::from(day.number()) * 86_400_000);
        store.record(Now { at, day, utc_offset: 0 }, None, &drafts).unwrap();
    }

    fn kata(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kata"));
        let folder = self.folder.path();
        command
            .args(arguments)
            .current_dir(folder)
            .env("KATA_DB", folder.join("kata.db"))
            .env("KATA_CONFIG", "/dev/null")
            .env("KATA_NOW", format!("{TODAY}T07:00:00+00:00"))
            .stdout(Stdio::null());
        command
    }

    fn review(&self, arguments: &[&str]) -> Review {
        let all = [&["review", "--json"], arguments].concat();
        let mut child =
            self.kata(&all).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let stdin = child.stdin.take().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Review { child, stdin, stdout, line: String::new() }
    }
}

/// A running `kata review --json`.
struct Review {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    line: String,
}

impl Review {
    fn hear(&mut self) -> &str {
        self.line.clear();
        self.stdout.read_line(&mut self.line).unwrap();
        &self.line
    }

    fn end(mut self) {
        drop(self.stdin);
        while self.stdout.read_line(&mut self.line).unwrap() > 0 {}
        self.child.wait().unwrap();
    }
}

/// A running `kata review` on the screen of a terminal.
struct OnScreen {
    terminal: Box<dyn MasterPty + Send>,
    keys: Box<dyn std::io::Write + Send>,
    drawn: Box<dyn Read + Send>,
    kata: Box<dyn portable_pty::Child + Send + Sync>,
}

impl OnScreen {
    fn start(collection: &Collection) -> Self {
        let size = PtySize { rows: 24, cols: 80, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        let own = collection.kata(&["review", "--limit", "2000"]);
        let mut command = CommandBuilder::new(own.get_program());
        command.args(own.get_args());
        command.cwd(collection.folder.path());
        for (key, value) in own.get_envs() {
            command.env(key, value.unwrap());
        }
        command.env("TERM", "xterm-256color");
        let kata = pair.slave.spawn_command(command).unwrap();
        let (keys, drawn) =
            (pair.master.take_writer().unwrap(), pair.master.try_clone_reader().unwrap());
        OnScreen { terminal: pair.master, keys, drawn, kata }
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

fn first_card_drawn(collection: &Collection) -> Duration {
    let start = Stopwatch::now();
    let mut review = OnScreen::start(collection);
    // The keys stand below the card: they are drawn last.
    review.shows("quit");
    let taken = start.elapsed();
    review.end();
    taken
}

/// A grade to the next card, drawn whole: what became of the last one stands below it.
fn next_card_drawn(review: &mut OnScreen) -> Duration {
    review.press(" ");
    review.shows("5 easy");
    let start = Stopwatch::now();
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

fn hot_paths(criterion: &mut Criterion) {
    let usual = Collection::new(Backlog::None);
    let backlog = Collection::new(Backlog::All);
    let mut group = criterion.benchmark_group("100,000 cards");
    group.sample_size(30);
    for (name, collection) in [("", &usual), (", 90,000 overdue", &backlog)] {
        group.bench_function(format!("kata due{name}"), |bench| {
            bench.iter(|| assert!(collection.kata(&["due"]).status().unwrap().success()));
        });
        group.bench_function(format!("kata due --count{name}"), |bench| {
            let count = || collection.kata(&["due", "--count"]);
            bench.iter(|| assert!(count().status().unwrap().success()));
        });
        group.bench_function(format!("start to first card{name}"), |bench| {
            bench.iter_custom(|times| (0..times).map(|_| first_card(collection)).sum());
        });
    }
    group.bench_function("answer to acknowledgement", |bench| {
        let mut review = backlog.review(&["--limit", "1000000"]);
        review.hear();
        bench.iter_custom(|times| (0..times).map(|_| answer(&mut review)).sum());
        review.end();
    });
    group.bench_function("start to first card on a screen", |bench| {
        bench.iter_custom(|times| (0..times).map(|_| first_card_drawn(&usual)).sum());
    });
    let mut review = OnScreen::start(&backlog);
    review.shows("quit");
    // Told with its slowest, which criterion has no word for.
    let times = (0..1000).map(|_| next_card_drawn(&mut review)).collect();
    report("a grade to the next card on a screen", times);
    review.end();
    group.bench_function("import of an unchanged file", |bench| {
        bench.iter(|| assert!(usual.kata(&["import", "big.yaml"]).status().unwrap().success()));
    });
    group.finish();
}

fn first_card(collection: &Collection) -> Duration {
    let start = Stopwatch::now();
    let mut review = collection.review(&[]);
    review.hear();
    assert!(review.hear().contains("\"card\""));
    let taken = start.elapsed();
    review.end();
    taken
}

/// Takes the card that is open, and answers it.
fn answer(review: &mut Review) -> Duration {
    assert!(review.hear().contains("\"type\":\"card\""));
    let start = Stopwatch::now();
    review.stdin.write_all(b"{\"do\":\"grade\",\"grade\":4}\n").unwrap();
    assert!(review.hear().contains("graded"));
    start.elapsed()
}

criterion_group!(benches, hot_paths);
criterion_main!(benches);
