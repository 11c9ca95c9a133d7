//! Backups: whole databases, copied while others read and write, verified and compressed, in a
//! folder beside the database.
//!
//! | file | holds |
//! | --- | --- |
//! | `name` | what a backup is called |
//! | `folder` | the backups that there are |
//! | `make` | making one |
//! | `keep` | which stay |
//! | `daily` | the one at a study day's first write, made beside it |
//! | `restore` | putting one back |

mod daily;
mod folder;
mod keep;
mod make;
mod name;
mod restore;

pub(super) use daily::Daily;
pub use folder::{Backup, Backups};
pub use keep::Keep;
pub use name::{BackupName, Reason};
pub use restore::{Contents, Unpacked};
