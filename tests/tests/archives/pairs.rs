//! Pairs of schemas of which the second is the first after edits that the rules settle, and what the edits do to a
//! value, slowly.

use crate::values::value;
use storage::{
    codec::archive::{ArchivedTypes, ArchivedValue, HashTable},
    schema::{
        CodecId, Definition, Description, FieldShape, Generic, Hints, Past, RowShape, Scalar,
        Shape, Standard, Types, VariantShape,
    },
};
use tests::random::Random;

pub(crate) type Value = ArchivedValue<'static>;

/// What an edit does to the values of a type.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    None,
    ToFloat,
    ToSigned,
    /// Of each value in it, by place: of the parts of a product, of all elements, of what is in a box.
    Inside(Vec<Edit>),
    Each(Box<Edit>),
    /// By the variant: the new one, and its fields.
    Choice(Vec<(usize, Vec<Field>)>),
    Struct(Vec<Field>),
    Wrap(Box<Edit>),
    IntoBox(Box<Edit>),
    Unbox(Box<Edit>),
}

/// Where a new field has its value from.
#[derive(Clone, Debug)]
pub(crate) enum Field {
    Old(usize, Edit),
    /// An option that is none any more: what is there, or the other value.
    Unwrap(usize, Edit, Value),
    Given(Value),
}

fn none() -> Value {
    Value::Choice(0, vec![])
}

impl Edit {
    pub(crate) fn apply(&self, value: Value) -> Value {
        match (self, value) {
            (Self::None, value) => value,
            (Self::ToFloat, Value::F32(value)) => Value::F64(value.into()),
            (Self::ToSigned, Value::Unsigned(value)) => Value::Signed(value as i128),
            (Self::Inside(edits), Value::Product(parts)) => Value::Product(
                edits.iter().zip(parts).map(|(edit, part)| edit.apply(part)).collect(),
            ),
            (Self::Each(edit), Value::List(parts)) => Value::List(edit.all(parts)),
            (Self::Each(edit), Value::Ordered(parts)) => Value::Ordered(edit.all(parts)),
            (Self::Each(edit), Value::Boxed(part)) => Value::Boxed(Box::new(edit.apply(*part))),
            (Self::Each(edit), Value::Hashed(table)) => {
                let HashTable { buckets, controls } = table;
                let buckets = buckets.into_iter().map(|bucket| Some(edit.apply(bucket?))).collect();
                Value::Hashed(HashTable { buckets, controls })
            }
            (Self::Each(edit), Value::Indexed(table, parts)) => {
                Value::Indexed(table, edit.all(parts))
            }
            (Self::Choice(variants), Value::Choice(number, parts)) => {
                let (number, fields) = &variants[number];
                Value::Choice(*number, Field::all(fields, &parts))
            }
            (Self::Struct(fields), Value::Product(parts)) => {
                Value::Product(Field::all(fields, &parts))
            }
            (Self::Wrap(edit), value) => Value::Choice(1, vec![edit.apply(value)]),
            (Self::IntoBox(edit), value) => Value::Boxed(Box::new(edit.apply(value))),
            (Self::Unbox(edit), Value::Boxed(value)) => edit.apply(*value),
            (edit, value) => panic!("{edit:?} is not of {value:?}"),
        }
    }

    fn all(&self, values: Vec<Value>) -> Vec<Value> {
        values.into_iter().map(|value| self.apply(value)).collect()
    }
}

impl Field {
    fn all(fields: &[Self], old: &[Value]) -> Vec<Value> {
        fields.iter().map(|field| field.of(old)).collect()
    }

    fn of(&self, old: &[Value]) -> Value {
        match self {
            Self::Old(number, edit) => edit.apply(old[*number].clone()),
            Self::Given(value) => value.clone(),
            Self::Unwrap(number, edit, default) => match &old[*number] {
                Value::Choice(1, some) => edit.apply(some[0].clone()),
                _ => default.clone(),
            },
        }
    }
}

/// A pair in the making.
pub(crate) struct Pairs {
    pub(crate) random: Random,
    old: Vec<(String, Definition)>,
    new: Vec<(String, Definition)>,
    /// Owner, field and shape of each default, which is encoded when all types are known.
    defaults: Vec<(String, String, Shape, Value)>,
    hints: Hints,
    types: usize,
    keeps_pointees: bool,
    /// Whether what is made lies behind a pointer and stays as it is.
    is_fixed: bool,
}

/// Two schemas, and what becomes of a value.
pub(crate) struct Pair {
    pub(crate) old: Description,
    pub(crate) new: Description,
    pub(crate) hints: Hints,
    pub(crate) edit: Edit,
}

