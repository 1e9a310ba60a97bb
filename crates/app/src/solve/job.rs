//! What every `mend solve` has in common: its options, reading and writing files, and the
//! processor's clock.
//! Never: knows what is solved; lets `mend-solve` read a clock, which may only ask.
//! See: `sponsor` and the others beside it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

/// Options of every kind of instance.
#[derive(Args, Debug)]
pub struct Job {
    /// The instance.
    instance: PathBuf,
    /// Where to write the solution.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Stop a search after so many seconds of processor time; without it a search ends when its
    /// solution is proved the best, or after a fixed number of moves.
    #[arg(long, value_name = "N")]
    pub seconds: Option<f64>,
    /// The same seed gives the same solution, unless --seconds or Ctrl-C cuts the search short.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How many threads there may be, where several help (finding candidates); the solution is the
    /// same for any number.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub threads: u32,
    /// Write numbers that prove how good the solution is, where there are such (pairs, sponsors and
    /// rotas).
    #[arg(long)]
    pub certificate: bool,
    /// Stop a search as soon as its solution is proved to be this close to the best, as in 1%; of a
    /// rota highest hours and squares count.
    #[arg(long, value_name = "N%", value_parser = per_cent)]
    pub gap: Option<f64>,
}

/// A percentage, with or without its sign.
pub fn per_cent(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix('%').unwrap_or(text).trim().parse();
    match number {
        Ok(number) if (0.0..=100.0).contains(&number) => Ok(number),
        _ => Err("a percentage from 0% to 100%".into()),
    }
}

impl Job {
    /// The text of the instance.
    pub fn text(&self) -> Result<String, String> {
        fs::read_to_string(&self.instance).map_err(|e| cannot(&self.instance, "read", &e))
    }

    /// Write the solution.
    pub fn write(&self, text: &str) -> Result<(), String> {
        fs::write(&self.output, text).map_err(|e| cannot(&self.output, "written", &e))
    }
}

fn cannot(file: &Path, done: &str, error: &std::io::Error) -> String {
    format!("{} cannot be {done}: {error}.", file.display())
}

/// Processor time since it was made, of all threads of this program.
#[derive(Clone, Copy, Debug)]
pub struct Cpu {
    since: Duration,
}

impl Cpu {
    /// Start counting.
    pub fn start() -> Cpu {
        Cpu { since: spent() }
    }

    /// Seconds of processor time so far.
    pub fn seconds(self) -> f64 {
        spent().saturating_sub(self.since).as_secs_f64()
    }
}

#[cfg(unix)]
fn spent() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(now).unwrap_or_default()
}

/// Where the system does not tell, the time on the wall.
#[cfg(not(unix))]
fn spent() -> Duration {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed()
}
