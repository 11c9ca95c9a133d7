//! `kata stats --html`: the page.

use crate::browser::{WIDTHS, look_at};
use crate::home::{Home, run};
use crate::pictures::after_weeks;
use roxmltree::{Document, Node, ParsingOptions};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// What a page with a history has charts of.
const CHARTS: [&str; 13] = [
    "Retention by window",
    "Retention by interval: the forgetting curve",
    "Retention by hour of day",
    "Retention by weekday",
    "Answers on each day of the last year",
    "Answers a day",
    "Minutes a day",
    "New cards learned a day",
    "Answers by grade",
    "Cards by state",
    "Due in the next 30 days",
    "Cards by interval",
    "Cards by ease",
];

/// Grades the first card of a session, and leaves its drill.
fn answer_once(home: &Home, grade: u8) {
    let mut review = home.review(&[]);
    review.expect("hello");
    review.expect("card");
    review.grade(grade);
    review.end();
}

fn page_of(home: &Home) -> String {
    home.kata(&["stats", "--html", "-"]).ok().stdout
}

/// The page as a tree: it is well-formed XML, too, so that nothing is left open in it.
#[track_caller]
fn tree(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..Default::default() };
    Document::parse_with_options(page, options).unwrap_or_else(|e| panic!("{e}: {page}"))
}

fn named<'a, 'd>(node: Node<'a, 'd>, name: &'static str) -> impl Iterator<Item = Node<'a, 'd>> {
    node.descendants().filter(move |node| node.tag_name().name() == name)
}

fn text(node: Node) -> String {
    node.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect()
}

/// The titles of the page's charts. Each chart is named by its heading, has numbers in a table
/// below, and says at each mark what it is.
#[track_caller]
fn charts(page: &str) -> Vec<String> {
    let tree = tree(page);
    let figures = named(tree.root(), "figure").map(|figure| {
        let svg = named(figure, "svg").next().unwrap();
        let id = svg.attribute("aria-labelledby").unwrap();
        let heading = named(figure, "h3").next().unwrap();
        assert_eq!(heading.attribute("id"), Some(id));
        let title = text(heading);
        let table = named(figure, "table").next().unwrap();
        assert_eq!(text(named(table, "caption").next().unwrap()), title);
        let columns = named(table, "thead").flat_map(|head| named(head, "th")).count();
        let rows: Vec<Node> = named(table, "tbody").flat_map(|body| named(body, "tr")).collect();
        assert!(!rows.is_empty(), "{title} has no numbers");
        for row in rows {
            assert_eq!(row.children().filter(Node::is_element).count(), columns, "{title}");
        }
        let marks = named(svg, "g").filter(|group| group.attribute("class") == Some("mark"));
        let hovers = marks.map(|mark| text(named(mark, "title").next().unwrap()));
        let hovers: Vec<String> = hovers.collect();
        assert!(!hovers.is_empty() && hovers.iter().all(|words| !words.is_empty()), "{title}");
        title
    });
    let titles = figures.collect();
    needs_nothing_else(&tree);
    titles
}

#[track_caller]
fn needs_nothing_else(tree: &Document) {
    for node in tree.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        assert!(!["script", "link", "img", "iframe", "object", "base"].contains(&name), "{name}");
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(!key.starts_with("on") && !["style", "src"].contains(&key), "{key}={value}");
            assert!(key != "href" || value.starts_with('#'), "{key}={value}");
        }
    }
}

#[test]
fn every_chart_has_its_title_and_its_table() {
    let page = page_of(&after_weeks());
    assert_eq!(charts(&page), CHARTS);
    for listing in ["Hardest cards", "By deck", "By tag"] {
        assert!(page.contains(&format!("<caption>{listing}</caption>")), "{listing}");
    }
}

#[test]
fn a_page_is_whole_without_cards_without_answers_and_after_one() {
    let home = Home::new();
    assert_eq!(charts(&page_of(&home)), [""; 0]);
    let mut home = Home::with_notes(1);
    assert_eq!(charts(&page_of(&home)), ["Cards by state"]);
    home.review(&[]).grade_all(4);
    let learned = charts(&page_of(&home));
    assert_eq!(learned, CHARTS[4..], "nothing came due again yet");
    answer_once(home.on("2026-11-24"), 2);
    let page = page_of(&home);
    assert_eq!(charts(&page), CHARTS);
    assert!(page.contains("7 days: 0 % passed, 95 % interval 0 to 79 %, 0 of 1 review"), "{page}");
}

