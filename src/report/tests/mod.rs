//! The pages as a person sees them.

mod one_card;
mod statistics;
mod why;

use super::*;
use crate::model::*;
use crate::schedule::{CardState, DeckRow};
use crate::stats::{CardCounts, CardRow, DayRange, DueOn, Streak};
use std::collections::BTreeSet;
use std::convert::Infallible;
use unicode_width::UnicodeWidthStr;

fn today() -> StudyDay {
    "2026-11-23".parse().unwrap()
}

fn deck(name: &str) -> DeckName {
    name.parse().unwrap()
}

fn card(number: u8) -> CardId {
    CardId::of(Guid::of("deck", &["basic"], u32::from(number)), "forward")
}

fn deck_due(name: &str, due: u64, overdue: u64, new: u64, drill: u64) -> DeckDue {
    DeckDue { deck: deck(name), due, overdue, new, drill }
}

fn some_due() -> Due {
    let decks = vec![
        deck_due("devops/three-ways", 10, 3, 4, 0),
        deck_due("japanese/kana/hiragana", 120, 0, 8, 1),
        deck_due("lean", 0, 0, 0, 0),
    ];
    Due::of(today(), decks)
}

fn some_days() -> Vec<DueOn> {
    (1..).zip([12, 0, 30]).map(|(n, due)| DueOn { day: today().plus(n), due }).collect()
}

fn some_glance() -> Glance {
    let streak = Streak { current: 12, longest: 40 };
    Glance {
        due: some_due(),
        backlog: None,
        streak,
        has_cards: true,
        answered: 0,
        next: None,
        ahead: some_days(),
    }
}

/// No line is wider than the terminal, and none ends in a space.
fn fits(page: &str, width: usize) {
    for line in page.lines() {
        assert!(line.width() <= width, "{} columns: {line}", line.width());
        assert_eq!(line, line.trim_end());
    }
}