const FORMATS: [&str; 8] = [
    "little-endian pointer-32 aligned",
    "little-endian pointer-32 aligned",
    "little-endian pointer-32 unaligned",
    "little-endian pointer-64 aligned",
    "little-endian pointer-64 unaligned",
    "big-endian pointer-32 aligned",
    "big-endian pointer-64 unaligned",
    "big-endian pointer-16 aligned",
];

const STANDARDS: [Standard; 9] = [
    Standard::Duration,
    Standard::Timestamp,
    Standard::OffsetTimestamp,
    Standard::Zoned,
    Standard::Date,
    Standard::Ip,
    Standard::Socket,
    Standard::Socketv6,
    Standard::Uuid,
];

const WIDENED: [(Scalar, Scalar); 8] = [
    (Scalar::U8, Scalar::U16),
    (Scalar::U16, Scalar::U128),
    (Scalar::I8, Scalar::I64),
    (Scalar::I32, Scalar::I128),
    (Scalar::U8, Scalar::I16),
    (Scalar::U32, Scalar::I64),
    (Scalar::F32, Scalar::F64),
    (Scalar::U32, Scalar::U64),
];

/// A type on both sides.
type Typed = (Shape, Shape, Edit);

fn boxed(shape: Shape) -> Box<Shape> {
    Box::new(shape)
}

impl Pairs {
    /// The pair of `seed`; if it `keeps_pointees`, most edits are of what lies in the record itself.
    pub(crate) fn new(seed: u64, keeps_pointees: bool) -> Self {
        Self {
            random: Random::new(seed),
            old: vec![],
            new: vec![],
            defaults: vec![],
            hints: Hints::new(),
            types: 0,
            keeps_pointees,
            is_fixed: false,
        }
    }

    pub(crate) fn pair(mut self) -> (Pair, Random) {
        let edit = self.structure("Root".to_owned(), 4);
        let root = |mut types: Vec<(String, Definition)>| {
            types.rotate_right(1);
            types
        };
        let (old, new) = (root(self.old), root(self.new));
        let formats = if self.keeps_pointees { &FORMATS[..3] } else { &FORMATS };
        let [old_format, mut new_format] = [0; 2].map(|_| *self.random.one(formats));
        if self.keeps_pointees {
            new_format = old_format;
        }
        let (old, new) = (description(old, old_format), description(new, new_format));
        let mut hints = self.hints;
        for (owner, field, shape, value) in self.defaults {
            let default = Some(encoded(&new, shape, &value));
            hints = hints.member(&owner, &field, Past { was: vec![], default });
        }
        (Pair { old, new, hints, edit }, self.random)
    }

    fn typed(&mut self, depth: usize) -> Typed {
        if depth == 0 || self.random.chance(350) {
            return self.leaf();
        }
        self.nested(depth - 1)
    }

    /// A type that a pointer points to.
    fn apart(&mut self, make: impl FnOnce(&mut Self) -> Typed) -> Typed {
        let is_fixed = std::mem::replace(&mut self.is_fixed, self.keeps_pointees);
        let typed = make(self);
        self.is_fixed = is_fixed;
        typed
    }

    fn nested(&mut self, depth: usize) -> Typed {
        match self.random.below(15) {
            0 if !self.is_fixed => {
                // An option in an option is another rule, and so is one in a box.
                let (old, new, edit) = match self.typed(depth) {
                    (Shape::Option(_) | Shape::Boxed(_), ..) => self.leaf_in_place(),
                    typed => typed,
                };
                (old, Shape::Option(boxed(new)), Edit::Wrap(Box::new(edit)))
            }
            0 | 1 => {
                let (old, new, edit) = self.typed(depth);
                let variants = vec![(0, vec![]), (1, vec![Field::Old(0, edit)])];
                let [old, new] = [old, new].map(|shape| Shape::Option(boxed(shape)));
                (old, new, Edit::Choice(variants))
            }
            2 => {
                let (old, new, edit) = self.apart(|pairs| pairs.typed(depth));
                (Shape::Boxed(boxed(old)), Shape::Boxed(boxed(new)), Edit::Each(Box::new(edit)))
            }
            // What is no option and no box on the other side, which other rules have.
            3 if !self.keeps_pointees => {
                let (old, new, edit) = self.leaf_in_place();
                (old, Shape::Boxed(boxed(new)), Edit::IntoBox(Box::new(edit)))
            }
            4 if !self.keeps_pointees => {
                let (old, new, edit) = self.leaf_in_place();
                (Shape::Boxed(boxed(old)), new, Edit::Unbox(Box::new(edit)))
            }
            3..=6 => {
                let (old, new, edit) = self.apart(|pairs| pairs.typed(depth));
                (Shape::List(boxed(old)), Shape::List(boxed(new)), Edit::Each(Box::new(edit)))
            }
            7 => {
                let (old, new, edit) = self.typed(depth);
                let len = self.random.below(4);
                let [old, new] = [old, new].map(|shape| Shape::Array(boxed(shape), len));
                (old, new, Edit::Each(Box::new(edit)))
            }
            8 => {
                let parts: Vec<Typed> =
                    (0..=self.random.below(3)).map(|_| self.typed(depth)).collect();
                let (old, new, edits) = unzipped(parts);
                (Shape::Tuple(old), Shape::Tuple(new), Edit::Inside(edits))
            }
            9 => {
                let parts = vec![self.typed(depth), self.typed(depth)];
                let (old, new, edits) = unzipped(parts);
                let variants = edits.into_iter().enumerate();
                let variants =
                    variants.map(|(number, edit)| (number, vec![Field::Old(0, edit)])).collect();
                let [old, new] = [old, new].map(|parts| Shape::Generic(Generic::Result, parts));
                (old, new, Edit::Choice(variants))
            }
            10 => self.apart(|pairs| pairs.map(depth)),
            11 | 12 => {
                let name = self.name();
                let edit = self.structure(name.clone(), depth);
                (Shape::Named(name.clone()), Shape::Named(name), edit)
            }
            _ => {
                let name = self.name();
                let edit = self.choice(name.clone(), depth);
                (Shape::Named(name.clone()), Shape::Named(name), edit)
            }
        }
    }

