//! What tests stand on: a fresh instance on one of the engines, the sample movement in it, a
//! second movement beside it, and clients that ask through the front door.
//! Never: sleeps, listens on a port, or knows how a page is marked up.
#![allow(clippy::unwrap_used)]

pub mod cast;
pub mod client;
pub mod links;
pub mod page;
mod stage;
pub mod tables;
pub mod vault;

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use fluent_bundle::FluentArgs;
use mend_rules::id::{AccountId, CircleId, MovementId, PersonId};
use mend_rules::movement::{STEWARD_DAYS, Source};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::testing::{Fresh, engines, fresh};
use mend_store::{Place, Scope, StoreError, Tx, sql};
use tokio::runtime::Runtime;

use crate::app::{App, dice};
use crate::demo;
use crate::letters::send::{self, Round};
use crate::movement::{self, Person};
use crate::people;
use crate::post::smtp::Patience;
use crate::web::Base;
use crate::web::router::router;
use crate::web::visit::Movement;
use crate::work::{self, Job};
use client::Client;

const WORLD: &str = include_str!("../../../world/climate-justice-collective.toml");

/// The port that tests name in their `Host`; nobody listens on it.
pub const PORT: u16 = 8600;

/// When every test begins: Tuesday, 1 December 2026, 10:00 UTC.
pub fn begin() -> Time {
    let stamp: jiff::Timestamp = "2026-12-01T10:00:00Z".parse().unwrap();
    Time::from(stamp)
}

/// Runs a test on every engine, each time with a fresh instance that has both movements.
pub fn on_both(test: impl Fn(&TestMend)) {
    for engine in engines() {
        test(&TestMend::new(engine));
    }
}

/// Runs a test on every engine, each time with an instance that nobody has begun.
pub fn on_both_empty(test: impl Fn(&TestMend)) {
    for engine in engines() {
        test(&TestMend::empty(engine));
    }
}

/// A fresh instance. Its fields are dropped in this order: the PostgreSQL pool must go outside of
/// the runtime.
pub struct TestMend {
    pub runtime: Runtime,
    router: Router,
    pub app: App,
    /// The one-time doors of the sample movement: who, and the token.
    pub doors: Vec<(String, String)>,
    /// People of the sample movement by the key they have in `world/`.
    people: HashMap<String, PersonId>,
    /// The sample movement, at `/m/sample`.
    pub sample: MovementId,
    /// Another movement, at `/m/other`.
    pub other: MovementId,
    engine: &'static str,
    fresh: Fresh,
}

impl TestMend {
    /// An instance with the sample movement and another one.
    pub fn new(engine: &'static str) -> Self {
        Self::at(engine, Base::local(PORT))
    }

    /// The same under another address.
    pub fn at(engine: &'static str, base: Base) -> Self {
        Self::telling(engine, base, None, begin())
    }

    /// The sample movement with the half year until `now`, as `mend demo` shows it.
    pub fn with_half_year(engine: &'static str, now: Time) -> Self {
        let half_year = demo::HalfYear::read().unwrap();
        let mend = Self::telling(engine, Base::local(PORT), Some(half_year), now);
        mend.app.clock.set(now);
        mend
    }

    fn telling(engine: &'static str, base: Base, told: Option<demo::HalfYear>, now: Time) -> Self {
        let fresh = fresh(engine);
        let filled = demo::fill(&fresh.store, &key(), told, now).unwrap();
        let app = App::new(fresh.store.clone(), key(), base, Some(filled.doors));
        let mut mend = Self::around(engine, fresh, app);
        mend.doors = filled
            .shown
            .into_iter()
            .map(|door| (door.who.to_owned(), door.token))
            .collect();
        mend.sample = mend.movement("sample").id;
        mend.people = mend.people_by_key();
        mend.other = mend.begin_other();
        mend
    }

    /// An instance that nobody has begun.
    pub fn empty(engine: &'static str) -> Self {
        let fresh = fresh(engine);
        let app = App::new(fresh.store.clone(), key(), Base::local(PORT), None);
        Self::around(engine, fresh, app)
    }

    fn around(engine: &'static str, fresh: Fresh, app: App) -> Self {
        // The cause of a page that broke is for the log alone; a failing test shows it.
        let log = tracing_subscriber::fmt()
            .with_test_writer()
            .with_max_level(tracing::Level::ERROR);
        let _ = log.without_time().try_init();
        app.clock.set(begin());
        Self {
            runtime: Runtime::new().unwrap(),
            router: router(&app),
            app,
            doors: Vec::new(),
            people: HashMap::new(),
            sample: MovementId([0; 16]),
            other: MovementId([0; 16]),
            engine,
            fresh,
        }
    }

