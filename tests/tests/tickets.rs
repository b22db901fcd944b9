//! Writes that are handed in and waited for later.

use rkyv::{Archive, Deserialize, Serialize};
use std::{
    future::Future,
    pin::pin,
    sync::{Arc, mpsc},
    task::{Context, Poll, Wake, Waker},
};
use storage::{Storage, StorageError, StoredRecord, error::KeyError};

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "events")]
struct Event {
    #[store(key)]
    id: String,
    #[store(unique)]
    number: u64,
}

fn event(number: u64) -> Event {
    Event { id: format!("event {number}"), number }
}

#[test]
fn thousands_share_few_commits_and_all_are_told() {
    let storage = Storage::in_memory().unwrap();
    let events = Event::table(&storage).unwrap();
    let before = storage.stats().unwrap().commit_count;
    let tickets: Vec<_> = (0..5000).map(|n| events.put_async(event(n)).unwrap()).collect();
    for ticket in tickets {
        assert!(!ticket.wait().unwrap());
    }
    let commit_count = storage.stats().unwrap().commit_count - before;
    assert!(commit_count < 500, "{commit_count} commits");
    assert_eq!(events.len().unwrap(), 5000);
    assert_eq!(events.verify().unwrap(), []);
}

#[test]
fn one_that_fails_does_not_harm_its_neighbours() {
    let storage = Storage::in_memory().unwrap();
    let events = Event::table(&storage).unwrap();
    let good = events.put_async(event(1)).unwrap();
    let twin = events.put_async(Event { id: "twin".into(), number: 1 }).unwrap();
    let last = events.put_async(event(2)).unwrap();
    assert!(!good.wait().unwrap());
    assert!(matches!(twin.wait(), Err(StorageError::Unique(_))));
    assert!(!last.wait().unwrap());
    assert_eq!(events.len().unwrap(), 2);
    assert!(events.delete_async("event 1").unwrap().wait().unwrap());
    assert!(!events.delete_async("event 1").unwrap().wait().unwrap());
    assert_eq!(events.verify().unwrap(), []);
}

#[test]
fn what_can_be_told_at_once_is() {
    let storage = Storage::in_memory().unwrap();
    let events = Event::table(&storage).unwrap();
    let error = events.put_async(Event { id: "x".repeat(1 << 20), number: 1 }).unwrap_err();
    assert!(matches!(error, StorageError::Key { reason: KeyError::TooLong { .. }, .. }), "{error}");
    assert!(events.is_empty().unwrap());
}

/// Sends a word when it is woken.
struct Bell(mpsc::Sender<()>);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        // Whoever listens may have gone.
        let _ = self.0.send(());
    }
}

#[test]
fn a_ticket_is_a_future() {
    let storage = Storage::in_memory().unwrap();
    let events = Event::table(&storage).unwrap();
    let (bell, rung) = mpsc::channel();
    let waker = Waker::from(Arc::new(Bell(bell)));
    let mut context = Context::from_waker(&waker);
    let mut ticket = pin!(events.put_async(event(7)).unwrap());
    let result = loop {
        match ticket.as_mut().poll(&mut context) {
            Poll::Ready(result) => break result,
            Poll::Pending => rung.recv().unwrap(),
        }
    };
    assert!(!result.unwrap());
    assert_eq!(events.load("event 7").unwrap(), Some(event(7)));
}

#[test]
fn a_ticket_that_is_dropped_is_written_all_the_same() {
    let storage = Storage::in_memory().unwrap();
    let events = Event::table(&storage).unwrap();
    drop(events.put_async(event(1)).unwrap());
    // Handed in later, so written later.
    events.put_async(event(2)).unwrap().wait().unwrap();
    assert_eq!(events.len().unwrap(), 2);
}
