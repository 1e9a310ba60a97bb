//! What somebody sees of stand-ins: on Home, on a meeting's page, and where they stand in.

use jiff::civil::Date;
use mend_rules::id::{CircleId, PersonId};
use mend_rules::standin::StandIn;
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};
use serde_json::{Value, json};

use super::{Found, GONE, find, paper};
use crate::circle::pages::Shown;
use crate::circle::rows::Standing;
use crate::meeting::moment;
use crate::web::{Me, Problem, Visit};

/// What Home and a meeting's page show.
pub struct Asked {
    pub begins: jiff::Zoned,
    pub address: String,
    pub what: What,
    pub pair: StandIn,
    pub circle: String,
    pub of: String,
    pub who: String,
    /// The names of those who are asked and have no account; on a meeting's page alone.
    pub paper: Vec<String>,
    /// Those of them whose yes the one looking may pass on.
    pub pass_on: Vec<(PersonId, String)>,
}

/// How a stand-in stands for the one looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// One is asked to come.
    Come,
    /// One is asked whether somebody may come.
    Welcome,
    /// One has said yes; others are asked still.
    Said,
    /// One has asked, and waits.
    Wait,
    /// It is agreed.
    Agreed,
}

fn told(found: &Found, me: PersonId, one: &Standing, now: Time) -> Option<Asked> {
    let meeting = found.meetings.on(one.on)?;
    let comes = !meeting.is_cancelled() && meeting.ends() > moment(now);
    let what = match one.pair {
        _ if found.is_agreed(one) => What::Agreed,
        pair if pair.of == me => What::Wait,
        _ if one.yes.contains(&me) => What::Said,
        pair if pair.who == me => What::Come,
        _ => What::Welcome,
    };
    comes.then(|| Asked {
        begins: meeting.begins,
        address: format!("/circles/{}/meetings/{}/stand-in", found.circle.id, one.on),
        what,
        pair: one.pair,
        circle: found.circle.name.clone(),
        of: found.name(one.pair.of).to_owned(),
        who: found.name(one.pair.who).to_owned(),
        paper: Vec::new(),
        pass_on: Vec::new(),
    })
}

/// What is asked of somebody: to come, or whether somebody may; and where they stand in.
pub fn home(tx: &mut Tx<'_>, me: &Me, now: Time) -> Result<Vec<Asked>, StoreError> {
    let mut all = Vec::new();
    for found in find(tx, me, None)? {
        let about = found.about(me.person);
        all.extend(about.filter_map(|one| told(&found, me.person, one, now)));
    }
    all.sort_by(|a, b| a.begins.cmp(&b.begins));
    all.retain(|one| match one.what {
        What::Come | What::Welcome => true,
        What::Agreed => one.pair.who == me.person,
        What::Said | What::Wait => false,
    });
    Ok(all)
}

/// What is kept of somebody about stand-ins, for their own file.
pub fn exported(tx: &mut Tx<'_>, me: &Me) -> Result<Vec<Value>, StoreError> {
    let mut all = Vec::new();
    for found in find(tx, me, None)? {
        all.extend(found.about(me.person).map(|one| {
            json!({
                "circle": found.circle.name,
                "day": one.on.to_string(),
                "cannot come": found.name(one.pair.of),
                "would come": found.name(one.pair.who),
                "you said yes": one.yes.contains(&me.person),
            })
        }));
    }
    Ok(all)
}

/// What somebody needs who stands in at a meeting.
pub async fn own(visit: &Visit, circle: CircleId, on: Date) -> Result<(Asked, Shown), Problem> {
    let (me, now) = (visit.me()?, visit.now);
    let found = visit.app.store.read(me.scope(), move |tx| {
        let found = find(tx, &me, Some(circle))?.pop().ok_or(GONE)?;
        let comes =
            |one: &&Standing| one.on == on && one.pair.who == me.person && found.is_agreed(one);
        let one = found.all.iter().find(comes).ok_or(GONE)?;
        let told = told(&found, me.person, one, now).ok_or(GONE)?;
        let shown = Shown::one(tx, &me, found.circle)?;
        Ok::<_, Problem>((told, shown))
    });
    found.await
}

/// Those of one meeting.
pub async fn of_meeting(visit: &Visit, shown: &Shown, on: Date) -> Result<Vec<Asked>, Problem> {
    let (me, now, id) = (visit.me()?, visit.now, shown.circle.id);
    let found = visit.app.store.read(me.scope(), move |tx| {
        let found = find(tx, &me, Some(id))?.pop().ok_or(Problem::NotFound)?;
        let shown = Shown::one(tx, &me, found.circle.clone())?;
        let mut all = Vec::new();
        for one in found.about(me.person).filter(|one| one.on == on) {
            let Some(mut asked) = told(&found, me.person, one, now) else {
                continue;
            };
            let named = |id: PersonId| (id, found.name(id).to_owned());
            let paper = paper::on_paper(tx, &me, (&found, one))?;
            asked.paper = paper.into_iter().map(|id| named(id).1).collect();
            let pass_on = paper::to_pass_on(tx, &me, (&found, &shown), one)?;
            asked.pass_on = pass_on.into_iter().map(named).collect();
            all.push(asked);
        }
        Ok::<_, Problem>(all)
    });
    found.await
}
