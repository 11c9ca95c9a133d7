//! The table of docs/performance.md: each hot path as a whole process on collections of any size, its budget,
//! and the limit below which nothing could go.
//!
//! `cargo bench --bench contract -- 1000 100000 1000000`; without numbers the first two. Other programs are measured
//! beside if they are there: `hashcards` on the path, and Anki's package for `python3`, or for the one that
//! `KATA_BENCH_PYTHON` names. The exit status is 1 if a budget is not kept.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on ends")]

mod collection;

use collection::Collection;
use kata::store::Store;
use rusqlite::{Connection, OpenFlags};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const ANSWERS: usize = 300;
const MIB: u64 = 1 << 20;

fn main() -> ExitCode {
    let asked: Vec<u32> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![1_000, 100_000] } else { asked };
    let mut kept = true;
    for size in sizes {
        let collection = Collection::of(size);
        println!("\n{size} cards, {} answers", 10 * size);
        println!("{:52} {:>10} {:>10} {:>10}   the limit", "", "median", "fastest", "budget");
        let mut table = Table { size, kept: true };
        measure(&collection, &mut table);
        absence(&collection);
        peers(&collection);
        kept &= table.kept;
    }
    match kept {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// What is printed, line by line.
struct Table {
    size: u32,
    kept: bool,
}

impl Table {
    /// The budgets are for 1,000, 100,000 and 1,000,000 cards; another size has none.
    fn budget(&self, budgets: [f64; 3]) -> Option<f64> {
        let place = [1_000, 100_000, 1_000_000].iter().position(|size| *size == self.size)?;
        Some(budgets[place])
    }

    fn value(&mut self, path: &str, unit: &str, value: f64, budgets: [f64; 3]) {
        self.line(path, unit, (value, None), budgets, "");
    }

    fn line(
        &mut self,
        path: &str,
        unit: &str,
        (value, fastest): (f64, Option<f64>),
        budgets: [f64; 3],
        limit: &str,
    ) {
        let budget = self.budget(budgets);
        let is_kept = budget.is_none_or(|budget| value <= budget);
        self.kept &= is_kept;
        let told = |value: f64| match value {
            value if value >= 100.0 => format!("{value:.0} {unit}"),
            value if value >= 10.0 => format!("{value:.1} {unit}"),
            value => format!("{value:.2} {unit}"),
        };
        let mark = if is_kept { ' ' } else { '!' };
        let [fastest, budget] = [fastest, budget].map(|value| value.map_or_else(String::new, told));
        println!("{path:52} {:>10} {fastest:>10} {budget:>10} {mark} {limit}", told(value));
    }

    fn times(&mut self, path: &str, times: &Times, budgets: [f64; 3], limit: &str) {
        let both = (millis(times.median()), Some(millis(times.fastest())));
        self.line(path, "ms", both, budgets, limit);
    }
}

fn measure(collection: &Collection, table: &mut Table) {
    let process = median(40, || whole(collection.kata(&["--version"])));
    let query = median(40, || bare_query(&collection.database()));
    let limit = format!("a bare process {}, a bare due query {}", told(process), told(query));
    let due = Times::of(60, || whole(collection.kata(&["due"])));
    table.times("kata due", &due, [6.0, 6.0, 20.0], &limit);
    let count = Times::of(60, || whole(collection.kata(&["due", "--count"])));
    table.times("kata due --count", &count, [6.0, 6.0, 20.0], "");
    let first = Times::of(60, || first_card(collection.kata(&["review", "--json"])));
    table.times("kata review --json, start to first card", &first, [8.0, 12.0, 40.0], "");
    answers(collection, table);
    imports(collection, table);
    replay(collection, table);
    // What keeps something of each card, and a page that lists them all, may take more of a million.
    let commands: [(&[&str], f64); 4] =
        [(&["due"], 64.0), (&["stats"], 320.0), (&["cards"], 320.0), (&["cards", "--json"], 64.0)];
    for (arguments, of_a_million) in commands {
        let peak = peak(collection.kata(arguments));
        let path = format!("peak memory of kata {}", arguments.join(" "));
        table.value(&path, "MiB", peak, [64.0, 64.0, of_a_million]);
    }
}

/// What has no budget.
fn says(path: &str, time: String) {
    println!("{path:52} {time:>10}");
}

/// The same after a year away, when all that was ever learned is overdue.
fn absence(collection: &Collection) {
    let later = |arguments: &[&str]| {
        let mut command = collection.kata(arguments);
        command.env("KATA_NOW", "2028-01-01T07:00:00+00:00");
        command
    };
    says("kata due, after a year away", told(median(15, || whole(later(&["due"])))));
    let first = median(15, || first_card(later(&["review", "--json"])));
    says("start to first card, after a year away", told(first));
}

/// Answers on a copy, beside the bare commits that they are compared with.
fn answers(collection: &Collection, table: &mut Table) {
    let folder = beside(collection);
    let copy = copied(collection, &folder, "kata.db");
    // The day's backup would take one of two cores meanwhile.
    let settings = folder.path().join("config.yaml");
    std::fs::write(&settings, "backups_daily: 0\nbackups_weekly: 0\nbackups_monthly: 0\n").unwrap();
    let mut command = collection.kata_of(&copy, &["review", "--json", "--limit", "100000"]);
    command.env("KATA_CONFIG", &settings);
    let mut review = Review::start(command);
    review.hear();
    let mut same_rows = SameRows::on(&copied(collection, &folder, "same-rows.db"));
    let bare = bare(&folder.path().join("bare.db"));
    let mut insert = bare.prepare("INSERT INTO t (b) VALUES (zeroblob(100))").unwrap();
    // One after the other, so that all have the same moments of a disk.
    let (mut session, mut rows, mut commits) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..20 + ANSWERS {
        let answer = answer(&mut review);
        let same = same_rows.commit();
        let commit = timed(|| assert_eq!(insert.execute([]).unwrap(), 1));
        if n >= 20 {
            session.push(answer);
            rows.push(same);
            commits.push(commit);
        }
    }
    let (session, rows) = (Times::from(session), Times::from(rows).median());
    let commit = Times::from(commits).median();
    let peak = peak_of(review.child.id());
    review.end();
    let limit =
        format!("the same rows in bare SQLite {}, a bare commit {}", told(rows), told(commit));
    table.times("a grade to its acknowledgement, durable", &session, [1.0; 3], &limit);
    let ratio = |to: Duration| session.median().as_secs_f64() / to.as_secs_f64();
    table.value("  to the same rows in bare SQLite", "x", ratio(rows), [1.5; 3]);
    table.value("  to a bare WAL commit, synchronous=FULL", "x", ratio(commit), [2.5; 3]);
    if let Some(peak) = peak {
        table.value("  peak memory of the session", "MiB", peak, [64.0; 3]);
    }
}

fn imports(collection: &Collection, table: &mut Table) {
    let text = std::fs::read_to_string(collection.deck_file()).unwrap();
    let hash = median(5, || {
        timed(|| {
            std::hint::black_box(blake3::hash(&std::fs::read(collection.deck_file()).unwrap()));
        })
    });
    let unchanged = Times::of(15, || whole(collection.kata(&["import", "big.yaml"])));
    let limit = format!("reading and hashing the file {}", told(hash));
    table.times("import of the file, unchanged", &unchanged, [8.0, 60.0, 600.0], &limit);
    let folder = beside(collection);
    let copy = copied(collection, &folder, "kata.db");
    let parse =
        median(3, || timed(|| drop(serde_yaml::from_str::<serde_yaml::Value>(&text).unwrap())));
    let mut round = 0;
    let edited = Times::of(3, || {
        round += 1;
        let line = format!("The answer {}}}\n", table.size / 2);
        let other = format!("The answer {} and {round}}}\n", table.size / 2);
        assert!(text.contains(&line));
        std::fs::write(collection.deck_file(), text.replace(&line, &other)).unwrap();
        whole(collection.kata_of(&copy, &["import", "big.yaml"]))
    });
    std::fs::write(collection.deck_file(), &text).unwrap();
    let limit = format!("a raw parse of the file {}", told(parse));
    table.times("import of the file, one card edited", &edited, [25.0, 1200.0, 12_000.0], &limit);
    let inserts = bare_inserts(folder.path(), table.size);
    let mut number = 0;
    let first = Times::of(3, || {
        number += 1;
        let new = folder.path().join(format!("new-{number}.db"));
        whole(collection.kata_of(&new, &["import", "big.yaml"]))
    });
    let limit = format!("a raw parse {}, bare inserts {}", told(parse), told(inserts));
    table.times("first import of the file", &first, [60.0, 2000.0, 20_000.0], &limit);
}

fn replay(collection: &Collection, table: &mut Table) {
    let folder = beside(collection);
    let copy = copied(collection, &folder, "kata.db");
    let mut store = Store::open(&copy).unwrap();
    let replay = Times::of(3, || {
        timed(|| assert_eq!(store.rebuild().unwrap(), 0, "the cache is the replay of history"))
    });
    table.times("replay of the whole history", &replay, [20.0, 1000.0, 10_000.0], "");
}

// Limits ---------------------------------------------------------------------------------------

/// The bare due query: opened, prepared, counted.
fn bare_query(database: &Path) -> Duration {
    timed(|| {
        let db = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let due: u64 = db
            .query_row(
                "SELECT count(*) FROM card
                 WHERE due <= 20780 AND due IS NOT NULL AND retired = 0 AND relinked = 0
                   AND suspended = 0",
                [],
                |row| row.get(0),
            )
            .unwrap();
        std::hint::black_box(due);
    })
}

/// What an answer writes, written by nobody in particular: a row of history, a card's state.
struct SameRows {
    db: Connection,
    /// Cards that are due, in no order of their places, and their intervals.
    cards: std::vec::IntoIter<(i64, i64)>,
    at: i64,
}

impl SameRows {
    fn on(database: &Path) -> Self {
        let db = Connection::open(database).unwrap();
        db.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF").unwrap();
        let cards: Vec<(i64, i64)> = {
            let mut select = db
                .prepare(
                    "SELECT id, interval FROM card WHERE due IS NOT NULL AND interval > 0
                     ORDER BY due > 20780, public_id LIMIT 400",
                )
                .unwrap();
            let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            rows.map(Result::unwrap).collect()
        };
        SameRows { db, cards: cards.into_iter(), at: 1_795_417_200_000 }
    }

    fn commit(&mut self) -> Duration {
        let (card, interval) = self.cards.next().unwrap();
        let uuid: [u8; 16] = rand::random();
        self.at += 1000;
        timed(|| {
            self.db.execute_batch("BEGIN IMMEDIATE").unwrap();
            self.db
                .prepare_cached(
                    "INSERT INTO review
                     VALUES (?1, ?2, ?3, 20780, 0, 1, ?1, NULL, 4, 1, 900, ?4, ?4 * 5 / 2)",
                )
                .unwrap()
                .execute((uuid, card, self.at, interval))
                .unwrap();
            self.db
                .prepare_cached(
                    "UPDATE card SET newest = ?1, due = 20780 + ?3 * 5 / 2, interval = ?3 * 5 / 2,
                        repetitions = 5, answered = 20780, was_due = 20780, asked = 20780
                     WHERE id = ?2",
                )
                .unwrap()
                .execute((uuid, card, interval))
                .unwrap();
            self.db.execute_batch("COMMIT").unwrap();
        })
    }
}

/// A database of one small table, each commit to which is synced.
fn bare(path: &Path) -> Connection {
    let db = Connection::open(path).unwrap();
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    db.execute_batch("PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB)")
        .unwrap();
    db
}

/// So many rows in one transaction.
fn bare_inserts(folder: &Path, count: u32) -> Duration {
    let db = Connection::open(folder.join("inserts.db")).unwrap();
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    db.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY, guid BLOB UNIQUE, fields TEXT)")
        .unwrap();
    timed(|| {
        db.execute_batch("BEGIN").unwrap();
        let mut insert = db.prepare("INSERT INTO t (guid, fields) VALUES (?1, ?2)").unwrap();
        for n in 0..count {
            let guid: [u8; 10] = rand::random();
            insert.execute((guid, format!("What is number {n}? The answer {n}"))).unwrap();
        }
        drop(insert);
        db.execute_batch("COMMIT").unwrap();
    })
}

