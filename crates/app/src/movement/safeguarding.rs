//! Safeguarding: the written text, the lead who agreed to it, and who is under 18.
//! Never: lets anybody under 18 in without a lead; shows them to other members.
//! See: `mend_rules::safeguarding`, `mend_rules::people::may_sit`.

use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{AccountId, MovementId, PersonId};
use mend_rules::people::Age;
use mend_rules::safeguarding::{self as rule, Care, TEXT_LENGTH, may_join};
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};

use super::pages::field;
use super::rows::safeguarding::{self as rows, Written};
use super::rows::{self as all, person};
use crate::ledger::{self, Deed};
use crate::web::form::Fields;
use crate::web::page::{again, crumbs, stitch};
use crate::web::{Answer, Me, Problem, Visit, page, seen};
use crate::with;

fn stands(written: Option<&Written>) -> Care {
    written.map_or(Care::Off, |it| {
        rule::care(!it.text.is_empty(), it.lead.is_some(), it.agreed)
    })
}

fn text_of(written: Option<&Written>) -> &str {
    written.map_or("", |it| it.text.as_str())
}

/// How safeguarding stands now.
pub fn care(tx: &mut Tx<'_>, movement: MovementId) -> Result<Care, StoreError> {
    Ok(stands(rows::written(tx, movement)?.as_ref()))
}

/// Whether somebody who left may come back: somebody under 18 only where a lead has agreed.
pub fn may_return(
    tx: &mut Tx<'_>,
    movement: MovementId,
    account: AccountId,
) -> Result<bool, StoreError> {
    let minor = rows::left_as_minor(tx, movement, account)?;
    let age = if minor { Age::Minor } else { Age::Adult };
    Ok(may_join(age, care(tx, movement)?))
}

/// Whether somebody is under 18, and whether they are the lead, for the file of one's own data.
pub fn own_words(tx: &mut Tx<'_>, me: &Me) -> Result<(bool, bool), StoreError> {
    let minor = rows::minor_at(tx, me.movement, me.person)?.is_some();
    let lead = rows::written(tx, me.movement)?.and_then(|it| it.lead);
    Ok((minor, lead.is_some_and(|(lead, _)| lead == me.person)))
}

/// What Home has to say about it.
#[derive(Debug, Clone)]
pub struct News {
    care: Care,
    lead: bool,
    /// When whoever asks said that they are under 18.
    minor: Option<Time>,
}

pub fn news(tx: &mut Tx<'_>, me: &Me) -> Result<News, StoreError> {
    let written = rows::written(tx, me.movement)?;
    let lead = written.as_ref().and_then(|it| it.lead.as_ref());
    Ok(News {
        care: stands(written.as_ref()),
        lead: lead.is_some_and(|(lead, _)| *lead == me.person),
        minor: rows::minor_at(tx, me.movement, me.person)?,
    })
}

/// What is asked of the one looking: of the lead to agree, of a steward to find a lead.
pub fn asked(visit: &Visit, me: &Me, news: &News) -> Option<Markup> {
    let to = visit.at("/safeguarding");
    match news.care {
        Care::Asked if news.lead => Some(card(visit, "safe-asked", &to)),
        Care::Leaderless if me.steward => Some(card(visit, "safe-leaderless", &to)),
        _ => None,
    }
}

/// The yearly question to whoever said that they are under 18.
pub fn age_card(visit: &Visit, news: &News) -> Markup {
    super::age::card(visit, news.minor, true)
}

fn card(visit: &Visit, key: &str, to: &str) -> Markup {
    html! {
        div class="card stack" {
            h2 { (visit.t("safe-title")) }
            p class="soft" { (visit.t(key)) }
            a class="btn" href=(to) { (visit.t("safe-look")) }
        }
    }
}

/// The sentence that stands in every circle of a movement with people under 18: it names nobody.
pub fn circle_note(visit: &Visit, care: Care) -> Markup {
    html! { @if let Some(note) = circle_said(visit, care) { p class="note i" { (note) } } }
}

/// The same as text.
pub fn circle_said(visit: &Visit, care: Care) -> Option<String> {
    (care != Care::Off).then(|| visit.t("safe-circle"))
}

struct Shown {
    written: Option<Written>,
    care: Care,
    adults: Vec<(PersonId, String)>,
    minors: Vec<String>,
}

