//! What has changed between the layout of a file and that of the code, and what to write where that is not enough.

use super::{Difference, schema::KEPT_BY_MIGRATION};
use std::fmt;

/// How many differences a message lists; a file that has more is damaged, or of something else.
const LISTED_MAX: usize = 20;

/// Why rows of an old layout are not read as the code declares them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unresolved {
    pub(crate) differences: Vec<Unsettled>,
    /// The older types whose rows they are not either, the latest first.
    pub(crate) older: Vec<(&'static str, Unresolved)>,
    /// What to write where the rows mean something else.
    pub(crate) offer: Option<Box<Offer>>,
}

/// An older type to make records of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// What it is to be called.
    pub(crate) name: String,
    /// The type that is made of it.
    pub(crate) into: &'static str,
    /// Whether the records are to be written under other keys, and not to be read as others.
    pub(crate) is_rekeyed: bool,
    /// The type that this was made of before, which is to be made of the other instead.
    pub(crate) in_place_of: Option<&'static str>,
    /// Its struct, and the conversion.
    pub(crate) code: String,
}

impl fmt::Display for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, into, is_rekeyed, in_place_of, code } = self;
        if *is_rekeyed {
            return write!(
                f,
                "rekeyed?  storage.rekey(|old: {name}| Ok({into}::from(old))).run()? before the table is opened; \
                 `{name}` is the struct that the file has:\n\n{code}"
            );
        }
        write!(f, "converted? #[store(from = {name})] on `{into}`")?;
        if let Some(older) = in_place_of {
            write!(f, " in place of `{older}`")?;
        }
        write!(f, ", which is made of the struct that the file has:\n\n{code}")
    }
}

impl Unresolved {
    pub(crate) const fn of(differences: Vec<Unsettled>) -> Self {
        Self { differences, older: Vec::new(), offer: None }
    }

    /// Where rows may mean something else than before, or lie under other keys: the code of a struct for
    /// `#[store(from = ..)]` or [`Storage::rekey`](crate::Storage::rekey), and of the conversion.
    #[must_use]
    pub fn conversion(&self) -> Option<&str> {
        self.offer.as_ref().map(|offer| &*offer.code)
    }

    /// Leaves what is to be said where the key differs, if it does: who rekeys converts all the rest, too. That the
    /// record has another name stays, as it may be another record in a table that is taken.
    pub(crate) fn of_key(&mut self) -> bool {
        let is_of_key = self.differences.iter().any(Unsettled::is_of_key);
        if is_of_key {
            self.differences.retain(|unsettled| unsettled.is_of_key() || unsettled.is_of_name());
        }
        is_of_key
    }

    /// Whether no attribute may settle all of it, and a conversion may.
    pub(crate) fn is_of_meaning(&self) -> bool {
        let has = |is_it: fn(&Advice) -> bool| {
            let of = |difference: &Unsettled| difference.advice.iter().any(is_it);
            self.differences.iter().any(of)
        };
        // What has come and what is gone, neither of them by another name.
        let is_renamed = |advice: &Advice| matches!(advice, Advice::Renamed { .. });
        let is_replaced = has(|advice| matches!(advice, Advice::New { .. }))
            && has(|advice| matches!(advice, Advice::Removed { .. }))
            && !has(is_renamed);
        !has(|advice| matches!(advice, Advice::Key | Advice::Layout(_)))
            && (is_replaced || has(Advice::is_of_meaning))
    }

    /// The differences that the attributes of the code do not settle.
    pub fn differences(&self) -> impl Iterator<Item = &Unsettled> {
        self.differences.iter()
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, difference) in self.differences.iter().take(LISTED_MAX).enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            difference.fmt(f)?;
        }
        if let Some(more @ 1..) = self.differences.len().checked_sub(LISTED_MAX) {
            write!(f, "\nand {more} more differences")?;
        }
        for (name, unresolved) in &self.older {
            write!(f, "\nnor are they rows of `{name}`:\n{unresolved}")?;
        }
        self.offer.as_ref().map_or(Ok(()), |offer| write!(f, "\n{offer}"))
    }
}

impl std::error::Error for Unresolved {}

/// One difference, and the attributes that may settle it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsettled {
    pub(crate) difference: Difference,
    pub(crate) advice: Vec<Advice>,
}

impl Unsettled {
    /// What differs.
    #[must_use]
    pub const fn difference(&self) -> &Difference {
        &self.difference
    }

    /// Whether it is the key that differs.
    pub(crate) fn is_of_key(&self) -> bool {
        self.advice.contains(&Advice::Key)
    }

    /// Whether it is the record's name that differs.
    fn is_of_name(&self) -> bool {
        self.advice.iter().any(|advice| matches!(advice, Advice::RecordRenamed { .. }))
    }

    /// What to write, a line each.
    pub fn advice(&self) -> impl Iterator<Item = String> {
        self.advice.iter().map(ToString::to_string)
    }
}

impl fmt::Display for Unsettled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.difference.fmt(f)?;
        self.advice.iter().try_for_each(|advice| write!(f, "\n  {advice}"))
    }
}

