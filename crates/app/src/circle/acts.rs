//! What can be done with circles: propose, move a seat, confirm, answer, change.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::{Date, Time as Clock, Weekday};
use jiff::tz::TimeZone;
use mend_rules::circle::{self as rule, ANSWER_DAYS, Move, Pool, Proposal, Ring};
use mend_rules::id::{CircleId, DraftId, GroupId, InvitationId, MovementId, PersonId, SeriesId};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_solve::circle::Go;
use mend_store::{StoreError, Tx};

use super::draft::GONE;
use super::rows::{self, Draft, Invitation};
use super::standin;
use super::{after, offer};
use crate::app::fresh;
use crate::ledger::{self, Deed};
use crate::meeting::{self, Meetings, Plan};
use crate::web::visit::Movement;
use crate::web::{Me, Problem};
use crate::{movement, post};

/// A circle as its row tells.
#[derive(Debug, Clone)]
pub struct Circle {
    pub id: CircleId,
    pub name: String,
    /// How many seats it has, free ones too.
    pub seats: u32,
    pub keeper: Option<PersonId>,
    pub series: SeriesId,
}

/// Everybody whom a proposal may seat now, and what it has to respect.
pub fn load_pool(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    place: &Movement,
    now: Time,
) -> Result<Pool, StoreError> {
    let taken = rows::taken(tx, place.id, now)?;
    let (here, away) = movement::candidates(tx, place.id, &place.zone, now)?;
    let (busy, people): (Vec<_>, Vec<_>) = here
        .into_iter()
        .partition(|person| taken.contains(&person.id));
    Ok(Pool {
        people,
        others: [busy, away].concat(),
        apart: movement::wishes_between(tx, place.id)?,
        met: rule::met(&rows::all_seats(tx, place.id)?),
        minors: movement::minors(tx, place.id)?.into_iter().collect(),
        secret: secret(key, place),
    })
}

/// By what chance closes seats in this movement; see `rule::veil`.
fn secret(key: &ColumnKey, place: &Movement) -> u64 {
    let tag = key.sign("veil", &place.id.0);
    tag.iter()
        .take(8)
        .fold(1, |word, byte| word << 8 | u64::from(*byte))
}

/// Searches for a proposal. It takes a moment, so it runs outside of any transaction.
pub fn propose_now(pool: &Pool, size: u32, seed: u64) -> Proposal {
    rule::propose(pool, size, seed, &mut |_| Go::On)
}

/// Keeps a proposal as the one draft of the movement.
pub fn keep_draft(
    tx: &mut Tx<'_>,
    me: &Me,
    size: u32,
    proposal: &Proposal,
    now: Time,
) -> Result<DraftId, Problem> {
    let id = DraftId(fresh());
    rows::drop_drafts(tx, me.movement)?;
    rows::add_draft(tx, me.movement, id, size, proposal, now)?;
    ledger::note(tx, me, Deed::CirclesProposed, None, now)?;
    Ok(id)
}

/// Moves somebody to another ring of a draft by hand.
///
/// # Errors
/// That the seat is not possible, in the same words whatever the reason is.
pub fn move_seat(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    place: &Movement,
    me: &Me,
    (id, who, to): (DraftId, PersonId, usize),
    now: Time,
) -> Result<(), Problem> {
    let draft = rows::draft(tx, me, id)?.ok_or(GONE)?;
    if !draft.has(who) {
        return Err(GONE);
    }
    let pool = load_pool(tx, key, place, now)?;
    let most = *rule::range(draft.size).end();
    let moves = rule::moves(&pool, &draft.rings, who, most);
    if !matches!(moves.get(to), Some(Move::Possible(_))) {
        return Err(Problem::Refused("seat-not-possible"));
    }
    let rings = moved(&pool, draft.rings.clone(), who, to);
    let changed = |(at, ring): &(usize, &Ring)| draft.rings.get(*at) != Some(*ring);
    for (at, ring) in rings.iter().enumerate().filter(changed) {
        for member in &ring.members {
            let keeps = ring.keeper == Some(*member);
            rows::set_draft_seat(tx, me, id, *member, at as i64, keeps)?;
        }
    }
    rows::set_draft_reached(tx, me, id, rule::reached(&pool, &rings))?;
    Ok(())
}

