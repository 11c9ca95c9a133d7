//! The README: every command in it is run, from top to bottom in one home, and what it shows is what
//! the program says.
//!
//! - ```` ```console ````: commands after `$`, and their output, compared. `KATA_BLESS=1 cargo test
//!   --test kata readme` writes the output anew.
//! - ```` ```sh ````: a script, which must succeed.
//! - `<!-- anew -->` begins with another home, `<!-- on 2026-11-24 -->` sets the clock, `<!-- keys
//!   Enter 4 -->` says what is typed at the prompts of the last command, on a terminal: Enter alone, or
//!   a text and Enter. The session is left where they end.

use crate::home::shipped;
use rexpect::ReadUntil;
use rexpect::session::spawn_command;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const PATIENCE: Option<u64> = Some(20_000);

/// What the README calls its home. It is as long as the real one: a table does not show the change.
const HOME: &str = "/home/your-name";

#[test]
fn every_command_is_run_and_shows_what_is_shown() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let told = Reader::new().read(&readme);
    if std::env::var_os("KATA_BLESS").is_some() {
        fs::write(&path, &told).unwrap();
    }
    assert!(readme == told, "{}", difference(&readme, &told));
}

#[test]
fn commands_named_in_the_text_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let reader = Reader::new();
    let mut named = 0;
    for span in readme.split('`').filter(|span| !span.contains('\n')) {
        let words: Vec<&str> = span.split_whitespace().collect();
        match &words[..] {
            ["kata", command, options @ ..] if !command.starts_with('-') => {
                named += 1;
                let help = reader.run(&format!("kata help {command}"));
                assert!(help.contains(&format!("kata {command}")), "{span}: {help}");
                for option in options.iter().filter(|option| option.starts_with("--")) {
                    assert!(help.contains(option), "{span}: {help}");
                }
            }
            ["cargo", "bench", "--bench", bench] => {
                assert!(root.join(format!("benches/{bench}.rs")).exists(), "{span}");
            }
            _ => {}
        }
    }
    assert!(named > 5, "few are found: {named}");
}

