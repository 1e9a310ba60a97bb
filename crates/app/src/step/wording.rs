//! A group's own words for a step, beside the original. The pages are the same for a movement and
//! for a circle; whoever may open them is decided by the room that shows them.
//! Never: refuses a prompt for what it asks; it says what could hurt, and lets people decide.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mend_rules::prompt::{Concern, concerns};
use mend_rules::step::{Number, Text, Wording, WordingTrouble};
use mend_store::Tx;

use super::acts::{self, Desk, Group};
use super::pages::number;
use super::view::address;
use crate::ledger::{self, Deed};
use crate::web::form::Fields;
use crate::web::page::{again, crumbs, stitch};
use crate::web::{Answer, Me, Problem, Visit, page};
use crate::with;

/// Whose words are changed, and what decides whether the one asking may.
#[derive(Clone, Copy)]
pub struct Whose {
    pub group: Group,
    pub may: fn(&mut Tx<'_>, &Me, Group) -> Result<(), Problem>,
}

/// The movement's: the policy of the routes lets in nobody but stewards.
const MOVEMENTS: Whose = Whose {
    group: Group::Movement,
    may: |_, _, _| Ok(()),
};

/// The parts of a step in the order in which they are listed.
const PARTS: [&str; 4] = ["frame", "opening", "prompt", "caution"];

fn part(text: Text) -> &'static str {
    match text {
        Text::Short | Text::Title | Text::Meaning | Text::From => "frame",
        Text::Opening(_) => "opening",
        Text::Prompt(..) => "prompt",
        Text::Caution(..) => "caution",
    }
}

/// What a text is called: "For the circle, 2".
fn called(visit: &Visit, text: Text) -> String {
    match text {
        Text::Short => visit.t("text-short"),
        Text::Title => visit.t("text-title"),
        Text::Meaning => visit.t("text-meaning"),
        Text::From => visit.t("step-from"),
        Text::Opening(source) => visit.t(&format!("source-{}", source.word())),
        Text::Prompt(of, at) => {
            let of = visit.t(&format!("prompts-{}", of.word()));
            visit.tw("text-counted", &with![of = of, at = at])
        }
        Text::Caution(of, at) => {
            let of = visit.t(&format!("caution-{}", of.word()));
            visit.tw("text-counted", &with![of = of, at = at])
        }
    }
}

/// Every text of a step, with the group's words where it has some.
fn list(visit: &Visit, desk: &Desk, group: Group) -> Markup {
    let number = desk.original.number;
    let own = address(visit, group, number);
    html! {
        div class="stack" {
            (crumbs(visit, &own, desk.words(Text::Title)))
            h1 { (visit.t("wording-title")) }
            p class="lead" { (visit.t("wording-lead")) }
            @for kind in PARTS {
                section class="stack" {
                    h2 { (visit.t(&format!("words-{kind}"))) }
                    dl class="wordings" {
                        @for (text, _) in desk.original.texts().filter(|(text, _)| part(*text) == kind) { (line(visit, desk, &own, text)) }
                    }
                }
            }
            @if !desk.ours.is_empty() { (stitch()) (restart(visit, &own)) }
        }
    }
}

fn line(visit: &Visit, desk: &Desk, own: &str, text: Text) -> Markup {
    let name = called(visit, text);
    let ours = desk.wording(text);
    html! {
        dt {
            a href={ (own) "/words/" (text.key()) } { (name) }
            @if ours.is_some() { " " span class="tag m" { (visit.t("wording-ours")) } }
            @if ours.is_some_and(|ours| ours.is_behind(&desk.original)) { " " span class="tag o" { (visit.t("wording-behind")) } }
        }
        dd { (desk.words(text)) }
    }
}

fn restart(visit: &Visit, own: &str) -> Markup {
    html! {
        form class="stack" method="post" action={ (own) "/words/restart" } {
            h2 { (visit.t("wording-restart-title")) }
            p { (visit.t("wording-restart-what")) }
            label class="check" { input type="checkbox" name="sure" required; span { (visit.t("wording-restart-sure")) } }
            button class="btn grave" { (visit.t("wording-restart-title")) }
        }
    }
}

