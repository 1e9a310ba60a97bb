//! A mail as it travels: plain text, a subject that tells nothing, and the one line by which mail
//! programs offer to stop it.

use std::time::{Duration, SystemTime};

use lettre::Message;
use lettre::address::Address;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use mend_rules::id::PersonId;
use mend_rules::time::Time;

/// What is in a mail.
#[derive(Debug)]
pub struct Content {
    /// The id of the mail, by which a second copy of it can be told.
    pub id: [u8; 16],
    pub made: Time,
    pub subject: String,
    pub text: String,
    /// The link that stops all letters; the sample letter has none.
    pub stop: Option<String>,
}

/// The bytes of a mail; the same for the same content.
pub fn build(from: &Mailbox, to: &Address, content: &Content) -> Result<Vec<u8>, String> {
    let domain = from.email.domain();
    let name = PersonId(content.id);
    let mut mail = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject(content.subject.clone())
        .date(when(content.made))
        .message_id(Some(format!("<{name}@{domain}>")))
        // Machines that answer for people who are away keep silent (RFC 3834).
        .raw_header(header("Auto-Submitted", "auto-generated")?)
        .header(ContentType::TEXT_PLAIN);
    if let Some(stop) = &content.stop {
        mail = mail
            .raw_header(header("List-Unsubscribe", &format!("<{stop}>"))?)
            .raw_header(header(
                "List-Unsubscribe-Post",
                "List-Unsubscribe=One-Click",
            )?);
    }
    let built = mail.body(content.text.clone());
    built
        .map(|mail| mail.formatted())
        .map_err(|why| why.to_string())
}

fn header(name: &str, value: &str) -> Result<HeaderValue, String> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|why| why.to_string())?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

fn when(time: Time) -> SystemTime {
    let seconds = u64::try_from(time.0 / 1_000_000).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_mail_names_nobody_but_its_two_ends_and_is_the_same_each_time() {
        let from: Mailbox = "post@example.org".parse().unwrap();
        let to: Address = "juno@example.net".parse().unwrap();
        let content = Content {
            id: [7; 16],
            made: Time(1_800_000_000_000_000),
            subject: "Something to look at".into(),
            text: "Look here: https://mend.example/m/abc\n".into(),
            stop: Some(format!(
                "https://mend.example/m/abc/letters/{}",
                "a".repeat(64)
            )),
        };
        let one = String::from_utf8(build(&from, &to, &content).unwrap()).unwrap();
        let two = String::from_utf8(build(&from, &to, &content).unwrap()).unwrap();
        assert_eq!(one, two);
        let (head, _) = one.split_once("\r\n\r\n").unwrap();
        let id = format!("Message-ID: <{}@example.org>", PersonId([7; 16]));
        let stop = format!(
            "List-Unsubscribe: <https://mend.example/m/abc/letters/{}>",
            "a".repeat(64)
        );
        let unfolded = head.replace("\r\n ", " ");
        for line in [
            "From: post@example.org",
            "To: juno@example.net",
            "Subject: Something to look at",
            "Auto-Submitted: auto-generated",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            &id,
            &stop,
        ] {
            assert!(
                unfolded.lines().any(|one| one == line),
                "no {line} in\n{unfolded}"
            );
        }
        assert!(head.lines().all(|line| line.is_ascii() && line.len() < 998));
    }
}