    fn name(&mut self) -> String {
        self.types += 1;
        format!("T{}", self.types)
    }

    fn leaf(&mut self) -> Typed {
        let same = |shape: Shape| (shape.clone(), shape, Edit::None);
        match self.random.below(9) {
            0 | 1 => same(Shape::Scalar(*self.random.one(Scalar::ALL))),
            2 | 3 if !self.is_fixed => {
                let (old, new) = *self.random.one(&WIDENED);
                let is_unsigned = matches!(old, Scalar::U8 | Scalar::U16 | Scalar::U32);
                let becomes_signed = matches!(new, Scalar::I16 | Scalar::I64);
                let edit = match old {
                    Scalar::F32 => Edit::ToFloat,
                    _ if is_unsigned && becomes_signed => Edit::ToSigned,
                    _ => Edit::None,
                };
                (Shape::Scalar(old), Shape::Scalar(new), edit)
            }
            5 if !self.keeps_pointees => {
                let str = Shape::Boxed(boxed(Shape::Standard(Standard::Str)));
                let both = [Shape::Text, str];
                let [old, new] = [0; 2].map(|_| self.random.one(&both).clone());
                (old, new, Edit::None)
            }
            2..=5 => same(Shape::Text),
            6 => same(Shape::Standard(*self.random.one(&STANDARDS))),
            7 => same(Shape::NonZero(*self.random.one(&[Scalar::U16, Scalar::I64]))),
            _ => same(Shape::Unit),
        }
    }

    fn leaf_in_place(&mut self) -> Typed {
        loop {
            let leaf = self.leaf();
            if !matches!(leaf.0, Shape::Boxed(_)) && !matches!(leaf.1, Shape::Boxed(_)) {
                return leaf;
            }
        }
    }

    fn map(&mut self, depth: usize) -> Typed {
        let keys = [
            Shape::Scalar(Scalar::U16),
            Shape::Text,
            Shape::Tuple(vec![Shape::Scalar(Scalar::U8), Shape::Text]),
        ];
        let key = self.random.one(&keys).clone();
        let set = [Generic::Set, Generic::HashSet, Generic::IndexSet];
        if self.random.chance(300) {
            let set = Shape::Generic(*self.random.one(&set), vec![key]);
            return (set.clone(), set, Edit::None);
        }
        let (old, new, edit) = self.typed(depth.min(2));
        let edit = Edit::Each(Box::new(Edit::Inside(vec![Edit::None, edit])));
        match self.random.below(3) {
            0 => {
                let [old, new] =
                    [old, new].map(|value| Shape::Map(boxed(key.clone()), boxed(value)));
                (old, new, edit)
            }
            kind => {
                let word = [Generic::HashMap, Generic::IndexMap][kind - 1];
                let map = |value| Shape::Generic(word, vec![key.clone(), value]);
                let [old, new] = [old, new].map(map);
                (old, new, edit)
            }
        }
    }

