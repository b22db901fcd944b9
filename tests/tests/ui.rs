//! What does not compile, and the message that mends it: one file a case, one folder a rule.
//!
//! `TRYBUILD=overwrite cargo test -p tests --test ui` writes the expected messages; read them, they are the product.

#[test]
fn misuse_gets_the_message_that_mends_it() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}
