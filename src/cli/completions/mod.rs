//! `kata completions`: scripts for shells, and the answers that they ask back for.
//!
//! The scripts know nothing of kata. At each Tab they hand the command line to
//! `kata completions SHELL -- ...`, which knows the commands, and reads decks and tags from the
//! database. Text from decks goes to a shell quoted as that shell needs it.

mod answer;
mod quote;
mod values;
mod words;

use crate::cli::error::Exit;
use crate::cli::output::Output;
use crate::cli::{Arguments as Kata, Global};
use answer::{Answer, answer};
use anyhow::Result;
use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::aot;
use std::ffi::OsString;

/// Print the script that completes command lines of kata in a shell
///
/// It completes commands, options, paths, and, from the database, names of decks and tags.
#[derive(Debug, Args)]
#[command(after_long_help = WHERE)]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
    /// A command line to complete, as the script hands it over
    #[arg(last = true, hide = true)]
    line: Vec<OsString>,
}

const WHERE: &str = r#"Where it goes:
  bash        in ~/.bashrc: eval "$(kata completions bash)"
  zsh         in ~/.zshrc, after compinit: eval "$(kata completions zsh)"
  fish        kata completions fish > ~/.config/fish/completions/kata.fish
  powershell  in $PROFILE: kata completions powershell | Out-String | iex
  nushell     in the folder $nu.user-autoload-dirs.0:
              kata completions nushell | save -f kata.nu"#;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    /// Bash 3.2 or newer
    Bash,
    /// Zsh
    Zsh,
    /// Fish 3 or newer
    Fish,
    /// PowerShell: commands and options only
    #[value(alias = "pwsh")]
    Powershell,
    /// Nushell 0.108 or newer
    #[value(alias = "nu")]
    Nushell,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Exit> {
    let text = match &arguments.line[..] {
        [] => script(arguments.shell),
        line => answered(arguments.shell, line),
    };
    Output::new(global.color, global.quiet).result(&text)?;
    Ok(Exit::Done)
}

fn script(shell: Shell) -> String {
    match shell {
        Shell::Bash => include_str!("kata.bash").to_owned(),
        Shell::Zsh => include_str!("kata.zsh").to_owned(),
        Shell::Fish => include_str!("kata.fish").to_owned(),
        Shell::Nushell => include_str!("kata.nu").to_owned(),
        Shell::Powershell => {
            let mut script = Vec::new();
            aot::generate(aot::PowerShell, &mut Kata::command(), "kata", &mut script);
            String::from_utf8_lossy(&script).into_owned()
        }
    }
}

/// What a script is told; nothing if there is nothing to tell, whatever the reason.
fn answered(shell: Shell, line: &[OsString]) -> String {
    let line: Vec<&str> = line.iter().map(|word| word.to_str().unwrap_or_default()).collect();
    match (shell, &line[..]) {
        (Shell::Bash, [line, replaced]) => for_bash(line, replaced),
        (Shell::Fish, [line]) => {
            let answer = answer(&words::read(line, &words::FISH).words, false);
            lines(&answer, |value, help| format!("{value}\t{help}"))
        }
        (Shell::Zsh, words) => {
            let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
            lines(&answer(&words, false), quote::describe)
        }
        (Shell::Nushell, words) => for_nushell(words),
        _ => String::new(),
    }
}

/// The kind of answer, then a line a candidate: its value and, after a tab, what it is.
fn lines(answer: &Answer, entry: impl Fn(&str, &str) -> String) -> String {
    let mut lines = kind(answer).to_owned();
    for candidate in &answer.candidates {
        lines += "\n";
        lines += &entry(&candidate.value, &candidate.help);
    }
    lines + "\n"
}

/// Whether the shell is to complete paths, too.
fn kind(answer: &Answer) -> &'static str {
    if answer.paths { "paths" } else { "words" }
}

/// The kind of answer, then a line a candidate: what bash is to put in the place of the end of the
/// line that it replaces.
fn for_bash(line: &str, replaced: &str) -> String {
    let Some(kept) = line.strip_suffix(replaced) else { return String::new() };
    let answer = answer(&words::read(line, &words::BASH).words, true);
    let kept = words::read(kept, &words::BASH);
    let head = kept.words.last().map_or("", String::as_str);
    let mut lines = kind(&answer).to_owned();
    for candidate in &answer.candidates {
        if let Some(rest) = candidate.value.strip_prefix(head) {
            lines += "\n";
            lines += &quote::bash(rest, kept.open, replaced);
        }
    }
    lines + "\n"
}

/// A list in JSON; `null` if nushell is to complete paths.
fn for_nushell(words: &[&str]) -> String {
    let unquoted = |word: &&str| {
        let mut read = words::read(word, &words::NUSHELL).words;
        read.pop().unwrap_or_default()
    };
    let answer = answer(&words.iter().map(unquoted).collect::<Vec<_>>(), true);
    let list = answer.candidates.iter().map(|candidate| {
        let value = quote::nushell(&candidate.value);
        serde_json::json!({ "value": value, "description": candidate.help })
    });
    let list: Vec<_> = list.collect();
    match answer.paths && list.is_empty() {
        true => "null\n".to_owned(),
        false => format!("{}\n", serde_json::Value::from(list)),
    }
}
