//! Whether a database is as it should be, and what can be done if not.
//!
//! | file | holds |
//! | --- | --- |
//! | `check` | the checks, each on its own |
//! | `repair` | mending what can be mended without losing an event |

mod check;
mod repair;

pub use check::{Check, Finding};
pub use repair::Mended;
