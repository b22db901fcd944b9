//! What a campaign found.

use std::{collections::BTreeMap, fmt};
use tests::{simulated::Cut, workload::Defect};

/// The counts of a campaign, and the defects.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// How many positions the traces have.
    pub(crate) position_count: usize,
    /// How many cuts of each kind there were.
    pub(crate) cuts: BTreeMap<Cut, usize>,
    /// How many of them were cut again during recovery.
    pub(crate) cut_again_count: usize,
    /// What was wrong.
    pub(crate) found: Vec<Found>,
}

/// A defect, and what repeats it.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) seed: u64,
    pub(crate) options: String,
    pub(crate) position: usize,
    pub(crate) cut: Cut,
    pub(crate) was_cut_again: bool,
    pub(crate) step: String,
    pub(crate) defect: Defect,
}

impl Report {
    /// How many cuts there were.
    pub(crate) fn cut_count(&self) -> usize {
        self.cuts.values().sum()
    }

    /// Adds what another campaign found.
    pub(crate) fn add(&mut self, other: Self) {
        self.position_count += other.position_count;
        self.cut_again_count += other.cut_again_count;
        other.cuts.into_iter().for_each(|(cut, count)| *self.cuts.entry(cut).or_default() += count);
        self.found.extend(other.found);
    }

    /// How many defects are as `is_wanted` says.
    pub(crate) fn count(&self, is_wanted: impl Fn(&Defect) -> bool) -> usize {
        self.found.iter().filter(|found| is_wanted(&found.defect)).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} cuts at {} positions, {} cut again, {} defects",
            self.cut_count(),
            self.position_count,
            self.cut_again_count,
            self.found.len()
        )?;
        for found in self.found.iter().take(20) {
            write!(f, "\n  {found}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, options, position, cut, was_cut_again, step, defect } = self;
        let again = if *was_cut_again { ", cut again" } else { "" };
        write!(
            f,
            "seed {seed}, {options}, position {position}, {cut:?}{again}, in {step}: {defect}"
        )
    }
}
