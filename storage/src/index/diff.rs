//! What must change in an index when a record changes: pure, no I/O.

use crate::key::KeyBuf;

/// The index keys to remove and to add.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Diff {
    pub(crate) removed: Vec<KeyBuf>,
    pub(crate) added: Vec<KeyBuf>,
}

/// The difference between the keys of the old and of the new record, both sorted and without repetition.
pub(crate) fn diff(old: Vec<KeyBuf>, new: Vec<KeyBuf>) -> Diff {
    let removed = old.iter().filter(|key| new.binary_search(key).is_err()).cloned().collect();
    let added = new.into_iter().filter(|key| old.binary_search(key).is_err()).collect();
    Diff { removed, added }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(bytes: &[u8]) -> Vec<KeyBuf> {
        bytes.iter().map(|byte| KeyBuf::from(&[*byte][..])).collect()
    }

    #[test]
    fn only_what_differs_changes() {
        let change = diff(keys(&[1, 2, 3]), keys(&[2, 3, 4]));
        assert_eq!(change, Diff { removed: keys(&[1]), added: keys(&[4]) });
        assert_eq!(diff(keys(&[1]), keys(&[1])), Diff::default());
        assert_eq!(diff(keys(&[]), keys(&[1])).added, keys(&[1]));
        assert_eq!(diff(keys(&[1]), keys(&[])).removed, keys(&[1]));
    }
}
