//! A person's home with its own database, deck files, settings and clock.

use serde_json::Value;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// A home in a temporary folder. Commands run in it, on its day.
pub struct Home {
    folder: TempDir,
    now: String,
    environment: Vec<(&'static str, OsString)>,
}

/// What a command came to.
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

impl Home {
    /// An empty home on 2026-11-23, seven in the morning.
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let now = "2026-11-23T07:00:00+00:00".to_owned();
        Home { folder, now, environment: Vec::new() }
    }

    /// The variables that the commands to come have besides their own.
    pub fn with_environment(&mut self, variables: Vec<(&'static str, OsString)>) {
        self.environment = variables;
    }

    /// Sets the clock: `2026-11-24`, or a whole RFC 3339 time.
    pub fn on(&mut self, time: &str) -> &mut Self {
        self.now = match time.contains('T') {
            true => time.to_owned(),
            false => format!("{time}T07:00:00+00:00"),
        };
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn database(&self) -> PathBuf {
        self.path("data/kata/kata.db")
    }

    /// Writes a file of the home, and the folders above it.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// A home with one deck of so many basic notes, `q1`/`a1` and on, imported.
    pub fn with_notes(count: usize) -> Self {
        let home = Home::new();
        let notes: String = (1..=count)
            .map(|n| format!("  - {{id: n{n}, front: question {n}, back: answer {n}}}\n"))
            .collect();
        home.write("decks/plain.yaml", format!("deck: plain\ncards:\n{notes}"));
        home.kata(&["import", "decks"]).ok();
        home
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kata"));
        let folder = self.folder.path();
        command
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .env("HOME", folder)
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("XDG_CONFIG_HOME", folder.join("config"))
            .env("KATA_NOW", &self.now)
            .env("TERM", "xterm-256color")
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    pub fn kata(&self, arguments: &[&str]) -> Run {
        self.kata_reading(arguments, "")
    }

    /// Runs a command as a user without rights; for tests that root runs.
    pub fn kata_as_nobody(&self, arguments: &[&str]) -> Run {
        // The program itself may lie where only root may look.
        let program = self.path("kata");
        // Copied by a process of its own: what another test starts meanwhile would inherit the file
        // that is written here, and a program that is written to cannot be run.
        let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_kata")).arg(&program).status();
        assert!(copied.unwrap().success());
        let own = self.command(arguments);
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        command.arg(program).args(arguments).current_dir(self.folder.path()).env_clear();
        command.env("PATH", "/usr/bin:/bin");
        command.envs(own.get_envs().filter_map(|(key, value)| Some((key, value?))));
        run(command, "")
    }

    /// Lets every user write into the home.
    pub fn give_to_everybody(&self) {
        for folder in [self.folder.path().to_owned(), self.path("decks")] {
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o777)).unwrap();
        }
    }

    /// Runs a command with this on its standard input.
    pub fn kata_reading(&self, arguments: &[&str], input: &str) -> Run {
        run(self.command(arguments), input)
    }

    /// A session over lines of JSON.
    pub fn review(&self, arguments: &[&str]) -> Review {
        self.review_telling(arguments, Stdio::inherit())
    }

    /// The same; where it tells what goes wrong.
    pub fn review_telling(&self, arguments: &[&str], stderr: Stdio) -> Review {
        let all = [&["review", "--json"], arguments].concat();
        let mut child = self
            .command(&all)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .unwrap();
        let stdin = child.stdin.take();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Review { child, stdin, stdout }
    }

    /// The whole database as its export tells it.
    pub fn export(&self) -> Value {
        self.kata(&["export", "--format", "json"]).json()
    }
}

/// Runs a command with this on its standard input.
pub fn run(mut command: Command, input: &str) -> Run {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // A command that does not read its input closes the pipe.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    Run {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code(),
    }
}

impl Run {
    /// Succeeds or fails the test, with what the command said.
    #[track_caller]
    pub fn ok(self) -> Self {
        self.exits(0)
    }

    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub fn json(self) -> Value {
        let run = self.ok();
        serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {}", run.stdout))
    }
}

/// A running `kata review --json`.
pub struct Review {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

impl Review {
    /// The next message; `None` when the session is over.
    pub fn hear(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        // A line that a kill cut off was never said.
        line.ends_with('\n').then(|| serde_json::from_str(&line).unwrap())
    }

    /// The next message, which must be of this type.
    #[track_caller]
    pub fn expect(&mut self, kind: &str) -> Value {
        let message = self.hear().unwrap_or_else(|| panic!("the session ended before {kind}"));
        assert_eq!(message["type"], kind, "{message}");
        message
    }

    pub fn say(&mut self, request: &str) {
        self.try_say(request).unwrap();
    }

    /// Fails where the session is gone.
    pub fn try_say(&mut self, request: &str) -> std::io::Result<()> {
        let stdin = self.stdin.as_mut().unwrap();
        writeln!(stdin, "{request}")
    }

    /// Grades the open card.
    #[track_caller]
    pub fn grade(&mut self, grade: u8) -> Value {
        self.say(&format!(r#"{{"do":"grade","grade":{grade},"ms":1000}}"#));
        self.expect("graded")
    }

    /// Grades every card to come alike; the questions in the order asked.
    pub fn grade_all(&mut self, grade: u8) -> Vec<String> {
        let mut asked = Vec::new();
        while let Some(message) = self.hear() {
            if message["type"] == "card" {
                asked.push(message["front"].as_str().unwrap().to_owned());
                self.grade(grade);
            }
        }
        asked
    }

    /// Ends the input and waits; the messages that were left, and the exit status.
    pub fn end(mut self) -> (Vec<Value>, Option<i32>) {
        drop(self.stdin.take());
        let mut left = Vec::new();
        while let Some(message) = self.hear() {
            left.push(message);
        }
        (left, self.child.wait().unwrap().code())
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Review {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The decks that the project ships.
pub fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("decks")
}
