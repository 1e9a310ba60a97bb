//! The forms for signing in and joining, and the account's page.

use maud::{Markup, html};
use mend_rules::time::Time;

use super::passkey;
use super::rows::Session;
use crate::web::Visit;
use crate::web::assets::address;
use crate::web::page::{crumbs, stitch};
use crate::web::visit::Account;
use crate::with;

pub fn sign_in(visit: &Visit, next: &str) -> Markup {
    html! {
        div class="narrow stack" {
            h1 { (visit.t("sign-in-title")) }
            p class="lead" { (visit.t("sign-in-lead")) }
            (proof_form(visit, &format!("/sign-in?next={next}"), None))
            (passkey::button(visit, "use", "/sign-in/passkey/start", &format!("/sign-in/passkey?next={next}"), "passkey-sign-in"))
            p class="soft" { (visit.t("sign-in-lost")) }
        }
    }
}

/// Asks for words or code once more, of whoever is signed in.
pub fn prove(visit: &Visit, account: &Account, next: &str) -> Markup {
    html! {
        div class="narrow stack" {
            h1 { (visit.t("prove-title")) }
            p class="lead" { (visit.t("prove-lead")) }
            (proof_form(visit, &format!("/prove?next={next}"), Some(&account.handle)))
            (passkey::button(visit, "use", "/sign-in/passkey/start", &format!("/prove/passkey?next={next}"), "passkey-prove"))
        }
    }
}

fn proof_form(visit: &Visit, action: &str, handle: Option<&str>) -> Markup {
    html! {
        form class="card stack" method="post" action=(action) data-mend="sign-in" data-start="/sign-in/start"
                data-busy=(visit.t("sign-in-busy")) data-wrong=(visit.t("sign-in-wrong")) data-shape=(visit.t("sign-in-shape"))
                data-offline=(visit.t("form-offline")) data-insecure=(insecure(visit)) data-weak=(visit.t("sign-in-weak")) {
                div class="field" {
                    label for="handle" { (visit.t("sign-in-handle")) }
                    input id="handle" name="handle" value=[handle] readonly[handle.is_some()] autocomplete="username" autocapitalize="none" spellcheck="false" required;
                }
                div class="field" {
                    label for="words" { (visit.t("sign-in-words")) }
                    p class="hint" id="words-hint" { (visit.t("sign-in-words-hint")) }
                    input id="words" name="words" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" required aria-describedby="words-hint";
                }
                p class="say" data-say="" role="status" {}
                button class="btn go" disabled { (visit.t(if handle.is_some() { "prove-go" } else { "sign-in-go" })) }
                noscript { p class="note o" { (visit.t("sign-in-noscript")) } }
        }
    }
}

fn insecure(visit: &Visit) -> String {
    if visit.app.base.secure {
        visit.t("form-insecure")
    } else {
        visit.t("form-insecure-local")
    }
}

/// The three steps of making an account, inside whatever page leads to it. `fields` are further
/// inputs of the first step; `action` takes what `sign.js` sends.
pub fn join_form(visit: &Visit, action: &str, fields: &Markup) -> Markup {
    keys_form(visit, action, &join_handle(visit, fields))
}

/// New words and a new code for an account that is there.
pub fn new_words(visit: &Visit) -> Markup {
    let first = html! {
        div class="stack" data-step="1" {
            h2 { (visit.t("words-before")) }
            p { (visit.t("words-what")) }
            div class="row" { button type="button" class="btn go" data-next="" disabled { (visit.t("join-next")) } }
        }
    };
    html! {
        div class="narrow stack" {
            (crumbs(visit, "/account", &visit.t("account-title")))
            h1 { (visit.t("words-title")) }
            (keys_form(visit, "/account/words", &first))
        }
    }
}

fn keys_form(visit: &Visit, action: &str, first: &Markup) -> Markup {
    html! {
        form class="card stack" method="post" action=(action) data-mend="join" data-list=(address("words.txt"))
            data-busy=(visit.t("join-busy")) data-wrong=(visit.t("join-wrong")) data-offline=(visit.t("form-offline"))
            data-insecure=(insecure(visit)) data-rolled=(visit.t("join-rolled"))
            data-mismatch-words=(visit.t("join-mismatch-words")) data-mismatch-code=(visit.t("join-mismatch-code")) {
            (first)
            (join_words(visit))
            (join_code(visit))
            p class="say" data-say="" role="status" {}
            noscript { p class="note o" { (visit.t("sign-in-noscript")) } }
        }
    }
}

