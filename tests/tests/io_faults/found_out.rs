//! The suite finds what it is there to find.

use super::campaign::Campaign;
use tests::{simulated::Fault, workload::Defect};

/// A program that takes a failed commit for a good one.
#[test]
fn a_swallowed_error_is_found_out() {
    let campaign = Campaign { swallows_errors: true, ..Campaign::new(2, 10, Fault::Full) };
    let report = campaign.run();
    let lost = report.defects.iter().filter(|(.., defect)| matches!(defect, Defect::Lost { .. }));
    assert!(lost.count() > 0, "{report}");
}
