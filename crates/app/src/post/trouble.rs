//! What can go wrong on the way to a mail server, as one word each: kept with the mail, told in
//! words to stewards, and deciding whether a mail is tried again.

use lettre::transport::smtp::Error;

/// Why a mail did not go out, or may not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No server has that name.
    Host,
    /// Nobody answers there.
    Unreachable,
    /// It took too long.
    Slow,
    /// It is no mail server, or it talks nonsense.
    Odd,
    /// No secure line could be made.
    Tls,
    /// The login was refused, or none can be made.
    Login,
    /// The server takes no mail from this sender.
    Sender,
    /// The server hands nothing on to this address for us.
    Relay,
    /// There is no such mailbox.
    Address,
    /// The server read the mail and refused it.
    Refused,
    /// The server asks to come again later.
    Later,
    /// The line broke before the server had everything.
    Broken,
    /// The folder takes no files.
    Folder,
    /// The line broke or the program stopped after the server had everything and before it said so.
    Unknown,
}

impl Trouble {
    pub const ALL: [Self; 14] = [
        Self::Host,
        Self::Unreachable,
        Self::Slow,
        Self::Odd,
        Self::Tls,
        Self::Login,
        Self::Sender,
        Self::Relay,
        Self::Address,
        Self::Refused,
        Self::Later,
        Self::Broken,
        Self::Folder,
        Self::Unknown,
    ];

    /// The word that the store and the texts use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Unreachable => "unreachable",
            Self::Slow => "slow",
            Self::Odd => "odd",
            Self::Tls => "tls",
            Self::Login => "login",
            Self::Sender => "sender",
            Self::Relay => "relay",
            Self::Address => "address",
            Self::Refused => "refused",
            Self::Later => "later",
            Self::Broken => "broken",
            Self::Folder => "folder",
            Self::Unknown => "unknown",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// Whether trying again is of no use: the next try would end in the same way.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Address | Self::Relay | Self::Refused)
    }

    /// Whether the next mail would fare no better, so that the others wait too.
    pub fn is_of_the_server(self) -> bool {
        !self.is_final() && !matches!(self, Self::Later | Self::Unknown)
    }
}

/// Where a talk with a mail server stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Connect,
    Tls,
    Login,
    Sender,
    Address,
    Data,
    /// Everything was said, or some of it; only the server's word is missing.
    Handing,
}

/// What a mail server's answer, or its silence, means at a stage.
pub fn of(error: &Error, stage: Stage) -> Trouble {
    if stage == Stage::Handing {
        // Only a clear no is a no. Everything else may have been taken.
        return match error {
            error if error.is_permanent() => Trouble::Refused,
            error if error.is_transient() => Trouble::Later,
            _ => Trouble::Unknown,
        };
    }
    if error.is_tls() || stage == Stage::Tls || is_about_certificates(error) {
        return Trouble::Tls;
    }
    if error.is_permanent() {
        return refused(error, stage);
    }
    if error.is_transient() {
        return match stage {
            Stage::Login => Trouble::Login,
            Stage::Address if talks_of_relaying(error) => Trouble::Relay,
            _ => Trouble::Later,
        };
    }
    if error.is_timeout() {
        return Trouble::Slow;
    }
    if error.is_response() || is_no_text(error) {
        // A line that ends before its answer does is a broken line, not nonsense.
        return match error.to_string() {
            text if text.contains("incomplete response") => Trouble::Broken,
            _ => Trouble::Odd,
        };
    }
    match stage {
        Stage::Login if error.is_client() => Trouble::Login,
        _ if error.is_client() => Trouble::Address,
        Stage::Connect => Trouble::Unreachable,
        _ => Trouble::Broken,
    }
}

fn refused(error: &Error, stage: Stage) -> Trouble {
    match stage {
        Stage::Login => Trouble::Login,
        Stage::Sender => Trouble::Sender,
        Stage::Address if talks_of_relaying(error) => Trouble::Relay,
        Stage::Address => Trouble::Address,
        Stage::Data => Trouble::Refused,
        _ => Trouble::Unreachable,
    }
}

/// Servers say so in words; the code alone may also mean that the mailbox is not there.
fn talks_of_relaying(error: &Error) -> bool {
    let text = error.to_string().to_lowercase();
    ["relay", "5.7.1", "not permitted", "authentication required"]
        .iter()
        .any(|word| text.contains(word))
}

/// The TLS library speaks of its own troubles as broken data.
fn is_about_certificates(error: &Error) -> bool {
    broken_data(error).is_some_and(|told| !told.contains("UTF-8"))
}

/// So does whoever reads lines of text and is sent something else.
fn is_no_text(error: &Error) -> bool {
    broken_data(error).is_some_and(|told| told.contains("UTF-8"))
}

/// An error may be wrapped in others of its kind.
fn broken_data(error: &Error) -> Option<String> {
    let first = std::error::Error::source(error);
    let sources = std::iter::successors(first, |error| error.source());
    let mut io = sources.filter_map(|source| source.downcast_ref::<std::io::Error>());
    let found = io.find(|io| io.kind() == std::io::ErrorKind::InvalidData);
    found.map(ToString::to_string)
}
