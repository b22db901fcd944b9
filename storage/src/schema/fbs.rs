//! The text of a FlatBuffers schema: what `flatc` reads to make code for another language.

use super::{FlatDefinition, FlatPresence, FlatRef, FlatSchema, Scalar};
use std::fmt::{self, Display};

impl FlatRef {
    /// The name of the type in names of others: `U8` in `U8x16`.
    pub(crate) fn rust_name(&self) -> String {
        match self {
            Self::Scalar(scalar) => {
                let mut name = scalar.to_string();
                if let Some(first) = name.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                name
            }
            Self::Named(name) => name.clone(),
            other => other.to_string(),
        }
    }
}

impl Display for FlatRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scalar(scalar) => f.write_str(keyword(*scalar)),
            Self::Text => f.write_str("string"),
            Self::List(element) => write!(f, "[{element}]"),
            Self::Array(element, len) => write!(f, "[{element}:{len}]"),
            Self::Named(name) => f.write_str(name),
        }
    }
}

/// What the schema language calls a scalar; it has no word for the three that a codec refuses.
const fn keyword(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::I8 => "byte",
        Scalar::U8 => "ubyte",
        Scalar::I16 => "short",
        Scalar::U16 => "ushort",
        Scalar::I32 => "int",
        Scalar::U32 => "uint",
        Scalar::I64 => "long",
        Scalar::U64 => "ulong",
        Scalar::F32 => "float",
        Scalar::F64 => "double",
        Scalar::Char => "char",
        Scalar::I128 => "i128",
        Scalar::U128 => "u128",
    }
}

/// The schema as `flatc` reads it.
impl Display for FlatSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, definition) in self.definitions() {
            match definition {
                FlatDefinition::Enum { base, variants } => {
                    writeln!(f, "enum {name} : {} {{", keyword(*base))?;
                    for (variant, number) in variants {
                        writeln!(f, "  {variant} = {number},")?;
                    }
                }
                FlatDefinition::Struct(fields) => {
                    writeln!(f, "struct {name} {{")?;
                    for (field, ty) in fields {
                        writeln!(f, "  {field}:{ty};")?;
                    }
                }
                FlatDefinition::Union(variants) => {
                    writeln!(f, "union {name} {{")?;
                    for (variant, table) in variants {
                        writeln!(f, "  {variant}:{table},")?;
                    }
                }
                FlatDefinition::Table(fields) => {
                    writeln!(f, "table {name} {{")?;
                    let is_scalar = |ty: &FlatRef| self.is_scalar(ty);
                    for field in fields {
                        field.write(f, is_scalar(&field.ty))?;
                    }
                }
            }
            f.write_str("}\n\n")?;
        }
        writeln!(f, "root_type {};", self.root())?;
        match self.file_identifier() {
            Some(identifier) => writeln!(f, "file_identifier \"{identifier}\";"),
            None => Ok(()),
        }
    }
}

impl FlatSchema {
    /// Whether a field of type `ty` lies in its table as a number.
    fn is_scalar(&self, ty: &FlatRef) -> bool {
        match ty {
            FlatRef::Scalar(_) => true,
            FlatRef::Named(wanted) => self.definitions().any(|(name, definition)| {
                name == wanted && matches!(definition, FlatDefinition::Enum { .. })
            }),
            FlatRef::Text | FlatRef::List(_) | FlatRef::Array(..) => false,
        }
    }
}

impl super::FlatFieldShape {
    /// `  mana:short = 150 (id: 2);`
    fn write(&self, f: &mut fmt::Formatter<'_>, is_scalar: bool) -> fmt::Result {
        let Self { name, id, ty, presence, default, removed } = self;
        write!(f, "  {name}:{ty}")?;
        match (presence, default) {
            (FlatPresence::Optional, _) if is_scalar => f.write_str(" = null")?,
            (_, Some(default)) => write!(f, " = {default}")?,
            _ => {}
        }
        write!(f, " (id: {id}")?;
        if *presence == FlatPresence::Required {
            f.write_str(", required")?;
        }
        if *removed {
            f.write_str(", deprecated")?;
        }
        f.write_str(");\n")
    }
}
