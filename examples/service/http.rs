//! The desk over HTTP.

use crate::{
    desk::{Desk, Page, Ticket},
    error::DeskError,
};
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Sse, sse::Event},
    routing::{get, post},
};
use futures_util::{Stream, StreamExt as _};
use serde::Deserialize;
use std::time::{SystemTime, UNIX_EPOCH};
use storage::{PageToken, watch::Commit};
use tokio::task::spawn_blocking;

pub(crate) fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/tickets", get(list).post(open))
        .route("/tickets/{id}", get(show))
        .route("/tickets/{id}/close", post(close))
        .route("/agents/{name}/seen", post(seen))
        .route("/events", get(events))
        .with_state(desk)
}

/// A call of the store may wait for the disk, or for another writer: it has a thread for that, and the threads of the
/// runtime go on.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DeskError> + Send + 'static,
) -> Result<T, DeskError> {
    spawn_blocking(work).await.unwrap_or(Err(DeskError::Stopped))
}

#[derive(Deserialize)]
struct NewTicket {
    title: String,
}

async fn open(
    State(desk): State<Desk>,
    Json(new): Json<NewTicket>,
) -> Result<(StatusCode, Json<u64>), DeskError> {
    let id = blocking(move || desk.open(new.title)).await?;
    Ok((StatusCode::CREATED, Json(id)))
}

async fn show(State(desk): State<Desk>, Path(id): Path<u64>) -> Result<Json<Ticket>, DeskError> {
    blocking(move || desk.ticket(id)).await.map(Json)
}

#[derive(Deserialize)]
struct Closing {
    agent: String,
}

async fn close(
    State(desk): State<Desk>,
    Path(id): Path<u64>,
    Json(closing): Json<Closing>,
) -> Result<StatusCode, DeskError> {
    blocking(move || desk.close(id, &closing.agent)).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct Place {
    token: Option<String>,
    #[serde(default)]
    back: bool,
}

async fn list(
    State(desk): State<Desk>,
    Query(place): Query<Place>,
) -> Result<Json<Page>, DeskError> {
    let page = blocking(move || {
        let token = place.token.map(|token| token.parse::<PageToken>()).transpose();
        // A text that is no token at all, and one that is of another table, are both the client's doing.
        let token = token.map_err(|_| DeskError::NoPage)?;
        desk.page(token.as_ref(), place.back)
    });
    page.await.map(Json)
}

/// Nothing blocks here: the write is queued and awaited, and shares its commit with others.
async fn seen(State(desk): State<Desk>, Path(name): Path<String>) -> Result<StatusCode, DeskError> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    desk.see(name, now)?.await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Each commit that changes tickets, for as long as the client listens. Dropped with the connection.
async fn events(
    State(desk): State<Desk>,
) -> Result<Sse<impl Stream<Item = Result<Event, DeskError>>>, DeskError> {
    // It waits for a write that is under way.
    let watcher = blocking(move || Ok(desk.tickets.watch().rows().start()?)).await?;
    let events = watcher.into_stream().map(|commit| match commit {
        Ok(commit) => Ok(Event::default().event("changed").json_data(ids(&commit)?)?),
        // The client was too slow: it reads its page again.
        Err(error) => Ok(Event::default().event("missed").data(error.to_string())),
    });
    Ok(Sse::new(events))
}

fn ids(commit: &Commit<Ticket>) -> Result<Vec<u64>, DeskError> {
    commit.iter().map(|change| Ok(change.key()?)).collect()
}
