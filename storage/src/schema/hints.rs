//! What the attributes of the code say of the past of its types.

use std::collections::{HashMap, HashSet};

/// What the attributes on a record and the types it is made of say of their past, by the names that the types have in
/// the text of the code.
///
/// The owner of a field is a struct (`Location`) or a variant (`Kind::Closed`), that of a variant its enum.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    was: Vec<String>,
    members: HashMap<(String, String), Past>,
    removed: HashMap<String, Vec<String>>,
    /// Fields that take the values they had before they were removed, with their owners.
    revived: HashSet<(String, String)>,
    /// Records whose removed fields may only go by a migration that works on each row.
    by_migration: HashSet<String>,
    /// Whether every field that the code does not have is meant to be gone.
    is_lossy: bool,
}

/// What the attributes of a field or a variant say of its past.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "plain data")]
pub struct Past {
    /// Names it had: `#[store(was = "name")]`.
    pub was: Vec<String>,
    /// The value it has where the file has none, encoded by itself in the format of the code: `#[store(default)]`.
    pub default: Option<Vec<u8>>,
}

impl Hints {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds names that the record type had.
    #[must_use]
    pub fn record_was(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.was.extend(names.into_iter().map(Into::into));
        self
    }

    /// Adds the past of a field or a variant of `owner`.
    #[must_use]
    pub fn member(mut self, owner: &str, name: &str, past: Past) -> Self {
        self.members.insert((owner.to_owned(), name.to_owned()), past);
        self
    }

    /// Adds the names of fields that `owner` had.
    #[must_use]
    pub fn removed(
        mut self,
        owner: &str,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let removed = self.removed.entry(owner.to_owned()).or_default();
        removed.extend(names.into_iter().map(Into::into));
        self
    }

    /// Adds that the fields which the record `name` had may only go by a migration that works on each row.
    #[must_use]
    pub fn by_migration(mut self, name: &str) -> Self {
        self.by_migration.insert(name.to_owned());
        self
    }

    /// Whether the fields which the record `name` had may only go by a migration that works on each row.
    pub(crate) fn is_by_migration(&self, name: &str) -> bool {
        self.by_migration.contains(name)
    }

    /// Adds a field of `owner` that takes the values it had before it was removed.
    #[must_use]
    pub fn revived(mut self, owner: &str, name: &str) -> Self {
        self.revived.insert((owner.to_owned(), name.to_owned()));
        self
    }

    /// Whether the field of `owner` takes the values it had before it was removed.
    pub(crate) fn is_revived(&self, owner: &str, name: &str) -> bool {
        self.revived.contains(&(owner.to_owned(), name.to_owned()))
    }

    /// The same for rows that are only read: what the code does not have of them is left out.
    #[must_use]
    pub fn lossy(mut self) -> Self {
        self.is_lossy = true;
        self
    }

    /// Whether every field that the code does not have is left out.
    #[cfg(feature = "flatbuffers")]
    pub(crate) const fn is_lossy(&self) -> bool {
        self.is_lossy
    }

    /// Whether the record type had this name.
    pub(crate) fn had_name(&self, name: &str) -> bool {
        self.was.iter().any(|was| was == name)
    }

    /// The past of a field or a variant of `owner`, if an attribute says something of it.
    pub(crate) fn past(&self, owner: &str, name: &str) -> Option<&Past> {
        self.members.get(&(owner.to_owned(), name.to_owned()))
    }

    /// Whether `owner` had a field of this name, and it is meant to be gone.
    pub(crate) fn is_removed(&self, owner: &str, name: &str) -> bool {
        self.is_lossy
            || self.removed.get(owner).is_some_and(|names| names.iter().any(|other| other == name))
    }
}
