//! Where rkyv 0.8 puts what: sizes, alignments and offsets, computed from the model of a schema.
//!
//! A struct or tuple is archived as `repr(C)`, a variant as `repr(C)` of a byte and its fields, an enum as the
//! largest of its variants, an option as an enum of nothing and its value. A box is a relative pointer; text, lists,
//! maps and sets in order, and boxes of text and slices, are two of its size, maps and sets in no order three, those
//! in the order they came in four. A range is a tuple of its bounds. Numbers are aligned to their size, or not at
//! all. The format says how wide a pointer is, and whether anything is aligned.
//!
//! Whatever the description, the answer is a layout or an error: descriptions come from files, too.

use super::{ArchivedOf, ArchivedWith};
use crate::{
    error::LayoutError,
    schema::{
        ArchivedLayout, Definition, Description, FieldShape, Generic, RecordSchema, RowShape,
        Scalar, Shape, Standard, Types, VariantShape,
    },
};
use ::rkyv::{Archive, with::ArchiveWith};
use std::collections::HashMap;

/// How deeply types may lie inside one another; more would exhaust the stack.
const DEPTH_MAX: usize = 256;

const BYTE: ArchivedLayout = ArchivedLayout { size: 1, align: 1 };

impl<T: Archive> ArchivedOf<T> {
    /// The layout of what `T` is archived as.
    pub const LAYOUT: Option<ArchivedLayout> = Some(ArchivedLayout::of::<T::Archived>());
}

impl<W: ArchiveWith<T>, T> ArchivedWith<W, T> {
    /// The layout of what `T` is archived as with `W`.
    pub const LAYOUT: Option<ArchivedLayout> = Some(ArchivedLayout::of::<W::Archived>());
}

/// Where the fields of an archived record are, by rkyv's rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RkyvLayout {
    /// Its size and alignment.
    pub archived: ArchivedLayout,
    /// How many bytes from its start each field is, in declaration order.
    pub offsets: Vec<usize>,
}

impl RkyvLayout {
    /// Computes the layout of the records that `description` describes, and that of every type they are made of.
    ///
    /// # Errors
    ///
    /// [`LayoutError`] when it cannot be computed, or is not what the description says of an archived type.
    pub fn of(description: &Description) -> Result<Self, LayoutError> {
        let RowShape::Record { types, .. } = &description.rows else {
            return Err(LayoutError::Unknown { shape: "a value without a schema".to_owned() });
        };
        let Some((_, Definition::Struct(fields))) = types.root() else {
            return Err(LayoutError::Unknown { shape: "a record that is no struct".to_owned() });
        };
        let mut layouts = Layouts::new(types, Format::parse(&description.format)?);
        let (offsets, archived) = layouts
            .check(types)
            .and_then(|()| layouts.side_by_side(None, &mut shapes(fields)))
            .map_err(|error| *error)?;
        Ok(Self { archived, offsets })
    }

    /// Checks that the compiler has put each field where the rules do.
    pub(super) fn check(&self, schema: &RecordSchema) -> Result<(), LayoutError> {
        for (field, computed) in schema.fields().iter().zip(&self.offsets) {
            let compiled = field.place().offset();
            if compiled != *computed {
                return Err(LayoutError::Offset {
                    type_name: schema.name().to_owned(),
                    field: field.name().to_owned(),
                    computed: *computed,
                    compiled,
                });
            }
        }
        Ok(())
    }
}

/// What of a format decides where things are: `rkyv-0.8 little-endian pointer-32 aligned`.
#[derive(Clone, Copy, Debug)]
struct Format {
    pointer: usize,
    is_aligned: bool,
}

impl Format {
    fn parse(format: &str) -> Result<Self, LayoutError> {
        let unknown = || LayoutError::Format { format: format.to_owned() };
        let words: Vec<&str> = format.split(' ').collect();
        let &["rkyv-0.8", "little-endian" | "big-endian", pointer, aligned] = words.as_slice()
        else {
            return Err(unknown());
        };
        let pointer = match pointer {
            "pointer-16" => 2,
            "pointer-32" => 4,
            "pointer-64" => 8,
            _ => return Err(unknown()),
        };
        match aligned {
            "aligned" => Ok(Self { pointer, is_aligned: true }),
            "unaligned" => Ok(Self { pointer, is_aligned: false }),
            _ => Err(unknown()),
        }
    }

    const fn number(self, size: usize) -> ArchivedLayout {
        ArchivedLayout { size, align: if self.is_aligned { size } else { 1 } }
    }

    /// So many pointers or lengths.
    const fn pointers(self, count: usize) -> ArchivedLayout {
        let ArchivedLayout { size, align } = self.number(self.pointer);
        ArchivedLayout { size: size.saturating_mul(count), align }
    }
}

