//! The command line: a third door beside web and work. It parses, opens the data, calls the same
//! acts, prints. It has no rules and no SQL.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use mend_rules::roster::{Head, Roster};
use mend_rules::time::Time;
use mend_store::{Scope, StoreError};

use crate::backup::command as backup;
use crate::keys;
use crate::letters::by_hand;
use crate::movement::{self, import};
use crate::post::way;
use crate::serve::{self, Home, Others, Serve};
use crate::solve;
use crate::tongue::Tongue;
use crate::verify;
use crate::web::visit::Movement;

/// Mend helps social movements stay whole: small circles across working groups, an hour a month.
#[derive(Parser)]
#[command(name = "mend", version, arg_required_else_help = true)]
struct Mend {
    #[command(subcommand)]
    command: Command,
    /// Say more about what happens; twice for even more. Never addresses or names.
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    verbose: u8,
}

#[derive(Subcommand)]
enum Command {
    /// Look around in a sample movement; nothing is kept.
    Demo {
        /// Address and port to listen on; only this machine.
        #[arg(long, value_name = "ADDRESS:PORT")]
        listen: Option<SocketAddr>,
        /// Write the letters that would go out as files into this folder.
        #[arg(long, value_name = "FOLDER")]
        mail_to: Option<PathBuf>,
    },
    /// Serve an instance from a folder on this machine.
    Serve(ServeArgs),
    /// Make a copy of the data that is whole, sealed to the people who may open it.
    Backup {
        #[command(flatten)]
        data: Data,
        #[command(flatten)]
        asked: backup::Backup,
    },
    /// Bring a backup back, or try whether it would come back.
    Restore(backup::Restore),
    /// Print a key for backups: one line to keep away, one to give to the server.
    Keygen,
    /// The column key, for the day when every copy of it is lost.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Compare the vault that a server gives out with the one in this program. Needs curl.
    Verify {
        /// The server's address.
        #[arg(value_name = "https://…")]
        url: String,
        /// A proxy to ask through, such as Tor's: socks5h://127.0.0.1:9050
        #[arg(long, value_name = "PROXY")]
        through: Option<String>,
    },
    /// Bring in lists.
    #[command(subcommand)]
    Import(Import),
    /// Circles by command.
    #[command(subcommand)]
    Circle(CircleCommand),
    /// Solve an instance file, for scripts and for checking.
    #[command(subcommand)]
    Solve(Solve),
    /// Letters: whether they go out.
    #[command(subcommand)]
    Mail(by_hand::Mail),
    /// Stewards: the way back in.
    #[command(subcommand)]
    Steward(Steward),
    /// Lock a movement for seven days: nobody can open anything, and everybody is signed out.
    Lock(Lock),
    /// Open a movement that is locked.
    Unlock(Lock),
}

#[derive(Args)]
struct Data {
    /// The folder that holds the data; made at first start.
    #[arg(
        long,
        env = "MEND_DATA",
        default_value = "mend-data",
        value_name = "FOLDER"
    )]
    data: PathBuf,
    /// Keep the data in PostgreSQL instead of a file.
    #[arg(
        long,
        env = "MEND_DATABASE",
        value_name = "postgres://…",
        hide_env_values = true
    )]
    database: Option<String>,
    /// The folder of the key file; beside the data folder if not named.
    #[arg(long, env = "MEND_KEYS", value_name = "FOLDER")]
    keys: Option<PathBuf>,
}

impl Data {
    fn home(&self) -> Result<Home, String> {
        Home::new(&self.data, self.database.as_deref(), self.keys.as_deref())
    }
}

#[derive(Args)]
struct ServeArgs {
    #[command(flatten)]
    data: Data,
    /// Address and port to listen on. [default: 127.0.0.1:8600, or a free port]
    #[arg(long, env = "MEND_LISTEN", value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// The https address under which people reach this instance, through your proxy.
    #[arg(long, env = "MEND_PUBLIC_URL", value_name = "https://…")]
    public_url: Option<String>,
    /// How many proxies stand in front; so many may say where a request comes from.
    #[arg(long, env = "MEND_PROXIES", default_value_t = 0, value_name = "N")]
    proxies: usize,
    #[command(flatten)]
    backups: backup::Schedule,
    #[command(flatten)]
    post: way::Asked,
}