/// The rings after a move; where the keeper left, or none was, somebody willing keeps.
fn moved(pool: &Pool, mut rings: Vec<Ring>, who: PersonId, to: usize) -> Vec<Ring> {
    for (at, ring) in rings.iter_mut().enumerate() {
        ring.members.retain(|member| *member != who);
        if at == to {
            ring.members.push(who);
        }
        let willing = |id: &PersonId| pool.people.iter().any(|p| p.id == *id && p.keeps);
        ring.keeper = ring
            .keeper
            .filter(|keeper| ring.members.contains(keeper))
            .or_else(|| ring.members.iter().copied().find(willing));
    }
    rings
}

/// Makes the circles of a draft and invites everybody in them.
pub fn confirm(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    place: &Movement,
    me: &Me,
    (id, plan, names): (DraftId, &Plan, &[String]),
    now: Time,
) -> Result<usize, Problem> {
    let draft = rows::draft(tx, me, id)?.ok_or(GONE)?;
    if draft.rings.iter().any(|ring| ring.members.len() == 1) {
        return Err(Problem::Refused("draft-alone"));
    }
    let pool = load_pool(tx, key, place, now)?;
    let here = |person: &PersonId| pool.people.iter().any(|p| p.id == *person);
    if !draft.rings.iter().flat_map(|ring| &ring.members).all(here) {
        return Err(Problem::Refused("draft-stale"));
    }
    if draft
        .rings
        .iter()
        .any(|ring| rule::is_torn(&pool, &ring.members) || !rule::is_safe(&pool, &ring.members))
    {
        return Err(Problem::Refused("draft-stale"));
    }
    let mut names = unused(tx, place, names, draft.rings.len())?.into_iter();
    let mut made = 0;
    for ring in draft.rings.iter().filter(|ring| !ring.members.is_empty()) {
        let name = names.next().unwrap_or_default();
        make_circle(
            tx,
            place,
            ring,
            &meetings(&pool, ring, plan, &place.zone, now),
            (CircleId(fresh()), &name),
            now,
        )?;
        made += 1;
    }
    rows::drop_drafts(tx, place.id)?;
    ledger::note(tx, me, Deed::CirclesConfirmed, None, now)?;
    Ok(made)
}

/// Names that no circle had yet; when a list is used up, it begins again with a number.
pub fn unused(
    tx: &mut Tx<'_>,
    place: &Movement,
    names: &[String],
    wanted: usize,
) -> Result<Vec<String>, StoreError> {
    let had = rows::circle_names(tx, place.id)?;
    let numbered = |round: usize| {
        names.iter().map(move |name| match round {
            1 => name.clone(),
            _ => format!("{name} {round}"),
        })
    };
    let rounds = 2 + (had.len() + wanted) / names.len().max(1);
    Ok((1..rounds)
        .flat_map(numbered)
        .filter(|name| !had.contains(name))
        .collect())
}

/// Makes a circle and invites everybody in it.
pub fn make_circle(
    tx: &mut Tx<'_>,
    place: &Movement,
    ring: &Ring,
    meetings: &Meetings,
    (id, name): (CircleId, &str),
    now: Time,
) -> Result<(), StoreError> {
    let circle = Circle {
        id,
        name: name.to_owned(),
        seats: ring.members.len() as u32,
        keeper: ring.keeper,
        series: meetings.id,
    };
    meeting::add(tx, place.id, meetings)?;
    rows::add_circle(tx, place.id, &circle, now, None)?;
    let ends = now.days(ANSWER_DAYS);
    for member in &ring.members {
        let id = InvitationId(fresh());
        invite(tx, place, (id, circle.id), *member, (now, ends))?;
    }
    Ok(())
}

