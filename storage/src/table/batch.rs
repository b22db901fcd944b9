//! How much one transaction of a migration or a rekey writes before others have their turn.

use std::time::{Duration, Instant};

/// For so many rows, or for as many as it may write where that is more,
const ROWS: usize = 1000;
/// a batch may write so many bytes, and take so much time, each.
const BYTES_A_ROW: usize = 1024;
const TIME_A_ROW: Duration = Duration::from_micros(5);

/// Where a batch ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct BatchLimits {
    rows: usize,
    bytes: usize,
    time: Duration,
}

/// How much a batch has written.
#[derive(Debug)]
pub(super) struct BatchFill {
    limits: BatchLimits,
    started: Instant,
    rows: usize,
    bytes: usize,
}

impl BatchLimits {
    /// All rows are one batch.
    pub(super) const NONE: Self = Self { rows: usize::MAX, bytes: usize::MAX, time: Duration::MAX };

    pub(super) fn of_rows(rows: usize) -> Self {
        let allowed = rows.max(ROWS);
        let time = TIME_A_ROW.saturating_mul(u32::try_from(allowed).unwrap_or(u32::MAX));
        Self { rows, bytes: allowed.saturating_mul(BYTES_A_ROW), time }
    }
}

impl BatchFill {
    /// A batch that begins now.
    pub(super) fn new(limits: BatchLimits) -> Self {
        Self { limits, started: Instant::now(), rows: 0, bytes: 0 }
    }

    /// Counts a row that was written.
    pub(super) fn add(&mut self, stored: &[u8]) {
        self.rows = self.rows.saturating_add(1);
        self.bytes = self.bytes.saturating_add(stored.len());
    }

    /// How many rows were written.
    pub(super) fn rows(&self) -> u64 {
        u64::try_from(self.rows).unwrap_or(u64::MAX)
    }

    /// Whether the batch ends here.
    pub(super) fn is_full(&self) -> bool {
        let BatchLimits { rows, bytes, time } = self.limits;
        self.rows >= rows || self.bytes >= bytes || self.started.elapsed() >= time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many rows of `len` bytes fit into a batch that is in no hurry.
    fn rows_that_fit(limits: BatchLimits, len: usize) -> usize {
        let mut fill = BatchFill::new(BatchLimits { time: Duration::MAX, ..limits });
        while !fill.is_full() {
            fill.add(&vec![0; len]);
        }
        fill.rows
    }

    #[test]
    fn a_batch_has_so_many_rows() {
        for rows in [1, 30, 1000, 1500] {
            assert_eq!(rows_that_fit(BatchLimits::of_rows(rows), 8), rows);
        }
    }

    #[test]
    fn a_batch_has_a_kibibyte_for_each_of_a_thousand_rows_and_for_each_that_is_asked_for() {
        for rows in [1000, 10_000] {
            assert_eq!(rows_that_fit(BatchLimits::of_rows(rows), 10 * 1024), rows / 10);
        }
        assert_eq!(rows_that_fit(BatchLimits::of_rows(200), 10 * 1024), 100);
        assert_eq!(rows_that_fit(BatchLimits::of_rows(1000), 300_000), 4);
        assert_eq!(rows_that_fit(BatchLimits::of_rows(1000), 5_000_000), 1);
    }

    #[test]
    fn a_batch_has_five_microseconds_for_each_of_them() {
        let after = |limits: BatchLimits, millis: u64| {
            let started = Instant::now().checked_sub(Duration::from_millis(millis)).unwrap();
            BatchFill { started, ..BatchFill::new(limits) }.is_full()
        };
        for rows in [1, 200, 1000] {
            assert!(after(BatchLimits::of_rows(rows), 5), "{rows}");
        }
        assert!(after(BatchLimits::of_rows(10_000), 50));
        // A machine that stands still for ten minutes fails this.
        assert!(!after(BatchLimits::of_rows(120_000_000), 5));
        assert!(!after(BatchLimits::NONE, 500));
    }
}
