//! What loading an export keeps to, whatever it says.

use super::{Dump, Store};

/// Any text is loaded or refused. What was loaded exports, and the export comes back as it is.
pub(crate) fn any_export_is_loaded_or_refused(json: &[u8]) {
    let Ok(dump) = serde_json::from_slice::<Dump>(json) else { return };
    let Some(store) = loaded(dump) else { return };
    let first = exported(&store);
    let again = serde_json::from_str(&first).expect("an export has the shape of one");
    let copy = loaded(again).expect("what was exported can be loaded");
    assert_eq!(exported(&copy), first);
}

fn loaded(dump: Dump) -> Option<Store> {
    let mut store = Store::in_memory().expect("memory holds a database");
    match store.load(dump) {
        Ok(()) => Some(store),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            let left = store.dump().expect("a database that refused can be read");
            assert!(left.decks.is_empty() && left.reviews.is_empty() && left.marks.is_empty());
            None
        }
    }
}

fn exported(store: &Store) -> String {
    let dump = store.dump().expect("what was loaded can be read");
    serde_json::to_string(&dump).expect("an export is JSON")
}
