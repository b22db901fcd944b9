//! Whatever a program, a file or a system gives: an error that says so, or the right answer. Never a panic, a hang, an
//! end of the process, or silence.
//!
//! [`CASES`] numbers everything that can go in and names the test that gives it; some are in other suites.

mod files;
#[cfg(unix)]
mod fork;
mod keys;
#[cfg(unix)]
mod paths;
mod schema;
mod usage;
mod values;

use std::{collections::BTreeSet, fs, path::Path};

/// The number, what goes in, and the file with the test's name; for what does not compile, the case and nothing.
#[rustfmt::skip]
const CASES: [(u8, &str, &str, &str); 79] = [
    // Keys
    (1, "empty text", "bad_inputs/keys.rs", "empty_keys_are_keys"),
    (2, "empty bytes", "bad_inputs/keys.rs", "empty_keys_are_keys"),
    (3, "a zero character inside a composite key", "bad_inputs/keys.rs", "zero_characters_keep_their_order"),
    (4, "`a`, `a\\0`, `a\\0\\0`", "bad_inputs/keys.rs", "zero_characters_keep_their_order"),
    (5, "signed numbers at their ends", "bad_inputs/keys.rs", "the_ends_of_every_number_keep_their_order"),
    (6, "the greatest number", "bad_inputs/keys.rs", "the_ends_of_every_number_keep_their_order"),
    (7, "NaN", "bad_inputs/keys.rs", "the_ends_of_every_number_keep_their_order"),
    (8, "the two zeros", "bad_inputs/keys.rs", "the_ends_of_every_number_keep_their_order"),
    (9, "infinite and subnormal numbers", "bad_inputs/keys.rs", "the_ends_of_every_number_keep_their_order"),
    (10, "the ends of bool and char", "bad_inputs/keys.rs", "the_ends_of_the_small_types_keep_their_order"),
    (11, "None and Some", "bad_inputs/keys.rs", "the_ends_of_the_small_types_keep_their_order"),
    (12, "a key of 64 KiB", "bad_inputs/keys.rs", "a_key_at_the_limit_is_kept_and_one_beyond_is_refused_unwritten"),
    (13, "a key beyond the limit", "bad_inputs/keys.rs",
        "a_key_at_the_limit_is_kept_and_one_beyond_is_refused_unwritten"),
    (14, "a key that was cut off", "bad_inputs/keys.rs", "bytes_that_are_no_key_are_named"),
    (15, "bytes behind a key", "bad_inputs/keys.rs", "bytes_that_are_no_key_are_named"),
    (16, "a bad escape", "bad_inputs/keys.rs", "bytes_that_are_no_key_are_named"),
    (17, "text that is not UTF-8", "bad_inputs/keys.rs", "bytes_that_are_no_key_are_named"),
    (18, "a bool of 2, half a surrogate", "bad_inputs/keys.rs", "bytes_that_are_no_key_are_named"),
    (19, "twelve parts, parts in parts", "bad_inputs/keys.rs", "twelve_parts_and_parts_in_parts_are_keys"),
    (20, "bytes of 0xff", "bad_inputs/keys.rs", "the_ends_of_the_small_types_keep_their_order"),
    // Values
    (21, "a value of no bytes", "bad_inputs/values.rs", "values_of_no_bytes_and_of_100_mib_are_kept"),
    (22, "1 MiB and 100 MiB", "bad_inputs/values.rs", "values_of_no_bytes_and_of_100_mib_are_kept"),
    (23, "a value beyond the limit", "bad_inputs/values.rs", "a_value_beyond_the_limit_is_refused_unwritten"),
    (24, "a depth of 100,000", "bad_inputs/values.rs", "a_depth_of_100_000_is_refused_both_ways"),
    (25, "a forged length", "bad_inputs/values.rs", "a_forged_length_is_refused"),
    (26, "a value too short, empty", "bad_inputs/values.rs", "short_and_empty_values_are_refused"),
    (27, "all zeros, all ones", "bad_inputs/values.rs", "uniform_bytes_and_junk_before_a_value_are_refused"),
    (28, "junk before a value", "bad_inputs/values.rs", "uniform_bytes_and_junk_before_a_value_are_refused"),
    (29, "each bit flipped", "damage.rs", "every_bit_of_an_rkyv_value_counts"),
    (30, "a value under another key", "damage.rs", "a_value_under_another_key_or_in_another_table_is_refused"),
    (31, "a value of another type of the same size", "bad_inputs/values.rs",
        "a_value_of_another_type_of_the_same_size_is_refused"),
    (32, "an older layout", "schema.rs", "what_no_attribute_settles_is_refused_with_the_first_difference"),
    (33, "a variant that does not exist", "bad_inputs/values.rs", "a_variant_that_does_not_exist_is_refused"),
    (34, "a FlatBuffer whose offsets meet again and again", "flatbuffers_traps.rs",
        "shared_offsets_cost_no_more_than_the_value_is_long"),
    // Files
    (35, "a missing file", "open.rs", "a_missing_file_is_refused_where_it_must_exist"),
    (36, "an empty file", "open.rs", "an_empty_file_is_refused"),
    (37, "one byte", "open.rs", "foreign_files_are_refused"),
    (38, "text", "open.rs", "foreign_files_are_refused"),
    (39, "SQLite", "open.rs", "foreign_files_are_refused"),
    (40, "a file left half created", "bad_inputs/files.rs", "a_file_that_was_left_half_created_is_refused"),
    (41, "a file cut off anywhere", "bad_inputs/files.rs", "a_file_that_ends_anywhere_else_is_refused"),
    (42, "a file that is longer", "bad_inputs/files.rs", "a_file_that_ends_anywhere_else_is_refused"),
    (43, "redb 1 and 2", "bad_inputs/files.rs", "files_of_other_versions_of_the_engine_are_refused_by_their_version"),
    (44, "a newer version of the engine", "bad_inputs/files.rs",
        "files_of_other_versions_of_the_engine_are_refused_by_their_version"),
    (45, "a redb file without a catalogue", "open.rs",
        "a_redb_file_of_another_program_is_refused_and_still_opens_there"),
    (46, "a catalogue of another version", "bad_inputs/files.rs", "a_catalogue_of_another_version_is_refused"),
    (46, "a feature that this build does not know", "bad_inputs/files.rs",
        "a_file_that_needs_what_this_build_does_not_know_is_refused"),
    (47, "a damaged row of the catalogue", "bad_inputs/files.rs", "a_damaged_entry_is_an_error_of_its_table_alone"),
    (48, "a folder, a pipe, a socket, a device", "bad_inputs/paths.rs",
        "what_is_not_a_file_is_refused_and_nothing_blocks"),
    (49, "a link, a link to nothing", "bad_inputs/paths.rs", "a_link_is_followed_and_one_to_nothing_is_refused"),
    (50, "no permission, a read-only file and folder", "bad_inputs/paths.rs",
        "a_file_and_a_folder_without_permission_are_refused"),
    (51, "open already, here and elsewhere", "bad_inputs/paths.rs",
        "a_store_that_another_process_has_open_is_refused_until_it_ends"),
    (52, "a full disk", "bad_inputs/paths.rs", "a_full_disk_is_an_error_with_the_way_out"),
    (53, "limits on file length and open files", "bad_inputs/paths.rs",
        "a_limit_on_the_length_of_files_is_an_error_or_a_kill_that_loses_nothing"),
    (54, "replaced, removed, cut off while open", "bad_inputs/paths.rs",
        "a_file_that_is_moved_or_replaced_while_open_refuses_writes"),
    // Schema
    (55, "bad table names", "raw_tables.rs", "bad_table_names_are_errors_at_first_use"),
    (56, "two structs with one table name", "bad_inputs/schema.rs", "two_types_with_one_table_name_are_told_apart"),
    (57, "an index name twice", "ui/index/name-twice.rs", ""),
    (58, "an index on a missing field", "ui/index/unknown-field.rs", ""),
    (59, "a unique key twice, also in one batch", "indexes.rs", "two_records_of_one_batch_cannot_share_a_unique_key"),
    (60, "a file of a newer release", "open.rs", "a_file_of_a_newer_release_is_refused"),
    (61, "a changed schema, which nothing migrates yet", "schema.rs",
        "what_no_attribute_settles_is_refused_with_the_first_difference"),
    (62, "very many tables", "bad_inputs/schema.rs", "a_catalogue_of_very_many_rows_costs_nothing_to_open"),
    // Use
    (63, "a write inside a write", "transactions.rs", "a_write_inside_a_write_is_an_error_that_names_both_places"),
    (64, "a write in a read", "ui/trait/write-in-a-read.rs", ""),
    (65, "a commit that is forgotten", "bad_inputs/usage.rs", "a_transaction_cannot_be_left_open"),
    (66, "a panic in a write", "transactions.rs", "a_panic_leaves_nothing_and_the_store_goes_on"),
    (67, "a guard over a commit", "bad_inputs/usage.rs", "what_was_read_stays_as_it_was_over_commits"),
    (68, "a store that is dropped before its guards", "bad_inputs/usage.rs",
        "a_store_that_is_dropped_first_leaves_its_tables_and_guards_alone"),
    (69, "a fork", "bad_inputs/fork.rs", "a_forked_process_is_refused_and_harms_nothing"),
    (70, "a range that ends before it starts", "bad_inputs/usage.rs", "strange_ranges_and_limits_are_what_they_say"),
    (71, "equal bounds that are excluded", "bad_inputs/usage.rs", "strange_ranges_and_limits_are_what_they_say"),
    (72, "a limit of 0 and of all", "bad_inputs/usage.rs", "strange_ranges_and_limits_are_what_they_say"),
    (73, "an iterator that is held", "bad_inputs/usage.rs",
        "a_state_that_is_held_for_long_is_told_of_once_and_counted"),
    (74, "a commit after an error of the disk", "bad_inputs/paths.rs", "a_full_disk_is_an_error_with_the_way_out"),
    (75, "a clock that goes backwards", "bad_inputs/usage.rs", "nothing_depends_on_the_clock_on_the_wall"),
    (76, "10,000 threads", "bad_inputs/usage.rs", "ten_thousand_threads_put"),
    (77, "an update that changes the key", "bad_inputs/usage.rs",
        "an_update_that_changes_the_key_moves_the_record_or_is_refused"),
    (78, "a delete of what is not there", "bad_inputs/usage.rs", "a_record_that_is_not_there_is_not_deleted"),
];

#[test]
fn every_number_has_its_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let numbers: BTreeSet<u8> = CASES.iter().map(|(number, ..)| *number).collect();
    assert!(numbers.into_iter().eq(1..=78), "each number once");
    for (number, what, file, name) in CASES {
        let text = fs::read_to_string(folder.join(file));
        let text = text.unwrap_or_else(|error| panic!("{number}, {what}: {file}: {error}"));
        let is_there = match name {
            "" => folder.join(file).with_extension("stderr").exists(),
            name => text.contains(&format!("#[test]\nfn {name}()")),
        };
        assert!(is_there, "{number}, {what}: no test `{name}` in {file}");
    }
}
