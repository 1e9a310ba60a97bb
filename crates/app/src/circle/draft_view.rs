//! A draft as a steward sees it: circles, what they cost in groups, hours and language, and why.

use maud::{Markup, html};
use mend_rules::circle::{Common, Look, Move, Ring, look};
use mend_rules::id::{DraftId, PersonId};

use super::acts::Shown;
use super::invitation::not_public;
use crate::meeting::plan_fields;
use crate::web::Visit;
use crate::web::form::Fields;
use crate::web::page::crumbs;
use crate::with;

fn name<'a>(shown: &'a Shown, id: &PersonId) -> &'a str {
    shown.names.get(id).map_or("", String::as_str)
}

/// From the list of members, not from the pool: somebody who pauses must look as before.
fn groups_of(shown: &Shown, id: PersonId) -> String {
    let all = shown.memberships.get(&id).map(Vec::as_slice);
    let mut names: Vec<&str> = all
        .unwrap_or_default()
        .iter()
        .filter_map(|(group, _)| shown.groups.get(group).map(String::as_str))
        .collect();
    names.sort_unstable();
    names.join(", ")
}

pub fn draft(visit: &Visit, shown: &Shown) -> Markup {
    let own = visit.at(&format!("/drafts/{}", shown.draft.id));
    html! {
        div class="stack" {
            (crumbs(visit, &visit.at("/circles"), &visit.t("nav-circles")))
            h1 { (visit.t("draft-title")) }
            p class="lead" { (visit.t("draft-lead")) }
            (explained(visit, shown))
            div class="row" {
                a class="btn go" href={ (own) "/confirm" } { (visit.t("draft-confirm")) }
                form method="post" action=(visit.at("/circles/propose")) { input type="hidden" name="seed" value=((shown.draft.seed + 1) % 1_000_000); button class="btn" { (visit.t("draft-another")) } }
            }
            details {
                summary { (visit.t("draft-drop")) }
                form class="stack" method="post" action={ (own) "/drop" } {
                    p { (visit.t("draft-drop-what")) }
                    div class="row" { button class="btn" { (visit.t("draft-drop")) } }
                }
            }
        }
        div class="grid" {
            @for (at, ring) in shown.draft.rings.iter().enumerate() { (card(visit, shown, at, ring)) }
        }
        @if !shown.draft.unmet.is_empty() {
            section class="note o stack" {
                h2 { (visit.t("draft-unmet")) }
                p { (visit.t("draft-unmet-why")) }
                ul class="plain" { @for id in &shown.draft.unmet { li { a href={ (own) "/" (id) } { (name(shown, id)) } } } }
            }
        }
    }
}

/// What was reached, in words, and what nobody could beat.
fn explained(visit: &Visit, shown: &Shown) -> Markup {
    let rings: Vec<&Ring> = shown.draft.filled().map(|(_, ring)| ring).collect();
    let sizes: Vec<usize> = rings.iter().map(|ring| ring.members.len()).collect();
    let (least, most) = (
        sizes.iter().min().unwrap_or(&0),
        sizes.iter().max().unwrap_or(&0),
    );
    let kept = rings.iter().filter(|ring| ring.keeper.is_some()).count();
    let args = with![
        people = sizes.iter().sum::<usize>(),
        circles = rings.len(),
        least = *least,
        most = *most,
        reached = shown.draft.reached,
        bound = shown.draft.bound,
        percent = above(shown.draft.reached, shown.draft.bound),
        kept = kept,
    ];
    let shared = match (shown.draft.reached, shown.draft.bound) {
        (0, _) => "draft-shared-none",
        (reached, bound) if reached <= bound => "draft-shared-best",
        (_, 0) => "draft-shared-bound",
        _ => "draft-shared-within",
    };
    html! {
        ul class="plain why" {
            li { (visit.tw(if least == most { "draft-sizes-even" } else { "draft-sizes" }, &args)) }
            li { (visit.tw(shared, &args)) }
            li { (visit.tw(if kept == rings.len() { "draft-kept-all" } else { "draft-kept" }, &args)) }
            li { (visit.t("draft-respects")) }
            li class="soft" { (visit.tw(if shown.draft.moved { "draft-moved" } else { "draft-seed" }, &with![seed = shown.draft.seed.to_string()])) }
        }
    }
}

