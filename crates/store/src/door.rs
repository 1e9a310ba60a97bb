//! The door: where a store is, opening it, and running a deed in it.

#[cfg(feature = "testing")]
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::postgres::Pg;
use crate::sqlite::{self, Finish, Lite};
use crate::{OpenError, Scope, StoreError, Tx};

/// Where the data is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// An SQLite file; it is made when it is not there.
    File(PathBuf),
    /// A PostgreSQL address, `postgres://role@host:port/database`.
    Postgres(String),
}

/// What came in while listening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard<'a> {
    /// From now on everything is heard; something before may have been missed.
    Begins,
    /// Somebody said this.
    Said(&'a str),
}

/// How long to wait before listening again after the line was lost.
const DEAF: Duration = Duration::from_millis(500);

/// An open store. Clones share it.
#[derive(Clone)]
pub struct Store(Arc<Engine>);

enum Engine {
    Lite(Lite),
    Pg(Pg),
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match *self.0 {
            Engine::Lite(_) => "Store(sqlite)",
            Engine::Pg(_) => "Store(postgres)",
        })
    }
}

impl Store {
    /// Opens the store and brings its schema up to date.
    ///
    /// Call it off the async threads: the PostgreSQL client waits for answers.
    ///
    /// # Errors
    /// See [`OpenError`]; each is a sentence for whoever starts the program.
    pub fn open(place: &Place) -> Result<Self, OpenError> {
        Ok(Self(Arc::new(match place {
            Place::File(file) => Engine::Lite(Lite::open(file, sqlite::SYNCHRONOUS)?),
            Place::Postgres(address) => Engine::Pg(Pg::open(address)?),
        })))
    }

    #[cfg(feature = "testing")]
    pub(crate) fn open_file(file: &Path, synchronous: &str) -> Result<Self, OpenError> {
        Ok(Self(Arc::new(Engine::Lite(Lite::open(file, synchronous)?))))
    }

    /// Runs a deed that changes something, to its end, off the async threads.
    ///
    /// `act` may run more than once (PostgreSQL, when two deeds collide): only its last run counts.
    ///
    /// # Errors
    /// What `act` refused, or a [`StoreError`]; then nothing was kept.
    pub async fn write<T, E>(
        &self,
        scope: Scope,
        act: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &*self.0 {
            Engine::Lite(lite) => answered(queue(lite, act).await),
            Engine::Pg(_) => {
                let store = self.clone();
                answered(tokio::task::spawn_blocking(move || store.write_now(scope, act)).await)
            }
        }
    }

    /// Runs a deed that only looks, in one consistent view of the data.
    ///
    /// # Errors
    /// What `act` refused, or a [`StoreError`].
    pub async fn read<T, E>(
        &self,
        scope: Scope,
        act: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let store = self.clone();
        answered(tokio::task::spawn_blocking(move || store.read_now(scope, act)).await)
    }

    /// Makes deleted rows unreadable in the files: on SQLite the write-ahead log is moved into the
    /// database, where deleted rows are overwritten, and emptied. On PostgreSQL only the tables that
    /// are not logged are cleared; for the others its own vacuum follows in its own time.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when somebody reads for so long that the log cannot be emptied now.
    pub async fn settle(&self) -> Result<(), StoreError> {
        let store = self.clone();
        answered(tokio::task::spawn_blocking(move || store.settle_now()).await)
    }

    fn settle_now(&self) -> Result<(), StoreError> {
        match &*self.0 {
            Engine::Lite(lite) => lite.settle(),
            Engine::Pg(pg) => pg.settle(),
        }
    }

    /// Hears what other programs on the same PostgreSQL database say with [`Tx::say`], and this one
    /// too, on a thread of its own for as long as the store is open. On SQLite there is nobody to
    /// hear.
    pub fn listen(&self, mut hear: impl FnMut(Heard<'_>) + Send + 'static) {
        let Engine::Pg(pg) = &*self.0 else {
            return;
        };
        let (ears, store) = (pg.ears(), Arc::downgrade(&self.0));
        std::thread::spawn(move || {
            while store.strong_count() > 0 {
                let heard = ears.listen(&mut |said, begins| {
                    match (said, begins) {
                        (Some(said), _) => hear(Heard::Said(said)),
                        (None, true) => hear(Heard::Begins),
                        (None, false) => {}
                    }
                    store.strong_count() > 0
                });
                if let Err(error) = heard {
                    tracing::warn!(%error, "what other programs say is not heard just now");
                }
                std::thread::sleep(DEAF);
            }
        });
    }

    /// Looks through the whole database and stops all writing if it is damaged. PostgreSQL looks
    /// after its files itself.
    ///
    /// Call it off the async threads: it reads everything.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first thing that is broken.
    pub fn check_now(&self) -> Result<(), StoreError> {
        match &*self.0 {
            Engine::Lite(lite) => lite.check(),
            Engine::Pg(_) => Ok(()),
        }
    }

    /// [`Store::write`] for a caller outside the async runtime (the command line, tests).
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_now<T, E>(
        &self,
        scope: Scope,
        act: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &*self.0 {
            Engine::Lite(lite) => answered(queue(lite, act).blocking_recv()),
            Engine::Pg(pg) => pg.write(scope, act),
        }
    }

    /// [`Store::read`] for a caller outside the async runtime.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_now<T, E>(
        &self,
        scope: Scope,
        act: impl FnMut(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        match &*self.0 {
            Engine::Lite(lite) => lite.read(act),
            Engine::Pg(pg) => pg.read(scope, act),
        }
    }
}

/// Hands a deed to the writer; the answer comes after its commit.
fn queue<T, E>(
    lite: &Lite,
    mut act: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
) -> oneshot::Receiver<Result<T, E>>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (answer, told) = oneshot::channel();
    lite.send(Box::new(move |tx| {
        let result = tx.map_err(E::from).and_then(&mut act);
        Finish {
            keep: result.is_ok(),
            tell: Box::new(move |committed| {
                let result = result.and_then(|value| committed.map(|()| value).map_err(E::from));
                // Whoever asked may be gone (a closed tab); the deed is done all the same.
                let _ = answer.send(result);
            }),
        }
    }));
    told
}

/// No answer means that the deed panicked or the writer is gone.
fn answered<T, E: From<StoreError>, G>(told: Result<Result<T, E>, G>) -> Result<T, E> {
    told.unwrap_or_else(|_| Err(E::from(StoreError::half_way())))
}
