//! The nodes of a map or a set in key order: a B-tree of five entries a node, built from the leaves.
//!
//! ```text
//! leaf    kind u8 = 0 │ [K; 5] │ [V; 5] │ len
//! inner   kind u8 = 1 │ [K; 5] │ [V; 5] │ [pointer to lesser; 5] │ pointer to greater
//! ```
//!
//! All levels but the last are full. The leaves of the last lie to the left; where there are none left, what would be
//! above them are leaves as well, or pointers to nothing, whose offset is 1.

use super::{
    layout::append,
    sink::{ArchiveSink, ValueDraft, Written},
    source::{ArchiveSource, Read},
    types::{ArchivedTypes, EntryType},
};
use crate::{
    error::{ArchiveError, LayoutError},
    schema::ArchivedLayout,
};
use smallvec::SmallVec;

/// How many entries a node has room for.
const ENTRIES: usize = 5;
const CHILDREN: usize = ENTRIES.saturating_add(1);

/// Where a node has what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nodes {
    pointer: usize,
    key_size: usize,
    value_size: usize,
    keys_at: usize,
    values_at: usize,
    leaf: ArchivedLayout,
    len_at: usize,
    inner: ArchivedLayout,
    lesser_at: usize,
    greater_at: usize,
}

/// Where the key and the value of an entry are.
pub(super) type Placed = (usize, usize);

impl Nodes {
    pub(super) fn new(
        types: &ArchivedTypes<'_>,
        entry: EntryType,
    ) -> Result<Self, Box<LayoutError>> {
        let none = ArchivedLayout { size: 0, align: 1 };
        let key = types.layout(entry.key);
        let value = entry.value.map_or(none, |value| types.layout(value));
        let mut node = ArchivedLayout { size: 1, align: 1 };
        let keys_at = append(&mut node, times(key, ENTRIES)?)?;
        let values_at = append(&mut node, times(value, ENTRIES)?)?;
        // A node is a struct of its own, which what follows lies behind.
        append_nothing(&mut node)?;
        let (mut leaf, mut inner) = (node, node);
        let len_at = append(&mut leaf, types.format.pointers(1))?;
        append_nothing(&mut leaf)?;
        let lesser_at = append(&mut inner, types.format.pointers(ENTRIES))?;
        let greater_at = append(&mut inner, types.format.pointers(1))?;
        append_nothing(&mut inner)?;
        Ok(Self {
            pointer: types.format.pointer,
            key_size: key.size,
            value_size: value.size,
            keys_at,
            values_at,
            leaf,
            len_at,
            inner,
            lesser_at,
            greater_at,
        })
    }

    /// Where the entry of this number is in the node at `at`.
    pub(super) const fn entry(&self, at: usize, number: usize) -> Placed {
        let key = at.saturating_add(self.keys_at);
        let value = at.saturating_add(self.values_at);
        (
            key.saturating_add(number.saturating_mul(self.key_size)),
            value.saturating_add(number.saturating_mul(self.value_size)),
        )
    }

    /// Where the pointer to the child of this number is; the last child has what is greater than the entries.
    const fn child(&self, at: usize, number: usize) -> usize {
        if number < ENTRIES {
            let lesser = at.saturating_add(self.lesser_at);
            lesser.saturating_add(number.saturating_mul(self.pointer))
        } else {
            at.saturating_add(self.greater_at)
        }
    }

    /// Where the entries of the map at `at` are, in key order.
    pub(super) fn entries(&self, source: &mut ArchiveSource<'_>, at: usize) -> Read<Vec<Placed>> {
        let len = source.word(at.saturating_add(self.pointer))?;
        let mut entries = Vec::new();
        if len > 0 {
            self.read(source, source.target(at, at)?, &mut entries)?;
        }
        if entries.len() == len { Ok(entries) } else { Err(ArchiveError::Length) }
    }

