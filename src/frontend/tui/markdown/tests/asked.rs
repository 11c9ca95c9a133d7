//! What is asked, between marks.

use super::*;
use proptest::prelude::*;
use ratatui::style::Color;

fn looks_asked(style: Style) -> bool {
    style.fg == Some(Color::Yellow) && style.add_modifier.contains(Modifier::BOLD)
}

/// All that has the looks of what is asked.
fn asked(page: &Page) -> String {
    let spans = page.lines.iter().flat_map(|line| &line.spans);
    let asked = spans.filter(|span| looks_asked(span.style));
    asked.map(|span| &*span.content).collect()
}

#[test]
fn what_is_asked_has_its_looks_wherever_it_stands() {
    for (markdown, expected) in [
        ("a «b c» d", "b c"),
        ("a *b «c» d* e", "c"),
        ("«*a*» b «**c**»d", "ac"),
        ("x«_a_»", "_a_"),
        ("`a «b» c` d", "b"),
        ("``a` «b»`` d", "b"),
        ("# a «b»", "b"),
        ("- a\n- «b»", "b"),
        ("> a\n> «b\n> c» d", "bc"),
        ("a [«b» c](https://d.org)", "b"),
        ("```rust\nlet «x» = 1;\n```", "x"),
        ("> ```\n> a\n> «b\n> c»\n> ```", "bc"),
        ("    a «b»", "b"),
        ("«```\na\n```»", "a"),
        ("a|b\n-|-\n«c»|d", "c"),
        ("a «&amp;b»", "&b"),
        ("«\\*»a", "*"),
        ("<i>«a»</i>", "a"),
        ("![«a»](b.png)", "[image: a]"),
    ] {
        let page = page(markdown, sheet(40));
        assert_eq!(asked(&page), expected, "{markdown}");
        assert!(page.focus.is_some(), "{markdown}");
    }
}

#[test]
fn a_mark_keeps_a_piece_from_being_read_as_markdown_that_it_is_not() {
    for markdown in [
        "«[…]»: Paris",
        "«[…]»(s)",
        "«[…]»[1]",
        "«1969». It was",
        "«>» redirects",
        "«#» is a comment",
        "«+» adds",
        "«---» starts",
        "«*» is any",
        "«```» fences",
    ] {
        let page = page(markdown, sheet(40));
        assert_eq!(text(&page), [markdown.replace(['«', '»'], "")]);
        assert!(!asked(&page).is_empty());
    }
}

#[test]
fn marks_without_their_other_half_are_dropped() {
    for markdown in ["a «b", "a» b", "»a «b", "a ««b", "`a» b", "```\na «b\n```"] {
        let page = page(markdown, sheet(40));
        assert_eq!((asked(&page), page.focus), (String::new(), None), "{markdown}");
    }
    assert_eq!(lines("[a](https://b.org/«c») ![«»](d«e».png)", 40), ["a", "[image] de.png"]);
}

#[test]
fn the_focus_is_the_lines_of_what_is_asked() {
    let page = page("one\n\n> two «three four» five «six»\n\nseven", sheet(13));
    let expected = ["one", "", "│ two three", "│ four five", "│ six", "", "seven"];
    assert_eq!(text(&page), expected);
    assert_eq!(page.focus, Some(2..5));
}

#[test]
fn what_is_asked_is_bold_without_colours_and_has_another_colour_once_revealed() {
    let colourless = page("a «b» c", Sheet { theme: COLOURLESS, ..sheet(40) });
    assert_eq!(style(&colourless, "b"), Modifier::BOLD.into());
    let revealed = markdown("a \u{fdd0}b\u{fdd1}", Role::Revealed, sheet(40));
    assert_eq!(style(&revealed, "b"), COLOURED.style(Role::Revealed));
}

proptest! {
    #[test]
    fn all_that_is_asked_of_plain_words_is_in_focus(
        before in "[a-z ]{0,20}", asked in "[a-z]{1,30}", after in "[a-z ]{0,20}", columns in 10_usize..40,
    ) {
        let page = page(&format!("x{before}«{asked}»{after}"), sheet(columns));
        prop_assert_eq!(self::asked(&page), asked);
        prop_assert!(page.focus.is_some());
    }
}
