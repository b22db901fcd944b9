//! The rule for table names.

use crate::error::TableNameError;

/// The longest table name in bytes.
pub const TABLE_NAME_LEN_MAX: usize = 255;

/// Marks the names of the store's own tables: `$catalog`, `airports$by_region`.
pub const RESERVED: char = '$';

/// Checks that `name` has 1 to 255 bytes, no control characters and no `$`.
///
/// # Errors
///
/// The part of the rule that `name` breaks.
pub fn check_table_name(name: &str) -> Result<(), TableNameError> {
    match name.len() {
        0 => return Err(TableNameError::Empty),
        1..=TABLE_NAME_LEN_MAX => {}
        len => return Err(TableNameError::TooLong { len, max: TABLE_NAME_LEN_MAX }),
    }
    match name.chars().find(|c| c.is_control() || *c == RESERVED) {
        Some(found) => Err(TableNameError::Character { found }),
        None => Ok(()),
    }
}