/// The error is in a box, because each level of a type has several of these on the stack.
type Computed<T> = Result<T, Box<LayoutError>>;

/// The layouts of types that were computed so far.
struct Layouts<'t> {
    format: Format,
    definitions: HashMap<&'t str, &'t Definition>,
    /// Nothing while it is computed.
    computed: HashMap<&'t str, Option<ArchivedLayout>>,
    depth: usize,
}

impl<'t> Layouts<'t> {
    fn new(types: &'t Types, format: Format) -> Self {
        Self { format, definitions: types.iter().collect(), computed: HashMap::new(), depth: 0 }
    }

    /// Computes the layout of each of `types`, and compares it with what the compiler has said of it.
    fn check(&mut self, types: &'t Types) -> Computed<()> {
        for (name, _) in types.iter() {
            self.named(name)?;
        }
        for (name, compiled) in types.archived() {
            let computed = self.named(name)?;
            if computed != compiled {
                return Err(LayoutError::Archived {
                    type_name: name.to_owned(),
                    computed: computed.to_string(),
                    compiled: compiled.to_string(),
                }
                .into());
            }
        }
        Ok(())
    }

    fn of(&mut self, shape: &Shape) -> Computed<ArchivedLayout> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > DEPTH_MAX {
            return Err(LayoutError::TooDeep { max: DEPTH_MAX }.into());
        }
        let layout = self.of_nested(shape)?;
        self.depth = self.depth.saturating_sub(1);
        Ok(layout)
    }

    fn of_nested(&mut self, shape: &Shape) -> Computed<ArchivedLayout> {
        Ok(match shape {
            Shape::Unit => ArchivedLayout { size: 0, align: 1 },
            Shape::Scalar(scalar) | Shape::NonZero(scalar) => self.format.number(width(*scalar)),
            // What has no length of its own is found by place and length.
            Shape::Boxed(inner) => match **inner {
                Shape::Standard(Standard::Str) | Shape::Generic(Generic::Slice, _) => {
                    self.format.pointers(2)
                }
                _ => self.format.pointers(1),
            },
            Shape::Text | Shape::List(_) | Shape::Map(..) => self.format.pointers(2),
            Shape::Option(inner) => in_order([BYTE, self.of(inner)?])?.1,
            Shape::Array(inner, len) => {
                let ArchivedLayout { size, align } = self.of(inner)?;
                let size = size.checked_mul(*len).ok_or(LayoutError::TooLarge)?;
                ArchivedLayout { size, align }
            }
            Shape::Tuple(parts) => self.side_by_side(None, &mut parts.iter())?.1,
            Shape::Named(name) => self.named(name)?,
            Shape::Opaque(_, Some(archived)) => *archived,
            Shape::Opaque(name, None) => {
                return Err(LayoutError::Opaque { name: name.clone() }.into());
            }
            Shape::Standard(standard) => self.standard(*standard)?,
            Shape::Generic(generic, parts) => self.generic(*generic, parts)?,
            Shape::Bytes | Shape::Reverse(_) | Shape::Choice(_) => {
                return Err(LayoutError::Unknown { shape: shape.to_string() }.into());
            }
        })
    }

    fn standard(&self, standard: Standard) -> Computed<ArchivedLayout> {
        let number = |size| self.format.number(size);
        let octets = |size| ArchivedLayout { size, align: 1 };
        let side_by_side = |parts: &[ArchivedLayout]| Ok(in_order(parts.iter().copied())?.1);
        match standard {
            Standard::Ipv4 => Ok(octets(4)),
            Standard::Ipv6 | Standard::Uuid => Ok(octets(16)),
            Standard::Ip => Ok(octets(17)),
            Standard::Socketv4 => side_by_side(&[octets(4), number(2)]),
            Standard::Socketv6 => side_by_side(&[octets(16), number(2), number(4), number(4)]),
            Standard::Socket => {
                let behind_tag = |version| side_by_side(&[BYTE, self.standard(version)?]);
                any_of([behind_tag(Standard::Socketv4)?, behind_tag(Standard::Socketv6)?])
            }
            Standard::Duration
            | Standard::SignedDuration
            | Standard::Timestamp
            | Standard::Datetime => side_by_side(&[number(8), number(4)]),
            Standard::OffsetTimestamp => side_by_side(&[number(8), number(4), number(4)]),
            Standard::Zoned => {
                side_by_side(&[self.standard(Standard::Timestamp)?, self.format.pointers(2)])
            }
            Standard::Date | Standard::Offset => Ok(number(4)),
            Standard::Time => side_by_side(&[number(4), number(4)]),
            Standard::Str => Err(LayoutError::Unknown { shape: standard.to_string() }.into()),
        }
    }

    fn generic(&mut self, generic: Generic, parts: &[Shape]) -> Computed<ArchivedLayout> {
        // What a map or a set holds lies elsewhere.
        match (generic, parts) {
            (Generic::Set, _) => Ok(self.format.pointers(2)),
            (Generic::HashSet | Generic::HashMap, _) => Ok(self.format.pointers(3)),
            (Generic::IndexSet | Generic::IndexMap, _) => Ok(self.format.pointers(4)),
            (Generic::Result, [value, error]) => {
                let [value, error] = [self.of(value)?, self.of(error)?];
                any_of([in_order([BYTE, value])?.1, in_order([BYTE, error])?.1])
            }
            (Generic::Range | Generic::RangeInclusive, [bound]) => {
                let bound = self.of(bound)?;
                Ok(in_order([bound, bound])?.1)
            }
            (Generic::RangeFrom | Generic::RangeTo | Generic::RangeToInclusive, [bound]) => {
                self.of(bound)
            }
            _ => Err(LayoutError::Unknown { shape: generic.to_string() }.into()),
        }
    }

    fn named(&mut self, name: &str) -> Computed<ArchivedLayout> {
        let Some((&name, &definition)) = self.definitions.get_key_value(name) else {
            return Err(LayoutError::Unknown { shape: name.to_owned() }.into());
        };
        match self.computed.get(name) {
            Some(Some(known)) => return Ok(*known),
            Some(None) => {
                return Err(LayoutError::Infinite { type_name: name.to_owned() }.into());
            }
            None => self.computed.insert(name, None),
        };
        let layout = match definition {
            Definition::Struct(fields) => self.side_by_side(None, &mut shapes(fields))?.1,
            Definition::Enum { repr: None, variants } => {
                let mut layouts = Vec::new();
                for VariantShape { fields, .. } in variants {
                    layouts.push(self.side_by_side(Some(BYTE), &mut shapes(fields))?.1);
                }
                any_of(layouts)?
            }
            Definition::Table(_)
            | Definition::Enum { repr: Some(_), .. }
            | Definition::Union(_) => {
                return Err(LayoutError::Unknown { shape: name.to_owned() }.into());
            }
        };
        self.computed.insert(name, Some(layout));
        Ok(layout)
    }

    /// The offsets of `parts` behind the tag of their variant, if they are a variant's; and the layout of them all.
    ///
    /// Loops, and not chains of iterators, lie between a type and what it contains: their calls would be on the stack
    /// once a level.
    fn side_by_side(
        &mut self,
        tag: Option<ArchivedLayout>,
        parts: &mut dyn Iterator<Item = &Shape>,
    ) -> Computed<(Vec<usize>, ArchivedLayout)> {
        let mut layouts = Vec::from_iter(tag);
        for part in parts {
            layouts.push(self.of(part)?);
        }
        in_order(layouts)
    }
}

