//! Sealing and opening in the open format `age`, so that its own program opens a backup as well.
//! Never: seals for a passphrase, or with anything but X25519.

use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use age::secrecy::ExposeSecret;
use age::{DecryptError, Decryptor, Encryptor};

pub use age::x25519::{Identity, Recipient};

/// How a sealed file begins.
pub const MARK: &[u8] = b"age-encryption.org/";

/// Reads `age1…`.
pub fn recipient(text: &str) -> Result<Recipient, String> {
    text.trim().parse().map_err(|_| {
        format!(
            "“{text}” is not a recipient. It is the line that begins with age1 and has 62 letters; mend keygen prints one."
        )
    })
}

/// A fresh pair as the text of a key file, and the recipient in it.
pub fn generate() -> (String, String) {
    let identity = Identity::generate();
    let recipient = identity.to_public().to_string();
    let text = format!(
        "# recipient: {recipient}\n{}\n",
        identity.to_string().expose_secret()
    );
    (text, recipient)
}

/// The identities in a key file.
pub fn identities(file: &Path) -> Result<Vec<Identity>, String> {
    let text = std::fs::read_to_string(file)
        .map_err(|why| format!("The key file {} cannot be read: {why}.", file.display()))?;
    let found: Vec<Identity> = text
        .lines()
        .filter_map(|line| line.trim().parse().ok())
        .collect();
    if found.is_empty() {
        return Err(format!("{} {}", file.display(), no_identity(&text)));
    }
    Ok(found)
}

/// What a file without a key holds instead, as far as that can be told.
fn no_identity(text: &str) -> &'static str {
    let begins = |mark: &str| {
        let mut lines = text.lines().map(|line| line.trim().to_uppercase());
        lines.any(|line| line.starts_with(mark))
    };
    if begins("AGE-SECRET-KEY-1") {
        "holds a key with a slip of the pen. It is one line without spaces; compare it with the paper sign by sign."
    } else if begins("AGE1") || text.contains("age1") {
        "holds only the line that seals. The line that opens begins with AGE-SECRET-KEY-1 and is on paper."
    } else {
        "holds no key. It needs the line from the paper that begins with AGE-SECRET-KEY-1."
    }
}

/// Seals everything that is read.
pub fn seal(from: &mut dyn Read, to: &mut dyn Write, recipients: &[Recipient]) -> io::Result<()> {
    let all = recipients.iter().map(|one| one as &dyn age::Recipient);
    let sealing = Encryptor::with_recipients(all).map_err(io::Error::other)?;
    let mut out = sealing.wrap_output(to)?;
    io::copy(from, &mut out)?;
    out.finish().map(|_| ())
}

/// Reads what was sealed; a sentence where none of the keys fits.
pub fn open<'a>(
    sealed: impl BufRead + 'a,
    identities: &[Identity],
) -> Result<Box<dyn Read + 'a>, String> {
    let opening = Decryptor::new_buffered(sealed).map_err(|e| unopened(&e))?;
    let keys = identities.iter().map(|one| one as &dyn age::Identity);
    let plain = opening.decrypt(keys).map_err(|e| unopened(&e))?;
    Ok(Box::new(plain))
}

fn unopened(why: &DecryptError) -> String {
    match why {
        DecryptError::NoMatchingKeys => {
            "This backup was not sealed for that key. Try the key files of the other people who keep one.".into()
        }
        _ => "This backup is damaged: its head cannot be read. Take another copy of it, or the one before.".into(),
    }
}
