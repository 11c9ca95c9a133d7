//! What is read from outside, up to a limit: a file that is too large is told, not loaded.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// The bytes of a file that has so many at most.
///
/// # Errors
/// If it cannot be read, or is larger.
pub(super) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path, most)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file that gives so many bytes at most. A larger one fails at once, or, if it has no size or
/// grows, where it is read too far.
///
/// # Errors
/// If it cannot be opened, or is larger.
pub(super) fn open(path: &Path, most: u64) -> io::Result<Limited<File>> {
    let file = File::open(path)?;
    match file.metadata()?.len() > most {
        true => Err(too_large(most)),
        false => Ok(Limited { from: file, left: most, most }),
    }
}

/// A reader that fails where its limit is passed.
#[derive(Debug)]
pub(super) struct Limited<R> {
    from: R,
    left: u64,
    most: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| too_large(self.most))?;
        Ok(read)
    }
}

fn too_large(most: u64) -> io::Error {
    let size = match most {
        0..0x4000_0000 => format!("{} MiB", most >> 20),
        _ => format!("{} GiB", most >> 30),
    };
    io::Error::new(ErrorKind::FileTooLarge, format!("it is over {size}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], most: u64) -> Result<Vec<u8>, ErrorKind> {
        let mut read = Vec::new();
        let mut limited = Limited { from: bytes, left: most, most };
        limited.read_to_end(&mut read).map(|_| read).map_err(|error| error.kind())
    }

    #[test]
    fn as_much_as_the_limit_is_read_and_not_a_byte_more() {
        assert_eq!(read(b"12345", 5), Ok(b"12345".to_vec()));
        assert_eq!(read(b"123456", 5), Err(ErrorKind::FileTooLarge));
    }

    #[test]
    fn a_file_without_a_size_is_read_no_farther_than_the_limit() {
        let error = super::read(Path::new("/dev/zero"), 1 << 20).unwrap_err();
        assert_eq!(error.to_string(), "it is over 1 MiB");
    }
}
