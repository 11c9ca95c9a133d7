//! TEMPORARY
use crate::model::*;
use std::collections::HashMap;
pub struct FileNotes {
    pub path: String,
    pub deck: DeckName,
    pub notes: Vec<Note>,
}
pub struct Paths<'a> {
    pub gone: &'a HashMap<String, bool>,
}
pub fn reconcile(
    files: &[FileNotes],
    _stored: &[StoredNote],
    _p: &Paths<'_>,
    _held: &dyn Fn(Guid) -> bool,
) -> Changes {
    let mut changes = Changes::default();
    for file in files {
        for (note, position) in file.notes.iter().zip(0..) {
            let guid = Guid::of(file.deck.as_str(), &[note.kind().word(), note.body.question()], 0);
            let cards = note
                .facets()
                .into_iter()
                .map(|f| PlacedCard {
                    id: CardId::of(guid, &f.text),
                    key: f.text,
                    position: Some(f.position),
                })
                .collect();
            changes.notes.push(NoteChange::New(PlacedNote {
                guid,
                deck: file.deck.clone(),
                file: file.path.clone(),
                position,
                note: note.clone(),
                cards,
            }));
        }
    }
    changes
}
