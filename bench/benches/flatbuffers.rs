//! The FlatBuffers codec by itself: reading two of twelve fields, and writing, beside the `flatbuffers` crate.
//!
//! `cargo bench -p bench --bench flatbuffers`

use bench::{Variant, compare};
use flatbuffers::{FlatBufferBuilder, WIPOffset};
use schemas::{
    generated::player as flatc,
    player::{Player, player},
};
use std::{cell::Cell, hint::black_box};
use storage::{
    Codec,
    codec::{Flatbuffers, InPlaceCodec},
};

const COUNT: u32 = 4096;
const ROUNDS: usize = 101;

/// The values one after another, each at an odd address, as in a page.
struct Values {
    bytes: Vec<u8>,
    places: Vec<(usize, usize)>,
}

impl Values {
    fn of(players: &[Player]) -> Self {
        let mut values = Self { bytes: Vec::new(), places: Vec::new() };
        let mut value = Vec::new();
        for player in players {
            <Flatbuffers as Codec<Player>>::encode(player, &mut value).unwrap();
            while values.bytes.len() % 8 != 3 {
                values.bytes.push(0);
            }
            values.places.push((values.bytes.len(), value.len()));
            values.bytes.extend_from_slice(&value);
        }
        values
    }

    /// One value after another, each at a place that follows from what was read before: no two reads overlap.
    fn walk(&self, next: &Cell<usize>, read: impl Fn(&[u8]) -> usize) {
        let nothing = black_box(0);
        let mut number = next.get();
        for _ in 0..COUNT {
            let (start, len) = self.places[number];
            let found = read(black_box(&self.bytes[start..start + len]));
            // Comes by every number once: the factor is one more than a multiple of four, and the summand is odd.
            number = (number * 1_664_525 + 1_013_904_223 + (found & nothing)) % self.places.len();
        }
        next.set(number);
    }

    fn sum(&self, read: impl Fn(&[u8]) -> usize) -> usize {
        let value = |(start, len): &(usize, usize)| &self.bytes[*start..*start + *len];
        self.places.iter().map(|place| read(black_box(value(place)))).sum()
    }
}

fn two(player: flatc::Player<'_>) -> usize {
    player.hp() as usize + player.name().len()
}

/// As a person writes it who knows the crate.
fn build<'b>(builder: &mut FlatBufferBuilder<'b>, player: &Player) -> WIPOffset<flatc::Player<'b>> {
    let name = builder.create_string(&player.name);
    let guild = player.guild.as_ref().map(|guild| builder.create_string(guild));
    let badges = builder.create_vector(&player.badges);
    let args = flatc::PlayerArgs {
        id: player.id,
        hp: player.hp,
        mana: player.mana,
        level: player.level,
        experience: player.experience,
        gold: player.gold,
        active: player.active,
        kind: player.kind,
        name: Some(name),
        guild,
        position: Some(&flatc::F32x3::new(&player.position)),
        badges: Some(badges),
    };
    flatc::Player::create(builder, &args)
}

/// The floor: what reading costs without any check.
#[expect(unsafe_code, reason = "what the codec is measured against")]
fn unchecked(bytes: &[u8]) -> usize {
    // SAFETY: `encode` gave these bytes.
    two(unsafe { flatbuffers::root_unchecked::<flatc::Player<'_>>(bytes) })
}

fn verified(bytes: &[u8]) -> usize {
    let view = <Flatbuffers as InPlaceCodec<Player>>::view(bytes).unwrap();
    view.hp() as usize + view.name().len()
}

fn owned(bytes: &[u8]) -> usize {
    let view = <Flatbuffers as InPlaceCodec<Player>>::view(bytes).unwrap();
    <Flatbuffers as InPlaceCodec<Player>>::own(view).unwrap().name.len()
}

fn root(bytes: &[u8]) -> usize {
    two(flatbuffers::root::<flatc::Player<'_>>(bytes).unwrap())
}

fn unpacked(bytes: &[u8]) -> usize {
    flatbuffers::root::<flatc::Player<'_>>(bytes).unwrap().unpack().name.len()
}

fn read(values: &Values) {
    fn variant<'a>(
        values: &'a Values,
        name: &'static str,
        read: fn(&[u8]) -> usize,
    ) -> Variant<'a> {
        let work = move || {
            black_box(values.sum(read));
        };
        (name, Box::new(work))
    }
    let variants = vec![
        variant(values, "flatbuffers, root_unchecked", unchecked),
        variant(values, "storage, verified", verified),
        variant(values, "flatbuffers, root", root),
        variant(values, "storage, verified and owned", owned),
        variant(values, "flatbuffers, root and unpack", unpacked),
    ];
    compare("two of twelve fields, 4096 values at odd addresses", ROUNDS, variants);
}

/// The same as a program meets it that looks single records up, in a table that no cache holds.
fn look_up(values: &Values) {
    fn variant<'a>(
        values: &'a Values,
        next: &'a Cell<usize>,
        name: &'static str,
        read: fn(&[u8]) -> usize,
    ) -> Variant<'a> {
        (name, Box::new(move || values.walk(next, read)))
    }
    let next = Cell::new(0);
    let variants = vec![
        variant(values, &next, "flatbuffers, root_unchecked", unchecked),
        variant(values, &next, "storage, verified", verified),
        variant(values, &next, "flatbuffers, root", root),
    ];
    compare("the same, 4096 of 262144 values, each read after the one before", ROUNDS, variants);
}

fn write(players: &[Player]) {
    let mut builder = FlatBufferBuilder::with_capacity(256);
    let (mut first, mut second) = (Vec::new(), Vec::new());
    compare(
        "writing 4096 values into a buffer that is kept",
        ROUNDS,
        vec![
            (
                "flatbuffers, builder kept",
                Box::new(|| {
                    for player in players {
                        builder.reset();
                        let root = build(&mut builder, black_box(player));
                        builder.finish(root, None);
                        first.clear();
                        first.extend_from_slice(builder.finished_data());
                        black_box(&first);
                    }
                }),
            ),
            (
                "storage, encode",
                Box::new(|| {
                    for player in players {
                        let player = black_box(player);
                        <Flatbuffers as Codec<Player>>::encode(player, &mut second).unwrap();
                        black_box(&second);
                    }
                }),
            ),
            (
                "flatbuffers, a new builder each",
                Box::new(|| {
                    for player in players {
                        let mut builder = FlatBufferBuilder::new();
                        let root = build(&mut builder, black_box(player));
                        builder.finish(root, None);
                        black_box(builder.finished_data());
                    }
                }),
            ),
        ],
    );
}

fn main() {
    let players: Vec<Player> = (0..COUNT).map(player).collect();
    read(&Values::of(&players));
    look_up(&Values::of(&(0..64 * COUNT).map(player).collect::<Vec<_>>()));
    write(&players);
}
