//! What the derives do for the codec FlatBuffers.

mod check;
mod enumeration;
mod fields;
mod fixed;
mod leaf;
mod table;
mod union;

pub(crate) use self::check::check;
use crate::{
    ast::{Container, Data, Field},
    tokens::Prefix,
};
use proc_macro2::TokenStream;

/// What FlatBuffers needs, if the type says that it is a codec of its.
pub(crate) fn impls(ty: &Container<'_>) -> TokenStream {
    if !ty.is_flat() {
        return TokenStream::new();
    }
    match &ty.data {
        Data::Struct(..) if ty.attrs.fixed.is_some() => fixed::flat_struct(ty),
        Data::Struct(..) => table::flat_table(ty),
        Data::Enum(..) if ty.is_unit_enum() => enumeration::flat_enum(ty),
        Data::Enum(..) => union::flat_union(ty),
        Data::Union(_) => TokenStream::new(),
    }
}

/// Where FlatBuffers finds a field.
pub(crate) fn place(private: &Prefix, container: &Container<'_>, field: &Field<'_>) -> TokenStream {
    if container.attrs.fixed.is_some() {
        fixed::place(private, container.fields(), field)
    } else {
        table::place(private, container, field)
    }
}
