//! Whole texts, as their pages read.

mod asked;
mod hostile;

use super::*;
use crate::frontend::{Depth, Tone};
use ratatui::style::{Modifier, Style};

const COLOURED: Theme = Theme { tone: Tone::Dark, depth: Depth::Sixteen };
const COLOURLESS: Theme = Theme { tone: Tone::Dark, depth: Depth::None };

fn sheet(columns: usize) -> Sheet {
    Sheet { columns, theme: COLOURED, addresses: Addresses::Behind }
}

/// A page of a text in which `«` and `»` stand for the marks.
fn page(text: &str, sheet: Sheet) -> Page {
    let text = text.replace('«', "\u{fdd0}").replace('»', "\u{fdd1}");
    markdown(&text, Role::Asked, sheet)
}

fn text(page: &Page) -> Vec<String> {
    page.lines.iter().map(ToString::to_string).collect()
}

fn lines(markdown: &str, columns: usize) -> Vec<String> {
    text(&page(markdown, sheet(columns)))
}

/// The style of the first piece that has this text in it.
fn style(page: &Page, text: &str) -> Style {
    let mut spans = page.lines.iter().flat_map(|line| &line.spans);
    let span = spans.find(|span| span.content.contains(text));
    span.unwrap_or_else(|| panic!("no {text:?} in {page:?}")).style
}

#[test]
fn blocks_are_one_blank_line_apart() {
    let markdown =
        "\n# Flow\n\n\nOne.\n\n> Two.\n>\n> Three.\n\n***\n\n    let x;\n\n<b>\nFour\n</b>\n\n";
    let read = lines(markdown, 12);
    let expected = [
        "Flow",
        "",
        "One.",
        "",
        "│ Two.",
        "│",
        "│ Three.",
        "",
        "────────────",
        "",
        "  let x;",
        "",
        "<b>",
        "Four",
        "</b>",
    ];
    assert_eq!(read, expected);
    assert_eq!(page("", sheet(40)), Page::default());
    assert_eq!(page(" \n\n", sheet(40)), Page::default());
}

#[test]
fn a_line_feed_that_was_typed_stays() {
    assert_eq!(lines("one\ntwo  \nthree\\\nfour", 40), ["one", "two", "three", "four"]);
}

#[test]
fn emphasis_and_headings_are_styles() {
    let page = page("# top\n\n## below\n\n*leans* **stands _both_** ~~gone~~", sheet(40));
    assert_eq!(text(&page).last().unwrap(), "leans stands both gone");
    let has = |text, modifier| style(&page, text).add_modifier.contains(modifier);
    assert!(has("top", Modifier::BOLD | Modifier::UNDERLINED));
    assert!(has("below", Modifier::BOLD) && !has("below", Modifier::UNDERLINED));
    assert!(has("leans", Modifier::ITALIC));
    assert!(has("both", Modifier::BOLD | Modifier::ITALIC));
    assert!(has("gone", Modifier::CROSSED_OUT));
}

#[test]
fn code_in_a_line_is_told_by_its_colour_or_else_by_its_backticks() {
    let coloured = page("run `ls  -l`", sheet(40));
    assert_eq!(text(&coloured), ["run ls  -l"]);
    assert_eq!(style(&coloured, "ls"), COLOURED.style(Role::Code));
    let colourless = page("run `ls  -l`", Sheet { theme: COLOURLESS, ..sheet(40) });
    assert_eq!(text(&colourless), ["run `ls  -l`"]);
}

#[test]
fn lists_hang_their_lines_behind_bullets_and_numbers() {
    let tight = "Steps:\n- one that is long\n  - within\n- two\n\n9. nine\n10. ten\n\nEnd.";
    let expected = [
        "Steps:",
        "",
        "• one that",
        "  is long",
        "  • within",
        "• two",
        "",
        "9. nine",
        "10. ten",
        "",
        "End.",
    ];
    assert_eq!(lines(tight, 12), expected);
    let loose = "1. one\n\n   more\n\n2. two\n   - a\n   - b\n3. [x] three\n";
    let expected =
        ["1. one", "", "   more", "", "2. two", "", "   • a", "   • b", "", "3. [x] three"];
    assert_eq!(lines(loose, 40), expected);
    assert_eq!(lines("-\n- - b\n- ```\n  c\n  ```\n- d", 40), ["•", "• • b", "•   c", "• d"]);
}

#[test]
fn a_list_deeper_than_the_page_has_room_for_keeps_its_numbers() {
    let read = lines("1. a\n   1. b\n      1. c\n         7. d", 12);
    assert_eq!(read, ["1. a", "   1. b", "      1. c", "      7. d"]);
}

#[test]
fn quotes_have_a_bar_before_every_line() {
    let page = page("> long enough to wrap\n> - item\n>\n> > deeper", sheet(14));
    let expected = ["│ long enough", "│ to wrap", "│", "│ • item", "│", "│ │ deeper"];
    assert_eq!(text(&page), expected);
    assert_eq!(style(&page, "│"), COLOURED.style(Role::Quote));
}

