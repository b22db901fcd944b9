//! Enums whose variants are words of the schema's language.

/// Defines an enum of words, each with the name that the text of a schema has for it.
macro_rules! words {
    ($(#[$attribute:meta])* $ty:ident { $($(#[$doc:meta])* $word:ident => $name:expr;)* }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $ty {
            $($(#[$doc])* $word,)*
        }

        impl $ty {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$word,)*];

            /// The one whose name is `word`.
            pub(super) fn called(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|named| named.name() == word)
            }

            /// Its name in a schema.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$word => $name,)*
                }
            }
        }

        impl ::std::fmt::Display for $ty {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}
pub(super) use words;
