//! The service, asked over HTTP as a client asks it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../service/desk.rs"]
mod desk;
#[path = "../service/error.rs"]
mod error;
#[path = "../service/http.rs"]
mod http;

use serde_json::{Value, json};
use std::{net::SocketAddr, time::Duration};
use storage::Storage;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::timeout,
};

/// A service on a port of its own.
async fn served() -> SocketAddr {
    let desk = desk::Desk::new(Storage::in_memory().unwrap()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, http::routes(desk)).into_future());
    address
}

async fn send(address: SocketAddr, method: &str, path: &str, body: Option<Value>) -> TcpStream {
    let body = body.map(|body| body.to_string()).unwrap_or_default();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: desk\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// The status of the answer, and what is in it.
async fn ask(address: SocketAddr, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
    let mut answer = String::new();
    let mut stream = send(address, method, path, body).await;
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or(Value::Null))
}

async fn open(address: SocketAddr, title: &str) -> (u16, Value) {
    ask(address, "POST", "/tickets", Some(json!({ "title": title }))).await
}

#[tokio::test]
async fn tickets_are_opened_shown_and_closed() {
    let address = served().await;
    assert_eq!(open(address, "Leak").await, (201, json!(1)));
    assert_eq!(open(address, "Noise").await, (201, json!(2)));
    let ticket = json!({ "id": 1, "title": "Leak", "open": true });
    assert_eq!(ask(address, "GET", "/tickets/1", None).await, (200, ticket));

    let close = |id: u64| {
        let path = format!("/tickets/{id}/close");
        async move { ask(address, "POST", &path, Some(json!({ "agent": "Ada" }))).await }
    };
    // Nobody has seen Ada yet; then she closes, once.
    assert_eq!(close(1).await.0, 403);
    assert_eq!(ask(address, "POST", "/agents/Ada/seen", None).await.0, 204);
    assert_eq!(close(1).await.0, 204);
    assert_eq!(close(1).await, (409, json!({ "error": "ticket 1 is closed already" })));
    assert_eq!(close(7).await, (404, json!({ "error": "there is no ticket 7" })));
    assert_eq!(ask(address, "GET", "/tickets/1", None).await.1["open"], false);
}

#[tokio::test]
async fn errors_of_the_store_are_answers() {
    let address = served().await;
    assert_eq!(open(address, " ").await.0, 400);
    assert_eq!(open(address, "Leak").await.0, 201);
    let (status, answer) = open(address, "Leak").await;
    assert_eq!(status, 409);
    assert!(answer["error"].as_str().unwrap().contains("unique index `title`"), "{answer}");
    // Nothing was written of what was refused.
    assert_eq!(
        ask(address, "GET", "/tickets", None).await.1["tickets"].as_array().unwrap().len(),
        1
    );
    assert_eq!(ask(address, "GET", "/tickets?token=nonsense", None).await.0, 400);
}

#[tokio::test]
async fn pages_go_forward_and_back() {
    let address = served().await;
    for number in 1..=7 {
        assert_eq!(open(address, &format!("ticket {number}")).await.0, 201);
    }
    let page = |query: String| async move {
        let (status, page) = ask(address, "GET", &format!("/tickets{query}"), None).await;
        assert_eq!(status, 200, "{page}");
        let ids: Vec<u64> =
            page["tickets"].as_array().unwrap().iter().map(|t| t["id"].as_u64().unwrap()).collect();
        let token = |name: &str| page[name].as_str().map(str::to_owned);
        (ids, token("previous"), token("next"))
    };
    let (ids, previous, next) = page(String::new()).await;
    assert_eq!((ids, previous), (vec![1, 2, 3], None));
    let (ids, _, next) = page(format!("?token={}", next.unwrap())).await;
    assert_eq!(ids, [4, 5, 6]);
    let (ids, previous, next) = page(format!("?token={}", next.unwrap())).await;
    assert_eq!((ids, next), (vec![7], None));
    let (ids, previous, next) = page(format!("?back=true&token={}", previous.unwrap())).await;
    assert_eq!(ids, [4, 5, 6]);
    assert_eq!(page(format!("?token={}", next.unwrap())).await.0, [7]);
    let (ids, previous, next) = page(format!("?back=true&token={}", previous.unwrap())).await;
    assert_eq!((ids, previous), (vec![1, 2, 3], None));
    assert_eq!(page(format!("?token={}", next.unwrap())).await.0, [4, 5, 6]);
}

#[tokio::test]
async fn clients_hear_of_each_commit() {
    let address = served().await;
    let mut events = send(address, "GET", "/events", None).await;
    // The watcher has begun when the head of the answer is there.
    let mut heard = String::new();
    hear(&mut events, &mut heard, "text/event-stream").await;
    open(address, "Leak").await;
    open(address, "Noise").await;
    hear(&mut events, &mut heard, "data: [2]").await;
    assert!(heard.contains("event: changed\ndata: [1]"), "{heard}");
    // A client that goes away disturbs nobody.
    drop(events);
    assert_eq!(open(address, "Smell").await.0, 201);
}

async fn hear(events: &mut TcpStream, heard: &mut String, until: &str) {
    let listen = async {
        while !heard.contains(until) {
            let mut part = [0; 1024];
            let len = events.read(&mut part).await.unwrap();
            assert!(len > 0, "the stream has ended: {heard}");
            heard.push_str(&String::from_utf8_lossy(&part[..len]));
        }
    };
    timeout(Duration::from_secs(60), listen).await.unwrap();
}
