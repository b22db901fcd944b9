//! Counting rows, and taking the last or a later one: what is damaged on the way is an error, and never a row.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rkyv::{Archive, Deserialize, Serialize};
use storage::{RkyvTable, Rows, Storage, StoredRecord, Table, table::Access};

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "tasks")]
struct Task {
    #[store(key)]
    id: u64,
    #[store(index)]
    group: u8,
    is_done: bool,
    text: String,
}

/// Twenty tasks, of which the odd ones are done.
fn filled(storage: &Storage) -> Table<Task> {
    let table = Task::table(storage).unwrap();
    let task = |id: u64| Task {
        id,
        group: (id % 4) as u8,
        is_done: !id.is_multiple_of(2),
        text: format!("{id} {}", "x".repeat(40)),
    };
    table.put_stream((0..20).map(task)).unwrap();
    table
}

/// Flips every bit of one byte of the row under `id`, counted from the end where `at` is negative.
fn damage(storage: &Storage, id: u64, at: isize) {
    let key = id.to_be_bytes();
    let mut value = storage.backend().get("tasks", &key, <[u8]>::to_vec).unwrap().unwrap();
    let at = if at < 0 { value.len() - at.unsigned_abs() } else { at as usize };
    value[at] ^= 0xFF;
    storage.backend().put("tasks", &key, &value).unwrap();
}

/// What is counted in a store without damage, at any place.
fn assert_counts<A: Access>(table: &Table<Task, A>) {
    let (t, by) = (Task::FIELDS, table.by(Task::INDEXES.group));
    let count = |rows: storage::Result<Rows<Task, A>>| rows.unwrap().count().unwrap();
    assert_eq!(count(table.iter()), 20);
    assert_eq!(count(table.iter().map(Rows::rev)), 20);
    assert_eq!(count(table.range(5..9)), 4);
    assert_eq!(count(table.range(5..9).map(|rows| rows.limit(3))), 3);
    assert_eq!(count(table.iter().map(|rows| rows.limit(0))), 0);
    assert_eq!(count(table.iter().map(|rows| rows.limit(7))), 7);
    assert_eq!(count(by.iter()), 20);
    assert_eq!(count(by.iter().map(|rows| rows.limit(7))), 7);
    assert_eq!(count(by.range(1..3)), 10);
    assert_eq!(count(by.range(1..3).map(|rows| rows.rev().limit(2))), 2);
    assert_eq!(count(by.get_all(3)), 5);
    assert_eq!(by.len().unwrap(), 20);
    assert_eq!(by.count_range(..).unwrap(), 20);

    let done = || table.iter().unwrap().filter(t.is_done.eq(true));
    assert_eq!(done().count().unwrap(), 10);
    assert_eq!(done().rev().limit(4).count().unwrap(), 4);
    assert_eq!(done().limit(0).count().unwrap(), 0);
    assert_eq!(done().filter(t.id.lt(9)).count().unwrap(), 4);
    assert_eq!(done().select(t.text).count().unwrap(), 10);
    assert_eq!(by.get_all(1).unwrap().filter(t.id.gt(1)).count().unwrap(), 4);
    assert_eq!(by.get_all(1).unwrap().select((t.id, t.text)).limit(3).count().unwrap(), 3);
}

#[test]
fn a_count_is_the_number_of_the_rows_that_would_come() {
    let storage = Storage::in_memory().unwrap();
    let table = filled(&storage);
    assert_counts(&table);
    assert_counts(&Task::table(&storage.read().unwrap()).unwrap());
    storage.write(|txn| txn.table::<Task>().map(|table| assert_counts(&table))).unwrap();
    let empty = Task::table(&Storage::in_memory().unwrap()).unwrap();
    assert_eq!(empty.iter().unwrap().count().unwrap(), 0);
    assert_eq!(empty.by(Task::INDEXES.group).iter().unwrap().count().unwrap(), 0);
    let pairs: RkyvTable<u64, String> = storage.new_rkyv_table("pairs");
    pairs.put_stream((0..9).map(|n| (n, n.to_string()))).unwrap();
    assert_eq!(pairs.iter().unwrap().count().unwrap(), 9);
    assert_eq!(pairs.range(3..).unwrap().rev().limit(5).count().unwrap(), 5);
}

