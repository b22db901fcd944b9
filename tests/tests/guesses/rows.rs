//! Rows: parts of keys, ends, pages in both directions, what an index has.

use super::{Ticket, desk};
use storage::{PageToken, Result, Rows, StoredRecord};

#[test]
fn a_range_is_the_last_part_of_a_prefix() {
    let (_, tickets) = desk();
    let numbers = |rows: Result<Rows<Ticket, _>>| -> Vec<i64> {
        rows.unwrap().select(Ticket::FIELDS.number).collect::<Result<_>>().unwrap()
    };
    assert_eq!(numbers(tickets.prefix(("OPS", 3..7))), [3, 4, 5, 6]);
    assert_eq!(numbers(tickets.prefix(("OPS", 18..))), [18, 19]);
    assert_eq!(numbers(tickets.prefix(("WEB", ..=2))), [0, 1, 2]);
    assert_eq!(numbers(tickets.prefix(("WEB", -5..1))), [0]);
    assert_eq!(numbers(tickets.prefix(("OPS".to_string(), 5..=5))), [5]);
    assert_eq!(numbers(tickets.prefix(("P".."X",))).len(), 10);
    #[expect(clippy::reversed_empty_ranges, reason = "it is what is tried")]
    let none = tickets.prefix(("OPS", 7..3));
    assert!(numbers(none).is_empty());
}

#[test]
fn keys_and_ends_and_distinct_values() {
    let (storage, tickets) = desk();
    let keys = tickets.prefix(("WEB",)).unwrap().rev().limit(2).keys().unwrap();
    assert_eq!(keys, [("WEB".to_string(), 9), ("WEB".to_string(), 8)]);
    let by_points = tickets.by(Ticket::INDEXES.points);
    assert_eq!(by_points.first().unwrap().unwrap().view().points, 0);
    assert_eq!(by_points.last().unwrap().unwrap().view().points, 4);
    assert_eq!(by_points.len().unwrap(), 30);
    let by_tag = tickets.by(Ticket::INDEXES.tags);
    let tags: Vec<(String, u64)> = by_tag.distinct(..).unwrap();
    assert_eq!(tags, [("all".into(), 30), ("t0".into(), 15), ("t1".into(), 15)]);
    storage
        .write(|txn| {
            let inside = txn.table::<Ticket>()?;
            inside.prefix(("OPS",))?.delete()?;
            let by_tag = inside.by(Ticket::INDEXES.tags);
            assert_eq!(by_tag.distinct("t".."u")?, [("t0".into(), 5), ("t1".into(), 5)]);
            Ok(())
        })
        .unwrap();
    tickets.clear().unwrap();
    assert!(by_points.first().unwrap().is_none() && by_tag.distinct(..).unwrap().is_empty());
}

#[test]
fn the_greatest_the_least_and_the_first_few() {
    let (_, tickets) = desk();
    let t = Ticket::FIELDS;
    let rows = || tickets.iter().unwrap();
    assert_eq!(rows().select(t.points).max().unwrap(), Some(4));
    assert_eq!(rows().filter(t.points.gt(9)).select(t.points).min().unwrap(), None);
    assert_eq!(rows().select((t.number, t.project)).min().unwrap(), Some((0, "OPS".into())));
    assert_eq!(rows().select(t.number).top(3).unwrap(), [19, 18, 17]);
    assert_eq!(rows().select(t.number).top(99).unwrap().len(), 30);
    assert!(rows().select(t.number).top(0).unwrap().is_empty());
    assert_eq!(rows().select(t.number).sum::<Result<i64>>().unwrap(), 190 + 45);
}

/// A page as a handler returns it: the tokens travel as text.
#[derive(serde::Serialize, serde::Deserialize)]
struct Page {
    numbers: Vec<i64>,
    next: Option<PageToken>,
    previous: Option<PageToken>,
}

