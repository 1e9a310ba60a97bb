//! Starting the server: open the data, say where it is, listen, work, stop cleanly.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use mend_rules::time::Time;
use mend_store::{Place, Scope, Store};
use tokio::net::TcpListener;

use crate::app::App;
use crate::backup::Plan;
use crate::demo::{self, Door};
use crate::post::Way;
use crate::web::Base;
use crate::web::router::router;
use crate::{keys, letters, live, movement, work};

/// Where the data of an instance is.
#[derive(Debug, Clone)]
pub struct Home {
    pub place: Place,
    pub keys: PathBuf,
}

impl Home {
    /// An SQLite file in a folder, or a PostgreSQL address with the keys beside that folder.
    pub fn new(data: &Path, database: Option<&str>, keys: Option<&Path>) -> Result<Self, String> {
        let keys = keys.map_or_else(|| keys::folder(data), Path::to_owned);
        let place = match database {
            Some(address) if is_postgres(address) => Place::Postgres(address.to_owned()),
            Some(other) => {
                return Err(format!(
                    "“{other}” is not a database address. Leave --database out to keep the data in a file, or write postgres://role@host/database."
                ));
            }
            None => Place::File(data.join("mend.db")),
        };
        Ok(Self { place, keys })
    }

    /// Opens the store and its key.
    pub fn open(&self, now: Time) -> Result<(Store, mend_seal::ColumnKey), String> {
        let store = self.store()?;
        let key = keys::open(&store, &self.keys, now).map_err(|e| e.to_string())?;
        Ok((store, key))
    }

    /// Opens the store alone.
    pub fn store(&self) -> Result<Store, String> {
        if let Place::File(file) = &self.place
            && let Some(folder) = file.parent()
        {
            make_own(folder).map_err(|why| {
                format!(
                    "The data folder {} cannot be made: {why}. Name another one with --data.",
                    folder.display()
                )
            })?;
        }
        Store::open(&self.place).map_err(|e| e.to_string())
    }
}

/// A folder that only the account running Mend can look into.
pub fn make_own(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn is_postgres(address: &str) -> bool {
    address.starts_with("postgres://") || address.starts_with("postgresql://")
}

/// What `mend serve` was asked for.
#[derive(Debug)]
pub struct Serve {
    pub home: Home,
    pub listen: Option<SocketAddr>,
    pub public_url: Option<String>,
    pub proxies: usize,
}

/// What the program does besides, where the host asked for it.
#[derive(Debug, Default)]
pub struct Others {
    pub backups: Option<Plan>,
    pub post: Option<Way>,
}

/// The port that is tried first.
const PORT: u16 = 8600;

/// Serves until it is told to stop.
pub fn serve(asked: &Serve, others: Others) -> Result<(), String> {
    let now = Time::from(jiff::Timestamp::now());
    let (store, key) = asked.home.open(now)?;
    running(async {
        let (listener, port) = listen(asked.listen).await?;
        let base = match &asked.public_url {
            None => Base::local(port),
            Some(url) => Base::public(url, port, asked.proxies).ok_or_else(|| {
                format!("“{url}” is not a public address. Write it like https://mend.example.org, without a path.")
            })?,
        };
        let app = App::new(store, key, base, None);
        if let Some(plan) = others.backups {
            let _ = app.backups.set(plan);
        }
        if let Some(way) = others.post {
            let _ = app.post.set(way);
        }
        let begin = begin_link(&app, now).await?;
        say(&welcome(&app, asked, port, begin.as_deref()));
        run(app, listener).await
    })
}

/// Serves the sample movement from a folder that goes when the program ends.
pub fn demo(listen_at: Option<SocketAddr>, post: Option<Way>) -> Result<(), String> {
    let now = Time::from(jiff::Timestamp::now());
    let folder =
        tempfile::tempdir().map_err(|e| format!("No temporary folder can be made: {e}."))?;
    let home = Home::new(&folder.path().join("data"), None, None)?;
    if listen_at.is_some_and(|address| !address.ip().is_loopback()) {
        return Err("The demo opens doors without words, so it only listens on this machine. Leave --listen out, or name 127.0.0.1.".into());
    }
    say("Mend is preparing the sample movement. Everybody in it is invented.\n");
    let (store, key) = home.open(now)?;
    let filled = demo::fill(&store, &key, Some(demo::HalfYear::read()?), now)?;
    if post.is_some() {
        demo::write_letters(&store, now)?;
    }
    let writer = filled.shown.iter().find(|door| door.who == WRITER);
    let opens = writer.map(|door| demo::journal::fill(&store, door.account, now));
    let opens = opens.transpose()?;
    running(async {
        let (listener, port) = listen(listen_at).await?;
        let base = Base::local(port);
        let app = App::new(store, key, base.clone(), Some(filled.doors));
        if let Some(way) = post {
            let _ = app.post.set(way);
        }
        demo::hold(&app, filled.running, now).await?;
        say(&demo_welcome(&base, &filled.shown, opens.as_ref()));
        run(app, listener).await
    })
}

fn running(serving: impl Future<Output = Result<(), String>>) -> Result<(), String> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| format!("The program cannot start its threads: {e}."))?
        .block_on(serving)
}

