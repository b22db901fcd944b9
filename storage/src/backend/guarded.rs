//! Code of the user's on a thread of ours: a panic in it ends nothing but itself.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `code` of the user's, whose panic the panic hook has reported, and goes on.
///
/// Others wait for what this thread does next, so it must not unwind.
pub(crate) fn guarded(code: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(code)) {
        // The payload is the user's, too. One that panics when it is dropped is kept.
        let dropped = catch_unwind(AssertUnwindSafe(|| drop(payload)));
        dropped.unwrap_or_else(std::mem::forget);
    }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    struct Grenade;

    impl Drop for Grenade {
        fn drop(&mut self) {
            panic!("on purpose");
        }
    }

    #[test]
    fn a_panic_and_its_payload_end_nothing() {
        guarded(|| panic!("on purpose"));
        guarded(|| std::panic::panic_any(Grenade));
    }
}
