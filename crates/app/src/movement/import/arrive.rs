//! A list comes in: it is sealed part by part as it arrives, so that it never lies whole in memory
//! beside its sealed twin, and nowhere open.

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use mend_rules::id::MovementId;
use mend_rules::roster::one_a_line;

use super::file::File;
use super::{LARGEST, body, place_of};
use crate::app::{dice, fresh};
use crate::movement::rows::upload;
use crate::web::{Problem, Visit};

/// How much is sealed at once, in bytes.
const PART: usize = 512 * 1024;

/// The largest text that is pasted, in bytes.
const PASTED: usize = 1024 * 1024;

/// Why a list was not taken.
#[derive(Debug)]
pub enum Wrong {
    /// Something is not right with it; the key of the text that says what.
    List(&'static str),
    /// It is larger than may be.
    Large,
    /// Something else went wrong.
    Problem(Problem),
}

impl<P: Into<Problem>> From<P> for Wrong {
    fn from(problem: P) -> Self {
        Self::Problem(problem.into())
    }
}

/// Takes the list in a form: a file, or else pasted text. The id by which it waits.
pub async fn take(visit: &Visit, mut form: Multipart) -> Result<MovementId, Wrong> {
    while let Some(mut field) = form.next_field().await.map_err(|error| broken(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(first) = next(&mut field).await? else {
            continue;
        };
        let mut list = Arriving::begin(visit).await?;
        let filled = match name.as_str() {
            "file" => list.fill(first, &mut field).await,
            "pasted" => list.paste(first, &mut field).await,
            _ => continue,
        };
        if let Err(wrong) = filled {
            list.let_go().await?;
            return Err(wrong);
        }
        return list.look().await;
    }
    Err(Wrong::List("import-empty"))
}

fn broken(error: &MultipartError) -> Wrong {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Wrong::Large
    } else {
        Wrong::List("import-large")
    }
}

/// The next bytes of a field; one that breaks off is not whole.
async fn next(field: &mut Field<'_>) -> Result<Option<Vec<u8>>, Wrong> {
    let chunk = field.chunk().await.map_err(|error| broken(&error))?;
    Ok(chunk
        .map(|bytes| bytes.to_vec())
        .filter(|bytes| !bytes.is_empty()))
}

/// A list of which a part is here.
struct Arriving<'v> {
    visit: &'v Visit,
    movement: MovementId,
    id: [u8; 16],
    parts: i64,
}

impl<'v> Arriving<'v> {
    /// Only the newest list waits.
    async fn begin(visit: &'v Visit) -> Result<Self, Problem> {
        let (me, id, now) = (visit.me()?, fresh(), visit.now);
        let movement = me.movement;
        let store = &visit.app.store;
        store
            .write(me.scope(), move |tx| {
                upload::drop_idle(tx, movement)?;
                upload::add(tx, movement, id, now)?;
                Ok::<_, Problem>(())
            })
            .await?;
        Ok(Self {
            visit,
            movement,
            id,
            parts: 0,
        })
    }

    async fn fill(&mut self, first: Vec<u8>, field: &mut Field<'_>) -> Result<(), Wrong> {
        let (mut part, mut total) = (Vec::with_capacity(PART), 0);
        let mut bytes = Some(first);
        while let Some(more) = bytes {
            total += more.len();
            if total > LARGEST {
                // A browser shows the answer only when it could send everything.
                while next(field).await?.is_some() {}
                return Err(Wrong::Large);
            }
            part.extend(more);
            if part.len() >= PART {
                self.seal(std::mem::take(&mut part)).await?;
            }
            bytes = next(field).await?;
        }
        if !part.is_empty() {
            self.seal(part).await?;
        }
        Ok(())
    }

    async fn paste(&mut self, first: Vec<u8>, field: &mut Field<'_>) -> Result<(), Wrong> {
        let mut text = first;
        while let Some(more) = next(field).await? {
            text.extend(more);
            if text.len() > PASTED {
                return Err(Wrong::Large);
            }
        }
        let text = one_a_line(&String::from_utf8_lossy(&text));
        Ok(self.seal(text.into_bytes()).await?)
    }

    async fn seal(&mut self, part: Vec<u8>) -> Result<(), Problem> {
        let (movement, id, nth) = (self.movement, self.id, self.parts);
        let key = &self.visit.app.key.0;
        let sealed = key.seal("upload", &place_of(id, nth), &part, &mut dice);
        self.parts += 1;
        let me = self.visit.me()?;
        let written = self.visit.app.store.write(me.scope(), move |tx| {
            upload::add_part(tx, movement, id, nth, sealed.clone())
        });
        Ok(written.await?)
    }

    /// Looks at all of it: a list that cannot be read is not kept.
    async fn look(self) -> Result<MovementId, Wrong> {
        let (me, app, id, now) = (
            self.visit.me()?,
            self.visit.app.clone(),
            self.id,
            self.visit.now,
        );
        let movement = self.movement;
        let counted = self.visit.app.store.read(me.scope(), move |tx| {
            let bytes = body(tx, &app.key.0, movement, id)?;
            Ok::<_, Problem>(File::open(&bytes, None).and_then(|mut file| file.count()))
        });
        match counted.await? {
            Ok(rows) => {
                let kept = self.visit.app.store.write(me.scope(), move |tx| {
                    upload::set_whole(tx, movement, id, rows, now)
                });
                kept.await.map_err(Problem::from)?;
                Ok(MovementId(id))
            }
            Err(wrong) => {
                self.let_go().await?;
                Err(Wrong::List(wrong))
            }
        }
    }

    async fn let_go(&self) -> Result<(), Problem> {
        let (movement, id) = (self.movement, self.id);
        let me = self.visit.me()?;
        let gone = self
            .visit
            .app
            .store
            .write(me.scope(), move |tx| upload::drop_one(tx, movement, id));
        Ok(gone.await?)
    }
}
