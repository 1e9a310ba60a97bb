//! Changes real lists at random and reads them, many millions of times:
//! `mend-hostile csv|xlsx|mapping RUNS SEED`. The same seed does the same. Any panic, overflow or
//! failed allocation ends it with the run's number and its bytes; run it under `ulimit -v`, so that
//! a file which asks for too much memory counts as a crash too.

mod change;
mod corpus;
mod mapping;
mod target;

use std::process::ExitCode;
use std::time::Instant;

use change::Dice;
use target::Target;

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let (Some(target), Some(runs), Some(seed)) = (
        asked.first().and_then(|name| Target::named(name)),
        asked.get(1).and_then(|runs| runs.parse::<u64>().ok()),
        asked.get(2).and_then(|seed| seed.parse::<u64>().ok()),
    ) else {
        eprintln!("mend-hostile csv|xlsx|mapping RUNS SEED");
        return ExitCode::from(2);
    };
    let only = asked.get(3).and_then(|run| run.parse::<u64>().ok());
    let begun = Instant::now();
    let mut told = Told::default();
    for run in only.unwrap_or(0)..only.map_or(runs, |run| run + 1) {
        let mut dice = Dice::new(seed, run);
        let bytes = target.made(&mut dice);
        let read = std::panic::catch_unwind(move || target.read(&bytes, &mut dice));
        match read {
            Ok(rows) => told.note(rows),
            Err(_) => {
                let bytes = target.made(&mut Dice::new(seed, run));
                eprintln!(
                    "run {run} of seed {seed} panicked on: {:?}",
                    String::from_utf8_lossy(&bytes)
                );
                return ExitCode::FAILURE;
            }
        }
        if run % 1_000_000 == 999_999 {
            println!(
                "{} runs, {} read, {} rows, {} s",
                run + 1,
                told.read,
                told.rows,
                begun.elapsed().as_secs()
            );
        }
    }
    println!(
        "{} seed {seed}: {} runs, 0 crashes, {} could be read, {} refused, {} rows, {} s",
        asked[0],
        told.read + told.refused,
        told.read,
        told.refused,
        told.rows,
        begun.elapsed().as_secs()
    );
    ExitCode::SUCCESS
}

/// What became of all runs: proof that the changes do not all end at the first check.
#[derive(Default)]
struct Told {
    read: u64,
    refused: u64,
    rows: u64,
}

impl Told {
    fn note(&mut self, rows: Option<usize>) {
        match rows {
            Some(rows) => {
                self.read += 1;
                self.rows += rows as u64;
            }
            None => self.refused += 1,
        }
    }
}