/// What is shown besides the form: what was typed, and why it was not kept yet.
#[derive(Default)]
struct Typed {
    words: Option<String>,
    trouble: Option<WordingTrouble>,
    concerns: Vec<(Concern, &'static str)>,
}

/// One text: the original, and the group's words beside it.
fn form(visit: &Visit, desk: &Desk, group: Group, text: Text, typed: &Typed) -> Markup {
    let own = address(visit, group, desk.original.number);
    let ours = desk.wording(text);
    let words = typed.words.as_deref().unwrap_or_else(|| desk.words(text));
    html! {
        div class="narrow stack" {
            (crumbs(visit, &format!("{own}/words"), &visit.t("wording-title")))
            h1 { (called(visit, text)) }
            (beside(visit, desk, text))
            form class="stack" method="post" action={ (own) "/words/" (text.key()) } {
                @if !typed.concerns.is_empty() { (gently(visit, &typed.concerns)) }
                div class="field" {
                    label for="words" { (visit.t("wording-words")) }
                    p class="hint" id="words-hint" { (visit.tw("wording-words-hint", &with![most = text.length()])) }
                    textarea id="words" name="words" rows="4" required maxlength=(text.length()) aria-describedby="words-hint words-error" aria-invalid=[typed.trouble.map(|_| "true")] { (words) }
                    @if let Some(trouble) = typed.trouble { p class="error" id="words-error" { (visit.t(said(trouble))) } }
                }
                div class="row" {
                    @if typed.concerns.is_empty() { button class="btn go" { (visit.t("save")) } }
                    @else { button class="btn" name="anyway" value="yes" { (visit.t("wording-anyway")) } }
                    a class="btn quiet" href={ (own) "/words" } { (visit.t("cancel")) }
                }
                p class="readers" { (visit.t(readers(group))) }
            }
            @if ours.is_some() {
                (stitch())
                form method="post" action={ (own) "/words/" (text.key()) "/back" } { button class="btn" { (visit.t("wording-back")) } }
            }
        }
    }
}

fn readers(group: Group) -> &'static str {
    match group {
        Group::Movement => "wording-who-movement",
        Group::Circle(_) => "wording-who-circle",
    }
}

fn said(trouble: WordingTrouble) -> &'static str {
    match trouble {
        WordingTrouble::Empty => "wording-empty",
        WordingTrouble::Long => "wording-long",
    }
}

/// The original, what the movement made of it where a circle is asked, and since when ours holds.
fn beside(visit: &Visit, desk: &Desk, text: Text) -> Markup {
    let (original, given) = (desk.original.text(text), desk.given.text(text));
    html! {
        div class="card stack tight" {
            h2 class="as-h3" { (visit.tw("wording-original", &with![version = desk.original.version])) }
            p { (original) }
            @if given != original { h2 class="as-h3" { (visit.t("wording-given")) } p { (given) } }
        }
        @if let Some(ours) = desk.wording(text) {
            p class="soft" { (visit.tw("wording-since", &with![day = visit.long_day(ours.since.day(&visit.zone())), version = ours.version])) }
            @if ours.is_behind(&desk.original) { p class="note o" { (visit.t("wording-behind-what")) } }
        }
    }
}

