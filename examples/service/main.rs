//! How do I build a web service? A ticket desk with axum and tokio.
//!
//! `cargo run -p examples --example service [ADDRESS]`
//!
//! Without `ADDRESS` it serves on a free port, asks itself once, and ends. With `127.0.0.1:3000`, say, it serves until
//! it is interrupted:
//!
//! ```sh
//! curl -X POST 127.0.0.1:3000/tickets -H 'content-type: application/json' -d '{"title": "Leak"}'
//! curl 127.0.0.1:3000/tickets
//! curl -N 127.0.0.1:3000/events
//! ```
//!
//! | file | what it shows |
//! |---|---|
//! | `desk.rs` | records, an own error in a transaction, pages in both directions; nothing of the web |
//! | `error.rs` | one error type for both, and the answer that each error becomes |
//! | `http.rs` | handlers: blocking calls apart, `put_async`, a stream of what is committed |
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

mod desk;
mod error;
mod http;

use self::desk::Desk;
use std::{env, error::Error, time::Duration};
use storage::Storage;
use tokio::{net::TcpListener, time::timeout};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let desk = Desk::new(Storage::in_memory()?)?;
    let address = env::args().nth(1);
    let listener = TcpListener::bind(address.as_deref().unwrap_or("127.0.0.1:0")).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let served = axum::serve(listener, http::routes(desk.clone())).into_future();
    if address.is_some() {
        served.await?;
        return Ok(());
    }
    desk.open("Leak".into())?;
    // It would serve for ever.
    let _ = timeout(Duration::from_millis(100), served).await;
    println!("{} ticket is open", desk.page(None, false)?.tickets.len());
    Ok(())
}
