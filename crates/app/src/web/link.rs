//! Signed links: whoever holds one may do one thing for one thing, without an account and without
//! anything being stored by which it opens.
//! Never: tells by how long it takes how much of a link was right.

use mend_rules::id::Tag;
use mend_seal::column::ColumnKey;

/// The secret part of a link about a thing: which it is, and a keyed print of all it is bound to.
pub fn token(key: &ColumnKey, purpose: &str, id: [u8; 16], bound: &[u8]) -> String {
    format!("{}{}", Tag(id), tag(key, purpose, bound))
}

/// Which thing a link is about, as it says itself; [`is_signed`] tells whether that is true.
pub fn about(token: &str) -> Option<[u8; 16]> {
    let id: Tag = token.get(..32)?.parse().ok()?;
    Some(id.0)
}

/// Whether a link was made by [`token`] for this purpose and all it is bound to.
pub fn is_signed(key: &ColumnKey, purpose: &str, token: &str, bound: &[u8]) -> bool {
    let tag = token.get(32..).unwrap_or_default();
    is_tag(key, purpose, tag, bound)
}

/// A keyed print alone, for a link that names no thing.
pub fn tag(key: &ColumnKey, purpose: &str, bound: &[u8]) -> String {
    Tag(key.sign(purpose, bound)).to_string()
}

/// Whether a print was made by [`tag`].
pub fn is_tag(key: &ColumnKey, purpose: &str, tag: &str, bound: &[u8]) -> bool {
    let read = tag.parse::<Tag>();
    read.is_ok_and(|tag| key.check(purpose, bound, &tag.0))
}
