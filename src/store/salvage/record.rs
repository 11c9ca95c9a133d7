//! Bytes to values.

use rusqlite::types::Value;

/// A number of one to nine bytes, and what follows it.
pub(super) fn varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(9).enumerate() {
        if at == 8 {
            return Some((value << 8 | u64::from(*byte), &bytes[9..]));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, &bytes[at + 1..]));
        }
    }
    None
}

/// The values of a record; `None` if it is none, or has a byte more or less than it says.
pub(super) fn values(record: &[u8]) -> Option<Vec<Value>> {
    let (length, after) = varint(record)?;
    let length = usize::try_from(length).ok()?;
    let mut types = after.get(..length.checked_sub(record.len() - after.len())?)?;
    let mut body = record.get(length..)?;
    let mut values = Vec::new();
    while !types.is_empty() {
        let (serial, rest) = varint(types)?;
        types = rest;
        let (value, rest) = value(serial, body)?;
        body = rest;
        values.push(value);
    }
    body.is_empty().then_some(values)
}

fn value(serial: u64, body: &[u8]) -> Option<(Value, &[u8])> {
    let take = |size: usize| Some((body.get(..size)?, body.get(size..)?));
    Some(match serial {
        0 => (Value::Null, body),
        1..=6 => {
            let (bytes, rest) = take([1, 2, 3, 4, 6, 8][usize::try_from(serial).ok()? - 1])?;
            (Value::Integer(integer(bytes)), rest)
        }
        7 => {
            let (bytes, rest) = take(8)?;
            (Value::Real(f64::from_be_bytes(bytes.try_into().ok()?)), rest)
        }
        8 => (Value::Integer(0), body),
        9 => (Value::Integer(1), body),
        10 | 11 => return None,
        _ => {
            let (bytes, rest) = take(usize::try_from((serial - 12) / 2).ok()?)?;
            let value = match serial % 2 {
                0 => Value::Blob(bytes.to_vec()),
                _ => Value::Text(String::from_utf8(bytes.to_vec()).ok()?),
            };
            (value, rest)
        }
    })
}

/// A signed number, its first byte the highest.
fn integer(bytes: &[u8]) -> i64 {
    let sign = if bytes[0] & 0x80 == 0 { 0 } else { -1 };
    bytes.iter().fold(sign, |number, byte| number << 8 | i64::from(*byte))
}
