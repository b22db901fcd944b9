//! What is watched, and what a write has to remember for it.

use super::changes::CommitChanges;
use crate::backend::ByteTable;
use std::sync::Arc;

/// Which tables are watched.
#[derive(Clone, Debug)]
pub(crate) enum Scope {
    Table(Arc<ByteTable>),
    /// All that have rows of the user's.
    Store,
}

/// What a write has to remember.
#[derive(Debug)]
pub(super) struct Wishes {
    tables: Vec<Wish>,
    /// What is to be remembered of all other tables.
    others: Option<Others>,
}

#[derive(Clone, Copy, Debug)]
struct Others {
    rows: bool,
    len_max: usize,
}

/// What is to be remembered of a table.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) table: Arc<ByteTable>,
    /// Whether of its rows, too.
    pub(super) rows: bool,
    /// The most bytes that any watcher has room for.
    pub(super) len_max: usize,
}

impl Scope {
    /// The name of the table, if it is one.
    pub(super) fn table(&self) -> Option<String> {
        match self {
            Self::Store => None,
            Self::Table(table) => Some(table.name().to_owned()),
        }
    }

    pub(super) fn concerns(&self, commit: &CommitChanges) -> bool {
        let changes = commit.changes();
        match self {
            Self::Store => true,
            Self::Table(table) => changes.iter().any(|change| change.table() == table.name()),
        }
    }
}

impl Wishes {
    /// What `watchers` wish for: each its scope, whether it wants rows, and for how many bytes it has room.
    pub(super) fn of(watchers: &[(&Scope, bool, usize)]) -> Option<Self> {
        let len_max = watchers.iter().map(|(.., len_max)| *len_max).max()?;
        let (mut tables, mut others) = (Vec::<Wish>::new(), None::<Others>);
        for (scope, rows, _) in watchers {
            match scope {
                Scope::Store => {
                    let rows = *rows || others.is_some_and(|others| others.rows);
                    others = Some(Others { rows, len_max });
                }
                Scope::Table(table) => match tables.iter_mut().find(|wish| wish.table == *table) {
                    Some(wish) => wish.rows |= rows,
                    None => tables.push(Wish { table: Arc::clone(table), rows: *rows, len_max }),
                },
            }
        }
        for wish in &mut tables {
            wish.rows |= others.is_some_and(|others| others.rows);
        }
        Some(Self { tables, others })
    }

    /// What is wished for of `table`.
    pub(super) fn of_table(&self, table: &ByteTable) -> Option<Wish> {
        let is_it = |wish: &&Wish| wish.table.is_same(table);
        if let Some(wish) = self.tables.iter().find(is_it) {
            return Some(wish.clone());
        }
        let Others { rows, len_max } = self.others.filter(|_| table.has_rows_of_users())?;
        Some(Wish { table: Arc::new(table.clone()), rows, len_max })
    }
}
