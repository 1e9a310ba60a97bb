//! `mend solve circle`: circles over several rounds from a file.
//! Never: calls a plan that breaks a rule a success, though it writes the best it found.
//! See: `mend_solve::circle` for the method.

use mend_solve::circle::{Cost, Effort, Go, Progress};
use mend_solve::format::circle::{self as format, Extra};

use super::job::{Cpu, Job};
use super::watch::{Interrupt, Line};

/// Solves an instance of circles; the sentence of a broken one, or of one without a plan.
pub fn solve(job: &Job) -> Result<(), String> {
    let instance = format::read(&job.text()?).map_err(|e| e.to_string())?;
    let interrupt = Interrupt::listen();
    let mut line = Line::new();
    let cpu = Cpu::start();
    let mut watch = |progress: Progress| {
        line.show(|| said(&progress, cpu.seconds()));
        let late = job.seconds.is_some_and(|most| cpu.seconds() >= most);
        let close = job.gap.is_some_and(|gap| is_close(&progress, gap));
        if late || close || interrupt.heard() {
            Go::Stop
        } else {
            Go::On
        }
    };
    // Once a time is set, only time and bounds end the search.
    let effort = match job.seconds {
        Some(_) => Effort(u64::MAX),
        None => instance.usual_effort(),
    };
    let solution = format::solve(&instance, job.seed, effort, &mut watch);
    line.clear();
    let solve_cpu_s = Some(cpu.seconds());
    job.write(&format::write(&solution, &Extra { solve_cpu_s }))?;
    keeps_every_rule(solution.cost())
}

fn said(progress: &Progress, seconds: f64) -> String {
    let Cost {
        shared, repeats, ..
    } = progress.best;
    format!(
        "round {}: {shared} pairs of one silo, bound {}; {repeats} repeats; {seconds:.1} s",
        progress.round, progress.bound
    )
}

/// Whether the pairs of one silo are proved to be within `gap` per cent of the fewest. Repeats
/// have no bound but 0, so a search goes on for those until its moves or its time are spent.
fn is_close(progress: &Progress, gap: f64) -> bool {
    let Cost {
        apart,
        unkept,
        shared,
        repeats,
        ..
    } = progress.best;
    let missing = shared.saturating_sub(progress.bound) as f64;
    apart + unkept + repeats == 0 && missing <= gap / 100.0 * shared as f64
}

fn keeps_every_rule(cost: Cost) -> Result<(), String> {
    if cost.apart + cost.unkept == 0 {
        return Ok(());
    }
    Err(format!(
        "No plan keeps every rule here: {} pairs that must be apart sit together and {} circles have no facilitator. The best plan found was written.",
        cost.apart, cost.unkept
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plan_without_repeats_and_near_its_bound_is_close() {
        let best = |shared, repeats| Progress {
            round: 0,
            moves: 0,
            of: 1,
            best: Cost {
                shared,
                repeats,
                ..Cost::default()
            },
            bound: 99,
        };
        assert!(is_close(&best(100, 0), 1.0));
        assert!(!is_close(&best(100, 0), 0.5));
        assert!(!is_close(&best(100, 1), 1.0));
        assert!(is_close(&best(99, 0), 0.0));
    }
}
