//! Tables that flatc generated, adapted by [`flatbuffers_type!`](crate::flatbuffers_type).

use crate::error::{DecodeError, EncodeError};
use std::convert::Infallible;

/// A type that the FlatBuffers codec can keep: a derived one, or a table that flatc generated.
///
/// Implemented by the derives, and by [`flatbuffers_type!`](crate::flatbuffers_type).
///
/// # Safety
///
/// - `view` returns `Ok` only for bytes in which every access of the view is defined, at any address.
/// - `view_unchecked` is sound for bytes for which `view` returned `Ok`, at any address.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known to the store as a FlatBuffers table",
    label = "not a FlatBuffers table",
    note = "on a struct of your own: `#[derive(storage::StoredType)] #[store(codec = \"flatbuffers\")]`",
    note = "for a type that flatc generated: `storage::flatbuffers_type!(unsafe ..)` in the crate that has it"
)]
#[expect(unsafe_code, reason = "the adapter vouches for the format")]
pub unsafe trait FlatbuffersType: 'static {
    /// The table for a lifetime of one's own.
    type View<'a>: Copy;
    /// The owned form: the struct itself, or `MonsterT`; [`NoOwned`] without `--gen-object-api`.
    type Owned: 'static;

    /// The table's name in its schema.
    fn type_name() -> String;
    /// The four bytes that the schema asks for at the start of a buffer.
    const FILE_IDENTIFIER: Option<&'static str>;

    /// Verifies `bytes` and returns the table at their root.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] with what the verifier says.
    fn view(bytes: &[u8]) -> Result<Self::View<'_>, DecodeError>;
    /// The table at the root of bytes that were verified.
    ///
    /// # Safety
    ///
    /// [`view`](Self::view) returned `Ok` for these bytes, wherever they lay.
    unsafe fn view_unchecked(bytes: &[u8]) -> Self::View<'_>;
    /// Replaces the content of `out` with the bytes of `value`.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] when the value cannot be written.
    fn encode(value: &Self::Owned, out: &mut Vec<u8>) -> Result<(), EncodeError>;
    /// The object form of a table.
    ///
    /// # Errors
    ///
    /// [`DecodeError::NoOwned`] when there is no such type.
    fn decode(view: Self::View<'_>) -> Result<Self::Owned, DecodeError>;
}

/// A table that flatc generated, written with flatc's own functions.
///
/// Implemented by [`flatbuffers_type!`](crate::flatbuffers_type).
pub trait FlatbuffersBuild: FlatbuffersType {
    /// The builder of the caller's `flatbuffers`.
    type Builder;
    /// The offset of a finished table in it.
    type Offset;

    /// Replaces the content of `out` with the table that `build` makes.
    fn build(out: &mut Vec<u8>, build: impl FnOnce(&mut Self::Builder) -> Self::Offset);
}

/// The owned form of a type that has none: it cannot be made.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "it has no values")]
pub enum NoOwned {}

impl From<NoOwned> for Infallible {
    fn from(value: NoOwned) -> Self {
        match value {}
    }
}

