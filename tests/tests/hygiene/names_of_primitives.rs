//! Types of the user are called as the primitive ones are.

#![allow(non_camel_case_types, reason = "that is the case")]

pub struct u8;
pub struct u16;
pub struct usize;
pub struct bool;
pub struct str;

#[derive(Debug, storage::StoredKey)]
pub enum Level {
    Low,
    High,
}

#[derive(Debug, storage::StoredKey)]
pub struct Id(u64);

#[test]
fn works() {
    crate::is_key(&Level::Low, &Level::High);
    crate::is_key(&Id(1), &Id(2));
}
