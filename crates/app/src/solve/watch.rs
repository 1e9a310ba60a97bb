//! What somebody at the console sees of a search while it runs, and how they end it.
//! Never: writes anything when nobody reads standard error.
//! See: `rotate`, `pair` and `circle`, which search.

use std::io::{IsTerminal, Write};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What stops a search before its end: Ctrl-C, once for the best found so far, twice at once.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Begin to listen. Where that is not possible, Ctrl-C ends the program as usual.
    pub fn listen() -> Interrupt {
        let heard = Interrupt::default();
        let tell = heard.clone();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        if let Ok(runtime) = runtime {
            std::thread::spawn(move || runtime.block_on(tell.wait()));
        }
        heard
    }

    async fn wait(self) {
        if tokio::signal::ctrl_c().await.is_err() {
            return;
        }
        self.0.store(true, Ordering::Relaxed);
        if tokio::signal::ctrl_c().await.is_ok() {
            process::exit(130);
        }
    }

    /// Whether Ctrl-C was pressed.
    pub fn heard(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// One line on standard error that says how far a search has come, if somebody is there to read.
#[derive(Debug)]
pub struct Line {
    shown: Option<Instant>,
    wanted: bool,
}

/// Time between two states of the line.
const PAUSE: Duration = Duration::from_millis(200);

impl Line {
    /// An empty line.
    pub fn new() -> Line {
        Line {
            shown: None,
            wanted: std::io::stderr().is_terminal(),
        }
    }

    /// Show what `text` says, if the last state has stood for a while.
    pub fn show(&mut self, text: impl FnOnce() -> String) {
        let due = self.shown.is_none_or(|shown| shown.elapsed() >= PAUSE);
        if self.wanted && due {
            eprint!("\r{}\x1b[K", text());
            // A line that cannot be shown is no reason to stop a search.
            std::io::stderr().flush().ok();
            self.shown = Some(Instant::now());
        }
    }

    /// Clear the line for what is said after it.
    pub fn clear(&mut self) {
        if self.shown.take().is_some() {
            eprint!("\r\x1b[K");
        }
    }
}
