//! A row of an old layout that is read by a plan has the bytes that the new code writes for it, whatever was changed.

use rkyv::{Archive, Deserialize, Serialize};
use std::collections::BTreeMap;
use storage::{
    Codec, StoredRecord,
    codec::{Rkyv, RkyvValue, archive::Upcast},
    schema::{Hints, Past},
    table::Row,
};
use tests::random::Random;

mod v1 {
    use indexmap::{IndexMap, IndexSet};
    use rkyv::{Archive, Deserialize, Serialize};
    use std::{
        collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
        net::{IpAddr, SocketAddr},
        num::NonZero,
        ops::Range,
        sync::Arc,
        time::Duration,
    };
    use storage::{StoredRecord, StoredType};

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(crate) struct User {
        #[store(key)]
        pub(crate) id: u64,
        pub(crate) name: String,
        pub(crate) flag: bool,
        pub(crate) age: u16,
        pub(crate) gone: String,
        pub(crate) score: f32,
        pub(crate) home: Address,
        pub(crate) tags: Vec<String>,
        pub(crate) numbers: Vec<u16>,
        pub(crate) kinds: VecDeque<Kind>,
        pub(crate) weight: f64,
        pub(crate) nick: Option<String>,
        pub(crate) seen: Option<u32>,
        pub(crate) inner: Box<Address>,
        pub(crate) map: BTreeMap<String, Vec<Kind>>,
        pub(crate) plain: BTreeMap<u16, u32>,
        pub(crate) pair: (u8, u64),
        pub(crate) array: [i16; 3],
        pub(crate) tree: Tree,
        pub(crate) set: BTreeSet<String>,
        pub(crate) ordered: IndexMap<String, u8>,
        pub(crate) chosen: IndexSet<u64>,
        pub(crate) ip: IpAddr,
        pub(crate) socket: Option<SocketAddr>,
        pub(crate) wait: Duration,
        pub(crate) count: NonZero<u8>,
        pub(crate) range: Range<u16>,
        pub(crate) outcome: Result<u8, String>,
        pub(crate) shared: Arc<str>,
        pub(crate) bytes: Box<[u8]>,
        pub(crate) unit: (),
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    pub(crate) struct Address {
        pub(crate) city: String,
        pub(crate) zip: u32,
        pub(crate) kind: Kind,
        pub(crate) floor: u8,
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    pub(crate) enum Kind {
        Home,
        Work { floor: u8 },
        Closed,
        Named(String),
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    #[rkyv(
        serialize_bounds(__S: rkyv::ser::Writer + rkyv::ser::Allocator, __S::Error: rkyv::rancor::Source),
        deserialize_bounds(__D::Error: rkyv::rancor::Source),
        bytecheck(bounds(__C: rkyv::validation::ArchiveContext, __C::Error: rkyv::rancor::Source))
    )]
    pub(crate) struct Tree {
        pub(crate) value: u8,
        #[rkyv(omit_bounds)]
        pub(crate) children: Vec<Tree>,
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "tables")]
    pub(crate) struct Tables {
        #[store(key)]
        pub(crate) id: u64,
        pub(crate) ages: HashMap<String, u8>,
        pub(crate) kinds: HashMap<u32, Kind>,
    }
}