/// Invites somebody to a seat, until a time.
pub fn invite(
    tx: &mut Tx<'_>,
    place: &Movement,
    (id, circle): (InvitationId, CircleId),
    who: PersonId,
    (now, ends): (Time, Time),
) -> Result<(), StoreError> {
    rows::add_invitation(tx, place.id, id, circle, who, now, ends)?;
    post::invite(tx, place.id, who, id, now)?;
    movement::mark_asked(tx, place.id, who, now)
}

fn meetings(pool: &Pool, ring: &Ring, plan: &Plan, zone: &TimeZone, now: Time) -> Meetings {
    let (weekday, starts) = if plan.by_hours {
        best_hour(pool, ring, plan)
    } else {
        (plan.weekday, plan.starts)
    };
    let plan = Plan {
        weekday,
        starts,
        ..plan.clone()
    };
    Meetings {
        place: plan.place.clone(),
        link: plan.link.clone(),
        dial: plan.dial.clone(),
        ..Meetings::new(
            SeriesId(fresh()),
            plan.series(zone, first_day(zone, now)),
            plan.format,
            now,
        )
    }
}

/// A week to answer and to arrange things.
fn first_day(zone: &TimeZone, now: Time) -> Date {
    now.day(zone).saturating_add(7.days())
}

/// The hour wished for if everybody whose hours are known has it free; else the free hour of a
/// day (8 to 22) that is nearest to it in the week. Hours are on the movement's clock.
fn best_hour(pool: &Pool, ring: &Ring, plan: &Plan) -> (Weekday, Clock) {
    let known = pool
        .people
        .iter()
        .filter(|person| ring.members.contains(&person.id))
        .filter_map(|person| person.hours);
    let Some(common) = known.reduce(|a, b| a.and(&b)) else {
        return (plan.weekday, plan.starts);
    };
    let wished = plan.weekday.to_monday_zero_offset() as usize * 24 + plan.starts.hour() as usize;
    // An hour that begins at half past touches the next one too.
    let spills = plan.starts.minute() > 0;
    if common.has(wished) && (!spills || common.has(wished + 1)) {
        return (plan.weekday, plan.starts);
    }
    let apart = |at: &usize| at.abs_diff(wished).min(168 - at.abs_diff(wished));
    let by_day = common.iter().filter(|at| (8..22).contains(&(at % 24)));
    let Some(at) = by_day.min_by_key(apart) else {
        return (plan.weekday, plan.starts);
    };
    let weekday = Weekday::from_monday_zero_offset((at / 24) as i8);
    let starts = Clock::new((at % 24) as i8, 0, 0, 0);
    (
        weekday.unwrap_or(plan.weekday),
        starts.unwrap_or(plan.starts),
    )
}

/// Answers an invitation: yes takes the seat, no frees it. Either can be taken back until the
/// invitation ends.
pub fn answer(
    tx: &mut Tx<'_>,
    place: &Movement,
    (key, invitation): (&ColumnKey, &Invitation),
    yes: bool,
    now: Time,
) -> Result<(), Problem> {
    let (circle, who) = (&invitation.circle, invitation.person);
    if !offer::is_open(tx, place.id, invitation)? {
        return Err(Problem::Refused("answer-ended-why"));
    }
    rows::set_answer(tx, place.id, invitation.id, if yes { "yes" } else { "no" })?;
    if !yes {
        rows::free_seat(tx, place.id, circle.id, who)?;
        return Ok(after::forget_calls(
            tx,
            key,
            (place.id, Some(circle.id)),
            who,
        )?);
    }
    let seated = rows::seated(tx, place.id, Some(circle.id))?;
    let seated = seated
        .get(&circle.id)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let has_seat = seated.iter().any(|(id, _)| *id == who);
    if !has_seat && seated.len() >= circle.seats as usize {
        return Err(Problem::Refused("seat-not-possible"));
    }
    rows::add_seat(tx, place.id, circle.id, who, now)?;
    Ok(())
}

/// Everybody with a seat: id and name.
pub type Seated = Vec<(PersonId, String)>;

