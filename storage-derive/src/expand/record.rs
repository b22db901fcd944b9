//! `#[derive(StoredRecord)]`.
//!
//! ```text
//! const _: () = {
//!     #[automatically_derived]
//!     impl ::storage::__private::StoredType for User {
//!         fn shape(__shapes: &mut Shapes) -> Shape {
//!             struct_shape::<Self>(__shapes, "User", <Self as FieldList>::LIST)
//!         }
//!     }
//!
//!     /* types.rs: impl WholeField for User {} */
//!     /* fields.rs: impl HasField<0, u64> for User {} */
//!     /* without indexes: impl IndexSet for User { type Indexes = (); } */
//!
//!     #[automatically_derived]
//!     impl ::storage::__private::StoredRecord for User {
//!         type Key = u64;
//!         type Codec = Rkyv;
//!         const SCHEMA: &'static RecordSchema = &/* schema.rs */;
//!
//!         fn encode_key(&self, __out: &mut KeyBuf) {
//!             encode_key::<Self>(&self.id, __out); // of several fields: encode_part::<u64>(&self.id, …); …
//!         }
//!     }
//! };
//!
//! /* fields.rs: const _: () = { pub struct UserFields … }; */
//! /* index.rs: const _: () = { pub struct UserIndexes … }; */
//! /* with `codec = "flatbuffers"`: codec/flatbuffers/ */
//! ```

use super::{fields, index, key, schema, types};
use crate::{
    ast::{Container, Field},
    codec::flatbuffers,
    tokens::{self, in_const, span_of},
};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

pub(crate) fn stored_record(record: &Container<'_>) -> TokenStream {
    let private = tokens::private(&record.attrs);
    let ident = record.ident();

    let shape = types::shape(record);
    let whole_field = types::whole_field(record);
    let has_fields = fields::has_fields(record);
    let field_set = fields::field_set(record);
    let schema = schema::record_schema(record);
    let index_set = index::index_set(record);
    // What names nothing of ours needs no block of its own, and each costs the compiler its time.
    let no_index_set = record.indexes().is_empty().then(|| index::no_index_set(record));
    let codec = if record.is_flat() { quote!(Flatbuffers) } else { quote!(Rkyv) };
    let flat = flatbuffers::impls(record);
    let parts = record.key();
    let key_type = key::key_type(&parts);
    let (type_key, encode) = match parts.as_slice() {
        [Field { ty, member, .. }] => (
            // A type that is more private than the struct is reported where the field names it.
            quote_spanned!(span_of(ty)=> type Key = #key_type;),
            quote!(#private::encode_key::<Self>(&self.#member, __out);),
        ),
        _ => (
            quote!(type Key = #key_type;),
            key::encode_parts(&private, &parts, &quote!(#private::Place::Last)),
        ),
    };

    let impls = in_const(&quote! {
        #[automatically_derived]
        impl #private::StoredType for #ident {
            #[inline]
            fn shape(__shapes: &mut #private::Shapes) -> #private::Shape {
                #shape
            }
        }

        #whole_field
        #has_fields
        #no_index_set

        #[automatically_derived]
        impl #private::StoredRecord for #ident {
            #type_key
            type Codec = #private::#codec;
            const SCHEMA: &'static #private::RecordSchema = &#schema;

            #[inline]
            fn encode_key(&self, __out: &mut #private::KeyBuf) {
                #encode
            }
        }
    });
    quote!(#impls #field_set #index_set #flat)
}
