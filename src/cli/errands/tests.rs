//! Errands on a collection of one deck file, with a shell script as the person's editor.

use super::*;
use crate::cli::config_file::Config;
use crate::cli::output::{Colour, Output};
use crate::cli::{Place, Setting, intake};
use crate::model::{Draft, Grade, Instant, Mark, Now, What};
use crate::schedule::{CardState, Scheduler};
use crate::session::Journal;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use tempfile::TempDir;

const DECK: &str = "\
deck: d
cards:
  - front: Which port does HTTPS lisen on?
    back: \"443\"
  - id: kaizen
    front: Kaizen
    back: Continuous improvement
";

/// What an editor does that breaks the file.
const BREAK: &str = "sed -i 's/back: Continuous/bakc: Continuous/' \"$2\"";

/// 2026-11-23.
const TODAY: StudyDay = StudyDay::from_number(20_780);

fn noon(day: StudyDay) -> Now {
    let at = Instant::from_millis(i64::from(day.number()) * 86_400_000 + 43_200_000);
    Now { at, day, utc_offset: 0 }
}

struct Person {
    folder: TempDir,
    setting: Setting,
    cards: Vec<CardId>,
}

impl Person {
    /// Someone with two cards, the first of which was answered once.
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        // A link to a shell that is named as an editor which takes a line.
        symlink("/bin/sh", path("vi")).unwrap();
        fs::write(path("a.yaml"), DECK).unwrap();
        let editor = format!("{} {}", path("vi").display(), path("script").display());
        let place = |name: &str| Place { path: path(name), said_by: None };
        let setting = Setting {
            database: place("kata.db"),
            config_file: place("config.yaml"),
            config: Config { editor: Some(editor), ..Config::default() },
            output: Output::new(Colour::Never, false),
            verbose: false,
        };
        let mut store = setting.store().unwrap();
        intake::import(&setting, &mut store, &[path("a.yaml")]).unwrap();
        let mut cards = Vec::new();
        store.cards(None, &mut |card| cards.push(card.candidate.card)).unwrap();
        let person = Person { folder, setting, cards };
        answer(&mut person.desk(), person.cards[0], 4, TODAY);
        person
    }

    fn desk(&self) -> Desk<'_> {
        Desk::new(&self.setting, self.setting.store().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("a.yaml")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    /// Has the editor do this from now on; `$1` is the line as `+3`, `$2` the file.
    fn does(&self, script: &str) {
        fs::write(self.folder.path().join("script"), script).unwrap();
    }

    /// Edits the file of the first card with an editor that does this.
    fn edit(&self, desk: &mut Desk<'_>, script: &str) -> Edited {
        self.does(script);
        desk.edit(self.cards[0])
    }
}

fn answer(desk: &mut Desk<'_>, card: CardId, grade: i64, day: StudyDay) {
    let open = desk.reload(card).unwrap().unwrap();
    let state = open.candidate.state;
    let grade = Grade::new(grade).unwrap();
    let review = Scheduler::Sm2.answer(&state, state.phase(day), grade, day, 1000);
    desk.record(noon(day), &open, &[Draft { card, what: What::Review(review) }]).unwrap().unwrap();
}

fn mark(desk: &mut Desk<'_>, card: CardId, mark: Mark) {
    let open = desk.reload(card).unwrap().unwrap();
    desk.record(noon(TODAY), &open, &[Draft { card, what: What::Mark(mark) }]).unwrap().unwrap();
}

fn state(desk: &mut Desk<'_>, card: CardId) -> CardState {
    desk.reload(card).unwrap().unwrap().candidate.state
}

fn question(desk: &mut Desk<'_>, card: CardId) -> String {
    desk.reload(card).unwrap().unwrap().note.body.question().to_owned()
}

