//! Seals and opens with the `age` crate, a line at a time, so that the tests of the browser's half
//! can hold it against this side. Reads `seal RECIPIENT BASE64` and `open IDENTITY BASE64`; answers
//! with base64, or with `no` and why.

use std::io::{BufRead, Read, Write};

use age::x25519::{Identity, Recipient};
use base64ct::{Base64, Encoding};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        match answer(&line?) {
            Ok(bytes) => writeln!(out, "{}", Base64::encode_string(&bytes))?,
            Err(why) => writeln!(out, "no {}", why.replace('\n', " "))?,
        }
        out.flush()?;
    }
    Ok(())
}

fn answer(line: &str) -> Result<Vec<u8>, String> {
    let mut words = line.split(' ');
    let mut word = || words.next().ok_or_else(|| "a word is missing".to_owned());
    let (act, key, body) = (word()?, word()?, word()?);
    let body = Base64::decode_vec(body).map_err(|e| e.to_string())?;
    match act {
        "seal" => seal(&key.parse().map_err(str::to_owned)?, &body),
        "open" => open(&key.parse().map_err(str::to_owned)?, &body),
        other => Err(format!("{other} is nothing to do")),
    }
}

fn seal(to: &Recipient, body: &[u8]) -> Result<Vec<u8>, String> {
    let all = std::iter::once(to as &dyn age::Recipient);
    let sealing = age::Encryptor::with_recipients(all).map_err(|e| e.to_string())?;
    let mut sealed = Vec::new();
    let mut writer = sealing
        .wrap_output(&mut sealed)
        .map_err(|e| e.to_string())?;
    writer.write_all(body).map_err(|e| e.to_string())?;
    writer.finish().map_err(|e| e.to_string())?;
    Ok(sealed)
}

fn open(by: &Identity, sealed: &[u8]) -> Result<Vec<u8>, String> {
    let opening = age::Decryptor::new_buffered(sealed).map_err(|e| e.to_string())?;
    let keys = std::iter::once(by as &dyn age::Identity);
    let mut plain = opening.decrypt(keys).map_err(|e| e.to_string())?;
    let mut body = Vec::new();
    plain.read_to_end(&mut body).map_err(|e| e.to_string())?;
    Ok(body)
}