/// By how many whole per cent of the bound more was reached, rounded up; 0 without a bound.
fn above(reached: u64, bound: u64) -> u64 {
    let more = reached.saturating_sub(bound) * 100;
    more.checked_div(bound)
        .map_or(0, |whole| whole + u64::from(!more.is_multiple_of(bound)))
}

fn card(visit: &Visit, shown: &Shown, at: usize, ring: &Ring) -> Markup {
    let own = visit.at(&format!("/drafts/{}", shown.draft.id));
    html! {
        section class="card stack tight" id={ "ring-" (at + 1) } {
            h2 { (visit.tw("ring-title", &with![number = at + 1])) }
            ul class="plain members" {
                @for id in &ring.members {
                    li {
                        a href={ (own) "/" (id) } { (name(shown, id)) }
                        @if ring.keeper == Some(*id) { " " span class="tag m" { (visit.t("ring-keeper")) } }
                        br; small { (groups_of(shown, *id)) }
                    }
                }
            }
            @match ring.members.len() {
                0 => p class="soft" { (visit.t("ring-empty")) },
                1 => p class="tag o" { (visit.t("ring-alone")) },
                _ => { (looked(visit, &look(&shown.pool, &ring.members))) }
            }
            @if ring.members.len() > 1 && ring.keeper.is_none() && shown.pool.people.iter().any(|person| person.keeps) { p class="tag o" { (visit.t("ring-no-keeper")) } }
        }
    }
}

/// What a steward sees of a circle: groups, hours, language; nothing else.
fn looked(visit: &Visit, look: &Look) -> Markup {
    let hours = match look.hours {
        Common::Unknown => "look-hours-unknown",
        Common::None => "look-hours-none",
        Common::Few => "look-hours-few",
        Common::Enough => "look-hours-enough",
    };
    html! {
        p class="looks" {
            span class=(if look.shared == 0 { "tag m" } else { "tag" }) { (visit.tw("look-shared", &with![count = look.shared])) } " "
            span class=(if look.hours == Common::None { "tag o" } else { "tag" }) { (visit.t(hours)) }
            @if !look.one_language { " " span class="tag o" { (visit.t("look-language")) } }
        }
    }
}

/// Asks before a draft that somebody changed by hand is replaced by another proposal.
pub fn replace(visit: &Visit, waiting: DraftId, seed: u64) -> Markup {
    let own = visit.at(&format!("/drafts/{waiting}"));
    html! {
        div class="narrow stack" {
            h1 { (visit.t("draft-replace")) }
            p class="lead" { (visit.t("draft-replace-why")) }
            div class="row" {
                a class="btn go" href=(own) { (visit.t("propose-open")) }
                form method="post" action=(visit.at("/circles/propose")) {
                    input type="hidden" name="seed" value=(seed);
                    button class="btn" name="sure" value="1" { (visit.t("draft-replace-go")) }
                }
            }
        }
    }
}

