//! What may stand at the cursor.

use super::values::{PATHS, complete_values};
use crate::cli::{Arguments as Kata, Place};
use crate::model::text::{is_unseen, visible_line};
use clap::CommandFactory;
use clap_complete::engine::{self, CompletionCandidate, PathCompleter, ValueCompleter};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// What may stand at the cursor.
pub(super) struct Answer {
    pub(super) candidates: Vec<Candidate>,
    /// Whether the shell is to complete paths, too.
    pub(super) paths: bool,
}

/// A whole word that may stand at the cursor.
pub(super) struct Candidate {
    pub(super) value: String,
    /// What it is, in a line; may be empty.
    pub(super) help: String,
}

/// What may stand in the place of the last of these words. A shell that cannot complete paths
/// besides other words has them among the candidates, once there are any.
pub(super) fn answer(words: &[String], mixed: bool) -> Answer {
    let Some((current, before)) = words.split_last() else {
        return Answer { candidates: Vec::new(), paths: false };
    };
    let (before, database) = without_database(before);
    let mut paths = false;
    let mut candidates = Vec::new();
    for found in found(before, current, database.map(expanded)) {
        if found.get_id().is_none_or(|id| id != PATHS) {
            candidates.extend(candidate(&found));
        } else if found.get_value().is_empty() {
            // An option that is typed is no path.
            paths = !current.starts_with('-');
        } else if let Some(before) = found.get_value().to_str() {
            candidates.extend(paths_after(before, current));
        }
    }
    if current.is_empty() {
        leave_options_out(&mut candidates, paths);
    }
    if mixed && paths && !candidates.is_empty() {
        candidates.extend(paths_after("", current));
    }
    Answer { candidates, paths }
}

/// What the engine finds for the word at the cursor.
fn found(before: Vec<&str>, current: &str, database: Option<PathBuf>) -> Vec<CompletionCandidate> {
    let mut command = Kata::command();
    if let Ok(database) = Place::database(database) {
        command = complete_values(command, database.path);
    }
    let at = before.len();
    let words = before.into_iter().chain([current]).map(OsString::from).collect();
    let folder = std::env::current_dir().ok();
    engine::complete(&mut command, words, at, folder.as_deref()).unwrap_or_default()
}

/// A candidate of the engine, unless it has what cannot be typed.
fn candidate(found: &CompletionCandidate) -> Option<Candidate> {
    let value = found.get_value().to_str().filter(|value| !value.contains(is_unseen))?;
    let help = found.get_help().map(ToString::to_string).unwrap_or_default();
    let help = visible_line(help.lines().next().unwrap_or_default()).into_owned();
    Some(Candidate { value: value.to_owned(), help })
}

/// Paths, where they go on from what stands before them in the word: `--db=`. Hidden ones only if
/// there are no others.
fn paths_after(before: &str, current: &str) -> Vec<Candidate> {
    let typed = current.strip_prefix(before).unwrap_or_default();
    let mut found = PathCompleter::any().complete(OsStr::new(typed));
    found.retain(|path| path.get_value() != ".");
    if found.iter().any(|path| !path.is_hide_set()) {
        found.retain(|path| !path.is_hide_set());
    }
    found.into_iter().filter_map(|path| candidate(&path.add_prefix(before))).collect()
}

/// Options are offered once a dash is typed, or where there is nothing else.
fn leave_options_out(candidates: &mut Vec<Candidate>, paths: bool) {
    let is_option = |candidate: &Candidate| candidate.value.starts_with('-');
    if paths || !candidates.iter().all(is_option) {
        candidates.retain(|candidate| !is_option(candidate));
    }
}

/// Words without the database that they name, and the database: the engine takes the value of an
/// option before the command for the command, if one has that name.
fn without_database(words: &[String]) -> (Vec<&str>, Option<&str>) {
    let (mut rest, mut named) = (Vec::new(), None);
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        let value = match word {
            // Nothing after it is an option.
            "--" => {
                rest.push(word);
                break;
            }
            "--db" => words.next(),
            _ => word.strip_prefix("--db="),
        };
        match value {
            Some(value) => named = Some(value),
            None => rest.push(word),
        }
    }
    rest.extend(words);
    (rest, named)
}

/// A path as kata gets it: the shell puts the home in its place before.
fn expanded(path: &str) -> PathBuf {
    match path.strip_prefix("~/") {
        Some(below) => std::env::home_dir().unwrap_or_default().join(below),
        None => PathBuf::from(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn splits(line: &str, rest: &str, database: Option<&str>) {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let (left, named) = without_database(&words);
        assert_eq!((left.join(" ").as_str(), named), (rest, database), "{line}");
    }

    #[test]
    fn the_database_of_a_line_is_no_command() {
        splits("kata --db config due", "kata due", Some("config"));
        splits("kata due --db=a.db x", "kata due x", Some("a.db"));
        splits("kata due x", "kata due x", None);
        splits("kata due -- --db x", "kata due -- --db x", None);
        // Its value is still to come: at the cursor.
        splits("kata --db", "kata --db", None);
    }
}
