//! Opening, creating, refusing; two processes at once.

use super::*;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kata.db");
    (folder, path)
}

/// Both ways of opening fail alike and leave the file, and its folder, as they are.
fn refused(path: &PathBuf) -> StoreError {
    let before = fs::read(path).ok();
    let beside = || {
        let mut names: Vec<_> = fs::read_dir(path.parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    let names = beside();
    let error = Store::open(path).unwrap_err();
    assert_eq!(Store::open_existing(path).unwrap_err().to_string(), error.to_string());
    assert_eq!(fs::read(path).ok(), before);
    assert_eq!(beside(), names);
    assert!(error.to_string().contains(&path.display().to_string()), "{error}");
    error
}

#[test]
fn a_missing_database_is_created_with_its_folders() {
    let (_folder, path) = folder();
    let path = path.with_file_name("a").join("b").join("kata.db");
    drop(Store::open(&path).unwrap());
    assert!(Store::open_existing(&path).unwrap().is_some());
}

#[test]
fn reading_a_missing_database_creates_nothing() {
    let (folder, path) = folder();
    assert!(Store::open_existing(&path).unwrap().is_none());
    assert!(Store::open_existing(&path.join("below")).is_ok_and(|store| store.is_none()));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_reader_that_nobody_waits_for_gets_only_what_is_up_to_date() {
    let (folder, path) = folder();
    assert!(Store::open_up_to_date(&path).unwrap().is_none());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    drop(Store::open(&path).unwrap());
    assert!(Store::open_up_to_date(&path).unwrap().is_some());
    let store = Store::open(&path).unwrap();
    store.connection.execute_batch("PRAGMA user_version = 0").unwrap();
    drop(store);
    let before = fs::read(&path).unwrap();
    assert!(Store::open_up_to_date(&path).unwrap().is_none());
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn an_empty_file_becomes_a_database_only_when_something_is_to_be_written() {
    let (_folder, path) = folder();
    fs::write(&path, "").unwrap();
    assert!(Store::open_existing(&path).unwrap().is_none());
    assert_eq!(fs::read(&path).unwrap(), b"");
    Store::open(&path).unwrap();
    assert!(Store::open_existing(&path).unwrap().is_some());
}

#[test]
fn a_database_is_kept_durable_by_its_settings() {
    let (_folder, path) = folder();
    drop(Store::open(&path).unwrap());
    let store = Store::open(&path).unwrap();
    let setting = |name: &str| -> String {
        let sql = format!("PRAGMA {name}");
        store
            .connection
            .query_row(&sql, [], |row| {
                let value: rusqlite::types::Value = row.get(0)?;
                Ok(match value {
                    rusqlite::types::Value::Text(text) => text,
                    other => format!("{other:?}"),
                })
            })
            .unwrap()
    };
    assert_eq!(setting("journal_mode"), "wal");
    assert_eq!(setting("synchronous"), "Integer(3)");
    assert_eq!(setting("foreign_keys"), "Integer(1)");
    assert_eq!(setting("application_id"), format!("Integer({})", 0x6b61_7461));
    assert_eq!(setting("user_version"), "Integer(2)");
}

#[test]
fn where_other_machines_have_the_file_too_all_works_without_a_log() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let card = import(&mut store, "a.yaml", "d", vec![basic("q")])[0];
    let mode = |store: &Store| -> String {
        store.connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap()
    };
    crate::store::open::keep_journal(&store.connection, false).unwrap();
    assert_eq!(mode(&store), "delete");
    answered(&mut store, card, 4, 0);
    let reader = Store::open_existing(&path).unwrap().unwrap();
    assert_eq!(reader.history(card).unwrap().len(), 1);
    drop((store, reader));
    // Back on a disk of this machine.
    let store = Store::open(&path).unwrap();
    assert_eq!(mode(&store), "wal");
    assert_eq!(store.history(card).unwrap().len(), 1);
}

#[test]
fn what_is_no_database_is_refused() {
    let (_folder, path) = folder();
    for text in ["x", "deck: devops\ncards:\n", &"SQLite format 2\0".repeat(20)] {
        fs::write(&path, text).unwrap();
        assert!(matches!(refused(&path), StoreError::Foreign { .. }));
    }
}

#[test]
fn another_programs_database_is_refused() {
    let (_folder, path) = folder();
    for pragma in ["user_version = 1", "application_id = 7", "journal_mode = WAL"] {
        let _ = fs::remove_file(&path);
        let other = Connection::open(&path).unwrap();
        other.execute_batch(&format!("CREATE TABLE card (id); PRAGMA {pragma};")).unwrap();
        drop(other);
        assert!(matches!(refused(&path), StoreError::Foreign { .. }));
    }
}

#[test]
fn a_newer_katas_database_is_refused() {
    let (_folder, path) = folder();
    let store = Store::open(&path).unwrap();
    store.connection.execute_batch("PRAGMA user_version = 3").unwrap();
    drop(store);
    let error = refused(&path);
    assert!(matches!(error, StoreError::Newer { found: 3, known: 2, .. }));
    assert!(error.to_string().contains("update kata"));
}

#[test]
fn a_newer_version_that_only_the_log_knows_of_is_refused_and_stays_there() {
    let (_folder, path) = folder();
    let newer = Store::open(&path).unwrap();
    newer.connection.execute_batch("PRAGMA user_version = 3").unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(Store::open(&path).unwrap_err(), StoreError::Newer { found: 3, .. }));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_folder_is_refused() {
    let (folder, _) = folder();
    let path = folder.path().to_owned();
    assert!(matches!(Store::open(&path).unwrap_err(), StoreError::Folder { .. }));
    assert!(matches!(Store::open_existing(&path).unwrap_err(), StoreError::Folder { .. }));
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let (_folder, path) = folder();
    fs::write(&path, "a file").unwrap();
    let error = Store::open(&path.join("kata.db")).unwrap_err();
    assert!(matches!(error, StoreError::Io { .. }), "{error}");
}

#[test]
fn a_damaged_database_is_told() {
    let (_folder, path) = folder();
    drop(Store::open(&path).unwrap());
    let mut bytes = fs::read(&path).unwrap();
    bytes[100..].fill(0xaa);
    fs::write(&path, bytes).unwrap();
    let error = Store::open(&path).and_then(|store| store.decks()).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
}

#[test]
fn the_migrations_are_whole_and_in_order() {
    let migrations = rusqlite_migration::Migrations::from_directory(&open::MIGRATIONS).unwrap();
    migrations.validate().unwrap();
}

#[test]
fn many_processes_may_create_one_database() {
    let (_folder, path) = folder();
    let opened: Vec<_> = (0..8)
        .map(|_| {
            let path = path.clone();
            std::thread::spawn(move || Store::open(&path).map(|store| store.decks()))
        })
        .collect();
    for thread in opened {
        assert!(thread.join().unwrap().unwrap().unwrap().is_empty());
    }
}

#[test]
fn an_answer_to_a_card_that_another_session_answered_is_stale() {
    let (_folder, path) = folder();
    let mut one = Store::open(&path).unwrap();
    let card = import(&mut one, "a.yaml", "d", vec![basic("q")])[0];
    let mut two = Store::open(&path).unwrap();
    let shown = two.card(card).unwrap().unwrap();
    let expected = Expected { card, newest: shown.newest };
    let draft = answer(&two, card, 4, 0);

    answered(&mut one, card, 3, 0);
    let before = exported(&one);
    let stale = two.record(noon(0), Some(expected), &[draft]).unwrap_err();
    assert!(matches!(stale, StoreError::Stale { card: stale } if stale == card));
    assert_eq!(exported(&one), before);

    let expected = Expected { card, newest: two.card(card).unwrap().unwrap().newest };
    let draft = answer(&two, card, 4, 0);
    two.record(noon(0), Some(expected), &[draft]).unwrap();
}

#[test]
fn a_reader_does_not_wait_for_a_writer() {
    let (_folder, path) = folder();
    let mut writer = Store::open(&path).unwrap();
    import(&mut writer, "a.yaml", "d", vec![basic("q")]);
    writer.connection.execute_batch("BEGIN IMMEDIATE; DELETE FROM source;").unwrap();
    let reader = Store::open_existing(&path).unwrap().unwrap();
    assert_eq!(reader.sources().unwrap().len(), 1);
}

#[test]
fn a_second_writer_is_told_who_is_in_the_way() {
    let (_folder, path) = folder();
    let writer = Store::open(&path).unwrap();
    let mut other = Store::open(&path).unwrap();
    writer.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    other.connection.busy_timeout(std::time::Duration::ZERO).unwrap();
    let error = other.rebuild().unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("another kata is writing to {}: try again", path.display())
    );
}

#[test]
fn a_full_disk_loses_nothing() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let card = import(&mut store, "a.yaml", "d", vec![basic("q")])[0];
    answered(&mut store, card, 4, 0);
    let before = exported(&store);
    let pages: i64 = store.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    store
        .connection
        .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
        .unwrap();
    let flags: Vec<Draft> = (0..5000).map(|_| mark(card, Mark::Resume)).collect();
    let error = store.record(noon(1), None, &flags).unwrap_err();
    assert!(matches!(error, StoreError::Full { .. }), "{error}");
    assert_eq!(exported(&store), before);
}