mod v2 {
    use indexmap::{IndexMap, IndexSet};
    use rkyv::{Archive, Deserialize, Serialize};
    use std::{
        collections::{BTreeMap, BTreeSet, HashMap},
        net::{IpAddr, SocketAddr},
        num::NonZero,
        ops::Range,
        time::Duration,
    };
    use storage::{StoredRecord, StoredType};

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(crate) struct User {
        pub(crate) email: Option<String>,
        #[store(key)]
        pub(crate) id: u64,
        pub(crate) full_name: String,
        pub(crate) flag: bool,
        pub(crate) age: Option<u64>,
        pub(crate) score: f64,
        pub(crate) home: Location,
        pub(crate) tags: Vec<Option<String>>,
        pub(crate) numbers: Vec<u32>,
        pub(crate) kinds: Vec<Kind>,
        pub(crate) weight: Kilos,
        pub(crate) nick: String,
        pub(crate) seen: u32,
        pub(crate) inner: Location,
        pub(crate) map: BTreeMap<String, Vec<Kind>>,
        pub(crate) plain: BTreeMap<u16, Option<u32>>,
        pub(crate) pair: (u32, Box<u64>),
        pub(crate) array: [i32; 3],
        pub(crate) tree: Tree,
        pub(crate) languages: Vec<String>,
        pub(crate) level: i16,
        pub(crate) extra: BTreeMap<u8, u8>,
        pub(crate) set: BTreeSet<String>,
        pub(crate) ordered: IndexMap<String, Option<u64>>,
        pub(crate) chosen: IndexSet<u64>,
        pub(crate) ip: Option<IpAddr>,
        pub(crate) socket: Option<SocketAddr>,
        pub(crate) wait: Duration,
        pub(crate) count: NonZero<u32>,
        pub(crate) range: Range<u32>,
        pub(crate) outcome: Result<u16, Box<str>>,
        pub(crate) shared: String,
        pub(crate) bytes: Vec<u8>,
        pub(crate) unit: (),
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    pub(crate) struct Location {
        pub(crate) kind: Kind,
        pub(crate) town: String,
        pub(crate) zip: u32,
        pub(crate) country: Option<String>,
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    pub(crate) enum Kind {
        New(u64),
        Other,
        Office { floor: i32, desk: Option<u16> },
        Home,
        Named(String),
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    pub(crate) struct Kilos(pub(crate) f64);

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    #[rkyv(
        serialize_bounds(__S: rkyv::ser::Writer + rkyv::ser::Allocator, __S::Error: rkyv::rancor::Source),
        deserialize_bounds(__D::Error: rkyv::rancor::Source),
        bytecheck(bounds(__C: rkyv::validation::ArchiveContext, __C::Error: rkyv::rancor::Source))
    )]
    pub(crate) struct Tree {
        #[rkyv(omit_bounds)]
        pub(crate) children: Vec<Tree>,
        pub(crate) value: u16,
        pub(crate) note: Option<u8>,
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "tables")]
    pub(crate) struct Tables {
        #[store(key)]
        pub(crate) id: u64,
        pub(crate) kinds: HashMap<u32, Kind>,
        pub(crate) ages: HashMap<String, Option<u64>>,
    }
}

fn kind(kind: v1::Kind) -> v2::Kind {
    match kind {
        v1::Kind::Home => v2::Kind::Home,
        v1::Kind::Work { floor } => v2::Kind::Office { floor: floor.into(), desk: None },
        v1::Kind::Closed => v2::Kind::Other,
        v1::Kind::Named(name) => v2::Kind::Named(name),
    }
}

fn place(place: v1::Address) -> v2::Location {
    let v1::Address { city, zip, kind: old, floor: _ } = place;
    v2::Location { kind: kind(old), town: city, zip, country: None }
}

fn tree(tree: v1::Tree) -> v2::Tree {
    let children = tree.children.into_iter().map(self::tree).collect();
    v2::Tree { children, value: tree.value.into(), note: None }
}

const NOBODY: &str = "nobody at all, really";

fn upgrade(user: v1::User) -> v2::User {
    v2::User {
        email: None,
        id: user.id,
        full_name: user.name,
        flag: user.flag,
        age: Some(user.age.into()),
        score: user.score.into(),
        home: place(user.home),
        tags: user.tags.into_iter().map(Some).collect(),
        numbers: user.numbers.into_iter().map(u32::from).collect(),
        kinds: user.kinds.into_iter().map(kind).collect(),
        weight: v2::Kilos(user.weight),
        nick: user.nick.unwrap_or_else(|| NOBODY.to_owned()),
        seen: user.seen.unwrap_or(7),
        inner: place(*user.inner),
        map: user
            .map
            .into_iter()
            .map(|(key, kinds)| (key, kinds.into_iter().map(kind).collect()))
            .collect(),
        plain: user.plain.into_iter().map(|(key, value)| (key, Some(value))).collect(),
        pair: (user.pair.0.into(), Box::new(user.pair.1)),
        array: user.array.map(i32::from),
        tree: tree(user.tree),
        languages: languages(),
        level: -3,
        extra: BTreeMap::new(),
        set: user.set,
        ordered: user.ordered.into_iter().map(|(key, value)| (key, Some(value.into()))).collect(),
        chosen: user.chosen,
        ip: Some(user.ip),
        socket: user.socket,
        wait: user.wait,
        count: user.count.into(),
        range: user.range.start.into()..user.range.end.into(),
        outcome: user.outcome.map(u16::from).map_err(String::into_boxed_str),
        shared: user.shared.to_string(),
        bytes: user.bytes.into(),
        unit: (),
    }
}