pub fn seat(visit: &Visit, shown: &Shown, who: PersonId, moves: &[Move]) -> Markup {
    let own = visit.at(&format!("/drafts/{}", shown.draft.id));
    html! {
        div class="stack" {
            (crumbs(visit, &own, &visit.t("draft-title")))
            h1 { (visit.tw("seat-title", &with![name = name(shown, &who)])) }
            p class="lead" { (visit.t("seat-lead")) }
            p class="soft" { (groups_of(shown, who)) }
            (placed(visit, shown, who, moves))
        }
        ul class="asks" {
            @for (at, (ring, seen)) in shown.draft.rings.iter().zip(moves).enumerate() {
                li {
                    span class="number" { (at + 1) }
                    div {
                        h2 class="as-h3" { (visit.tw("ring-title", &with![number = at + 1])) }
                        p class="soft" { (ring.members.iter().map(|id| name(shown, id)).collect::<Vec<_>>().join(", ")) }
                        @match seen {
                            Move::Here => { p class="tag i" { (visit.t("seat-here")) } (looked(visit, &look(&shown.pool, &ring.members))) },
                            Move::NotPossible => p class="tag" { (visit.t("seat-not-possible")) },
                            Move::Possible(look) => { (looked(visit, look)) }
                        }
                    }
                    @if matches!(seen, Move::Possible(_)) {
                        form method="post" action={ (own) "/" (who) } {
                            input type="hidden" name="to" value=(at);
                            button class="btn" aria-label=(visit.tw("seat-move-label", &with![number = at + 1])) { (visit.t("seat-move")) }
                        }
                    } @else { span {} }
                }
            }
        }
        p class="soft" { (visit.t("seat-veil")) }
    }
}

/// Why they sit where they do, or that no seat was possible.
fn placed(visit: &Visit, shown: &Shown, who: PersonId, moves: &[Move]) -> Markup {
    let with = |ring: &Ring| {
        let others: Vec<_> = ring
            .members
            .iter()
            .copied()
            .filter(|id| *id != who)
            .collect();
        let all = [&others[..], &[who]].concat();
        let of = |members: &[PersonId]| look(&shown.pool, members).shared;
        of(&all).saturating_sub(of(&others))
    };
    let seats = shown.draft.rings.iter().zip(moves);
    let here = seats.clone().find(|(_, one)| **one == Move::Here);
    let other = seats.filter(|(_, one)| matches!(one, Move::Possible(_)));
    let least = other.map(|(ring, _)| with(ring)).min();
    let key = match (here.map(|(ring, _)| with(ring)), least) {
        (None, Some(_)) => "seat-why-unmet",
        (None, None) => "seat-why-nowhere",
        (Some(0), _) => "seat-why-none",
        (Some(here), Some(least)) if least < here => "seat-why-fewer",
        (Some(_), _) => "seat-why-best",
    };
    html! { p { (visit.t(key)) } }
}

pub fn confirm(visit: &Visit, shown: &Shown, fields: &Fields, wrong: Option<&str>) -> Markup {
    let own = visit.at(&format!("/drafts/{}", shown.draft.id));
    html! {
        div class="narrow stack" {
            (crumbs(visit, &own, &visit.t("draft-title")))
            h1 { (visit.t("confirm-title")) }
            p class="lead" { (visit.tw("confirm-lead", &with![count = shown.draft.filled().count()])) }
            (not_public(visit))
            form class="stack" method="post" action={ (own) "/confirm" } {
                @if let Some(wrong) = wrong { p class="note r" role="alert" { (visit.t(wrong)) } }
                (plan_fields(visit, fields))
                fieldset class="options" {
                    legend { (visit.t("confirm-hours")) }
                    label class="option" { input type="checkbox" name="by-hours" checked[fields.has("by-hours") || wrong.is_none()]; span { (visit.t("confirm-by-hours")) } }
                }
                div class="row" { button class="btn go" { (visit.t("confirm-go")) } a class="btn quiet" href=(own) { (visit.t("cancel")) } }
                p class="soft" { (visit.t(if visit.app.writes() { "confirm-what-then-mail" } else { "confirm-what-then" })) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::above;

    #[test]
    fn a_draft_never_seems_nearer_to_the_best_than_it_is() {
        assert_eq!(above(24, 23), 5);
        assert_eq!(above(46, 23), 100);
        assert_eq!(above(23, 23), 0);
        assert_eq!(above(3, 0), 0);
    }
}