#[derive(Subcommand)]
enum KeyCommand {
    /// Make a new column key for data whose own is lost, with every copy of it.
    /// What the lost key sealed stays closed for good: e-mail addresses, and what people need.
    /// Calendar and answer links that were given out stop working. Names, groups and circles stay.
    New {
        #[command(flatten)]
        data: Data,
        /// Every copy of the old key is lost; go on.
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Subcommand)]
enum Import {
    /// Bring in people and groups from a CSV or XLSX file. Shows what would change; --yes does it.
    People {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        data: Data,
        /// The movement, if there are several: its name or the address after /m/.
        #[arg(long, value_name = "NAME")]
        movement: Option<String>,
        /// Write what was shown.
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Subcommand)]
enum CircleCommand {
    /// Propose circles from a roster file. Everybody who may be contacted counts as willing.
    Propose {
        /// A CSV file of people with their groups.
        #[arg(long, value_name = "FILE")]
        roster: PathBuf,
        /// About how many people sit in a circle.
        #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u32).range(3..=12))]
        size: u32,
        /// The same seed gives the same proposal.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Print JSON for another program.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum Solve {
    /// Seat people in circles over several rounds (format mend-circle/1).
    Circle(solve::job::Job),
    /// Pair people as well as can be, and prove it (format mend-pair/1).
    Pair(solve::job::Job),
    /// Find whom each person fits best, for pairing (format mend-candidates/1).
    Candidates(solve::job::Job),
    /// Match seekers with sponsors, stable and the best for seekers (format mend-sponsor/1).
    Sponsor(solve::job::Job),
    /// Find a team of three for each case, close to none of its parties (format mend-repair/1).
    Repair(solve::job::Job),
    /// Plan who holds which role in which month (format mend-rotate/1).
    Rotate(solve::rotate::Rota),
}

#[derive(Args)]
struct Lock {
    #[command(flatten)]
    data: Data,
    /// The movement, if there are several: its name or the address after /m/.
    #[arg(long, value_name = "NAME")]
    movement: Option<String>,
}

#[derive(Subcommand)]
enum Steward {
    /// Print a link, good for an hour, that makes whoever opens it a steward.
    Add {
        #[command(flatten)]
        data: Data,
        /// The movement, if there are several: its name or the address after /m/.
        #[arg(long, value_name = "NAME")]
        movement: Option<String>,
        /// The address of the running instance, to print a whole link.
        #[arg(
            long,
            env = "MEND_PUBLIC_URL",
            default_value = "http://localhost:8600",
            value_name = "URL"
        )]
        at: String,
    },
}