#[test]
fn what_was_taken_already_is_not_counted_and_not_read_again() {
    let storage = Storage::in_memory().unwrap();
    let table = filled(&storage);
    let (t, by) = (Task::FIELDS, table.by(Task::INDEXES.group));
    let begun = || {
        let mut rows = table.range(3..).unwrap();
        assert_eq!(rows.next().unwrap().unwrap().view().id, 3);
        rows
    };
    assert_eq!(begun().count().unwrap(), 16);
    assert_eq!(begun().rev().count().unwrap(), 16);
    assert_eq!(begun().rev().next().unwrap().unwrap().view().id, 19);
    assert_eq!(begun().filter(t.is_done.eq(true)).count().unwrap(), 8);
    assert_eq!(begun().select(t.id).next().unwrap().unwrap(), 4);
    let mut rows = by.get_all(2).unwrap().rev();
    assert_eq!(rows.next().unwrap().unwrap().view().id, 18);
    assert_eq!(rows.count().unwrap(), 4);
    let mut selected = table.iter().unwrap().select(t.id);
    assert_eq!(selected.nth(2).unwrap().unwrap(), 2);
    assert_eq!(selected.count().unwrap(), 17);
    let mut page = table.iter().unwrap().limit(5);
    page.by_ref().for_each(drop);
    let token = page.page_token().unwrap();
    assert_eq!(table.iter().unwrap().after(&token).unwrap().count().unwrap(), 15);
    // A token takes over from what was read before, also of the same range.
    let mut page = table.range(3..).unwrap().limit(2);
    page.by_ref().for_each(drop);
    let token = page.page_token().unwrap();
    assert_eq!(begun().after(&token).unwrap().next().unwrap().unwrap().view().id, 5);
}

#[test]
fn what_was_read_ahead_is_not_lost() {
    let storage = Storage::in_memory().unwrap();
    let table = filled(&storage);
    assert_nothing_is_lost(&table);
    assert_nothing_is_lost(&Task::table(&storage.read().unwrap()).unwrap());
    storage.write(|txn| txn.table::<Task>().map(|table| assert_nothing_is_lost(&table))).unwrap();
}

/// Some rows are taken, and then something else is asked for: of whatever else was read ahead, each row comes.
fn assert_nothing_is_lost<A: Access>(table: &Table<Task, A>) {
    let t = Task::FIELDS;
    let ids = |selected: &mut dyn Iterator<Item = storage::Result<u64>>| {
        selected.collect::<storage::Result<Vec<_>>>().unwrap()
    };
    for taken in 1..18_u64 {
        let begun = || {
            let mut selected = table.range(1..19).unwrap().select(t.id);
            let first = ids(&mut selected.by_ref().take(taken as usize));
            assert_eq!(first, (1..=taken).collect::<Vec<_>>());
            selected
        };
        let left: Vec<u64> = (taken + 1..19).collect();
        let backwards: Vec<u64> = left.iter().rev().copied().collect();
        assert_eq!(ids(&mut begun()), left);
        assert_eq!(ids(&mut begun().rev()), backwards);
        assert_eq!(ids(&mut begun().limit(2)), left.iter().copied().take(2).collect::<Vec<_>>());
        let mut both = begun().rev();
        assert_eq!(both.next().transpose().unwrap(), Some(18).filter(|_| taken < 18));
        assert_eq!(ids(&mut both.rev()), left.split_last().map_or(&[][..], |(_, left)| left));
        let mut lent = Vec::new();
        begun()
            .for_each_ref(|id| {
                lent.push(id);
                true
            })
            .unwrap();
        assert_eq!(lent, left);
        let selected = begun();
        let token = selected.page_token().unwrap();
        assert_eq!(ids(&mut selected.after(&token).unwrap()), left);
        let mut limited = table.iter().unwrap().filter(t.is_done.eq(true)).limit(7).select(t.id);
        let first = ids(&mut limited.by_ref().take(taken as usize));
        assert_eq!(first.len() + ids(&mut limited.rev()).len(), 7);
    }
}

#[test]
fn a_damaged_row_is_an_error_of_the_count_that_reads_it() {
    let storage = Storage::in_memory().unwrap();
    let table = filled(&storage);
    damage(&storage, 8, -1);
    let t = Task::FIELDS;
    let done = || table.iter().unwrap().filter(t.is_done.eq(true));
    assert!(done().count().unwrap_err().is_corrupt());
    assert!(done().rev().count().unwrap_err().is_corrupt());
    assert!(done().select(t.id).count().unwrap_err().is_corrupt());
    // What was read ahead, too.
    let mut selected = done().select(t.id);
    assert_eq!(selected.next().unwrap().unwrap(), 1);
    assert!(selected.count().unwrap_err().is_corrupt());
    let by_group = || table.by(Task::INDEXES.group).get_all(0).unwrap();
    assert!(by_group().filter(t.id.lt(99)).count().unwrap_err().is_corrupt());
    // What is not read is no error: of these, keys and entries are counted.
    assert_eq!(table.iter().unwrap().count().unwrap(), 20);
    assert_eq!(by_group().count().unwrap(), 5);
    assert_eq!(done().limit(3).count().unwrap(), 3);
}

