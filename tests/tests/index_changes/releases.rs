//! A record whose indexes change from one release of a program to the next.

use storage::{Result, Storage, maintenance::IndexFault};

/// How many records there are, and what is wrong with their index entries.
type Verified = (u64, Vec<IndexFault>);

/// The records to put: number, title and year.
type Books = Vec<(u32, String, i32)>;

/// What a program of one release does.
#[derive(Clone, Copy)]
pub(crate) struct Release {
    pub(crate) name: &'static str,
    /// Opens the table, compares each index with the records, and counts the records.
    pub(crate) verify: fn(&Storage) -> Result<Verified>,
    pub(crate) put: fn(&Storage, u32, &str, i32) -> Result<()>,
    pub(crate) put_stream: fn(&Storage, Books) -> Result<()>,
    pub(crate) delete: fn(&Storage, u32) -> Result<bool>,
    pub(crate) clear: fn(&Storage) -> Result<u64>,
}

/// A release: the record `Book` with its indexes.
macro_rules! release {
    ($name:ident, $codec:literal, [$($derive:ident),*], [$($on_struct:tt)*], [$($on_title:tt)*], [$($on_year:tt)*]) => {
        pub(crate) mod $name {
            #[allow(unused_imports, reason = "only rkyv has derives of its own")]
            use rkyv::{Archive, Deserialize, Serialize};
            use storage::StoredRecord;

            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "books")]
            $($on_struct)*
            pub(crate) struct Book {
                #[store(key)]
                pub(crate) id: u32,
                $($on_title)*
                pub(crate) title: String,
                $($on_year)*
                pub(crate) year: i32,
            }

            #[allow(dead_code, reason = "some releases index by it")]
            fn is_old(book: &Book) -> bool {
                book.year < 1900
            }

            #[allow(dead_code, reason = "some releases index by it")]
            fn is_new(book: &Book) -> bool {
                book.year >= 1900
            }

            #[allow(dead_code, reason = "some releases index by it")]
            fn century(book: &Book) -> i32 {
                book.year / 100
            }

            #[allow(dead_code, reason = "not every release is drawn")]
            pub(crate) const RELEASE: super::Release = super::Release {
                name: stringify!($name),
                verify: |storage| {
                    let books = Book::table(storage)?;
                    Ok((books.len()?, books.verify()?))
                },
                put: |storage, id, title, year| {
                    let title = title.to_owned();
                    Book::table(storage)?.put(&Book { id, title, year }).map(drop)
                },
                put_stream: |storage, books| {
                    let books = books.into_iter().map(|(id, title, year)| Book { id, title, year });
                    Book::table(storage)?.put_stream(books).map(drop)
                },
                delete: |storage, id| Book::table(storage)?.delete(id),
                clear: |storage| Book::table(storage)?.clear(),
            };
        }
    };
    ($name:ident, $($on:tt)*) => {
        release!($name, "rkyv", [Archive, Serialize, Deserialize], $($on)*);
    };
}

release!(first, [#[store(index(name = "shelf", fields(year, title)))]], [#[store(index)]], []);
release!(added, [#[store(index(name = "shelf", fields(year, title)))]], [#[store(index)]], [#[store(index)]]);
release!(removed, [#[store(index(name = "shelf", fields(year, title)))]], [], []);
release!(removed_both, [], [], []);
release!(unique, [#[store(index(name = "shelf", fields(year, title)))]], [#[store(unique)]], []);
release!(other_order, [#[store(index(name = "shelf", fields(title, year)))]], [#[store(index)]], []);
release!(fewer_fields, [#[store(index(name = "shelf", fields(year)))]], [#[store(index)]], []);
release!(partial, [#[store(index(name = "shelf", fields(year, title), if = is_old))]], [#[store(index)]], []);
release!(other_part, [#[store(index(name = "shelf", fields(year, title), if = is_new))]], [#[store(index)]], []);
release!(computed, [#[store(index(name = "shelf", with = century, key = i32))]], [#[store(index)]], []);
release!(renamed, [#[store(index(name = "shelves", fields(year, title)))]], [#[store(index)]], []);
release!(flat_first, "flatbuffers", [], [], [#[store(index)]], []);
release!(flat_added, "flatbuffers", [], [], [#[store(index)]], [#[store(index)]]);

/// Every release whose records are archives.
pub(crate) const RELEASES: [Release; 11] = [
    first::RELEASE,
    added::RELEASE,
    removed::RELEASE,
    removed_both::RELEASE,
    unique::RELEASE,
    other_order::RELEASE,
    fewer_fields::RELEASE,
    partial::RELEASE,
    other_part::RELEASE,
    computed::RELEASE,
    renamed::RELEASE,
];
