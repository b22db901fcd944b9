//! The same of FlatBuffers: one family of types under names, lints and paths of every kind.

/// A record with types of every kind, by full paths; `crate = ..` for each.
macro_rules! family {
    ($($krate:literal)?) => {
        /// The record.
        #[derive(::storage::StoredRecord)]
        #[store(codec = "flatbuffers", table = "all" $(, crate = $krate)?)]
        #[store(index(name = "by_both", fields(name, id)))]
        pub struct All {
            #[store(key)]
            id: ::core::primitive::u64,
            #[store(index)]
            name: ::std::string::String,
            level: ::std::option::Option<::core::primitive::u32>,
            #[store(default = 7)]
            mana: ::core::primitive::i16,
            tags: ::std::vec::Vec<::std::string::String>,
            nr: Nr,
            point: Point,
            shade: Shade,
            choice: Choice,
            answer: ::std::result::Result<Shade, Pair>,
            page: Page<::core::primitive::u64, 2>,
            either: Either<Shade, ::std::string::String>,
            map: ::std::collections::BTreeMap<::core::primitive::u8, Shade>,
            pair: (::core::primitive::u8, ::std::option::Option<::std::string::String>),
            #[store(text)]
            ip: ::std::vec::Vec<::std::net::Ipv4Addr>,
            #[store(skip)]
            skipped: ::core::primitive::u8,
        }

        /// A newtype.
        #[derive(::storage::StoredType)]
        #[store(codec = "flatbuffers" $(, crate = $krate)?)]
        struct Nr(::core::primitive::i32);

        /// A fixed struct.
        #[derive(::storage::StoredType)]
        #[store(codec = "flatbuffers", fixed $(, crate = $krate)?)]
        struct Point {
            x: ::core::primitive::f32,
            shade: Shade,
        }

        /// A table without names.
        #[derive(::storage::StoredType)]
        #[store(codec = "flatbuffers" $(, crate = $krate)?)]
        struct Pair(::core::primitive::u8, ::std::string::String);

        /// A number.
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::storage::StoredType)]
        #[store(codec = "flatbuffers" $(, crate = $krate)?)]
        enum Shade {
            /// Light.
            Light,
            /// Dark.
            Dark,
        }

        /// A union, whose variants are called as those of `Option` and `Result` are.
        #[derive(::storage::StoredType)]
        #[store(codec = "flatbuffers" $(, crate = $krate)?)]
        enum Choice {
            /// Nothing.
            None,
            /// Something.
            Some(::std::string::String),
            /// Two things.
            Ok(::core::primitive::u8, ::core::primitive::u16),
            /// Named things, and itself.
            Err {
                /// As ours.
                table: ::core::primitive::u8,
                /// As ours.
                ready: ::std::option::Option<::std::boxed::Box<Choice>>,
            },
        }

        /// Of parameters.
        #[derive(::storage::StoredType)]
        #[store(codec = "flatbuffers" $(, crate = $krate)?)]
        struct Page<T, const N: ::core::primitive::usize> {
            items: [T; N],
            rest: ::std::vec::Vec<::std::option::Option<T>>,
            inner: ::std::option::Option<::std::boxed::Box<Self>>,
        }

        /// Of parameters, called as ours.
        #[derive(::storage::StoredType)]
        #[store(codec = "flatbuffers" $(, crate = $krate)?)]
        enum Either<R, K> {
            /// One.
            Left(R),
            /// The other.
            Right { /** It. */ of: K, /** None. */ key: R },
        }

        #[::core::prelude::v1::test]
        fn works() {
            let text = || <::std::string::String as ::core::convert::From<&::core::primitive::str>>::from("Ada");
            let list = || ::std::iter::Iterator::collect(::std::iter::once(text()));
            let boxed = |choice| ::std::option::Option::Some(::std::boxed::Box::new(choice));
            let all = |id, choice, either| All {
                id,
                name: text(),
                level: ::std::option::Option::Some(3),
                mana: 7,
                tags: list(),
                nr: Nr(1),
                point: Point { x: 1.0, shade: Shade::Dark },
                shade: Shade::Light,
                choice,
                answer: ::std::result::Result::Err(Pair(1, text())),
                page: Page { items: [1, 2], rest: ::std::vec::Vec::new(), inner: ::std::option::Option::None },
                either,
                map: ::std::iter::Iterator::collect(::std::iter::once((1, Shade::Dark))),
                pair: (1, ::std::option::Option::None),
                ip: ::std::iter::Iterator::collect(::std::iter::once(::std::net::Ipv4Addr::LOCALHOST)),
                skipped: 0,
            };
            let right = || Either::Right { of: text(), key: Shade::Dark };
            let _: ::core::primitive::u64 = crate::keep(&all(1, Choice::None, Either::Left(Shade::Dark)));
            ::std::assert_eq!(all(1, Choice::None, right()).skipped, 0);
            let _: ::core::primitive::u64 = crate::keep(&all(2, Choice::Some(text()), right()));
            let _: ::core::primitive::u64 = crate::keep(&all(3, Choice::Ok(1, 2), right()));
            let ready = boxed(Choice::None);
            let _: ::core::primitive::u64 = crate::keep(&all(4, Choice::Err { table: 1, ready }, right()));
        }
    };
}

