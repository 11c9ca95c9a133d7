//! Where links lead.

use std::fmt::Write;

/// The address as a link's target: one of the web or of mail, in nothing but visible ASCII, which
/// no terminal obeys. `None` for any other: a card may start no program and open no file.
pub(super) fn target(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let leads = SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    (leads && address.len() <= LONGEST).then(|| encoded(address))
}

const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Bytes of an address. Terminals and browsers refuse longer ones, and each line of the link's
/// text has a copy.
const LONGEST: usize = 2_000;

/// Percent-encoded, but for what is encoded already.
fn encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte.is_ascii_graphic() {
            true => encoded.push(byte.into()),
            false => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_web_and_to_mail_only() {
        for address in ["https://a.org/b#c", "HTTP://a.org", "mailto:a@b.org"] {
            assert_eq!(target(address).as_deref(), Some(address));
        }
        for address in ["javascript:alert(1)", "file:///etc/passwd", "notes.md", "#top", ""] {
            assert_eq!(target(address), None, "{address}");
        }
        assert_eq!(target(&format!("https://{}", "a".repeat(LONGEST))), None);
    }

    #[test]
    fn an_address_has_nothing_that_a_terminal_obeys() {
        let address = target("https://a.org/ü x\u{1b}]\u{9c}\u{202e}").unwrap();
        assert_eq!(address, "https://a.org/%C3%BC%20x%1B]%C2%9C%E2%80%AE");
    }
}
