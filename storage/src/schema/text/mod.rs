//! The text of a schema: one fact a line, in declaration order.
//!
//! ```text
//! record = Airport                                          value = Reading (archived: 16 bytes, aligned to 8)
//! codec = rkyv                                              codec = rkyv
//! format = rkyv-0.8 little-endian pointer-32 aligned        format = rkyv-0.8 little-endian pointer-32 aligned
//! key encoding = 1                                          key encoding = 1
//! key = string                                              key = (u64, reverse<timestamp>)
//! key fields = ident
//! field ident = string
//! field kind = Kind                                         field mana = i16, id 2, default 150
//! field pass = opaque<"pass-v1"; 16 bytes, aligned 4>       field home = option<Vec3>, id 5, optional
//! enum Kind variant Heliport = ()                           struct Vec3 field x = f32
//! enum Kind variant Closed field since = i32                enum Color = u8
//! archived = 32 bytes, aligned 4                            enum Color variant Red = 0
//! archived Kind = 8 bytes, aligned 4
//! index by_region = (string, string) over country, region
//! ```
//!
//! *Invariant*: equal texts mean that every stored byte is read the same way; so do equal models, because a model has
//! one text and a text one model. Indexes are about other tables: they come last, and the fingerprint that seals values
//! leaves them out.
//!
//! The lines about archived types are what the compiler says of them. rkyv's rules make the same sizes and alignments
//! of the other lines (`codec/archive/layout.rs`): a table whose types the rules do not hold for is not opened.
//!
//! # Grammar
//!
//! ```text
//! schema      = (record | value) { index }
//! record      = "record = " TYPE-NAME line [ "file identifier = " WORD line ] format key
//!               "key fields = " [ WORD { ", " WORD } ] line { "field " field } { definition }
//!               { archived }
//! value       = "value = " TEXT line format key
//! archived    = "archived" [ " " TYPE-NAME ] " = " layout line
//! format      = "codec = " TEXT line "format = " TEXT line
//! key         = "key encoding = " NUMBER line "key = " type line
//! index       = "index " WORD " = " [ "unique " ] type " over " TEXT line
//!
//! definition  = ("struct " | "table ") TYPE-NAME fields
//!             | "enum " TYPE-NAME enum | "union " TYPE-NAME variants
//! fields      = " = ()" line | " field " field { ditto " field " field }
//! enum        = " = " SCALAR line { ditto variant } | variants
//! variants    = " = ()" line | variant { ditto variant }
//! variant     = " variant " WORD ( " = " NUMBER line { ditto " field " field } | fields )
//! field       = WORD " = " type [ slot ] line
//! slot        = ", id " NUMBER [ ", required" | ", optional" | ", default " WORD | ", removed" ]
//!
//! type        = "()" | SCALAR | "string" | "bytes" | STANDARD | TYPE-NAME
//!             | ("option" | "box" | "reverse" | "list") "<" type ">"
//!             | "nonzero<" SCALAR ">" | "map<" type ", " type ">" | "opaque<" QUOTED [ "; " layout ] ">"
//!             | GENERIC "<" type { ", " type } ">"
//!             | "[" type "; " NUMBER "]" | "(" type { ", " type } ")" | "enum(" [ WORD { ", " WORD } ] ")"
//! layout      = NUMBER " bytes, aligned " NUMBER
//!
//! SCALAR      = "bool" | "char" | "i8" | … | "u128" | "f32" | "f64"
//! STANDARD    = "duration" | "timestamp" | "datetime" | "date" | "ip" | "ipv4" | "ipv6" | "uuid" | "socket"
//!             | "socketv4" | "socketv6" | "str"
//! GENERIC     = "slice" | "set" | "hashset" | "hashmap" | "indexset" | "indexmap" | "result" | "range"
//!             | "rangeinclusive" | "rangefrom" | "rangeto" | "rangetoinclusive"
//! NUMBER      = [ "-" ] DIGIT { DIGIT }
//! TYPE-NAME   = UPPER { LETTER | DIGIT | "_" | "#" } | QUOTED
//! WORD        = PLAIN { PLAIN } | QUOTED          PLAIN = LETTER | DIGIT | "_" | "-" | "+" | "."
//! QUOTED      = '"' { CHARACTER | ESCAPE | '\"' } '"'
//! TEXT        = { CHARACTER | ESCAPE | '"' }
//! ESCAPE      = "\\" | "\u{" HEX { HEX } "}"      a backslash; a control character
//! line        = "\n"
//! ```
//!
//! *ditto* is all that the line before has in front of its last `field` or `variant`; letters are those of ASCII. Every
//! word of the language begins with a small letter, and so does no name of a type that stands without quotes: a type
//! of the user's that is called `string` is `"string"`, today and when there are more words. Of several ways to write
//! a thing only the shortest is accepted. A line whose beginning is none of these is one that a later release has
//! added: [`UnknownLine`](crate::error::SchemaTextReason::UnknownLine).

mod cursor;
mod difference;
mod parse;
mod parse_shape;
mod print;

pub(crate) use self::difference::difference;

/// The longest text in bytes.
pub const TEXT_LEN_MAX: usize = 1024 * 1024;
/// How deeply types may be nested.
pub const DEPTH_MAX: usize = 64;