// Others ---------------------------------------------------------------------------------------

fn peers(collection: &Collection) {
    let folder = collection.deck_file().parent().unwrap().join("peers");
    std::fs::create_dir_all(folder.join("hashcards")).unwrap();
    if Command::new("hashcards").arg("--version").output().is_ok() {
        let cards: String = (0..collection.cards).fold(String::new(), |mut text, n| {
            let _ = write!(text, "Q: What is number {n}?\nA: The answer {n}\n\n");
            text
        });
        std::fs::write(folder.join("hashcards/big.md"), cards).unwrap();
        let due = || {
            let mut command = Command::new("hashcards");
            command.arg("due").arg(folder.join("hashcards"));
            whole(command)
        };
        // The first start writes its database.
        due();
        says("hashcards due", told(median(3, due)));
    }
    let python = std::env::var("KATA_BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/anki_first_card.py");
    let anki = || {
        let mut command = Command::new(&python);
        command.arg(&script).arg(&folder).arg(collection.cards.to_string());
        let run = command.stderr(Stdio::null()).output().ok().filter(|run| run.status.success())?;
        String::from_utf8(run.stdout).ok()?.trim().parse::<f64>().ok()
    };
    if anki().is_some() {
        let times = (0..5).filter_map(|_| anki()).map(|ms| Duration::from_secs_f64(ms / 1000.0));
        let first = Times::from(times.collect()).median();
        says("Anki, opened in a running Python, to first card", told(first));
        let whole = median(5, || timed(|| assert!(anki().is_some())));
        says("Anki, the whole process", told(whole));
    }
}

