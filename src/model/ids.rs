//! Identities: of notes and cards (hashes of what they first were), of events (uuids).

use crate::model::Instant;
use data_encoding::{Encoding, Specification};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;
use thiserror::Error;
use uuid::Uuid;

/// Base32 in lower case without the letters that read like digits (Crockford's alphabet);
/// on reading, capitals are taken and `i`, `l`, `o` are the digits they look like.
static BASE32: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789abcdefghjkmnpqrstvwxyz");
    specification.translate.from.push_str("ABCDEFGHJKMNPQRSTVWXYZilIoLO");
    specification.translate.to.push_str("abcdefghjkmnpqrstvwxyz111010");
    specification.encoding().expect("the alphabet has 32 distinct symbols")
});

/// Bytes of a note's guid and of a card's id: 80 bits, 16 characters of base32.
const ID_BYTES: usize = 10;

/// A text that is no id or prefix of one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is no id: an id is 4 to 16 of the characters 0-9 and a-z")]
pub struct BadId(String);

/// BLAKE3 over length-prefixed parts, cut to an id's size: no two lists of parts run together.
fn hash(domain: &str, parts: &[&[u8]]) -> [u8; ID_BYTES] {
    let mut hasher = blake3::Hasher::new();
    for part in std::iter::once(&domain.as_bytes()).chain(parts) {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut id = [0; ID_BYTES];
    id.copy_from_slice(&hasher.finalize().as_bytes()[..ID_BYTES]);
    id
}

macro_rules! hashed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; ID_BYTES]);

        impl $name {
            /// The id held in a database.
            pub fn from_bytes(bytes: [u8; ID_BYTES]) -> Self {
                Self(bytes)
            }

            /// The bytes to hold in a database.
            pub fn as_bytes(&self) -> &[u8; ID_BYTES] {
                &self.0
            }
        }

        /// All 16 characters; a width or precision cuts as for any text.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&BASE32.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;

            fn try_from(text: String) -> Result<Self, BadId> {
                BASE32
                    .decode(text.as_bytes())
                    .ok()
                    .and_then(|bytes| bytes.try_into().ok())
                    .map(Self)
                    .ok_or(BadId(text))
            }
        }
    };
}

hashed_id! {
    /// A note's identity, for life.
    Guid
}

hashed_id! {
    /// A card's identity, for life.
    CardId
}

impl Guid {
    /// A note's guid: a hash of its deck and first identity, and of a counter that is 0 unless
    /// another note holds the guid already.
    ///
    /// `identity` is the note's id, or else its kind and question; its parts are told apart.
    pub fn of(deck: &str, identity: &[&str], counter: u32) -> Self {
        let counter = counter.to_le_bytes();
        let mut parts = vec![deck.as_bytes()];
        parts.extend(identity.iter().map(|part| part.as_bytes()));
        if counter != [0; 4] {
            parts.push(&counter);
        }
        Guid(hash("kata note", &parts))
    }
}

impl CardId {
    /// A card's id: a hash of its note's guid and of its key.
    pub fn of(guid: Guid, key: &str) -> Self {
        CardId(hash("kata card", &[&guid.0, key.as_bytes()]))
    }
}

/// The start of a card's id as a person types it: any that no other card shares will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdPrefix(String);

impl IdPrefix {
    /// Fewest characters that are taken for the start of an id.
    pub const SHORTEST: usize = 4;
    /// Fewest characters of an id that is shown.
    pub const PUBLIC: usize = 8;

    /// The smallest and the largest id with this prefix.
    pub fn range(&self) -> (CardId, CardId) {
        let padded = |fill: char| {
            let rest = std::iter::repeat_n(fill, BASE32.encode_len(ID_BYTES) - self.0.len());
            CardId::try_from(self.0.chars().chain(rest).collect::<String>())
                .expect("a prefix is made of the alphabet's characters and no longer than an id")
        };
        (padded('0'), padded('z'))
    }

    /// The characters, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for IdPrefix {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let length = BASE32.encode_len(ID_BYTES);
        if !(Self::SHORTEST..=length).contains(&text.len()) || !text.is_ascii() {
            return Err(BadId(text.to_owned()));
        }
        let padded = format!("{text:0<length$}");
        let id = CardId::try_from(padded).map_err(|_| BadId(text.to_owned()))?;
        Ok(IdPrefix(id.to_string()[..text.len()].to_owned()))
    }
}

/// An event's identity: a version 7 UUID that carries the event's instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventId(Uuid);

