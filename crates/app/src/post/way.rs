//! Which way letters go out, as the host named it at the start.

use std::path::{Path, PathBuf};

use clap::Args;
use lettre::address::Address;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, TlsParameters};

use super::smtp::{self, Failed, Patience};
use super::{Trouble, folder};

/// How the line to a mail server is kept from listeners.
#[derive(Clone)]
pub enum Safety {
    /// Not at all: the server is on this machine.
    Plain,
    /// From the first byte.
    Always(TlsParameters),
    /// After asking for it; without it nothing is sent.
    Asked(TlsParameters),
}

/// A mail server.
pub struct Server {
    pub host: String,
    pub port: u16,
    pub safety: Safety,
    pub login: Option<Credentials>,
}

/// A login is never shown.
impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Server({}:{})", self.host, self.port)
    }
}

/// A way out for letters, with whom they come from. Where there is none, letters stay for paper.
#[derive(Debug)]
pub struct Way {
    pub out: Out,
    pub from: Mailbox,
}

/// Where letters go.
#[derive(Debug)]
pub enum Out {
    Smtp(Server),
    Folder(PathBuf),
}

impl Way {
    /// Goes as far as one can go back from.
    pub async fn open(&self, to: &Address, patience: Patience) -> Result<Opened, Failed> {
        match &self.out {
            Out::Folder(folder) => Ok(Opened::Folder(folder.clone())),
            Out::Smtp(server) => {
                let ends = (&self.from.email, to);
                let ready = smtp::open(server, ends, patience).await?;
                Ok(Opened::Line(Box::new(ready)))
            }
        }
    }
}

/// A way that stands open for one mail.
pub enum Opened {
    Line(Box<smtp::Ready>),
    Folder(PathBuf),
}

impl Opened {
    /// Hands the mail over; there is no way back from here.
    pub async fn hand(self, name: String, mail: Vec<u8>) -> Result<(), Failed> {
        match self {
            Self::Line(ready) => ready.hand(&mail).await,
            Self::Folder(folder) => {
                let put = tokio::task::spawn_blocking(move || folder::put(&folder, &name, &mail));
                let put = put.await.unwrap_or(Err(Trouble::Folder));
                put.map_err(Failed::from)
            }
        }
    }
}

/// How letters go out.
#[derive(Args, Debug)]
pub struct Asked {
    /// Send letters through this mail server: smtp://host:587 (made secure before anything is
    /// said), smtps://host:465, or smtp://localhost:25.
    #[arg(
        long,
        env = "MEND_SMTP",
        value_name = "smtp://…",
        requires = "mail_from"
    )]
    smtp: Option<String>,
    /// A file with two lines, the user and the password for the mail server. MEND_SMTP_USER and
    /// MEND_SMTP_PASSWORD do the same.
    #[arg(long, env = "MEND_SMTP_LOGIN", value_name = "FILE", requires = "smtp")]
    smtp_login: Option<PathBuf>,
    /// Trust this certificate authority too, for a mail server with a certificate of your own.
    #[arg(long, env = "MEND_SMTP_CA", value_name = "FILE", requires = "smtp")]
    smtp_ca: Option<PathBuf>,
    /// Write letters as files into this folder instead of sending them.
    #[arg(
        long,
        env = "MEND_MAIL_TO",
        value_name = "FOLDER",
        conflicts_with = "smtp"
    )]
    mail_to: Option<PathBuf>,
    /// The address that letters come from. Take one that tells nothing, such as post@example.org.
    #[arg(long, env = "MEND_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,
}

impl Asked {
    /// Only a folder, or nothing.
    pub fn into_folder(mail_to: Option<PathBuf>) -> Self {
        Self {
            mail_to,
            smtp: None,
            smtp_login: None,
            smtp_ca: None,
            mail_from: None,
        }
    }

    /// The way that was asked for, if one was; else a sentence that says what is wrong with it.
    pub fn way(&self) -> Result<Option<Way>, String> {
        let from = self.mail_from.as_deref().unwrap_or("letters@localhost");
        let from: Mailbox = from.parse().map_err(|_| {
            format!("“{from}” is not an e-mail address. Write --mail-from like post@example.org.")
        })?;
        let out = match (&self.smtp, &self.mail_to) {
            (Some(url), _) => Out::Smtp(self.server(url)?),
            (None, Some(folder)) => Out::Folder(reachable(folder)?),
            (None, None) => return Ok(None),
        };
        Ok(Some(Way { out, from }))
    }

    /// Whether letters leave this machine, so that links in them must work elsewhere.
    pub fn goes_far(&self) -> bool {
        self.smtp.is_some()
    }