fn load(tx: &mut Tx<'_>, me: &Me) -> Result<Shown, StoreError> {
    let written = rows::written(tx, me.movement)?;
    let care = stands(written.as_ref());
    let is_lead = |it: &Written| it.lead.as_ref().is_some_and(|(lead, _)| *lead == me.person);
    let lead = care == Care::On && written.as_ref().is_some_and(is_lead);
    let (mut adults, mut young) = (Vec::new(), Vec::new());
    if me.steward || lead {
        let minors = rows::minors(tx, me.movement)?;
        for one in person::list(tx, me.movement)? {
            match minors.contains(&one.id) {
                true => young.push(one.name),
                false if one.account.is_some() => adults.push((one.id, one.name)),
                false => {}
            }
        }
    }
    Ok(Shown {
        written,
        care,
        adults,
        minors: young,
    })
}

async fn loaded(visit: &Visit) -> Result<Shown, Problem> {
    let me = visit.me()?;
    let found = visit.app.store.read(me.scope(), move |tx| load(tx, &me));
    Ok(found.await?)
}

/// How safeguarding stands, for everybody; the list of those under 18 for stewards and the lead.
pub async fn show(visit: Visit) -> Answer {
    let (me, shown) = (visit.me()?, loaded(&visit).await?);
    let body = whole(&visit, &me, &shown);
    Ok(page(&visit, &visit.t("safe-title"), body))
}

/// The form in which stewards write it down.
pub async fn edit(visit: Visit) -> Answer {
    let shown = loaded(&visit).await?;
    let body = steward_form(&visit, &shown, None);
    Ok(page(&visit, &visit.t(set_or_change(&shown)), body))
}

fn set_or_change(shown: &Shown) -> &'static str {
    match shown.written {
        Some(_) => "safe-change",
        None => "safe-set",
    }
}

fn whole(visit: &Visit, me: &Me, shown: &Shown) -> Markup {
    let lead = shown.written.as_ref().and_then(|it| it.lead.as_ref());
    let mine = lead.is_some_and(|(lead, _)| *lead == me.person);
    let state = match shown.care {
        Care::Off => "safe-off",
        Care::Asked => "safe-waits",
        Care::On => "safe-on",
        Care::Leaderless => "safe-leaderless",
    };
    html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at("/movement"), &visit.t("nav-movement")))
            h1 { (visit.t("safe-title")) }
            p class="lead" { (visit.t(state)) }
            @if let Some(written) = &shown.written {
                section class="card stack" {
                    h2 { (visit.t("safe-text")) }
                    @for line in written.text.lines().filter(|line| !line.trim().is_empty()) { p { (line) } }
                    @if let Some((_, name)) = lead { p { (visit.tw("safe-lead-is", &with![name = name.as_str()])) } }
                }
            }
            @if mine { (own_form(visit, shown)) }
            @if !shown.minors.is_empty() {
                section class="stack" {
                    h2 { (visit.t("safe-minors")) }
                    ul class="plain" { @for name in &shown.minors { li { (name) } } }
                    p class="readers" { (visit.t("safe-minors-who")) }
                }
            }
            @if me.steward { div class="row" { a class="btn" href=(visit.at("/safeguarding/edit")) { (visit.t(set_or_change(shown))) } } }
        }
    }
}

/// What the lead can say: yes, no, or that they lay it down.
fn own_form(visit: &Visit, shown: &Shown) -> Markup {
    html! {
        form class="card stack" method="post" action=(visit.at("/safeguarding/lead")) {
            (seen::mark(text_of(shown.written.as_ref())))
            @if shown.care == Care::Asked {
                p { (visit.t("safe-lead-asked")) }
                div class="row" {
                    button class="btn go" name="answer" value="yes" { (visit.t("safe-lead-yes")) }
                    button class="btn" name="answer" value="no" { (visit.t("safe-lead-no")) }
                }
            } @else {
                p { (visit.t("safe-lead-down-what")) }
                div class="row" { button class="btn" name="answer" value="no" { (visit.t("safe-lead-down")) } }
            }
            p class="readers" { (visit.t(if shown.care == Care::Asked { "safe-lead-who" } else { "safe-lead-down-who" })) }
        }
    }
}