#[test]
fn text_of_decks_stays_text() {
    let mut home = Home::new();
    home.write(
        "evil.yaml",
        r#"deck: evil
title: "<script>alert(1)</script>"
tags: ["<b>tag</b>"]
cards:
  - {front: "<script>alert(1)</script> \e[2J \u202E \"'><img src=x onerror=y>", back: "</table>"}
"#,
    );
    home.kata(&["import", "evil.yaml"]).ok();
    home.review(&[]).grade_all(4);
    answer_once(home.on("2026-11-24"), 3);
    let page = page_of(&home);
    assert_eq!(charts(&page).len(), CHARTS.len());
    let tree = tree(&page);
    let cells: Vec<String> = named(tree.root(), "td").map(text).collect();
    let question = "<script>alert(1)</script> ␛[2J ⟨U+202E⟩ \"'><img src=x onerror=y>";
    assert!(cells.iter().any(|cell| cell == question), "{cells:?}");
    assert!(named(tree.root(), "th").any(|tag| text(tag) == "<b>tag</b>"));
}

#[test]
fn the_page_says_of_which_cards_and_days_it_is() {
    let home = Home::with_notes(1);
    let page = home.kata(&["stats", "plain", "--since", "2026-11-01", "--html", "-"]).ok().stdout;
    assert!(page.contains(">plain, since 2026-11-01<"), "{page}");
}

#[test]
fn the_page_is_in_its_file_whole_or_not_at_all() {
    let home = Home::with_notes(1);
    let said = home.kata(&["stats", "--html", "page.html"]).ok();
    assert_eq!(said.stdout, "The page is in page.html.\n");
    assert_eq!(fs::read_to_string(home.path("page.html")).unwrap(), page_of(&home));
    let missing = home.kata(&["stats", "--html", "nowhere/page.html"]).exits(1);
    assert!(missing.stderr.contains("cannot write the page to nowhere/page.html"));
    home.kata(&["stats", "--html", "decks"]).exits(1);
    let database = home.database();
    home.kata(&["stats", "--html", database.to_str().unwrap()]).exits(2);
    home.kata(&["stats", "--html", "page.html", "--json"]).exits(2);
    home.kata(&["stats", "--html", "-", "--open"]).exits(2);
}

#[test]
fn a_file_that_may_not_be_written_stays_as_it_is() {
    let home = Home::with_notes(1);
    let file = home.write("kept/page.html", "as it was");
    fs::set_permissions(home.path("kept"), fs::Permissions::from_mode(0o555)).unwrap();
    let failed = home.kata_as_nobody(&["--db", "none.db", "stats", "--html", "kept/page.html"]);
    assert!(failed.exits(1).stderr.contains("cannot write the page to kept/page.html"));
    assert_eq!(fs::read_to_string(file).unwrap(), "as it was");
    fs::set_permissions(home.path("kept"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn open_shows_a_page_that_only_its_owner_may_read() {
    let home = Home::with_notes(1);
    // What the platform opens files with: here it only tells which.
    let told = home.path("told");
    assert!(Command::new("mkfifo").arg(&told).status().unwrap().success());
    let opener =
        home.write("bin/xdg-open", format!("#!/bin/sh\necho \"$1\" >{}\n", told.display()));
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = home.command(&["stats", "--open"]);
    command.env("PATH", home.path("bin"));
    let said = run(command, "").ok();
    let page = home.path(".cache/kata/statistics.html");
    assert_eq!(said.stdout, format!("The page is in {}.\n", page.display()));
    let full = fs::canonicalize(&page).unwrap();
    assert_eq!(fs::read_to_string(told).unwrap().trim_end(), full.to_str().unwrap());
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(page.parent().unwrap()), mode(&page)), (0o700, 0o600));
}

#[test]
fn a_browser_shows_the_page_without_complaint_and_without_asking_anybody() {
    let home = after_weeks();
    home.kata(&["stats", "--html", "page.html"]).ok();
    let Some(look) = look_at(&home.path("page.html")) else { return };
    assert_eq!(look.console, [""; 0]);
    assert_eq!(look.requests, [""; 0]);
    assert_eq!(look.views.len(), WIDTHS.len());
    for view in &look.views {
        assert!(view["needed"].as_u64() <= view["width"].as_u64(), "too wide: {view}");
        assert_eq!(view["title"], "Statistics, Monday, 2026-11-23");
        assert_ne!(view["background"], "rgba(0, 0, 0, 0)", "the style is there");
        let figures = view["figures"].as_array().unwrap();
        let titles: Vec<&str> = figures.iter().map(|one| one["title"].as_str().unwrap()).collect();
        assert_eq!(titles, CHARTS);
        for figure in figures {
            assert!(figure["rows"].as_u64() > Some(0), "{figure}");
            assert!(figure["marks"].as_u64() > Some(0), "{figure}");
            assert_eq!(figure["marks"], figure["hovers"], "{figure}");
            assert_eq!(figure["outside"], 0, "labels are within the chart: {figure}");
        }
    }
}
