//! Fields of the rows of any table: their types, and values that a person compares them with.

use super::DynamicTable;
use crate::{
    error::ValueError,
    schema::{Definition, Description, FieldShape, Shape, Types},
    value::Value,
};

/// What a key is called where there is no field of this name.
const KEY: &str = "key";

impl DynamicTable {
    /// Whether its rows are values without fields, of a type that the file knows by its name only.
    #[must_use]
    pub fn is_pair(&self) -> bool {
        self.description().rows.types().is_none()
    }

    /// The record that `text` is, which is JSON as [`Value`] prints it, by the newest layout.
    ///
    /// # Errors
    ///
    /// [`ValueError`] when it is none of the table's type.
    pub fn parse_row(&self, text: &str) -> Result<Value, ValueError> {
        let value = Value::parse(text)?;
        let types = self.description().rows.types();
        match types.and_then(|types| Some((types, types.root()?.0))) {
            Some((types, root)) => value.coerce(&Shape::Named(root.to_owned()), types),
            None => value.coerce(&Shape::Bytes, &Types::default()),
        }
    }

    /// The type of the field at `path`, in the newest layout that has it: `location.city`, `tags.0`; `key` is the key.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # use storage::dynamic::DynamicTable;
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "readings")]
    /// # struct Reading { #[store(key)] hour: u32, wind: Option<String> }
    /// # let storage = Storage::in_memory()?;
    /// # Reading::table(&storage)?.put(&Reading { hour: 7, wind: None })?;
    /// let readings = DynamicTable::open(&storage.read()?, "readings")?;
    /// let wind = readings.field_type("wind").map(ToString::to_string);
    /// assert_eq!(wind.as_deref(), Some("option<string>"));
    /// assert!(readings.field_type("rain").is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn field_type(&self, path: &str) -> Option<&Shape> {
        self.field_and_types(path).map(|(shape, _)| shape)
    }

    /// The value that a person writes so to compare the field at `path` with it; `null` is nothing, whatever the type.
    ///
    /// # Errors
    ///
    /// [`ValueError`] when there is no such field, or the text is no value of its type.
    pub fn parse_field(&self, path: &str, text: &str) -> Result<Value, ValueError> {
        match self.field_and_types(path) {
            Some(_) if text.trim() == "null" => Ok(Value::Option(None)),
            Some((shape, types)) => Value::parse_as(text, shape, types),
            None => {
                let fields = self.description().rows.fields().unwrap_or_default();
                let known = fields.iter().map(|field| field.name.clone()).collect();
                Err(ValueError::Field { path: String::new(), name: path.to_owned(), known })
            }
        }
    }

    fn field_and_types(&self, path: &str) -> Option<(&Shape, &Types)> {
        const NO_TYPES: &Types = &Types::new(Vec::new(), None);
        let mut layouts = self.layouts().rev().map(|layout| layout.description);
        let found = layouts.find_map(|description| of_layout(description, path));
        let key = (path == KEY).then(|| (self.key_shape(), NO_TYPES));
        found.or(key)
    }
}

fn of_layout<'t>(description: &'t Description, path: &str) -> Option<(&'t Shape, &'t Types)> {
    let types = description.rows.types()?;
    let (first, rest) =
        path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let field = named(description.rows.fields()?, first)?;
    let shape = rest.map_or(Some(&field.shape), |rest| within(&field.shape, rest, types));
    Some((shape?, types))
}

fn named<'f>(fields: &'f [FieldShape], name: &str) -> Option<&'f FieldShape> {
    fields.iter().find(|field| field.name == name && !field.is_removed())
}

/// The type at `path` inside a value of the type `shape`.
fn within<'t>(shape: &'t Shape, path: &str, types: &'t Types) -> Option<&'t Shape> {
    path.split('.').try_fold(shape, |shape, name| part(shape, name, types))
}

fn part<'t>(shape: &'t Shape, name: &str, types: &'t Types) -> Option<&'t Shape> {
    match shape {
        Shape::Option(inner) | Shape::Boxed(inner) | Shape::Reverse(inner) => {
            part(inner, name, types)
        }
        Shape::List(item) | Shape::Array(item, _) => name.parse::<usize>().ok().map(|_| &**item),
        Shape::Tuple(parts) => parts.get(name.parse::<usize>().ok()?),
        Shape::Map(_, value) => Some(value),
        Shape::Generic(_, parts) => parts.last(),
        Shape::Named(of) => match types.get(of)? {
            Definition::Struct(fields) | Definition::Table(fields) => {
                named(fields, name).map(|field| &field.shape)
            }
            Definition::Enum { variants, .. } | Definition::Union(variants) => {
                let all = variants.iter().flat_map(|variant| &variant.fields);
                let mut all = all.filter(|field| field.name == name);
                all.next().map(|field| &field.shape)
            }
        },
        _ => None,
    }
}
