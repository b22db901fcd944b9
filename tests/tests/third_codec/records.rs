//! A record of a codec that decodes, written by hand: every verb that reads or writes whole records, with indexes.

use crate::json::Json;
use serde::{Deserialize, Serialize};
use storage::{
    Codec, StorageError, StoredRecord, StoredType,
    index::{HasIndex, Index, IndexSchema, IndexSet, Indexer, Indexes, UniqueIndex},
    key::{self, KeyBuf, Lookup as _, Place, Reverse},
    project::FieldSet,
    schema::{CodecId, FieldSchema, RecordSchema, Shape, Shapes, struct_shape},
};
use tests::Scratch;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Task {
    id: u32,
    owner: String,
    due: Option<u64>,
    name: String,
}

const FIELDS: &[FieldSchema] = &[
    FieldSchema::new("id", u32::shape),
    FieldSchema::new("owner", String::shape),
    FieldSchema::new("due", Option::<u64>::shape),
    FieldSchema::new("name", String::shape),
];

impl StoredType for Task {
    fn shape(shapes: &mut Shapes) -> Shape {
        struct_shape::<Self>(shapes, "Task", FIELDS, None)
    }
}

impl<P: 'static> FieldSet<P> for Task {
    type Fields = ();
    const FIELDS: &'static () = &();
}

#[derive(Clone, Copy)]
struct TaskIndexes {
    owner: Index<Task, 0>,
    name: Index<Task, 1>,
}

impl Indexes for TaskIndexes {
    const HANDLES: Self = Self { owner: Index::HANDLE, name: Index::HANDLE };
}

impl HasIndex<0> for Task {
    type Key = (String, Reverse<u64>);
}

impl HasIndex<1> for Task {
    type Key = String;
}

impl UniqueIndex<1> for Task {}

impl IndexSet for Task {
    type Indexes = TaskIndexes;

    const INDEXERS: &'static [Indexer<Self>] = &[
        Indexer::new(
            IndexSchema::new::<(String, Reverse<u64>)>("owner", false, "owner, due"),
            |task, keys| {
                if let Some(due) = task.due {
                    keys.push::<(String, Reverse<u64>)>(&(task.owner.as_str(), Reverse(due)));
                }
            },
        ),
        Indexer::new(IndexSchema::new::<String>("name", true, "name"), |task, keys| {
            keys.push::<String>(&task.name);
        }),
    ];
}

impl StoredRecord for Task {
    type Key = u32;
    type Codec = Json;

    const SCHEMA: &'static RecordSchema =
        &RecordSchema::new("Task", "tasks", <Json as Codec<Self>>::ID)
            .with_key(&["id"], key::schema::<u32>())
            .with_fields(FIELDS)
            .with_shape(Self::shape);

    fn encode_key(&self, out: &mut KeyBuf) {
        self.id.encode(out, Place::Last);
    }
}

fn task(id: u32) -> Task {
    let owner = if id.is_multiple_of(2) { "Ada" } else { "Bob" }.to_owned();
    let due = (!id.is_multiple_of(5)).then_some(u64::from(id) * 10);
    Task { id, owner, due, name: format!("task {id}") }
}

#[test]
fn records_are_written_read_and_found_by_their_indexes() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let tasks = Task::table(&store).unwrap();
    assert_eq!(tasks.put_stream((0..20).map(task)).unwrap(), 20);
    assert_eq!(tasks.load(7).unwrap(), Some(task(7)));
    assert_eq!(tasks.get(8, |task| task.owner.clone()).unwrap().as_deref(), Some("Ada"));
    let all: Vec<Task> = tasks.iter().unwrap().map(|row| row.unwrap().view().clone()).collect();
    assert_eq!(all, (0..20).map(task).collect::<Vec<_>>());
    let some = tasks.range(3..=5).unwrap().rev().limit(2);
    assert_eq!(some.map(|row| row.unwrap().view().id).collect::<Vec<_>>(), [5, 4]);

    let by_owner = tasks.by(Task::INDEXES.owner);
    let ids = by_owner.prefix(("Ada",)).unwrap().map(|row| row.unwrap().view().id);
    assert_eq!(ids.collect::<Vec<_>>(), [18, 16, 14, 12, 8, 6, 4, 2], "latest first");
    let by_name = tasks.by(Task::INDEXES.name);
    assert_eq!(by_name.load("task 3").unwrap(), Some(task(3)));
    assert_eq!(by_name.get("task 3", |task| task.due).unwrap(), Some(Some(30)));
}

#[test]
fn changes_keep_the_indexes_and_what_is_unique() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let tasks = Task::table(&store).unwrap();
    tasks.put_stream((0..20).map(task)).unwrap();
    let by_name = tasks.by(Task::INDEXES.name);
    tasks.update(3, |task| task.name = "other".to_owned()).unwrap();
    assert_eq!(by_name.load("task 3").unwrap(), None);
    assert_eq!(by_name.load("other").unwrap().unwrap().id, 3);
    let error = tasks.put(&Task { id: 30, ..task(4) }).unwrap_err();
    assert!(matches!(error, StorageError::Unique(_)), "{error:?}");
    assert!(matches!(tasks.insert(&task(5)), Err(StorageError::AlreadyExists { .. })));
    assert!(tasks.delete(4).unwrap());
    assert!(!tasks.put(&Task { id: 30, ..task(4) }).unwrap());
    assert!(tasks.put_async(task(40)).unwrap().wait().is_ok());
    assert_eq!(tasks.verify().unwrap(), []);
    assert_eq!((tasks.len().unwrap(), by_name.len().unwrap()), (21, 21));
}

#[test]
fn pages_go_on_where_they_ended() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let tasks = Task::table(&store).unwrap();
    tasks.put_stream((0..20).map(task)).unwrap();
    let mut first = tasks.iter().unwrap().limit(6);
    assert_eq!(first.by_ref().count(), 6);
    let token = first.page_token().unwrap();
    let next = tasks.iter().unwrap().after(&token).unwrap().next().unwrap().unwrap();
    assert_eq!(next.view().id, 6);
}

#[test]
fn another_shape_is_refused_field_by_field() {
    let scratch = Scratch::new();
    let store = scratch.open();
    Task::table(&store).unwrap().put(&task(1)).unwrap();
    let catalogued = |key: &[u8]| {
        let row = store.backend().get("$catalog", key, <[u8]>::to_vec).unwrap().unwrap();
        String::from_utf8_lossy(&row).into_owned()
    };
    let layout = catalogued(b"tasks");
    for line in ["codec = json", "format = json", "field due = option<u64>"] {
        assert!(layout.contains(line), "`{line}` is missing in\n{layout}");
    }
    let index = catalogued(b"tasks\0Iname");
    assert!(index.contains("index name = unique string"), "{index}");
    assert_eq!(Task::SCHEMA.codec(), CodecId::Other("json"));
}
