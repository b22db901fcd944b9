//! The layouts of a table that no row has any more: by their fingerprints, so that a program which still has one of
//! them is known as an older one.
//!
//! ```text
//! retired 1 = 00f3ac5d1b2c7788
//! retired 2 = 7a91c2f04b6d5e13     the oldest layout that lives is 3
//! ```

use crate::error::{SchemaTextError, SchemaTextReason};

/// What each line is about.
const RETIRED: &str = "retired";
/// How many layouts can be retired: one lives.
const LEN_MAX: u16 = u16::MAX - 1;

/// The fingerprints of the layouts before the oldest that lives, from the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Retired(Vec<u64>);

impl Retired {
    pub(super) fn extend(&mut self, fingerprints: impl Iterator<Item = u64>) {
        self.0.extend(fingerprints);
    }

    /// How many they are.
    pub(super) fn len(&self) -> u16 {
        u16::try_from(self.0.len()).unwrap_or(u16::MAX)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of the newest with this fingerprint.
    pub(super) fn number_of(&self, fingerprint: u64) -> Option<u16> {
        let known = (1..).zip(&self.0).filter(|(_, known)| **known == fingerprint);
        known.last().map(|(number, _)| number)
    }

    pub(super) fn text(&self) -> String {
        (1..).zip(&self.0).map(|(number, fingerprint)| line(number, *fingerprint)).collect()
    }

    pub(super) fn parse(text: &str) -> Result<Self, SchemaTextError> {
        let mut retired = Vec::new();
        for (number, text) in (1..=LEN_MAX).zip(text.split_inclusive('\n')) {
            let digits = text.trim_end().rsplit(' ').next().unwrap_or_default();
            match u64::from_str_radix(digits, 16) {
                Ok(fingerprint) if text == line(number, fingerprint) => retired.push(fingerprint),
                _ => {
                    let reason = match text.split(' ').next().unwrap_or_default().trim_end() {
                        RETIRED => {
                            SchemaTextReason::Expected { what: "the next layout".to_owned() }
                        }
                        subject => SchemaTextReason::UnknownLine { subject: subject.to_owned() },
                    };
                    return Err(SchemaTextError { line: number.into(), column: 1, reason });
                }
            }
        }
        Ok(Self(retired))
    }
}

fn line(number: u16, fingerprint: u64) -> String {
    format!("{RETIRED} {number} = {fingerprint:016x}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_it_was_written() {
        for retired in [vec![], vec![0], vec![7, u64::MAX, 7]] {
            let retired = Retired(retired);
            assert_eq!(Retired::parse(&retired.text()), Ok(retired));
        }
        assert_eq!(Retired(vec![7, 9, 7]).number_of(7), Some(3));
    }

    #[test]
    fn other_lines_are_told_from_damaged_ones() {
        let good = line(1, 7);
        for (text, is_unknown) in [
            ("oldest = 3\n".to_owned(), true),
            (line(2, 7), false),
            (format!("{good}{good}"), false),
            (good.to_uppercase(), true),
            (good.trim_end().to_owned(), false),
            (good.replace("= 0", "= "), false),
        ] {
            let error = Retired::parse(&text).unwrap_err();
            let found = matches!(error.reason(), SchemaTextReason::UnknownLine { .. });
            assert_eq!(found, is_unknown, "{text:?}");
        }
    }
}
