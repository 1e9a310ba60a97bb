//! When and where a circle meets, as a form says it.

use jiff::civil::{Date, Time as Clock, Weekday};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use mend_rules::meeting::{Cadence, Ends, LENGTHS, Nth, Series};
use mend_rules::movement::tidy;
use mend_rules::time::Time;

use super::{Format, Meetings};
use crate::web::Visit;
use crate::web::form::Fields;
use crate::with;

/// When and where circles meet first of all; each can change it later.
#[derive(Debug, Clone)]
pub struct Plan {
    pub cadence: Cadence,
    pub weekday: Weekday,
    pub starts: Clock,
    pub minutes: i64,
    pub ends: Ends,
    pub format: Format,
    pub place: String,
    pub link: String,
    pub dial: String,
    /// Look for an hour that everybody of a circle has free, where hours are known.
    pub by_hours: bool,
}

impl Plan {
    pub fn series(&self, zone: &TimeZone, first_on: Date) -> Series {
        Series {
            cadence: self.cadence,
            weekday: self.weekday,
            starts: self.starts,
            minutes: self.minutes,
            zone: zone.clone(),
            first_on,
            ends: self.ends,
        }
    }
}

/// Most meetings that a series with an end may have.
const MOST: u32 = 104;

/// The words of the cadences in the order they are offered; the eight weeks are a series with an
/// end.
const CADENCES: [&str; 5] = [
    "monthly",
    "four-weekly",
    "fortnightly",
    "weekly",
    "eight-weeks",
];

/// Reads a form.
///
/// # Errors
/// The key of the text that says what is not right.
pub fn plan(fields: &Fields) -> Result<Plan, &'static str> {
    let format = Format::read(&fields.text("format")).ok_or("plan-wrong")?;
    let (link, dial) = line(fields, format)?;
    let (cadence, ends) = rhythm(fields).ok_or("plan-wrong")?;
    let weekday = fields
        .parse("weekday")
        .and_then(|day| Weekday::from_monday_one_offset(day).ok());
    let minutes = length(fields).ok_or("plan-wrong")?;
    Ok(Plan {
        cadence,
        weekday: weekday.ok_or("plan-wrong")?,
        starts: fields.parse::<Clock>("starts").ok_or("plan-wrong")?,
        minutes,
        ends,
        format,
        place: if format.has_room() {
            short(fields, "place")
        } else {
            String::new()
        },
        link,
        dial,
        by_hours: fields.has("by-hours"),
    })
}

fn short(fields: &Fields, name: &str) -> String {
    tidy(&fields.text(name)).chars().take(200).collect()
}

/// Where people come together on a line: an address that browsers open, and a number.
fn line(fields: &Fields, format: Format) -> Result<(String, String), &'static str> {
    if !format.has_line() {
        return Ok(Default::default());
    }
    let (link, dial) = (short(fields, "link"), short(fields, "dial"));
    let opens = link.is_empty() || link.starts_with("https://") && !link.contains(' ');
    let dials = |c: char| c.is_ascii_digit() || "+-/(), #*.".contains(c);
    match (opens, dial.chars().all(dials)) {
        (true, true) => Ok((link, dial)),
        (false, _) => Err("plan-link-wrong"),
        (_, false) => Err("plan-dial-wrong"),
    }
}

/// A form without a length means the usual hour.
fn length(fields: &Fields) -> Option<i64> {
    let sent = fields.text("minutes");
    if sent.is_empty() {
        return Some(60);
    }
    let minutes = sent.parse::<u32>().ok()?;
    LENGTHS.contains(&minutes).then_some(i64::from(minutes))
}

/// How often, and whether it ends. A form without a cadence means monthly.
fn rhythm(fields: &Fields) -> Option<(Cadence, Ends)> {
    let nth = fields.parse("nth").and_then(Nth::new);
    let cadence = match fields.text("cadence").as_str() {
        "" | "monthly" => Cadence::Monthly(nth?),
        "four-weekly" => Cadence::FourWeekly,
        "fortnightly" => Cadence::Fortnightly,
        "weekly" => Cadence::Weekly,
        "eight-weeks" => return Some((Cadence::Weekly, Ends::After(8))),
        _ => return None,
    };
    let ends = match fields.text("ends").as_str() {
        "" | "open" => Ends::Open,
        "after" => Ends::After(fields.parse("count").filter(|n| (1..=MOST).contains(n))?),
        "on" => Ends::On(fields.parse("last")?),
        _ => return None,
    };
    Some((cadence, ends))
}

fn word(series: &Series) -> &'static str {
    match series.cadence {
        Cadence::Monthly(_) => "monthly",
        Cadence::FourWeekly => "four-weekly",
        Cadence::Fortnightly => "fortnightly",
        Cadence::Weekly => "weekly",
    }
}

