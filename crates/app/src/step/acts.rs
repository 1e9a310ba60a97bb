//! What can be done with steps: reading them in the words in force, rewording them, and marking
//! one's own way.

use mend_rules::id::{CircleId, MovementId};
use mend_rules::movement::Source;
use mend_rules::step::{Number, Step, Text, Wording};
use mend_seal::ColumnKey;
use mend_store::{StoreError, Tx};
use serde_json::{Value, json};

use super::rows::{self, Kept};
use crate::app::{App, dice, fresh};
use crate::web::visit::Movement;
use crate::web::{Me, Problem};

/// Whose words are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Movement,
    Circle(CircleId),
}

impl Group {
    pub fn circle(self) -> Option<CircleId> {
        match self {
            Self::Movement => None,
            Self::Circle(id) => Some(id),
        }
    }
}

/// One's own way through the steps, known to nobody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Own {
    /// Another source than the group's.
    pub source: Option<Source>,
    /// The step at which one stands.
    pub here: Option<Number>,
}

impl Own {
    /// Two bytes whatever stands in them, so that the sealed form tells nothing either.
    fn to_bytes(self) -> [u8; 2] {
        let source = self
            .source
            .and_then(|own| Source::ALL.iter().position(|it| *it == own));
        let source = source.and_then(|at| u8::try_from(at + 1).ok());
        [source.unwrap_or(0), self.here.map_or(0, Number::get)]
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        let [source, here] = bytes else {
            return Self::default();
        };
        let source = usize::from(*source).checked_sub(1);
        Self {
            source: source.and_then(|at| Source::ALL.get(at).copied()),
            here: Number::new(*here),
        }
    }
}

/// What one's own way is sealed for.
const PURPOSE: &str = "own path";

/// One's own way; nothing chosen and marked until one did.
pub fn own(tx: &mut Tx<'_>, key: &ColumnKey, me: &Me) -> Result<Own, StoreError> {
    let sealed = rows::own(tx, me.movement, me.person)?.unwrap_or_default();
    let plain = key.open(PURPOSE, &me.person.0, &sealed).unwrap_or_default();
    Ok(Own::from_bytes(&plain))
}

pub fn set_own(tx: &mut Tx<'_>, key: &ColumnKey, me: &Me, own: Own) -> Result<(), StoreError> {
    let seal = || key.seal(PURPOSE, &me.person.0, &own.to_bytes(), &mut dice);
    let sealed = (own != Own::default()).then(seal);
    rows::set_own(tx, me.movement, me.person, sealed)
}

/// Lets go of what somebody marked, when they leave.
pub fn let_go_of(tx: &mut Tx<'_>, me: &Me) -> Result<(), StoreError> {
    rows::set_own(tx, me.movement, me.person, None)
}

/// What is kept of somebody here, for their own file.
pub fn own_data(tx: &mut Tx<'_>, key: &ColumnKey, me: &Me) -> Result<Value, StoreError> {
    let own = own(tx, key, me)?;
    Ok(json!({
        "own source": own.source.map(Source::word),
        "where I am": own.here.map(Number::get),
    }))
}

/// A step in the words in force, and the source that steers its opening for whoever reads.
#[derive(Debug, Clone)]
pub struct Said {
    pub step: Step,
    pub source: Source,
    /// What the group steers by.
    pub groups: Source,
    /// What a circle chose for itself.
    pub circles: Option<Source>,
}

impl Said {
    pub fn opening(&self) -> &str {
        self.step.opening(self.source)
    }
}

/// A step for one person, or for everybody on a sheet: the words of their circle, else of the
/// movement, else the original; steered by their own source, else the circle's, else the movement's.
pub fn said(
    tx: &mut Tx<'_>,
    app: &App,
    movement: &Movement,
    group: Group,
    me: Option<&Me>,
    number: Number,
) -> Result<Said, StoreError> {
    let wordings = rows::wordings(tx, movement.id, group.circle())?;
    let chosen = match group {
        Group::Movement => None,
        Group::Circle(id) => rows::source_of(tx, movement.id, id)?,
    };
    let own = match me {
        Some(me) => own(tx, &app.key.0, me)?.source,
        None => None,
    };
    let groups = chosen.unwrap_or(movement.source);
    Ok(Said {
        step: in_force(app.practice.step(number), &wordings),
        source: own.unwrap_or(groups),
        groups,
        circles: chosen,
    })
}

