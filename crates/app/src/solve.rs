//! `mend solve` and `mend circle propose`: the kernels and the rules by command, for scripts and
//! for checking. Nothing here touches a store.

pub mod circle;
pub mod job;
pub mod pair;
pub mod repair;
pub mod rotate;
pub mod sponsor;
mod watch;

use std::fs;
use std::path::Path;

use mend_rules::circle::{self as rule, Candidate, Pool};
use mend_rules::id::{GroupId, PersonId};
use mend_rules::movement::folded;
use mend_rules::roster::Entry;
use mend_solve::circle::Go;
use serde_json::json;

use crate::movement::import;
use crate::tongue::Tongue;

/// A roster read for the console: people that may be seated, their own ids, and what was wrong.
struct Listed {
    pool: Pool,
    ids: Vec<String>,
    troubles: Vec<String>,
}

fn listed(file: &Path) -> Result<Listed, String> {
    let tongue = Tongue::english();
    let bytes = fs::read(file).map_err(|e| format!("{} cannot be read: {e}.", file.display()))?;
    let said = |key| tongue.say(key);
    let mut list = import::file::File::open(&bytes, None).map_err(said)?;
    let columns = list.head.columns.clone();
    let roster = list.roster(&columns).map_err(said)?;
    let troubles = roster.troubles.iter().map(|(line, trouble)| {
        format!(
            "line {line}: {}",
            import::view::trouble_in(&tongue, trouble)
        )
    });
    let troubles = troubles.collect();
    let mut listed = Listed {
        pool: Pool::default(),
        ids: Vec::new(),
        troubles,
    };
    let mut groups: Vec<String> = Vec::new();
    for entry in roster
        .entries
        .into_iter()
        .filter(|entry| !entry.do_not_contact)
    {
        let at = listed.ids.len();
        listed.pool.people.push(candidate(&entry, at, &mut groups));
        listed
            .ids
            .push(entry.external_id.or(entry.email).unwrap_or(entry.name));
    }
    Ok(listed)
}

fn numbered(at: usize) -> [u8; 16] {
    (at as u128).to_be_bytes()
}

fn candidate(entry: &Entry, at: usize, known: &mut Vec<String>) -> Candidate {
    let mut number = |name: &String| {
        let name = folded(name);
        let at = known
            .iter()
            .position(|one| *one == name)
            .unwrap_or_else(|| {
                known.push(name);
                known.len() - 1
            });
        GroupId(numbered(at))
    };
    Candidate {
        id: PersonId(numbered(at)),
        groups: entry.groups.iter().map(&mut number).collect(),
        keeps: entry.keeps.unwrap_or(false),
        hours: None,
        languages: entry.languages.clone(),
    }
}

/// Proposes circles from a roster and prints them as JSON, or in words.
pub fn propose(roster: &Path, size: u32, seed: u64, as_json: bool) -> Result<String, String> {
    let listed = listed(roster)?;
    for trouble in &listed.troubles {
        eprintln!("{trouble}");
    }
    let proposal = rule::propose(&listed.pool, size, seed, &mut |_| Go::On);
    let name = |id: &PersonId| listed.ids[u128::from_be_bytes(id.0) as usize].as_str();
    if as_json {
        let circles: Vec<_> = proposal
            .rings
            .iter()
            .map(|ring| {
                let members: Vec<_> = ring.members.iter().map(name).collect();
                json!({ "members": members, "keeper": ring.keeper.as_ref().map(name) })
            })
            .collect();
        let unmet: Vec<_> = proposal.unmet.iter().map(name).collect();
        let all = json!({
            "circles": circles, "unmet": unmet,
            "bound": proposal.bound, "reached": proposal.reached, "seed": seed,
        });
        return Ok(all.to_string());
    }
    let mut text = String::new();
    for (at, ring) in proposal.rings.iter().enumerate() {
        let members: Vec<_> = ring.members.iter().map(name).collect();
        text += &format!("Circle {}: {}\n", at + 1, members.join(", "));
    }
    text += &format!(
        "Pairs of one working group sitting together: {} (no seating has fewer than {}).",
        proposal.reached, proposal.bound
    );
    Ok(text)
}