fn languages() -> Vec<String> {
    vec!["en".to_owned(), "a language with a long name".to_owned()]
}

fn encoded<V: RkyvValue>(value: &V) -> Vec<u8> {
    let mut bytes = Vec::new();
    Rkyv::encode(value, &mut bytes).unwrap();
    bytes
}

fn was(names: &[&str]) -> Past {
    Past { was: names.iter().map(|name| (*name).to_owned()).collect(), default: None }
}

fn default<V: RkyvValue>(value: &V) -> Past {
    Past { was: Vec::new(), default: Some(encoded(value)) }
}

fn hints() -> Hints {
    Hints::new()
        .member("User", "full_name", was(&["name"]))
        .removed("User", ["gone"])
        .member("User", "nick", default(&NOBODY.to_owned()))
        .member("User", "seen", default(&7_u32))
        .member("User", "languages", default(&languages()))
        .member("User", "level", default(&-3_i16))
        .member("User", "extra", default(&BTreeMap::<u8, u8>::new()))
        .member("Location", "town", was(&["city"]))
        .removed("Location", ["floor"])
        .member("Kind", "Other", was(&["Closed"]))
        .member("Kind", "Office", was(&["Work", "Shed"]))
}

/// Values of types, as random as they need to be.
struct Values(Random);

impl Values {
    fn text(&mut self) -> String {
        let len = self.0.below(24);
        (0..len).map(|_| *self.0.one(&['a', 'b', 'z', 'é', '🦀', '0'])).collect()
    }

    fn many<T>(&mut self, max: usize, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.0.below(max + 1)).map(|_| one(self)).collect()
    }

    fn maybe<T>(&mut self, one: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.0.chance(500).then(|| one(self))
    }

    fn kind(&mut self) -> v1::Kind {
        match self.0.below(4) {
            0 => v1::Kind::Home,
            1 => v1::Kind::Work { floor: self.0.next() as u8 },
            2 => v1::Kind::Closed,
            _ => v1::Kind::Named(self.text()),
        }
    }

    fn address(&mut self) -> v1::Address {
        v1::Address {
            city: self.text(),
            zip: self.0.next() as u32,
            kind: self.kind(),
            floor: self.0.next() as u8,
        }
    }

    fn tree(&mut self, depth: usize) -> v1::Tree {
        let children = if depth == 0 { Vec::new() } else { self.many(3, |it| it.tree(depth - 1)) };
        v1::Tree { value: self.0.next() as u8, children }
    }

    fn user(&mut self) -> v1::User {
        let many = if self.0.chance(50) { 300 } else { 12 };
        v1::User {
            id: self.0.next(),
            name: self.text(),
            flag: self.0.chance(500),
            age: self.0.next() as u16,
            gone: self.text(),
            score: self.0.below(1000) as f32 / 8.0,
            home: self.address(),
            tags: self.many(4, Self::text),
            numbers: self.many(9, |it| it.0.next() as u16),
            kinds: self.many(4, Self::kind).into(),
            weight: self.0.below(1000) as f64 / 8.0,
            nick: self.maybe(Self::text),
            seen: self.maybe(|it| it.0.next() as u32),
            inner: Box::new(self.address()),
            map: self.many(many, |it| (it.text(), it.many(2, Self::kind))).into_iter().collect(),
            plain: self
                .many(many, |it| (it.0.next() as u16, it.0.next() as u32))
                .into_iter()
                .collect(),
            pair: (self.0.next() as u8, self.0.next()),
            array: [self.0.next() as i16, -1, 7],
            tree: self.tree(3),
            set: self.many(many, Self::text).into_iter().collect(),
            ordered: self.many(many, |it| (it.text(), it.0.next() as u8)).into_iter().collect(),
            chosen: self.many(many, |it| it.0.next()).into_iter().collect(),
            ip: if self.0.chance(500) { [1, 2, 3, 4].into() } else { [7_u8; 16].into() },
            socket: self.maybe(|it| {
                let ip: std::net::IpAddr =
                    if it.0.chance(500) { [9, 8, 7, 6].into() } else { [3_u16; 8].into() };
                (ip, it.0.next() as u16).into()
            }),
            wait: std::time::Duration::new(self.0.next() >> 20, 17),
            count: (self.0.next() as u8).try_into().unwrap_or(std::num::NonZero::<u8>::MIN),
            range: 3..self.0.next() as u16,
            outcome: if self.0.chance(500) { Ok(self.0.next() as u8) } else { Err(self.text()) },
            shared: self.text().into(),
            bytes: self.many(30, |it| it.0.next() as u8).into(),
            unit: (),
        }
    }
}