// Stopwatch ------------------------------------------------------------------------------------

/// A running `kata review --json`.
struct Review {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    line: String,
}

impl Review {
    fn start(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let stdin = child.stdin.take().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Review { child, stdin, stdout, line: String::new() }
    }

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

fn first_card(command: Command) -> Duration {
    let start = Instant::now();
    let mut review = Review::start(command);
    review.hear();
    assert!(review.hear().contains("\"card\""));
    let taken = start.elapsed();
    review.end();
    taken
}

fn answer(review: &mut Review) -> Duration {
    assert!(review.hear().contains("\"type\":\"card\""));
    let start = Instant::now();
    review.stdin.write_all(b"{\"do\":\"grade\",\"grade\":4}\n").unwrap();
    assert!(review.hear().contains("graded"));
    start.elapsed()
}

fn whole(mut command: Command) -> Duration {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    timed(|| assert!(command.status().unwrap().success()))
}

fn timed(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// Times of one thing, the fastest first.
struct Times(Vec<Duration>);

impl Times {
    fn of(count: usize, mut run: impl FnMut() -> Duration) -> Self {
        Times::from((0..count).map(|_| run()).collect())
    }

    fn from(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Times(times)
    }

    fn median(&self) -> Duration {
        self.0[self.0.len() / 2]
    }

    fn fastest(&self) -> Duration {
        self.0[0]
    }
}

fn median(count: usize, run: impl FnMut() -> Duration) -> Duration {
    Times::of(count, run).median()
}

/// The most memory that a process had, in MiB, as Linux tells it while it runs.
fn peak(mut command: Command) -> f64 {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut most = 0.0;
    while child.try_wait().unwrap().is_none() {
        most = peak_of(child.id()).unwrap_or(most).max(most);
    }
    most
}

fn peak_of(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024.0 / MIB as f64)
}

/// A folder on the same disk.
fn beside(collection: &Collection) -> TempDir {
    let folder: PathBuf = collection.database().parent().unwrap().into();
    TempDir::new_in(folder).unwrap()
}

/// A copy of its database, on disk before anything is measured.
fn copied(collection: &Collection, folder: &TempDir, name: &str) -> PathBuf {
    let copy = folder.path().join(name);
    std::fs::copy(collection.database(), &copy).unwrap();
    std::fs::File::open(&copy).unwrap().sync_all().unwrap();
    copy
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn told(time: Duration) -> String {
    match millis(time) {
        ms if ms >= 100.0 => format!("{ms:.0} ms"),
        ms if ms >= 10.0 => format!("{ms:.1} ms"),
        ms => format!("{ms:.2} ms"),
    }
}