/// What could hurt, with the word by which it was noticed. It can be kept all the same.
fn gently(visit: &Visit, concerns: &[(Concern, &'static str)]) -> Markup {
    html! {
        div class="note o" role="alert" {
            h2 class="as-h3" { (visit.t("concern-title")) }
            @for (concern, word) in concerns { p { (visit.tw(&format!("concern-{}", concern.word()), &with![word = *word])) } }
            p { (visit.t("concern-choice")) }
        }
    }
}

/// Reads a text's name out of an address.
pub fn text(key: &str) -> Result<Text, Problem> {
    Text::read(key).ok_or(Problem::NotFound)
}

/// Saves a group's words, or shows the form again with what could hurt or cannot be.
pub async fn save(visit: &Visit, whose: Whose, step: Number, key: &str, fields: &Fields) -> Answer {
    let text = text(key)?;
    let typed = fields.text("words");
    let words = match Wording::typed(text, &typed) {
        Ok(words) => words,
        Err(trouble) => {
            let typed = Typed {
                words: Some(typed),
                trouble: Some(trouble),
                ..Typed::default()
            };
            return form_again(visit, whose, step, text, typed).await;
        }
    };
    let found = if part(text) == "prompt" {
        concerns(&words)
    } else {
        Vec::new()
    };
    if !found.is_empty() && !fields.has("anyway") {
        let typed = Typed {
            words: Some(words),
            concerns: found,
            ..Typed::default()
        };
        return form_again(visit, whose, step, text, typed).await;
    }
    keep(visit, whose, step, (text, words)).await?;
    Ok(to_list(visit, whose.group, step, "saved"))
}

async fn keep(
    visit: &Visit,
    whose: Whose,
    step: Number,
    (text, words): (Text, String),
) -> Result<(), Problem> {
    let (me, app, now) = (visit.me()?, visit.app.clone(), visit.now);
    let wording = Wording {
        text,
        words,
        version: app.practice.step(step).version,
        since: now,
    };
    let done = visit.app.store.write(me.scope(), move |tx| {
        (whose.may)(tx, &me, whose.group)?;
        acts::set_wording(tx, &app, me.movement, whose.group, step, &wording)?;
        note(tx, &me, whose.group, now)
    });
    done.await
}

fn note(
    tx: &mut Tx<'_>,
    me: &Me,
    group: Group,
    now: mend_rules::time::Time,
) -> Result<(), Problem> {
    let about = group.circle().map(|id| id.0);
    Ok(ledger::note(tx, me, Deed::StepReworded, about, now)?)
}

fn to_list(visit: &Visit, group: Group, step: Number, told: &str) -> Response {
    let list = format!("{}/words?told={told}", address(visit, group, step));
    Redirect::to(&list).into_response()
}

async fn desk(visit: &Visit, whose: Whose, step: Number) -> Result<Desk, Problem> {
    let (me, app) = (visit.me()?, visit.app.clone());
    let desk = visit.app.store.read(me.scope(), move |tx| {
        (whose.may)(tx, &me, whose.group)?;
        Ok::<_, Problem>(acts::desk(tx, &app, me.movement, whose.group, step)?)
    });
    desk.await
}

async fn form_again(visit: &Visit, whose: Whose, step: Number, text: Text, typed: Typed) -> Answer {
    let desk = desk(visit, whose, step).await?;
    if !desk.original.has(text) {
        return Err(Problem::NotFound);
    }
    let body = form(visit, &desk, whose.group, text, &typed);
    Ok(again(page(visit, &visit.t("wording-title"), body)))
}

/// Every text of a step, to choose one.
pub async fn show_list(visit: &Visit, whose: Whose, step: Number) -> Answer {
    let desk = desk(visit, whose, step).await?;
    let body = list(visit, &desk, whose.group);
    Ok(page(visit, &visit.t("wording-title"), body))
}

/// One text with its form.
pub async fn show_form(visit: &Visit, whose: Whose, step: Number, key: &str) -> Answer {
    let (desk, text) = (desk(visit, whose, step).await?, text(key)?);
    if !desk.original.has(text) {
        return Err(Problem::NotFound);
    }
    let body = form(visit, &desk, whose.group, text, &Typed::default());
    Ok(page(visit, &visit.t("wording-title"), body))
}

/// Back to the original, of one text or of the whole step.
pub async fn go_back(visit: &Visit, whose: Whose, step: Number, text: Option<Text>) -> Answer {
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    if text.is_some_and(|text| !app.practice.step(step).has(text)) {
        return Err(Problem::NotFound);
    }
    let done = visit.app.store.write(me.scope(), move |tx| {
        (whose.may)(tx, &me, whose.group)?;
        acts::let_go_of_words(tx, me.movement, whose.group, step, text)?;
        note(tx, &me, whose.group, now)
    });
    done.await?;
    Ok(to_list(visit, whose.group, step, "original"))
}

/// The whole step, once the box is ticked.
pub async fn start_again(visit: &Visit, whose: Whose, step: Number, fields: &Fields) -> Answer {
    if !fields.has("sure") {
        return Err(Problem::Refused("wording-restart-unsure"));
    }
    go_back(visit, whose, step, None).await
}

type Two = Path<(String, String)>;
type Three = Path<(String, String, String)>;

pub async fn movement_list(visit: Visit, Path((_, step)): Two) -> Answer {
    show_list(&visit, MOVEMENTS, number(&step)?).await
}

pub async fn movement_form(visit: Visit, Path((_, step, key)): Three) -> Answer {
    show_form(&visit, MOVEMENTS, number(&step)?, &key).await
}

pub async fn movement_save(visit: Visit, Path((_, step, key)): Three, fields: Fields) -> Answer {
    save(&visit, MOVEMENTS, number(&step)?, &key, &fields).await
}

pub async fn movement_back(visit: Visit, Path((_, step, key)): Three) -> Answer {
    go_back(&visit, MOVEMENTS, number(&step)?, Some(text(&key)?)).await
}

pub async fn movement_restart(visit: Visit, Path((_, step)): Two, fields: Fields) -> Answer {
    start_again(&visit, MOVEMENTS, number(&step)?, &fields).await
}
