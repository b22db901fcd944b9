//! What somebody writes first who has not read the reference: each of these compiles, and does what it says.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bulk;
mod errors;
mod filters;
mod rows;

use rkyv::{Archive, Deserialize, Serialize};
use storage::{Storage, StoredRecord, Table};

/// A ticket of a help desk.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "tickets")]
struct Ticket {
    #[store(key)]
    project: String,
    #[store(key)]
    number: i64,
    title: String,
    #[store(index)]
    points: u32,
    usual: u32,
    done: bool,
    #[store(index)]
    tags: Vec<String>,
    assignee: Option<String>,
}

fn ticket(project: &str, number: i64) -> Ticket {
    Ticket {
        project: project.into(),
        number,
        title: format!("Ticket {number} of {project}"),
        points: u32::try_from(number).unwrap() % 5,
        usual: 2,
        done: number % 3 == 0,
        tags: vec![format!("t{}", number % 2), "all".into()],
        assignee: (number % 4 == 0).then(|| "ada".into()),
    }
}

/// Twenty tickets of `OPS` and ten of `WEB`.
fn desk() -> (Storage, Table<Ticket>) {
    let storage = Storage::in_memory().unwrap();
    let tickets = Ticket::table(&storage).unwrap();
    tickets.put_stream((0..20).map(|number| ticket("OPS", number))).unwrap();
    tickets.put_stream((0..10).map(|number| ticket("WEB", number))).unwrap();
    (storage, tickets)
}
