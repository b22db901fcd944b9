//! The program is killed first, and the power goes later.

use super::campaign::Campaign;
use storage::OpenOptions;
use tests::{
    simulated::{Replay, SimulatedFiles},
    workload::{Script, Trial},
};

/// Killed, not cut: what was done is there, though nobody has synced it. Who opens the store then must not
/// acknowledge what the next power cut takes away with the file's name.
#[test]
fn a_killed_creation_is_taken_up_before_the_power_goes() {
    let campaign = Campaign::new(1, Script::of_files(), 0);
    let trace = campaign.record();
    let options = OpenOptions::default();
    let mut replay = Replay::new(&trace, campaign.syncs);
    for position in 0..=trace.ops.len() {
        replay.advance_to(position);
        let (begun, acknowledged) = (replay.begun(), replay.acknowledged());
        let trial = Trial { script: &campaign.script, begun, acknowledged, options: &options };
        let outcome = trial.examine(&SimulatedFiles::killed(&trace, position));
        assert_eq!(outcome, Ok(()), "killed at position {position}");
    }
}
