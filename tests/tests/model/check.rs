//! Everything that can be read from the table, held against the model.

use super::{
    item::{AREAS, COUNTRIES, Item, ItemKey, LEVELS, Rng, SPANS, TAGS},
    oracle::{Oracle, contains},
    record::number,
    step::{bounds, some_key},
};
use std::{collections::BTreeSet, fmt::Debug};
use storage::{
    Key, PageToken, Predicate, Rows, StoredRecord, Table,
    index::{HasIndex, Index, UniqueIndex},
    key::StartsWith,
    table::Access,
};

/// How many entries all indexes together have.
pub(crate) fn entry_counts(oracle: &Oracle) -> u64 {
    let item = |item: &Item| {
        let tags: BTreeSet<&String> = item.tags.iter().collect();
        let aliases: BTreeSet<&u16> = item.aliases.iter().collect();
        let options = [
            item.open,
            item.open && item.level >= 0,
            !item.payload.is_empty(),
            item.code.is_some(),
            item.lasted.is_some(),
        ];
        // By place, country and level: one each; by tag, and by country and tag: one for each tag.
        3 + 2 * tags.len() + aliases.len() + options.into_iter().filter(|there| *there).count()
    };
    u64::try_from(oracle.rows.values().map(item).sum::<usize>()).unwrap()
}

/// A table, and the model of it.
pub(crate) struct Check<'a, A> {
    pub(crate) table: &'a Table<Item, A>,
    pub(crate) oracle: &'a Oracle,
    pub(crate) rng: &'a mut Rng,
}

/// The keys of rows, in their order.
fn keys<A: Access, F: Predicate<Item>>(rows: storage::Result<Rows<Item, A, F>>) -> Vec<ItemKey> {
    let fields = Item::FIELDS;
    let selected = rows.unwrap().select((fields.area, fields.number));
    selected.map(Result::unwrap).collect()
}

fn backwards<T: Clone>(items: &[T]) -> Vec<T> {
    items.iter().rev().cloned().collect()
}

/// Walks `rows` in pages of random size.
fn paged<A: Access>(
    rng: &mut Rng,
    rows: impl Fn() -> Rows<Item, A>,
    is_reverse: bool,
) -> Vec<ItemKey> {
    let fields = Item::FIELDS;
    let mut found = Vec::new();
    let mut token: Option<PageToken> = None;
    loop {
        let mut page = rows();
        if is_reverse {
            page = page.rev();
        }
        if let Some(token) = &token {
            page = page.after(token).unwrap();
        }
        let size = 1 + rng.below(60);
        let mut page =
            page.limit(u64::try_from(size).unwrap()).select((fields.area, fields.number));
        let before = found.len();
        found.extend(page.by_ref().map(Result::unwrap));
        match page.page_token() {
            Some(next) if found.len() - before == size => {
                token = Some(next.to_string().parse().unwrap());
            }
            _ => return found,
        }
    }
}

