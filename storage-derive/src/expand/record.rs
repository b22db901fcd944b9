//! `#[derive(StoredRecord)]`.
//!
//! ```text
//! const _: () = {
//!     use ::storage::__private as __storage;
//!
//!     #[automatically_derived]
//!     impl __storage::StoredType for User {
//!         fn shape(__shapes: &mut Shapes) -> Shape {
//!             rkyv_shape::<Self, _>(__shapes, "User", __proof) // FlatBuffers: flat::table_shape::<Self>(…)
//!         }
//!     }
//!
//!     /* types.rs: impl WholeField for User {} */
//!     /* fields.rs: impl HasField<0, u64> for User {} */
//!     /* equal.rs: impl EqFields<'_> for User { … } */
//!     /* fields.rs: pub struct UserFields … */
//!     /* index.rs: pub struct UserIndexes …, or impl IndexSet for User { type Indexes = (); } */
//!
//!     #[automatically_derived]
//!     impl __storage::StoredRecord for User {
//!         type Key = u64;
//!         type Codec = Rkyv;
//!         const SCHEMA: &'static RecordSchema = &record_schema::<Self>("User", "users", CodecId::Rkyv, &["id"]);
//!         // with rkyv, for fields that may be refused: const TRIALS
//!         // with `from = UserV1`: const OLDER: Option<OlderType<Self>> = Some(from_older::<UserV1, Self>());
//!
//!         fn encode_key(&self, __out: &mut KeyBuf) {
//!             encode_key::<Self>(&self.id, __out); // of several fields: encode_part::<u64>(&self.id, …); …
//!         }
//!     }
//! };
//!
//! /* what the derives implement for the codec: codec/ */
//! ```

use super::{equal, fields, index, key, past, types};
use crate::{
    ast::{Container, Field},
    codec, schema,
    tokens::{self, in_const, span_of},
};
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

pub(crate) fn stored_record(record: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let ident = record.ident();

    let import = schema::archived_import(&private, record, codec::is_archived(record));
    let shape = types::shape(record);
    let whole_field = types::whole_field(record);
    let has_fields = fields::has_fields(record);
    let eq_fields = equal::eq_fields(record);
    let field_set = fields::field_set(record, &|field| field.stored(&private));
    let index_set = index::index_set(record);
    let codec = codec::of_record(record);
    let trials = codec.trials.map(|trials| trials(&private, record));
    let codec = codec.ident();
    let record_schema = record_schema(record, &codec);
    let (codec_traits, markers) = (types::codec_traits(record), markers(record));
    let older = record.attrs.from.as_ref().map(|from| past::older(&private, from));
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

    // One block for all: each costs the compiler its time.
    let impls = in_const(
        &record.attrs,
        &quote! {
            #import

            #[automatically_derived]
            impl #private::StoredType for #ident {
                #[inline]
                fn shape(__shapes: &mut #private::Shapes) -> #private::Shape {
                    #shape
                }
            }

            #whole_field
            #has_fields
            #eq_fields
            #field_set
            #index_set

            #[automatically_derived]
            impl #private::StoredRecord for #ident {
                #type_key
                type Codec = #private::#codec;
                const SCHEMA: &'static #private::RecordSchema = &#record_schema;
                #older
                #trials

                #[inline]
                fn encode_key(&self, __out: &mut #private::KeyBuf) {
                    #encode
                }
            }

            #markers
        },
    );
    quote!(#impls #codec_traits)
}

/// What the record is besides: counted, or logged.
fn markers(record: &Container<'_>) -> TokenStream {
    let (auto_record, fed_record) = (auto_record(record), fed_record(record));
    quote!(#auto_record #fed_record)
}

/// `impl AutoRecord for User { fn set_key(&mut self, key: u64) { self.id = key } }`, for a key that is counted.
fn auto_record(record: &Container<'_>) -> Option<TokenStream> {
    let private = tokens::private();
    let ident = record.ident();
    let field = record.key().into_iter().find(|field| field.attrs.auto.is_some())?;
    let (member, ty) = (&field.member, field.ty);
    Some(quote_spanned! {span_of(ty)=>
        #[automatically_derived]
        impl #private::AutoRecord for #ident {
            #[inline]
            fn set_key(&mut self, __key: #ty) {
                self.#member = __key;
            }
        }
    })
}

/// `impl FedRecord for User {}`, for a record whose table has a feed.
fn fed_record(record: &Container<'_>) -> Option<TokenStream> {
    let (private, ident) = (tokens::private(), record.ident());
    record.attrs.feed.as_ref()?;
    Some(quote! {
        #[automatically_derived]
        impl #private::FedRecord for #ident {}
    })
}

/// `.with_feed(FeedSchema::new().with_keep(1000))`
fn feed(record: &Container<'_>) -> Option<TokenStream> {
    let (private, feed) = (tokens::private(), record.attrs.feed.as_ref()?);
    let keep = feed.keep.as_ref().map(|keep| quote!(.with_keep(#keep)));
    let days = feed.days.as_ref().map(|days| quote!(.with_days(#days)));
    Some(quote!(.with_feed(#private::FeedSchema::new() #keep #days)))
}

/// `record_schema::<Self>("User", "users", CodecId::Rkyv, &["id"])`
///
/// A type that is no `Key` was named before, by `type Key`. It is not named again, so that the compiler complains once.
fn record_schema(record: &Container<'_>, codec: &Ident) -> TokenStream {
    let private = tokens::private();
    let name = &record.name;
    let table = &record.attrs.table;
    let parts = record.key();
    let key_names = parts.iter().map(|field| &field.name);
    let codec = quote!(#private::CodecId::#codec);
    let was = &record.attrs.table_was;
    let was = (!was.is_empty()).then(|| quote!(.with_table_was(&[#(#was),*])));
    let is_auto = parts.iter().any(|field| field.attrs.auto.is_some());
    let auto = is_auto.then(|| quote!(.with_auto_key()));
    let feed = feed(record);
    quote!(#private::record_schema::<Self>(#name, #table, #codec, &[#(#key_names),*]) #was #auto #feed)
}
