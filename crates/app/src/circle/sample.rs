//! What the letters of the sample movement tell of.

use jiff::ToSpan;
use mend_rules::id::MovementId;
use mend_rules::letter::Choice;
use mend_rules::time::Time;
use mend_store::Tx;

use super::rows;
use crate::web::Problem;
use crate::{meeting, post};

/// Longer ago than letters wait for company, in minutes.
const AGO: i64 = 10;

/// In every circle that goes on the meeting after the next was moved by a day, a moment ago. One
/// person of each has no quiet hours, so that there is a letter to look at by night too.
pub fn move_meetings(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<(), Problem> {
    let (mut series, made) = (meeting::all(tx, movement)?, now.minutes(-AGO));
    let mut seated = rows::seated(tx, movement, None)?;
    for circle in rows::going_on(tx, movement)? {
        let meetings = series.remove(&circle.series).ok_or(Problem::NotFound)?;
        let Some(second) = meetings.coming(now).nth(1) else {
            continue;
        };
        let to = second.begins.datetime().saturating_add(1.day());
        meeting::move_one(tx, movement, &meetings, (second.on, to, ""), made)?;
        let others = seated.remove(&circle.id).unwrap_or_default().into_iter();
        let others = others
            .map(|(id, _)| id)
            .filter(|id| circle.keeper != Some(*id));
        let others: Vec<_> = others.collect();
        for person in &others {
            post::changed(tx, movement, *person, made)?;
        }
        if let Some(last) = others.last() {
            let awake = Choice {
                quiet: None,
                ..Choice::default()
            };
            post::set_choice(tx, movement, *last, &awake)?;
        }
    }
    Ok(())
}