/// What to write.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "rkyv"), expect(dead_code, reason = "FlatBuffers has advice of its own"))]
pub(crate) enum Advice {
    /// A field or variant may have had another name.
    Renamed { was: String, name: String },
    /// A field may be new.
    New { name: String, rust: String },
    /// A field may be gone; the record may have had it, or a type in it.
    Removed { name: String, is_of_record: bool },
    /// A field is no longer optional.
    NoLongerOptional { name: String },
    /// A field was removed, and one of its name is here again.
    CameBack { name: String, had: u16, lacks: u16 },
    /// A variant is gone, and rows may have it.
    VariantGone,
    /// Its type is another one.
    Converted,
    /// The keys of a map or a set have changed.
    MapKey,
    /// An opaque type, whose bytes cannot be moved.
    Opaque,
    /// The record type may have had another name.
    RecordRenamed { was: String, name: String },
    /// The key has changed.
    Key,
    /// The codec has changed.
    Codec,
    /// The layout of a text is not known.
    Layout(Box<super::LayoutError>),
    /// A default does not have the type of its field.
    Default { name: String },
    /// FlatBuffers asks for it.
    #[cfg(feature = "flatbuffers")]
    Flat(super::FlatAdvice),
}

impl Advice {
    /// Whether it is given where the same attribute cannot be right: types that no rule makes of one another.
    const fn is_of_meaning(&self) -> bool {
        match self {
            Self::VariantGone | Self::Converted | Self::MapKey | Self::Opaque | Self::Codec => true,
            #[cfg(feature = "flatbuffers")]
            Self::Flat(advice) => advice.is_of_meaning(),
            _ => false,
        }
    }
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Renamed { was, name } => {
                write!(f, "renamed?  #[store(was = {was:?})] on `{name}`")
            }
            Self::New { name, rust } => write!(
                f,
                "new?      #[store(default = ...)] on `{name}`, or make it an `Option<{rust}>`"
            ),
            Self::Removed { name, is_of_record } => write!(
                f,
                "removed?  #[store(removed({name:?}))] on the struct; its values are dropped{}",
                if *is_of_record { KEPT_BY_MIGRATION } else { "" }
            ),
            Self::NoLongerOptional { name } => {
                write!(f, "#[store(default = ...)] on `{name}` says what a missing value becomes")
            }
            Self::CameBack { name, had, lacks } => write!(
                f,
                "layout {had} in the file has it, layout {lacks} does not, and here it is again\n  \
                 another field?  give it another name, or migrate the table before it comes\n  \
                 the same?       #[store(revived)] on `{name}` takes the values of layout {had}"
            ),
            Self::VariantGone => f.write_str(
                "removed?  rows may hold it: say which variant they get by `was`, or keep it",
            ),
            Self::Converted => f.write_str(
                "no rule makes the one of the other: convert the records with `#[store(from = ..)]`, or keep the field \
                 and add one of another name",
            ),
            Self::MapKey => f.write_str(
                "the keys of a map or a set keep their type, as their order or their hashes depend on it: put what \
                 is new into a field of its own",
            ),
            Self::Opaque => f.write_str(
                "the bytes of an opaque type cannot be moved: names may change, and for all else convert the records \
                 with `#[store(from = ..)]`",
            ),
            Self::RecordRenamed { was, name } => write!(
                f,
                "renamed?  #[store(was = {was:?})] on `{name}`; another type? give it a table of its own"
            ),
            Self::Key => f.write_str(
                "the key decides where a row lies: write the rows under their new keys with `Storage::rekey`",
            ),
            Self::Codec => f.write_str(
                "the codec decides what every byte means: convert the records with `#[store(from = ..)]`",
            ),
            Self::Layout(error) => write!(f, "the bytes of the rows cannot be moved: {error}"),
            Self::Default { name } => {
                write!(f, "the default of `{name}` is not encoded as the type of the field is")
            }
            #[cfg(feature = "flatbuffers")]
            Self::Flat(advice) => advice.fmt(f),
        }
    }
}

/// One thing in which the layout of the code differs from that of the rows, and that is settled: what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub(crate) subject: String,
    pub(crate) change: Change,
}

/// What becomes of a field or a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "rkyv"),
    expect(
        dead_code,
        reason = "FlatBuffers adds and removes, and makes nothing of what is stored"
    )
)]
pub(crate) enum Change {
    Was(String),
    AddedNone,
    AddedDefault,
    /// Nothing is written in rows that do not have it.
    Added,
    Removed,
    /// The fields are in another order.
    Reordered,
    /// The record is made of one of this type.
    Converted(String),
    Becomes {
        stored: String,
        expected: String,
    },
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, change } = self;
        match change {
            Change::Was(name) => write!(f, "{subject}: was `{name}`"),
            Change::AddedNone => write!(f, "{subject}: added, `None` in old rows"),
            Change::AddedDefault => write!(f, "{subject}: added, its default in old rows"),
            Change::Added => write!(f, "{subject}: added"),
            Change::Removed => write!(f, "{subject}: removed, its values are dropped"),
            Change::Reordered => write!(f, "{subject}: in another order"),
            Change::Converted(older) => write!(f, "{subject}: converted from `{older}`"),
            Change::Becomes { stored, expected } => {
                write!(f, "{subject}: `{stored}` becomes `{expected}`")
            }
        }
    }
}

/// Names of fields, in a sentence.
pub(crate) struct Names<'n>(pub(crate) &'n [String]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.0.len().saturating_sub(1);
        self.0.iter().enumerate().try_for_each(|(place, name)| match place {
            0 => write!(f, "`{name}`"),
            _ if place == last => write!(f, " and `{name}`"),
            _ => write!(f, ", `{name}`"),
        })
    }
}