fn plan<Old: StoredRecord, New: StoredRecord>(hints: &Hints) -> Upcast {
    let (old, new) = (Old::describe(), New::describe());
    Upcast::new(&old, &new, hints).unwrap_or_else(|error| panic!("{error}"))
}

fn run(plan: &Upcast, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    plan.run(body, &mut out).unwrap();
    out
}

#[test]
fn what_is_made_is_what_the_new_code_writes() {
    let plan = plan::<v1::User, v2::User>(&hints());
    assert!(!plan.is_identity());
    let mut values = Values(Random::new(1));
    for _ in 0..1500 {
        let old = values.user();
        let made = run(&plan, &encoded(&old));
        let new = upgrade(old);
        if made != encoded(&new) {
            assert_eq!(<Rkyv as Codec<v2::User>>::decode(&made).unwrap(), new);
            assert_eq!(made, encoded(&new), "{new:?}");
        }
    }
}

#[test]
fn steps_are_sentences() {
    let plan = plan::<v1::User, v2::User>(&hints());
    let mut steps: Vec<String> = plan.steps().map(ToString::to_string).collect();
    steps.sort_unstable();
    let expected = [
        "field age: `u16` becomes `option<u64>`",
        "field full_name: was `name`",
        "field email: added, `None` in old rows",
        "field level: added, its default in old rows",
        "field gone: removed, its values are dropped",
        "field town of Location: was `city`",
        "field floor of Kind::Office: `u8` becomes `i32`",
        "variant New of Kind: added",
        "variant Office of Kind: was `Work`",
    ];
    for step in expected {
        assert!(steps.iter().any(|other| other == step), "`{step}` is missing in {steps:#?}");
    }
}

/// Neither the order of the entries nor where they lie depends on the values: the hash of a key is that of the key.
#[test]
fn hash_maps_keep_their_buckets() {
    let hints = Hints::new().member("Kind", "Other", was(&["Closed"])).member(
        "Kind",
        "Office",
        was(&["Work"]),
    );
    let plan = plan::<v1::Tables, v2::Tables>(&hints);
    let mut values = Values(Random::new(2));
    for len in [0, 1, 2, 5, 13, 14, 15, 16, 17, 40, 300] {
        let old = v1::Tables {
            id: 7,
            ages: (0..len).map(|number| (values.text(), number as u8)).collect(),
            kinds: (0..len).map(|_| (values.0.next() as u32, values.kind())).collect(),
        };
        let made = run(&plan, &encoded(&old));
        let mut aligned = rkyv::util::AlignedVec::<16>::new();
        aligned.extend_from_slice(&made);
        let view = rkyv::access::<v2::ArchivedTables, rkyv::rancor::Error>(&aligned).unwrap();
        let new = v2::Tables {
            id: 7,
            ages: old.ages.iter().map(|(key, age)| (key.clone(), Some((*age).into()))).collect(),
            kinds: old.kinds.iter().map(|(key, old)| (*key, kind(old.clone()))).collect(),
        };
        for key in new.ages.keys() {
            assert!(view.ages.contains_key(key.as_str()), "{key} is found by its hash");
        }
        assert_eq!(<Rkyv as Codec<v2::Tables>>::decode(&made).unwrap(), new);
    }
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct Renamed {
    #[store(key)]
    number: u64,
    title: String,
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct Plain {
    #[store(key)]
    id: u64,
    name: String,
}

#[test]
fn a_name_alone_changes_no_byte() {
    let hints = Hints::new()
        .record_was(["Plain"])
        .member("Renamed", "number", was(&["id"]))
        .member("Renamed", "title", was(&["name"]));
    let plan = plan::<Plain, Renamed>(&hints);
    assert!(plan.is_identity());
    let old = encoded(&Plain { id: 1, name: "a name that is long enough".to_owned() });
    assert_eq!(run(&plan, &old), old);
    assert!(self::plan::<v1::User, v1::User>(&Hints::new()).is_identity());
}
