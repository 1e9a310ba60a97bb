//! The question after a circle and the wish to be called, as they stand on Home.

use jiff::civil::Date;
use maud::{Markup, html};
use mend_rules::after::is_asked_of_day;
use mend_rules::id::{CircleId, PersonId};
use mend_rules::time::Time;

use super::{Call, Calls, HOW_LENGTH, hears};
use crate::circle::Home;
use crate::circle::pages::Shown;
use crate::web::{Me, Visit};
use crate::with;

/// What reaches a keeper.
pub fn asked_of_me(visit: &Visit, calls: &Calls) -> Markup {
    html! {
        @for call in &calls.to_me {
            section class="card stack" {
                h2 class="as-h3" { (visit.tw("call-asked", &with![name = call.name.as_str()])) }
                p { (visit.tw("call-asked-what", &with![circle = call.circle_name.as_str()])) }
                @if !call.how.is_empty() { p { (visit.t("call-how-said")) " " b { (call.how) } } }
                p class="soft" { (visit.t("call-careful")) }
                form method="post" action=(visit.at("/calls/done")) {
                    button class="btn" name="call" value=(PersonId(call.id)) { (visit.t("call-done")) }
                }
                p class="readers" { (visit.t("call-asked-readers")) }
            }
        }
    }
}

/// Whether it is asked now how a circle left somebody with a seat in it since a time: after a
/// meeting, and after a circle that was held on a day without one.
fn is_asked(visit: &Visit, shown: &Shown, held: &[(CircleId, Date)], since: Time) -> bool {
    let zone = &shown.meetings.series.zone;
    let there = visit.now.stamp().to_zoned(zone.clone());
    let beside = |(circle, day): &(CircleId, Date)| {
        *circle == shown.circle.id
            && *day >= since.day(zone)
            && is_asked_of_day(*day, there.datetime())
            && !shown.meetings.has_on(*day)
    };
    shown.meetings.is_a_day_over(visit.now, shown.wave, since) || held.iter().any(beside)
}

/// The questions after circles in which one has a seat, as many as are `held`, or at which one came
/// for somebody; and one's own wishes to be called.
pub fn questions(visit: &Visit, me: &Me, home: &Home, held: &[(CircleId, Date)]) -> Vec<Markup> {
    let since = |shown: &Shown| home.since.get(&shown.circle.id).copied();
    let asked =
        |shown: &Shown| since(shown).is_some_and(|since| is_asked(visit, shown, held, since));
    let mine = home.mine.iter().map(|shown| (shown, asked(shown)));
    let all = mine.chain(home.stood.iter().map(|shown| (shown, true)));
    let cards = all.filter_map(|(shown, asked)| question(visit, me, (shown, &home.calls), asked));
    let both = || home.mine.iter().chain(&home.stood);
    let has_card = |call: &&Call| both().all(|shown| shown.circle.id != call.circle);
    let left = home.calls.mine.iter().filter(has_card);
    cards
        .chain(left.map(|call| wish_alone(visit, call)))
        .collect()
}

/// A wish to be called whose circle has no card of its own any more.
fn wish_alone(visit: &Visit, call: &Call) -> Markup {
    html! {
        section class="card stack" {
            h2 class="as-h3" { (call.circle_name) }
            (wished(visit, call.circle))
        }
    }
}

/// Opening an answer opens it on this device and nowhere else.
fn question(
    visit: &Visit,
    me: &Me,
    (shown, calls): (&Shown, &Calls),
    asks: bool,
) -> Option<Markup> {
    let wishes = calls.mine.iter().any(|call| call.circle == shown.circle.id);
    let card = || {
        html! {
            section class="card stack" {
                h2 class="as-h3" { @if asks { (visit.tw("after-title", &with![circle = shown.circle.name.as_str()])) } @else { (shown.circle.name) } }
                @if asks {
                    p { (visit.t("after-question")) }
                    @for answer in ["lighter", "same", "heavier"] {
                        details name={ "after-" (shown.circle.id) } {
                            summary { (visit.t(&format!("after-{answer}"))) }
                            p { (visit.t(&format!("after-{answer}-then"))) }
                        }
                    }
                    p class="readers" { (visit.t("after-readers")) }
                }
                @if wishes { (wished(visit, shown.circle.id)) }
                @else if let Some(keeper) = hears(shown, me, visit.now) { (wish_form(visit, shown, keeper)) }
                @if !shown.help.is_empty() { p { a href=(visit.at("/help")) { (visit.t("after-help")) } } }
            }
        }
    };
    (asks || wishes).then(card)
}

/// A wish to be called that was made, with the way to take it back.
fn wished(visit: &Visit, circle: CircleId) -> Markup {
    html! {
        p { (visit.t("call-mine")) }
        form method="post" action=(visit.at(&format!("/circles/{circle}/call"))) {
            button class="btn quiet" name="back" value="1" { (visit.t("call-take-back")) }
        }
    }
}

fn wish_form(visit: &Visit, shown: &Shown, keeper: PersonId) -> Markup {
    let to = visit.at(&format!("/circles/{}/call", shown.circle.id));
    let how = format!("how-{}", shown.circle.id);
    html! {
        details {
            summary { (visit.t("call-offer")) }
            form class="stack" method="post" action=(to) {
                input type="hidden" name="to" value=(keeper);
                div class="field" {
                    label for=(how) { (visit.t("call-how")) }
                    input id=(how) name="how" maxlength=(HOW_LENGTH) autocomplete="off";
                }
                p class="readers" { (visit.tw("call-readers", &with![keeper = shown.name(Some(keeper)).unwrap_or_default()])) }
                div class="row" { button class="btn" { (visit.t("call-go")) } }
            }
        }
    }
}