/// A circle in which the one asking has a seat or stands in at the meeting of this hour, with
/// everybody who has a seat, in the order in which they took it, and then all who stand in.
pub fn sat_in(
    tx: &mut Tx<'_>,
    me: &Me,
    id: CircleId,
    now: Time,
) -> Result<Option<(Circle, Seated)>, StoreError> {
    let Some(circle) = rows::going_on_one(tx, me.movement, id)? else {
        return Ok(None);
    };
    let seated = rows::seated(tx, me.movement, Some(id))?.remove(&id);
    let mut all = seated.unwrap_or_default();
    for guest in standin::let_in(tx, me, id, now)? {
        if !all.contains(&guest) {
            all.push(guest);
        }
    }
    let sits = all.iter().any(|(who, _)| *who == me.person);
    Ok(sits.then_some((circle, all)))
}

/// Gives up the keeping of every circle that somebody keeps.
pub fn give_up_keeping(tx: &mut Tx<'_>, me: &Me) -> Result<(), StoreError> {
    rows::drop_planned_of(tx, me.movement, (None, me.person))?;
    rows::drop_keeper(tx, me.movement, me.person)
}

/// Frees all that somebody has in circles: seats, keeping, invitations, their calendar.
pub fn let_go_of(tx: &mut Tx<'_>, me: &Me) -> Result<(), StoreError> {
    rows::drop_notes_of(tx, me.movement, (None, me.person))?;
    give_up_keeping(tx, me)?;
    rows::drop_stand_ins_of(tx, me.movement, me.person)?;
    rows::free_all(tx, me.movement, me.person)?;
    rows::drop_consents_of(tx, me.movement, me.person)?;
    for ended in rows::drop_invitations_of(tx, me.movement, me.person)? {
        post::withdraw(tx, me.movement, ended)?;
    }
    Ok(())
}

/// Lets go of invitations whose time is over, with their letters: nobody can read from them who
/// declined.
pub fn drop_ended(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<(), StoreError> {
    for ended in rows::drop_ended(tx, movement, now)? {
        post::withdraw(tx, movement, ended)?;
    }
    Ok(())
}

/// Lets go of what is over in circles.
pub fn sweep(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<(), StoreError> {
    drop_ended(tx, movement, now)?;
    let before = |days: i64| now.days(-days).day(&TimeZone::UTC);
    rows::drop_notes(tx, movement, before(NOTE_DAYS))?;
    rows::drop_past_swaps(tx, movement, before(1))?;
    rows::drop_old_keeping(tx, movement, before(KEEPING_DAYS))?;
    standin::sweep(tx, movement, now)?;
    rows::drop_old_inventories(tx, movement, now.day(&TimeZone::UTC))?;
    after::sweep_calls(tx, movement, now)
}

/// Days for which a keeper's note to the next one is kept.
const NOTE_DAYS: i64 = 60;
/// Days for which it is known who kept a meeting, so that the keeping goes around.
const KEEPING_DAYS: i64 = 365;

/// Names of people by their ids.
pub fn names(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<HashMap<PersonId, String>, StoreError> {
    Ok(movement::names(tx, movement)?.into_iter().collect())
}

/// A draft with everything its page shows.
pub struct Shown {
    pub draft: Draft,
    pub pool: Pool,
    pub names: HashMap<PersonId, String>,
    pub groups: HashMap<GroupId, String>,
    /// The working groups of everybody, and whether they lead them.
    pub memberships: HashMap<PersonId, Vec<(GroupId, bool)>>,
}

pub fn show_draft(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    place: &Movement,
    me: &Me,
    id: DraftId,
    now: Time,
) -> Result<Shown, Problem> {
    Ok(Shown {
        draft: rows::draft(tx, me, id)?.ok_or(GONE)?,
        pool: load_pool(tx, key, place, now)?,
        names: names(tx, place.id)?,
        groups: movement::group_names(tx, place.id)?,
        memberships: movement::memberships(tx, place.id)?,
    })
}