#[test]
fn the_last_and_a_later_row_are_not_reached_past_an_error() {
    let storage = Storage::in_memory().unwrap();
    let table = filled(&storage);
    let t = Task::FIELDS;
    assert_eq!(table.iter().unwrap().last().unwrap().unwrap().view().id, 19);
    assert_eq!(table.iter().unwrap().nth(8).unwrap().unwrap().view().id, 8);
    assert!(table.iter().unwrap().nth(20).is_none());
    assert!(table.range(50..).unwrap().last().is_none());
    damage(&storage, 8, -1);
    assert!(table.iter().unwrap().last().unwrap().unwrap_err().is_corrupt());
    assert!(table.iter().unwrap().nth(9).unwrap().unwrap_err().is_corrupt());
    #[expect(clippy::iter_skip_next, reason = "`skip` calls `nth` itself: that is what is tested")]
    let skipped = table.iter().unwrap().skip(9).next();
    assert!(skipped.unwrap().unwrap_err().is_corrupt());
    assert!(table.iter().unwrap().step_by(9).nth(1).unwrap().unwrap_err().is_corrupt());
    // `collect` and `last` of what is skipped do not look at what `nth` returns.
    for passed in 1..20 {
        let ids = || table.iter().unwrap().select(t.id).skip(passed);
        assert!(ids().last().unwrap().is_err_and(|error| error.is_corrupt()), "{passed}");
        let collected = ids().collect::<storage::Result<Vec<_>>>();
        assert!(collected.is_err_and(|error| error.is_corrupt()), "{passed}");
        let rows = table.iter().unwrap().skip(passed).collect::<storage::Result<Vec<_>>>();
        assert!(rows.is_err_and(|error| error.is_corrupt()), "{passed}");
        let ahead = table.range(9..).unwrap().skip(passed).map(|row| row.map(drop));
        let ahead = ahead.collect::<storage::Result<Vec<()>>>().unwrap();
        assert_eq!(ahead.len(), 11_usize.saturating_sub(passed));
    }
    let select = || table.iter().unwrap().select((t.id, t.text));
    assert!(select().last().unwrap().unwrap_err().is_corrupt());
    assert!(select().nth(15).unwrap().unwrap_err().is_corrupt());
    assert_eq!(table.iter().unwrap().nth(7).unwrap().unwrap().view().id, 7);

    let pairs: RkyvTable<u64, String> = storage.new_rkyv_table("pairs");
    pairs.put_stream((0..9).map(|n| (n, n.to_string()))).unwrap();
    storage.backend().put("pairs", &5_u64.to_be_bytes(), b"damaged").unwrap();
    assert!(pairs.iter().unwrap().last().unwrap().unwrap_err().is_corrupt());
    assert!(pairs.iter().unwrap().nth(6).unwrap().unwrap_err().is_corrupt());
    assert_eq!(pairs.iter().unwrap().nth(4).unwrap().unwrap().0, 4);
}

#[test]
fn after_an_error_of_one_row_the_next_comes_and_after_the_last_none() {
    let storage = Storage::in_memory().unwrap();
    let table = filled(&storage);
    damage(&storage, 8, -1);
    let t = Task::FIELDS;
    let mut rows = table.iter().unwrap();
    let mut selected = table.iter().unwrap().select((t.id, t.text));
    let errors = rows.by_ref().map(|row| row.is_err()).collect::<Vec<_>>();
    assert_eq!(selected.by_ref().map(|row| row.is_err()).collect::<Vec<_>>(), errors);
    assert_eq!((errors.len(), errors.iter().position(|is_error| *is_error)), (20, Some(8)));
    assert!((0..3).all(|_| rows.next().is_none() && selected.next().is_none()));

    // What cannot begin reports it once, and has no rows.
    let mut page = table.iter().unwrap().limit(1);
    page.next().unwrap().unwrap();
    let token = page.page_token().unwrap();
    let turned = || table.iter().unwrap().after(&token).unwrap().rev();
    let (mut rows, mut selected) = (turned(), turned().select(t.id));
    assert!(rows.next().unwrap().is_err() && selected.next().unwrap().is_err());
    assert!((0..3).all(|_| rows.next().is_none() && selected.next().is_none()));
    assert!(turned().count().is_err());
}

#[test]
fn the_engine_counts_a_whole_index_and_every_entry_of_a_part_is_verified() {
    let storage = Storage::in_memory().unwrap();
    let table = filled(&storage);
    let by = table.by(Task::INDEXES.group);
    storage.backend().put("tasks$group", &[2, 0, 0, 0, 0, 0, 0, 0, 99], b"damaged").unwrap();
    assert_eq!(by.len().unwrap(), 21);
    assert_eq!(by.count_range(..).unwrap(), 21);
    assert_eq!(by.iter().unwrap().count().unwrap(), 21);
    assert_eq!(by.count(1).unwrap(), 5);
    assert!(by.count(2).unwrap_err().is_corrupt());
    assert!(by.count_range(1..).unwrap_err().is_corrupt());
    assert!(by.get_all(2).unwrap().count().unwrap_err().is_corrupt());
}