fn shapes(fields: &[FieldShape]) -> impl Iterator<Item = &Shape> {
    fields.iter().map(|field| &field.shape)
}

/// The size of a number.
const fn width(scalar: Scalar) -> usize {
    match scalar {
        Scalar::Bool | Scalar::I8 | Scalar::U8 => 1,
        Scalar::I16 | Scalar::U16 => 2,
        Scalar::Char | Scalar::I32 | Scalar::U32 | Scalar::F32 => 4,
        Scalar::I64 | Scalar::U64 | Scalar::F64 => 8,
        Scalar::I128 | Scalar::U128 => 16,
    }
}

/// The offsets of `parts`, put in order as `repr(C)` puts them, and the layout of them all.
fn in_order(
    parts: impl IntoIterator<Item = ArchivedLayout>,
) -> Computed<(Vec<usize>, ArchivedLayout)> {
    let mut whole = ArchivedLayout { size: 0, align: 1 };
    let mut offsets = Vec::new();
    for part in parts {
        let offset = round_up(whole.size, part.align)?;
        offsets.push(offset);
        whole.size = offset.checked_add(part.size).ok_or(LayoutError::TooLarge)?;
        whole.align = whole.align.max(part.align);
    }
    whole.size = round_up(whole.size, whole.align)?;
    Ok((offsets, whole))
}

/// The layout of what is one of `variants`, whose tags are counted in.
fn any_of(variants: impl IntoIterator<Item = ArchivedLayout>) -> Computed<ArchivedLayout> {
    let mut whole = BYTE;
    for ArchivedLayout { size, align } in variants {
        whole.size = whole.size.max(size);
        whole.align = whole.align.max(align);
    }
    Ok(ArchivedLayout { size: round_up(whole.size, whole.align)?, ..whole })
}

fn round_up(size: usize, align: usize) -> Computed<usize> {
    Ok(size.checked_next_multiple_of(align).ok_or(LayoutError::TooLarge)?)
}
