//! Mend helps social movements stay whole. One program: `mend serve`, `mend demo`, and commands
//! for whoever looks after an instance.
//! See: ARCHITECTURE.md for the map.

mod app;
mod ask;
mod backup;
mod circle;
mod cli;
mod clock;
mod demo;
mod erase;
mod halls;
mod home;
mod journal;
mod keys;
mod leave;
mod ledger;
mod letters;
mod live;
mod meeting;
mod movement;
mod passkeys;
mod people;
mod post;
mod practice;
mod qr;
mod serve;
mod solve;
mod step;
#[cfg(test)]
mod store_tests;
#[cfg(test)]
mod testing;
mod tongue;
mod verify;
mod web;
mod work;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
