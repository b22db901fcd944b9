//! How do I write, change and delete many rows at once?
//!
//! `cargo run --release -p examples --example bulk`
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use rkyv::{Archive, Deserialize, Serialize};
use std::error::Error;
use storage::{Storage, StorageError, StoredRecord};

const COUNT: u64 = 100_000;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "events")]
struct Event {
    #[store(key)]
    id: u64,
    #[store(index)]
    level: u8,
    text: String,
}

fn event(id: u64) -> Event {
    let level = u8::try_from(id % 5).unwrap_or_default();
    Event { id, level, text: format!("event {id}") }
}

/// A line of a file that is imported.
fn parse(line: &str) -> Result<Event, Box<dyn Error + Send + Sync>> {
    let (id, text) = line.split_once(',').ok_or("a line needs a comma")?;
    Ok(Event { id: id.parse()?, level: 0, text: text.to_owned() })
}

fn main() -> Result<(), Box<dyn Error>> {
    let storage = Storage::in_memory()?;
    let events = Event::table(&storage)?;
    let e = Event::FIELDS;

    // All in one commit, and in bounded memory.
    let written = events.put_stream((0..COUNT).map(event))?;
    println!("{written} events written");

    // A stream that fails writes nothing, and says where it failed.
    let lines = format!("{COUNT},good\nbad");
    let refused = events.try_put_stream(lines.lines().map(parse));
    println!("refused: {}", refused.err().ok_or("it was taken")?);
    assert_eq!(events.len()?, COUNT);

    // One that must hold new rows only names the first that is not.
    match events.insert_stream([event(COUNT), event(7)]) {
        Err(StorageError::AlreadyExists(error)) => println!("key {} was there", error.key()),
        other => println!("not expected: {other:?}"),
    }

    // What an index or a filter finds is changed, or deleted, in one commit.
    let raised = events.by(Event::INDEXES.level).range(4..)?.update(|event| event.level = 9)?;
    let deleted = events.iter()?.filter(e.level.eq(0) & e.id.lt(COUNT / 2)).delete()?;
    println!("{raised} raised, {deleted} deleted");

    // By keys, of which some are not there.
    println!("{} more deleted", events.delete_many([1, 2, 3, COUNT])?);
    let some = events.load_many([1, 6, 11])?;
    println!("{} of three are there", some.iter().flatten().count());

    // Everything, without a look at a single row.
    println!("{} cleared", events.clear()?);
    assert!(events.is_empty()? && events.verify()?.is_empty());
    Ok(())
}
