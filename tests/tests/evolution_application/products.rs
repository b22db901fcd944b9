//! Products: their kinds, an index that a function makes.

use crate::{
    History, Program,
    archives::{archive, history, programs, releases},
};

/// A weight is never less exact again.
pub(crate) const PRODUCTS: History =
    history(programs!(Product: p0, p1, p2, p3, p4, p5, p6, p7, p8));

/// What a release calls the variants.
macro_rules! kind {
    ($kind:ident, $bundle:ident, $digital:ident) => {
        impl Fits<KindModel> for $kind {
            fn of(model: &KindModel) -> Self {
                match *model {
                    KindModel::Simple => Self::Simple,
                    KindModel::Bundle(parts) => Self::$bundle { parts },
                    KindModel::Digital => Self::$digital,
                }
            }

            fn into_model(self) -> KindModel {
                #[allow(unreachable_patterns, reason = "a release may have two for one")]
                match self {
                    Self::Simple => KindModel::Simple,
                    Self::$bundle { parts } => KindModel::Bundle(parts),
                    Self::$digital => KindModel::Digital,
                }
            }
        }
    };
}

releases! {
    // The first.
    p0 {
        archive! {
            #[store(codec = "rkyv", table = "products")]
            #[store(index(name = "word", with = word, key = String))]
            Product of ProductModel {
                #[store(key)] sku: String = sku,
                title: String = title,
                weight: f32 = weight,
                kind: Kind = kind,
            }
        }
        fn word(product: &Product) -> Option<String> {
            product.title.split(' ').next().map(str::to_lowercase)
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub enum Kind {
            Simple,
            Bundle { parts: u8 },
        }
        kind! { Kind, Bundle, Simple }
    }
    // A weight is more exact.
    p1 {
        archive! {
            #[store(codec = "rkyv", table = "products", removed("stock", "maker"))]
            #[store(index(name = "word", with = word, key = String))]
            Product of ProductModel {
                #[store(key)] sku: String = sku,
                title: String = title,
                weight: f64 = weight,
                kind: Kind = kind,
            }
        }
        fn word(product: &Product) -> Option<String> {
            product.title.split(' ').next().map(str::to_lowercase)
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub enum Kind {
            #[store(was = "Digital")]
            Simple,
            #[store(was = "Set")]
            Bundle { parts: u8 },
        }
        kind! { Kind, Bundle, Simple }
    }
    // A variant more.
    p2 {
        archive! {
            #[store(codec = "rkyv", table = "products", removed("stock", "maker"))]
            #[store(index(name = "word", with = word, key = String))]
            Product of ProductModel {
                #[store(key)] sku: String = sku,
                title: String = title,
                weight: f64 = weight,
                kind: Kind = kind,
            }
        }
        fn word(product: &Product) -> Option<String> {
            product.title.split(' ').next().map(str::to_lowercase)
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub enum Kind {
            Simple,
            #[store(was = "Set")]
            Bundle { parts: u8 },
            Digital,
        }
        kind! { Kind, Bundle, Digital }
    }
    // A variant with another name.
    p3 {
        archive! {
            #[store(codec = "rkyv", table = "products", removed("stock", "maker"))]
            #[store(index(name = "word", with = word, key = String))]
            Product of ProductModel {
                #[store(key)] sku: String = sku,
                title: String = title,
                weight: f64 = weight,
                kind: Kind = kind,
            }
        }
        fn word(product: &Product) -> Option<String> {
            product.title.split(' ').next().map(str::to_lowercase)
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub enum Kind {
            Simple,
            #[store(was = "Bundle")]
            Set { parts: u8 },
            Digital,
        }
        kind! { Kind, Set, Digital }
    }
    // A field that old rows have a number for, which the function of the index looks at.
    p4 {
        archive! {
            #[store(codec = "rkyv", table = "products", removed("maker"))]
            #[store(index(name = "word", with = word, key = String))]
            Product of ProductModel {
                #[store(key)] sku: String = sku,
                title: String = title,
                weight: f64 = weight,
                kind: Kind = kind,
                #[store(default = 7)] stock: u32 = stock,
            }
        }
        fn word(product: &Product) -> Option<String> {
            let word = product.title.split(' ').next()?;
            Some(format!("{word} {}", product.stock))
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub enum Kind {
            Simple,
            #[store(was = "Bundle")]
            Set { parts: u8 },
            Digital,
        }
        kind! { Kind, Set, Digital }
    }
    // Another function for an index.
    p5 {
        archive! {
            #[store(codec = "rkyv", table = "products", removed("maker"))]
            #[store(index(name = "initial", with = initial, key = char))]
            Product of ProductModel {
                #[store(key)] sku: String = sku,
                title: String = title,
                weight: f64 = weight,
                kind: Kind = kind,
                #[store(default = 7)] stock: u32 = stock,
            }
        }
        fn initial(product: &Product) -> Option<char> {
            product.title.chars().next()
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub enum Kind {
            Simple,
            #[store(was = "Bundle")]
            Set { parts: u8 },
            Digital,
        }
        kind! { Kind, Set, Digital }
    }
    // Fields in another order, one of them in a box.
    p6 {
        archive! {
            #[store(codec = "rkyv", table = "products", removed("maker"))]
            #[store(index(name = "initial", with = initial, key = char))]
            Product of ProductModel {
                #[store(key)] sku: String = sku,
                #[store(default = 7)] stock: u32 = stock,
                kind: Kind = kind,
                weight: f64 = weight,
                title: Box<String> = title,
            }
        }
        fn initial(product: &Product) -> Option<char> {
            product.title.chars().next()
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub enum Kind {
            Simple,
            #[store(was = "Bundle")]
            Set { parts: u8 },
            Digital,
        }
        kind! { Kind, Set, Digital }
    }
    // A field with an index.
    p7 {
        archive! {
            #[store(codec = "rkyv", table = "products")]
            #[store(index(name = "initial", with = initial, key = char))]
            Product of ProductModel {
                #[store(key)] sku: String = sku,
                #[store(index)] maker: Option<String> = maker,
                #[store(default = 7)] stock: u32 = stock,
                kind: Kind = kind,
                weight: f64 = weight,
                title: Box<String> = title,
            }
        }
        fn initial(product: &Product) -> Option<char> {
            product.title.chars().next()
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub enum Kind {
            Simple,
            #[store(was = "Bundle")]
            Set { parts: u8 },
            Digital,
        }
        kind! { Kind, Set, Digital }
    }
    // Out of the box, and unique.
    p8 {
        archive! {
            #[store(codec = "rkyv", table = "products")]
            #[store(index(name = "initial", with = initial, key = char))]
            Product of ProductModel {
                #[store(key)] sku: String = sku,
                #[store(index)] maker: Option<String> = maker,
                #[store(default = 7)] stock: u32 = stock,
                kind: Kind = kind,
                weight: f64 = weight,
                #[store(unique)] title: String = title,
            }
        }
        fn initial(product: &Product) -> Option<char> {
            product.title.chars().next()
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub enum Kind {
            Simple,
            #[store(was = "Bundle")]
            Set { parts: u8 },
            Digital,
        }
        kind! { Kind, Set, Digital }
    }
}
