//! Folders that other machines have, too. There SQLite's write-ahead log must not be used: its readers
//! and writers find each other in memory that they share.

use std::path::Path;

/// What Linux calls the kinds of file systems that another machine may write to at the same time, or
/// where a program that is no part of the system stands between: NFS, SMB and its two elders, 9P, AFS,
/// Coda, Ceph, Lustre, GFS2, OCFS2, VirtualBox's shared folders, FUSE. From statfs(2) and linux/magic.h.
#[cfg(target_os = "linux")]
const SHARED: [u32; 13] = [
    0x6969,
    0xfe53_4d42,
    0xff53_4d42,
    0x517b,
    0x0102_1997,
    0x5346_414f,
    0x7375_7245,
    0x00c3_6400,
    0x0bd0_0bd0,
    0x0116_1970,
    0x7461_636f,
    0x786f_4256,
    0x6573_5546,
];

/// Whether a file is where other machines may have it, too, as far as the system tells.
#[cfg(target_os = "linux")]
pub(super) fn is_shared(path: &Path) -> bool {
    // The type has another sign and width on each platform; the numbers have 32 bits.
    let kind = rustix::fs::statfs(path).map(|found| found.f_type & 0xffff_ffff);
    kind.is_ok_and(|kind| SHARED.iter().any(|shared| i128::from(*shared) == i128::from(kind)))
}

/// Whether a file is where other machines may have it, too, as far as the system tells.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_shared(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_this_machine_is_not_shared() {
        assert!(!is_shared(&std::env::temp_dir()));
        assert!(!is_shared(Path::new("/proc")), "nor one that is on no disk");
    }
}