fn steward_form(visit: &Visit, shown: &Shown, wrong: Option<&'static str>) -> Markup {
    let written = shown.written.as_ref();
    let text = text_of(written);
    let lead = written
        .and_then(|it| it.lead.as_ref())
        .map(|(lead, _)| *lead);
    html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at("/safeguarding"), &visit.t("safe-title")))
            h1 { (visit.t(set_or_change(shown))) }
            p class="lead" { (visit.t("safe-set-what")) }
            form class="stack" method="post" action=(visit.at("/safeguarding/edit")) {
                @if let Some(wrong) = wrong { p class="note r" role="alert" { (visit.t(wrong)) } }
                (field(visit, "text", "safe-write", &[], &html! {
                    textarea id="text" name="text" rows="8" maxlength=(TEXT_LENGTH) required aria-describedby="text-hint" { (text) }
                }))
                (field(visit, "lead", "safe-lead", &[], &html! {
                    select id="lead" name="lead" required aria-describedby="lead-hint" {
                        @for (id, name) in &shown.adults { option value=(id) selected[lead == Some(*id)] { (name) } }
                    }
                }))
                div class="row" { button class="btn go" { (visit.t("safe-ask")) } }
                p class="readers" { (visit.t("safe-who-reads")) }
            }
            @if written.is_some() {
                (stitch())
                form class="stack" method="post" action=(visit.at("/safeguarding/off")) {
                    p { (visit.t("safe-off-what")) }
                    label class="check" { input type="checkbox" name="sure" required; span { (visit.t("safe-off-sure")) } }
                    div class="row" { button class="btn grave" { (visit.t("safe-off-go")) } }
                }
            }
        }
    }
}

/// Writes the text down and asks somebody to be the lead.
pub async fn save(visit: Visit, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let text: String = fields.text("text").chars().take(TEXT_LENGTH).collect();
    if text.is_empty() {
        let shown = loaded(&visit).await?;
        let body = steward_form(&visit, &shown, Some("safe-text-wrong"));
        return Ok(again(page(&visit, &visit.t("safe-set"), body)));
    }
    let lead: PersonId = fields.parse("lead").ok_or(Problem::NotFound)?;
    let done = visit.app.store.write(me.scope(), move |tx| {
        let found = person::one(tx, me.movement, lead)?.ok_or(Problem::NotFound)?;
        let minor = rows::minor_at(tx, me.movement, lead)?.is_some();
        if found.account.is_none() || minor {
            return Err(Problem::Refused("safe-lead-wrong"));
        }
        let written = rows::written(tx, me.movement)?;
        let same =
            |it: &Written| it.text == text && it.lead.as_ref().is_some_and(|(id, _)| *id == lead);
        if written.as_ref().is_some_and(same) {
            return Ok(());
        }
        rows::write(tx, me.movement, &text, lead)?;
        Ok(ledger::note(tx, &me, Deed::SafeguardingWritten, None, now)?)
    });
    done.await?;
    Ok(Redirect::to(&visit.at("/safeguarding?told=saved")).into_response())
}

/// The lead agrees, declines or lays it down.
pub async fn answer(visit: Visit, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let yes = fields.text("answer") == "yes";
    let done = visit.app.store.write(me.scope(), move |tx| {
        let written = rows::written(tx, me.movement)?;
        let lead = written.as_ref().and_then(|it| it.lead.as_ref());
        if lead.is_none_or(|(lead, _)| *lead != me.person) {
            return Err(Problem::Refused("safe-not-lead"));
        }
        if yes && !seen::is(&fields, text_of(written.as_ref())) {
            return Err(Problem::Refused("safe-text-changed"));
        }
        match yes {
            true => rows::agree(tx, me.movement, now)?,
            false => rows::lay_down(tx, me.movement, me.person)?,
        }
        let deed = match yes {
            true => Deed::LeadAgreed,
            false => Deed::LeadStopped,
        };
        Ok(ledger::note(tx, &me, deed, None, now)?)
    });
    done.await?;
    Ok(Redirect::to(&visit.at("/safeguarding?told=saved")).into_response())
}

/// Switches it off, where nobody under 18 is left who would be without it.
pub async fn end(visit: Visit, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    if !fields.has("sure") {
        return Err(Problem::Refused("safe-off-unsure"));
    }
    let done = visit.app.store.write(me.scope(), move |tx| {
        let minors = rows::minors(tx, me.movement)?;
        let here = all::person::names(tx, me.movement)?;
        let here = here.iter().filter(|(id, _)| minors.contains(id)).count();
        if !rule::may_end(here) {
            return Err(Problem::Refused("safe-off-minors"));
        }
        rows::drop(tx, me.movement)?;
        Ok(ledger::note(tx, &me, Deed::SafeguardingEnded, None, now)?)
    });
    done.await?;
    Ok(Redirect::to(&visit.at("/safeguarding?told=saved")).into_response())
}