impl EventId {
    /// A fresh id for an event at `at`, made of 74 random bits; later than `newest` if that is
    /// of the same millisecond, so that events written one after another keep their order.
    pub fn fresh(at: Instant, newest: Option<EventId>, random: u128) -> Self {
        const RANDOM: u128 = (1 << 74) - 1;
        let millis = u64::try_from(at.millis()).unwrap_or(0);
        let after = newest
            .filter(|id| id.millis() == millis)
            .map(|id| id.random_bits().saturating_add(1 + (random & 0xffff)))
            .filter(|&bits| bits <= RANDOM);
        // A fresh millisecond starts in the lower half: room to count on from.
        let bits = after.unwrap_or(random & (RANDOM >> 1));
        let high = u128::from(millis & 0xffff_ffff_ffff) << 80 | 0x7 << 76 | (bits >> 62) << 64;
        let low = 0b10 << 62 | (bits & ((1 << 62) - 1));
        EventId(Uuid::from_u128(high | low))
    }

    fn millis(self) -> u64 {
        (self.0.as_u128() >> 80) as u64
    }

    fn random_bits(self) -> u128 {
        let id = self.0.as_u128();
        (id >> 64 & 0xfff) << 62 | (id & ((1 << 62) - 1))
    }

    /// The id held in a database.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        EventId(Uuid::from_bytes(bytes))
    }

    /// The bytes to hold in a database.
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<EventId> for String {
    fn from(id: EventId) -> String {
        id.to_string()
    }
}

impl TryFrom<String> for EventId {
    type Error = uuid::Error;

    fn try_from(text: String) -> Result<Self, uuid::Error> {
        Uuid::parse_str(&text).map(EventId)
    }
}

/// The random identity of one database, written into each of its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MachineId(Uuid);

impl MachineId {
    /// The machine of these random bits.
    pub fn fresh(random: u128) -> Self {
        MachineId(uuid::Builder::from_random_bytes(random.to_be_bytes()).into_uuid())
    }

    /// The id held in a database.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        MachineId(Uuid::from_bytes(bytes))
    }

    /// The bytes to hold in a database.
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

impl fmt::Display for MachineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<MachineId> for String {
    fn from(id: MachineId) -> String {
        id.to_string()
    }
}

impl TryFrom<String> for MachineId {
    type Error = uuid::Error;

    fn try_from(text: String) -> Result<Self, uuid::Error> {
        Uuid::parse_str(&text).map(MachineId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_parts_of_an_identity_do_not_run_together() {
        assert_ne!(Guid::of("a", &["bc"], 0), Guid::of("ab", &["c"], 0));
        assert_ne!(Guid::of("a", &["b", "c"], 0), Guid::of("a", &["bc"], 0));
        assert_ne!(Guid::of("a", &["b"], 0), Guid::of("a", &["b"], 1));
    }

    #[test]
    fn machines_that_import_the_same_file_agree() {
        let guid = Guid::of("devops", &["basic", "What is Kaizen?"], 0);
        assert_eq!(guid.to_string(), "prjfxb6kn96mhvyh");
        assert_eq!(CardId::of(guid, "forward").to_string(), "vp373g9280nnjhsh");
    }

    #[test]
    fn a_prefix_is_read_as_a_person_types_it() {
        let prefix: IdPrefix = "K7M2Q9XO".parse().unwrap();
        assert_eq!(prefix.as_str(), "k7m2q9x0");
        let (first, last) = prefix.range();
        assert_eq!(first.to_string(), "k7m2q9x000000000");
        assert_eq!(last.to_string(), "k7m2q9x0zzzzzzzz");
        assert!("k7m".parse::<IdPrefix>().is_err());
        assert!("k7m2q9xu".parse::<IdPrefix>().is_err());
        assert!("k7m2q9é".parse::<IdPrefix>().is_err());
    }

    #[test]
    fn an_event_id_carries_its_instant_and_is_version_7() {
        let id = EventId::fresh(Instant::from_millis(1_700_000_000_000), None, u128::MAX);
        assert_eq!(id.millis(), 1_700_000_000_000);
        assert_eq!(id.0.get_version_num(), 7);
        assert_eq!(id.0.get_variant(), uuid::Variant::RFC4122);
    }

    proptest! {
        #[test]
        fn ids_of_one_millisecond_keep_the_order_they_were_made_in(randoms: Vec<u128>) {
            let at = Instant::from_millis(5);
            let mut newest = None;
            for random in randoms {
                let id = EventId::fresh(at, newest, random);
                prop_assert!(newest.is_none_or(|before| before < id));
                newest = Some(id);
            }
        }

        #[test]
        fn no_text_makes_an_id_panic(text: String) {
            let _ = text.parse::<IdPrefix>();
            let _ = CardId::try_from(text.clone());
            let _ = EventId::try_from(text);
        }
    }
}
