//! The schema's text: any text is an error, or the text of the description that it parses to. Where a layout can be
//! computed of it, that is done.
//!
//! Built and run as `flatbuffers` is. An input is a text, or edits of a good one, so that most of what is tried is
//! nearly right. An edit is four bytes: what to do, where (two), and with what.

#![no_main]

use fuzz::Person;
use libfuzzer_sys::fuzz_target;
use schemas::matrix::{Creature, Everything};
use std::sync::LazyLock;
use storage::{codec::RkyvLayout, schema::Description, table::Row};

/// Good texts, and their words.
static TEXTS: LazyLock<(Vec<String>, Vec<String>)> = LazyLock::new(|| {
    let people = fuzz::people();
    people
        .new_rkyv_table::<(u64, String), Vec<u8>>("pairs")
        .put((1, "a"), &vec![1])
        .expect("a row");
    let rows = fuzz::rows(&people, "$catalog");
    let pairs = rows.iter().find(|(key, _)| key == b"pairs").expect("it was written");
    let pairs = String::from_utf8(fuzz::frame::body(&pairs.1).to_vec()).expect("text");
    let described = [Person::describe(), Creature::describe(), Everything::describe()];
    let texts: Vec<String> =
        described.iter().map(Description::text).chain([pairs, VARIED.into()]).collect();
    let words = texts.iter().flat_map(|text| text.split_inclusive([' ', '\n', '<', '>', ',', '(']));
    let words = words.map(str::to_owned).collect();
    assert!(texts.iter().all(|text| Description::parse(text).is_ok()));
    (texts, words)
});

/// What the others do not have.
const VARIED: &str = "\
record = Varied
codec = rkyv
format = rkyv-0.8 little-endian pointer-32 aligned
key encoding = 1
key = (u8, reverse<string>, [u16; 3])
key fields = a, b, c
field a = u8
field b = option<box<str>>
field c = map<string, list<Nested>>
field d = opaque<\"path-1\"; 8 bytes, aligned 4>
field e = result<nonzero<u32>, hashmap<uuid, socket>>
field f = (range<i128>, char, ())
struct Nested field next = option<box<Nested>>
struct Nested field kind = Kind
enum Kind variant Empty = ()
enum Kind variant Full field 0 = duration
index by_a = unique enum(One, Two) over a
index by_b = reverse<bytes> over with path::to::function
";

/// In bytes: longer texts would be slow, and say nothing that shorter ones do not.
const EDITED_LEN_MAX: usize = 16 * 1024;

fn edit(text: &mut String, words: &[String], [what, low, high, with]: [u8; 4]) {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place = |number: usize| ends[number % ends.len()];
    let number = usize::from(u16::from_le_bytes([low, high]));
    let at = place(number);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = number % lines.len().max(1);
    match what % 7 {
        0 => text.insert(at, char::from(with)),
        1 => text.insert_str(at, &words[usize::from(with) % words.len()]),
        2 => drop(text.drain(
            at..place((number % ends.len()).saturating_add(usize::from(with % 16))).max(at),
        )),
        // A word in place of the word that is there.
        3 => {
            let end =
                text[at..].find([' ', '\n', '<', '>', ',', '(']).map_or(text.len(), |len| at + len);
            text.replace_range(at..end, words[usize::from(with) % words.len()].trim_end());
        }
        4 => {
            *text =
                lines[..line].iter().chain(&lines[(line + 1).min(lines.len())..]).copied().collect()
        }
        5 => {
            let again = lines.iter().skip(line).take(1 + usize::from(with % 4));
            *text = lines.iter().chain(again).copied().collect();
        }
        _ => {
            let mut lines = lines;
            let other = usize::from(with) % lines.len().max(1);
            if !lines.is_empty() {
                lines.swap(line, other);
            }
            *text = lines.concat();
        }
    }
}

fn probe(text: &str) {
    match Description::parse(text) {
        Ok(description) => {
            assert_eq!(description.text(), text);
            assert_eq!(Description::parse(text).as_ref(), Ok(&description));
            let _ = description.key_fingerprint();
            if let Ok(layout) = RkyvLayout::of(&description) {
                let RkyvLayout { archived, offsets, .. } = layout;
                assert!(archived.size.is_multiple_of(archived.align.max(1)), "{archived}: {text}");
                assert!(
                    offsets.is_sorted() && offsets.iter().all(|offset| *offset <= archived.size),
                    "{text}"
                );
            }
        }
        Err(error) => {
            assert!(error.line() > 0 && error.column() > 0 && !error.to_string().is_empty())
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let (texts, words) = &*TEXTS;
    let Some((choice, edits)) = data.split_first() else { return };
    let mut text = match texts.get(usize::from(*choice) % (texts.len() + 1)) {
        Some(text) => text.clone(),
        None => String::from_utf8_lossy(edits).into_owned(),
    };
    if usize::from(*choice) % (texts.len() + 1) < texts.len() {
        for one in edits.as_chunks::<4>().0.iter().take(64) {
            // A line that is the whole text is doubled by an edit.
            if text.len() < EDITED_LEN_MAX {
                edit(&mut text, words, *one);
            }
        }
    }
    probe(&text);
});
