//! The records of the suite, of one codec: blobs, and what else has a length.

macro_rules! records {
    ($codec:literal, [$($default:meta)?] $($derive:ident),*) => {
        #[derive(Clone, $($derive,)* StoredType)]
        #[store(codec = $codec)]
        pub(crate) struct Inner {
            pub(crate) number: u8,
            pub(crate) content: Vec<u8>,
            pub(crate) tag: [u8; 3],
        }

        #[derive(Clone, $($derive,)* StoredRecord)]
        #[store(codec = $codec, table = "blobs")]
        pub(crate) struct Blob {
            #[store(key)]
            pub(crate) id: u32,
            pub(crate) content: Vec<u8>,
            pub(crate) boxed: Box<[u8]>,
            pub(crate) shared: Arc<[u8]>,
            pub(crate) cheap: Bytes,
            pub(crate) digest: [u8; 5],
            pub(crate) flag: bool,
            pub(crate) some: Option<Vec<u8>>,
            pub(crate) some_boxed: Option<Box<[u8]>>,
            pub(crate) some_shared: Option<Arc<[u8]>>,
            pub(crate) some_digest: Option<[u8; 5]>,
            pub(crate) none: Option<Vec<u8>>,
            pub(crate) no_digest: Option<[u8; 5]>,
            pub(crate) inner: Inner,
            pub(crate) text: String,
            pub(crate) some_text: Option<String>,
            pub(crate) no_text: Option<String>,
            pub(crate) boxed_text: Box<str>,
            pub(crate) shared_text: Arc<str>,
            pub(crate) small_text: SmolStr,
            pub(crate) words: Vec<String>,
            pub(crate) some_words: Option<Vec<String>>,
            pub(crate) line: VecDeque<u32>,
            pub(crate) numbers: Box<[u64]>,
            pub(crate) small: SmallVec<[u16; 4]>,
            pub(crate) set: BTreeSet<u32>,
            pub(crate) hashed: HashSet<u32>,
            pub(crate) map: BTreeMap<u32, String>,
            pub(crate) hash_map: HashMap<u32, u8>,
            pub(crate) index_set: IndexSet<u32>,
            pub(crate) index_map: IndexMap<u32, u8>,
            pub(crate) twice: Option<Option<Vec<u8>>>,
        }

        /// Pictures as a release before wrote them.
        pub(crate) mod old {
            use super::*;

            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "pictures")]
            pub(crate) struct Picture {
                #[store(key)]
                pub(crate) id: u32,
                pub(crate) content: Vec<u8>,
                pub(crate) digest: [u8; 4],
            }
        }

        /// Pictures of today.
        #[derive($($derive,)* StoredRecord)]
        #[store(codec = $codec, table = "pictures")]
        pub(crate) struct Picture {
            #[store(key)]
            pub(crate) id: u32,
            pub(crate) content: Vec<u8>,
            pub(crate) digest: [u8; 4],
            pub(crate) thumbnail: Option<Vec<u8>>,
            $(#[$default])?
            pub(crate) extra: Vec<u8>,
        }
    };
}
pub(crate) use records;
