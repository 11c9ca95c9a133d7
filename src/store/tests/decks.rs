use super::*;
use crate::model::DeckOptions;

#[test]
fn a_decks_head_is_merged_from_its_files_by_path() {
    let mut store = Store::in_memory().unwrap();
    let options = DeckOptions { new_per_day: Some(5), ..DeckOptions::default() };
    let first = FileRecord { tags: vec!["x".into(), "y".into()], ..file("a.yaml", "d") };
    let second = FileRecord {
        title: Some("Second".into()),
        tags: vec!["y".into(), "a \"quoted\" one".into()],
        source: Some("Book".into()),
        options: Some(options),
        ..file("b.yaml", "d")
    };
    let third = FileRecord { title: Some("Third".into()), ..file("c.yaml", "d") };
    store.apply(&batch(vec![third, second.clone(), first], vec![])).unwrap();

    let decks = store.decks().unwrap();
    assert_eq!(decks.len(), 1);
    assert_eq!(decks[0].title.as_deref(), Some("Second"));
    assert_eq!(decks[0].tags, ["x", "y", "a \"quoted\" one"]);
    assert_eq!(decks[0].source.as_deref(), Some("Book"));
    assert_eq!(decks[0].options, options);

    let gone = ImportBatch { gone: vec![second.path], ..ImportBatch::default() };
    store.apply(&gone).unwrap();
    let decks = store.decks().unwrap();
    assert_eq!(decks[0].title.as_deref(), Some("Third"));
    assert_eq!(decks[0].tags, ["x", "y"]);
    assert_eq!(decks[0].options, DeckOptions::default());
}

#[test]
fn a_deck_without_files_stays_as_it_was() {
    let mut store = Store::in_memory().unwrap();
    let head = FileRecord { title: Some("Title".into()), ..file("a.yaml", "d") };
    store.apply(&batch(vec![head], vec![])).unwrap();
    store.apply(&ImportBatch { gone: vec!["a.yaml".into()], ..ImportBatch::default() }).unwrap();
    assert_eq!(store.decks().unwrap()[0].title.as_deref(), Some("Title"));
    assert!(store.sources().unwrap().is_empty());
}

#[test]
fn a_file_that_goes_to_another_deck_leaves_nothing_in_the_old_one() {
    let mut store = Store::in_memory().unwrap();
    let head = FileRecord { title: Some("Title".into()), ..file("a.yaml", "d") };
    let other = FileRecord { tags: vec!["x".into()], ..file("b.yaml", "d") };
    store.apply(&batch(vec![head.clone(), other], vec![])).unwrap();
    store.apply(&batch(vec![FileRecord { deck: deck("e"), ..head }], vec![])).unwrap();
    let titles: Vec<_> =
        store.decks().unwrap().into_iter().map(|d| (d.name.to_string(), d.title)).collect();
    assert_eq!(titles, [("d".into(), None), ("e".into(), Some("Title".into()))]);
}

#[test]
fn sources_are_remembered_and_touched() {
    let mut store = Store::in_memory().unwrap();
    store.apply(&batch(vec![file("a.yaml", "d")], vec![])).unwrap();
    let touched = vec![("a.yaml".to_owned(), 11, 21), ("unknown.yaml".to_owned(), 11, 21)];
    store.apply(&ImportBatch { touched, ..ImportBatch::default() }).unwrap();
    let known = SourceRecord {
        path: "a.yaml".into(),
        deck: deck("d"),
        size: 11,
        mtime: 21,
        hash: vec![1, 2, 3],
        notes: 0,
    };
    assert_eq!(store.sources().unwrap(), [known]);
}

#[test]
fn tags_are_those_of_live_notes_each_once_and_in_order() {
    let mut store = Store::in_memory().unwrap();
    let tagged = |front: &str, tags: &[&str]| {
        let fields = Fields {
            front: Some(front.to_owned()),
            back: Some("answer".to_owned()),
            ..Fields::default()
        };
        fields.note(None, tags.iter().map(|&tag| tag.to_owned()).collect(), None).unwrap()
    };
    let source = file("a.yaml", "d");
    let notes = [
        tagged("one", &["lean", "two words"]),
        tagged("two", &["lean", "two words"]),
        tagged("three", &["a \"quoted\" one"]),
        tagged("four", &["gone"]),
    ];
    let notes: Vec<PlacedNote> =
        (0..).zip(notes).map(|(position, note)| placed(&source, position, note)).collect();
    let last = notes[3].guid;
    let new = notes.into_iter().map(NoteChange::New).collect();
    store.apply(&batch(vec![source], new)).unwrap();
    store.apply(&batch(vec![], vec![NoteChange::Retired(last)])).unwrap();
    let tags: Vec<String> = store.tags().unwrap().into_iter().collect();
    assert_eq!(tags, ["a \"quoted\" one", "lean", "two words"]);
}