#[test]
fn due_cards_are_told_by_deck() {
    let page = due(&some_due(), &some_days(), Style::Plain, Some(80));
    insta::assert_snapshot!(page, @"
    Deck                    Due  Overdue  New  Drill
    devops/three-ways        10        3    4      0
    japanese/kana/hiragana  120        0    8      1
    Total                   130        3   12      1
    Next days: Tue 12, Wed 0, Thu 30.
    ");
    let nothing = Due::of(today(), vec![deck_due("lean", 0, 0, 0, 0)]);
    assert_eq!(due(&nothing, &[], Style::Plain, Some(80)), "Nothing is due today.\n");
}

#[test]
fn the_json_of_due_is_the_contracts() {
    let due = Due::of(today(), vec![deck_due("devops/three-ways", 10, 3, 4, 0)]);
    insta::assert_snapshot!(json(&due), @r#"{"day":"2026-11-23","due":10,"new":4,"drill":0,"decks":[{"deck":"devops/three-ways","due":10,"overdue":3,"new":4,"drill":0}]}"#);
}

#[test]
fn a_glance_tells_what_to_ask_and_what_to_type() {
    insta::assert_snapshot!(glance(&some_glance(), Style::Plain, Some(80)), @"
    Monday, 2026-11-23

    Deck                    Due  Overdue  New  Drill
    devops/three-ways        10        3    4      0
    japanese/kana/hiragana  120        0    8      1
    Total                   130        3   12      1

    143 cards to ask: 130 due (3 overdue), 12 new and 1 to drill again.

    Next days: Tue 12, Wed 0, Thu 30.
    Streak: 12 days; the longest was 40 days. An answer today makes it 13.

      kata review        ask them
      kata review DECK   one deck, and those below it
    ");
}

#[test]
fn a_glance_at_a_finished_day_tells_when_to_come_back() {
    let next = Some(DueOn { day: today().plus(2), due: 5 });
    let due = Due::of(today(), vec![]);
    let streak = Streak { current: 1, longest: 1 };
    let done = Glance {
        due,
        backlog: None,
        streak,
        has_cards: true,
        answered: 14,
        next,
        ahead: Vec::new(),
    };
    insta::assert_snapshot!(glance(&done, Style::Plain, Some(80)), @"
    Monday, 2026-11-23

    Done for today, after 14 cards. Next: 5 cards on 2026-11-25 (in 2 days).

    Streak: 1 day, the longest so far.

      kata review --ahead 2   ask the next ones today
      kata stats              what was remembered
    ");
}

#[test]
fn a_glance_at_nothing_tells_how_to_begin() {
    let due = Due::of(today(), vec![]);
    let nothing = Glance {
        due,
        backlog: None,
        streak: Streak::default(),
        has_cards: false,
        answered: 0,
        next: None,
        ahead: Vec::new(),
    };
    insta::assert_snapshot!(glance(&nothing, Style::Plain, Some(80)), @"
    Monday, 2026-11-23

    No cards yet. To begin, write a deck file and import it:

      kata import PATH   a deck file, or a folder of them
    ");
    insta::assert_snapshot!(json(&nothing), @r#"{"day":"2026-11-23","due":0,"new":0,"drill":0,"decks":[],"streak":{"current":0,"longest":0},"has_cards":false,"answered":0,"next":null,"ahead":[]}"#);
}

#[test]
fn decks_are_listed_with_their_cards_by_state() {
    let counts = CardCounts { total: 40, new: 12, young: 20, mature: 8, suspended: 1, retired: 0 };
    let title = Some("The Three Ways of DevOps".to_owned());
    let page = Decks {
        decks: vec![
            DeckLine::new(deck("devops/three-ways"), title, counts),
            DeckLine::new(deck("lean"), None, CardCounts::default()),
        ],
    };
    insta::assert_snapshot!(decks(&page, Style::Plain, Some(80)), @"
    Deck               Cards  New  Young  Mature  Suspended  Retired  Title
    devops/three-ways     40   12     20       8          1        0  The Three Way…
    lean                   0    0      0       0          0        0
    ");
    insta::assert_snapshot!(json(&page), @r#"{"decks":[{"deck":"devops/three-ways","title":"The Three Ways of DevOps","cards":40,"new":12,"young":20,"mature":8,"suspended":1,"retired":0},{"deck":"lean","title":null,"cards":0,"new":0,"young":0,"mature":0,"suspended":0,"retired":0}]}"#);
}

fn line(number: u8, question: &str) -> CardLine {
    CardLine {
        card: card(number),
        deck: deck("devops/three-ways"),
        kind: Kind::Basic,
        question: question.to_owned(),
        due: None,
        interval: Interval::NONE,
        ease: Ease::INITIAL,
        repetitions: 0,
        lapses: 0,
        suspended: false,
        buried: None,
        flag: Flag::NONE,
        retired: false,
    }
}

fn some_cards() -> Vec<CardLine> {
    let question = "Which of the Three Ways shortens lead time by speeding work left to right?";
    let due = CardLine {
        due: Some(today().plus(-1)),
        interval: Interval::days(15),
        ease: Ease::from_hundredths(236),
        repetitions: 3,
        lapses: 1,
        flag: Flag::new(2).unwrap(),
        ..line(1, question)
    };
    let suspended = CardLine {
        due: Some(today().plus(20)),
        interval: Interval::days(120),
        suspended: true,
        buried: Some(today()),
        ..line(2, "The five focusing steps\n\n1. Identify\n2. …")
    };
    vec![due, suspended, line(3, "Evil \u{1b}[2J \u{202e}txt")]
}

fn listed(cards: &[CardLine], style: Style, width: Option<usize>) -> String {
    let each = |visit: &mut dyn FnMut(CardLine)| {
        cards.iter().cloned().for_each(visit);
        Ok::<_, Infallible>(())
    };
    super::cards(each, today(), style, width).unwrap()
}

#[test]
fn a_list_of_any_length_stands_in_the_same_columns() {
    let mut cards = vec![line(1, "What?"); 2500];
    cards[2400].deck = deck("a/deck/of/a/rather/long/name");
    let page = listed(&cards, Style::Plain, None);
    let starts: BTreeSet<_> = page.lines().skip(1).map(|line| line.rfind(' ')).collect();
    assert_eq!((page.lines().count(), starts.len()), (2501, 1), "{starts:?}");
}

#[test]
fn cards_are_listed_with_their_schedule() {
    let page = listed(&some_cards(), Style::Plain, Some(120));
    insta::assert_snapshot!(page, @"
    Card      Deck               Due         Interval  Ease  Lapses  State                        Question
    rjkmg49d  devops/three-ways  2026-11-22        15  2.36       1  young, due, flag 2           Which of the Three Ways…
    4rwwrpfj  devops/three-ways  2026-12-13       120  2.50       0  mature, suspended, buried…   The five focusing steps 1…
    v7yn8x2t  devops/three-ways  –                  –     –       0  new                          Evil ␛[2J ⟨U+202E⟩txt

    3 cards
    ");
    fits(&page, 120);
    let page = listed(&some_cards(), Style::Plain, Some(80));
    insta::assert_snapshot!(page, @"
    Card      Deck               Due         State                Question
    rjkmg49d  devops/three-ways  2026-11-22  young, due, flag 2   Which of the Thre…
    4rwwrpfj  devops/three-ways  2026-12-13  mature, suspended,…  The five focusing…
    v7yn8x2t  devops/three-ways  –           new                  Evil ␛[2J…

    3 cards
    ");
    fits(&page, 80);
}

#[test]
fn over_a_pipe_nothing_is_cut() {
    insta::assert_snapshot!(listed(&some_cards(), Style::Plain, None), @"
    Card      Deck               Due         Interval  Ease  Lapses  State                            Question
    rjkmg49d  devops/three-ways  2026-11-22        15  2.36       1  young, due, flag 2               Which of the Three Ways shortens lead time by speeding work left to right?
    4rwwrpfj  devops/three-ways  2026-12-13       120  2.50       0  mature, suspended, buried today  The five focusing steps 1. Identify 2. …
    v7yn8x2t  devops/three-ways  –                  –     –       0  new                              Evil ␛[2J ⟨U+202E⟩txt
    ");
    assert_eq!(listed(&[], Style::Plain, None), "No card matches.\n");
}

#[test]
fn the_json_of_cards_says_all_of_them() {
    let mut some = some_cards();
    some.remove(1);
    insta::assert_snapshot!(json(&some).replace("},", "},\n"), @r#"
    [{"card":"rjkmg49d97swgmky","deck":"devops/three-ways","kind":"basic","question":"Which of the Three Ways shortens lead time by speeding work left to right?","due":"2026-11-22","interval":15,"ease":2.36,"repetitions":3,"lapses":1,"suspended":false,"buried":null,"flag":2,"retired":false},
    {"card":"v7yn8x2t1jyqe3nr","deck":"devops/three-ways","kind":"basic","question":"Evil \u001b[2J \u202etxt","due":null,"interval":0,"ease":2.5,"repetitions":0,"lapses":0,"suspended":false,"buried":null,"flag":0,"retired":false}]
    "#);
}

#[test]
fn without_colour_no_page_has_an_escape_sequence_and_colour_changes_no_word() {
    crossterm::style::force_color_output(true);
    let pages = |style| {
        [
            due(&some_due(), &some_days(), style, Some(80)),
            glance(&some_glance(), style, Some(80)),
            super::statistics(
                &statistics::some_statistics(),
                &Show::All,
                DayRange::ALL,
                Paper { style, width: Some(80), ink: Ink::Blocks },
            ),
            listed(&some_cards(), style, Some(80)),
            history(&one_card::some_history(), style, Some(80)),
        ]
    };
    for (plain, coloured) in pages(Style::Plain).iter().zip(pages(Style::Coloured)) {
        assert!(!plain.contains('\u{1b}'));
        let mut words = String::new();
        for (place, part) in coloured.split('\u{1b}').enumerate() {
            let text = part.split_once('m').map_or("", |(_, text)| text);
            words += if place == 0 { part } else { text };
        }
        assert_eq!(&words, plain);
    }
}
