//! `mend solve pair` and `mend solve candidates`: pairs from a file, and the file from what is
//! known of everybody.
//! Never: holds the text of a large file while it is solved.
//! See: `mend_solve::pair` for the method.

use std::ops::Range;
use std::thread;

use mend_solve::format::candidates;
use mend_solve::format::pair::{self as format, Extra};
use mend_solve::pair::likeness::together;
use mend_solve::pair::{Candidate, Go, Progress};

use super::job::{Cpu, Job};
use super::watch::{Interrupt, Line};

/// Solves an instance of pairs; the sentence of a broken one.
pub fn solve(job: &Job) -> Result<(), String> {
    let instance = {
        let text = job.text()?;
        format::read(&text).map_err(|e| e.to_string())?
    };
    let interrupt = Interrupt::listen();
    let mut line = Line::new();
    let cpu = Cpu::start();
    let plan = format::solve(&instance, job.seed, &mut |progress| {
        line.show(|| said(progress, cpu.seconds()));
        let late = job.seconds.is_some_and(|most| cpu.seconds() >= most);
        let close = job.gap.is_some_and(|gap| is_within(progress, gap));
        if late || close || interrupt.heard() {
            Go::Stop
        } else {
            Go::On
        }
    });
    line.clear();
    let extra = Extra {
        certificate: job.certificate,
        solve_cpu_s: Some(cpu.seconds()),
    };
    job.write(&format::write(&plan, extra))
}

fn said(progress: Progress, seconds: f64) -> String {
    let Some(score) = progress.score else {
        return format!("looking for a first plan, {seconds:.1} s");
    };
    let missing = match progress.missing {
        Some(missing) => format!("at most {missing} missing"),
        None => "bound not known yet".to_owned(),
    };
    format!(
        "{} pairs, weight {}, {missing}, {seconds:.1} s",
        score.dyads, score.weight
    )
}

/// Whether no plan has more pairs, or more across groups, or more than `gap` per cent of weight
/// beyond what there is.
fn is_within(progress: Progress, gap: f64) -> bool {
    let (Some(score), Some(missing)) = (progress.score, progress.missing) else {
        return false;
    };
    missing as f64 * 100.0 <= gap * score.weight as f64
}

/// Finds the candidates of members; the sentence of what is wrong with them.
pub fn candidates(job: &Job) -> Result<(), String> {
    let members = {
        let text = job.text()?;
        candidates::read(&text).map_err(|e| e.to_string())?
    };
    let best = |range: Range<u32>| members.crowd.best(range, members.best);
    let lists: Vec<Vec<Candidate>> = thread::scope(|scope| {
        let shares = shares(members.count(), job.threads.max(1));
        let working: Vec<_> = shares.map(|share| scope.spawn(|| best(share))).collect();
        let done = working.into_iter().map(|work| work.join());
        done.map(|list| list.expect("comparing never panics"))
            .collect()
    });
    job.write(&candidates::write(&members, &together(lists)))
}

/// The numbers below `count` in `parts` ranges of about the same length.
fn shares(count: u32, parts: u32) -> impl Iterator<Item = Range<u32>> {
    let at = move |part: u32| (u64::from(count) * u64::from(part) / u64::from(parts)) as u32;
    (0..parts).map(move |part| at(part)..at(part + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_cover_everybody_once() {
        for (count, parts) in [(0, 1), (1, 3), (10, 3), (u32::MAX, 7)] {
            let mut next = 0;
            for share in shares(count, parts) {
                assert_eq!(share.start, next);
                next = share.end;
            }
            assert_eq!(next, count);
        }
    }
}
