//! The suite with the FlatBuffers codec.

use super::records::records;
use bytes::Bytes;
use indexmap::{IndexMap, IndexSet};
use smallvec::SmallVec;
use smol_str::SmolStr;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    sync::Arc,
};
use storage::{StoredRecord, StoredType};

records!("flatbuffers", []);

#[path = "suite.rs"]
mod suite;
