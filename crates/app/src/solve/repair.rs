//! `mend solve repair`: a team for each case from a file.
//! Never: calls a case without a team an error; the solution says why there is none.
//! See: `mend_solve::team` for the method.

use mend_solve::format::repair::{self as format, Docket, Extra};

use super::job::{Cpu, Job};

/// Solves an instance of repair teams; the sentence of a broken one.
pub fn solve(job: &Job) -> Result<(), String> {
    let instance = format::read(&job.text()?).map_err(|e| e.to_string())?;
    let whole = Cpu::start();
    let mut docket = Docket::new(&instance);
    let cases = instance.cases().len();
    let (mut choices, mut micros) = (Vec::with_capacity(cases), Vec::with_capacity(cases));
    loop {
        let cpu = Cpu::start();
        let Some(choice) = docket.next() else { break };
        micros.push(cpu.seconds() * 1e6);
        choices.push(choice);
    }
    let solve_cpu_s = Some(whole.seconds());
    job.write(&format::write(
        &choices,
        &Extra {
            micros,
            solve_cpu_s,
        },
    ))
}
