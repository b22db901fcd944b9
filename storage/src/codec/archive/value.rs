//! A value without its type: what there is when all names are taken away.

use std::borrow::Cow;

/// A value that was read from an archive, or that is written to one, by the schema of its type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ArchivedValue<'a> {
    /// A truth value.
    Bool(bool),
    /// A character.
    Char(char),
    /// A number that may be negative.
    Signed(i128),
    /// A number that cannot be.
    Unsigned(u128),
    /// A number of 32 bits with a fraction.
    F32(f32),
    /// A number of 64 bits with a fraction.
    F64(f64),
    /// Text.
    Text(Cow<'a, str>),
    /// The bytes of an address or a UUID.
    Octets(Cow<'a, [u8]>),
    /// The parts of a struct, a tuple, a range, a moment.
    Product(Vec<Self>),
    /// The number of a variant in declaration order, and its parts: of an enum, an option, a result, an address.
    Choice(usize, Vec<Self>),
    /// What is in a box.
    Boxed(Box<Self>),
    /// The elements of a list or an array.
    List(Vec<Self>),
    /// The entries of a map or a set in key order, each the product of a key and, in a map, a value.
    Ordered(Vec<Self>),
    /// The entries of a map or a set in no order.
    Hashed(HashTable<'a, Self>),
    /// The numbers of the entries of a map or a set, and the entries in the order in which they came.
    Indexed(HashTable<'a, usize>, Vec<Self>),
}

/// The buckets of a hash table. Which bucket an entry is in, only the hash of its key can tell, and that only the type:
/// so it is kept as it was found.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "plain data")]
pub struct HashTable<'a, T> {
    /// What is in each bucket.
    pub buckets: Vec<Option<T>>,
    /// The control bytes behind them.
    pub controls: Cow<'a, [u8]>,
}

impl<T> HashTable<'_, T> {
    /// What is in the buckets that have something.
    pub fn entries(&self) -> impl Iterator<Item = &T> {
        self.buckets.iter().flatten()
    }
}
