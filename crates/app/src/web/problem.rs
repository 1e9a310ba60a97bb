//! What a page says when it cannot do what was asked: what happened, why, what to do.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mend_store::StoreError;

/// The answer of a handler.
pub type Answer = Result<Response, Problem>;

/// Why a request got no page of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Not there, or not for whoever asks: one answer for both.
    NotFound,
    /// What waited here is over; the key of the text that says so. Told as well of what was never there.
    Gone(&'static str),
    /// Somebody must sign in first.
    SignIn,
    /// A rule says no; the key of the text that says why and what to do.
    Refused(&'static str),
    /// The request did not come from one of our own pages.
    Foreign,
    /// The movement is locked for a while.
    Locked,
    /// The disk is full.
    Full,
    /// The data is damaged, and nothing is written any more.
    Damaged,
    /// Something broke; the cause is for the log only.
    Broken(String),
}

impl Problem {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::Gone(_) => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::Foreign => StatusCode::FORBIDDEN,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Locked | Self::Damaged => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The keys of its heading and its sentence.
    pub fn keys(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => ("problem-not-found", "problem-not-found-why"),
            Self::Gone(why) => ("problem-gone", why),
            Self::SignIn => ("problem-sign-in", "problem-sign-in-why"),
            Self::Refused(why) => ("problem-refused", why),
            Self::Foreign => ("problem-foreign", "problem-foreign-why"),
            Self::Locked => ("problem-locked", "problem-locked-why"),
            Self::Full => ("problem-full", "problem-full-why"),
            Self::Damaged => ("problem-damaged", "problem-damaged-why"),
            Self::Broken(_) => ("problem-broken", "problem-broken-why"),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full | StoreError::ReadOnly => Self::Full,
            // The store has said to the log what is broken.
            StoreError::Damaged(_) => Self::Damaged,
            StoreError::Busy => Self::Refused("problem-busy-why"),
            other => Self::Broken(other.to_string()),
        }
    }
}

/// The guard, which knows who is here, turns it into a page.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
