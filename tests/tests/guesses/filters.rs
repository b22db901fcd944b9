//! Filters of a list that somebody looks at.

use super::{Ticket, desk};
use storage::{Predicate, StoredRecord};

/// What a form asks for; what is not filled in lets everything through.
#[derive(Default)]
struct Form {
    text: Option<String>,
    tag: Option<String>,
    points: Option<(u32, u32)>,
    is_done: Option<bool>,
}

impl Form {
    fn condition(&self) -> impl Predicate<Ticket> + use<> {
        let t = Ticket::FIELDS;
        self.text.as_ref().map(|text| t.title.contains(text.clone())).boxed()
            & self.tag.as_ref().map(|tag| t.tags.contains(tag.clone()))
            & self.points.map(|(least, most)| t.points.between(least, most))
            & self.is_done.map(|is_done| t.done.eq(is_done))
    }

    fn boxed(&self) -> Box<dyn Predicate<Ticket> + '_> {
        let t = Ticket::FIELDS;
        let mut all = Vec::new();
        if let Some(text) = &self.text {
            all.push(t.title.contains(text.as_str()).or(t.title.ends_with(text)).boxed());
        }
        if let Some((least, most)) = self.points {
            all.push(t.points.between(least, most).boxed());
        }
        Box::new(all)
    }
}

#[test]
fn conditions_are_put_together_at_run_time() {
    let (_, tickets) = desk();
    let count = |form: &Form| tickets.iter().unwrap().filter(form.condition()).count().unwrap();
    assert_eq!(count(&Form::default()), 30);
    let tagged = Form { tag: Some("t1".into()), is_done: Some(true), ..Form::default() };
    assert_eq!(count(&tagged), 5);
    let some = Form { points: Some((1, 2)), text: Some("OPS".into()), ..Form::default() };
    assert_eq!(count(&some), 8);
}

#[test]
fn one_condition_at_a_time_in_a_list() {
    let (_, tickets) = desk();
    let form = Form { text: Some("9 of WEB".into()), points: Some((4, 4)), ..Form::default() };
    let found = tickets.iter().unwrap().filter(form.boxed()).load_all().unwrap();
    assert_eq!(found.len(), 1);
    let none: Vec<Box<dyn Predicate<Ticket>>> = Vec::new();
    assert_eq!(tickets.iter().unwrap().filter(none).count().unwrap(), 30);
}

#[test]
fn every_way_to_ask_for_a_field() {
    let (_, tickets) = desk();
    let t = Ticket::FIELDS;
    let count = |condition: Box<dyn Predicate<Ticket> + '_>| {
        tickets.iter().unwrap().filter(condition).count().unwrap()
    };
    let name = String::from("Ticket 7 of OPS");
    assert_eq!(count(t.title.eq(&name).boxed()), 1);
    assert_eq!(count(t.title.eq(name).boxed()), 1);
    assert_eq!(count(t.title.ends_with("7 of WEB").boxed()), 1);
    assert_eq!(count(t.tags.contains("t1").boxed()), 15);
    assert_eq!(count(t.points.is_in([1, 3]).boxed()), 12);
    assert_eq!(count(t.points.between(3, 4).boxed()), 12);
    assert_eq!(count(t.points.eq(t.usual).boxed()), 6);
    assert_eq!(count(t.done.boxed()), 11);
    assert_eq!(count((!t.done & t.assignee.eq("ada")).boxed()), 5);
    assert_eq!(count((t.done | t.points.gt(3)).boxed()), 15);
}

#[test]
fn a_closure_looks_at_the_view() {
    let (storage, tickets) = desk();
    let t = Ticket::FIELDS;
    let open = tickets.iter().unwrap().filter_view(|ticket| !ticket.done);
    assert_eq!(open.count().unwrap(), 19);
    let lengths = |least: usize| {
        let rows = tickets.prefix(("WEB",)).unwrap().filter(t.done);
        rows.filter_view(move |ticket| ticket.tags.len() >= least).select(t.number)
    };
    assert_eq!(lengths(2).collect::<storage::Result<Vec<_>>>().unwrap(), [0, 3, 6, 9]);
    assert_eq!(lengths(3).count().unwrap(), 0);
    let last = tickets.iter().unwrap().rev().filter_view(|ticket| ticket.points == 2).next();
    assert_eq!(last.unwrap().unwrap().view().number, 7);
    let limited = tickets.iter().unwrap().filter_view(|ticket| ticket.done).limit(2);
    assert_eq!(limited.map(|row| row.unwrap().view().number.to_native()).sum::<i64>(), 3);
    storage
        .write(|txn| {
            let rows = txn.table::<Ticket>()?.iter()?.filter_view(|ticket| ticket.done);
            assert_eq!(rows.count()?, 11);
            Ok(())
        })
        .unwrap();
}
