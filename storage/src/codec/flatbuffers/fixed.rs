//! Values of fixed width that point to nothing: structs and arrays. Their layout is C's, and can never change.

use super::{
    bytes::{Table, narrow},
    kind::{Default, Extent, Fixed, FlatLeaf, Item, Leaf, Printed},
    verify::{Verdict, Verifier},
    writer::Writer,
};
use std::{array, fmt};

/// The widest array in bytes. The fields of a table have room for 64 KiB, texts and lists aside.
const ARRAY_LEN_MAX: usize = 32 * 1024;

/// A struct of fixed width. Derived.
pub trait FlatStruct: FlatLeaf<Leaf = Struct> {
    /// Width and alignment of its fields, in order.
    const LAYOUT: Layout;
    /// Whether any bytes are a value of each field.
    const PLAIN: bool;

    /// Writes its fields.
    fn write(value: &Self, out: &mut FieldWriter<'_>);
    /// Whether its fields are what they should be.
    ///
    /// # Errors
    ///
    /// What is wrong.
    fn verify(fields: &mut FieldCursor, verifier: &mut Verifier<'_>) -> Verdict;
    /// Reads its fields.
    fn read(fields: &mut FieldCursor, bytes: &[u8]) -> Self;
    /// Prints it.
    ///
    /// # Errors
    ///
    /// What `f` says.
    fn show(value: &Self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// The width and the alignment of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Layout {
    size: usize,
    align: usize,
}

impl Layout {
    /// That of `T`.
    #[must_use]
    pub const fn of<T: FlatLeaf>() -> Self {
        Self { size: T::Leaf::SIZE, align: T::Leaf::ALIGN }
    }

    /// That of a struct with `fields`.
    ///
    /// # Panics
    ///
    /// When there are none. It runs when the struct is compiled.
    #[must_use]
    pub const fn of_struct(fields: &[Self]) -> Self {
        assert!(!fields.is_empty(), "a fixed struct has at least one field");
        let mut size: usize = 0;
        let mut align = 1;
        let mut rest = fields;
        while let [field, tail @ ..] = rest {
            size = size.next_multiple_of(field.align).saturating_add(field.size);
            if field.align > align {
                align = field.align;
            }
            rest = tail;
        }
        Self { size: size.next_multiple_of(align), align }
    }
}

/// The offset of the field number `index` of a struct with `fields`, as `FlatPlace::Inside` has it.
///
/// # Panics
///
/// When there is no such field. It runs when the struct is compiled.
#[must_use]
#[expect(clippy::panic, reason = "at compile time")]
pub const fn entry(fields: &[Layout], index: usize) -> [u8; 2] {
    let mut offset: u16 = 0;
    let mut rest = fields;
    let mut number = 0;
    while let [field, tail @ ..] = rest {
        offset = offset.next_multiple_of(narrow(field.align));
        if number == index {
            return offset.saturating_add(1).to_le_bytes();
        }
        offset = offset.saturating_add(narrow(field.size));
        number = number.saturating_add(1);
        rest = tail;
    }
    panic!("no such field")
}

/// Whether any bytes of its width are a `T`.
#[must_use]
pub const fn is_plain<T: FlatLeaf>() -> bool {
    T::Leaf::PLAIN
}

/// Walks over the fields of a struct.
#[derive(Debug)]
pub struct FieldCursor {
    start: usize,
    offset: usize,
}

impl FieldCursor {
    fn new(start: usize) -> Self {
        Self { start, offset: 0 }
    }

    /// Where the next field lies, of the layout of `T`.
    #[inline]
    fn next<T: FlatLeaf>(&mut self) -> usize {
        let at = self.offset.next_multiple_of(T::Leaf::ALIGN);
        self.offset = at.wrapping_add(T::Leaf::SIZE);
        self.start.wrapping_add(at)
    }

    /// Whether the next field is a `T`.
    ///
    /// # Errors
    ///
    /// What is wrong.
    #[inline]
    pub fn verify<T: FlatLeaf>(
        fields: &mut Self,
        verifier: &mut Verifier<'_>,
        name: &'static str,
    ) -> Verdict {
        let at = fields.next::<T>();
        if T::Leaf::PLAIN {
            return Ok(());
        }
        T::Leaf::verify(verifier, at).map_err(|fault| fault.within(name))
    }

    /// Reads the next field.
    #[inline]
    pub fn read<T: FlatLeaf<Leaf: Fixed<T>>>(fields: &mut Self, bytes: &[u8]) -> T {
        T::Leaf::read(bytes, fields.next::<T>())
    }
}

/// Writes the fields of a struct.
#[derive(Debug)]
pub struct FieldWriter<'a> {
    place: &'a mut [u8],
    fields: FieldCursor,
}

impl FieldWriter<'_> {
    /// Writes the next field.
    #[inline]
    pub fn write<T: FlatLeaf<Leaf: Fixed<T>>>(out: &mut Self, value: &T) {
        let at = out.fields.next::<T>();
        let place = out.place.get_mut(at..).and_then(|place| place.get_mut(..T::Leaf::SIZE));
        T::Leaf::write(value, place.unwrap_or_default());
    }
}

/// The leaf of structs of fixed width.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Struct;

impl<T: FlatStruct> Leaf<T> for Struct {
    const SIZE: usize = T::LAYOUT.size;
    const ALIGN: usize = T::LAYOUT.align;
    // flatc counts structs among the offsets, whatever their width.
    const RANK: usize = 4;
    const PLAIN: bool = T::PLAIN;
    const EXTENT: Extent = Extent::Inline;
    const REQUIRED: bool = true;
    type Ready = ();
    type View<'a> = T;

