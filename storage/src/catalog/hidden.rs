//! The names of hidden tables: those that take the place of another one when they are whole.

use crate::schema::RESERVED;

/// What the name of a hidden table has before that of the table whose place it will take.
const HIDDEN: &str = "rekey";

/// The name of the hidden table that will be called `table`.
pub(crate) fn hidden_name(table: &str) -> String {
    format!("{RESERVED}{HIDDEN}{RESERVED}{table}")
}

/// What people call the table `name`: a hidden one has the name that it will have.
pub(crate) fn visible_name(name: &str) -> &str {
    let hidden = name.strip_prefix(RESERVED).and_then(|rest| rest.strip_prefix(HIDDEN));
    hidden.and_then(|rest| rest.strip_prefix(RESERVED)).unwrap_or(name)
}

/// Whether `name` is that of a hidden table.
pub(super) fn is_hidden(name: &str) -> bool {
    visible_name(name) != name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_table_is_called_by_the_name_that_it_will_have() {
        for table in ["users", "rekey", "my users"] {
            let hidden = hidden_name(table);
            assert!(is_hidden(&hidden) && !is_hidden(table));
            assert_eq!((visible_name(&hidden), visible_name(table)), (table, table));
        }
        assert!(!is_hidden("$catalog"));
    }
}