/// What was read from a terminal, a character for each byte, as lines of text.
fn lines(read: &str) -> String {
    let bytes = read.chars().map(|byte| u8::try_from(u32::from(byte)).unwrap()).collect();
    let text = String::from_utf8(bytes).unwrap();
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The first line that differs.
fn difference(shown: &str, told: &str) -> String {
    let mut told = told.lines();
    for (number, shown) in (1..).zip(shown.lines()) {
        let told = told.next().unwrap_or_default();
        if shown != told {
            return format!("README.md:{number}\nshown: {shown}\ntold:  {told}");
        }
    }
    "the README ends too early".to_owned()
}

/// Someone who follows the README, in an empty home beside the shipped decks.
struct Reader {
    home: TempDir,
    now: String,
    keys: Vec<String>,
}

impl Reader {
    fn new() -> Self {
        let home = TempDir::new_in("/tmp").unwrap();
        assert_eq!(home.path().as_os_str().len(), HOME.len());
        let at = |name: &str| home.path().join(name);
        fs::create_dir_all(at("bin")).unwrap();
        symlink(env!("CARGO_BIN_EXE_kata"), at("bin/kata")).unwrap();
        fs::create_dir(at("decks")).unwrap();
        for entry in fs::read_dir(shipped()).unwrap() {
            let file = entry.unwrap();
            fs::copy(file.path(), at("decks").join(file.file_name())).unwrap();
        }
        Reader { home, now: "2026-11-23".to_owned(), keys: Vec::new() }
    }

    /// Runs the commands of a text; the text with their output as it is.
    fn read(mut self, text: &str) -> String {
        let (mut told, mut lines) = (String::new(), text.lines());
        while let Some(line) = lines.next() {
            told += line;
            told.push('\n');
            if let Some(comment) = line.strip_prefix("<!-- ") {
                self.heed(comment.trim_end_matches(" -->"));
            }
            let block =
                || -> Vec<&str> { lines.by_ref().take_while(|line| *line != "```").collect() };
            match line {
                "```console" => told += &(self.transcript(&{ block }()) + "```\n"),
                "```sh" => {
                    let script = { block }();
                    self.script(&script);
                    told += &(script.join("\n") + "\n```\n");
                }
                _ => {}
            }
        }
        told
    }

    fn heed(&mut self, comment: &str) {
        match comment.split_once(' ') {
            None if comment == "anew" => *self = Reader::new(),
            Some(("on", day)) => day.clone_into(&mut self.now),
            Some(("keys", keys)) => self.keys = keys.split(' ').map(str::to_owned).collect(),
            _ => {}
        }
    }

    /// A block of commands with the output that they give now.
    fn transcript(&mut self, block: &[&str]) -> String {
        let commands: Vec<&str> = block.iter().filter_map(|line| line.strip_prefix("$ ")).collect();
        let last = commands.len();
        let mut told = String::new();
        for (number, command) in (1..).zip(commands) {
            let keys = if number == last { std::mem::take(&mut self.keys) } else { Vec::new() };
            let output = match keys.is_empty() {
                true => self.run(command),
                false => self.session(command, &keys),
            };
            told += &format!("$ {command}\n{output}");
        }
        told
    }

    /// What a terminal of 80 columns shows of a command. A review is not started from there.
    fn run(&self, command: &str) -> String {
        let shell = self.shell(&format!("stty cols 80 rows 24; {command}"));
        let mut terminal = spawn_command(shell, PATIENCE).unwrap();
        let asked = ReadUntil::String("any other key leaves.".to_owned());
        let (mut shown, question) = terminal.exp_any(vec![asked, ReadUntil::EOF]).unwrap();
        if !question.is_empty() {
            terminal.send("q").unwrap();
            terminal.flush().unwrap();
            shown += &(question + &terminal.exp_eof().unwrap());
        }
        let shown = lines(&shown);
        shown.replace(self.home.path().to_str().unwrap(), HOME)
    }

    fn script(&self, lines: &[&str]) {
        // What cargo itself does here is done by whoever runs this test.
        let lines: Vec<String> = lines
            .iter()
            .map(|line| line.replace("cargo run --release --", "kata"))
            .filter(|line| !line.starts_with("cargo "))
            .collect();
        let script = lines.join("\n");
        let output = self.shell(&format!("set -eu\n{script}")).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{script}\n{said}");
    }

    /// What a terminal of 80 columns shows after these lines, each typed at a prompt.
    fn session(&self, command: &str, typed: &[String]) -> String {
        let shell = self.shell(&format!("stty echo cols 80 rows 24; {command}"));
        let mut terminal = spawn_command(shell, PATIENCE).unwrap();
        let mut shown = String::new();
        let mut prompt = |terminal: &mut rexpect::session::PtySession| {
            let (before, prompt) =
                terminal.exp_regex("(Enter shows the answer|Grade|Your answer): ").unwrap();
            shown += &(before + &prompt);
        };
        for line in typed {
            prompt(&mut terminal);
            let text = if line == "Enter" { "" } else { line };
            terminal.send(&format!("{text}\r")).unwrap();
            terminal.flush().unwrap();
        }
        prompt(&mut terminal);
        lines(&shown).trim_start_matches('\n').to_owned()
    }

    fn shell(&self, script: &str) -> Command {
        let home = self.home.path();
        let path: Vec<PathBuf> = vec![home.join("bin"), "/usr/bin".into(), "/bin".into()];
        let mut shell = Command::new("bash");
        shell.args(["-c", script]).current_dir(home).env_clear();
        shell.env("PATH", std::env::join_paths(path).unwrap());
        shell.env("HOME", home).env("TERM", "xterm-256color").env("NO_COLOR", "1");
        shell.env("KATA_NOW", format!("{}T07:00:00+00:00", self.now));
        shell
    }
}