/// The usual port, or a free one where nobody asked for a certain one.
async fn listen(asked: Option<SocketAddr>) -> Result<(TcpListener, u16), String> {
    let usual = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT));
    let bound = match asked {
        Some(address) => TcpListener::bind(address).await,
        None => match TcpListener::bind(usual).await {
            Err(_) => TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await,
            bound => bound,
        },
    };
    let address = asked.unwrap_or(usual);
    let listener = bound.map_err(|e| format!("Mend cannot listen on {address}: {e}. Is another program there? Name another one with --listen."))?;
    let port = listener.local_addr().map_err(|e| e.to_string())?.port();
    Ok((listener, port))
}

/// A fresh link for an instance that nobody has begun; the one before is void.
async fn begin_link(app: &App, now: Time) -> Result<Option<String>, String> {
    let token = app
        .store
        .write(Scope::Instance, move |tx| {
            if movement::is_empty(tx)? {
                movement::open_link(tx, None, now).map(Some)
            } else {
                Ok(None)
            }
        })
        .await
        .map_err(|e: mend_store::StoreError| e.to_string())?;
    Ok(token.map(|token| format!("{}/begin/{}", app.base.origin, *token.to_text())))
}

fn welcome(app: &App, asked: &Serve, port: u16, begin: Option<&str>) -> String {
    let data = match &asked.home.place {
        Place::File(file) => file.display().to_string(),
        Place::Postgres(_) => "the PostgreSQL database you named".into(),
    };
    let key = keys::file(&asked.home.keys).display().to_string();
    let mut text = format!(
        "Mend is running at {}\n  data  {data}\n  key   {key}  (keep a copy of it away from the data)\n",
        app.base.origin
    );
    if app.base.secure {
        text += &format!("  listening for your proxy on port {port}\n");
    } else {
        text += "  only from this machine, until --public-url names an https address\n";
    }
    if let Some(link) = begin {
        text +=
            &format!("\nThere is no movement here yet. Begin here, within the hour:\n  {link}\n");
    }
    text
}

/// Whose sealed writing the sample movement has.
const WRITER: &str = "member";

fn demo_welcome(base: &Base, doors: &[Door], opens: Option<&demo::journal::Opens>) -> String {
    let mut text = format!(
        "The sample movement is at {}\nEach of these links opens once; start the demo again for new ones.\n\n",
        base.origin
    );
    for Door { who, token, .. } in doors {
        text += &format!("  {who:<9} {}/demo/{token}\n", base.origin);
    }
    if let Some(opens) = opens {
        text += &format!(
            "\nThe {WRITER} has sealed writing at {}/vault; it opens with\n  words     {}\n  code      {}\n",
            base.origin, opens.words, opens.code
        );
    }
    text += "\nPress Ctrl-C to stop. Nothing is kept.\n";
    text
}

/// A closed pipe must not bring the server down.
fn say(text: &str) {
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

async fn run(app: App, listener: TcpListener) -> Result<(), String> {
    let _heard = outlive_a_limit_on_files();
    let worker = tokio::spawn(work::work(app.clone()));
    let sender = tokio::spawn(letters::send::work(app.clone()));
    live::listen(&app);
    let service = router(&app).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            told_to_stop().await;
            // Whoever follows a circle is let go, or the program would wait for them.
            app.halls.close();
        })
        .await;
    worker.abort();
    sender.abort();
    served.map_err(|e| format!("The server stopped: {e}."))
}

/// A file that grows past a limit of the system would end the program; while somebody listens for
/// that, the write fails instead, and whoever asked for it is told.
#[cfg(unix)]
fn outlive_a_limit_on_files() -> Option<tokio::signal::unix::Signal> {
    const SIGXFSZ: i32 = 25;
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::from_raw(SIGXFSZ)).ok()
}

#[cfg(not(unix))]
fn outlive_a_limit_on_files() {}

async fn told_to_stop() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
