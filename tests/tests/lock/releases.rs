//! Records as the releases of a program declare them.

/// Declares one, as one release has it, in a module of its own.
macro_rules! release {
    ($module:ident: $item:item) => {
        pub(crate) mod $module {
            use rkyv::{Archive, Deserialize, Serialize};
            use storage::StoredRecord;
            #[derive(Archive, Serialize, Deserialize, StoredRecord)]
            $item
        }
    };
}

macro_rules! flat_release {
    ($module:ident: $item:item) => {
        pub(crate) mod $module {
            use storage::StoredRecord;
            #[derive(StoredRecord)]
            $item
        }
    };
}

release! { user1:
    #[store(codec = "rkyv", table = "users")]
    pub struct User { #[store(key)] id: u64, #[store(index)] name: String, age: u16 }
}
// A rename and a new field without attributes, with one of them, and with both.
release! { user2_bare:
    #[store(codec = "rkyv", table = "users")]
    pub struct User { #[store(key)] id: u64, #[store(index)] full_name: String, age: u16, level: u8 }
}
release! { user2_draft:
    #[store(codec = "rkyv", table = "users")]
    pub struct User { #[store(key)] id: u64, #[store(index)] name: String, age: u32 }
}
release! { user2:
    #[store(codec = "rkyv", table = "users")]
    pub struct User {
        #[store(key)] id: u64,
        #[store(index, was = "name")] full_name: String,
        age: u16,
        #[store(default)] level: u8,
    }
}
// Reads both, and the one after it.
release! { user3:
    #[store(codec = "rkyv", table = "users", removed("level"))]
    pub struct User {
        #[store(key)] id: u64,
        #[store(index, was = "name")] full_name: String,
        age: u32,
    }
}
// A field less without the attribute: neither of the older layouts is read, for one reason each.
release! { user4:
    #[store(codec = "rkyv", table = "users")]
    pub struct User { #[store(key)] id: u64, #[store(was = "full_name")] name: String }
}
// A new field without the attribute.
release! { user5:
    #[store(codec = "rkyv", table = "users", removed("level"))]
    pub struct User { #[store(key)] id: u64, #[store(was("name", "full_name"))] title: String, age: u32, email: String }
}
release! { user1_unique:
    #[store(codec = "rkyv", table = "users")]
    pub struct User { #[store(key)] id: u64, #[store(unique)] name: String, age: u16 }
}
release! { path:
    #[store(codec = "rkyv", table = "../Users of ü")]
    pub struct User { #[store(key)] id: u64 }
}
release! { capital:
    #[store(codec = "rkyv", table = "Users")]
    pub struct User { #[store(key)] id: u64 }
}

flat_release! { order1:
    #[store(codec = "flatbuffers", table = "orders")]
    pub struct Order { #[store(key)] id: u32, #[store(index)] price: f64, note: String }
}
flat_release! { order2:
    #[store(codec = "flatbuffers", table = "orders")]
    pub struct Order { #[store(key)] id: u32, #[store(index)] price: f64, note: String, tags: Vec<String> }
}
flat_release! { order2_wrong:
    #[store(codec = "flatbuffers", table = "orders")]
    pub struct Order { #[store(key)] id: u64, #[store(index)] price: f32, note: String }
}
