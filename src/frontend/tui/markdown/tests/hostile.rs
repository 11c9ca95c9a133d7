//! Texts that nobody writes in good faith.

use super::super::promises::assert_keeps_its_promises;
use super::*;
use crate::model::text::is_unseen;
use proptest::prelude::*;

#[test]
fn no_character_that_a_terminal_obeys_comes_out() {
    let markdown = "a\u{1b}[2J &#27;]8;; `\u{9b}` &#x202e;\n\n```\n\u{7}\n```\n\n[x](<https://a.org/\u{1b}>) ![\u{1b}](<\u{1b}.png>)";
    let page = page(markdown, sheet(60));
    let read = text(&page);
    assert_eq!(read[0], "a␛[2J ␛]8;; ⟨U+009B⟩ ⟨U+202E⟩");
    assert!(
        read.iter().chain(&[page.images[0].source.clone()]).all(|line| !line.contains(is_unseen))
    );
    assert_eq!(page.links[0].target, "https://a.org/%1B");
}

/// What Markdown, terminals and Unicode make something of.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]{0,12}",
        "\\PC{0,6}",
        any::<char>().prop_map(String::from),
        proptest::sample::select(vec![
            "\n",
            "\n\n",
            "\n    ",
            "\n  ",
            "\n> ",
            "\n- ",
            "\n1. ",
            "\n999999999. ",
            "\n# ",
            "\n```rust\n",
            "\n```\n",
            "\n***\n",
            "\n---\n",
            "\n|a|b|\n|-|:-:|\n|",
            "|",
            "*",
            "**",
            "_",
            "~~",
            "`",
            "[",
            "](",
            ")",
            "![",
            "<",
            ">",
            "<b>",
            "<!--",
            "&#27;",
            "&#10;",
            "&#x202E;",
            "&amp;",
            "\\",
            "https://a.org",
            "\u{fdd0}",
            "\u{fdd1}",
            "\t",
            "\r\n",
            "\r",
            "\u{1b}[31m",
            "\u{202e}",
            "\u{200d}",
            "\u{301}",
            "\u{fe0f}",
            "☺",
            "👩\u{200d}🔬",
            "🇪🇺",
            "🇪",
            "改善",
            "ᄀᄀᄀᄀᄀᄀᄀᄀ",
            "क्क्क्क्क्क्क्क",
            "ﾞ",
            "⸻",
            "\u{2028}",
            "\u{ad}",
            "لا",
            "שלום",
            "ไทย",
            "\u{3000}",
            "\u{a0}",
            "word ",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_keeps_to_its_sheet(
        text in prop_oneof![any::<String>(), hostile()],
        columns in 10_usize..60,
        after: bool,
        colours: bool,
    ) {
        let addresses = if after { Addresses::After } else { Addresses::Behind };
        let theme = if colours { COLOURED } else { COLOURLESS };
        let page = markdown(&text, Role::Asked, Sheet { columns, theme, addresses });
        assert_keeps_its_promises(&page, columns);
    }
}

/// A loop in a loop would take minutes.
#[test]
fn texts_that_nest_or_repeat_without_end_come_to_one() {
    for markdown in [
        "> ".repeat(10_000),
        "> ".repeat(10_000) + "a",
        "- ".repeat(5_000) + "a",
        (0..200).map(|depth| "  ".repeat(depth) + "- a\n").collect(),
        "*".repeat(200_000),
        "[".repeat(200_000),
        "![".repeat(20_000),
        "**a ".repeat(10_000),
        "`".repeat(200_000),
        "<".repeat(50_000),
        "|".repeat(50_000),
        OPENS.to_string().repeat(50_000),
        format!("{OPENS}a{CLOSES}").repeat(20_000),
        "\u{301}".repeat(50_000),
        "ᄀ".repeat(20_000),
        "a".repeat(50_000),
        " a".repeat(50_000),
        "a\n".repeat(20_000),
        "&#27;".repeat(20_000),
        [&*"|a".repeat(500), &"|-".repeat(500), &"|a\n".repeat(1_000)].join("\n"),
        format!("[{}](https://{})", "a ".repeat(20_000), "b".repeat(1_900)),
        format!("```rust\n{}\n```", "\"(".repeat(20_000)),
    ] {
        assert_keeps_its_promises(&page(&markdown, sheet(80)), 80);
    }
}