    fn server(&self, url: &str) -> Result<Server, String> {
        let wrong = || {
            format!(
                "“{url}” is not the address of a mail server. Write it like smtp://mail.example.org:587 or smtps://mail.example.org:465."
            )
        };
        let (scheme, rest) = url.split_once("://").ok_or_else(wrong)?;
        if rest.contains('@') {
            return Err("A user and a password do not belong into --smtp, where everybody on this machine can read them. Put them into a file with two lines and name it with --smtp-login, or into MEND_SMTP_USER and MEND_SMTP_PASSWORD.".into());
        }
        let (secure, usual) = match scheme {
            "smtp" => (false, 587),
            "smtps" => (true, 465),
            _ => return Err(wrong()),
        };
        let (host, port) = host_and_port(rest.trim_end_matches('/'), usual).ok_or_else(wrong)?;
        let near = matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1");
        let safety = match (secure, near) {
            (true, _) => Safety::Always(self.tls(&host)?),
            (false, true) => Safety::Plain,
            (false, false) => Safety::Asked(self.tls(&host)?),
        };
        Ok(Server {
            login: self.login()?,
            host,
            port,
            safety,
        })
    }

    fn tls(&self, host: &str) -> Result<TlsParameters, String> {
        let mut tls = TlsParameters::builder(host.to_owned());
        if let Some(file) = &self.smtp_ca {
            let authority = read(file)?;
            let authority = Certificate::from_pem(authority.as_bytes());
            tls = tls
                .add_root_certificate(authority.map_err(|_| {
                    format!("{} holds no certificate in PEM form.", file.display())
                })?);
        }
        let built = tls.build_rustls();
        built.map_err(|why| format!("“{host}” cannot be the name of a mail server: {why}."))
    }

    fn login(&self) -> Result<Option<Credentials>, String> {
        let (user, password) = match &self.smtp_login {
            Some(file) => {
                let text = read(file)?;
                let mut lines = text.lines().map(str::to_owned);
                (lines.next(), lines.next())
            }
            None => {
                let told = |name| std::env::var(name).ok().filter(|told| !told.is_empty());
                (told("MEND_SMTP_USER"), told("MEND_SMTP_PASSWORD"))
            }
        };
        match (user, password) {
            (Some(user), Some(password)) => Ok(Some(Credentials::new(user, password))),
            (None, None) if self.smtp_login.is_none() => Ok(None),
            _ => Err("The login for the mail server has two parts: the user and the password. One of them is missing.".into()),
        }
    }
}

fn read(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file)
        .map_err(|why| format!("{} cannot be read: {why}.", file.display()))
}

fn reachable(folder: &Path) -> Result<PathBuf, String> {
    let made = std::fs::create_dir_all(folder);
    let whole = made.and_then(|()| folder.canonicalize());
    whole.map_err(|why| {
        format!(
            "The folder for letters, {}, cannot be made: {why}.",
            folder.display()
        )
    })
}

/// `mail.example.org`, `mail.example.org:2525`, `[::1]:25`.
fn host_and_port(text: &str, usual: u16) -> Option<(String, u16)> {
    let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, port)) => (host, port.strip_prefix(':')),
        None => match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    if host.is_empty() || !host.chars().all(plain) {
        return None;
    }
    let port = match port {
        Some(port) => port.parse().ok()?,
        None => usual,
    };
    Some((host.to_lowercase(), port))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn asked(smtp: &str) -> Asked {
        Asked {
            smtp: Some(smtp.to_owned()),
            smtp_login: None,
            smtp_ca: None,
            mail_to: None,
            mail_from: Some("post@example.org".into()),
        }
    }

    fn read(smtp: &str) -> Result<String, String> {
        let way = asked(smtp).way()?;
        Ok(match way.map(|way| way.out) {
            Some(Out::Smtp(server)) => {
                let safety = match server.safety {
                    Safety::Plain => "plain",
                    Safety::Always(_) => "always",
                    Safety::Asked(_) => "asked",
                };
                format!("{} {} {safety}", server.host, server.port)
            }
            _ => "no server".into(),
        })
    }

    #[test]
    fn a_server_far_away_is_never_spoken_to_in_the_open() {
        for (url, server) in [
            ("smtp://mail.example.org", "mail.example.org 587 asked"),
            ("smtp://mail.example.org:25", "mail.example.org 25 asked"),
            ("smtps://Mail.Example.org/", "mail.example.org 465 always"),
            ("smtp://localhost:25", "localhost 25 plain"),
            ("smtp://[::1]:2525", "::1 2525 plain"),
            ("smtps://localhost", "localhost 465 always"),
        ] {
            assert_eq!(read(url).as_deref(), Ok(server), "{url}");
        }
    }

    #[test]
    fn what_is_no_mail_server_is_refused_with_a_sentence() {
        for url in [
            "mail.example.org",
            "http://mail.example.org",
            "smtp://",
            "smtp://a b",
            "smtp://a:x",
        ] {
            assert!(
                read(url)
                    .unwrap_err()
                    .contains("smtp://mail.example.org:587"),
                "{url}"
            );
        }
    }

    #[test]
    fn a_password_in_the_address_is_refused_because_others_could_read_it() {
        let refused = read("smtp://ana:secret@mail.example.org").unwrap_err();
        assert!(
            refused.contains("--smtp-login") && !refused.contains("secret"),
            "{refused}"
        );
    }
}
