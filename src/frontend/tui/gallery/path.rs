//! Which file a card means by an image: one in the folder of its deck file, or below it.

use crate::model::text::visible_line;
use percent_encoding::percent_decode_str;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use thiserror::Error;

/// The largest file that is read: 32 MiB.
pub(super) const LARGEST: u64 = 32 << 20;

/// Why a file is not looked at. Each is a sentence for a screen.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum Refused {
    /// The note has come from elsewhere.
    #[error("its deck file is not known")]
    NoDeckFile,
    /// It has a scheme, as `https:`.
    #[error("an address, and only files are shown: {0}")]
    Address(String),
    /// An absolute path, or one that leads out by `..` or a link.
    #[error("not in the folder of the deck file: {0}")]
    Outside(String),
    /// There is none.
    #[error("no such file: {0}")]
    Missing(String),
    /// A folder, a pipe, a device.
    #[error("not an ordinary file: {0}")]
    Special(String),
    /// It is over [`LARGEST`].
    #[error("larger than 32 MiB: {0}")]
    Large(String),
    /// The system says no.
    #[error("not to be read: {0}: {1}")]
    Unreadable(String, String),
}

/// The file of an image, by its path as a card has it and the deck file of the card.
///
/// # Errors
/// If there is none, or none that a deck may show: decks come from strangers, too.
pub(super) fn resolve(source: &str, deck_file: Option<&Path>) -> Result<PathBuf, Refused> {
    let deck_file = deck_file.ok_or(Refused::NoDeckFile)?;
    if is_address(source) {
        return Err(Refused::Address(visible_line(source).into_owned()));
    }
    let folder = match deck_file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let decoded = percent_decode_str(source).decode_utf8_lossy();
    match file_below(folder, &decoded) {
        // Not everybody writes what Markdown asks for.
        Err(Refused::Missing(_)) if decoded != source => file_below(folder, source),
        found => found,
    }
}

/// Whether it begins with a scheme. A single letter is none: it is a drive.
fn is_address(source: &str) -> bool {
    let Some((scheme, _)) = source.split_once(':') else { return false };
    scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn file_below(folder: &Path, path: &str) -> Result<PathBuf, Refused> {
    let name = || visible_line(path).into_owned();
    let refused = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Refused::Missing(name()),
        _ => Refused::Unreadable(name(), error.to_string()),
    };
    // First by its words, so that it cannot be learnt what there is outside.
    if leads_out(Path::new(path)) {
        return Err(Refused::Outside(name()));
    }
    let folder = fs::canonicalize(folder).map_err(refused)?;
    let file = fs::canonicalize(folder.join(path)).map_err(refused)?;
    if !file.starts_with(&folder) {
        return Err(Refused::Outside(name()));
    }
    // Before it is opened: to open a pipe is to wait for its other end.
    let about = fs::metadata(&file).map_err(refused)?;
    if !about.is_file() {
        return Err(Refused::Special(name()));
    }
    if about.len() > LARGEST {
        return Err(Refused::Large(name()));
    }
    Ok(file)
}

