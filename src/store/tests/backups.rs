//! The backup of a study day, made beside its writes.

use super::*;

#[test]
fn the_days_backup_is_of_what_was_before_the_first_write_however_many_follow() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kata.db");
    let mut store = Store::open(&path).unwrap();
    let notes = (0..50).map(|n| basic(&format!("q{n}"))).collect();
    let cards = import(&mut store, "a.yaml", "d", notes);
    store.back_up_daily(StudyDay::from_number(9), Keep::default());
    for card in &cards {
        answered(&mut store, *card, 4, 9);
    }
    let made = store.end_backup().unwrap().expect("it was begun");
    assert_eq!(made.name.short(), "1970-01-10-1");
    let unpacked = Backups::of(&path).unpack(&made.path).unwrap();
    assert_eq!(unpacked.contents().unwrap(), Contents { notes: 50, reviews: 0 });
    // The day has one: another store makes none.
    store.back_up_daily(StudyDay::from_number(9), Keep::default());
    answered(&mut store, cards[0], 4, 9);
    assert_eq!(store.end_backup().unwrap(), None);
}

#[test]
fn a_store_that_is_dropped_has_made_its_backup() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kata.db");
    let mut store = Store::open(&path).unwrap();
    let card = import(&mut store, "a.yaml", "d", vec![basic("q")])[0];
    store.back_up_daily(StudyDay::from_number(9), Keep::default());
    answered(&mut store, card, 4, 9);
    answered(&mut store, card, 4, 10);
    drop(store);
    assert_eq!(Backups::of(&path).list().unwrap().len(), 1);
}

#[test]
fn a_database_without_decks_has_nothing_to_be_backed_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kata.db");
    let mut store = Store::open(&path).unwrap();
    store.back_up_daily(StudyDay::from_number(9), Keep::default());
    import(&mut store, "a.yaml", "d", vec![basic("q")]);
    assert_eq!(store.end_backup().unwrap(), None);
}
