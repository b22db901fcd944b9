//! Types with parameters in FlatBuffers records, each use of which is a table, a struct or an enum of its own.

use std::{collections::BTreeMap, fmt::Debug, marker::PhantomData, sync::Arc};
use storage::{Storage, StoredRecord, StoredType};

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
struct Page<T> {
    items: Vec<T>,
    next: Option<T>,
    first: Option<Box<T>>,
    by_name: BTreeMap<String, T>,
}

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
struct Tree<T>
where
    T: Clone,
{
    #[store(id = 1)]
    value: T,
    #[store(id = 0)]
    left: Option<Box<Tree<T>>>,
    #[store(id = 2)]
    right: Vec<Self>,
}

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
enum Answer<T, E> {
    None,
    One(T),
    Many { items: Vec<T>, of: Arc<T> },
    Failed(E, u8),
}

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
struct Grid<T, const N: usize> {
    cells: [T; N],
    weights: [f32; N],
}

#[derive(StoredType, Clone, Copy, Debug, PartialEq)]
#[store(codec = "flatbuffers", fixed)]
struct Point<T> {
    x: T,
    y: T,
}

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
struct Named<T>(T);

/// Of no value.
#[derive(Clone, Debug, PartialEq)]
struct User;

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
struct Id<T> {
    number: u64,
    of: PhantomData<T>,
}

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
struct Line {
    name: String,
    amount: u8,
}

#[derive(StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers", table = "orders")]
struct Order {
    #[store(key)]
    id: u32,
    lines: Page<Line>,
    numbers: Page<u64>,
    tree: Tree<String>,
    answer: Answer<Line, String>,
    other: Option<Answer<u8, Answer<u8, u8>>>,
    grid: Grid<Option<u8>, 3>,
    bytes: Grid<u8, 2>,
    point: Point<f32>,
    name: Named<String>,
    names: Vec<Named<Vec<u8>>>,
    owner: Id<User>,
}

fn is_shown(view: impl Debug + Copy, expected: &str) {
    assert_eq!(format!("{view:?}"), expected);
}

fn line(amount: u8) -> Line {
    Line { name: "nail".into(), amount }
}

fn page<T: Clone>(items: Vec<T>) -> Page<T> {
    Page {
        next: items.first().cloned(),
        first: items.last().cloned().map(Box::new),
        by_name: items.iter().cloned().map(|item| ("a".to_owned(), item)).collect(),
        items,
    }
}

fn leaf(value: &str) -> Tree<String> {
    Tree { value: value.into(), left: None, right: Vec::new() }
}

fn order(id: u32) -> Order {
    Order {
        id,
        lines: page(vec![line(0), line(2)]),
        numbers: page(vec![]),
        tree: Tree {
            left: Some(Box::new(leaf("left"))),
            right: vec![leaf("right")],
            ..leaf("root")
        },
        answer: Answer::Many { items: vec![line(7)], of: Arc::new(line(8)) },
        other: (id > 1).then_some(Answer::Failed(Answer::One(3), 4)),
        grid: Grid { cells: [None, Some(0), Some(9)], weights: [0.5, 0.0, -1.0] },
        bytes: Grid { cells: [1, 2], weights: [1.0; 2] },
        point: Point { x: 1.0, y: f32::MIN_POSITIVE },
        name: Named("ö".into()),
        names: vec![Named(vec![]), Named(vec![1])],
        owner: Id { number: 5, of: PhantomData },
    }
}

#[test]
fn types_with_parameters_are_stored_and_read_alone() {
    let storage = Storage::in_memory().unwrap();
    let table = Order::table(&storage).unwrap();
    let orders = [order(1), order(2)];
    table.put_stream(orders.clone()).unwrap();
    for order in &orders {
        assert_eq!(table.load(order.id).unwrap().as_ref(), Some(order));
        let f = Order::FIELDS;
        let all = (f.lines, f.tree, f.answer, f.other, f.grid, f.names);
        let found = table.project(order.id, all).unwrap().unwrap();
        let Order { lines, tree, answer, other, grid, names, .. } = order.clone();
        assert_eq!(found, (lines, tree, answer, other, grid, names));
        let point = table.project(order.id, f.point).unwrap().unwrap();
        assert_eq!(point, order.point);
    }
    assert!(table.verify().unwrap().is_empty());
}

#[test]
fn types_with_parameters_are_viewed() {
    let storage = Storage::in_memory().unwrap();
    let table = Order::table(&storage).unwrap();
    table.put(&order(2)).unwrap();
    let seen = table.get(2, |view| {
        let amounts: Vec<u8> = view.lines().items().iter().map(|line| line.amount()).collect();
        let under_a = view.lines().by_name().get("a").map(|line| line.amount());
        let left = view.tree().left().map(|left| left.value().to_owned());
        let cells: Vec<_> = view.grid().cells().iter().collect();
        let leaf = |value: &str| format!("Tree {{ value: {value:?}, left: None, right: [] }}");
        let tree = format!(
            "Tree {{ value: \"root\", left: Some({}), right: [{}] }}",
            leaf("left"),
            leaf("right")
        );
        is_shown(view.tree(), &tree);
        let line = |amount: u8| format!("Line {{ name: \"nail\", amount: {amount} }}");
        let many = format!("Many {{ items: [{}], of: {} }}", line(7), line(8));
        is_shown(view.answer(), &many);
        is_shown(view.other(), "Some(Failed { 0: One(3), 1: 4 })");
        (amounts, under_a, left, cells)
    });
    let cells = vec![None, Some(0), Some(9)];
    assert_eq!(seen.unwrap(), Some((vec![0, 2], Some(2), Some("left".to_owned()), cells)));
}

#[test]
fn each_use_is_a_type_of_its_own_in_the_schema() {
    let text = Order::fbs();
    let expected = [
        "table Page {\n  items:[Line] (id: 0);\n  next:Line (id: 1);\n  first:Line (id: 2);\n  \
         by_name:[StringToLineEntry] (id: 3);\n}\n",
        "table Page_2 {\n  items:[ulong] (id: 0);\n  next:ulong = null (id: 1);\n",
        "table Tree {\n  value:string (id: 1, required);\n  left:Tree (id: 0);\n  right:[Tree] (id: 2);\n}\n",
        "union Answer {\n  None:AnswerNone,\n  One:Line,\n  Many:AnswerMany,\n  Failed:AnswerFailed,\n}\n",
        "union Answer_2 {",
        "struct Point {\n  x:float;\n  y:float;\n}\n",
        "table Grid_2 {\n  cells:U8x2 (id: 0, required);\n  weights:F32x2 (id: 1, required);\n}\n",
        "table Id {\n  number:ulong (id: 0);\n  of:Unit (id: 1, required);\n}\n",
    ];
    for expected in expected {
        assert!(text.contains(expected), "no {expected} in\n{text}");
    }
}