    /// The column key is lost, and the host has made a new one.
    pub fn key_is_lost(&mut self) {
        let new = ColumnKey::make(&mut |bytes: &mut [u8]| bytes.fill(8));
        let app = App::new(self.fresh.store.clone(), new, Base::local(PORT), None);
        app.clock.set(self.now());
        self.router = router(&app);
        self.app = app;
    }

    /// Everything that stands in the files of an SQLite store, deleted or not.
    pub fn files(&self) -> Option<Vec<u8>> {
        let file = self.data_file()?;
        let folder = std::fs::read_dir(file.parent().unwrap()).unwrap();
        let files = folder.map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
        Some(files.flatten().collect())
    }

    /// The file of an SQLite store.
    pub fn data_file(&self) -> Option<PathBuf> {
        match &self.fresh.place {
            Place::File(file) => Some(file.clone()),
            Place::Postgres(_) => None,
        }
    }

    /// Another program on the same data, as after a restart or beside this one.
    pub fn another(&self) -> App {
        let store = mend_store::Store::open(&self.fresh.place).unwrap();
        let app = App::new(store, key(), Base::local(PORT), None);
        app.clock.set(self.now());
        app
    }

    pub fn is_postgres(&self) -> bool {
        self.engine == "postgres"
    }

    pub fn now(&self) -> Time {
        self.app.now()
    }

    /// Moves the clock on.
    pub fn minutes(&self, n: i64) {
        self.app.clock.set(self.now().minutes(n));
    }

    /// Moves the clock on.
    pub fn days(&self, n: i64) {
        self.app.clock.set(self.now().days(n));
    }

    /// Somebody sets the clock of the machine.
    pub fn clock_jumps(&self, days: i64) {
        self.app.clock.jump(self.now().days(days));
    }

    /// A text as people read it.
    pub fn t(&self, key: &str) -> String {
        self.app.tongue.say(key)
    }

    /// A text with arguments.
    pub fn tw(&self, key: &str, args: &FluentArgs<'_>) -> String {
        self.app.tongue.say_with(key, args)
    }

    /// Writes past the front door, for what no page can set up.
    pub fn write<T: Send + 'static>(
        &self,
        scope: Scope,
        act: impl FnMut(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.app.store.write_now(scope, act).unwrap()
    }

    /// Reads past the front door.
    pub fn read<T>(
        &self,
        scope: Scope,
        act: impl FnMut(&mut Tx<'_>) -> Result<T, StoreError>,
    ) -> T {
        self.app.store.read_now(scope, act).unwrap()
    }

    pub fn movement(&self, address: &str) -> Movement {
        self.read(Scope::Instance, |tx| movement::at(tx, address))
            .unwrap()
    }

    /// Somebody of the sample movement.
    pub fn id(&self, key: &str) -> PersonId {
        *self
            .people
            .get(key)
            .unwrap_or_else(|| panic!("nobody is called {key}"))
    }

    /// The name of somebody of the sample movement.
    pub fn name(&self, key: &str) -> String {
        let (sample, id) = (self.sample, self.id(key));
        let found = self.read(Scope::Movement(sample.0), |tx| {
            movement::person(tx, sample, id)
        });
        found.unwrap().name
    }

    /// A circle by its name.
    pub fn circle(&self, movement: MovementId, name: &str) -> CircleId {
        self.read(Scope::Movement(movement.0), |tx| {
            sql!("SELECT id FROM circle WHERE movement_id = $1 AND name = $2")
                .id(movement)
                .text(name)
                .one(tx, |row| row.id(0).map(CircleId))
        })
    }

    /// Nobody who is signed in.
    pub fn visitor(&self) -> Client<'_> {
        Client::new(self, None)
    }

