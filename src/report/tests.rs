//! The pages as a person sees them.

use super::*;
use crate::model::*;
use crate::schedule::{CardState, DeckRow, Memory};
use crate::stats::{Answer, CardCounts, CardRow, DayRange, DueOn, Streak};
use std::collections::HashMap;
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

fn some_glance() -> Glance {
    let streak = Streak { current: 12, longest: 40 };
    Glance { due: some_due(), streak, cards: 1240, answered: 0, next: None }
}

/// Answers of 120 days, by a pattern that has young and mature cards, fails and drills.
fn some_statistics() -> crate::stats::Statistics {
    let decks = HashMap::from([
        (DeckRow(1), deck("devops/three-ways")),
        (DeckRow(2), deck("japanese/kana/hiragana")),
    ]);
    let row = |n: i64| DeckRow(1 + n % 2);
    let answers = (0..1200i64).map(|n| {
        let kind = match n % 10 {
            0 | 1 => ReviewKind::Learn,
            2 => ReviewKind::Drill,
            _ => ReviewKind::Review,
        };
        let grade = Grade::new(if n % 11 == 0 { 1 } else { 3 + n % 3 }).unwrap();
        let before = Interval::days(if n % 3 == 0 { 38 } else { 6 });
        let review = Review {
            grade,
            kind,
            ms: 4000 + 50 * u32::try_from(n % 100).unwrap(),
            interval_before: before,
            interval_after: Interval::days(15),
        };
        let day = today().plus(-120 + n / 10);
        let at = Instant::from_millis(n);
        Answer { card: card(u8::try_from(n % 200).unwrap()), deck: row(n), day, at, review }
    });
    let cards = (0..200u8).map(|n| {
        let number = i64::from(n);
        let interval = Interval::days(u64::from(n) * u64::from(n) / 80);
        let state = match n {
            0..40 => CardState::NEW,
            _ => CardState {
                due: Some(today().plus(number % 37 - 3)),
                interval,
                lapses: u32::from(n % 13 / 10),
                memory: Memory::Sm2 { ease: Ease::from_hundredths(130 + number % 140) },
                suspended: n % 50 == 49,
                ..CardState::NEW
            },
        };
        CardRow { card: card(n), deck: row(number), state, retired: n % 60 == 59 }
    });
    crate::stats::statistics(today(), DayRange::ALL, decks, answers, cards)
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
    let page = due(&some_due(), Style::Plain, Some(80));
    insta::assert_snapshot!(page, @"
    Deck                    Due  Overdue  New  Drill
    devops/three-ways        10        3    4      0
    japanese/kana/hiragana  120        0    8      1
    Total                   130        3   12      1
    ");
    let nothing = Due::of(today(), vec![deck_due("lean", 0, 0, 0, 0)]);
    assert_eq!(due(&nothing, Style::Plain, Some(80)), "Nothing is due today.\n");
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
    let done = Glance { due, streak, cards: 20, answered: 14, next };
    insta::assert_snapshot!(glance(&done, Style::Plain, Some(80)), @"
    Monday, 2026-11-23

    Done for today, after 14 answers. Next: 5 cards on 2026-11-25 (in 2 days).

    Streak: 1 day, the longest so far.

      kata review --ahead 2   ask the next ones today
      kata stats              what was remembered
    ");
}

#[test]
fn a_glance_at_nothing_tells_how_to_begin() {
    let due = Due::of(today(), vec![]);
    let nothing = Glance { due, streak: Streak::default(), cards: 0, answered: 0, next: None };
    insta::assert_snapshot!(glance(&nothing, Style::Plain, Some(80)), @"
    Monday, 2026-11-23

    No cards yet. To begin, write a deck file and import it:

      kata import PATH   a deck file, or a folder of them
    ");
    insta::assert_snapshot!(json(&nothing), @r#"{"day":"2026-11-23","due":0,"new":0,"drill":0,"decks":[],"streak":{"current":0,"longest":0},"cards":0,"answered":0,"next":null}"#);
}

#[test]
fn statistics_fill_a_page() {
    let page = statistics(&some_statistics(), Style::Plain, Some(80));
    insta::assert_snapshot!(page, @"
    Statistics, Monday, 2026-11-23

    197 cards: 40 new, 1 young, 156 mature. Suspended: 4 of them. Retired: 3 more.
    Streak: 120 days, the longest so far.

    Retention
    Window    Young              Mature             All
    Today     –                  –                  –
    7 days    86 % (69–94, 28)   86 % (60–96, 14)   86 % (72–93, 42)
    30 days   90 % (83–94, 136)  90 % (80–95, 67)   90 % (85–93, 203)
    90 days   91 % (88–93, 416)  91 % (86–94, 207)  91 % (88–93, 623)
    365 days  91 % (88–93, 560)  91 % (87–94, 280)  91 % (89–93, 840)
    All       91 % (88–93, 560)  91 % (87–94, 280)  91 % (89–93, 840)
    Passed (95 % interval, reviews). A mature card's interval is 21 days or more.

    Due in the next 30 days
    16 cards today, more than its column shows; 45 in 7 days, 137 in 30.
    5 │█ █ █ █ █ ▂ █ █ █ ▂ █ ▂ ▂ ▂ ▂ ▂ ▂ ▂ ▂   ▂ ▂   ▂ ▂ ▂ ▂ ▂   ▂
      │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ ▄ █ █ ▄ █ █ █ █ █ ▄ █
      │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
      │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
    0 └────────────────────────────────────────────────────────────
       today         +7            +14           +21           +28 days

    Last days of study
    Day             Reviews  Passed  New  Drills  Minutes
    Sun 2026-11-22        7       6    2       1      1.4
    Sat 2026-11-21        7       6    2       1      1.4
    Fri 2026-11-20        7       6    2       1      1.3
    Thu 2026-11-19        7       6    2       1      1.2
    Wed 2026-11-18        7       6    2       1      1.1
    Tue 2026-11-17        7       6    2       1      1.0
    Mon 2026-11-16        7       6    2       1      0.9

    Decks
    Deck                    Cards  New  Young  Mature  Due  Retention, 30 days
    devops/three-ways         100   20      1      79    9  90 % (81–94, 87)
    japanese/kana/hiragana     97   20      0      77    7  90 % (83–94, 116)

    Intervals
    Interval         Cards
    1 day                0
    2 to 6 days          0
    7 to 20 days         1  ▍
    21 to 89 days       43  ███████████████▎
    90 to 364 days      85  ██████████████████████████████
    a year and more     28  ██████████
    Median ease 1.90; 1 card at the least, 1.30.

    Grades
    Grade   Reviews
    0 fail        0
    1 fail       77  █████████▏
    2 fail        0
    3 pass      254  ██████████████████████████████
    4 pass      255  ██████████████████████████████
    5 pass      254  ██████████████████████████████

    Hardest cards
    Card      Lapses  Ease  Deck
    w867cha6       1  1.30  devops/three-ways
    1pznkt75       1  1.31  japanese/kana/hiragana
    w8njssdy       1  1.32  devops/three-ways
    wxwcmhz1       1  1.43  japanese/kana/hiragana
    fd3agrwg       1  1.44  devops/three-ways
    ypt3n5ar       1  1.45  japanese/kana/hiragana
    b0mm3zta       1  1.56  devops/three-ways
    n2pqq4tg       1  1.57  japanese/kana/hiragana
    9b7m06jx       1  1.58  devops/three-ways
    rnzydv35       1  1.70  devops/three-ways
    ");
    fits(&page, 80);
    fits(&statistics(&some_statistics(), Style::Plain, Some(120)), 120);
}

#[test]
fn statistics_of_nothing_say_what_to_do() {
    let none = crate::stats::statistics(today(), DayRange::ALL, HashMap::new(), [], []);
    insta::assert_snapshot!(statistics(&none, Style::Plain, None), @"
    Statistics, Monday, 2026-11-23

    No cards yet. `kata import PATH` takes a deck file, or a folder of them.
    ");
    let decks = HashMap::from([(DeckRow(1), deck("devops"))]);
    let row = CardRow { card: card(1), deck: DeckRow(1), state: CardState::NEW, retired: false };
    let one = crate::stats::statistics(today(), DayRange::ALL, decks, [], [row]);
    insta::assert_snapshot!(statistics(&one, Style::Plain, None), @"
    Statistics, Monday, 2026-11-23

    1 card: 1 new, 0 young, 0 mature.
    Streak: none yet; it starts with the first answer.

    Retention
    No reviews yet. What counts is a card that comes due again after it was learned.

    Due in the next 30 days
    Nothing comes due.
    ");
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

fn some_cards() -> Cards {
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
    Cards { day: today(), cards: vec![due, suspended, line(3, "Evil \u{1b}[2J \u{202e}txt")] }
}

#[test]
fn cards_are_listed_with_their_schedule() {
    let page = cards(&some_cards(), Style::Plain, Some(120));
    insta::assert_snapshot!(page, @"
    Card      Deck               Due         Interval  Ease  Lapses  State                        Question
    rjkmg49d  devops/three-ways  2026-11-22        15  2.36       1  young, due, flag 2           Which of the Three Ways…
    4rwwrpfj  devops/three-ways  2026-12-13       120  2.50       0  mature, suspended, buried…   The five focusing steps 1…
    v7yn8x2t  devops/three-ways  –                  –     –       0  new                          Evil ␛[2J ⟨U+202E⟩txt

    3 cards
    ");
    fits(&page, 120);
    let page = cards(&some_cards(), Style::Plain, Some(80));
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
    insta::assert_snapshot!(cards(&some_cards(), Style::Plain, None), @"
    Card      Deck               Due         Interval  Ease  Lapses  State                            Question
    rjkmg49d  devops/three-ways  2026-11-22        15  2.36       1  young, due, flag 2               Which of the Three Ways shortens lead time by speeding work left to right?
    4rwwrpfj  devops/three-ways  2026-12-13       120  2.50       0  mature, suspended, buried today  The five focusing steps 1. Identify 2. …
    v7yn8x2t  devops/three-ways  –                  –     –       0  new                              Evil ␛[2J ⟨U+202E⟩txt
    ");
    let none = Cards { day: today(), cards: vec![] };
    assert_eq!(cards(&none, Style::Plain, None), "No card matches.\n");
}

#[test]
fn the_json_of_cards_says_all_of_them() {
    let mut some = some_cards();
    some.cards.remove(1);
    insta::assert_snapshot!(json(&some).replace("},", "},\n"), @r#"
    {"day":"2026-11-23","cards":[{"card":"rjkmg49d97swgmky","deck":"devops/three-ways","kind":"basic","question":"Which of the Three Ways shortens lead time by speeding work left to right?","due":"2026-11-22","interval":15,"ease":2.36,"repetitions":3,"lapses":1,"suspended":false,"buried":null,"flag":2,"retired":false},
    {"card":"v7yn8x2t1jyqe3nr","deck":"devops/three-ways","kind":"basic","question":"Evil \u001b[2J \u202etxt","due":null,"interval":0,"ease":2.5,"repetitions":0,"lapses":0,"suspended":false,"buried":null,"flag":0,"retired":false}]}
    "#);
}

#[test]
fn a_card_is_shown_whole() {
    let mut card = some_cards().cards.remove(0);
    card.question = "The five focusing steps\n\n1. Identify\n2. …".to_owned();
    let sheet = CardSheet {
        day: today(),
        card,
        answer: "**Exploit**".to_owned(),
        hint: Some("Get the most of it".to_owned()),
        extra: None,
        typed: true,
        tags: vec!["devops".to_owned(), "lean".to_owned()],
        source: Some("Introduction to DevOps, chapter 2 › The Goal".to_owned()),
        file: Some("decks/devops.yaml".to_owned()),
    };
    insta::assert_snapshot!(show(&sheet, Style::Plain), @"
    rjkmg49d  devops/three-ways  basic, typed

    Question
      The five focusing steps

      1. Identify
      2. …

    Hint
      Get the most of it

    Answer
      **Exploit**

    State     young, due, flag 2
    Due       2026-11-22 (yesterday)
    Schedule  interval 15 days, ease 2.36, 3 repetitions, 1 lapse
    Tags      devops, lean
    Source    Introduction to DevOps, chapter 2 › The Goal
    File      decks/devops.yaml
    ");
    insta::assert_snapshot!(json(&sheet), @r#"{"day":"2026-11-23","card":"rjkmg49d97swgmky","deck":"devops/three-ways","kind":"basic","question":"The five focusing steps\n\n1. Identify\n2. …","due":"2026-11-22","interval":15,"ease":2.36,"repetitions":3,"lapses":1,"suspended":false,"buried":null,"flag":2,"retired":false,"answer":"**Exploit**","hint":"Get the most of it","extra":null,"typed":true,"tags":["devops","lean"],"source":"Introduction to DevOps, chapter 2 › The Goal","file":"decks/devops.yaml"}"#);
}

fn past(number: u32, what: What, undone: bool) -> PastEvent {
    let at: Instant = "2026-11-22T23:30:00.000Z".to_owned().try_into().unwrap();
    let at = Instant::from_millis(at.millis() + i64::from(number) * 60_000);
    let id = EventId::fresh(at, None, u128::from(number));
    let machine = MachineId::fresh(1);
    let day = today().plus(-1);
    let utc_offset = 60;
    let event =
        Event { id, card: card(1), at, day, utc_offset, machine, batch: id, origin: None, what };
    PastEvent { event, undone }
}

fn review(kind: ReviewKind, grade: i64, before: u64, after: u64) -> What {
    What::Review(Review {
        grade: Grade::new(grade).unwrap(),
        kind,
        ms: 4_240,
        interval_before: Interval::days(before),
        interval_after: Interval::days(after),
    })
}

fn some_history() -> CardHistory {
    let wrong = past(2, review(ReviewKind::Review, 1, 6, 1), true);
    let undo = past(3, What::Mark(Mark::Undo(wrong.event.id)), false);
    let to = Reschedule {
        due: today().plus(8),
        interval: Some(Interval::days(6)),
        ease: None,
        repetitions: Some(1),
    };
    CardHistory {
        card: card(1),
        deck: deck("devops/three-ways"),
        question: "Which of the Three Ways is flow?".to_owned(),
        events: vec![
            past(1, review(ReviewKind::Learn, 4, 0, 1), false),
            wrong,
            undo,
            past(4, review(ReviewKind::Review, 4, 1, 6), false),
            past(5, What::Mark(Mark::Reschedule(to)), false),
            past(6, What::Mark(Mark::Bury(today())), false),
            past(7, What::Mark(Mark::Relink(card(9))), false),
        ],
    }
}

#[test]
fn a_history_tells_what_happened_in_local_time() {
    let page = history(&some_history(), Style::Plain, Some(100));
    insta::assert_snapshot!(page, @"
    rjkmg49d  devops/three-ways
    Which of the Three Ways is flow?

    When                 Study day   What                                       Grade  Interval  Seconds
    2026-11-23 00:31:00  2026-11-22  learn                                          4     0 → 1      4.2
    2026-11-23 00:32:00  2026-11-22  review, undone                                 1     6 → 1      4.2
    2026-11-23 00:33:00  2026-11-22  undo of review
    2026-11-23 00:34:00  2026-11-22  review                                         4     1 → 6      4.2
    2026-11-23 00:35:00  2026-11-22  reschedule to 2026-12-01, interval 6, 1…
    2026-11-23 00:36:00  2026-11-22  bury until 2026-11-23
    2026-11-23 00:37:00  2026-11-22  relink of nqxhc1xy
    ");
    let none = CardHistory { events: vec![], ..some_history() };
    insta::assert_snapshot!(history(&none, Style::Plain, Some(80)), @"
    rjkmg49d  devops/three-ways
    Which of the Three Ways is flow?

    Nothing has happened to it yet.
    ");
}

#[test]
fn the_json_of_a_history_is_keyed_as_an_export() {
    let mut some = some_history();
    some.events.drain(2..4);
    insta::assert_snapshot!(json(&some).replace("},", "},\n"), @r#"
    {"card":"rjkmg49d97swgmky","deck":"devops/three-ways","question":"Which of the Three Ways is flow?","events":[{"uuid":"01a20599-4320-7000-8000-000000000001","card":"rjkmg49d97swgmky","at":"2026-11-22T23:31:00.000Z","day":"2026-11-22","utc_offset":60,"kind":"learn","grade":4,"ms":4240,"interval_before":0,"interval_after":1,"value":null,"undone":false},
    {"uuid":"01a2059a-2d80-7000-8000-000000000002","card":"rjkmg49d97swgmky","at":"2026-11-22T23:32:00.000Z","day":"2026-11-22","utc_offset":60,"kind":"review","grade":1,"ms":4240,"interval_before":6,"interval_after":1,"value":null,"undone":true},
    {"uuid":"01a2059c-eca0-7000-8000-000000000005","card":"rjkmg49d97swgmky","at":"2026-11-22T23:35:00.000Z","day":"2026-11-22","utc_offset":60,"kind":"reschedule","grade":null,"ms":null,"interval_before":null,"interval_after":null,"value":{"due":"2026-12-01","interval":6,"repetitions":1},
    "undone":false},
    {"uuid":"01a2059d-d700-7000-8000-000000000006","card":"rjkmg49d97swgmky","at":"2026-11-22T23:36:00.000Z","day":"2026-11-22","utc_offset":60,"kind":"bury","grade":null,"ms":null,"interval_before":null,"interval_after":null,"value":"2026-11-23","undone":false},
    {"uuid":"01a2059e-c160-7000-8000-000000000007","card":"rjkmg49d97swgmky","at":"2026-11-22T23:37:00.000Z","day":"2026-11-22","utc_offset":60,"kind":"relink","grade":null,"ms":null,"interval_before":null,"interval_after":null,"value":"nqxhc1xyg0g4ejrh","undone":false}]}
    "#);
}

#[test]
fn without_colour_no_page_has_an_escape_sequence_and_colour_changes_no_word() {
    crossterm::style::force_color_output(true);
    let pages = |style| {
        [
            due(&some_due(), style, Some(80)),
            glance(&some_glance(), style, Some(80)),
            statistics(&some_statistics(), style, Some(80)),
            cards(&some_cards(), style, Some(80)),
            history(&some_history(), style, Some(80)),
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