#[test]
fn code_is_kept_as_it_is_and_in_the_colours_of_its_language() {
    let page = page("```rust\nfn due() {\n    let n = 1_000_000;\n\n}\n```", sheet(16));
    let expected = ["  fn due() {", "      let n = 1_", "  000_000;", "", "  }"];
    assert_eq!(text(&page), expected);
    assert_eq!(style(&page, "fn"), COLOURED.style(Role::Keyword));
    assert_eq!(style(&page, "000_000"), COLOURED.style(Role::Constant));
    assert_eq!(lines("```klingon\nnuqneH\n```", 16), ["  nuqneH"]);
}

#[test]
fn a_link_is_known_by_line_and_columns() {
    let markdown = "> see [the two books](https://a.org/ü) and <x@y.org>";
    let page = page(markdown, sheet(16));
    assert_eq!(text(&page), ["│ see the two", "│ books and", "│ x@y.org"]);
    let links: Vec<_> =
        page.links.iter().map(|l| (l.line, l.columns.clone(), l.target.as_str())).collect();
    let expected = [
        (0, 6..13, "https://a.org/%C3%BC"),
        (1, 2..7, "https://a.org/%C3%BC"),
        (2, 2..9, "mailto:x@y.org"),
    ];
    assert_eq!(links, expected);
    assert_eq!(
        style(&page, "books"),
        COLOURED.style(Role::Quote).patch(COLOURED.style(Role::Link))
    );
}

#[test]
fn an_address_is_told_where_the_terminal_does_not_lead_to_it() {
    let after = Sheet { addresses: Addresses::After, ..sheet(60) };
    let markdown = "[book](https://a.org) <https://b.org> [https://c.org](https://c.org)";
    let page = page(markdown, after);
    assert_eq!(text(&page), ["book (https://a.org) https://b.org https://c.org"]);
    assert_eq!(style(&page, "(https://a.org)"), COLOURED.style(Role::Quiet));
    assert_eq!(page.links.len(), 3);
}

#[test]
fn a_link_to_no_web_page_leads_nowhere_and_tells_its_address() {
    let page = page("[a](javascript:x) [b](notes.md) [c]()", sheet(60));
    assert_eq!(text(&page), ["a (javascript:x) b (notes.md) c"]);
    assert_eq!(page.links, []);
}

#[test]
fn an_image_has_a_line_of_its_own() {
    let page = page("Look: ![the *flow*](img/flow.png \"t\") and\n![](b/c.png)\nend", sheet(40));
    assert_eq!(text(&page), ["Look:", "[image: the flow]", "and", "[image] c.png", "end"]);
    let images: Vec<_> =
        page.images.iter().map(|i| (i.lines.clone(), i.source.as_str(), i.alt.as_str())).collect();
    assert_eq!(images, [(1..2, "img/flow.png", "the flow"), (3..4, "b/c.png", "")]);
    assert_eq!(style(&page, "flow"), COLOURED.style(Role::Quiet));
    assert_eq!(lines("![a very long text](x.png)", 12), ["[image: a v…"]);
    assert_eq!(lines("[![a](b.png)](https://c.org)", 40), ["[image: a]"]);
}

#[test]
fn a_table_has_edges_and_alignments() {
    let markdown = "| Term | Days |\n|:--|--:|\n| `new` | 1 |\n| **old** é | 21 |";
    let page = page(markdown, sheet(40));
    let expected = [
        "┌───────┬──────┐",
        "│ Term  │ Days │",
        "├───────┼──────┤",
        "│ new   │    1 │",
        "│ old é │   21 │",
        "└───────┴──────┘",
    ];
    assert_eq!(text(&page), expected);
    assert_eq!(style(&page, "new"), COLOURED.style(Role::Code));
    assert!(style(&page, "Days").add_modifier.contains(Modifier::BOLD));
}

#[test]
fn a_wide_table_wraps_its_cells() {
    let markdown = "a|b\n-|-\none|first of the three ways\ntwo|feedback";
    let expected = [
        "┌─────┬────────────┐",
        "│ a   │ b          │",
        "├─────┼────────────┤",
        "│ one │ first of   │",
        "│     │ the three  │",
        "│     │ ways       │",
        "├─────┼────────────┤",
        "│ two │ feedback   │",
        "└─────┴────────────┘",
    ];
    assert_eq!(lines(markdown, 20), expected);
}

#[test]
fn a_table_of_too_many_columns_is_one_record_after_another() {
    let markdown = "name|meaning||d\n-|-|-|-\nWIP|work in progress|x|\nMTTR|time to restore|y|z";
    let expected = [
        "name: WIP",
        "meaning: work",
        "in progress",
        "x",
        "",
        "name: MTTR",
        "meaning: time",
        "to restore",
        "y",
        "d: z",
    ];
    assert_eq!(lines(markdown, 14), expected);
}

#[test]
fn images_of_a_table_come_below_it() {
    let page = page("|a|\n|-|\n|![x](y.png)|", sheet(40));
    let expected = [
        "┌────────────┐",
        "│ a          │",
        "├────────────┤",
        "│ [image: x] │",
        "└────────────┘",
        "[image: x]",
    ];
    assert_eq!(text(&page), expected);
    assert_eq!(page.images[0].lines, 5..6);
}
