//! A session by keys and the same over JSON leave the same history.

use crate::home::{Home, Review};
use crate::screen::Screen;
use serde_json::{Value, json};

/// What a person does with the open card.
enum Deed {
    Grade(u8),
    Undo,
    Suspend,
    Bury,
    Skip,
    Flag(u8),
}

use Deed::{Bury, Flag, Grade, Skip, Suspend, Undo};

#[test]
fn keys_and_requests_leave_the_same_history() {
    let homes = [Home::with_notes(9), Home::with_notes(9)];
    let mut screen = Screen::of(&homes[0], (24, 80), &["review"]);
    let mut session = homes[1].review(&[]);
    session.expect("hello");
    let deeds = [
        Grade(4),
        Grade(1),
        Flag(2),
        Grade(5),
        Suspend,
        Undo,
        Suspend,
        Bury,
        Skip,
        Grade(3),
        Undo,
        Undo,
        Grade(0),
        Grade(4),
        Flag(0),
    ];
    let mut front = asked(&mut session);
    for deed in &deeds {
        screen.shows(&front);
        if let Grade(_) = deed {
            screen.keys("Space").shows(&front.replace("question", "answer"));
        }
        screen.keys(&keys(deed));
        front = match request(&mut session, deed) {
            true => asked(&mut session),
            false => front,
        };
    }
    // The rest, with its drills.
    loop {
        screen.shows(&front).keys("Space").shows(&front.replace("question", "answer")).keys("4");
        session.grade(4);
        let message = session.hear().unwrap();
        if message["type"] == "done" {
            break;
        }
        message["front"].as_str().unwrap().clone_into(&mut front);
    }
    screen.shows(super::SUMMARY).keys("q");
    screen.ends_as_it_began(0);
    assert_eq!(session.end().1, Some(0));
    let [by_keys, by_requests] = homes.map(|home| history(&home));
    assert_eq!(by_keys, by_requests);
}

fn asked(session: &mut Review) -> String {
    session.expect("card")["front"].as_str().unwrap().to_owned()
}

fn keys(deed: &Deed) -> String {
    match deed {
        Grade(grade) => grade.to_string(),
        Undo => "u".to_owned(),
        Suspend => "s".to_owned(),
        Bury => "b".to_owned(),
        Skip => "n".to_owned(),
        Flag(flag) => format!("f {flag}"),
    }
}

/// Does it over JSON; whether a card is asked after that.
fn request(session: &mut Review, deed: &Deed) -> bool {
    let (request, reply) = match deed {
        Grade(grade) => {
            session.grade(*grade);
            return true;
        }
        Undo => (json!({"do": "undo"}), "undone"),
        Suspend => (json!({"do": "suspend"}), "suspended"),
        Bury => (json!({"do": "bury"}), "buried"),
        Skip => (json!({"do": "skip"}), "skipped"),
        Flag(flag) => (json!({"do": "flag", "flag": flag}), "flagged"),
    };
    session.say(&request.to_string());
    session.expect(reply);
    !matches!(deed, Flag(_))
}

/// The events without what no two sessions have alike. An undo tells the place of what it revokes.
fn history(home: &Home) -> Vec<Value> {
    let export = home.export();
    let events = ["reviews", "marks"].map(|kind| export[kind].as_array().unwrap().clone());
    let mut events = events.concat();
    let uuids: Vec<Value> = events.iter().map(|event| event["uuid"].clone()).collect();
    for event in &mut events {
        if let Some(place) = uuids.iter().position(|uuid| *uuid == event["value"]) {
            event["value"] = place.into();
        }
        let event = event.as_object_mut().unwrap();
        for alone in ["uuid", "at", "ms", "batch", "machine"] {
            event.remove(alone);
        }
    }
    events
}
