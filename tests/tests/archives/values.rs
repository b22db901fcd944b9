//! Values of the types of a schema, as random as they need to be.

use crate::pairs::Value;
use storage::{
    codec::archive::HashTable,
    schema::{Definition, Generic, Scalar, Shape, Standard},
};
use tests::random::Random;

type Types = [(String, Definition)];

/// A value of `shape`, whose structs and enums are those of `types`; less of it the deeper it lies.
pub(crate) fn value(random: &mut Random, types: &Types, shape: &Shape, depth: usize) -> Value {
    let less = depth.saturating_sub(1);
    let inner = |shape: &Shape, random: &mut Random| value(random, types, shape, less);
    match shape {
        Shape::Unit => Value::Product(vec![]),
        Shape::Scalar(scalar) => number(random, *scalar),
        Shape::NonZero(scalar) => match number(random, *scalar) {
            Value::Signed(0) => Value::Signed(-7),
            Value::Unsigned(0) => Value::Unsigned(7),
            other => other,
        },
        Shape::Text => text(random),
        Shape::Boxed(boxed) => match &**boxed {
            Shape::Standard(Standard::Str) => text(random),
            boxed => Value::Boxed(Box::new(inner(boxed, random))),
        },
        Shape::Option(_) if random.chance(400) => Value::Choice(0, vec![]),
        Shape::Option(some) => Value::Choice(1, vec![inner(some, random)]),
        Shape::List(of) => {
            let len = many(random, depth);
            Value::List((0..len).map(|_| inner(of, random)).collect())
        }
        Shape::Array(of, len) => Value::List((0..*len).map(|_| inner(of, random)).collect()),
        Shape::Tuple(parts) => {
            Value::Product(parts.iter().map(|part| inner(part, random)).collect())
        }
        Shape::Map(key, of) => Value::Ordered(entries(random, types, &[key, of], depth)),
        Shape::Generic(Generic::Set, parts) => {
            Value::Ordered(entries(random, types, &[&parts[0]], depth))
        }
        Shape::Generic(Generic::HashSet | Generic::HashMap, parts) => {
            let parts: Vec<&Shape> = parts.iter().collect();
            let entries = entries(random, types, &parts, depth);
            Value::Hashed(table(random, entries))
        }
        Shape::Generic(Generic::IndexSet | Generic::IndexMap, parts) => {
            let parts: Vec<&Shape> = parts.iter().collect();
            let entries = entries(random, types, &parts, depth);
            Value::Indexed(table(random, (0..entries.len()).collect()), entries)
        }
        Shape::Generic(Generic::Result, parts) => {
            let number = random.below(2);
            Value::Choice(number, vec![inner(&parts[number], random)])
        }
        Shape::Standard(standard) => known(random, *standard),
        Shape::Named(name) => {
            let (_, definition) = types.iter().find(|(other, _)| other == name).unwrap();
            defined(random, types, definition, less)
        }
        other => panic!("{other} is not made here"),
    }
}

pub(crate) fn defined(
    random: &mut Random,
    types: &Types,
    definition: &Definition,
    depth: usize,
) -> Value {
    match definition {
        Definition::Struct(fields) => {
            Value::Product(fields.iter().map(|it| value(random, types, &it.shape, depth)).collect())
        }
        Definition::Enum { variants, .. } => {
            let number = random.below(variants.len());
            let fields = &variants[number].fields;
            let fields = fields.iter().map(|it| value(random, types, &it.shape, depth)).collect();
            Value::Choice(number, fields)
        }
        other => panic!("{other:?} is not of rkyv"),
    }
}

fn many(random: &mut Random, depth: usize) -> usize {
    if depth > 4 && random.chance(60) { random.below(60) } else { random.below(4) }
}

fn entries(random: &mut Random, types: &Types, parts: &[&Shape], depth: usize) -> Vec<Value> {
    let len = many(random, depth + 1);
    let mut part = |shape: &&Shape| value(random, types, shape, depth.saturating_sub(1));
    (0..len).map(|_| Value::Product(parts.iter().map(&mut part).collect())).collect()
}

