//! What the records are about, whatever the release: all that any release has of them.

use std::collections::BTreeMap;

/// The rows that the file should have, by number.
#[derive(Default)]
pub(crate) struct Shadows {
    customers: BTreeMap<u64, CustomerModel>,
    products: BTreeMap<u64, ProductModel>,
    orders: BTreeMap<u64, OrderModel>,
    lines: BTreeMap<u64, LineModel>,
    events: BTreeMap<u64, EventModel>,
}

pub(crate) trait Model: Sized {
    /// That of this number, as it is at this step.
    fn new(number: u64, step: u64) -> Self;

    fn rows(shadows: &mut Shadows) -> &mut BTreeMap<u64, Self>;
}

#[derive(Default)]
pub(crate) struct CustomerModel {
    pub(crate) id: u64,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) age: Option<u32>,
    pub(crate) nick: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) city: Option<String>,
    pub(crate) home: (String, u16),
}

pub(crate) struct ProductModel {
    pub(crate) sku: String,
    pub(crate) title: String,
    pub(crate) weight: f64,
    pub(crate) kind: KindModel,
    pub(crate) stock: u32,
    pub(crate) maker: Option<String>,
}

#[derive(Clone, Copy)]
pub(crate) enum KindModel {
    Simple,
    Bundle(u8),
    Digital,
}

#[derive(Default)]
pub(crate) struct OrderModel {
    pub(crate) customer: u64,
    pub(crate) number: u32,
    pub(crate) status: String,
    pub(crate) day: u32,
    pub(crate) items: Vec<ItemModel>,
    pub(crate) note: String,
    pub(crate) total: Option<u64>,
    pub(crate) extra: BTreeMap<String, String>,
}

#[derive(Default)]
pub(crate) struct ItemModel {
    pub(crate) code: String,
    pub(crate) count: u32,
    pub(crate) price: Option<u64>,
}

pub(crate) struct LineModel {
    pub(crate) order: u32,
    pub(crate) line: u16,
    pub(crate) product: String,
    pub(crate) count: u16,
    pub(crate) discount: Option<u16>,
    pub(crate) notes: Vec<String>,
    pub(crate) level: u8,
}

#[derive(Default)]
pub(crate) struct EventModel {
    pub(crate) day: u32,
    pub(crate) sequence: u32,
    pub(crate) user: u64,
    pub(crate) code: String,
    pub(crate) address: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) agent: Option<u32>,
}

impl Default for ProductModel {
    fn default() -> Self {
        let [sku, title] = [const { String::new() }; 2];
        Self { sku, title, weight: 0.0, kind: KindModel::Simple, stock: 7, maker: None }
    }
}

impl Default for LineModel {
    fn default() -> Self {
        let (order, line, product, count) = (0, 0, String::new(), 0);
        Self { order, line, product, count, discount: None, notes: Vec::new(), level: 3 }
    }
}

/// Something that some have, and some have not.
fn some<T>(number: u64, value: T) -> Option<T> {
    number.is_multiple_of(3).then_some(value)
}

fn words(number: u64, step: u64) -> Vec<String> {
    (0..number % 4).map(|word| format!("word {} of step {}", word + number % 5, step % 3)).collect()
}

impl Model for CustomerModel {
    fn new(id: u64, step: u64) -> Self {
        Self {
            id,
            email: format!("{id}@example.org"),
            name: format!("customer {} of step {step}", id % 11),
            age: Some((id * 3 % 90) as u32),
            nick: some(id, format!("nick {step}")),
            tags: words(id, step),
            city: some(step, format!("city {}", id % 7)),
            home: (format!("street {step}"), (id % 99) as u16),
        }
    }

    fn rows(shadows: &mut Shadows) -> &mut BTreeMap<u64, Self> {
        &mut shadows.customers
    }
}

impl Model for ProductModel {
    fn new(number: u64, step: u64) -> Self {
        Self {
            sku: format!("sku/{number}"),
            title: format!("{} thing {number}", ["Red", "blue", "Green"][(step % 3) as usize]),
            weight: 0.25 * number as f64,
            kind: [KindModel::Simple, KindModel::Bundle(step as u8), KindModel::Digital]
                [(number % 3) as usize],
            stock: (step % 50) as u32,
            maker: some(number, format!("maker {step}")),
        }
    }

    fn rows(shadows: &mut Shadows) -> &mut BTreeMap<u64, Self> {
        &mut shadows.products
    }
}

impl Model for OrderModel {
    fn new(number: u64, step: u64) -> Self {
        let item = |code: String| ItemModel {
            price: some(code.len() as u64, step),
            count: (number % 60) as u32,
            code,
        };
        Self {
            customer: number / 10,
            number: (number % 10) as u32,
            status: ["open", "paid", "gone"][(step % 3) as usize].to_owned(),
            day: (number % 9) as u32,
            items: words(number, step).into_iter().map(item).collect(),
            note: format!("note of step {step}, which is longer than a short text"),
            total: some(number, step),
            extra: words(step, number).into_iter().map(|word| (word.clone(), word)).collect(),
        }
    }

    fn rows(shadows: &mut Shadows) -> &mut BTreeMap<u64, Self> {
        &mut shadows.orders
    }
}

impl Model for LineModel {
    fn new(number: u64, step: u64) -> Self {
        Self {
            order: (number / 10) as u32,
            line: (number % 10) as u16,
            product: format!("sku/{}", step % 5),
            count: (number % 3) as u16,
            discount: some(number, (step % 40) as u16),
            notes: words(number, step),
            level: (step % 6) as u8,
        }
    }

    fn rows(shadows: &mut Shadows) -> &mut BTreeMap<u64, Self> {
        &mut shadows.lines
    }
}

impl Model for EventModel {
    fn new(number: u64, step: u64) -> Self {
        Self {
            day: (number / 10) as u32,
            sequence: (number % 10) as u32,
            user: step % 4,
            code: format!("code {number}"),
            address: some(step, format!("10.0.0.{}", number % 200)),
            tags: words(number, step),
            agent: some(number, (step % 8) as u32),
        }
    }

    fn rows(shadows: &mut Shadows) -> &mut BTreeMap<u64, Self> {
        &mut shadows.events
    }
}

/// A field of a release, made of a field of the model.
pub(crate) trait Fits<M>: Sized {
    fn of(model: &M) -> Self;

    fn into_model(self) -> M;
}

macro_rules! same {
    ($($ty:ty),*) => {
        $(impl Fits<$ty> for $ty {
            fn of(model: &$ty) -> Self {
                model.clone()
            }

            fn into_model(self) -> $ty {
                self
            }
        })*
    };
}

same!(u8, u16, u32, u64, f64, String, Vec<String>, BTreeMap<String, String>);
same!(Option<String>, Option<u16>, Option<u32>, Option<u64>, (String, u16));

impl Fits<Option<Self>> for u32 {
    fn of(model: &Option<Self>) -> Self {
        model.unwrap_or_default()
    }

    fn into_model(self) -> Option<Self> {
        Some(self)
    }
}

impl Fits<Option<u32>> for u16 {
    fn of(model: &Option<u32>) -> Self {
        model.unwrap_or_default().try_into().unwrap()
    }

    fn into_model(self) -> Option<u32> {
        Some(self.into())
    }
}

impl Fits<f64> for f32 {
    fn of(model: &f64) -> Self {
        *model as Self
    }

    fn into_model(self) -> f64 {
        self.into()
    }
}

impl Fits<String> for Box<String> {
    fn of(model: &String) -> Self {
        Self::new(model.clone())
    }

    fn into_model(self) -> String {
        *self
    }
}