impl<A: Access> Check<'_, A> {
    /// All of it.
    pub(crate) fn all(&mut self) {
        self.rows();
        self.ranges();
        self.filters();
        self.indexes();
        self.unique_indexes();
        assert_eq!(self.table.verify().unwrap(), [], "the indexes are what the records ask for");
    }

    fn expected_keys(&self, holds: impl Fn(&Item) -> bool) -> Vec<ItemKey> {
        let rows = self.oracle.rows.iter().filter(|(_, item)| holds(item));
        rows.map(|(key, _)| key.clone()).collect()
    }

    fn rows(&mut self) {
        let expected: Vec<Item> = self.oracle.rows.values().cloned().collect();
        let found = self.table.iter().unwrap().map(|row| row.unwrap().load().unwrap());
        assert_eq!(found.collect::<Vec<_>>(), expected, "every row");
        let every_key = self.expected_keys(|_| true);
        assert_eq!(keys(self.table.iter().map(Rows::rev)), backwards(&every_key), "backwards");
        let numbers = self.table.scan(|item| Some(number(item))).unwrap();
        assert_eq!(numbers, every_key.iter().map(|key| key.1).collect::<Vec<_>>(), "scan");

        assert_eq!(self.table.len().unwrap(), u64::try_from(expected.len()).unwrap(), "len");
        assert_eq!(self.table.is_empty().unwrap(), expected.is_empty(), "is_empty");
        let load = |row: Option<storage::Stored<Item>>| row.map(|row| row.load().unwrap());
        assert_eq!(load(self.table.first().unwrap()).as_ref(), expected.first(), "first");
        assert_eq!(load(self.table.last().unwrap()).as_ref(), expected.last(), "last");
        for _ in 0..3 {
            let key = some_key(self.oracle, self.rng);
            let expected = self.oracle.rows.get(&key);
            let fields = Item::FIELDS;
            assert_eq!(self.table.contains(&key).unwrap(), expected.is_some(), "contains {key:?}");
            assert_eq!(self.table.load(&key).unwrap().as_ref(), expected, "load {key:?}");
            assert_eq!(load(self.table.view(&key).unwrap()).as_ref(), expected, "view {key:?}");
            let projected = self.table.project(&key, (fields.tags, fields.lasted, fields.payload));
            let expected = expected.map(|i| (i.tags.clone(), i.lasted, i.payload.clone()));
            assert_eq!(projected.unwrap(), expected, "project {key:?}");
        }
    }

    fn ranges(&mut self) {
        for _ in 0..4 {
            let range = bounds(self.rng, Rng::key);
            let expected = self.expected_keys(|item| contains(&range, &item.key()));
            assert_eq!(keys(self.table.range(range.clone())), expected, "{range:?}");
            let found = keys(self.table.range(range.clone()).map(Rows::rev));
            assert_eq!(found, backwards(&expected), "{range:?} backwards");
            let both_ends = self.both_ends(self.table.range(range.clone()).unwrap());
            assert_eq!(both_ends, expected, "{range:?} from both ends");
            let pages = paged(self.rng, || self.table.range(range.clone()).unwrap(), false);
            assert_eq!(pages, expected, "{range:?} in pages");
            let pages = paged(self.rng, || self.table.range(range.clone()).unwrap(), true);
            assert_eq!(pages, backwards(&expected), "{range:?} in pages, backwards");
        }
        let area = *self.rng.pick(&AREAS);
        let expected = self.expected_keys(|item| item.area == area);
        assert_eq!(keys(self.table.prefix((area,))), expected, "prefix {area:?}");
        let expected = self.expected_keys(|item| item.area.starts_with(area));
        let found = keys(self.table.prefix((StartsWith(area),)).map(Rows::rev));
        assert_eq!(found, backwards(&expected), "what starts with {area:?}, backwards");
        let (area, number) = some_key(self.oracle, self.rng);
        let expected = self.expected_keys(|item| item.key() == (area.clone(), number));
        assert_eq!(keys(self.table.prefix((&area, number))), expected, "a whole key as a prefix");
    }

    /// The keys of `rows`, taken now from the front and now from the back.
    fn both_ends(&self, mut rows: Rows<Item, A>) -> Vec<ItemKey> {
        let (mut front, mut back) = (Vec::new(), Vec::new());
        let mut rng = self.rng.clone();
        let mut is_reverse = false;
        loop {
            let from_back = rng.percent(40);
            if from_back != is_reverse {
                rows = rows.rev();
                is_reverse = from_back;
            }
            let Some(row) = rows.next() else { break };
            let item = row.unwrap().load().unwrap();
            if from_back { &mut back } else { &mut front }.push(item.key());
        }
        front.extend(back.into_iter().rev());
        front
    }

    fn filters(&mut self) {
        let f = Item::FIELDS;
        let (level, lasted) = (*self.rng.pick(&LEVELS), *self.rng.pick(&SPANS));
        let (country, code) = (*self.rng.pick(&COUNTRIES), self.rng.code());
        self.filter(f.level.lt(level), |i| i.level < level);
        self.filter(f.level.ge(level).and(f.open.eq(true)), |i| i.level >= level && i.open);
        self.filter(f.lasted.gt(lasted), |i| i.lasted.is_some_and(|w| w > lasted));
        self.filter(f.lasted.le(lasted).not(), |i| i.lasted.is_none_or(|w| w > lasted));
        self.filter(f.lasted.ne(lasted), |i| i.lasted.is_some_and(|w| w != lasted));
        self.filter(f.country.eq(country).or(f.code.eq(code.clone())), |i| {
            i.country == country || i.code.as_ref() == Some(&code)
        });
        self.filter(f.code.is_none(), |i| i.code.is_none());
        self.filter(f.payload.starts_with("yz").and(f.code.is_some()), |i| {
            i.payload.starts_with("yz") && i.code.is_some()
        });
        self.filter(f.slot.lt(128_u8).and(f.number.ge(0).not()), |i| i.slot < 128 && i.number < 0);
    }

    fn filter<P: Predicate<Item> + Clone>(&mut self, predicate: P, holds: impl Fn(&Item) -> bool) {
        let expected = self.expected_keys(&holds);
        let rows = || self.table.iter().map(|rows| rows.filter(predicate.clone()));
        assert_eq!(keys(rows()), expected, "filtered");
        let limit = self.rng.below(expected.len() + 2);
        let found = keys(rows().map(|rows| rows.rev().limit(u64::try_from(limit).unwrap())));
        let last: Vec<ItemKey> = expected.iter().rev().take(limit).cloned().collect();
        assert_eq!(found, last, "the last {limit} filtered");
    }

    fn indexes(&mut self) {
        let indexes = Item::INDEXES;
        self.index("country", indexes.country, |i| vec![i.country.clone()]);
        self.index("level", indexes.level, |i| vec![i.level]);
        self.index("code", indexes.code, |i| i.code.iter().cloned().collect());
        self.index("tags", indexes.tags, |i| i.tags.clone());
        self.index("aliases", indexes.aliases, |i| i.aliases.clone());
        self.index("lasted", indexes.lasted, |i| i.lasted.iter().copied().collect());
        self.index("by_place", indexes.by_place, |i| vec![(i.country.clone(), i.level)]);
        self.index("by_tag_country", indexes.by_tag_country, |i| {
            i.tags.iter().map(|tag| (tag.clone(), i.country.clone())).collect()
        });
        self.index(
            "open_level",
            indexes.open_level,
            |i| {
                if i.open { vec![i.level] } else { vec![] }
            },
        );
        self.index("open_slot", indexes.open_slot, |i| {
            if i.open && i.level >= 0 { vec![i.slot] } else { vec![] }
        });
        self.index("initial", indexes.initial, |i| i.payload.chars().next().into_iter().collect());

        let country = *self.rng.pick(&COUNTRIES);
        let in_country = |(country_of, level): &(String, i32)| country_of == country && *level < 2;
        let entries = self.entries(|i| vec![(i.country.clone(), i.level)]);
        let expected =
            entries.iter().filter(|(key, _)| in_country(key)).map(|(_, key)| key.clone());
        let rows = self.table.by(indexes.by_place).prefix((country,));
        let found = keys(rows.map(|rows| rows.filter(Item::FIELDS.level.lt(2))));
        assert_eq!(found, expected.collect::<Vec<_>>(), "by_place under {country:?}, filtered");

        let tag = *self.rng.pick(&TAGS);
        let entries = self.entries(|i| i.tags.clone());
        let expected = entries.iter().filter(|(key, _)| key.starts_with(tag));
        let expected: Vec<ItemKey> = expected.map(|(_, key)| key.clone()).collect();
        assert_eq!(keys(self.table.by(indexes.tags).prefix(tag)), expected, "tags from {tag:?}");
    }

    fn entries<K: Ord>(&self, keys_of: impl Fn(&Item) -> Vec<K>) -> BTreeSet<(K, ItemKey)> {
        let of_item = |item: &Item| -> Vec<(K, ItemKey)> {
            keys_of(item).into_iter().map(|key| (key, item.key())).collect()
        };
        self.oracle.rows.values().flat_map(of_item).collect()
    }

    fn index<K, const N: usize>(
        &mut self,
        name: &str,
        index: Index<Item, N>,
        keys_of: impl Fn(&Item) -> Vec<K>,
    ) where
        Item: HasIndex<N, Key = K>,
        K: Key + Ord + Clone + Debug,
    {
        let entries = self.entries(keys_of);
        let holds = |holds: &dyn Fn(&K) -> bool| -> Vec<ItemKey> {
            entries.iter().filter(|(key, _)| holds(key)).map(|(_, key)| key.clone()).collect()
        };
        let by = self.table.by(index);
        let every = holds(&|_| true);
        assert_eq!(keys(by.iter()), every, "{name}");
        assert_eq!(keys(by.iter().map(Rows::rev)), backwards(&every), "{name}, backwards");
        assert_eq!(by.len().unwrap(), u64::try_from(every.len()).unwrap(), "the length of {name}");
        assert_eq!(by.is_empty().unwrap(), every.is_empty(), "{name} is empty");
        assert_eq!(paged(self.rng, || by.iter().unwrap(), false), every, "{name} in pages");

        let known: Vec<&K> = entries.iter().map(|(key, _)| key).collect();
        for _ in 0..3 {
            if known.is_empty() {
                break;
            }
            let key = (*self.rng.pick(&known)).clone();
            let expected = holds(&|other| *other == key);
            assert_eq!(keys(by.get_all(&key)), expected, "{name}: get_all {key:?}");
            assert_eq!(
                by.count(&key).unwrap(),
                u64::try_from(expected.len()).unwrap(),
                "{name}: count {key:?}"
            );
            let range = bounds(self.rng, |rng| (*rng.pick(&known)).clone());
            let expected = holds(&|other| contains(&range, other));
            assert_eq!(keys(by.range(range.clone())), expected, "{name}: {range:?}");
            let found = keys(by.range(range.clone()).map(Rows::rev));
            assert_eq!(found, backwards(&expected), "{name}: {range:?}, backwards");
            let pages = paged(self.rng, || by.range(range.clone()).unwrap(), true);
            assert_eq!(pages, backwards(&expected), "{name}: {range:?} in pages, backwards");
        }
    }

    fn unique_indexes(&mut self) {
        let indexes = Item::INDEXES;
        let (code, alias) = (self.rng.code(), self.rng.alias());
        let slot = u8::try_from(self.rng.below(256)).unwrap();
        let mut codes: Vec<String> = vec![code];
        codes.extend(self.oracle.rows.values().filter_map(|item| item.code.clone()).take(3));
        for code in &codes {
            self.one(indexes.code, code, |item| item.code.as_ref() == Some(code));
        }
        self.one(indexes.aliases, &alias, |item| item.aliases.contains(&alias));
        self.one(indexes.open_slot, &slot, |i| i.open && i.level >= 0 && i.slot == slot);
    }

    fn one<K, const N: usize>(&self, index: Index<Item, N>, key: &K, holds: impl Fn(&Item) -> bool)
    where
        Item: UniqueIndex<N, Key = K>,
        K: Key,
    {
        let fields = Item::FIELDS;
        let expected = self.oracle.rows.values().find(|item| holds(item));
        let by = self.table.by(index);
        assert_eq!(by.load(key).unwrap().as_ref(), expected, "the one record: load");
        let held = by.view(key).unwrap().map(|row| row.load().unwrap());
        assert_eq!(held.as_ref(), expected, "the one record: view");
        let number = by.get(key, number).unwrap();
        assert_eq!(number, expected.map(|item| item.number), "the one record: get");
        let level = by.project(key, fields.level).unwrap();
        assert_eq!(level, expected.map(|item| item.level), "the one record: project");
    }
}
