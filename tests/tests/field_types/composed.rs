//! What contains types that rkyv has no form for: one `AsStored` reaches through it.

use super::*;
use jiff::{Timestamp, Zoned, civil::Date};
use std::{path::PathBuf, time::SystemTime};

const SECOND: Duration = Duration::from_secs(1);

fn moments() -> [Timestamp; 3] {
    [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX]
}

fn map() -> BTreeMap<String, Timestamp> {
    (0..).map(|number: u8| number.to_string()).zip(moments()).collect()
}

field! {
    #[rkyv(with = storage::AsStored)]
    tree: BTreeMap<String, Timestamp> = "map<string, timestamp>", [BTreeMap::new(), map()]
}
field! {
    #[rkyv(with = storage::AsStored)]
    tree_by_day: BTreeMap<Date, Vec<Option<Zoned>>> = "map<date, list<option<zoned>>>",
    [
        BTreeMap::new(),
        BTreeMap::from([(Date::MIN, vec![]), (Date::MAX, vec![None, Some(Zoned::default())])]),
    ]
}
field! {
    #[rkyv(with = storage::AsStored)]
    table: HashMap<u32, SystemTime> = "hashmap<u32, timestamp>",
    [HashMap::new(), HashMap::from([(0, SystemTime::UNIX_EPOCH - SECOND), (1, SystemTime::UNIX_EPOCH)])]
}
field! {
    #[rkyv(with = storage::AsStored)]
    table_of_tables: HashMap<PathBuf, HashMap<u8, usize>> = "hashmap<string, hashmap<u8, u64>>",
    [HashMap::new(), HashMap::from([("a/b".into(), HashMap::from([(1, usize::MAX)]))])]
}
field! {
    #[rkyv(with = storage::AsStored)]
    days: BTreeSet<Date> = "set<date>", [BTreeSet::new(), BTreeSet::from([Date::MIN, Date::MAX])]
}
field! {
    #[rkyv(with = storage::AsStored)]
    paths: HashSet<PathBuf> = "hashset<string>",
    [HashSet::new(), HashSet::from(["".into(), "ü".into()])]
}
field! {
    #[rkyv(with = storage::AsStored)]
    tuple: (Timestamp, u8, usize) = "(timestamp, u8, u64)",
    moments().map(|moment| (moment, 7, usize::MAX))
}
field! {
    #[rkyv(with = storage::AsStored)]
    array: [Timestamp; 3] = "[timestamp; 3]", [moments()]
}
field! {
    #[rkyv(with = storage::AsStored)]
    boxed: Box<Zoned> = "box<zoned>", [Box::new(Zoned::default())]
}
field! {
    #[rkyv(with = storage::AsStored)]
    slice: Box<[usize]> = "box<slice<u64>>", [Box::default(), Box::from([0, usize::MAX])]
}
field! {
    #[rkyv(with = storage::AsStored)]
    queue: VecDeque<isize> = "list<i64>", [VecDeque::new(), VecDeque::from([isize::MIN, isize::MAX])]
}
field! {
    #[rkyv(with = storage::AsStored)]
    outcome: Result<PathBuf, u8> = "result<string, u8>", [Ok("a".into()), Err(7)]
}
