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
use crate::ask::{asks, care, commitments};
use crate::circle::{
    after, agreements, draft, feed, inventory, invitation, keeping, meetings, offer, open,
    pages as circles, seats, standin, start, words,
};
use crate::letters::{choose, mute, status};
use crate::live::{self, pack};
use crate::movement::import::LARGEST;
use crate::movement::{
    age, asking, claim, groups, help, import, joining, lockdown, me, pages as movements, people,
    safeguarding, surge,
};
use crate::people::{pages as accounts, passkey};
use crate::step::{pages as steps, ready as dial, short, wording};
use crate::{erase, home, journal, leave};

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
        Action::AskingBack => post(asking::take_back),
        Action::ComeBack => post(leave::come_back),
        Action::AccountPage => get(accounts::account),
        Action::AccountSession => post(accounts::end_session),
        Action::AccountWords => get(journal::words),
        Action::AccountWordsSave => post(journal::save_words),
        Action::PasskeyAsk => post(passkey::start),
        Action::PasskeySignIn => post(passkey::sign_in),
        Action::PasskeyNew => post(passkey::start_new),
        Action::PasskeyAdd => post(passkey::finish_new),
        Action::PasskeyRemove => post(passkey::remove),
        Action::PasskeyProve => post(passkey::prove),
        Action::ProvePage => get(accounts::prove_page),
        Action::Prove => post(accounts::prove),
        Action::AccountErase => post(erase::erase),
        Action::Vault => get(journal::page),
        Action::VaultWorker => get(journal::worker),
        Action::VaultState => get(journal::state),
        Action::VaultBegin => post(journal::begin),
        Action::VaultOpen => post(journal::open),
        Action::VaultLock => post(journal::lock),
        Action::VaultKeyring => post(journal::save_keyring),
        Action::VaultWords => post(journal::change),
        Action::VaultPasskeyAdd => post(journal::add),
        Action::VaultPasskeyDrop => post(journal::remove),
        Action::VaultIndex => get(journal::index),
        Action::VaultRead => post(journal::read),
        Action::VaultSave => post(journal::save).layer(DefaultBodyLimit::max(journal::LARGEST)),
        Action::VaultDestroy => post(journal::destroy),
        Action::VaultEnd => post(journal::end),
        Action::Home => get(home::show),
        Action::ClaimPage => get(claim::claim_page),
        Action::ClaimJoin => post(claim::claim_join),
        Action::ClaimTake => post(claim::claim_take),
        Action::JoinPage => get(asking::show),
        Action::JoinAsk => post(asking::join),
        Action::JoinTake => post(asking::take),
        Action::AnswerPage => get(invitation::answer_page),
        Action::Answer => post(invitation::answer),
        Action::Feed => get(feed::show),
        Action::MyPlace => get(me::show),
        Action::MyPlaceSave => post(me::save),
        Action::MyAge => post(age::save),
        Action::MyHours => get(me::hours),
        Action::MyHoursSave => post(me::save_hours),
        Action::MyWishes => get(me::wishes),
        Action::MyWishesSave => post(me::save_wishes),
        Action::MyFeed => get(feed::mine),
        Action::MyFeedRenew => post(feed::renew),
        Action::MyLetters => get(choose::show),
        Action::MyLettersSave => post(choose::save),
        Action::StopPage => get(mute::show),
        Action::Stop => post(mute::mute),
        Action::Mail => get(status::show),
        Action::MailTest => post(status::test),
        Action::MailAgain => post(status::by_hand),
        Action::MyExport => get(leave::export),
        Action::LeavePage => get(leave::show),
        Action::Leave => post(leave::leave),
        Action::StepBack => post(leave::step_back),
        Action::MovementPage => get(movements::show),
        Action::MovementSave => post(movements::save),
        Action::MovementEdit => get(movements::edit),
        Action::Safeguarding => get(safeguarding::show),
        Action::SafeguardingEdit => get(safeguarding::edit),
        Action::SafeguardingSave => post(safeguarding::save),
        Action::SafeguardingOff => post(safeguarding::end),
        Action::SafeguardingLead => post(safeguarding::answer),
        Action::LockPage => get(lockdown::show),
        Action::LockBegin => post(lockdown::begin),
        Action::LockKeep => post(lockdown::keep_locked),
        Action::LockOpen => post(lockdown::open_early),
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
        Action::Joining => get(joining::show),
        Action::JoiningOpen => post(joining::open),
        Action::JoiningEnd => post(joining::end),
        Action::JoiningSheet => get(joining::sheet),
        Action::AskingYes => post(joining::approve),
        Action::AskingNo => post(joining::decline),
        Action::Steps => get(steps::path),
        Action::StepOwn => post(steps::save_own),
        Action::StepPage => get(steps::show),
        Action::StepReady => post(dial::ask),
        Action::Words => get(wording::movement_list),
        Action::WordsRestart => post(wording::movement_restart),
        Action::Wording => get(wording::movement_form),
        Action::WordingSave => post(wording::movement_save),
        Action::WordingBack => post(wording::movement_back),
        Action::Practices => get(short::list),
        Action::PracticePage => get(short::show),
        Action::Asks => get(asks::show),
        Action::AskMake => post(asks::make),
        Action::AskAnswer => post(asks::answer),
        Action::AskEnd => post(asks::end),
        Action::Commitments => get(commitments::list),
        Action::CommitmentMake => post(commitments::make),
        Action::CommitmentShow => post(commitments::show),
        Action::CommitmentRelease => post(commitments::release),
        Action::Care => get(care::show),
        Action::CareSave => post(care::save),
        Action::ImportPage => get(import::pages::show),
        // Twice as much may come, so that whoever sends too much is told so by a page.
        Action::ImportLook => post(import::pages::look).layer(DefaultBodyLimit::max(2 * LARGEST)),
        Action::ImportSeen => get(import::pages::look_again),
        Action::ImportConfirm => post(import::pages::confirm),
        Action::ImportForget => post(import::pages::forget),
        Action::ImportColumns => post(import::pages::choose),
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
        Action::CircleRsvp => post(invitation::answer_signed_in),
        Action::CircleLeave => post(seats::leave),
        Action::CircleKeep => post(seats::take_keeping),
        Action::CircleFree => post(seats::free_one),
        Action::Offers => get(offer::show),
        Action::OfferMake => post(offer::make),
        Action::OfferBack => post(offer::take_back),
        Action::CircleCall => post(after::ask),
        Action::CallDone => post(after::done),
        Action::Wave => get(surge::show),
        Action::WaveSave => post(surge::save),
        Action::CircleEdit => get(circles::edit),
        Action::CircleSave => post(circles::save),
        Action::CircleEnd => post(circles::end),
        Action::CircleShared => get(commitments::shared),
        Action::CircleSource => post(words::save_source),
        Action::CircleStep => get(words::show),
        Action::CircleWords => get(words::list),
        Action::CircleWordsRestart => post(words::restart),
        Action::CircleWording => get(words::form),
        Action::CircleWordingSave => post(words::save),
        Action::CircleWordingBack => post(words::go_back),
        Action::CircleStart => get(start::show),
        Action::CircleStartMake => post(start::make),
        Action::Meetings => get(meetings::list),
        Action::MeetingPage => get(meetings::show),
        Action::MeetingMove => post(meetings::move_one),
        Action::MeetingSkip => post(meetings::skip_one),
        Action::MeetingUndo => post(meetings::undo_one),
        Action::MeetingStep => post(meetings::choose),
        Action::SeriesEnd => post(meetings::end_series),
        Action::MeetingKeeping => post(keeping::say),
        Action::StandIn => get(standin::view::show),
        Action::StandInSay => post(standin::say),
        Action::Rota => post(keeping::plan),
        Action::Agreements => get(agreements::show),
        Action::AgreementsSave => post(agreements::save),
        Action::AgreementsConsent => post(agreements::consent),
        Action::Inventories => get(inventory::list),
        Action::Inventory => get(inventory::show),
        Action::InventorySave => post(inventory::save),
        Action::InventoryDestroy => post(inventory::destroy),
        Action::CircleJoin => post(open::join),
        Action::Pack => get(pack::show),
        Action::PackPdf => get(pack::pdf),
        Action::Live => get(live::pages::show),
        Action::LiveDeed => post(live::pages::carry_out),
        Action::LiveFollow => get(live::follow::follow),
        Action::LiveKeep => post(live::after::keep),
        Action::HeldList => get(live::before::show),
        Action::LiveAsk => post(live::after::ask),
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