/// A plan as its form would send it now: a number of meetings is that of those to come.
pub fn plan_sent(meetings: &Meetings, now: Time) -> Vec<(&'static str, String)> {
    let series = &meetings.series;
    let nth = match series.cadence {
        Cadence::Monthly(nth) => nth,
        _ => Nth::of(series.days().next().unwrap_or(series.first_on)),
    };
    let mut sent = vec![
        ("cadence", word(series).to_owned()),
        ("nth", nth.number().to_string()),
        ("weekday", series.weekday.to_monday_one_offset().to_string()),
        ("starts", series.starts.strftime("%H:%M").to_string()),
        ("minutes", series.minutes.to_string()),
        ("format", meetings.format.word().to_owned()),
        ("place", meetings.place.clone()),
        ("link", meetings.link.clone()),
        ("dial", meetings.dial.clone()),
    ];
    let coming = || meetings.coming(now).count();
    match series.ends {
        Ends::Open => sent.push(("ends", "open".into())),
        _ if coming() == 0 => sent.push(("ends", "open".into())),
        Ends::On(last) => sent.extend([("ends", "on".into()), ("last", last.to_string())]),
        Ends::After(_) => {
            sent.extend([("ends", "after".into()), ("count", coming().to_string())]);
        }
    }
    sent
}

/// What a field held when it was sent, or what it usually holds.
fn value(sent: &Fields, name: &str, usual: &str) -> String {
    let text = sent.text(name);
    if text.is_empty() {
        usual.to_owned()
    } else {
        text
    }
}

/// The inputs that [`plan`] reads. What was sent before stands in them again.
pub fn plan_fields(visit: &Visit, sent: &Fields) -> Markup {
    html! {
        (rhythm_fields(visit, sent))
        (ends_fields(visit, sent))
        (place_fields(visit, sent))
    }
}

fn choice(
    visit: &Visit,
    sent: &Fields,
    name: &str,
    usual: &str,
    options: &[(String, String)],
) -> Markup {
    let chosen = value(sent, name, usual);
    html! {
        div class="field short" {
            label for=(name) { (visit.t(&format!("plan-{name}"))) }
            select id=(name) name=(name) {
                @for (value, text) in options { option value=(value) selected[*value == chosen] { (text) } }
            }
        }
    }
}

fn rhythm_fields(visit: &Visit, sent: &Fields) -> Markup {
    let cadences = CADENCES.map(|word| (word.to_owned(), visit.t(&format!("plan-{word}"))));
    let nths = Nth::ALL.map(|nth| {
        let n = nth.number().to_string();
        let text = visit.t(&format!("nth-{n}"));
        (n, text)
    });
    let days: Vec<_> = (1..=7)
        .map(|day| (day.to_string(), visit.t(&format!("weekday-{day}"))))
        .collect();
    let lengths = LENGTHS.map(|n| (n.to_string(), visit.tw("plan-length", &with![minutes = n])));
    html! {
        fieldset {
            legend { (visit.t("plan-when")) }
            div class="row" {
                (choice(visit, sent, "cadence", "monthly", &cadences))
                (choice(visit, sent, "weekday", "2", &days))
                (choice(visit, sent, "nth", "2", &nths))
            }
            p class="hint" { (visit.t("plan-nth-hint")) }
            div class="row" {
                div class="field short" { label for="starts" { (visit.t("plan-starts")) } input id="starts" name="starts" type="time" value=(value(sent, "starts", "19:00")) required; }
                (choice(visit, sent, "minutes", "60", &lengths))
            }
        }
    }
}

fn ends_fields(visit: &Visit, sent: &Fields) -> Markup {
    let ends = value(sent, "ends", "open");
    html! {
        fieldset class="options" {
            legend { (visit.t("plan-ends")) }
            label class="option" { input type="radio" name="ends" value="open" checked[ends == "open"]; span { (visit.t("plan-ends-open")) } }
            label class="option" { input type="radio" name="ends" value="after" checked[ends == "after"]; span { (visit.t("plan-ends-after")) } }
            div class="field short" { label for="count" { (visit.t("plan-count")) } input id="count" name="count" type="number" min="1" max=(MOST) value=(value(sent, "count", "8")); }
            label class="option" { input type="radio" name="ends" value="on" checked[ends == "on"]; span { (visit.t("plan-ends-on")) } }
            div class="field short" { label for="last" { (visit.t("plan-last")) } input id="last" name="last" type="date" value=(sent.text("last")); }
        }
    }
}

/// How people meet: a room needs no address on the net, and a line no room.
fn place_fields(visit: &Visit, sent: &Fields) -> Markup {
    let format = value(sent, "format", "online");
    html! {
        fieldset class="options" {
            legend { (visit.t("plan-format")) }
            @for one in Format::ALL { label class="option" { input type="radio" name="format" value=(one.word()) checked[one.word() == format]; span { (visit.t(&format!("format-{}", one.word()))) } } }
        }
        p class="hint" { (visit.t("plan-place-hint")) }
        div class="field" { label for="place" { (visit.t("plan-place")) } input id="place" name="place" value=(sent.text("place")) maxlength="200"; }
        div class="field" { label for="link" { (visit.t("plan-link")) } input id="link" name="link" type="url" value=(sent.text("link")) maxlength="200"; }
        div class="field" { label for="dial" { (visit.t("plan-dial")) } input id="dial" name="dial" type="tel" value=(sent.text("dial")) maxlength="200"; }
    }
}
