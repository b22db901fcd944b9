//! Customers: their ages, their homes, and ways to find them.

use crate::{
    History, Program,
    archives::{archive, history, programs, releases},
};

/// An age is never narrow again.
pub(crate) const CUSTOMERS: History =
    history(programs!(Customer: c0, c1, c2, c3, c4, c5, c6, c7, c8));

releases! {
    c0 { archive! {
        #[store(codec = "rkyv", table = "customers")]
        Customer of CustomerModel {
            #[store(key)] id: u64 = id,
            #[store(unique)] email: String = email,
            name: String = name,
            age: u16 = age,
            nick: Option<String> = nick,
            #[store(index)] tags: Vec<String> = tags,
        }
    } }
    // An age is wider.
    c1 { archive! {
        #[store(codec = "rkyv", table = "customers", removed("city", "home"))]
        Customer of CustomerModel {
            #[store(key)] id: u64 = id,
            #[store(unique)] email: String = email,
            #[store(was = "full_name")] name: String = name,
            #[store(default)] age: u32 = age,
            nick: Option<String> = nick,
            #[store(index)] tags: Vec<String> = tags,
        }
    } }
    // A field more.
    c2 { archive! {
        #[store(codec = "rkyv", table = "customers", removed("home"))]
        Customer of CustomerModel {
            #[store(key)] id: u64 = id,
            #[store(unique)] email: String = email,
            #[store(was = "full_name")] name: String = name,
            #[store(default)] age: u32 = age,
            nick: Option<String> = nick,
            #[store(index)] tags: Vec<String> = tags,
            city: Option<String> = city,
        }
    } }
    // Another name.
    c3 { archive! {
        #[store(codec = "rkyv", table = "customers", removed("home"))]
        Customer of CustomerModel {
            #[store(key)] id: u64 = id,
            #[store(unique)] email: String = email,
            #[store(was = "name")] full_name: String = name,
            #[store(default)] age: u32 = age,
            nick: Option<String> = nick,
            #[store(index)] tags: Vec<String> = tags,
            city: Option<String> = city,
        }
    } }
    // An age need not be known.
    c4 { archive! {
        #[store(codec = "rkyv", table = "customers", removed("home"))]
        Customer of CustomerModel {
            #[store(key)] id: u64 = id,
            #[store(unique)] email: String = email,
            #[store(was = "name")] full_name: String = name,
            #[store(index)] age: Option<u32> = age,
            nick: Option<String> = nick,
            #[store(index)] tags: Vec<String> = tags,
            city: Option<String> = city,
        }
    } }
    // An index over several fields.
    c5 { archive! {
        #[store(codec = "rkyv", table = "customers", removed("home"))]
        #[store(index(name = "place", fields(city, full_name)))]
        Customer of CustomerModel {
            #[store(key)] id: u64 = id,
            #[store(unique)] email: String = email,
            #[store(was = "name")] full_name: String = name,
            #[store(index)] age: Option<u32> = age,
            nick: Option<String> = nick,
            #[store(index)] tags: Vec<String> = tags,
            city: Option<String> = city,
        }
    } }
    // A field less.
    c6 { archive! {
        #[store(codec = "rkyv", table = "customers", removed("nick", "home"))]
        #[store(index(name = "place", fields(city, full_name)))]
        Customer of CustomerModel {
            #[store(key)] id: u64 = id,
            #[store(unique)] email: String = email,
            #[store(was = "name")] full_name: String = name,
            #[store(index)] age: Option<u32> = age,
            #[store(index)] tags: Vec<String> = tags,
            city: Option<String> = city,
        }
    } }
    // A tuple more.
    c7 { archive! {
        #[store(codec = "rkyv", table = "customers", removed("nick"))]
        #[store(index(name = "place", fields(city, full_name)))]
        Customer of CustomerModel {
            #[store(key)] id: u64 = id,
            #[store(unique)] email: String = email,
            #[store(was = "name")] full_name: String = name,
            #[store(index)] age: Option<u32> = age,
            #[store(index)] tags: Vec<String> = tags,
            city: Option<String> = city,
            #[store(default)] home: (String, u16) = home,
        }
    } }
    // An index with a condition, and one less.
    c8 {
        archive! {
            #[store(codec = "rkyv", table = "customers", removed("nick"))]
            #[store(index(name = "place", fields(city, full_name), if = has_home))]
            Customer of CustomerModel {
                #[store(key)] id: u64 = id,
                #[store(unique)] email: String = email,
                #[store(was = "name")] full_name: String = name,
                #[store(index)] age: Option<u32> = age,
                tags: Vec<String> = tags,
                city: Option<String> = city,
                #[store(default)] home: (String, u16) = home,
            }
        }
        fn has_home(customer: &Customer) -> bool {
            customer.home.1 > 20
        }
    }
}
