//! `mend solve sponsor`: seekers and sponsors from a file.
//! Never: holds the text of a large file while it is solved.
//! See: `mend_solve::stable` for the method.

use mend_solve::format::sponsor::{self as format, Extra};

use super::job::{Cpu, Job};

/// Solves an instance of sponsors; the sentence of a broken one.
pub fn solve(job: &Job) -> Result<(), String> {
    let instance = {
        let text = job.text()?;
        format::read(&text).map_err(|e| e.to_string())?
    };
    let cpu = Cpu::start();
    let matching = format::solve(&instance);
    let extra = Extra {
        certificate: job.certificate,
        solve_cpu_s: Some(cpu.seconds()),
    };
    job.write(&format::write(&instance, &matching, extra))
}
