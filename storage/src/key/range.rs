//! Ranges of keys as ranges of bytes.
//!
//! *Law*: the range contains `bytes(k)` exactly when the bounds contain `k`. It is empty, and no mistake, when
//! they contradict each other.

use super::{Key, KeyBuf, Lookup, Place};
use crate::invariant::Invariant as _;
use std::ops::{
    Bound, Range, RangeBounds, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive,
};

/// A range of keys of type `K`: `..`, `5..10`, `"a"..="b"`, `("GB", 7)..`, or a pair of [`Bound`]s.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a range of keys of type `{K}`",
    label = "not a range of `{K}`",
    note = "a range is `..`, `a..b`, `a..=b`, `a..`, `..b`, `..=b` or a pair of `std::ops::Bound`, \
            with `a` and `b` as for a look-up (`\"a\"..\"b\"` for `String`)"
)]
pub trait KeyRange<K: Key> {
    /// The bytes of the keys in this range.
    ///
    /// `place` says where these keys stand: [`Last`](Place::Last) if they are whole keys of a table,
    /// [`Inner`](Place::Inner) if more bytes follow, as the primary key follows an index key.
    fn byte_range(&self, place: Place) -> ByteRange;
}

macro_rules! key_ranges {
    ($($range:ty),*) => {$(
        impl<K: Key, Q: Lookup<K>> KeyRange<K> for $range {
            fn byte_range(&self, place: Place) -> ByteRange {
                let encode = |key: &Q| {
                    let mut bytes = KeyBuf::new();
                    key.encode(&mut bytes, place);
                    bytes
                };
                let (lower, upper) = (self.start_bound().map(encode), self.end_bound().map(encode));
                ByteRange::of_keys(lower, upper, place)
            }
        }
    )*};
}
key_ranges! {
    Range<Q>, RangeInclusive<Q>, RangeFrom<Q>, RangeTo<Q>, RangeToInclusive<Q>, (Bound<Q>, Bound<Q>)
}

impl<K: Key> KeyRange<K> for RangeFull {
    fn byte_range(&self, _: Place) -> ByteRange {
        ByteRange::ALL
    }
}

/// A range of encoded keys between two bounds. It may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a range has two bounds")]
pub struct ByteRange {
    /// Where it starts.
    pub lower: Bound<KeyBuf>,
    /// Where it ends.
    pub upper: Bound<KeyBuf>,
}

impl ByteRange {
    /// All keys.
    pub const ALL: Self = Self { lower: Bound::Unbounded, upper: Bound::Unbounded };

    /// The keys that start with `bytes`; all keys when `bytes` is empty.
    #[must_use]
    pub fn prefix(bytes: KeyBuf) -> Self {
        let upper = after_prefix(bytes.clone());
        Self { lower: Bound::Included(bytes), upper }
    }

    /// The one key `bytes`.
    #[must_use]
    pub fn exact(bytes: KeyBuf) -> Self {
        Self { lower: Bound::Included(bytes.clone()), upper: Bound::Included(bytes) }
    }

    /// Bounds that are keys at `place`. An inner key stands for all that goes on behind it.
    pub(crate) fn of_keys(lower: Bound<KeyBuf>, upper: Bound<KeyBuf>, place: Place) -> Self {
        if place == Place::Last {
            return Self { lower, upper };
        }
        let lower = match lower {
            Bound::Excluded(key) => match after_prefix(key) {
                Bound::Excluded(next) => Bound::Included(next),
                _ => return Self::NONE,
            },
            lower => lower,
        };
        let upper = match upper {
            Bound::Included(key) => after_prefix(key),
            upper => upper,
        };
        Self { lower, upper }
    }

    /// The keys that go on behind `start` with a part in `range`, whose start is not excluded.
    pub(super) fn of_parts<K: Key, Q: Lookup<K>>(
        start: KeyBuf,
        range: &impl RangeBounds<Q>,
        place: Place,
    ) -> Self {
        let encode = |part: &Q| {
            let mut bytes = start.clone();
            part.encode(&mut bytes, place);
            bytes
        };
        let (lower, upper) = (range.start_bound().map(encode), range.end_bound().map(encode));
        let (has_lower, has_upper) = (lower != Bound::Unbounded, upper != Bound::Unbounded);
        let mut parts = Self::of_keys(lower, upper, place);
        let all = Self::prefix(start);
        if !has_lower {
            parts.lower = all.lower;
        }
        if !has_upper {
            parts.upper = all.upper;
        }
        parts
    }

