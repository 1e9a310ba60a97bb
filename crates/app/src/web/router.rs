//! The router, built from the table of policies: every action has a handler here and a policy
//! there, or the program does not compile.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::Uri;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use super::policy::{Action, POLICIES};
use super::{Answer, Problem, Visit, assets, guard, headers, page};
use crate::app::App;
use crate::circle::{draft, feed, invitation, pages as circles, seats};
use crate::movement::{claim, groups, help, import, me, pages as movements, people};
use crate::people::{pages as accounts, passkey};
use crate::{erase, home, leave};

/// The largest body of an ordinary form, in bytes.
const FORM: usize = 1024 * 1024;

/// Every route, guarded.
pub fn router(app: &App) -> Router {
    let mut router = Router::new();
    for policy in POLICIES {
        let guarded =
            door(policy.action).layer(from_fn_with_state((app.clone(), policy), guard::stand));
        router = router.route(policy.path, guarded);
    }
    let (odd, lost, broken) = (app.clone(), app.clone(), app.clone());
    router
        .method_not_allowed_fallback(move |request: Request| nowhere(odd.clone(), request))
        .fallback(move |request: Request| nowhere(lost.clone(), request))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(move |_| panicked(&broken)))
        .layer(DefaultBodyLimit::max(FORM))
        .layer(from_fn_with_state(app.clone(), headers::harden))
}

async fn nowhere(app: App, request: Request) -> Response {
    page::problem(&guard::stranger(&app, request.uri()), &Problem::NotFound)
}

/// What a panic said is for the log of the host alone.
fn panicked(app: &App) -> Response {
    let visit = guard::stranger(app, &Uri::from_static("/"));
    page::problem(&visit, &Problem::Broken("it stopped half way".into()))
}

fn door(action: Action) -> MethodRouter {
    match action {
        Action::Landing => get(movements::landing),
        Action::About => get(movements::about),
        Action::Asset => get(assets::show),
        Action::Robots => get(robots),
        Action::Ready => get(ready),
        Action::PolicyReport => post(policy_report),
        Action::SignInPage => get(accounts::sign_in_page),
        Action::SignInStart => post(accounts::sign_in_start),
        Action::SignIn => post(accounts::sign_in),
        Action::SignOut => post(accounts::sign_out),
        Action::DemoDoor => get(accounts::demo_door),
        Action::OpenLink => get(claim::open_link),
        Action::OpenLinkJoin => post(claim::open_link_join),
        Action::OpenLinkTake => post(claim::open_link_take),
        Action::Movements => get(movements::movements),
        Action::MovementNew => get(movements::new),
        Action::MovementBegin => post(movements::begin),
        Action::ComeBack => post(leave::come_back),
        Action::AccountPage => get(accounts::account),
        Action::AccountSession => post(accounts::end_session),
        Action::AccountWords => get(accounts::words),
        Action::AccountWordsSave => post(accounts::save_words),
        Action::PasskeyAsk => post(passkey::start),
        Action::PasskeySignIn => post(passkey::sign_in),
        Action::PasskeyNew => post(passkey::start_new),
        Action::PasskeyAdd => post(passkey::finish_new),
        Action::PasskeyRemove => post(passkey::remove),
        Action::PasskeyProve => post(passkey::prove),
        Action::ProvePage => get(accounts::prove_page),
        Action::Prove => post(accounts::prove),
        Action::AccountErase => post(erase::erase),
        Action::Home => get(home::show),
        Action::ClaimPage => get(claim::claim_page),
        Action::ClaimJoin => post(claim::claim_join),
        Action::ClaimTake => post(claim::claim_take),
        Action::AnswerPage => get(invitation::answer_page),
        Action::Answer => post(invitation::answer),
        Action::Feed => get(feed::show),
        Action::MyPlace => get(me::show),
        Action::MyPlaceSave => post(me::save),
        Action::MyHours => get(me::hours),
        Action::MyHoursSave => post(me::save_hours),
        Action::MyWishes => get(me::wishes),
        Action::MyWishesSave => post(me::save_wishes),
        Action::MyFeed => get(feed::mine),
        Action::MyFeedRenew => post(feed::renew),
        Action::MyExport => get(leave::export),
        Action::LeavePage => get(leave::show),
        Action::Leave => post(leave::leave),
        Action::StepBack => post(leave::step_back),
        Action::MovementPage => get(movements::show),
        Action::MovementSave => post(movements::save),
        Action::MovementEdit => get(movements::edit),
        Action::Help => get(help::show),
        Action::HelpEdit => get(help::edit),
        Action::HelpSave => post(help::save),
        Action::GroupAdd => post(movements::add_group_named),
        Action::GroupPage => get(groups::show),
        Action::GroupSave => post(groups::save),
        Action::GroupRemove => post(groups::remove),
        Action::StewardAdd => post(movements::appoint),
        Action::People => get(people::list),
        Action::PersonNew => get(people::new),
        Action::PersonAdd => post(people::add),
        Action::PersonPage => get(people::show),
        Action::PersonSave => post(people::save),
        Action::PersonClaim => post(people::claim),
        Action::PersonRemove => post(people::remove),
        Action::ImportPage => get(import::show),
        Action::ImportLook => post(import::look).layer(DefaultBodyLimit::max(import::LARGEST)),
        Action::ImportSeen => get(import::look_again),
        Action::ImportConfirm => post(import::confirm),
        Action::Circles => get(circles::list),
        Action::Propose => post(draft::propose),
        Action::DraftPage => get(draft::show),
        Action::DraftSeat => get(draft::seat),
        Action::DraftMove => post(draft::move_seat),
        Action::DraftDrop => post(draft::drop_draft),
        Action::DraftConfirmPage => get(draft::confirm_page),
        Action::DraftConfirm => post(draft::confirm),
        Action::Invitations => get(invitation::show),
        Action::InvitationSheets => get(invitation::sheets),
        Action::InvitationHand => post(invitation::hand_over),
        Action::InvitationFile => post(invitation::file),
        Action::CirclePage => get(circles::show),
        Action::CircleSheet => get(circles::sheet),
        Action::CircleRsvp => post(invitation::answer_signed_in),
        Action::CircleLeave => post(seats::leave),
        Action::CircleKeep => post(seats::take_keeping),
        Action::CircleFree => post(seats::free_one),
        Action::CircleEdit => get(circles::edit),
        Action::CircleSave => post(circles::save),
        Action::CircleEnd => post(circles::end),
    }
}

async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /\n"
}

/// For whoever watches whether the server is up: it is when the store answers.
async fn ready(visit: Visit) -> Answer {
    let answered = visit
        .app
        .store
        .read(mend_store::Scope::Instance, |_| Ok::<_, Problem>(()))
        .await;
    answered.map(|()| "ready\n".into_response())
}

/// A page tried something that the policy forbids. Counted; nothing of the report is kept.
async fn policy_report(visit: Visit) -> Answer {
    let counted = &visit.app.policy_reports;
    counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    Ok(axum::http::StatusCode::NO_CONTENT.into_response())
}