#[test]
fn pages_go_both_ways() {
    let (_, tickets) = desk();
    let t = Ticket::FIELDS;
    let page = |after: Option<&PageToken>, is_back: bool| -> Page {
        let rows = tickets.prefix(("OPS",)).unwrap().filter(!t.done);
        let rows = if is_back { rows.rev() } else { rows };
        let rows = match after {
            Some(token) => rows.after(token).unwrap(),
            None => rows,
        };
        let mut rows = rows.limit(5).select(t.number);
        let mut numbers: Vec<i64> = rows.by_ref().collect::<Result<_>>().unwrap();
        let ahead = rows.has_more().unwrap().then(|| rows.page_token()).flatten();
        let (mut next, mut previous) = (ahead, rows.previous_page_token());
        if is_back {
            numbers.reverse();
            (next, previous) = (previous, next);
        }
        let text = serde_json::to_string(&Page { numbers, next, previous }).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    let first = page(None, false);
    assert_eq!(first.numbers, [1, 2, 4, 5, 7]);
    let second = page(first.next.as_ref(), false);
    assert_eq!(second.numbers, [8, 10, 11, 13, 14]);
    let third = page(second.next.as_ref(), false);
    // A page that is full has no next one when nothing follows.
    assert_eq!((third.numbers, third.next), (vec![16, 17, 19], None));
    let back = page(third.previous.as_ref(), true);
    assert_eq!(back.numbers, second.numbers);
    let back = page(back.previous.as_ref(), true);
    assert_eq!((back.numbers, back.previous), (first.numbers, None));
    assert_eq!(page(back.next.as_ref(), false).numbers, second.numbers);
}

#[test]
fn tokens_are_bytes_where_nobody_reads_them() {
    let (_, tickets) = desk();
    let mut rows = tickets.iter().unwrap();
    assert!(rows.previous_page_token().is_none());
    rows.next().unwrap().unwrap();
    let token = rows.page_token().unwrap();
    let packed = rmp_serde::to_vec(&token).unwrap();
    assert!(packed.len() <= token.as_bytes().len() + 2);
    assert_eq!(rmp_serde::from_slice::<PageToken>(&packed).unwrap(), token);
    assert!(serde_json::from_str::<PageToken>("\"xyz\"").is_err());
}

/// What a client sends as a token goes to `after` with `?`, whatever it is.
#[test]
fn a_token_is_parsed_where_it_is_used() {
    let (_, tickets) = desk();
    let after = |text: &str| -> Result<u64> { tickets.iter()?.after(&text.parse()?)?.count() };
    let mut rows = tickets.iter().unwrap();
    rows.next().unwrap().unwrap();
    assert_eq!(after(&rows.page_token().unwrap().to_string()).unwrap(), 29);
    let error = after("no token").unwrap_err();
    let text = "the page token cannot be used: it is not hexadecimal text; start again without one";
    assert_eq!(error.to_string(), text);
}

#[test]
fn a_record_and_a_held_row_know_their_key() {
    let (storage, tickets) = desk();
    let key = ("OPS".to_string(), 7);
    let loaded = tickets.load(("OPS", 7)).unwrap().unwrap();
    assert_eq!(StoredRecord::key(&loaded).unwrap(), key);
    let held = tickets.view(("OPS", 7)).unwrap().unwrap();
    assert_eq!((held.key().unwrap(), held.points.to_native(), held.title.len()), (key, 2, 15));
    let by_points = tickets.by(Ticket::INDEXES.points).get_all(4).unwrap();
    let keys: Vec<_> = by_points.map(|row| row.unwrap().key().unwrap().1).collect();
    assert_eq!(keys, [4, 9, 14, 19, 4, 9]);
    let names = storage.new_rkyv_table::<u64, String>("names");
    names.put(7, &"Ada".to_string()).unwrap();
    let name = names.view(7).unwrap().unwrap();
    assert_eq!((name.key().unwrap(), name.as_str()), (7, "Ada"));
}