    /// Somebody of the sample movement, with an account and signed in.
    pub fn as_(&self, key: &str) -> Client<'_> {
        self.signed_in(self.account_of(key))
    }

    /// Whoever this account belongs to, signed in.
    pub fn signed_in(&self, account: AccountId) -> Client<'_> {
        Client::new(self, Some(self.session(account)))
    }

    /// Whoever has this handle, signed in.
    pub fn as_account(&self, handle: &str) -> Client<'_> {
        self.signed_in(self.account_of_handle(handle))
    }

    pub fn account_of_handle(&self, handle: &str) -> AccountId {
        self.account_called(handle).unwrap()
    }

    /// The steward of the other movement.
    pub fn other_steward(&self) -> Client<'_> {
        self.as_account("other-steward")
    }

    /// A fresh session, made past the front door; what its cookie holds.
    pub fn session(&self, account: AccountId) -> String {
        let now = self.now();
        let token = self.write(Scope::Instance, move |tx| {
            people::begin_session(tx, account, now)
        });
        token.to_text().to_string()
    }

    /// The account of somebody of the sample movement, who takes their place if they have not.
    pub fn account_of(&self, key: &str) -> AccountId {
        if let Some(account) = self.account_called(key) {
            return account;
        }
        let (sample, person) = (self.sample, self.id(key));
        let account = self.account(key);
        let taken = self.write(Scope::Movement(sample.0), move |tx| {
            movement::take_place(tx, sample, person, account)
        });
        assert!(taken, "{key} has a place already");
        account
    }

    /// An account without a place anywhere.
    pub fn account(&self, handle: &str) -> AccountId {
        let (account, now, handle) = (self.app.new_id(), self.now(), handle.to_owned());
        self.write(Scope::Instance, move |tx| {
            people::add_sample(tx, account, &handle, now)
        });
        account
    }

    fn account_called(&self, handle: &str) -> Option<AccountId> {
        self.read(Scope::Instance, |tx| {
            sql!("SELECT id FROM account WHERE handle = $1")
                .text(handle)
                .maybe(tx, |row| row.id(0).map(AccountId))
        })
    }

    fn people_by_key(&self) -> HashMap<String, PersonId> {
        let sample = self.sample;
        let by_name: HashMap<String, PersonId> = self
            .read(Scope::Movement(sample.0), |tx| movement::names(tx, sample))
            .into_iter()
            .map(|(id, name)| (name, id))
            .collect();
        let world: toml::Table = WORLD.parse().unwrap();
        let people = world["person"].as_array().unwrap().iter();
        people
            .map(|person| {
                (
                    person["key"].as_str().unwrap(),
                    person["name"].as_str().unwrap(),
                )
            })
            .map(|(key, name)| (key.to_owned(), by_name[name]))
            .collect()
    }

    fn begin_other(&self) -> MovementId {
        let (now, account) = (self.now(), self.account("other-steward"));
        let movement = Movement {
            id: self.app.new_id(),
            address: "other".into(),
            name: "Another movement".into(),
            zone: jiff::tz::TimeZone::UTC,
            source: Source::Plain,
            circle_size: 6,
        };
        let (id, steward) = (movement.id, self.app.new_id());
        self.write(Scope::Movement(id.0), move |tx| {
            movement::add(tx, &movement, now)?;
            let olu = Person {
                account: Some(account),
                ..Person::new(steward, "Olu Adeleke")
            };
            movement::add_row(tx, id, &olu, now)?;
            movement::set_steward(tx, id, steward, now, now.days(STEWARD_DAYS))
        });
        id
    }

    /// Does every job twice, as after a crash, and fails if the second time changed anything.
    fn jobs_do_no_harm(&self) {
        self.jobs_begin();
        self.all_jobs_due();
        let before = tables::dump_but(self, &["job"]);
        self.all_jobs_due();
        assert_eq!(
            tables::dump_but(self, &["job"]),
            before,
            "a job did harm the second time"
        );
        let parked = self.read(Scope::Instance, |tx| {
            sql!("SELECT COUNT(*) FROM job WHERE parked IS NOT NULL").one(tx, |row| row.int(0))
        });
        assert_eq!(parked, 0, "a job is parked");
    }

    /// Puts the jobs that come back by themselves into the table.
    pub fn jobs_begin(&self) {
        let now = self.now();
        self.write(Scope::Instance, move |tx| {
            work::later(tx, Job::Letters, now)?;
            work::later(tx, Job::Sweep, now)
        });
    }

    /// Hands over what is due in the outbox, with little patience.
    pub fn send_letters(&self) -> Round {
        let patience = Patience {
            step: Duration::from_millis(300),
            last: Duration::from_millis(300),
        };
        self.runtime
            .block_on(send::round(&self.app, patience))
            .unwrap()
    }

    /// Does every job, due or not.
    pub fn all_jobs_due(&self) {
        let now = self.now();
        self.write(Scope::Instance, move |tx| {
            sql!("UPDATE job SET due_at = $1").int(now).run(tx)
        });
        assert!(self.do_jobs() > 0, "no job was done");
    }

    /// Does the jobs that are due; how many there were.
    pub fn do_jobs(&self) -> usize {
        let mut done = 0;
        while self.runtime.block_on(work::once(&self.app)).unwrap() {
            done += 1;
        }
        done
    }
}

impl Drop for TestMend {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.jobs_do_no_harm();
        }
    }
}

/// The same key in every test.
pub fn key() -> ColumnKey {
    ColumnKey::make(&mut |bytes: &mut [u8]| bytes.fill(7))
}

/// Sixteen random bytes as an address writes them.
pub fn random_id() -> String {
    let mut id = [0; 16];
    dice(&mut id);
    PersonId(id).to_string()
}

/// A place on the net that requests come from.
pub fn from(last: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(192, 0, 2, last))
}
