//! Handing a mail to a mail server, in two steps: everything up to "go ahead", from which one can
//! go back, and the mail itself, after which only the server's word tells whether it has it.
//! Never: speaks in the open to a server far away; tries anything twice.

use std::error::Error as _;
use std::net::SocketAddr;
use std::time::Duration;

use lettre::address::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use tokio::time::timeout;

use super::trouble::{Stage, Trouble, of};
use super::way::{Safety, Server};

/// How long a server may take: for each step, and for its last word (RFC 5321, 4.5.3.2, asks for
/// more patience than people in front of a page have).
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    pub step: Duration,
    pub last: Duration,
}

/// For letters that go out by themselves.
pub const PATIENT: Patience = Patience {
    step: Duration::from_secs(60),
    last: Duration::from_secs(300),
};

/// For somebody who waits for the answer.
pub const WAITING: Patience = Patience {
    step: Duration::from_secs(10),
    last: Duration::from_secs(20),
};

/// Why it did not go, and what the server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    pub trouble: Trouble,
    pub said: Option<String>,
}

impl From<Trouble> for Failed {
    fn from(trouble: Trouble) -> Self {
        let said = None;
        Self { trouble, said }
    }
}

/// A server that has said "go ahead". Dropped without a mail, it has got none.
pub struct Ready {
    line: AsyncSmtpConnection,
    patience: Patience,
}

/// Says everything but the mail itself.
pub async fn open(
    server: &Server,
    (from, to): (&Address, &Address),
    patience: Patience,
) -> Result<Ready, Failed> {
    let step = patience.step;
    let name = ClientId::Domain(from.domain().to_owned());
    let found = look_up(server, step).await?;
    let connected = connect(server, (&found, &name), step);
    let mut line = within(step, Stage::Connect, connected).await?;
    if let Safety::Asked(tls) = &server.safety {
        if !line.can_starttls() {
            return Err(Trouble::Tls.into());
        }
        within(step, Stage::Tls, line.starttls(tls.clone(), &name)).await?;
    }
    if let Some(login) = &server.login {
        let ways = [Mechanism::Plain, Mechanism::Login];
        within(step, Stage::Login, line.auth(&ways, login)).await?;
    }
    let wide: &str = to.as_ref();
    let mut parameters = Vec::new();
    if !wide.is_ascii() {
        if !line.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Trouble::Address.into());
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let sender = Mail::new(Some(from.clone()), parameters);
    within(step, Stage::Sender, line.command(sender)).await?;
    let receiver = Rcpt::new(to.clone(), vec![]);
    within(step, Stage::Address, line.command(receiver)).await?;
    within(step, Stage::Data, line.command(Data)).await?;
    Ok(Ready { line, patience })
}

impl Ready {
    /// Hands the mail over. Without a clear yes or no it may have arrived.
    pub async fn hand(mut self, mail: &[u8]) -> Result<(), Failed> {
        let (line, patience) = (&mut self.line, self.patience);
        let handed = timeout(patience.last, line.message(mail)).await;
        match handed {
            Err(_) => return Err(Trouble::Unknown.into()),
            Ok(Err(error)) => return Err(failed(&error, Stage::Handing)),
            Ok(Ok(_)) => {}
        }
        // It has it; whether it takes our goodbye is all the same.
        let _ = timeout(Duration::from_secs(2), line.quit()).await;
        Ok(())
    }
}

/// The places on the net at which a server is found.
async fn look_up(server: &Server, step: Duration) -> Result<Vec<SocketAddr>, Failed> {
    let place = (server.host.as_str(), server.port);
    let found = timeout(step, tokio::net::lookup_host(place)).await;
    let found = found.map_err(|_| Failed::from(Trouble::Slow))?;
    let found: Vec<_> = found.map_err(|_| Failed::from(Trouble::Host))?.collect();
    if found.is_empty() {
        return Err(Trouble::Host.into());
    }
    Ok(found)
}

async fn connect(
    server: &Server,
    (found, name): (&[SocketAddr], &ClientId),
    step: Duration,
) -> Result<AsyncSmtpConnection, Error> {
    let tls = match &server.safety {
        Safety::Always(tls) => Some(tls.clone()),
        Safety::Plain | Safety::Asked(_) => None,
    };
    AsyncSmtpConnection::connect_tokio1(found, Some(step), name, tls, None).await
}

async fn within<T>(
    step: Duration,
    stage: Stage,
    act: impl Future<Output = Result<T, Error>>,
) -> Result<T, Failed> {
    match timeout(step, act).await {
        Err(_) => Err(Trouble::Slow.into()),
        Ok(done) => done.map_err(|error| failed(&error, stage)),
    }
}

fn failed(error: &Error, stage: Stage) -> Failed {
    let answered = error.is_permanent() || error.is_transient();
    let said = error.source().filter(|_| answered);
    Failed {
        trouble: of(error, stage),
        said: said.map(ToString::to_string),
    }
}