/// The words of a circle come after those of its movement, and so in their place.
fn in_force(original: &Step, wordings: &[Kept]) -> Step {
    let of_step = wordings.iter().filter(|kept| kept.step == original.number);
    original.reworded(of_step.map(|kept| &kept.wording))
}

/// All twelve in the words of the movement.
pub fn path(tx: &mut Tx<'_>, app: &App, movement: MovementId) -> Result<Vec<Step>, StoreError> {
    let wordings = rows::wordings(tx, movement, None)?;
    let steps = app.practice.steps().iter();
    Ok(steps
        .map(|original| in_force(original, &wordings))
        .collect())
}

/// What a group changes: its own wordings of a step, and what would stand there without them.
#[derive(Debug, Clone)]
pub struct Desk {
    pub given: Step,
    pub original: Step,
    pub ours: Vec<Wording>,
}

impl Desk {
    pub fn wording(&self, text: Text) -> Option<&Wording> {
        self.ours.iter().find(|wording| wording.text == text)
    }

    /// The words in force.
    pub fn words(&self, text: Text) -> &str {
        self.wording(text)
            .map_or(self.given.text(text), |wording| &wording.words)
    }
}

pub fn desk(
    tx: &mut Tx<'_>,
    app: &App,
    movement: MovementId,
    group: Group,
    number: Number,
) -> Result<Desk, StoreError> {
    let wordings = rows::wordings(tx, movement, group.circle())?;
    let (ours, theirs): (Vec<Kept>, Vec<Kept>) = wordings
        .into_iter()
        .partition(|kept| kept.circle == group.circle());
    let original = app.practice.step(number).clone();
    let ours = ours
        .into_iter()
        .filter(|kept| kept.step == number)
        .map(|kept| kept.wording);
    Ok(Desk {
        given: in_force(&original, &theirs),
        original,
        ours: ours.collect(),
    })
}

/// Puts a group's words in place of a text. What says the same as without them is no wording.
pub fn set_wording(
    tx: &mut Tx<'_>,
    app: &App,
    movement: MovementId,
    group: Group,
    number: Number,
    new: &Wording,
) -> Result<(), Problem> {
    let desk = desk(tx, app, movement, group, number)?;
    if !desk.original.has(new.text) {
        return Err(Problem::NotFound);
    }
    let unchanged = desk
        .wording(new.text)
        .is_some_and(|old| old.words == new.words && old.version == new.version);
    if unchanged {
        return Ok(());
    }
    rows::drop_wordings(tx, movement, group.circle(), number, Some(new.text))?;
    if desk.given.text(new.text) != new.words {
        let kept = Kept {
            circle: group.circle(),
            step: number,
            wording: new.clone(),
        };
        rows::add_wording(tx, movement, fresh(), &kept)?;
    }
    Ok(())
}

/// Goes back to what would stand there without the group's words: for one text, or the whole step.
pub fn let_go_of_words(
    tx: &mut Tx<'_>,
    movement: MovementId,
    group: Group,
    number: Number,
    text: Option<Text>,
) -> Result<(), StoreError> {
    rows::drop_wordings(tx, movement, group.circle(), number, text)
}

/// Lets a circle steer by a source of its own, or by the movement's again.
pub fn set_circle_source(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    source: Option<Source>,
) -> Result<(), StoreError> {
    rows::set_source_of(tx, movement, circle, source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ones_own_way_reads_back_from_two_bytes() {
        for source in Source::ALL.map(Some).into_iter().chain([None]) {
            for here in Number::all().map(Some).chain([None]) {
                let own = Own { source, here };
                assert_eq!(Own::from_bytes(&own.to_bytes()), own);
            }
        }
        for odd in [&[][..], &[9, 99], &[1, 2, 3]] {
            assert_eq!(Own::from_bytes(odd), Own::default());
        }
    }
}
