//! A database of every schema that was ever released is opened by the kata of today, and holds what it
//! held.

use crate::home::Home;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Each as a kata of its time left it, with its export: notes of all kinds, answers, an undo, marks,
/// a relink, retired cards.
pub const SCHEMAS: [u32; 2] = [1, 2];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas")
}

/// A home with the database of a schema.
pub fn home_of(schema: u32) -> Home {
    let home = Home::new();
    home.write("data/kata/kata.db", fs::read(folder().join(format!("{schema}.db"))).unwrap());
    home
}

#[test]
fn a_database_of_every_schema_opens_and_holds_what_it_held() {
    let migrations =
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations")).unwrap();
    assert_eq!(migrations.count(), SCHEMAS.len(), "each schema has a database in tests/schemas");
    for schema in SCHEMAS {
        let home = home_of(schema);
        let export = fs::read_to_string(folder().join(format!("{schema}.json"))).unwrap();
        let export: Value = serde_json::from_str(&export).unwrap();
        assert_eq!(home.export(), export, "schema {schema}");
        home.kata(&["doctor"]).ok();
        let mut review = home.review(&[]);
        review.expect("hello");
        review.expect("card");
        review.grade(4);
        review.end();
        home.kata(&["doctor"]).ok();
        let newest = u32::try_from(SCHEMAS.len()).unwrap();
        let backups = home.kata(&["backup", "--list", "--json"]).json();
        let names: Vec<&str> = backups["backups"]
            .as_array()
            .unwrap()
            .iter()
            .map(|b| b["backup"].as_str().unwrap())
            .collect();
        let before = format!("schema-{schema}");
        assert_eq!(names.contains(&before.as_str()), schema != newest, "{names:?}");
    }
}