    fn read(
        &self,
        source: &mut ArchiveSource<'_>,
        at: usize,
        entries: &mut Vec<Placed>,
    ) -> Read<()> {
        source.enter(true)?;
        match source.byte(at)? {
            0 => {
                source.node(at, self.leaf.size)?;
                let len = source.word(at.saturating_add(self.len_at))?;
                if len > ENTRIES {
                    return Err(ArchiveError::Length);
                }
                entries.extend((0..len).map(|number| self.entry(at, number)));
            }
            1 => {
                source.node(at, self.inner.size)?;
                for number in 0..CHILDREN {
                    let pointer = self.child(at, number);
                    let child = source.target(pointer, pointer)?;
                    if child != pointer.saturating_add(1) {
                        self.read(source, child, entries)?;
                    }
                    if number < ENTRIES {
                        entries.push(self.entry(at, number));
                    }
                }
            }
            kind => return Err(ArchiveError::Variant(kind)),
        }
        source.leave(true);
        Ok(())
    }

    /// Begins a node with so many entries and these children, none in a leaf; and how it is aligned.
    pub(super) fn draft(
        &self,
        sink: &mut ArchiveSink<'_>,
        node: &TreeNode,
    ) -> Written<(ValueDraft, usize)> {
        if node.children.is_empty() {
            let draft = sink.draft(self.leaf.size);
            sink.put_word(draft.at.saturating_add(self.len_at), node.entries.len())?;
            return Ok((draft, self.leaf.align));
        }
        let draft = sink.draft(self.inner.size);
        sink.put(draft.at, &[1])?;
        for (number, child) in node.children.iter().enumerate() {
            let pointer = self.child(draft.at, number);
            match child {
                Some(child) => sink.point(pointer, pointer, *child),
                None => sink.point_nowhere(pointer)?,
            }
        }
        Ok((draft, self.inner.align))
    }
}

fn times(layout: ArchivedLayout, count: usize) -> Result<ArchivedLayout, Box<LayoutError>> {
    let size = layout.size.checked_mul(count).ok_or(LayoutError::TooLarge)?;
    Ok(ArchivedLayout { size, ..layout })
}

/// Rounds a struct up, as its own alignment asks for.
fn append_nothing(whole: &mut ArchivedLayout) -> Result<(), Box<LayoutError>> {
    let nothing = ArchivedLayout { size: 0, align: whole.align };
    append(whole, nothing).map(drop)
}

/// A node that is whole: the numbers of its entries, and where its children are.
#[derive(Debug, Default)]
pub(super) struct TreeNode {
    pub(super) entries: SmallVec<[usize; ENTRIES]>,
    children: SmallVec<[Option<usize>; CHILDREN]>,
}

/// Takes a node and returns where it was written.
pub(super) type WriteNode<'w> = dyn FnMut(&TreeNode) -> Written<usize> + 'w;

/// Writes a tree of `len` entries, one at least, node by node, children first: where its root is.
pub(super) fn write_tree(len: usize, write: &mut WriteNode<'_>) -> Written<usize> {
    let height = len.checked_ilog(CHILDREN).unwrap_or(0);
    let above = CHILDREN.saturating_pow(height).saturating_sub(1);
    let mut tree = Growing { entries: 0, last_level: len.saturating_sub(above), write };
    tree.node(height)?.ok_or(ArchiveError::OtherType)
}

/// A tree that is written from left to right.
struct Growing<'w, 'c> {
    /// How many entries are in nodes.
    entries: usize,
    /// How many entries the last level still gets.
    last_level: usize,
    write: &'w mut WriteNode<'c>,
}

impl Growing<'_, '_> {
    /// Writes the node that comes next, `height` levels above the last: where, if it has entries.
    fn node(&mut self, height: u32) -> Written<Option<usize>> {
        let mut node = TreeNode::default();
        match height {
            0 => {
                let len = self.last_level.min(ENTRIES);
                self.last_level = self.last_level.saturating_sub(len);
                (0..len).for_each(|_| self.take(&mut node));
                if len == 0 {
                    return Ok(None);
                }
            }
            1 if self.last_level == 0 => (0..ENTRIES).for_each(|_| self.take(&mut node)),
            _ => {
                for number in 0..CHILDREN {
                    let child = self.node(height.saturating_sub(1))?;
                    node.children.push(child);
                    if number < ENTRIES {
                        self.take(&mut node);
                    }
                }
            }
        }
        (self.write)(&node).map(Some)
    }

    fn take(&mut self, node: &mut TreeNode) {
        node.entries.push(self.entries);
        self.entries = self.entries.saturating_add(1);
    }
}