    /// No key at all.
    pub const NONE: Self = Self { lower: Bound::Unbounded, upper: Bound::Excluded(KeyBuf::new()) };

    /// Both bounds as slices, as `BTreeMap::range` and its kin take them.
    #[must_use]
    pub fn bounds(&self) -> (Bound<&[u8]>, Bound<&[u8]>) {
        (self.lower.as_ref().map(|bytes| &**bytes), self.upper.as_ref().map(|bytes| &**bytes))
    }

    /// Returns whether no key can be in the range.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self.bounds() {
            (Bound::Included(lower), Bound::Included(upper)) => lower > upper,
            (Bound::Included(lower) | Bound::Excluded(lower), Bound::Excluded(upper))
            | (Bound::Excluded(lower), Bound::Included(upper)) => lower >= upper,
            (Bound::Unbounded, Bound::Excluded(upper)) => upper.is_empty(),
            (_, Bound::Unbounded) | (Bound::Unbounded, Bound::Included(_)) => false,
        }
    }

    /// Returns whether `key` is in the range.
    #[must_use]
    pub fn contains(&self, key: &[u8]) -> bool {
        RangeBounds::<[u8]>::contains(&self.bounds(), key)
    }

    /// Returns the part of this range after `key`: the next page, if `key` was the last of this one.
    #[must_use]
    pub fn after(mut self, key: &[u8]) -> Self {
        if RangeBounds::<[u8]>::contains(&(self.bounds().0, Bound::Unbounded), key) {
            self.lower = Bound::Excluded(key.into());
        }
        self
    }

    /// Returns the part of this range before `key`: the next page of a reverse scan.
    #[must_use]
    pub fn before(mut self, key: &[u8]) -> Self {
        if RangeBounds::<[u8]>::contains(&(Bound::Unbounded, self.bounds().1), key) {
            self.upper = Bound::Excluded(key.into());
        }
        self
    }
}

/// The end of the keys that start with `bytes`: the last byte that is not FF, plus one, ends it.
fn after_prefix(mut bytes: KeyBuf) -> Bound<KeyBuf> {
    let Some(last) = bytes.iter().rposition(|byte| *byte != u8::MAX) else {
        return Bound::Unbounded;
    };
    let grown = bytes.get(last).and_then(|byte| byte.checked_add(1));
    bytes.truncate(last);
    bytes.push(grown.invariant("the byte that was found is not FF"));
    Bound::Excluded(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefix_end(bytes: &[u8]) -> Bound<KeyBuf> {
        ByteRange::prefix(KeyBuf::from(bytes)).upper
    }

    #[test]
    fn a_prefix_ends_where_its_last_byte_that_can_grow_has_grown() {
        assert_eq!(prefix_end(&[1, 2]), Bound::Excluded(KeyBuf::from(&[1, 3][..])));
        assert_eq!(prefix_end(&[1, 0xFF]), Bound::Excluded(KeyBuf::from(&[2][..])));
        assert_eq!(prefix_end(&[0xFF, 0xFF]), Bound::Unbounded);
        assert_eq!(prefix_end(&[]), Bound::Unbounded);
    }

    #[test]
    fn a_page_starts_behind_the_one_before_and_never_before_the_range() {
        let range = ByteRange::prefix(KeyBuf::from(&b"k"[..]));
        assert_eq!(range.clone().after(b"a"), range);
        assert!(!range.clone().after(b"k1").contains(b"k1"));
        assert!(range.clone().after(b"k1").contains(b"k2"));
        assert!(range.clone().after(b"z").is_empty());
        assert!(range.clone().before(b"k2").contains(b"k1"));
        assert!(range.before(b"a").is_empty());
    }
}
