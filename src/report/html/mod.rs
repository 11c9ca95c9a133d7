//! `kata stats --html`: one page that needs nothing else.
//!
//! No script, no network, no style but the one that its policy names by hash. Text of decks gets
//! into it on two ways, both of which escape it and make visible what cannot be seen: through the
//! template, and through [`drawing`].

mod calendar;
mod columns;
mod drawing;
mod grades;
mod habit;
mod headline;
mod material;
mod memory;
mod plot;
mod points;
mod scale;
mod section;
mod table;
#[cfg(test)]
mod tests;

use crate::model::text::visible_line;
use crate::report::html::headline::Headline;
use crate::report::html::section::Section;
use crate::report::html::table::Holds;
use crate::report::words::weekday_and_date;
use crate::stats::Statistics;
use askama::Template;
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

const CSS: &str = include_str!("page.css");

/// The page, as its template sees it.
#[derive(Template)]
#[template(path = "page.html")]
struct Page {
    policy: String,
    css: &'static str,
    version: &'static str,
    day: String,
    scope: Option<String>,
    headline: Vec<Headline>,
    sections: Vec<Section>,
}

/// The statistics as a page of HTML; `scope` says of which cards and days they are, if not of all.
///
/// # Panics
/// Never: a template fails only if what it is written to does, which is a string.
pub fn html(statistics: &Statistics, scope: Option<&str>) -> String {
    let page = Page {
        policy: policy(),
        css: CSS,
        version: env!("CARGO_PKG_VERSION"),
        day: weekday_and_date(statistics.day),
        scope: scope.map(|scope| visible_line(scope).into_owned()),
        headline: headline::headline(statistics),
        sections: vec![
            memory::section(statistics),
            habit::section(statistics),
            material::section(statistics),
        ],
    };
    page.render().expect("a string takes all that is written to it")
}

/// What a browser may do with the page: nothing but show it, in its own style.
fn policy() -> String {
    let style = BASE64.encode(&Sha256::digest(CSS));
    format!("default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'")
}