    /// Fields of a struct or a variant with edits; `owner` has the hints.
    fn fields(
        &mut self,
        owner: &str,
        depth: usize,
    ) -> (Vec<FieldShape>, Vec<FieldShape>, Vec<Field>) {
        let mut old = vec![];
        let mut new = vec![];
        for number in 0..self.random.below(6) {
            let name = format!("f{number}");
            let place = old.len();
            match if self.is_fixed { 11 } else { self.random.below(12) } {
                0 => {
                    self.hints = std::mem::take(&mut self.hints).removed(owner, [name.as_str()]);
                    old.push(field(&name, self.typed(depth).0));
                }
                1 => {
                    let shape = self.typed(depth).1;
                    new.push((field(&name, Shape::Option(boxed(shape))), Field::Given(none())));
                }
                2 => {
                    let shape = self.leaf().1;
                    let value = value(&mut self.random, &[], &shape, 2);
                    self.defaults.push((
                        owner.to_owned(),
                        name.clone(),
                        shape.clone(),
                        value.clone(),
                    ));
                    new.push((field(&name, shape), Field::Given(value)));
                }
                3 => {
                    let (before, after, edit) = self.leaf();
                    let default = value(&mut self.random, &[], &after, 2);
                    let given = (owner.to_owned(), name.clone(), after.clone(), default.clone());
                    self.defaults.push(given);
                    old.push(field(&name, Shape::Option(boxed(before))));
                    new.push((field(&name, after), Field::Unwrap(place, edit, default)));
                }
                4 => {
                    let (before, after, edit) = self.typed(depth);
                    let was = Past { was: vec![name.clone()], default: None };
                    let renamed = format!("g{number}");
                    self.hints = std::mem::take(&mut self.hints).member(owner, &renamed, was);
                    old.push(field(&name, before));
                    new.push((field(&renamed, after), Field::Old(place, edit)));
                }
                _ => {
                    let (before, after, edit) = self.typed(depth);
                    old.push(field(&name, before));
                    new.push((field(&name, after), Field::Old(place, edit)));
                }
            }
        }
        if !self.is_fixed && self.random.chance(300) && new.len() > 1 {
            let by = self.random.below(new.len());
            new.rotate_left(by);
        }
        let (new, from) = new.into_iter().unzip();
        (old, new, from)
    }

    fn structure(&mut self, name: String, depth: usize) -> Edit {
        let (old, new, from) = self.fields(&name, depth);
        self.old.push((name.clone(), Definition::Struct(old)));
        self.new.push((name, Definition::Struct(new)));
        Edit::Struct(from)
    }

    fn choice(&mut self, name: String, depth: usize) -> Edit {
        let variant = |name: String, number, fields| VariantShape { name, number, fields };
        let mut old = vec![];
        let mut new = vec![];
        for number in 0..=self.random.below(4) {
            let called = format!("V{number}");
            let (before, after, from) = if self.random.chance(400) {
                (vec![], vec![], vec![])
            } else {
                self.fields(&format!("{name}::{called}"), depth)
            };
            let is_numbered = !self.is_fixed && self.random.chance(200);
            let tag = is_numbered.then_some(40 * (number as i128 + 1));
            old.push(variant(called.clone(), tag, before));
            new.push((variant(called, None, after), Some((number, from))));
        }
        if !self.is_fixed && self.random.chance(400) {
            new.insert(0, (variant("Added".to_owned(), None, vec![]), None));
        }
        let mut edits = vec![(0, vec![]); old.len()];
        for (number, (_, from)) in new.iter().enumerate() {
            if let Some((before, fields)) = from {
                edits[*before] = (number, fields.clone());
            }
        }
        self.old.push((name.clone(), Definition::Enum { repr: None, variants: old }));
        let variants = new.into_iter().map(|(variant, _)| variant).collect();
        self.new.push((name, Definition::Enum { repr: None, variants }));
        Edit::Choice(edits)
    }
}

fn unzipped(parts: Vec<Typed>) -> (Vec<Shape>, Vec<Shape>, Vec<Edit>) {
    let mut all = (vec![], vec![], vec![]);
    for (old, new, edit) in parts {
        all.0.push(old);
        all.1.push(new);
        all.2.push(edit);
    }
    all
}

fn field(name: &str, shape: Shape) -> FieldShape {
    FieldShape { name: name.to_owned(), shape, slot: None }
}

fn description(types: Vec<(String, Definition)>, format: &str) -> Description {
    Description {
        rows: RowShape::Record { types: Types::new(types, None), key_fields: vec![] },
        codec: CodecId::Rkyv.to_string(),
        format: format!("rkyv-0.8 {format}"),
        key_encoding: 1,
        key: Shape::Unit,
        indexes: vec![],
    }
}

/// A value by itself, which is encoded as the only field of a struct is.
fn encoded(of: &Description, shape: Shape, value: &Value) -> Vec<u8> {
    let only = vec![("Root".to_owned(), Definition::Struct(vec![field("0", shape)]))];
    let only = description(only, of.format.trim_start_matches("rkyv-0.8 "));
    let mut archive = vec![];
    let value = Value::Product(vec![value.clone()]);
    ArchivedTypes::new(&only).unwrap().write(&value, &mut archive).unwrap();
    archive
}