mod no_prelude {
    #![no_implicit_prelude]

    family! {}
}

mod renamed_crate {
    mod inner {
        pub(super) mod vault {
            pub use storage::__private;
        }
    }

    family! { "self::inner::vault" }
}

mod names_of_types {
    macro_rules! types {
        ($($name:ident)*) => {
            $(pub struct $name;)*
        };
    }
    types! {
        Result Option Vec String Box Table Verifier Writer Offset Slots Verdict Fields Part Field Storage FieldSchema
        Inline Union Struct Enum TableLeaf PhantomData Self_ AllView AllFields ChoiceView ChoiceErrView PageView
        __Parts
    }

    family! {}
}

mod names_of_crates {
    mod core {}
    mod std {}
    mod storage {}
    mod alloc {}
    mod flat {}
    mod __private {}

    family! {}
}

mod names_of_primitives {
    #![allow(non_camel_case_types, reason = "that is the case")]

    macro_rules! types {
        ($($name:ident)*) => {
            $(pub struct $name;)*
        };
    }
    types! { u8 u16 u32 u64 i16 i32 i128 f32 usize bool str char }

    family! {}
}

mod names_of_traits {
    macro_rules! traits {
        ($($name:ident)*) => {
            $(pub trait $name {})*
        };
    }
    traits! {
        Default Clone Copy Debug Iterator From Into TryFrom Sized Send Sync Fn FnOnce Drop StoredType StoredRecord
        FlatType FlatLeaf FlatTable FlatUnion FlatEnum FlatStruct FlatNewtype FlatField TableField Kind Leaf FieldIds
    }

    family! {}
}

mod names_of_functions {
    macro_rules! functions {
        ($($name:ident)*) => {
            $(fn $name() {})*
        };
    }
    functions! {
        assign id_of id_at slot slot_count widths write_table check_table variant_table entry is_plain default_bits
        show_fixed removed table_shape union_shape newtype_shape unit_enum_shape drop field
    }
    const IDS: () = ();
    const SLOTS: () = ();
    const __IDS: () = ();
    const __FIELDS: () = ();
    static VARIANTS: () = ();

    family! {}
}

mod names_of_macros {
    #[allow(unused_macros, reason = "they are there to be taken for others")]
    mod macros {
        macro_rules! taken {
            () => {
                compile_error!("taken")
            };
        }
        #[allow(unused_imports, reason = "as above")]
        pub(super) use {
            taken as assert, taken as concat, taken as format, taken as matches, taken as panic,
            taken as stringify, taken as unreachable, taken as vec, taken as write,
        };
    }
    #[allow(unused_imports, reason = "as above")]
    use macros::{assert, concat, format, matches, panic, stringify, unreachable, vec, write};

    family! {}
}

mod denied_lints {
    #![deny(
        warnings,
        missing_docs,
        let_underscore,
        nonstandard_style,
        rust_2018_idioms,
        unused,
        absolute_paths_not_starting_with_crate,
        elided_lifetimes_in_paths,
        explicit_outlives_requirements,
        private_bounds,
        private_interfaces,
        redundant_lifetimes,
        single_use_lifetimes,
        trivial_casts,
        trivial_numeric_casts,
        unsafe_code,
        unused_lifetimes,
        unused_results,
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unwrap_used
    )]

    family! {}
}
