//! A value in a table of its own: where FlatBuffers has no place for it, as for a list in a list.

use super::{
    bytes::{OFFSET_LEN, Table, narrow},
    ids::Slots,
    kind::{Default, Extent, Kind, Leaf, kind_of_leaf, missing, put_leaf},
    leaf::store_offset,
    verify::{Verdict, Verifier},
    writer::{Offset, Writer},
};
use std::{fmt, marker::PhantomData};

/// The leaf, and the kind, of a value of the kind `K` that is the only field of a table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Wrapper<K>(PhantomData<K>);

impl<T: 'static, K: Kind<T>> Leaf<T> for Wrapper<K> {
    const SIZE: usize = OFFSET_LEN;
    const ALIGN: usize = OFFSET_LEN;
    const RANK: usize = OFFSET_LEN;
    const PLAIN: bool = false;
    const EXTENT: Extent = Extent::Deep;
    const REQUIRED: bool = true;
    type Ready = Offset;
    type View<'a> = K::View<'a>;

    fn prepare(value: &T, out: &mut Writer) -> Offset {
        out.table(
            |out| K::prepare(value, out),
            |out, ready| {
                if !K::is_default(value, None) {
                    K::put::<8>(value, ready, out, 0);
                    K::put::<4>(value, ready, out, 0);
                    K::put::<2>(value, ready, out, 0);
                    K::put::<1>(value, ready, out, 0);
                }
            },
        )
    }

    #[inline]
    fn store(_: &T, ready: Offset, place: &mut [u8], used: usize) {
        store_offset(ready, place, used);
    }

    fn verify(verifier: &mut Verifier<'_>, at: usize) -> Verdict {
        let target = verifier.target(at)?;
        verifier.table(target, Slots::NONE, |verifier, table| {
            verifier.slots(table, 0, K::WIDTHS)?;
            K::verify(verifier, table, 0, K::REQUIRED)
        })
    }

    fn view(bytes: &[u8], at: usize) -> K::View<'_> {
        let table = Table::behind(bytes, at).unwrap_or(Table::EMPTY);
        K::view(table, 0).unwrap_or_else(|| K::missing(table, None))
    }

    fn own(view: K::View<'_>) -> Verdict<T> {
        K::own(view)
    }

    fn show(view: &K::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        K::show(view, f)
    }

    fn missing(table: Table<'_>, _: Default) -> K::View<'_> {
        K::missing(table, None)
    }
}

kind_of_leaf! { [T: 'static, K: Kind<T>] T: Wrapper<K>, Self, Self }