/// Entries in buckets; which, does not matter to who does not hash.
fn table<T>(random: &mut Random, entries: Vec<T>) -> HashTable<'static, T> {
    if entries.is_empty() {
        return HashTable { buckets: vec![], controls: vec![].into() };
    }
    let capacity = (entries.len() * 8 / 7).max(entries.len() + 1);
    let mut buckets: Vec<Option<T>> = entries.into_iter().map(Some).collect();
    buckets.resize_with(capacity, || None);
    buckets.rotate_right(random.below(capacity));
    let mut controls = vec![0xff; capacity.next_multiple_of(16) + 15];
    for number in 0..controls.len() {
        let is_full = number < capacity && buckets[number].is_some();
        controls[number] = match number.checked_sub(capacity) {
            None if is_full => random.next() as u8 >> 1,
            Some(again) if again < capacity => controls[again],
            _ => 0xff,
        };
    }
    HashTable { buckets, controls: controls.into() }
}

fn text(random: &mut Random) -> Value {
    let len = random.below(24);
    let letters = (0..len).map(|_| *random.one(&['a', 'b', 'z', 'é', '🦀', '0']));
    Value::Text(letters.collect::<String>().into())
}

fn number(random: &mut Random, scalar: Scalar) -> Value {
    let bits = u128::from(random.next()) << 64 | u128::from(random.next());
    match scalar {
        Scalar::Bool => Value::Bool(bits.is_multiple_of(2)),
        Scalar::Char => Value::Char(*random.one(&['a', 'é', '🦀'])),
        Scalar::F32 => Value::F32(random.below(1000) as f32 / 8.0),
        Scalar::F64 => Value::F64(random.below(1000) as f64 / 8.0),
        Scalar::I8 => Value::Signed((bits as i8).into()),
        Scalar::I16 => Value::Signed((bits as i16).into()),
        Scalar::I32 => Value::Signed((bits as i32).into()),
        Scalar::I64 => Value::Signed((bits as i64).into()),
        Scalar::I128 => Value::Signed(bits as i128),
        Scalar::U8 => Value::Unsigned((bits as u8).into()),
        Scalar::U16 => Value::Unsigned((bits as u16).into()),
        Scalar::U32 => Value::Unsigned((bits as u32).into()),
        Scalar::U64 => Value::Unsigned((bits as u64).into()),
        Scalar::U128 => Value::Unsigned(bits),
        other => panic!("{other} is new"),
    }
}

fn known(random: &mut Random, standard: Standard) -> Value {
    use Scalar::{I32, I64, U16, U32, U64};
    let mut numbers = |scalars: &[Scalar]| -> Vec<Value> {
        scalars.iter().map(|scalar| number(random, *scalar)).collect()
    };
    let octets = |len| Value::Octets(vec![7; len].into());
    match standard {
        Standard::Duration => Value::Product(numbers(&[U64, U32])),
        Standard::Timestamp => Value::Product(numbers(&[I64, U32])),
        Standard::OffsetTimestamp => Value::Product(numbers(&[I64, U32, I32])),
        Standard::Zoned => {
            let moment = Value::Product(numbers(&[I64, U32]));
            Value::Product(vec![moment, text(random)])
        }
        Standard::Date => Value::Product(numbers(&[I32])),
        Standard::Ip => match random.below(2) {
            0 => Value::Choice(0, vec![octets(4)]),
            _ => Value::Choice(1, vec![octets(16)]),
        },
        Standard::Socketv6 => {
            Value::Product([vec![octets(16)], numbers(&[U16, U32, U32])].concat())
        }
        Standard::Socket => match random.below(2) {
            0 => {
                let numbers = vec![number(random, U16)];
                Value::Choice(0, vec![Value::Product([vec![octets(4)], numbers].concat())])
            }
            _ => Value::Choice(1, vec![known(random, Standard::Socketv6)]),
        },
        Standard::Uuid => octets(16),
        other => panic!("{other} is not made here"),
    }
}