/// Makes a table type that flatc generated known to the store.
///
/// Call it in the crate that has the generated code. That crate depends on `flatbuffers` of the release that the
/// code was generated for.
///
/// ```text
/// // SAFETY: no field in the schema has `nested_flatbuffer`.
/// storage::flatbuffers_type!(unsafe generated::Monster);                              // views and builders
/// storage::flatbuffers_type!(unsafe generated::Monster, owned = generated::MonsterT); // with flatc --gen-object-api
/// storage::flatbuffers_type!(unsafe generated::Monster, owned = generated::MonsterT, file_identifier = "MONS");
/// ```
///
/// # Safety
///
/// flatc's verifier takes a field with `nested_flatbuffer` for a list of bytes, and the accessor that flatc generates
/// for it, `<field>_nested_flatbuffer()`, follows these bytes unchecked, in safe code. No macro can see which accessors
/// a type has. So `unsafe` is the caller's promise:
///
/// - without `nested`, that neither the table nor any other that it leads to, through fields, lists and unions, has a
///   field with `nested_flatbuffer`;
/// - with `nested = f`, that `f` pushes the bytes of every such field, with the type that the schema names, and calls
///   no `*_nested_flatbuffer()` itself: when it runs, they are not verified yet. What `f` pushes is verified as a table
///   of its own, and so is what is nested in that.
///
/// ```text
/// fn push_nested<'a>(packet: Packet<'a>, nested: &mut storage::codec::NestedBuffers<'a>) {
///     if let Some(bytes) = packet.payload() {
///         nested.push::<Payload<'static>>("payload", bytes.bytes());
///     }
///     packet.parts().into_iter().flatten().for_each(|part| push_nested(part, nested));
/// }
///
/// // SAFETY: no field of a payload has `nested_flatbuffer`; of a packet `payload` has it, which `push_nested` pushes,
/// // of the packets in it, too.
/// storage::flatbuffers_type!(unsafe Payload);
/// storage::flatbuffers_type!(unsafe Packet, nested = push_nested);
/// ```
///
/// A value may have 16 times its length in nested buffers; one that several tables share counts for each of them.
#[macro_export]
macro_rules! flatbuffers_type {
    (
        unsafe $($view:ident)::+
        $(, file_identifier = $identifier:expr)? $(, nested = $nested:expr)? $(,)?
    ) => {
        $crate::__flatbuffers_type! {
            [$($view)::+]
            [$crate::codec::NoOwned]
            [|value: &$crate::codec::NoOwned, _: &mut _| match *value {}]
            [|_| ::core::result::Result::Err($crate::error::DecodeError::NoOwned {
                type_name: ::core::stringify!($($view)::+),
            })]
            [$($identifier)?]
            [$($nested)?]
        }
    };
    (
        unsafe $($view:ident)::+, owned = $owned:ty
        $(, file_identifier = $identifier:expr)? $(, nested = $nested:expr)? $(,)?
    ) => {
        $crate::__flatbuffers_type! {
            [$($view)::+]
            [$owned]
            [|value: &$owned, builder: &mut _| value.pack(builder)]
            [|view: $($view)::+<'_>| ::core::result::Result::Ok(view.unpack())]
            [$($identifier)?]
            [$($nested)?]
        }
    };
    ($($other:tt)*) => {
        ::core::compile_error! {
            "`unsafe` and a table of flatc are expected, as in `flatbuffers_type!(unsafe Monster, owned = MonsterT)`: \
             `unsafe` promises that no field of the table, or of what it leads to, has `nested_flatbuffer`, or that \
             `nested = f` pushes what they hold"
        }
    };
}

/// The body of [`flatbuffers_type!`].
#[doc(hidden)]
#[macro_export]
macro_rules! __flatbuffers_type {
    (
        [$($view:ident)::+] [$owned:ty] [$encode:expr] [$decode:expr]
        [$($identifier:expr)?] [$($nested:expr)?]
    ) => {
        // SAFETY: `view` is `FlatcTable::verify` for the value and for every buffer nested in it, so that no access is
        // left that was not verified; they copy scalars out byte by byte, at any address.
        unsafe impl $crate::codec::FlatbuffersType for $($view)::+<'static> {
            type View<'a> = $($view)::+<'a>;
            type Owned = $owned;

            const FILE_IDENTIFIER: ::core::option::Option<&'static str> =
                $crate::__first!([$(::core::option::Option::Some($identifier))?] [::core::option::Option::None]);

            fn type_name() -> ::std::string::String {
                let path = ::core::stringify!($($view)::+);
                ::std::string::String::from(path.rsplit("::").next().unwrap_or(path).trim())
            }

            fn view(bytes: &[u8]) -> ::core::result::Result<Self::View<'_>, $crate::error::DecodeError> {
                $crate::codec::NestedBuffers::verified::<Self>(bytes)
            }

            unsafe fn view_unchecked(bytes: &[u8]) -> Self::View<'_> {
                // SAFETY: the caller promises that `view` returned `Ok` for these bytes.
                unsafe { ::flatbuffers::root_unchecked::<Self::View<'_>>(bytes) }
            }

            fn encode(
                value: &Self::Owned,
                out: &mut ::std::vec::Vec<u8>,
            ) -> ::core::result::Result<(), $crate::error::EncodeError> {
                <Self as $crate::codec::FlatbuffersBuild>::build(out, |builder| ($encode)(value, builder));
                ::core::result::Result::Ok(())
            }

            fn decode(view: Self::View<'_>) -> ::core::result::Result<Self::Owned, $crate::error::DecodeError> {
                ($decode)(view)
            }
        }

        // SAFETY: flatbuffers' own verifier promises that what it accepted is defined to read, but for the bytes of
        // nested buffers. The macro's caller promises that there are none, or that `nested` pushes them all.
        unsafe impl $crate::codec::FlatcTable for $($view)::+<'static> {
            fn verify<'a>(
                bytes: &'a [u8],
                nested: &mut $crate::codec::NestedBuffers<'a>,
            ) -> ::core::result::Result<Self::View<'a>, $crate::error::DecodeError> {
                // The default limits allow far more work than the bytes are worth: these are linear in them.
                let options = ::flatbuffers::VerifierOptions {
                    max_depth: 64,
                    max_tables: bytes.len() / 4 + 1,
                    max_apparent_size: bytes.len().saturating_mul(64).saturating_add(4096),
                    ..::core::default::Default::default()
                };
                let root = ::flatbuffers::root_with_opts::<Self::View<'a>>(&options, bytes);
                let view = root.map_err(|error| $crate::error::DecodeError::Structure {
                    detail: ::std::string::ToString::to_string(&error),
                })?;
                let push: fn(Self::View<'a>, &mut $crate::codec::NestedBuffers<'a>) =
                    $crate::__first!([$($nested)?] [|_, _| ()]);
                push(view, nested);
                ::core::result::Result::Ok(view)
            }
        }

        impl $crate::codec::FlatbuffersBuild for $($view)::+<'static> {
            type Builder = ::flatbuffers::FlatBufferBuilder<'static>;
            type Offset = ::flatbuffers::WIPOffset<$($view)::+<'static>>;

            fn build(
                out: &mut ::std::vec::Vec<u8>,
                build: impl ::core::ops::FnOnce(&mut Self::Builder) -> Self::Offset,
            ) {
                let mut builder = ::flatbuffers::FlatBufferBuilder::new();
                let root = build(&mut builder);
                builder.finish(root, <Self as $crate::codec::FlatbuffersType>::FILE_IDENTIFIER);
                out.clear();
                out.extend_from_slice(builder.finished_data());
            }
        }
    };
}

/// The first of the given expressions that is there.
#[doc(hidden)]
#[macro_export]
macro_rules! __first {
    ([$first:expr] [$second:expr]) => {
        $first
    };
    ([] [$second:expr]) => {
        $second
    };
}
