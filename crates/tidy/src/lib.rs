//! Tests about the code itself and the texts: what a compiler cannot hold and a memory should not
//! have to. Each one lists what it found by file and line, and says what to do.
//! Never: is a part of the program; knows what a rule or a page does.
//! See: `ARCHITECTURE.md`, "What never happens", and `STYLE.md`.

#[cfg(test)]
mod docs;
#[cfg(test)]
mod elsewhere;
#[cfg(test)]
mod files;
#[cfg(test)]
mod markup;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod practice;
#[cfg(test)]
mod promises;
#[cfg(test)]
mod purity;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod source;
#[cfg(test)]
mod sql;
#[cfg(test)]
mod texts;
#[cfg(test)]
mod tree;
