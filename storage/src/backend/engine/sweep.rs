//! Many rows of a table removed in key order: by one pass of the engine's cursor where they lie close together.

use super::{witness::Witness, write_table::Pass, writer::WriterTables};
use crate::{
    backend::{ByteTable, ByteWriter as _},
    error::{Action, Result},
};

/// So many keys are looked for in one pass.
const GROUP_LEN: usize = 64;
/// A pass did not pay if it left more than so many rows for each that it removed.
const LEFT_PER_ROW_MAX: u64 = 16;
/// After a pass that did not pay, so many groups are removed row by row.
const PLAIN_GROUPS: u32 = 8;

impl WriterTables<'_> {
    /// Removes the rows of `table` under `keys`, which ascend for the most part, and returns how many were there.
    pub(super) fn sweep(
        &self,
        table: &ByteTable,
        keys: &mut dyn Iterator<Item = &[u8]>,
    ) -> Result<u64> {
        let (mut removed, mut plain_groups) = (0_u64, 0_u32);
        loop {
            // The caller's code runs here, where no table is borrowed.
            let group: Vec<&[u8]> = keys.take(GROUP_LEN).collect();
            if group.is_empty() {
                return Ok(removed);
            }
            if plain_groups > 0 || !group.is_sorted() {
                plain_groups = plain_groups.saturating_sub(1);
                removed = removed.saturating_add(self.delete_each(table, &group)?);
                continue;
            }
            for key in &group {
                self.changes.borrow_mut().add(table, key);
            }
            let pass = self.pass(table, &group)?;
            removed = removed.saturating_add(pass.removed);
            // Another pass would go over all that is left of such long rows, and come no further.
            let rest = group.get(pass.looked_for..).unwrap_or_default();
            removed = removed.saturating_add(self.delete_each(table, rest)?);
            if !rest.is_empty() || pass.left > pass.removed.saturating_mul(LEFT_PER_ROW_MAX) {
                plain_groups = PLAIN_GROUPS;
            }
        }
    }

    /// Removes row by row, which makes room for each that is remembered.
    fn delete_each(&self, table: &ByteTable, keys: &[&[u8]]) -> Result<u64> {
        keys.iter().try_fold(0_u64, |removed, key| {
            Ok(removed.saturating_add(u64::from(self.delete(table, key)?)))
        })
    }

    fn pass(&self, table: &ByteTable, keys: &[&[u8]]) -> Result<Pass> {
        let mut undo = self.undo.borrow_mut();
        let mut capture = self.capture.borrow_mut();
        let mut witness = Witness { undo: undo.of(table), watch: capture.of(table) };
        let passed = self.change_table(Action::DeleteValue, table, |open| {
            let pass = open.remove_sorted(keys, &mut witness)?;
            witness.make_room().map(|()| pass)
        });
        // There is no such table.
        let none = Pass { looked_for: keys.len(), ..Pass::default() };
        passed.map(|pass| pass.unwrap_or(none))
    }
}
