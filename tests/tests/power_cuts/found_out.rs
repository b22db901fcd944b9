//! The suite finds what it is there to find.

use super::campaign::Campaign;
use std::sync::Arc;
use storage::{
    OpenOptions,
    backend::{ByteReader, ByteTable},
};
use tests::{
    simulated::{Image, SimulatedFiles, Syncs},
    workload::{Defect, Program, Script, Trial},
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

/// Runs a program to its end, does something to the closed store's bytes, and looks at what there is.
fn examine_after(
    change: impl Fn(&ByteTable, &[u8], &[u8]) -> Option<Vec<u8>>,
) -> Result<(), Defect> {
    let script = Script::new(7, 30);
    let files = SimulatedFiles::on(Image::default());
    let options = OpenOptions::default().file_system(Arc::new(files.clone()));
    let program =
        Program { script: &script, files: &files, options: &options, swallows_errors: false };
    let stopped = program.run();
    assert!(stopped.error.is_none(), "a disk without faults: {:?}", stopped.error);
    let handles = stopped.handles.expect("an open store");
    let backend = handles.storage.backend();
    let mut changed = false;
    for name in backend.snapshot().unwrap().table_names().unwrap() {
        let table = ByteTable::from(name.as_str());
        let mut rows = Vec::new();
        backend
            .scan(&name, |key, value| {
                rows.push((key.to_vec(), value.to_vec()));
                true
            })
            .unwrap();
        let new = rows.iter().find_map(|(key, value)| Some((key, change(&table, key, value)?)));
        if let Some((key, new)) = new {
            changed = true;
            if new.is_empty() {
                assert!(backend.delete(&name, key).unwrap());
            } else {
                backend.put(&name, key, &new).unwrap();
            }
        }
    }
    assert!(changed, "there was something to change");
    handles.close().unwrap();
    let last = script.steps.len() - 1;
    let (begun, acknowledged) = (Some(last), Some(last));
    Trial { script: &script, begun, acknowledged, options: &options }.examine(&files)
}

#[test]
fn a_store_that_nobody_touched_has_no_defect() {
    // Written back as it was.
    examine_after(|_, _, value| Some(value.to_vec())).unwrap();
}

/// A write that forgets one entry of one index.
#[test]
fn a_skipped_index_entry_is_found_out() {
    let skip =
        |table: &ByteTable, _: &[u8], _: &[u8]| table.name().ends_with("$city").then(Vec::new);
    assert!(matches!(examine_after(skip), Err(Defect::Unsound(_))));
}

/// A copy that takes a damaged value over without looking at its checksum.
#[test]
fn an_unchecked_copy_is_found_out() {
    let copy = |table: &ByteTable, _: &[u8], value: &[u8]| {
        let mut value = value.to_vec();
        *value.first_mut()? ^= 1;
        (!table.name().contains('$')).then_some(value)
    };
    let found = examine_after(copy);
    assert!(matches!(found, Err(Defect::Stuck(_) | Defect::Unsound(_))), "{found:?}");
}
