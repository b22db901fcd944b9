//! The suite finds what it is there to find.

use super::campaign::Campaign;
use tests::{
    simulated::Syncs,
    workload::{Defect, Script},
};

/// A disk that says "safe" before it is.
#[test]
fn a_disk_that_lies_about_syncs_is_found_out() {
    let campaign = Campaign { syncs: Syncs::Late, ..Campaign::new(3, Script::new(3, 20), 0) };
    let report = campaign.run();
    let lost = report.count(|defect| matches!(defect, Defect::Lost { .. } | Defect::Absent { .. }));
    assert!(lost > 0, "{report}");
}

/// A file that is there before it is complete.
#[test]
fn a_file_that_is_made_in_place_is_found_out() {
    let campaign = Campaign { is_hasty: true, ..Campaign::new(1, Script::of_files(), 0) };
    let report = campaign.run();
    assert!(report.count(|defect| matches!(defect, Defect::Dead { .. })) > 0, "{report}");
}
