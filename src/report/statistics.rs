//! `kata stats`: the page.

use crate::report::Style;
use crate::report::words::weekday_and_date;
use crate::stats::Statistics;

/// The page of `kata stats`.
pub fn statistics(statistics: &Statistics, style: Style, _width: Option<usize>) -> String {
    style.bold(&weekday_and_date(statistics.day)) + "\n"
}
