//! The words of a live circle: the step in its own wording, its agreements and what comes after,
//! and which of them belong to a part of the hour.

use jiff::Zoned;
use jiff::civil::Date;
use mend_rules::live::{SHORT, State};
use mend_rules::meeting::Meeting;
use mend_rules::step::{Number, Reader, Text, Use};
use mend_rules::time::Time;
use mend_store::Tx;

use crate::app::App;
use crate::circle::Shown;
use crate::meeting::{self, moment};
use crate::practice::words;
use crate::step::{self, Group};
use crate::web::visit::Movement;
use crate::web::{Problem, Visit};
use crate::with;

/// A step as a circle holds it.
#[derive(Debug, Clone)]
pub struct Held {
    pub number: u32,
    pub title: String,
    pub opening: String,
    pub meaning: String,
    pub prompts: Vec<String>,
    pub cautions: Vec<String>,
    pub for_keeper: Vec<String>,
}

/// What a page says of a live circle besides its state.
#[derive(Debug, Clone, Default)]
pub struct Hour {
    /// The numbers of the steps it was loaded for.
    pub numbers: Vec<u32>,
    pub steps: Vec<Held>,
    pub agreements: Vec<String>,
    /// Whether the circle agrees for the first time.
    pub first: bool,
    /// The meeting after this one.
    pub next: Option<Meeting>,
    /// Who is planned to keep that, or would be asked.
    pub next_keeper: Option<String>,
    /// Whether whoever looks may keep it.
    pub may_keep: bool,
}

/// Everything of a circle that its live page and its pack say, but its state. `held` is the day of
/// the meeting, and `numbers` are its steps.
pub fn hour(
    tx: &mut Tx<'_>,
    (app, place): (&App, &Movement),
    shown: &Shown,
    (on, numbers): (Option<Date>, &[u32]),
    now: Time,
) -> Result<Hour, Problem> {
    let group = Group::Circle(shown.circle.id);
    let mut steps = Vec::new();
    for number in numbers
        .iter()
        .filter_map(|n| Number::new(u8::try_from(*n).ok()?))
    {
        let said = step::said(tx, app, place, group, None, number)?;
        let texts = |of: Vec<&str>| of.into_iter().map(str::to_owned).collect();
        steps.push(Held {
            number: number.get().into(),
            title: said.step.text(Text::Title).to_owned(),
            opening: said.opening().to_owned(),
            meaning: said.step.text(Text::Meaning).to_owned(),
            prompts: texts(said.step.prompts(Use::Circle)),
            cautions: texts(said.step.cautions(Reader::Everybody)),
            for_keeper: texts(said.step.cautions(Reader::Keeper)),
        });
    }
    let next = next_after(shown, real_day(shown, on), now);
    let keeper = match &next {
        Some(next) => shown.next_keeper(tx, place.id, (on, next.on), now)?,
        None => None,
    };
    Ok(Hour {
        numbers: numbers.to_vec(),
        steps,
        agreements: shown.agreed.lines.clone(),
        first: shown.agreed.by.is_empty(),
        next,
        next_keeper: shown.name(keeper).map(str::to_owned),
        may_keep: shown.may_keep,
    })
}

/// The day on which a meeting of a series is really held: it may have been moved.
pub fn real_day(shown: &Shown, on: Option<Date>) -> Option<Date> {
    shown.meetings.on(on?).map(|one| one.begins.date())
}

/// The meeting after the one that is held on a day, or after this moment where none is.
pub fn next_after(shown: &Shown, held: Option<Date>, now: Time) -> Option<Meeting> {
    let later = |one: &Meeting| match held {
        Some(day) => one.begins.date() > day,
        None => one.begins > moment(now),
    };
    let mut coming = shown.meetings.every();
    coming.find(|one| !one.is_cancelled() && later(one))
}

/// What a part shows: a heading, a line below it, more lines, and what the keeper may read aloud.
pub struct Prompt {
    pub title: String,
    pub text: String,
    pub lines: Vec<String>,
    pub script: String,
}

fn script(keys: &[&str]) -> String {
    let all = keys.iter().filter_map(|key| words().script(key));
    let all: Vec<_> = all.map(|spoken| spoken.text.as_str()).collect();
    all.join(" ")
}

/// What is shown now.
pub fn prompt(visit: &Visit, state: &State, hour: &Hour) -> Prompt {
    let Some(part) = state.part() else {
        return Prompt {
            title: visit.t("live-gathering"),
            text: visit.t("live-gathering-what"),
            lines: Vec::new(),
            script: opening(state),
        };
    };
    let word = part.word.as_str();
    let plain = Prompt {
        title: meeting::part_word(visit, word),
        text: meeting::part_what(visit, word),
        lines: Vec::new(),
        script: script(&[word]),
    };
    match word {
        "opening" | "arrive-open" | "ours-opening" => Prompt {
            script: opening(state),
            ..plain
        },
        "agreements" => agreements(hour, plain),
        _ if state.setting.inventory => inventory(word, plain),
        _ if word.starts_with("step") => step_text(visit, hour, plain),
        "round" | "round-one" => question(visit, (state, 0), hour, plain),
        "round-two" => question(visit, (state, 1), hour, plain),
        "closing" => Prompt {
            lines: next_line(visit, hour, meeting::when).into_iter().collect(),
            ..plain
        },
        _ => plain,
    }
}