#[track_caller]
fn broken(edited: Edited) -> String {
    match edited {
        Edited::Broken(text) => text,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn failed(edited: Edited) -> String {
    match edited {
        Edited::Failed(text) => text,
        other => panic!("{other:?}"),
    }
}

fn imported(what: &str) -> Edited {
    Edited::Imported(format!("Imported: {what}."))
}

#[test]
fn an_edit_is_imported_and_the_card_keeps_its_schedule() {
    let person = Person::new();
    let (mut desk, card) = (person.desk(), person.cards[0]);
    let before = state(&mut desk, card);
    person.does("sed -i 's/lisen/listen/' \"$2\"");
    assert_eq!(desk.edit(card), imported("1 edited, 1 unchanged"));
    assert_eq!(question(&mut desk, card), "Which port does HTTPS listen on?");
    assert_eq!(state(&mut desk, card), before);
    assert_eq!(desk.drop_edit().unwrap_err(), "there is no edit to drop");
}

#[test]
fn the_editor_opens_at_the_line_of_the_cards_note() {
    let person = Person::new();
    let mut desk = person.desk();
    person.does("echo \"$1\" > \"$2.line\"");
    for (card, line) in [(person.cards[0], "+3\n"), (person.cards[1], "+5\n")] {
        assert_eq!(desk.edit(card), Edited::AsItWas);
        assert_eq!(fs::read_to_string(person.file().with_extension("yaml.line")).unwrap(), line);
    }
}

#[test]
fn a_broken_file_is_told_and_opened_at_its_error_until_it_is_mended() {
    let person = Person::new();
    let (mut desk, card) = (person.desk(), person.cards[0]);
    let text = broken(person.edit(&mut desk, BREAK));
    assert!(text.contains("a.yaml:7:5") && text.contains("did you mean"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
    assert_eq!(question(&mut desk, card), "Which port does HTTPS lisen on?");
    // To save nothing leaves it as broken as it is.
    person.does(":");
    assert_eq!(broken(desk.edit(card)), text);
    person.does("sed -i 's/bakc/back/; s/lisen/listen/' \"$2\"; echo \"$1\" > \"$2.line\"");
    assert_eq!(desk.edit(card), imported("1 edited, 1 unchanged"));
    assert_eq!(fs::read_to_string(person.file().with_extension("yaml.line")).unwrap(), "+7\n");
}

#[test]
fn a_broken_edit_that_is_dropped_leaves_the_file_as_it_was_before_the_first() {
    let person = Person::new();
    let (mut desk, card) = (person.desk(), person.cards[0]);
    broken(person.edit(&mut desk, BREAK));
    person.does("echo '# more' >> \"$2\"");
    broken(desk.edit(card));
    // An editor that fails meanwhile makes no difference.
    assert!(failed(person.edit(&mut desk, "exit 1")).contains("exit status 1"));
    desk.drop_edit().unwrap();
    assert_eq!(person.text(), DECK);
    assert_eq!(desk.drop_edit().unwrap_err(), "there is no edit to drop");
}

#[test]
fn an_edit_taken_back_by_hand_is_none() {
    let person = Person::new();
    let mut desk = person.desk();
    broken(person.edit(&mut desk, BREAK));
    assert_eq!(person.edit(&mut desk, "sed -i 's/bakc/back/' \"$2\""), Edited::AsItWas);
    desk.drop_edit().unwrap_err();
}

#[test]
fn a_file_that_something_else_changed_after_the_edit_is_not_put_back() {
    let person = Person::new();
    let (mut desk, card) = (person.desk(), person.cards[0]);
    broken(person.edit(&mut desk, BREAK));
    let elsewhere = format!("{DECK}  - {{front: Muda, back: Waste}}\n");
    fs::write(person.file(), &elsewhere).unwrap();
    let refused = desk.drop_edit().unwrap_err();
    assert!(refused.contains("a.yaml was changed by something else"), "{refused}");
    assert_eq!(person.text(), elsewhere);
    // The next edit begins with it.
    broken(desk.edit(card));
    desk.drop_edit().unwrap();
    assert_eq!(person.text(), elsewhere);
}

#[test]
fn what_is_wrong_beside_another_file_of_the_deck_is_broken_too() {
    let person = Person::new();
    let other = person.folder.path().join("b.yaml");
    fs::write(&other, "deck: d\ncards:\n  - {id: muda, front: Muda, back: Waste}\n").unwrap();
    let mut desk = person.desk();
    intake::import(&person.setting, &mut desk.store, &[other]).unwrap();
    person.does("sed -i 's/id: kaizen/id: muda/' \"$2\"");
    let text = broken(desk.edit(person.cards[1]));
    assert!(text.contains("muda") && text.contains("b.yaml"), "{text}");
    desk.drop_edit().unwrap();
    assert_eq!(person.text(), DECK);
}

#[test]
fn an_editor_that_is_missing_or_fails_is_told() {
    let mut person = Person::new();
    person.does("sed -i 's/lisen/listen/' \"$2\"; exit 3");
    let mut desk = person.desk();
    let text = failed(desk.edit(person.cards[0]));
    assert!(text.contains("a.yaml is not imported: the editor"), "{text}");
    assert!(text.ends_with("vi failed: exit status 3"), "{text}");
    assert_eq!(question(&mut desk, person.cards[0]), "Which port does HTTPS lisen on?");
    desk.drop_edit().unwrap();
    assert_eq!(person.text(), DECK);
    drop(desk);
    person.setting.config.editor = Some("/no/such/editor".to_owned());
    let text = failed(person.desk().edit(person.cards[0]));
    assert!(text.starts_with("the editor /no/such/editor (the setting editor) cannot"), "{text}");
}

#[test]
fn a_file_that_is_gone_is_told_before_the_edit_and_after_it() {
    let person = Person::new();
    let (mut desk, card) = (person.desk(), person.cards[0]);
    let text = failed(person.edit(&mut desk, "rm \"$2\""));
    assert!(text.contains("a.yaml is gone: the editor left no file"), "{text}");
    assert_eq!(question(&mut desk, card), "Which port does HTTPS lisen on?");
    let text = failed(desk.edit(card));
    assert!(text.contains("a.yaml is gone: if it has another place now"), "{text}");
    desk.drop_edit().unwrap();
    assert_eq!(person.text(), DECK);
}

#[test]
fn what_cannot_be_imported_is_saved_and_imported_by_the_next_edit() {
    let person = Person::new();
    let (mut desk, card) = (person.desk(), person.cards[0]);
    let other = rusqlite::Connection::open(&person.setting.database.path).unwrap();
    let refuse = "CREATE TRIGGER refuse BEFORE UPDATE ON note BEGIN SELECT RAISE(ABORT, 'no'); END";
    other.execute_batch(refuse).unwrap();
    let text = failed(person.edit(&mut desk, "sed -i 's/lisen/listen/' \"$2\""));
    assert!(text.contains("a.yaml is saved, but not imported: "), "{text}");
    assert_eq!(question(&mut desk, card), "Which port does HTTPS lisen on?");
    other.execute_batch("DROP TRIGGER refuse").unwrap();
    assert_eq!(person.edit(&mut desk, ":"), imported("1 edited, 1 unchanged"));
    desk.drop_edit().unwrap_err();
}

#[test]
fn a_card_of_no_file_is_not_edited() {
    let person = Person::new();
    let mut desk = person.desk();
    let card = CardRecord { file: None, ..desk.card(person.cards[0]).unwrap() };
    let edited = edit::edit(&person.setting, &mut desk.store, &card, &mut None);
    assert_eq!(edited.unwrap_err().to_string(), "the note of this card has no deck file");
    let unknown = CardId::of(card.guid, "unknown");
    assert_eq!(failed(desk.edit(unknown)), "the database has this card no more");
}

#[test]
fn what_cannot_be_read_after_the_edit_is_told() {
    let person = Person::new();
    let mut desk = person.desk();
    let text = failed(person.edit(&mut desk, "rm \"$2\"; mkdir \"$2\""));
    assert!(text.contains("a.yaml: this is no regular file"), "{text}");
}

#[test]
fn the_story_of_a_card_is_its_history_and_the_arithmetic() {
    let person = Person::new();
    let mut desk = person.desk();
    mark(&mut desk, person.cards[0], Mark::Suspend);
    let story = desk.story(person.cards[0], 70).unwrap();
    for told in ["lisen on?\n\nWhen", "suspend", "SM-2", "due = 2026-11-23 + 1 = 2026-11-24"] {
        assert!(story.contains(told), "{told}: {story}");
    }
    assert_eq!(story.matches("lisen on?").count(), 1);
    assert!(story.lines().all(|line| line.chars().count() <= 70), "{story}");
    assert!(!story.contains('\u{1b}'), "{story}");
}

#[test]
fn a_day_is_told_with_its_first_reviews_alone() {
    let person = Person::new();
    let mut desk = person.desk();
    let [first, second] = person.cards[..] else { panic!() };
    answer(&mut desk, second, 2, TODAY);
    let told = desk.day(TODAY).unwrap();
    assert!(!told.contains("Retention"), "new cards are not remembered: {told}");
    let tomorrow = TODAY.plus(1);
    answer(&mut desk, first, 4, tomorrow);
    answer(&mut desk, second, 2, tomorrow);
    answer(&mut desk, second, 4, tomorrow);
    let told = desk.day(tomorrow).unwrap();
    assert!(told.contains("Retention today: 1 of 2"), "{told}");
    assert!(told.contains("1 card due") && told.contains("Streak: 2 days"), "{told}");
    let open = desk.reload(second).unwrap().unwrap();
    let bury = Draft { card: second, what: What::Mark(Mark::Bury(tomorrow)) };
    desk.record(noon(tomorrow), &open, &[bury]).unwrap();
    assert!(desk.day(tomorrow).unwrap().contains("1 card due"), "it is buried until then");
    mark(&mut desk, second, Mark::Suspend);
    assert!(desk.day(tomorrow).unwrap().contains("0 cards due"));
}

#[test]
fn what_is_not_there_is_not_shown() {
    let person = Person::new();
    let refused = person.desk().view(Path::new("no-such.png")).unwrap_err();
    assert!(refused.starts_with("cannot show no-such.png: "), "{refused}");
}

#[test]
fn a_file_is_shown_by_the_systems_viewer() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    // The viewer is a shell: it runs what it is to show.
    symlink("/bin/sh", path("xdg-open")).unwrap();
    fs::write(path("-picture"), "echo \"$0\" > seen\n").unwrap();
    let mut viewing = std::process::Command::new(std::env::current_exe().unwrap());
    viewing.args(["--ignored", "--exact", "cli::errands::tests::a_viewing"]);
    let viewing = viewing.env("PATH", folder.path()).current_dir(folder.path()).output().unwrap();
    assert!(viewing.status.success(), "{}", String::from_utf8_lossy(&viewing.stdout));
    let shown = path("-picture").canonicalize().unwrap();
    assert_eq!(fs::read_to_string(path("seen")).unwrap(), format!("{}\n", shown.display()));
}

#[test]
#[ignore = "the other test runs it with a viewer"]
fn a_viewing() {
    Person::new().desk().view(Path::new("-picture")).unwrap();
}
