//! A mail server in the same process that does as it is told: it takes mail, refuses, hangs, dies,
//! talks nonsense or drips, at any point of the talk.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the server was asked when it begins to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    Greeting,
    Hello,
    Sender,
    Address,
    Data,
    /// It has the whole mail, keeps it, and owes the last word.
    Kept,
    /// It has the whole mail and throws it away.
    Thrown,
}

impl At {
    pub const ALL: [Self; 7] = [
        Self::Greeting,
        Self::Hello,
        Self::Sender,
        Self::Address,
        Self::Data,
        Self::Kept,
        Self::Thrown,
    ];
}

/// How it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// A clear no, for good.
    No,
    /// Come again later.
    Later,
    /// Not a word any more.
    Hang,
    /// The line is cut.
    Die,
    /// What no mail server says.
    Nonsense,
    /// A letter of its answer now and then.
    Drip,
}

impl How {
    pub const ALL: [Self; 6] = [
        Self::No,
        Self::Later,
        Self::Hang,
        Self::Die,
        Self::Nonsense,
        Self::Drip,
    ];
}

#[derive(Default)]
struct Told {
    fails: Option<(At, How)>,
    words: Option<&'static str>,
    got: Vec<String>,
    calls: usize,
}

/// The server; it ends with the test's process.
pub struct Peer {
    pub port: u16,
    told: Arc<Mutex<Told>>,
}

impl Peer {
    pub fn start() -> Self {
        Self::at(0)
    }

    pub fn at(port: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let told = Arc::new(Mutex::new(Told::default()));
        let shared = told.clone();
        std::thread::spawn(move || {
            for line in listener.incoming().flatten() {
                let told = shared.clone();
                std::thread::spawn(move || {
                    // A line that breaks is what is being tried.
                    let _ = talk(&line, &told);
                });
            }
        });
        Self { port, told }
    }

    /// From now on it fails in this way, or does not fail any more.
    pub fn fails(&self, fails: Option<(At, How)>) {
        self.told.lock().unwrap().fails = fails;
    }

    /// With these words it says no.
    pub fn says(&self, words: &'static str) {
        self.told.lock().unwrap().words = Some(words);
    }

    /// The mails it keeps.
    pub fn got(&self) -> Vec<String> {
        self.told.lock().unwrap().got.clone()
    }

    /// How often somebody called.
    pub fn calls(&self) -> usize {
        self.told.lock().unwrap().calls
    }
}

fn talk(line: &TcpStream, told: &Mutex<Told>) -> std::io::Result<()> {
    told.lock().unwrap().calls += 1;
    let mut hears = BufReader::new(line.try_clone()?);
    let mut says = line.try_clone()?;
    answer(&mut says, told, At::Greeting, "220 peer.example\r\n")?;
    loop {
        let mut said = String::new();
        if hears.read_line(&mut said)? == 0 {
            return Ok(());
        }
        let word = said
            .split([' ', '\r', ':'])
            .next()
            .unwrap_or_default()
            .to_uppercase();
        match word.as_str() {
            "EHLO" => answer(
                &mut says,
                told,
                At::Hello,
                "250-peer.example\r\n250 8BITMIME\r\n",
            )?,
            "MAIL" => answer(&mut says, told, At::Sender, "250 ok\r\n")?,
            "RCPT" => answer(&mut says, told, At::Address, "250 ok\r\n")?,
            "DATA" => {
                answer(&mut says, told, At::Data, "354 go ahead\r\n")?;
                let mail = mail(&mut hears)?;
                let fails = told.lock().unwrap().fails;
                let keeps = !matches!(
                    fails,
                    Some((At::Thrown, _) | (At::Kept, How::No | How::Later))
                );
                if keeps {
                    told.lock().unwrap().got.push(mail);
                }
                let at = if keeps {
                    At::Kept
                } else {
                    fails.map_or(At::Kept, |(at, _)| at)
                };
                answer(&mut says, told, at, "250 kept\r\n")?;
            }
            "QUIT" => return says.write_all(b"221 bye\r\n"),
            _ => says.write_all(b"500 what\r\n")?,
        }
    }
}

fn mail(hears: &mut impl BufRead) -> std::io::Result<String> {
    let mut mail = String::new();
    loop {
        let from = mail.len();
        if hears.read_line(&mut mail)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if &mail[from..] == ".\r\n" {
            mail.truncate(from);
            return Ok(mail);
        }
    }
}

/// Says what is due here, or fails as it was told to.
fn answer(says: &mut TcpStream, told: &Mutex<Told>, at: At, right: &str) -> std::io::Result<()> {
    let (fails, words) = {
        let told = told.lock().unwrap();
        (told.fails, told.words)
    };
    match fails.filter(|(fails, _)| *fails == at).map(|(_, how)| how) {
        None => says.write_all(right.as_bytes()),
        Some(How::No) => {
            let words = words.unwrap_or("550 no");
            says.write_all(format!("{words}\r\n").as_bytes())
        }
        Some(How::Later) => says.write_all(b"451 come again\r\n"),
        Some(How::Hang) => {
            let mut rest = Vec::new();
            says.read_to_end(&mut rest).map(|_| ())
        }
        Some(How::Die) => {
            says.shutdown(std::net::Shutdown::Both)?;
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        Some(How::Nonsense) => says.write_all(b"\x00\xff<html>teapot\r\n"),
        Some(How::Drip) => {
            for byte in right.as_bytes().iter().chain(b"...") {
                says.write_all(&[*byte])?;
                std::thread::sleep(Duration::from_millis(150));
            }
            Ok(())
        }
    }
}