    fn prepare(_: &T, _: &mut Writer) {}

    #[inline]
    fn store(value: &T, (): (), place: &mut [u8], _: usize) {
        <Self as Fixed<T>>::write(value, place);
    }

    #[inline]
    fn verify(verifier: &mut Verifier<'_>, at: usize) -> Verdict {
        T::verify(&mut FieldCursor::new(at), verifier)
    }

    #[inline]
    fn view(bytes: &[u8], at: usize) -> T {
        T::read(&mut FieldCursor::new(at), bytes)
    }

    fn own(view: T) -> Verdict<T> {
        Ok(view)
    }

    fn show(view: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::show(view, f)
    }

    fn missing(_: Table<'_>, _: Default) -> T {
        Self::view(&[], 0)
    }
}

impl<T: FlatStruct> Fixed<T> for Struct {
    #[inline]
    fn write(value: &T, place: &mut [u8]) {
        // Between fields there may be padding.
        place.fill(0);
        T::write(value, &mut FieldWriter { place, fields: FieldCursor::new(0) });
    }

    #[inline]
    fn read(bytes: &[u8], at: usize) -> T {
        <Self as Leaf<T>>::view(bytes, at)
    }

    fn print(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::show(value, f)
    }
}

impl<T: FlatStruct> Item<T> for Struct {}

/// The leaf of arrays. A table holds an array in a struct of its own: `struct U8x16 { v:[ubyte:16]; }`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Array;

impl<T: FlatLeaf<Leaf: Item<T>>, const N: usize> Leaf<[T; N]> for Array {
    const SIZE: usize = {
        let size = T::Leaf::SIZE.saturating_mul(N);
        assert!(
            size > 0 && size <= ARRAY_LEN_MAX,
            "an array in FlatBuffers has 1 byte to 32 KiB; use a `Vec`"
        );
        size
    };
    const ALIGN: usize = T::Leaf::ALIGN;
    const RANK: usize = 4;
    const PLAIN: bool = T::Leaf::PLAIN;
    const EXTENT: Extent = Extent::Inline;
    const REQUIRED: bool = true;
    type Ready = ();
    type View<'a> = [T; N];

    fn prepare(_: &[T; N], _: &mut Writer) {}

    fn store(value: &[T; N], (): (), place: &mut [u8], _: usize) {
        <Self as Fixed<[T; N]>>::write(value, place);
    }

    fn verify(verifier: &mut Verifier<'_>, at: usize) -> Verdict {
        (0..N).try_for_each(|number| T::Leaf::verify(verifier, item_at::<T>(at, number)))
    }

    #[inline]
    fn view(bytes: &[u8], at: usize) -> [T; N] {
        array::from_fn(|number| T::Leaf::read(bytes, item_at::<T>(at, number)))
    }

    fn own(view: [T; N]) -> Verdict<[T; N]> {
        Ok(view)
    }

    fn show(view: &[T; N], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(view.iter().map(Printed)).finish()
    }

    fn missing(_: Table<'_>, _: Default) -> [T; N] {
        Self::view(&[], 0)
    }
}

impl<T: FlatLeaf<Leaf: Item<T>>, const N: usize> Fixed<[T; N]> for Array {
    #[inline]
    fn write(value: &[T; N], place: &mut [u8]) {
        for (place, item) in place.chunks_exact_mut(T::Leaf::SIZE).zip(value) {
            T::Leaf::write(item, place);
        }
    }

    #[inline]
    fn read(bytes: &[u8], at: usize) -> [T; N] {
        <Self as Leaf<[T; N]>>::view(bytes, at)
    }

    fn print(value: &[T; N], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        <Self as Leaf<[T; N]>>::show(value, f)
    }
}

#[inline]
fn item_at<T: FlatLeaf>(at: usize, number: usize) -> usize {
    at.wrapping_add(number.wrapping_mul(T::Leaf::SIZE))
}
