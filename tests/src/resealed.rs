//! Rows whose bytes are damaged and sealed again, as only a hostile writer would: no checksum tells.

use crate::frame::{body, layout_fingerprint, seal};
use storage::Storage;

/// The longest row that is damaged, in bytes.
const LEN_MAX: usize = 1_000;

/// Turns one bit of each byte of the row under `key` in `table`, cuts the row off at each place, and calls `read` each
/// time. The row is as it was afterwards.
///
/// # Panics
///
/// If there is no such row.
pub fn each_damage(storage: &Storage, table: &str, key: &[u8], read: &dyn Fn()) {
    let stored = storage.backend().get(table, key, <[u8]>::to_vec);
    let stored = stored.expect("the row is read").expect("the row is there");
    let good = body(&stored);
    if good.len() > LEN_MAX {
        return;
    }
    let layout = layout_fingerprint(storage, table);
    let turned = (0..good.len()).map(|place| {
        let mut damaged = good.to_vec();
        damaged[place] ^= 1 << (place % 8);
        damaged
    });
    let cut_off = (0..good.len()).map(|len| good[..len].to_vec());
    for mut damaged in turned.chain(cut_off) {
        seal(table.as_bytes(), layout, key, 1, &mut damaged);
        storage.backend().put(table, key, &damaged).expect("the engine takes any bytes");
        read();
    }
    storage.backend().put(table, key, &stored).expect("the row is put back");
}
