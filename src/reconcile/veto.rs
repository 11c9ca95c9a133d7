//! What no likeness overrules: "99.9 percent" is not "90 percent", "does" is not "does not".

use super::words::Text;

/// Whether the two texts differ in a number or in how often they negate.
pub(super) fn forbids(a: &Text, b: &Text) -> bool {
    a.numbers != b.numbers || a.negations != b.negations
}

/// Whether each has a number that the other lacks: one stands for the other.
pub(super) fn numbers_replaced(a: &Text, b: &Text) -> bool {
    let lacks = |a: &Text, b: &Text| a.numbers.iter().any(|number| !b.numbers.contains(number));
    lacks(a, b) && lacks(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(a: &str, b: &str) -> bool {
        forbids(&Text::of(a), &Text::of(b))
    }

    #[test]
    fn numbers_and_negations_forbid() {
        for (a, b) in [
            ("99.9 percent", "90 percent"),
            ("release 1.1", "release 1.10"),
            ("Charles I of England", "Charles II of England"),
            ("the second way", "the third way"),
            ("does it", "does it not"),
            ("with -i", "without -i"),
            ("can it", "can't it"),
            ("食べます", "食べません"),
            ("IPv4", "IPv6"),
            ("zwei Wege", "drei Wege"),
        ] {
            assert!(of(a, b), "{a} / {b}");
        }
        for (a, b) in [
            ("don't", "don’t"),
            ("doesn't", "does not"),
            ("3 ways", "three ways"),
            ("10,000", "10000"),
            ("need not", "needs no"),
        ] {
            assert!(!of(a, b), "{a} / {b}");
        }
    }
}