fn join_handle(visit: &Visit, fields: &Markup) -> Markup {
    html! {
        div class="stack" data-step="1" {
            h2 { (visit.t("join-step-handle")) }
            (fields)
            div class="field" {
                label for="handle" { (visit.t("join-handle")) }
                p class="hint" id="handle-hint" { (visit.t("join-handle-hint")) }
                input id="handle" name="handle" autocomplete="username" autocapitalize="none" spellcheck="false"
                    required minlength="3" maxlength="30" aria-describedby="handle-hint";
            }
            div class="row" { button type="button" class="btn go" data-next="" disabled { (visit.t("join-next")) } }
        }
    }
}

fn join_words(visit: &Visit) -> Markup {
    html! {
        div class="stack" data-step="2" hidden {
            h2 { (visit.t("join-step-words")) }
            p { (visit.t("join-words-why")) }
            ol class="words" data-words="" {}
            div class="row" {
                button type="button" class="btn" data-roll="" disabled { (visit.t("join-roll")) }
                button type="button" class="btn quiet" data-print="" hidden { (visit.t("join-print")) }
            }
            div class="field" {
                label for="again-words" { (visit.t("join-again-words")) }
                input id="again-words" data-again-words="" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" required;
            }
            div class="row" {
                button type="button" class="btn go" data-next="" disabled { (visit.t("join-next")) }
                button type="button" class="btn quiet" data-back="" disabled { (visit.t("join-back")) }
            }
        }
    }
}

fn join_code(visit: &Visit) -> Markup {
    html! {
        div class="stack" data-step="3" hidden {
            h2 { (visit.t("join-step-code")) }
            p { (visit.t("join-code-why")) }
            output class="code" data-code="" {}
            div class="row" { button type="button" class="btn" data-print="" hidden { (visit.t("join-print")) } }
            div class="field" {
                label for="again-code" { (visit.t("join-again-code")) }
                input id="again-code" data-again-code="" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" required;
            }
            p class="note i" { (visit.t("join-lost")) }
            div class="row" {
                button class="btn go" disabled { (visit.t("join-done")) }
                button type="button" class="btn quiet" data-back="" disabled { (visit.t("join-back")) }
            }
        }
    }
}

/// By what a form names a session: enough of its digest to tell it from one's others.
pub fn mark(digest: &[u8]) -> String {
    digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Where one is signed in: when it began and until when it lasts, and nothing else about it.
fn sessions(visit: &Visit, account: &Account, all: &[Session]) -> Markup {
    let day = |time: Time| visit.long_day(time.day(&visit.zone()));
    html! {
        section class="stack" {
            h2 { (visit.t("sessions-title")) }
            p class="soft" { (visit.t("sessions-what")) }
            ul class="plain stack" {
                @for session in all {
                    @let here = session.digest == account.session;
                    li {
                        form class="row" method="post" action="/account/sessions" {
                            input type="hidden" name="which" value=(mark(&session.digest));
                            span {
                                (visit.tw("sessions-one", &with![began = day(session.began), ends = day(session.ends)]))
                                @if here { " " span class="tag m" { (visit.t("sessions-here")) } }
                            }
                            @if !here { button class="btn quiet" { (visit.t("sessions-end")) } }
                        }
                    }
                }
            }
            div class="row" {
                @if all.len() > 1 { form method="post" action="/account/sessions" { button class="btn" name="which" value="others" { (visit.t("sessions-others")) } } }
                form method="post" action="/account/sessions" { button class="btn grave" name="which" value="all" { (visit.t("sessions-all")) } }
            }
            p class="soft" { (visit.t("sessions-all-what")) }
        }
    }
}

pub fn account(
    visit: &Visit,
    account: &Account,
    (all, passkeys): (&[Session], &Markup),
    mistyped: bool,
) -> Markup {
    html! {
        div class="narrow stack" {
            h1 { (visit.t("account-title")) }
            p class="lead" { (visit.tw("account-lead", &with![handle = account.handle.as_str()])) }
            div class="row" {
                a class="btn" href="/movements" { (visit.t("account-movements")) }
                a class="btn" href="/account/words" { (visit.t("words-title")) }
            }
            (stitch())
            (passkeys)
            (stitch())
            (sessions(visit, account, all))
            (stitch())
            section class="stack" {
                h2 { (visit.t("erase-title")) }
                p { (visit.t("erase-what")) }
                p class="soft" { (visit.t("erase-left")) }
                form class="stack" method="post" action="/account/erase" {
                    div class="field" {
                        label for="erase-handle" { (visit.tw("erase-type", &with![handle = account.handle.as_str()])) }
                        input id="erase-handle" name="handle" autocomplete="off" autocapitalize="none" spellcheck="false"
                            required aria-invalid=[mistyped.then_some("true")] aria-describedby=[mistyped.then_some("erase-error")];
                        @if mistyped { p class="error" id="erase-error" { (visit.t("erase-mistyped")) } }
                    }
                    button class="btn" { (visit.t("erase-go")) }
                }
            }
        }
    }
}
