//! Which letters a text is written in. Programs rarely say so.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::{Letters, Trouble};

/// The text of a file, and how it was written.
pub(crate) fn read(bytes: &[u8]) -> Result<(Cow<'_, str>, Letters), Trouble> {
    if let Some((wide, from)) = wide(bytes) {
        let (text, lost) = wide.decode_without_bom_handling(&bytes[from..]);
        // One half of a pair or a lonely byte at the end is not worth refusing the whole list.
        let odd = lost && text.matches('\u{fffd}').count() > 8;
        return if odd || text.contains('\0') {
            Err(Trouble::Letters)
        } else {
            Ok((text, Letters::Utf16))
        };
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(Trouble::Letters);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), Letters::Utf8)),
        Err(_) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            Ok((text, Letters::Windows1252))
        }
    }
}

/// The order of two bytes a letter, and where the text begins: told by a mark in front, or by
/// every other byte being nothing.
fn wide(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    match bytes {
        [0xff, 0xfe, ..] => return Some((UTF_16LE, 2)),
        [0xfe, 0xff, ..] => return Some((UTF_16BE, 2)),
        _ => {}
    }
    let first = &bytes[..bytes.len().min(512)];
    let empty = |at: usize| {
        let all = first.iter().skip(at).step_by(2);
        all.filter(|byte| **byte == 0).count()
    };
    let (even, odd, half) = (empty(0), empty(1), first.len() / 2);
    match () {
        () if half > 0 && odd * 10 >= half * 7 && even == 0 => Some((UTF_16LE, 0)),
        () if half > 0 && even * 10 >= half * 7 && odd == 0 => Some((UTF_16BE, 0)),
        () => None,
    }
}
