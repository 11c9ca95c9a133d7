//! The page as a whole.

use super::*;
use crate::stats::{DayRange, Frame, Tally};

fn nothing() -> Statistics {
    let today = "2026-11-23".parse().unwrap();
    Tally::new(Frame { today, range: DayRange::ALL, decks: Vec::new(), tags: Vec::new() })
        .statistics()
}

#[test]
fn a_page_of_nothing_says_so_and_has_no_charts() {
    let page = html(&nothing(), None);
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let tree = roxmltree::Document::parse_with_options(&page, options).unwrap();
    assert!(!tree.descendants().any(|node| node.has_tag_name("figure")));
    for sentence in ["No reviews yet.", "No answers yet.", "No cards yet."] {
        assert!(page.contains(sentence), "{sentence}");
    }
}

#[test]
fn what_was_asked_for_is_told_as_text() {
    let page = html(&nothing(), Some("<b>\u{1b}[2J\u{202e}"));
    assert!(page.contains("&#60;b&#62;␛[2J⟨U+202E⟩"), "{page}");
}

#[test]
fn the_policy_allows_the_style_of_the_page_and_nothing_else() {
    let page = html(&nothing(), None);
    let (_, from_style) = page.split_once("<style>").unwrap();
    let (style, _) = from_style.split_once("</style>").unwrap();
    let hash = BASE64.encode(&Sha256::digest(style));
    let policy = format!("default-src &#39;none&#39;; style-src &#39;sha256-{hash}&#39;;");
    assert!(page.contains(&policy));
    assert!(!style.contains("url(") && !style.contains("@import"));
}
