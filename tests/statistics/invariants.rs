//! What holds of every history.

use super::END;
use super::life::Life;
use crate::home::Home;
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use rand::seq::SliceRandom;
use serde_json::Value;

/// The statistics of a database that an export was taken into.
fn statistics(export: &Value) -> Value {
    let home = Home::new();
    home.write("life.json", export.to_string());
    home.kata(&["import", "life.json"]).ok();
    home.kata(&["stats", "--json"]).json()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn sum<'a>(numbers: impl IntoIterator<Item = &'a Value>) -> u64 {
    numbers.into_iter().map(number).sum()
}

/// Every share of the statistics, wherever it stands.
fn shares(value: &Value) -> Vec<&Value> {
    let inner: Vec<&Value> = match value {
        Value::Array(values) => values.iter().collect(),
        Value::Object(values) => values.values().collect(),
        _ => Vec::new(),
    };
    let own = value.get("low").is_some().then_some(value);
    own.into_iter().chain(inner.into_iter().flat_map(shares)).collect()
}

/// What an undo revokes, and the undos themselves, left out.
fn without_the_undone(export: &Value) -> Value {
    let mut without = export.clone();
    let is_undo = |mark: &&Value| mark["kind"] == "undo";
    let undone: Vec<&Value> =
        list(&export["marks"]).iter().filter(is_undo).map(|undo| &undo["value"]).collect();
    for events in ["reviews", "marks"] {
        let events = without[events].as_array_mut().unwrap();
        events.retain(|event| event["kind"] != "undo" && !undone.contains(&&event["uuid"]));
    }
    without
}

/// All that an export holds in another order.
fn shuffled(export: &Value, seed: u64) -> Value {
    let mut shuffled = export.clone();
    let mut dice = SmallRng::seed_from_u64(seed);
    for all in ["decks", "notes", "cards", "reviews", "marks"] {
        shuffled[all].as_array_mut().unwrap().shuffle(&mut dice);
    }
    shuffled
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_figures_of_any_history_agree_with_each_other(seed: u64, events in 0usize..800) {
        let export = Life::export(seed, events, END);
        let told = statistics(&export);
        for share in shares(&told) {
            let ends = ["low", "rate", "high"].map(|end| share[end].as_f64());
            match number(&share["total"]) {
                0 => prop_assert_eq!(ends, [None; 3]),
                total => {
                    let [low, rate, high] = ends.map(Option::unwrap);
                    prop_assert!(number(&share["passed"]) <= total);
                    prop_assert!(0.0 <= low && low <= rate && rate <= high && high <= 1.0);
                }
            }
        }
        for row in list(&told["retention"]) {
            for count in ["passed", "total"] {
                let parts = number(&row["young"][count]) + number(&row["mature"][count]);
                prop_assert_eq!(parts, number(&row["all"][count]));
            }
        }
        let whole = &told["retention"][5]["all"];
        let given = sum(list(&told["hours"]).iter().map(|hour| &hour["answers"]));
        let kinds = told["grades_by_kind"].as_object().unwrap().values();
        prop_assert_eq!(given, kinds.map(|grades| sum(grades.as_object().unwrap().values())).sum::<u64>());
        for parts in ["hours", "weekdays", "retention_by_interval"] {
            for count in ["passed", "total"] {
                let parts = sum(list(&told[parts]).iter().map(|part| &part[count]));
                prop_assert_eq!(parts, number(&whole[count]));
            }
        }
        let of_weekdays = sum(list(&told["weekdays"]).iter().map(|weekday| &weekday["answers"]));
        prop_assert_eq!(of_weekdays, given);
        prop_assert_eq!(&told["grades_by_kind"]["review"], &told["grades"]);
        prop_assert_eq!(&told["drift"]["recent"], &told["retention"][2]["all"]);
        let due = sum(list(&told["decks"]).iter().map(|deck| &deck["due"]));
        prop_assert_eq!(due, number(&told["forecast"][0]["due"]));

        prop_assert_eq!(&statistics(&without_the_undone(&export)), &told, "undone answers count");
        prop_assert_eq!(&statistics(&shuffled(&export, seed)), &told, "the order matters");
    }
}
