//! Outside help: whom people of a movement can turn to, and how they are reached.
//! Never: stands in for it; decides who needs it.

/// Somebody outside to turn to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// Who they are or what they are for, as the movement wrote it.
    pub who: String,
    /// How they are reached.
    pub reach: Reach,
}

/// How outside help is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// A number to call: digits alone, with a plus in front where there was one.
    Call(String),
    /// A page on the net.
    Open(String),
    /// Anything else, such as a place and its hours; may be empty.
    Read(String),
}

/// The most lines of a list, and the longest line in characters.
pub const LINES: usize = 30;
/// See [`LINES`].
pub const LINE_LENGTH: usize = 200;

/// Reads a list as a steward typed it: a line each, `who: how`. Empty lines are passed over.
///
/// # Errors
/// The number of the line that is too long, or of the first beyond [`LINES`], counted from 1.
pub fn read(text: &str) -> Result<Vec<Help>, usize> {
    let typed = text.lines().map(str::trim).zip(1..);
    let typed: Vec<(&str, usize)> = typed.filter(|(line, _)| !line.is_empty()).collect();
    let long = |(line, _): &&(&str, usize)| line.chars().count() > LINE_LENGTH;
    if let Some((_, at)) = typed.iter().find(long).or(typed.get(LINES)) {
        return Err(*at);
    }
    Ok(typed.into_iter().map(|(line, _)| help(line)).collect())
}

fn help(line: &str) -> Help {
    // "https://" has a colon of its own, and so may a name: the first with a space after it parts.
    let (who, how) = line.split_once(": ").unwrap_or((line, ""));
    Help {
        who: who.trim().to_owned(),
        reach: reach(how.trim()),
    }
}

fn reach(how: &str) -> Reach {
    let number = |c: char| c.is_ascii_digit() || " +-()./".contains(c);
    let digits: String = how.chars().filter(char::is_ascii_digit).collect();
    if how.starts_with("https://") && !how.contains(char::is_whitespace) {
        Reach::Open(how.to_owned())
    } else if digits.len() >= 3 && how.chars().all(number) {
        let plus = if how.starts_with('+') { "+" } else { "" };
        Reach::Call(format!("{plus}{digits}"))
    } else {
        Reach::Read(how.to_owned())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_list_is_read_line_by_line() {
        let text = "Emergency: 112\n\n Crisis line (day and night): +351 21 354-4545 \nLegal team: https://law.example/help\nDoctor Sol: Rua 3, Mondays\nA friend";
        let all = read(text).unwrap();
        let reach: Vec<_> = all.iter().map(|help| help.reach.clone()).collect();
        assert_eq!(
            reach,
            [
                Reach::Call("112".into()),
                Reach::Call("+351213544545".into()),
                Reach::Open("https://law.example/help".into()),
                Reach::Read("Rua 3, Mondays".into()),
                Reach::Read(String::new()),
            ]
        );
        assert_eq!(all[1].who, "Crisis line (day and night)");
    }

    #[test]
    fn only_https_is_opened_and_only_numbers_are_called() {
        for how in [
            "javascript:alert(1)",
            "http://plain.example",
            "https://a b",
            "12",
            "112 or ask",
        ] {
            assert_eq!(
                read(&format!("X: {how}")).unwrap()[0].reach,
                Reach::Read(how.into())
            );
        }
    }

    #[test]
    fn a_list_that_is_too_long_names_the_line() {
        let long = "x".repeat(LINE_LENGTH + 1);
        assert_eq!(read(&format!("A: 112\n\n{long}")), Err(3));
        assert_eq!(read(&"A: 112\n".repeat(LINES + 1)), Err(LINES + 1));
        assert_eq!(read(&"A: 112\n".repeat(LINES)).unwrap().len(), LINES);
    }
}
