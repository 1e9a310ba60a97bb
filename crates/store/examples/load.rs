//! Writes for the measurements in `bench/reliability`, straight through the store.
//!
//! `load FILE FULL|NORMAL|OFF CLIENTS FIRST` opens a database, prints `ready`, and then `kept ID SUM`
//! for every write whose answer came, until it is killed. `stopped` is the first write that failed.
//! The setting is only for the controls that have to lose; the product has no such switch.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use mend_store::testing::open_with;
use mend_store::{Scope, Store, StoreError, sql};

/// Long enough that a write touches several pages of the log.
const TEXT: usize = 400;

fn id(n: i64) -> [u8; 16] {
    let mut id = [0; 16];
    id[8..].copy_from_slice(&n.to_be_bytes());
    id
}

/// A text that can be told from every other, and its sum.
fn text(n: i64) -> (String, u64) {
    let mut state = n as u64 ^ 0x9e37_79b9_7f4a_7c15;
    let mut text = format!("{n}-");
    while text.len() < TEXT {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        text += &format!("{:08x}", state >> 32);
    }
    let sum = text.bytes().fold(0, |sum: u64, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    });
    (text, sum)
}

fn write(store: &Store, n: i64) -> Result<u64, StoreError> {
    let (text, sum) = text(n);
    store.write_now(Scope::Instance, move |tx| {
        sql!("INSERT INTO job (id, kind, about, due_at, tries) VALUES ($1, 'load', $2, $3, 0)")
            .id(id(n))
            .text(text.clone())
            .int(n)
            .run(tx)
    })?;
    Ok(sum)
}

/// One line in one call, so that a kill never leaves half of it.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
}

fn number(text: &str) -> i64 {
    text.parse().expect("CLIENTS and FIRST are numbers")
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let [_, file, synchronous, clients, first] = args.as_slice() else {
        eprintln!("load FILE FULL|NORMAL|OFF CLIENTS FIRST");
        std::process::exit(2);
    };
    let store = match open_with(file.as_ref(), synchronous) {
        Ok(store) => store,
        Err(why) => {
            eprintln!("{why}");
            std::process::exit(2);
        }
    };
    say("ready\n");
    let next = Arc::new(AtomicI64::new(number(first)));
    let clients: Vec<_> = (0..number(clients))
        .map(|_| {
            let (store, next) = (store.clone(), Arc::clone(&next));
            std::thread::spawn(move || {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    match write(&store, n) {
                        Ok(sum) => say(&format!("kept {n} {sum}\n")),
                        Err(why) => return say(&format!("stopped {why}\n")),
                    }
                }
            })
        })
        .collect();
    for client in clients {
        client.join().expect("no client panics");
    }
}