fn opening(state: &State) -> String {
    let here = |id| state.somebody(id).is_some();
    let kept = state.keeper.is_some_and(here) || state.co_keeper.is_some_and(here);
    let few = state.setting.few || state.began_at.is_none() && state.is_few();
    match (kept, few) {
        (false, _) => script(&["no-keeper"]),
        (true, true) => script(&["few"]),
        (true, false) if state.setting.hybrid => script(&["opening", "hybrid"]),
        (true, false) => script(&["opening"]),
    }
}

/// The parts of a group inventory: its questions where they are read and chosen from, and the lines
/// that are written down.
fn inventory(word: &str, plain: Prompt) -> Prompt {
    let ours = &words().group_inventory;
    let script = script(&["turn"]);
    match word {
        "ours-questions" | "ours-choosing" => Prompt {
            lines: ours.questions.clone(),
            ..plain
        },
        "ours-round-one" => Prompt {
            title: ours.main.clone(),
            script,
            ..plain
        },
        "ours-round-two" => Prompt {
            lines: ours.questions.clone(),
            script,
            ..plain
        },
        "ours-write" => Prompt {
            text: ours.writing.clone(),
            lines: ours
                .lines
                .iter()
                .map(|line| line.question.clone())
                .collect(),
            ..plain
        },
        "ours-closing" => Prompt {
            script: self::script(&["closing"]),
            ..plain
        },
        _ => plain,
    }
}

fn agreements(hour: &Hour, plain: Prompt) -> Prompt {
    Prompt {
        lines: hour.agreements.clone(),
        script: if hour.first {
            words().first_meeting.text.clone()
        } else {
            plain.text.clone()
        },
        ..plain
    }
}

fn step_text(visit: &Visit, hour: &Hour, plain: Prompt) -> Prompt {
    match hour.steps.as_slice() {
        [] => Prompt {
            text: visit.t("live-step-choose"),
            ..plain
        },
        [one] => Prompt {
            title: one.title.clone(),
            text: format!("{} {}", one.opening, one.meaning),
            lines: one.cautions.clone(),
            script: String::new(),
        },
        more => Prompt {
            lines: more.iter().map(|one| step_line(visit, one)).collect(),
            ..plain
        },
    }
}

fn step_line(visit: &Visit, one: &Held) -> String {
    let title = with![number = one.number, title = one.title.as_str()];
    format!("{}. {}", visit.tw("step-title", &title), one.opening)
}

/// The questions of the hour: the first of each step, then the second of each, and so on.
pub fn questions(hour: &Hour) -> Vec<(&Held, &str)> {
    let most = hour.steps.iter().map(|step| step.prompts.len()).max();
    let each = |at: usize| {
        let ask = move |step: &'_ Held| step.prompts.get(at).is_some();
        hour.steps
            .iter()
            .filter(move |step| ask(step))
            .map(move |step| (step, at))
    };
    let all = (0..most.unwrap_or(0)).flat_map(each);
    all.map(|(step, at)| (step, step.prompts[at].as_str()))
        .collect()
}

fn question(visit: &Visit, (state, at): (&State, usize), hour: &Hour, plain: Prompt) -> Prompt {
    let script = script(&["turn"]);
    let is_short = state.setting.minutes <= SHORT && state.setting.steps.is_empty();
    if state.setting.few || is_short {
        let what = ["live-few-question-what", "live-short-question-what"];
        return Prompt {
            title: visit.t("live-few-question"),
            text: visit.t(what[usize::from(!state.setting.few)]),
            script,
            ..plain
        };
    }
    let all = questions(hour);
    if all.is_empty() {
        return Prompt { script, ..plain };
    }
    let (step, question) = all[(state.question + at) % all.len()];
    let of = with![step = step.number, title = step.title.as_str()];
    Prompt {
        title: question.to_owned(),
        text: visit.tw("live-question-what", &of),
        script,
        ..plain
    }
}

/// "We meet again on …, and Mina keeps."; `when` says a moment in somebody's own zone, or in the
/// circle's.
pub fn next_line(
    visit: &Visit,
    hour: &Hour,
    when: impl Fn(&Visit, &Zoned) -> String,
) -> Option<String> {
    let next = hour.next.as_ref()?;
    let when = when(visit, &next.begins);
    Some(match &hour.next_keeper {
        Some(name) => visit.tw("live-next-kept", &with![when = when, name = name.as_str()]),
        None => visit.tw("live-next-open", &with![when = when]),
    })
}

/// What the keeper knows beforehand, of the step that is held.
pub fn for_keeper(hour: &Hour) -> String {
    let all = hour.steps.iter().flat_map(|step| &step.for_keeper);
    all.map(String::as_str).collect::<Vec<_>>().join(" ")
}