fn leads_out(path: &Path) -> bool {
    let mut depth = 0_usize;
    for component in path.components() {
        match component {
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::ParentDir if depth > 0 => depth -= 1,
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return true,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    /// A folder `decks` with a deck file, beside it `secret.png`.
    fn home() -> (TempDir, PathBuf) {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("decks/img")).unwrap();
        fs::write(home.path().join("secret.png"), "s").unwrap();
        let deck = home.path().join("decks/deck.yaml");
        fs::write(&deck, "").unwrap();
        (home, deck)
    }

    fn refusal(source: &str, deck: &Path) -> String {
        resolve(source, Some(deck)).unwrap_err().to_string()
    }

    #[test]
    fn a_path_is_relative_to_the_folder_of_the_deck_file() {
        let (_home, deck) = home();
        let folder = deck.parent().unwrap().canonicalize().unwrap();
        fs::write(folder.join("img/a.png"), "a").unwrap();
        for source in ["img/a.png", "./img/a.png", "img/../img/a.png"] {
            assert_eq!(resolve(source, Some(&deck)).unwrap(), folder.join("img/a.png"));
        }
        assert_eq!(refusal("b.png", &deck), "no such file: b.png");
        assert_eq!(resolve("a.png", None).unwrap_err(), Refused::NoDeckFile);
    }

    #[test]
    fn names_are_written_as_markdown_does_or_as_they_are() {
        let (_home, deck) = home();
        let folder = deck.parent().unwrap().canonicalize().unwrap();
        for name in ["two words.png", "100%.png", "Übung.png", "a%20b.png"] {
            fs::write(folder.join(name), "x").unwrap();
        }
        for (source, name) in [
            ("two%20words.png", "two words.png"),
            ("two words.png", "two words.png"),
            ("100%25.png", "100%.png"),
            ("100%.png", "100%.png"),
            ("%C3%9Cbung.png", "Übung.png"),
            ("Übung.png", "Übung.png"),
            ("a%20b.png", "a%20b.png"),
        ] {
            assert_eq!(resolve(source, Some(&deck)).unwrap(), folder.join(name), "{source}");
        }
    }

    #[test]
    fn nothing_outside_of_the_folder_is_looked_at() {
        let (home, deck) = home();
        let secret = home.path().join("secret.png");
        for source in ["../secret.png", "img/../../secret.png", "%2E%2E/secret.png", "../none.png"]
        {
            let refusal = refusal(source, &deck);
            assert!(refusal.starts_with("not in the folder of the deck file: "), "{refusal}");
        }
        assert!(matches!(
            resolve(&secret.to_string_lossy(), Some(&deck)),
            Err(Refused::Outside(_))
        ));
    }

    #[test]
    fn addresses_are_not_fetched() {
        let (_home, deck) = home();
        for source in ["https://a.b/c.png", "file:///etc/passwd", "data:image/png;base64,AAAA"] {
            assert!(matches!(resolve(source, Some(&deck)), Err(Refused::Address(_))), "{source}");
        }
        assert_eq!(
            refusal("//a.b/c.png", &deck),
            "not in the folder of the deck file: //a.b/c.png"
        );
    }

    #[test]
    fn what_is_wrong_is_told_without_control_characters() {
        let (_home, deck) = home();
        assert_eq!(refusal("a%1B[2J.png", &deck), "no such file: a%1B[2J.png");
        assert_eq!(refusal("a\u{1b}[2J.png", &deck), "no such file: a␛[2J.png");
        assert!(refusal("a%00.png", &deck).starts_with("not to be read: a␀.png"));
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_may_lead_about_the_folder_but_not_out_of_it() {
        use std::os::unix::fs::symlink;
        let (home, deck) = home();
        let folder = deck.parent().unwrap().canonicalize().unwrap();
        fs::write(folder.join("img/a.png"), "a").unwrap();
        symlink("img/a.png", folder.join("within.png")).unwrap();
        symlink("../secret.png", folder.join("out.png")).unwrap();
        symlink(home.path(), folder.join("up")).unwrap();
        symlink("loop.png", folder.join("loop.png")).unwrap();
        assert_eq!(resolve("within.png", Some(&deck)).unwrap(), folder.join("img/a.png"));
        assert!(matches!(resolve("out.png", Some(&deck)), Err(Refused::Outside(_))));
        assert!(matches!(resolve("up/secret.png", Some(&deck)), Err(Refused::Outside(_))));
        assert!(matches!(resolve("loop.png", Some(&deck)), Err(Refused::Unreadable(..))));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_opened() {
        let (_home, deck) = home();
        let folder = deck.parent().unwrap();
        let made = std::process::Command::new("mkfifo").arg(folder.join("pipe.png")).status();
        assert!(made.unwrap().success());
        assert_eq!(refusal("pipe.png", &deck), "not an ordinary file: pipe.png");
        assert_eq!(refusal("img", &deck), "not an ordinary file: img");
    }

    #[test]
    fn a_file_has_a_largest_size() {
        let (_home, deck) = home();
        let file = fs::File::create(deck.parent().unwrap().join("a.png")).unwrap();
        file.set_len(LARGEST + 1).unwrap();
        assert_eq!(refusal("a.png", &deck), "larger than 32 MiB: a.png");
    }
}
