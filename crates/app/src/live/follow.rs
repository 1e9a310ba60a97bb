//! Following a live circle: one line of data for each change, as a stream of events that a browser
//! opens again by itself.
//! Never: goes on for somebody whose session, place or seat is gone; tells a device what time it is.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::HeaderName;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use futures_util::stream;
use mend_rules::id::{CircleId, PersonId};
use mend_store::{Scope, Tx};
use tokio::sync::watch::Receiver;
use tokio::time::timeout;

use super::beyond;
use super::pages::{self, Found};
use super::told::Looking;
use super::words::Hour;
use crate::circle;
use crate::halls::Latest;
use crate::movement;
use crate::people;
use crate::web::visit::Me;
use crate::web::{Answer, Problem, Visit};

/// How often a line says that it is still there.
const PING: Duration = Duration::from_secs(10);
/// So long after the last time it is looked again whether whoever follows still may.
const LOOKS: Duration = Duration::from_secs(30);

struct Following {
    visit: Visit,
    me: Me,
    circle: CircleId,
    seated: Vec<(PersonId, String)>,
    hour: Hour,
    hall: Option<Receiver<Latest>>,
    looked: Instant,
    begun: bool,
}

pub async fn follow(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let (circle, me) = (pages::read(&id)?, visit.me()?);
    // The ear opens before the look, so that nothing falls between the two.
    let hall = visit.app.halls.enter(circle, me.movement);
    let Found { shown, live, hour } = pages::find(&visit, circle).await?;
    if let Some(live) = &live {
        beyond::tell(&visit.app, live);
    }
    let following = Following {
        hall: hall.filter(|_| live.is_some()),
        seated: shown.let_in(),
        looked: Instant::now(),
        begun: false,
        visit,
        me,
        circle,
        hour,
    };
    let events = stream::unfold(following, |mut following| async move {
        let event = following.next().await?;
        Some((Ok::<_, Infallible>(event), following))
    });
    let headers = [
        (CONTENT_TYPE, "text/event-stream"),
        // A proxy in front must pass each line on at once.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(events)).into_response())
}

impl Following {
    /// The next event; `None` ends the stream.
    async fn next(&mut self) -> Option<Bytes> {
        let Some(hall) = &mut self.hall else {
            let first = !std::mem::replace(&mut self.begun, true);
            return first.then(|| Bytes::from_static(OVER));
        };
        if !self.begun {
            self.begun = true;
            let latest = hall.borrow_and_update().clone();
            return Some(self.event(&latest).await);
        }
        match timeout(PING, hall.changed()).await {
            Ok(Ok(())) => {
                let latest = hall.borrow_and_update().clone();
                match self.is_let_in().await {
                    true => Some(self.event(&latest).await),
                    false => None,
                }
            }
            Ok(Err(_)) => None,
            Err(_) => self.ping().await,
        }
    }

    /// Whether whoever follows still may, as far as it was looked lately.
    async fn is_let_in(&mut self) -> bool {
        if self.looked.elapsed() < LOOKS {
            return true;
        }
        self.looked = Instant::now();
        self.still_may().await
    }

    async fn event(&mut self, latest: &Latest) -> Bytes {
        match latest {
            Latest::Held(live) => {
                self.turns_to(&live.state.setting.steps).await;
                let looking = Looking {
                    visit: &self.visit,
                    me: self.me.person,
                    now: self.visit.app.now(),
                    seated: &self.seated,
                    hour: &self.hour,
                };
                let told = serde_json::to_string(&looking.told(live)).unwrap_or_default();
                Bytes::from(format!("data: {told}\n\n"))
            }
            Latest::Over(_) => {
                self.hall = None;
                Bytes::from_static(OVER)
            }
            Latest::Unknown => Bytes::from_static(STILL),
        }
    }

    /// The words of another step, where the circle has settled on one.
    async fn turns_to(&mut self, steps: &[u32]) {
        if self.hour.numbers != steps
            && let Ok(found) = pages::find(&self.visit, self.circle).await
        {
            self.hour = found.hour;
        }
    }

    async fn ping(&mut self) -> Option<Bytes> {
        if !self.is_let_in().await {
            return None;
        }
        let now = self.visit.app.now();
        let known = self.visit.app.halls.known(self.circle);
        if matches!(known, Some((_, Latest::Held(live))) if live.state.is_over(now))
            && let Err(error) = beyond::close_over(&self.visit.app, self.me.movement, now).await
        {
            tracing::warn!(%error, "a circle whose time is over could not be ended");
        }
        Some(Bytes::from_static(STILL))
    }

    /// Whether the session, the place and the seat are still there.
    async fn still_may(&self) -> bool {
        let Some(session) = self.visit.account.as_ref().map(|it| it.session.clone()) else {
            return false;
        };
        let (me, circle, now) = (self.me.clone(), self.circle, self.visit.app.now());
        let look = move |tx: &mut Tx<'_>| -> Result<bool, Problem> {
            if people::signed_in(tx, &session, now)?.is_none() {
                return Ok(false);
            }
            tx.enter(me.scope())?;
            let placed = movement::me(tx, me.movement, me.account, now)?.is_some();
            let open = movement::lockdown::holding(tx, me.movement, now)?.is_none();
            Ok(placed && open && circle::sat_in(tx, &me, circle, now)?.is_some())
        };
        let looked = self.visit.app.store.read(Scope::Instance, look).await;
        // Where it cannot be looked the stream ends: whoever may comes back by themselves.
        looked.unwrap_or(false)
    }
}

const OVER: &[u8] = b"event: over\ndata: over\n\n";
const STILL: &[u8] = b"event: still\ndata: still\n\n";
