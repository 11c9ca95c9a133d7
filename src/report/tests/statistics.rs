//! The page of `kata stats`.

use super::*;
use crate::report::statistics;
use crate::stats::{Answer, CardNumber, DeckFrame, Frame, Share, TagSet};

/// Answers of 120 days, by a pattern that has young and mature cards, fails and drills.
pub(super) fn some_statistics() -> crate::stats::Statistics {
    let deck = |row, name| DeckFrame { row: DeckRow(row), name: deck(name), leech_threshold: 8 };
    let frame = Frame {
        today: today(),
        range: DayRange::ALL,
        decks: vec![deck(1, "devops/three-ways"), deck(2, "japanese/kana/hiragana")],
        tags: vec![vec!["lean".to_owned()], vec!["exam".to_owned(), "lean".to_owned()]],
    };
    let answers = (0..1200i64).map(|n| {
        let kind = match n % 10 {
            0 | 1 => ReviewKind::Learn,
            2 => ReviewKind::Drill,
            _ => ReviewKind::Review,
        };
        let day = today().plus(-120 + n / 10);
        Answer {
            card: CardNumber(u32::try_from(n % 200).unwrap()),
            day,
            at: Instant::from_millis((i64::from(day.number()) * 24 + 6 + n % 9) * 3_600_000),
            utc_offset: 60,
            grade: Grade::new(if n % 11 == 0 { 1 } else { 3 + n % 3 }).unwrap(),
            kind,
            ms: 4000 + 50 * u32::try_from(n % 100).unwrap(),
            interval_before: Interval::days(if n % 3 == 0 { 38 } else { 6 }),
        }
    });
    let cards = (0..200u8).map(|n| {
        let number = i64::from(n);
        let row = CardRow {
            deck: DeckRow(1 + number % 2),
            tags: TagSet(u32::from(n % 3)),
            retired: n % 60 == 59,
            ..new_card(n)
        };
        match n {
            0..40 => row,
            _ => CardRow {
                due: Some(today().plus(number % 37 - 3)),
                interval: Interval::days(u64::from(n) * u64::from(n) / 80),
                lapses: u32::from(n % 13 / 10),
                ease: Ease::from_hundredths(130 + number % 140),
                suspended: n % 50 == 49,
                ..row
            },
        }
    });
    let mut told = crate::stats::statistics(frame, answers, cards);
    for (hard, n) in told.hardest.iter_mut().zip(0..) {
        *hard = hard.clone().told(&format!("What is the question of card {n}?"), "an answer");
    }
    told
}

fn new_card(n: u8) -> CardRow {
    CardRow {
        number: CardNumber(n.into()),
        card: card(n),
        deck: DeckRow(1),
        tags: TagSet::UNKNOWN,
        due: None,
        interval: Interval::days(0),
        ease: Ease::INITIAL,
        lapses: 0,
        suspended: false,
        retired: false,
    }
}

fn page(show: &Show, paper: Paper) -> String {
    statistics(&some_statistics(), show, DayRange::ALL, paper)
}

fn wide(width: usize) -> Paper {
    Paper { width: Some(width), ..Paper::default() }
}

