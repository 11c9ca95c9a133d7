use super::cells::cells;
use super::pages::Pages;
use super::record::{values, varint};
use super::shape::{Entry, entry};
use proptest::prelude::*;
use rusqlite::types::Value;
use std::collections::HashSet;

#[test]
fn rows_of_every_schema_are_known_by_their_shape() {
    // A new migration: `shape` has to know the rows of the old one, and of the new one.
    assert_eq!(crate::store::open::known_version(), 2);
}

#[test]
fn what_the_queues_of_every_schema_know_of_a_card_is_read() {
    for schema in 1..=crate::store::open::known_version() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas");
        let path = folder.join(format!("{schema}.db"));
        let pages = Pages::open(&path).unwrap();
        let mut queued = HashSet::new();
        for number in 1..=pages.count() {
            let Some(page) = pages.get(number).unwrap() else { continue };
            let found = cells(&pages, &page, number == 1, &mut HashSet::new()).unwrap();
            queued.extend(found.cells.iter().filter_map(|cell| match entry(cell) {
                Some(Entry::Queued { card, .. }) => Some(card),
                _ => None,
            }));
        }
        // A copy: to open it may write beside it.
        let copy = tempfile::NamedTempFile::new().unwrap();
        std::fs::copy(&path, copy.path()).unwrap();
        let db = rusqlite::Connection::open(copy.path()).unwrap();
        let sql = "SELECT id FROM card WHERE retired = 0 AND relinked = 0 AND suspended = 0 AND due NOT NULL";
        let mut select = db.prepare(sql).unwrap();
        let learned: Vec<i64> =
            select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert!(!learned.is_empty());
        assert!(learned.iter().all(|card| queued.contains(card)), "schema {schema}");
    }
}

#[test]
fn numbers_read_as_the_format_writes_them() {
    assert_eq!(varint(&[0x7f, 1]), Some((0x7f, &[1][..])));
    assert_eq!(varint(&[0x81, 0x00]), Some((0x80, &[][..])));
    assert_eq!(varint(&[0xff; 9]), Some((u64::MAX, &[][..])));
    assert_eq!(varint(&[0xff; 8]), None);
}

#[test]
fn records_read_as_the_format_writes_them() {
    // Header of 6 bytes: NULL, one byte, 0, 1, text of two, blob of one: one type too many bytes.
    let record = [7, 0, 1, 8, 9, 17, 14, 0xff, b'h', b'i', 5];
    let read = [
        Value::Null,
        Value::Integer(-1),
        Value::Integer(0),
        Value::Integer(1),
        Value::Text("hi".to_owned()),
        Value::Blob(vec![5]),
    ];
    assert_eq!(values(&record), Some(read.to_vec()));
    assert_eq!(values(&record[..10]), None, "a byte less");
    assert_eq!(values(&[&record[..], &[0]].concat()), None, "a byte more");
    assert_eq!(values(&[2, 10]), None, "a type that there is not");
}

proptest! {
    #[test]
    fn no_bytes_make_a_salvage_panic_or_go_on_for_ever(
        pages in proptest::collection::vec((0..4_usize, any::<u64>()), 1..5),
        log: Vec<u8>,
    ) {
        use rand::rngs::SmallRng;
        use rand::{Rng, SeedableRng};
        let mut bytes = Vec::new();
        for (kind, seed) in pages {
            let mut page = [0; 512];
            SmallRng::seed_from_u64(seed).fill_bytes(&mut page);
            page[0] = [2, 5, 10, 13][kind];
            // Few cells, at places of the page.
            page[3..5].copy_from_slice(&[0, 9]);
            for pointer in page[8..40].chunks_mut(2) {
                pointer[0] &= 1;
            }
            bytes.extend_from_slice(&page);
        }
        bytes[..18].copy_from_slice(b"SQLite format 3\0\x02\0");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        std::fs::write(&path, &bytes).unwrap();
        std::fs::write(folder.path().join("x-wal"), &log).unwrap();
        let pages = Pages::open(&path).unwrap();
        for number in 1..=pages.count() {
            if let Some(page) = pages.get(number).unwrap() {
                cells(&pages, &page, number == 1, &mut HashSet::new()).unwrap();
            }
        }
    }
}