/// Runs the program.
pub fn run() -> ExitCode {
    let asked = Mend::parse();
    log(asked.verbose);
    match carry_out(asked.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

/// The log goes to standard error: our own routes, states and causes, and nothing that a library
/// might say of a request.
fn log(verbose: u8) {
    use tracing_subscriber::Layer;
    use tracing_subscriber::filter::Targets;
    use tracing_subscriber::layer::SubscriberExt;
    use tracing_subscriber::util::SubscriberInitExt;

    let level = match verbose {
        0 => tracing::Level::WARN,
        1 => tracing::Level::DEBUG,
        _ => tracing::Level::TRACE,
    };
    let ours = Targets::new().with_target("mend", level);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_target(false)
        .with_filter(ours);
    tracing_subscriber::registry().with(lines).init();
}

fn carry_out(command: Command) -> Result<(), String> {
    match command {
        Command::Demo { listen, mail_to } => {
            let way = way::Asked::into_folder(mail_to).way()?;
            serve::demo(listen, way)
        }
        Command::Serve(args) => {
            let home = args.data.home()?;
            if args.post.goes_far() && args.public_url.is_none() {
                return Err("Letters hold links, and without an address they lead nowhere. Name it with --public-url https://….".into());
            }
            let others = Others {
                backups: args.backups.plan(&home, now())?,
                post: args.post.way()?,
            };
            let asked = Serve {
                home,
                listen: args.listen,
                public_url: args.public_url,
                proxies: args.proxies,
            };
            serve::serve(&asked, others)
        }
        Command::Backup { data, asked } => asked.carry_out(&data.home()?, now()),
        Command::Restore(asked) => asked.carry_out(),
        Command::Keygen => {
            backup::keygen();
            Ok(())
        }
        Command::Key(KeyCommand::New { data, yes }) => new_key(&data.home()?, yes),
        Command::Verify { url, through } => verify::verify(&url, through.as_deref()),
        Command::Import(Import::People {
            file,
            data,
            movement,
            yes,
        }) => import_people(&data.home()?, &file, movement.as_deref(), yes),
        Command::Circle(CircleCommand::Propose {
            roster,
            size,
            seed,
            json,
        }) => solve::propose(&roster, size, seed, json).map(|text| println!("{text}")),
        Command::Solve(Solve::Circle(job)) => solve::circle::solve(&job),
        Command::Solve(Solve::Pair(job)) => solve::pair::solve(&job),
        Command::Solve(Solve::Candidates(job)) => solve::pair::candidates(&job),
        Command::Solve(Solve::Sponsor(job)) => solve::sponsor::solve(&job),
        Command::Solve(Solve::Repair(job)) => solve::repair::solve(&job),
        Command::Solve(Solve::Rotate(job)) => solve::rotate::solve(&job),
        Command::Mail(asked) => asked.carry_out(now()),
        Command::Steward(Steward::Add { data, movement, at }) => {
            add_steward(&data.home()?, movement.as_deref(), &at)
        }
        Command::Lock(asked) => lock(&asked, true),
        Command::Unlock(asked) => lock(&asked, false),
    }
}

fn now() -> Time {
    Time::from(jiff::Timestamp::now())
}

/// The movement that is meant: the only one, or the one with this name or address.
fn the_movement(all: Vec<Movement>, named: Option<&str>) -> Result<Movement, String> {
    let names = all
        .iter()
        .map(|m| format!("{} ({})", m.name, m.address))
        .collect::<Vec<_>>();
    let is_meant = |movement: &Movement| match named {
        Some(name) => movement.address == name || movement.name.eq_ignore_ascii_case(name),
        None => true,
    };
    let mut meant: Vec<Movement> = all.into_iter().filter(is_meant).collect();
    match (meant.len(), meant.pop()) {
        (1, Some(movement)) => Ok(movement),
        _ if names.is_empty() => {
            Err("There is no movement here yet. Run mend serve and begin one.".into())
        }
        _ => Err(format!(
            "Say which movement with --movement: {}.",
            names.join(", ")
        )),
    }
}

fn import_people(
    home: &Home,
    file: &std::path::Path,
    named: Option<&str>,
    yes: bool,
) -> Result<(), String> {
    let tongue = Tongue::english();
    let roster = roster(file, &tongue)?;
    let (store, key) = home.open(now())?;
    let all = store.read_now(Scope::Instance, movement::every);
    let place = the_movement(all.map_err(|e: StoreError| e.to_string())?, named)?;
    let list = import::command::Bringing {
        store,
        key: key.into(),
        movement: place.id,
        roster,
    };
    let plan = list.plan().map_err(|e| e.to_string())?;
    for (line, trouble) in &plan.troubles {
        println!(
            "line {line}: {}",
            import::view::trouble_in(&tongue, trouble)
        );
    }
    let (new, changed, same) = plan.counts();
    let wrong = plan.troubles.len();
    if yes {
        let shown = |done, all| eprint!("\r{done} of {all} people are in.");
        list.bring_in(plan, now(), shown)
            .map_err(|e| e.to_string())?;
        eprintln!();
    }
    println!(
        "{}: {new} new, {changed} changed, {same} unchanged, {wrong} with a problem.",
        place.name
    );
    if !yes && new + changed > 0 {
        println!("Nothing was written. Run it again with --yes to bring them in.");
    }
    Ok(())
}

fn new_key(home: &Home, yes: bool) -> Result<(), String> {
    if !yes {
        return Err("A new column key makes what the old one sealed unreadable for good. Look for the paper first; if every copy is lost, run this again with --yes.".into());
    }
    let file = keys::renew(&home.store()?, &home.keys)?;
    println!(
        "A new column key lies in {}. Keep a copy of it away from the data.\nE-mail addresses have to be brought in again, and calendar and answer links given out anew.",
        file.display()
    );
    Ok(())
}

/// What a file says of people; the sentence of one that cannot be read.
fn roster(file: &std::path::Path, tongue: &Tongue) -> Result<Roster, String> {
    let bytes =
        std::fs::read(file).map_err(|e| format!("{} cannot be read: {e}.", file.display()))?;
    let said = |key| tongue.say(key);
    let mut list = import::file::File::open(&bytes, None).map_err(said)?;
    let columns = list.head.columns.clone();
    if !Head::names(&columns) {
        return Err(tongue.say("preview-nobody-named"));
    }
    list.roster(&columns).map_err(said)
}

fn add_steward(home: &Home, named: Option<&str>, at: &str) -> Result<(), String> {
    let (store, _) = home.open(now())?;
    let lost = |e: StoreError| e.to_string();
    let all = store
        .read_now(Scope::Instance, movement::every)
        .map_err(lost)?;
    let place = the_movement(all, named)?;
    let (id, now) = (place.id, now());
    let token = store
        .write_now(Scope::Instance, move |tx| {
            movement::open_link(tx, Some(id), now)
        })
        .map_err(lost)?;
    println!(
        "Whoever opens this within the hour becomes a steward of {}:\n  {}/begin/{}",
        place.name,
        at.trim_end_matches('/'),
        *token.to_text()
    );
    Ok(())
}

fn lock(asked: &Lock, locks_it: bool) -> Result<(), String> {
    let (store, _) = asked.data.home()?.open(now())?;
    let lost = |e: StoreError| e.to_string();
    let all = store
        .read_now(Scope::Instance, movement::every)
        .map_err(lost)?;
    let place = the_movement(all, asked.movement.as_deref())?;
    let (id, now) = (place.id, now());
    store
        .write_now(Scope::Movement(id.0), move |tx| {
            movement::lockdown::by_host(tx, id, locks_it, now)
        })
        .map_err(lost)?;
    match locks_it {
        true => println!(
            "{} is locked for seven days. Two stewards can open it earlier, and so can mend unlock.",
            place.name
        ),
        false => println!("{} is open.", place.name),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Mend;

    #[test]
    fn the_command_line_is_whole() {
        <Mend as clap::CommandFactory>::command().debug_assert();
    }
}
