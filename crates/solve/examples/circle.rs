//! Reads a `mend-circle/1` instance, seats its rounds and writes the solution.
//! Never: the way people use Mend; that is the command line.
//! See: `bench/README.md`. `circle INSTANCE.json [-o SOLUTION.json] [--seed N] [--moves N]`

use std::error::Error;

use mend_solve::circle::{Effort, Go};
use mend_solve::format::circle;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| {
        let at = args.iter().position(|arg| arg == name)?;
        args.get(at + 1)
    };
    let path = args
        .iter()
        .find(|arg| arg.ends_with(".json"))
        .ok_or("which INSTANCE.json?")?;
    let instance = circle::read(&std::fs::read_to_string(path)?)?;

    let seed = option("--seed").map_or(Ok(1), |seed| seed.parse())?;
    let moves = option("--moves").map(|moves| moves.parse()).transpose()?;
    let effort = moves.map_or_else(|| instance.usual_effort(), Effort);
    let text = circle::write(
        &circle::solve(&instance, seed, effort, &mut |_| Go::On),
        &circle::Extra::default(),
    );

    match option("-o") {
        Some(to) => std::fs::write(to, text)?,
        None => print!("{text}"),
    }
    Ok(())
}
