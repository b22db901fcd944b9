//! What stands between a layout of the file and that of the code is told in full, with the attributes to write; and
//! what nothing stands between is told as steps.

use storage::{
    codec::{archive::Upcast, flatbuffers::reads},
    error::Step,
    schema::{Description, Hints, Past},
};

const RKYV: &str = "rkyv\nformat = rkyv-0.8 little-endian pointer-32 aligned";
const FLAT: &str = "flatbuffers\nformat = flatbuffers";

fn described(codec: &str, lines: &str) -> Description {
    let head = "key encoding = 1\nkey = u64\nkey fields = id\n";
    let text = format!("record = User\ncodec = {codec}\n{head}{lines}");
    Description::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn lines(steps: &[Step]) -> String {
    steps.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The steps from one layout to another, or what is not settled.
fn rkyv(old: &str, new: &str, hints: &Hints) -> String {
    let id = "field id = u64\n";
    let [old, new] = [old, new].map(|lines| described(RKYV, &format!("{id}{lines}")));
    match Upcast::new(&old, &new, hints) {
        Ok(upcast) => lines(&upcast.steps().cloned().collect::<Vec<_>>()),
        Err(error) => {
            assert!(error.differences().all(|difference| difference.advice().count() > 0));
            error.to_string()
        }
    }
}

fn flat(old: &str, new: &str, hints: &Hints) -> String {
    let id = "field id = u64, id 0\n";
    let [old, new] = [old, new].map(|lines| described(FLAT, &format!("{id}{lines}")));
    reads(&old, &new, hints).map_or_else(|error| error.to_string(), |steps| lines(&steps))
}

fn was(name: &str) -> Past {
    Past { was: vec![name.to_owned()], default: None }
}

fn default(bytes: &[u8]) -> Past {
    Past { was: vec![], default: Some(bytes.to_vec()) }
}

#[test]
fn every_difference_has_its_attribute() {
    for (old, new, expected) in [
        (
            "",
            "field level = u16\n",
            "field level is missing in the file and `u16` in the code\n  \
             new?      #[store(default = ...)] on `level`, or make it an `Option<u16>`",
        ),
        (
            "",
            "field of = map<string, list<(u8, uuid)>>\n",
            "field of is missing in the file and `map<string, list<(u8, uuid)>>` in the code\n  \
             new?      #[store(default = ...)] on `of`, or make it an \
             `Option<BTreeMap<String, Vec<(u8, Uuid)>>>`",
        ),
        (
            "field name = string\nfield age = u8\n",
            "field full_name = string\nfield age = u8\n",
            "field full_name is missing in the file and `string` in the code\n  \
             renamed?  #[store(was = \"name\")] on `full_name`\n  \
             new?      #[store(default = ...)] on `full_name`, or make it an `Option<String>`\n\
             field name is `string` in the file and missing in the code\n  \
             renamed?  #[store(was = \"name\")] on `full_name`\n  \
             removed?  #[store(removed(\"name\"))] on the struct; its values are dropped, unless \
             `by_migration` beside it keeps them for `table.migrate().with(..)`",
        ),
        // What it cannot be is not offered.
        (
            "field gone = u8\n",
            "field email = string\n",
            "field email is missing in the file and `string` in the code\n  \
             new?      #[store(default = ...)] on `email`, or make it an `Option<String>`\n\
             field gone is `u8` in the file and missing in the code\n  \
             removed?  #[store(removed(\"gone\"))] on the struct; its values are dropped, unless \
             `by_migration` beside it keeps them for `table.migrate().with(..)`",
        ),
        (
            "field nick = option<string>\n",
            "field nick = string\n",
            "field nick is `option<string>` in the file and `string` in the code\n  \
             #[store(default = ...)] on `nick` says what a missing value becomes",
        ),
        (
            "field at = Place\nstruct Place field city = string\n",
            "field at = Location\nstruct Location field town = option<string>\n",
            "field city of Location is `string` in the file and missing in the code\n  \
             renamed?  #[store(was = \"city\")] on `town`\n  \
             removed?  #[store(removed(\"city\"))] on the struct; its values are dropped",
        ),
        (
            "field kind = Kind\nenum Kind variant Home = ()\nenum Kind variant Work field 0 = u8\n",
            "field kind = Kind\nenum Kind variant Home = ()\nenum Kind variant Office field 0 = u8\n",
            "variant Work of Kind is `(0: u8)` in the file and missing in the code\n  \
             renamed?  #[store(was = \"Work\")] on `Office`\n  \
             removed?  rows may hold it: say which variant they get by `was`, or keep it",
        ),
        // Once for a field, however deep.
        (
            "field of = list<option<(u32, u64, u64)>>\n",
            "field of = list<option<(u16, u32, string)>>\n",
            "field of is `list<option<(u32, u64, u64)>>` in the file and \
             `list<option<(u16, u32, string)>>` in the code\n  \
             no rule makes the one of the other: convert the records with `#[store(from = ..)]`, or keep the field \
             and add one of another name",
        ),
    ] {
        assert_eq!(rkyv(old, new, &Hints::new()), expected);
    }
}

#[test]
fn what_decides_order_hashes_or_bytes_stays() {
    let keys = "\n  the keys of a map or a set keep their type, as their order or their hashes depend on it: put \
                what is new into a field of its own";
    for (old, new) in [
        ("map<u8, u8>", "map<u16, u8>"),
        ("set<u8>", "set<option<u8>>"),
        ("hashmap<string, u8>", "hashmap<box<string>, u8>"),
        ("indexset<(u8, u16)>", "indexset<(u8, u32)>"),
    ] {
        let line = |ty| format!("field of = {ty}\n");
        let expected = format!("field of is `{old}` in the file and `{new}` in the code{keys}");
        assert_eq!(rkyv(&line(old), &line(new), &Hints::new()), expected);
    }
    // A struct or an enum in a key is the same if its parts are, in their order.
    let of = |lines: &str| format!("field of = set<K>\n{lines}");
    for (old, new, is_same) in [
        (
            "struct K field a = u8\nstruct K field b = u8\n",
            "struct K field a = u8\nstruct K field b = u8\n",
            true,
        ),
        (
            "struct K field a = u8\nstruct K field b = u8\n",
            "struct K field b = u8\nstruct K field a = u8\n",
            false,
        ),
        (
            "enum K variant A = ()\nenum K variant B = ()\n",
            "enum K variant B = ()\nenum K variant A = ()\n",
            false,
        ),
        (
            "enum K variant A = 1\nenum K variant B = 3\n",
            "enum K variant A = 5\nenum K variant B = 9\n",
            true,
        ),
    ] {
        let found = rkyv(&of(old), &of(new), &Hints::new());
        assert_eq!(found.is_empty(), is_same, "{found}");
    }
    let opaque = "field of = opaque<\"of-1\"; 8 bytes, aligned 4>\n";
    let found = rkyv(opaque, &format!("{opaque}field more = option<u8>\n"), &Hints::new());
    assert!(
        found.contains("the bytes of an opaque type cannot be moved: names may change"),
        "{found}"
    );
    let renamed = Hints::new().member("User", "b", was("a"));
    let [old, new] = ["a", "b"].map(|name| format!("field {name} = u64\n{opaque}"));
    assert_eq!(rkyv(&old, &new, &renamed), "field b: was `a`");
    for (old, new) in [
        ("u16", "u8"),
        ("i64", "u64"),
        ("u32", "f64"),
        ("u8", "nonzero<u8>"),
        ("list<u8>", "[u8; 2]"),
        ("string", "u8"),
        ("duration", "timestamp"),
        ("ipv6", "uuid"),
        ("range<u8>", "(u8, u8)"),
        ("hashmap<u8, u8>", "map<u8, u8>"),
        ("result<u8, u8>", "option<u8>"),
    ] {
        let line = |ty| format!("field of = {ty}\n");
        let found = rkyv(&line(old), &line(new), &Hints::new());
        assert!(found.contains(&format!("`{old}` in the file and ")), "{old} to {new}: {found}");
    }
}

#[test]
fn the_head_of_a_record_stays() {
    let of = |text: &str| described(RKYV, "field id = u64\n").text().replace("User", text);
    let old = Description::parse(&of("Person")).unwrap();
    let new = described(RKYV, "field id = u64\n");
    let found =
        |hints| Upcast::new(&old, &new, &hints).map(|_| ()).map_err(|error| error.to_string());
    assert_eq!(
        found(Hints::new()).unwrap_err(),
        "record is `Person` in the file and `User` in the code\n  \
         renamed?  #[store(was = \"Person\")] on `User`; another type? give it a table of its own"
    );
    assert_eq!(found(Hints::new().record_was(["Person"])), Ok(()));
    let text = new.text();
    for (part, other, subject) in [
        ("key = u64", "key = u32", "key is `u32` in the file and `u64` in the code"),
        ("encoding = 1", "encoding = 2", "key encoding is `2` in the file and `1` in the code"),
        ("codec = rkyv", "codec = other", "codec is `other` in the file and `rkyv` in the code"),
        ("fields = id", "fields = of", "key fields is `of` in the file and `id` in the code"),
    ] {
        let old = Description::parse(&text.replace(part, other)).unwrap();
        let error = Upcast::new(&old, &new, &Hints::new()).unwrap_err().to_string();
        assert!(error.starts_with(subject), "{error}");
    }
}

#[test]
fn attributes_settle_and_mistakes_in_them_are_told() {
    let level = "field level = u16\n";
    let hints = |bytes: &[u8]| Hints::new().member("User", "level", default(bytes));
    assert_eq!(rkyv("", level, &hints(&[7, 0])), "field level: added, its default in old rows");
    for wrong in [&[7_u8][..], &[]] {
        assert_eq!(
            rkyv("", level, &hints(wrong)),
            "field level is missing in the file and `u16` in the code\n  \
             the default of `level` is not encoded as the type of the field is"
        );
    }
    // A field that lives takes its value, whoever claims its name.
    let hints = Hints::new().member("User", "b", was("a"));
    let found = rkyv("field a = u8\n", "field a = u8\nfield b = u8\n", &hints);
    assert!(found.starts_with("field b is missing in the file"), "{found}");
    // Two claims of one name: the first has it.
    let hints = hints.member("User", "c", was("a"));
    let found = rkyv("field a = u8\n", "field b = u8\nfield c = u8\n", &hints);
    assert!(found.starts_with("field c is missing in the file"), "{found}");
    // Where each field is found by its name, their order is that of the code.
    let (old, new) = ("field a = u8\nfield b = u8\n", "field b = u8\nfield a = u8\n");
    assert_eq!(rkyv(old, new, &Hints::new()), "fields: in another order");
    let hints = Hints::new().removed("User", ["gone"]).member("User", "new", was("old"));
    assert_eq!(
        rkyv("field gone = u8\nfield old = u8\n", "field new = option<u16>\n", &hints),
        "field new: was `old`\nfield new: `u8` becomes `option<u16>`\nfield gone: removed, its values are dropped"
    );
}

#[test]
fn flatbuffers_are_read_as_they_are_or_not_at_all() {
    let none = Hints::new();
    for (old, new, expected) in [
        ("", "field a = option<string>, id 1, optional\n", "field a: added, `None` in old rows"),
        ("", "field a = u8, id 1\n", "field a: added, its default in old rows"),
        ("", "field a = u8, id 1, removed\n", ""),
        ("field a = u8, id 1\n", "field b = u8, id 1\n", "field b: was `a`"),
        (
            "field a = u8, id 1\n",
            "field a = u8, id 1, removed\n",
            "field a: removed, its values are dropped",
        ),
        ("field a = string, id 1, required\n", "field a = option<string>, id 1, optional\n", ""),
        (
            "",
            "field a = string, id 1, required\n",
            "field a is missing in the file and `string, id 1, required` in the code\n  \
             rows may lack `a`: make it an `Option`",
        ),
        (
            "field a = i16, id 1\n",
            "",
            "field a is `i16, id 1` in the file and missing in the code\n  \
             removed?  #[store(removed(id = 1, name = \"a\", ty = \"i16\"))] on the struct; its values are not read \
             any more, unless `by_migration` beside it keeps them for `table.migrate().with(..)`",
        ),
        (
            "field a = i16, id 1\n",
            "field a = i32, id 1\n",
            "field a is `i16, id 1` in the file and `i32, id 1` in the code\n  \
             rows are read as they are: give it the next id and another name, and write \
             #[store(removed(id = 1, name = \"a\", ty = \"i16\"))] on the struct",
        ),
        (
            "field a = i16, id 1, default 3\n",
            "field a = i16, id 1, default 4\n",
            "field a is `i16, id 1, default 3` in the file and `i16, id 1, default 4` in the code\n  \
             rows are read as they are: give it the next id and another name, and write \
             #[store(removed(id = 1, name = \"a\", ty = \"i16\"))] on the struct",
        ),
        (
            "field a = option<string>, id 1, optional\n",
            "field a = string, id 1, required\n",
            "field a is `option<string>, id 1, optional` in the file and `string, id 1, required` in the code\n  \
             rows may lack `a`: make it an `Option`",
        ),
        (
            "field a = i16, id 1, removed\n",
            "field b = i16, id 1\n",
            "field b is `removed` in the file and `id 1` in the code\n  \
             an id is never used again: keep #[store(removed(id = 1, name = \"a\", ty = \"i16\"))] on the struct",
        ),
    ] {
        assert_eq!(flat(old, new, &none), expected, "{old} to {new}");
    }
}

#[test]
fn ids_that_are_counted_are_told_from_fields_that_come_and_go() {
    for (old, new, expected) in [
        // Two that changed places, as ids that are counted do when somebody sorts the fields.
        (
            "field a = u8, id 1\nfield b = u8, id 2\n",
            "field b = u8, id 1\nfield a = u8, id 2\n",
            "field b is `id 2` in the file and `id 1` in the code\n  \
             fields are found by their ids: #[store(id = 2)] on `b`, and each other field with the id that it has in \
             the file\n\
             field a is `id 1` in the file and `id 2` in the code\n  \
             fields are found by their ids: #[store(id = 1)] on `a`, and each other field with the id that it has in \
             the file",
        ),
        // One is taken from between others, whose ids are counted.
        (
            "field a = u8, id 1\nfield b = string, id 2, required\nfield c = i32, id 3\n",
            "field a = u8, id 1\nfield c = i32, id 2\n",
            "field b is `string, id 2, required` in the file and missing in the code\n  \
             removed?  #[store(removed(id = 2, name = \"b\", ty = \"String\"))] on the struct; its values are not \
             read any more, unless `by_migration` beside it keeps them for `table.migrate().with(..)`\n\
             field c is `id 3` in the file and `id 2` in the code\n  \
             fields are found by their ids: #[store(id = 3)] on `c`, and each other field with the id that it has in \
             the file",
        ),
        // Two are put between.
        (
            "field a = u8, id 1\nfield b = u8, id 2\nfield c = u8, id 3\n",
            "field a = u8, id 1\nfield x = u8, id 2\nfield y = u8, id 3\nfield b = u8, id 4\nfield c = u8, id 5\n",
            "field x is missing in the file and `u8, id 2` in the code\n  \
             new?      #[store(id = 4)] on `x`: its id is that of another field in the file\n\
             field y is missing in the file and `u8, id 3` in the code\n  \
             new?      #[store(id = 5)] on `y`: its id is that of another field in the file\n\
             field b is `id 2` in the file and `id 4` in the code\n  \
             fields are found by their ids: #[store(id = 2)] on `b`, and each other field with the id that it has in \
             the file\n\
             field c is `id 3` in the file and `id 5` in the code\n  \
             fields are found by their ids: #[store(id = 3)] on `c`, and each other field with the id that it has in \
             the file",
        ),
        // Its name is that of a field that is gone, and the other type has an id of its own.
        (
            "field a = u8, id 1\n",
            "field a = u8, id 1, removed\nfield a = u16, id 2\n",
            "field a is `id 1` in the file and `id 2` in the code\n  \
             fields are found by their ids: #[store(id = 1)] on `a`, and each other field with the id that it has in \
             the file",
        ),
    ] {
        assert_eq!(flat(old, new, &Hints::new()), expected, "{old} to {new}");
    }
}

#[test]
fn names_that_changed_places_are_meant_where_an_attribute_says_so() {
    let swapped = Hints::new().member("User", "a", was("b")).member("User", "b", was("a"));
    let old = "field a = u8, id 1\nfield b = u8, id 2\n";
    let new = "field b = u8, id 1\nfield a = u8, id 2\n";
    assert_eq!(flat(old, new, &swapped), "field b: was `a`\nfield a: was `b`");
}

#[test]
fn types_in_flatbuffers_keep_what_their_bytes_say() {
    let none = Hints::new();
    let of = |ty: &str, lines: &str| format!("field of = option<{ty}>, id 1, optional\n{lines}");
    for (old, new, expected) in [
        // A type is what stands in its place, whatever it is called.
        (of("V", "struct V field x = f32\n"), of("W", "struct W field x = f32\n"), ""),
        (
            of("V", "struct V field x = f32\n"),
            of("V", "struct V field x = f64\n"),
            "struct V is `x: f32` in the file and `x: f64` in the code\n  \
             a struct of fixed width keeps its fields for good: make a new struct, in a new field",
        ),
        (
            of("V", "struct V field x = f32\nstruct V field y = f32\n"),
            of("V", "struct V field y = f32\nstruct V field x = f32\n"),
            "struct V is `x: f32, y: f32` in the file and `y: f32, x: f32` in the code\n  \
             a struct of fixed width keeps its fields for good: make a new struct, in a new field",
        ),
        (
            of("E", "enum E = u8\nenum E variant A = 0\n"),
            of("E", "enum E = u8\nenum E variant B = 0\nenum E variant C = 1\n"),
            "variant B of E: was `A`\nvariant C of E: added",
        ),
        (
            of("E", "enum E = u8\nenum E variant A = 0\nenum E variant B = 1\n"),
            of("E", "enum E = u8\nenum E variant B = 0\nenum E variant A = 1\n"),
            "variant A of E is `0` in the file and `1` in the code\n  \
             rows have the number alone: keep the `#[repr(..)]` and the numbers of the variants\n\
             variant B of E is `1` in the file and `0` in the code\n  \
             rows have the number alone: keep the `#[repr(..)]` and the numbers of the variants",
        ),
        (
            of("E", "enum E = u8\nenum E variant A = 0\n"),
            of("E", "enum E = u16\nenum E variant A = 0\n"),
            "enum E is `u8` in the file and `u16` in the code\n  \
             rows have the number alone: keep the `#[repr(..)]` and the numbers of the variants",
        ),
        (
            of("U", "union U variant A = ()\nunion U variant B = ()\n"),
            of("U", "union U variant A = ()\nunion U variant B = ()\nunion U variant C = ()\n"),
            "variant C of U: added",
        ),
        (
            of("U", "union U variant A = ()\nunion U variant B = ()\n"),
            of("U", "union U variant B = ()\nunion U variant A = ()\n"),
            "union U is `A, B` in the file and `B, A` in the code\n  \
             rows have the number of the variant alone: keep the variants in their order, and add new ones at the end",
        ),
        (
            of("T", "table T field a = u8, id 0\ntable T field next = option<T>, id 1, optional\n"),
            of(
                "T",
                "table T field a = u8, id 0\ntable T field next = option<T>, id 1, optional\n\
                     table T field b = string, id 2, required\n",
            ),
            "field b of T is missing in the file and `string, id 2, required` in the code\n  \
             rows may lack `b`: make it an `Option`",
        ),
    ] {
        assert_eq!(flat(&old, &new, &none), expected, "{old} to {new}");
    }
}

/// Schemas come from files: whatever they say, neither the stack nor the time runs out.
/// An enum that gains data becomes a union, and a struct of fixed width is no table.
#[test]
fn types_in_flatbuffers_stay_of_their_kind() {
    let of = |ty: &str, lines: &str| format!("field of = option<{ty}>, id 1, optional\n{lines}");
    for (old, new, expected) in [
        (
            of("E", "enum E = u8\nenum E variant A = 0\nenum E variant B = 1\n"),
            of("E", "union E variant A = ()\nunion E variant B field 0 = u8, id 0\n"),
            "type E is `enum` in the file and `union` in the code\n  \
             keep what it is, and put what is new into a field of its own",
        ),
        (
            of("T", "table T field a = u8, id 0\n"),
            of("T", "struct T field a = u8\n"),
            "type T is `table` in the file and `struct` in the code\n  \
             keep what it is, and put what is new into a field of its own",
        ),
    ] {
        assert_eq!(flat(&old, &new, &Hints::new()), expected, "{old} to {new}");
    }
}

#[test]
fn forged_schemas_are_an_error_in_time() {
    use std::fmt::Write as _;
    let chain = |len: usize, link: &str, end: &str| {
        let mut text = String::from("field a = T0\n");
        for number in 0..len {
            let next = link.replace('@', &format!("T{}", number + 1));
            writeln!(text, "struct T{number} field a = {next}").unwrap();
        }
        writeln!(text, "struct T{len} field a = {end}").unwrap();
        text
    };
    let many = |len: usize, line: &str| -> String {
        let lines = (0..len).map(|number| line.replace('@', &number.to_string()));
        lines.collect::<Vec<_>>().concat()
    };
    let recursive = "field a = T\nstruct T field a = option<box<T>>\n";
    // On half of the usual stack.
    let run = move || {
        let none = Hints::new();
        for (old, new) in [
            (chain(200, "@", "u8"), chain(200, "@", "u16")),
            (chain(20_000, "option<box<@>>", "u8"), recursive.to_owned()),
            (chain(20_000, "list<@>", "u8"), chain(20_000, "list<@>", "u8")),
            (recursive.to_owned(), chain(20_000, "option<box<@>>", "u8")),
            (chain(100, "option<@>", "u8"), chain(100, "option<@>", "option<u16>")),
            // Many variants that are gone, and many types with what the compiler says of them.
            (
                format!("field a = E\n{}", many(15_000, "enum E variant V@ = 0\n")),
                format!("field a = E\n{}", many(250, "enum E variant W@ = ()\n")),
            ),
            (
                chain(8_000, "box<@>", "u8") + &many(8_000, "archived T@ = 4 bytes, aligned 4\n"),
                recursive.to_owned(),
            ),
        ] {
            rkyv(&old, &new, &none);
        }
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(run).unwrap().join().unwrap();
}
