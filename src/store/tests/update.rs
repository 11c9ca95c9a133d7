//! Bringing a database of an older kata up to date.

use super::super::open::migrate;
use super::*;
use rusqlite_migration::{M, Migrations};

fn state(db: &Connection) -> (u32, Vec<String>, i64) {
    let version = db.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    let mut select =
        db.prepare("SELECT sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY 1").unwrap();
    let schema = select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    (version, schema, db.query_row("SELECT count(*) FROM note", [], |row| row.get(0)).unwrap())
}

const FIRST: &str = include_str!("../../../migrations/01-first/up.sql");

#[test]
fn a_migration_that_fails_half_way_leaves_all_as_it_was() {
    let mut store = Store::in_memory().unwrap();
    let db = &mut store.connection;
    let before = state(db);
    let broken = Migrations::new(vec![
        M::up(FIRST),
        M::up("CREATE TABLE second (id INTEGER PRIMARY KEY) STRICT; DROP INDEX card_due;"),
        M::up(
            "CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);",
        ),
    ]);
    migrate(db, &broken).unwrap_err();
    assert_eq!(state(db), before);
    let mended =
        Migrations::new(vec![M::up(FIRST), M::up("CREATE TABLE second (id INTEGER) STRICT;")]);
    migrate(db, &mended).unwrap();
    assert_eq!(state(db).0, 2);
}

#[test]
fn what_an_older_kata_left_is_backed_up_before_it_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kata.db");
    let store = Store::open(&path).unwrap();
    let made = Backups::of(&path).make_before_update(&store.connection, 1).unwrap();
    assert_eq!(made.name.to_string(), "schema-1");
    drop(store);
    let unpacked = Backups::of(&path).unpack(&made.path).unwrap();
    assert_eq!(unpacked.contents().unwrap(), Contents { notes: 0, reviews: 0 });
    // Where no backup can be made nothing is brought up to date.
    let blocked = folder.path().join("blocked.db");
    std::fs::write(folder.path().join("blocked.db.backups"), "in the way").unwrap();
    let error = Backups::of(&blocked)
        .make_before_update(&Connection::open_in_memory().unwrap(), 1)
        .unwrap_err();
    assert!(error.to_string().contains("blocked.db.backups"), "{error}");
}
