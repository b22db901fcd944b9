//! All records, the ids of those with a high score found. The goals are for the verb that is meant for it: `filter`.

use crate::{
    bench::{Bench, fill},
    harness::{Clock, Work},
    peers::{HEED_CHECKED, NATIVE_DB, OURS_PROJECTED, RAW},
    report::Goal,
};

pub fn run(bench: &mut Bench) {
    let filled = fill(bench.settings.records).warm();
    let mut work = Work::new("scan, filter on one `f64`", Clock::Thread, bench.settings.records);
    for face in &filled.faces {
        work.timed(face.name, |_| face.store.scan());
    }
    let goals = [(RAW, 0.90), (NATIVE_DB, 0.15), (HEED_CHECKED, 0.60)]
        .map(|(peer, at_most)| Goal { ours: OURS_PROJECTED, peer, at_most });
    bench.run(work, &goals);
    let mut work = Work::new("scan on all cores", Clock::Wall, bench.settings.records);
    for face in &filled.faces {
        work.timed(face.name, |_| face.store.scan_on_all_cores());
    }
    bench.run(work, &[]);
}
