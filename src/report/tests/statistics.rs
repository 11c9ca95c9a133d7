//! The page of `kata stats`.

use super::*;
use crate::report::statistics;
use crate::schedule::Memory;
use crate::stats::Answer;

/// Answers of 120 days, by a pattern that has young and mature cards, fails and drills.
pub(super) fn some_statistics() -> crate::stats::Statistics {
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
