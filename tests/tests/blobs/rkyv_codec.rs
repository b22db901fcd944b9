//! The suite with the rkyv codec.

use super::records::records;
use bytes::Bytes;
use indexmap::{IndexMap, IndexSet};
use rkyv::{Archive, Deserialize, Serialize};
use smallvec::SmallVec;
use smol_str::SmolStr;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    sync::Arc,
};
use storage::{StoredRecord, StoredType};

records!("rkyv", [store(default)] Archive, Serialize, Deserialize);

#[path = "suite.rs"]
mod suite;
