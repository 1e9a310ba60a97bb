//! The verifier: what the server stores to recognise a person, and cannot turn back into what signs them in.
//! Never: sees words or codes (only [`Auth`]); takes less time for a handle that nobody has.
//!
//! Argon2id (RFC 9106) over [`Auth`], with 19 MiB, two passes and one lane, kept as a PHC string.

use crate::{Auth, Dice};
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use core::fmt;

/// How every string begins that this version makes and reads: memory in KiB, passes, lanes.
const HEAD: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

/// A hash of all zeros, which nobody can have: right in form, and as slow to refuse as any other.
const NOBODY: &str = "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A stored verifier of one way in (words or code) of one person.
#[derive(Clone)]
pub struct Verifier(PasswordHash);

/// A stored text is not a verifier of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAVerifier;

impl Verifier {
    /// Makes a verifier with a random salt of 16 bytes. Takes 19 MiB and some tens of milliseconds.
    #[must_use]
    pub fn make(auth: &Auth, dice: &mut Dice) -> Self {
        let mut salt = [0; 16];
        dice(&mut salt);
        let hash = argon2id()
            .hash_password_with_salt(auth.bytes(), &salt)
            .expect("32 bytes and a salt of 16 are within Argon2's limits");
        Self(hash)
    }

    /// Reads a stored PHC string.
    ///
    /// # Errors
    /// [`NotAVerifier`] for any other text, and for weaker, stronger or incomplete parameters: a damaged row must not
    /// choose how much memory a sign-in takes.
    pub fn from_text(text: &str) -> Result<Self, NotAVerifier> {
        let hash = PasswordHash::new(text).map_err(|_| NotAVerifier)?;
        let complete = hash.salt.is_some() && hash.hash.is_some_and(|hash| hash.len() == 32);
        (complete && text.starts_with(HEAD))
            .then_some(Self(hash))
            .ok_or(NotAVerifier)
    }

    /// The PHC string to store.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.0.to_string()
    }

    /// Whether `auth` is the one this was made from. Takes as long as making one; compares in constant time.
    #[must_use]
    pub fn accepts(&self, auth: &Auth) -> bool {
        argon2id().verify_password(auth.bytes(), &self.0).is_ok()
    }

    /// A verifier that accepts nobody, for handles that nobody has: ask it, so that both answers take the same time.
    #[must_use]
    pub fn dummy() -> Self {
        Self::from_text(&format!("{HEAD}{NOBODY}")).expect("the text above is a verifier")
    }
}

fn argon2id() -> Argon2<'static> {
    let params =
        Params::new(19 * 1024, 2, 1, Some(32)).expect("the parameters are within Argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

impl fmt::Display for NotAVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a stored verifier is not in the form that this version makes")
    }
}

impl core::error::Error for NotAVerifier {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::counting;

    const PHC: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$NkIDYLhjh0uwyrpy9VDi3HjO3b9h8smGBOUa/KoPOJc";

    fn ana() -> Auth {
        Auth::from_text("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8").unwrap()
    }

    fn bo() -> Auth {
        Auth::from_text("BAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8").unwrap()
    }

    #[test]
    fn the_string_is_that_of_another_implementation() {
        assert_eq!(Verifier::make(&ana(), &mut counting(0)).to_text(), PHC);
    }

    #[test]
    fn accepts_only_the_one_it_was_made_from() {
        let verifier = Verifier::from_text(PHC).unwrap();
        assert!(verifier.accepts(&ana()));
        assert!(!verifier.accepts(&bo()));
    }

    #[test]
    fn nobody_is_refused_like_anybody() {
        assert!(!Verifier::dummy().accepts(&ana()));
        assert_eq!(Verifier::dummy().to_text().len(), PHC.len());
    }

    #[test]
    fn other_forms_are_refused() {
        let forms = [
            String::new(),
            PHC.replace("argon2id", "argon2i"),
            PHC.replace("v=19", "v=16"),
            PHC.replace("m=19456", "m=4194304"),
            PHC.replace("t=2", "t=1"),
            PHC.replace("p=1", "p=1,keyid=AAAA"),
            PHC.rsplit_once('$').unwrap().0.to_owned(),
            PHC[..PHC.len() - 8].to_owned(),
        ];
        for form in forms {
            assert_eq!(
                Verifier::from_text(&form).err(),
                Some(NotAVerifier),
                "{form}"
            );
        }
    }
}
