//! What can go wrong, and what a client is told of it.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use std::fmt;
use storage::{StorageError, error::Blame};

/// An error of the desk's own, or of the store below it.
#[derive(Debug)]
pub(crate) enum DeskError {
    NoTicket(u64),
    NoAgent,
    NoTitle,
    NoPage,
    Closed(u64),
    Storage(StorageError),
    /// A task panicked, or the program ends.
    Stopped,
}

/// So `?` works on calls of the store, and in `try_write`.
impl From<StorageError> for DeskError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl fmt::Display for DeskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTicket(id) => write!(f, "there is no ticket {id}"),
            Self::NoAgent => f.write_str("nobody knows this agent"),
            Self::NoTitle => f.write_str("a ticket needs a title"),
            Self::NoPage => f.write_str("there is no such page"),
            Self::Closed(id) => write!(f, "ticket {id} is closed already"),
            Self::Storage(error) => error.fmt(f),
            Self::Stopped => f.write_str("the request was not finished"),
        }
    }
}

impl std::error::Error for DeskError {}

impl From<axum::Error> for DeskError {
    fn from(_: axum::Error) -> Self {
        Self::Stopped
    }
}

impl DeskError {
    /// `blame` says who can do something about an error of the store, which is what a status says.
    fn status(&self) -> StatusCode {
        match self {
            Self::NoTicket(_) => StatusCode::NOT_FOUND,
            Self::NoAgent => StatusCode::FORBIDDEN,
            Self::NoTitle | Self::NoPage => StatusCode::BAD_REQUEST,
            Self::Closed(_) => StatusCode::CONFLICT,
            Self::Storage(error) if error.is_conflict() => StatusCode::CONFLICT,
            Self::Storage(error) => match error.blame() {
                Blame::Violation => StatusCode::BAD_REQUEST,
                Blame::Busy => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Stopped => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl IntoResponse for DeskError {
    fn into_response(self) -> Response {
        let status = self.status();
        // What is not the client's doing goes to a log, not to the client: it names tables and paths.
        let text = match status.is_server_error() {
            true => "the desk cannot answer at the moment".to_owned(),
            false => self.to_string(),
        };
        (status, Json(serde_json::json!({ "error": text }))).into_response()
    }
}
