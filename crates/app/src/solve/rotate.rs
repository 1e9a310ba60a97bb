//! `mend solve rotate`: a rota from a file.
//! Never: calls a plan with an empty slot a success, though it writes the best it found.
//! See: `mend_solve::rotate` for the method.

use clap::Args;
use mend_solve::format::rotate::{self as format, Extra};
use mend_solve::rotate::{Cost, Go, Leeway, Plan, Progress};

use super::job::{Cpu, Job, per_cent};
use super::watch::{Interrupt, Line};

/// Options of a rota.
#[derive(Args, Debug)]
pub struct Rota {
    #[command(flatten)]
    job: Job,
    /// The sum of squared hours may be this much above the best found, as in 0.5%, where that puts
    /// fewer people of one working group into the same month or meets wishes better.
    #[arg(long, value_name = "N%", value_parser = per_cent, default_value = "0%", conflicts_with = "gap")]
    leeway: f64,
}

/// Solves an instance of roles; the sentence of a broken one, or of one without a plan.
pub fn solve(rota: &Rota) -> Result<(), String> {
    let job = &rota.job;
    let instance = format::read(&job.text()?).map_err(|e| e.to_string())?;
    let interrupt = Interrupt::listen();
    let mut line = Line::new();
    let cpu = Cpu::start();
    let mut watch = |progress: Progress| {
        line.show(|| said(&progress, cpu.seconds()));
        if interrupt.heard() || job.gap.is_some_and(|gap| is_close(&progress, gap)) {
            return Go::Stop;
        }
        job.seconds
            .map_or(Go::On, |most| Go::Spent(cpu.seconds() / most.max(0.001)))
    };
    let leeway = Leeway((rota.leeway * 100.0).round() as u32);
    let effort = instance.usual_effort();
    let plan = format::solve(&instance, leeway, job.seed, effort, &mut watch);
    line.clear();
    let extra = Extra {
        certificate: job.certificate,
        solve_cpu_s: Some(cpu.seconds()),
    };
    job.write(&format::write(&plan, extra))?;
    is_whole(&plan)
}

fn said(progress: &Progress, seconds: f64) -> String {
    let Cost {
        unmet,
        most_hours,
        squares,
        crowded,
        unliked,
    } = progress.best;
    if unmet > 0 {
        return format!("{unmet} places to fill, {seconds:.1} s");
    }
    format!(
        "best {most_hours} / {squares} / {crowded} / {unliked}, bounds {} / {}, {seconds:.1} s",
        progress.bounds.most_hours, progress.bounds.squares
    )
}

/// Whether highest hours and squares are proved to be within `gap` per cent of the best.
fn is_close(progress: &Progress, gap: f64) -> bool {
    let within =
        |value: u64, bound: u64| (value - bound.min(value)) as f64 <= gap / 100.0 * value as f64;
    let (best, bounds) = (&progress.best, &progress.bounds);
    best.unmet == 0
        && bounds.squares > 0
        && within(best.most_hours, bounds.most_hours)
        && within(best.squares, bounds.squares)
}

fn is_whole(plan: &Plan) -> Result<(), String> {
    if plan.cost.unmet == 0 {
        return Ok(());
    }
    let empty = (0..).zip(&plan.assign).find_map(|(month, row)| {
        let role = row.iter().position(Option::is_none)?;
        Some((role, month))
    });
    let what = match empty {
        Some((role, month)) => {
            let month: u32 = month;
            format!("role {role} stays empty in month {month}")
        }
        None => "some member has fewer roles in a quarter than min_quarter asks for".to_owned(),
    };
    Err(format!(
        "No plan was found that keeps every rule: {what}. The best plan found was written."
    ))
}