#[test]
fn statistics_are_one_screen_first() {
    let page = page(&Show::Screen, wide(80));
    insta::assert_snapshot!(page, @"
    Statistics, Monday, 2026-11-23. Streak: 120 days, the longest so far.
    197 cards: 40 new, 1 young, 156 mature. Suspended: 4. Retired: 3 more.
    Today: nothing yet.
    Retention  Young              Mature             All
    Today      –                  –                  –
    7 days     86 % (69–94, 28)   86 % (60–96, 14)   86 % (72–93, 42)
    30 days    90 % (83–94, 136)  90 % (80–95, 67)   90 % (85–93, 203)
    90 days    91 % (88–93, 416)  91 % (86–94, 207)  91 % (88–93, 623)
    365 days   91 % (88–93, 560)  91 % (87–94, 280)  91 % (89–93, 840)
    All        91 % (88–93, 560)  91 % (87–94, 280)  91 % (89–93, 840)
    Passed (95 % interval, reviews); mature: 21 days and up. More: kata stats --all
    Due: 16 cards today (off the chart), 45 in 7 days, 137 in 30.
    5 │█ █ █ █ █ ▅ █ █ █ ▅ █ ▅ ▅ ▅ ▅ ▅ ▅ ▅ ▅ ▂ ▅ ▅ ▂ ▅ ▅ ▅ ▅ ▅ ▂ ▅
      │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
       today         +7            +14           +21           +28 days
         Dec Jan Feb Mar  Apr May  Jun Jul Aug  Sep Oct Nov
    Mon ···································░░░░░░░░░░░░░░░░░·  Answers a day
        ···································░░░░░░░░░░░░░░░░░   · none
    Wed ···································░░░░░░░░░░░░░░░░░   ░ 1 to 10
        ···································░░░░░░░░░░░░░░░░░
    Fri ···································░░░░░░░░░░░░░░░░░
        ···································░░░░░░░░░░░░░░░░░
    Sun ··································░░░░░░░░░░░░░░░░░░
    ");
    assert!(page.lines().count() < 24, "and the prompt");
    fits(&page, 80);
}

#[test]
fn every_width_has_its_statistics() {
    for width in [40, 60, 72, 79, 80, 100, 120, 200] {
        for ink in [Ink::Blocks, Ink::Ascii, Ink::Numbers] {
            let paper = Paper { width: Some(width), ink, ..Paper::default() };
            let page = page(&Show::All, paper);
            // The columns of numbers need their room.
            fits(&page, width.max(80));
        }
    }
}

#[test]
fn statistics_have_many_sections() {
    insta::assert_snapshot!(page(&Show::All, wide(80)), @"
    Statistics, Monday, 2026-11-23. Streak: 120 days, the longest so far.
    197 cards: 40 new, 1 young, 156 mature. Suspended: 4. Retired: 3 more.
    Today: nothing yet.

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
    16 cards today (off the chart), 45 in 7 days, 137 in 30.
    5 │█ █ █ █ █ ▂ █ █ █ ▂ █ ▂ ▂ ▂ ▂ ▂ ▂ ▂ ▂   ▂ ▂   ▂ ▂ ▂ ▂ ▂   ▂
      │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ ▄ █ █ ▄ █ █ █ █ █ ▄ █
      │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
      │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
    0 └────────────────────────────────────────────────────────────
       today         +7            +14           +21           +28 days

    The last 53 weeks
         Dec Jan Feb Mar  Apr May  Jun Jul Aug  Sep Oct Nov
    Mon ···································░░░░░░░░░░░░░░░░░·  Answers a day
        ···································░░░░░░░░░░░░░░░░░   · none
    Wed ···································░░░░░░░░░░░░░░░░░   ░ 1 to 10
        ···································░░░░░░░░░░░░░░░░░
    Fri ···································░░░░░░░░░░░░░░░░░
        ···································░░░░░░░░░░░░░░░░░
    Sun ··································░░░░░░░░░░░░░░░░░░

    Load
    Mean a day of study  Days  Reviews  New  Drills  Minutes
    7 days                  6      7.0  2.0     1.0      1.2
    30 days                29      7.0  2.0     1.0      1.1
    90 days                89      7.0  2.0     1.0      1.1
    365 days              120      7.0  2.0     1.0      1.1
    All                   120      7.0  2.0     1.0      1.1

    Last days of study  Reviews  Passed  New  Drills  Minutes
    Sun 2026-11-22            7       6    2       1      1.5
    Sat 2026-11-21            7       6    2       1      1.4
    Fri 2026-11-20            7       6    2       1      1.3
    Thu 2026-11-19            7       6    2       1      1.2
    Wed 2026-11-18            7       6    2       1      1.1
    Tue 2026-11-17            7       6    2       1      1.0
    Mon 2026-11-16            7       6    2       1      1.0

    New cards learned
    0 new cards today; 12 in 7 days, 58 in 30, 240 in all.
    2 │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
      │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
      │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
      │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
    0 └────────────────────────────────────────────────────────────
         -28           -21           -14           -7            today

    Drift
    Days           Passed (95 %, reviews)
    The last 30    90 % (85–93, 203)
    The 90 before  91 % (89–93, 630)
    No difference that chance would not explain (p = 0.533).

    Retention by interval: the forgetting curve as it was lived
    Interval       Passed (95 %, reviews)
    4 to 6 days    91 % (88–93, 560)       ███████████████████████████▍
    21 to 41 days  91 % (87–94, 280)       ███████████████████████████▎

    Grades
    Grade   Learn  Review  Drill
    0 fail      0       0      0
    1 fail     22      77     11  █████████▏
    2 fail      0       0      0
    3 pass     73     254     36  ██████████████████████████████
    4 pass     73     255     36  ██████████████████████████████
    5 pass     72     254     37  ██████████████████████████████

    Retention by hour of the day
    Hour   Passed (95 %, reviews)  Answers
    07:00  90 % (83–95, 94)            134  ██████████████████████████████
    08:00  90 % (83–95, 93)            134  ██████████████████████████████
    09:00  91 % (84–96, 92)            134  ██████████████████████████████
    10:00  90 % (82–95, 92)            133  █████████████████████████████▉
    11:00  92 % (85–96, 93)            133  █████████████████████████████▉
    12:00  90 % (83–95, 94)            133  █████████████████████████████▉
    13:00  91 % (84–96, 94)            133  █████████████████████████████▉
    14:00  90 % (83–95, 94)            133  █████████████████████████████▉
    15:00  90 % (83–95, 94)            133  █████████████████████████████▉

    Retention by weekday
    Weekday    Passed (95 %, reviews)  Answers
    Monday     91 % (84–95, 119)           170  ████████████████████████████▍
    Tuesday    91 % (84–95, 119)           170  ████████████████████████████▍
    Wednesday  91 % (84–95, 119)           170  ████████████████████████████▍
    Thursday   91 % (84–95, 119)           170  ████████████████████████████▍
    Friday     91 % (84–95, 119)           170  ████████████████████████████▍
    Saturday   91 % (84–95, 119)           170  ████████████████████████████▍
    Sunday     91 % (85–95, 126)           180  ██████████████████████████████

    Intervals
    Interval         Cards
    1 day                0
    2 to 6 days          0
    7 to 20 days         1  ▍
    21 to 89 days       43  ███████████████▎
    90 to 364 days      85  ██████████████████████████████
    a year and more     28  ██████████

    Eases
    Ease             Cards
    1.30, the least      1  ▉
    1.31 to 1.50        20  ███████████████▉
    1.51 to 1.70        20  ███████████████▉
    1.71 to 1.90        38  ██████████████████████████████
    1.91 to 2.10        20  ███████████████▉
    2.11 to 2.30        20  ███████████████▉
    2.31 to 2.50        19  ███████████████
    more than 2.50      19  ███████████████
    Median ease 1.90; 1 card at the least, 1.30.

    Hardest cards
    Card      Lapses  Ease  Interval  To do       Question
    w867cha6       1  1.30       245  add a hint  What is the question of card 0?
    1pznkt75       1  1.31       248  add a hint  What is the question of card 1?
    w8njssdy       1  1.32       252  add a hint  What is the question of card 2?
    wxwcmhz1       1  1.43       292  add a hint  What is the question of card 3?
    fd3agrwg       1  1.44       296  add a hint  What is the question of card 4?
    ypt3n5ar       1  1.45       300  add a hint  What is the question of card 5?
    b0mm3zta       1  1.56       344  add a hint  What is the question of card 6?
    n2pqq4tg       1  1.57       348  add a hint  What is the question of card 7?
    9b7m06jx       1  1.58       352  add a hint  What is the question of card 8?
    rnzydv35       1  1.70       405  add a hint  What is the question of card 9?
    `kata why CARD` tells how it came to this.

    Decks
    Deck                    Cards  New  Young  Mature  Due  Retention, 30 days
    devops/three-ways         100   20      1      79    9  90 % (81–94, 87)
    japanese/kana/hiragana     97   20      0      77    7  90 % (83–94, 116)

    Tags
    Tag   Cards  New  Young  Mature  Due  Retention, 30 days
    exam     67   13      1      53    6  90 % (80–95, 68)
    lean    134   27      1     106   11  90 % (84–94, 136)
    ");
}

#[test]
fn where_there_are_no_blocks_charts_are_of_ascii() {
    let some = Show::Only(vec![Section::Due, Section::Year, Section::Intervals]);
    let page = page(&some, Paper { ink: Ink::Ascii, ..wide(80) });
    insta::assert_snapshot!(page, @"
    Due in the next 30 days
    16 cards today (off the chart), 45 in 7 days, 137 in 30.
    5 |# # # # # . # # # . # . . . . . . . .   . .   . . . . .   .
      |# # # # # # # # # # # # # # # # # # # : # # : # # # # # : #
      |# # # # # # # # # # # # # # # # # # # # # # # # # # # # # #
      |# # # # # # # # # # # # # # # # # # # # # # # # # # # # # #
    0 +------------------------------------------------------------
       today         +7            +14           +21           +28 days

    The last 53 weeks
         Dec Jan Feb Mar  Apr May  Jun Jul Aug  Sep Oct Nov
    Mon ...................................11111111111111111.  Answers a day
        ...................................11111111111111111   . none
    Wed ...................................11111111111111111   1 1 to 10
        ...................................11111111111111111
    Fri ...................................11111111111111111
        ...................................11111111111111111
    Sun ..................................111111111111111111

    Intervals
    Interval         Cards
    1 day                0
    2 to 6 days          0
    7 to 20 days         1  #
    21 to 89 days       43  ################
    90 to 364 days      85  ##############################
    a year and more     28  ##########
    ");
    assert!(page.is_ascii());
}

#[test]
fn plain_statistics_read_aloud() {
    let page = page(&Show::Screen, Paper { ink: Ink::Numbers, ..Paper::default() });
    insta::assert_snapshot!(page, @"
    Statistics, Monday, 2026-11-23. Streak: 120 days, the longest so far.
    197 cards: 40 new, 1 young, 156 mature. Suspended: 4. Retired: 3 more.
    Today: nothing yet.
    Retention  Young                Mature               All
    Today      none                 none                 none
    7 days     86 %, 69 to 94, 28   86 %, 60 to 96, 14   86 %, 72 to 93, 42
    30 days    90 %, 83 to 94, 136  90 %, 80 to 95, 67   90 %, 85 to 93, 203
    90 days    91 %, 88 to 93, 416  91 %, 86 to 94, 207  91 %, 88 to 93, 623
    365 days   91 %, 88 to 93, 560  91 %, 87 to 94, 280  91 %, 89 to 93, 840
    All        91 %, 88 to 93, 560  91 %, 87 to 94, 280  91 %, 89 to 93, 840
    Passed (95 % interval, reviews); mature: 21 days and up. More: kata stats --all
    Due: 16 cards today, 45 in 7 days, 137 in 30.
    Day             Due
    Mon 2026-11-23   16
    Tue 2026-11-24    5
    Wed 2026-11-25    5
    Thu 2026-11-26    5
    Fri 2026-11-27    5
    Sat 2026-11-28    4
    Sun 2026-11-29    5
    Mon 2026-11-30    5
    Tue 2026-12-01    5
    Wed 2026-12-02    4
    Thu 2026-12-03    5
    Fri 2026-12-04    4
    Sat 2026-12-05    4
    Sun 2026-12-06    4
    Mon 2026-12-07    4
    Tue 2026-12-08    4
    Wed 2026-12-09    4
    Thu 2026-12-10    4
    Fri 2026-12-11    4
    Sat 2026-12-12    3
    Sun 2026-12-13    4
    Mon 2026-12-14    4
    Tue 2026-12-15    3
    Wed 2026-12-16    4
    Thu 2026-12-17    4
    Fri 2026-12-18    4
    Sat 2026-12-19    4
    Sun 2026-12-20    4
    Mon 2026-12-21    3
    Tue 2026-12-22    4
    The last 53 weeks
    Month    Days of study  Answers  Minutes
    2026-07              6       60      5.5
    2026-08             31      310     33.5
    2026-09             30      300     32.3
    2026-10             31      310     33.5
    2026-11             22      220     24.3
    ");
}

#[test]
fn drift_is_told_where_there_is_any() {
    let mut told = some_statistics();
    told.drift.recent = Share::of(240, 300);
    told.drift.before = Share::of(810, 900);
    told.drift.z = Some(-4.5);
    told.drift.p = Some(0.000_004);
    told.drift.differs = true;
    let screen = statistics(&told, &Show::Screen, DayRange::ALL, wide(80));
    let changed = "Retention has fallen: 80 % in 30 days, 90 % in the 90 before (p < 0.001).";
    assert!(screen.contains(changed), "{screen}");
    assert!(screen.lines().count() < 24);
    fits(&screen, 80);
    told.drift.differs = false;
    told.drift.p = Some(0.41);
    let section = Show::Only(vec![Section::Drift]);
    let page = statistics(&told, &section, DayRange::ALL, wide(80));
    assert!(page.contains("No difference that chance would not explain (p = 0.410)"), "{page}");
}

#[test]
fn statistics_of_nothing_say_what_to_do() {
    let frame = |decks| Frame { today: today(), range: DayRange::ALL, decks, tags: Vec::new() };
    let none = crate::stats::statistics(frame(Vec::new()), [], []);
    insta::assert_snapshot!(statistics(&none, &Show::Screen, DayRange::ALL, Paper::default()), @"
    Statistics, Monday, 2026-11-23

    No cards yet. `kata import PATH` takes a deck file, or a folder of them.
    ");
    let deck = DeckFrame { row: DeckRow(1), name: deck("devops"), leech_threshold: 8 };
    let one = crate::stats::statistics(frame(vec![deck]), [], [new_card(1)]);
    insta::assert_snapshot!(statistics(&one, &Show::Screen, DayRange::ALL, Paper::default()), @"
    Statistics, Monday, 2026-11-23. Streak: none yet; it starts with the first answer.
    1 card: 1 new, 0 young, 0 mature.
    Today: nothing yet.
    No reviews yet. What counts is a card that comes due again after it was learned.
    Passed (95 % interval, reviews); mature: 21 days and up. More: kata stats --all
    Due: nothing in 30 days.
    ");
}
