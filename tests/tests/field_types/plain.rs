//! Numbers, characters and text.

use super::*;

field! { truth: bool = "bool", [false, true] }
field! { letter: char = "char", ['a', char::MAX] }
field! { u8s: u8 = "u8", [0, u8::MAX] }
field! { u16s: u16 = "u16", [0, 256, u16::MAX] }
field! { u32s: u32 = "u32", [0, 1 << 16, u32::MAX] }
field! { u64s: u64 = "u64", [0, 1 << 32, u64::MAX] }
field! { u128s: u128 = "u128", [0, 1 << 64, u128::MAX] }
field! { i8s: i8 = "i8", [i8::MIN, -1, i8::MAX] }
field! { i16s: i16 = "i16", [i16::MIN, -1, i16::MAX] }
field! { i32s: i32 = "i32", [i32::MIN, -1, i32::MAX] }
field! { i64s: i64 = "i64", [i64::MIN, -1, i64::MAX] }
field! { i128s: i128 = "i128", [i128::MIN, -1, i128::MAX] }
field! { f32s: f32 = "f32", [-0.5, 1.5, f32::MAX] }
field! { f64s: f64 = "f64", [-0.5, 1.5, f64::MAX] }
field! { text: String = "string", ["", "a", "\u{10FFFF}"].map(str::to_owned) }
