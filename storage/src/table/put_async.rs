//! Queued writes, waited for later: `put_async`, `delete_async`.

use super::{Autocommit, Row, Table, replace::NewRow};
use crate::{
    backend::{ByteWriter, WriteTicket},
    error::Result,
    key::Lookup,
    record::StoredRecord,
};

impl<R: StoredRecord> Table<R> {
    /// Queues `record` to be written under its key, and returns a ticket that completes when the write is durable.
    ///
    /// Queued writes run in the order they were queued, many in one commit: thousands of them take as long as a few
    /// [`put`](Self::put)s. Reads see them once they are on the disk. If the queue is full
    /// ([`queue_size`](crate::OpenOptions::queue_size)), this waits.
    ///
    /// # Guarantees
    ///
    /// A write is durable once its ticket completes or [`flush`](crate::Storage::flush) returns; a crash before that
    /// loses it. Without a crash every queued write runs, even if its ticket is dropped:
    /// [`close`](crate::Storage::close) and the drop of the last handle wait for it.
    ///
    /// Queued writes are not ordered with other writes: a `put` of the same key, even on this thread, may run before a
    /// write that was queued earlier, which then replaces it. Wait for the ticket first if that matters.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "readings")]
    /// # struct Reading { #[store(key)] hour: u32, pm25: f64 }
    /// # let storage = Storage::in_memory()?;
    /// let readings = Reading::table(&storage)?;
    /// let tickets: Vec<_> = (0..100)
    ///     .map(|hour| readings.put_async(Reading { hour, pm25: 12.5 }))
    ///     .collect::<Result<_, _>>()?;
    /// for ticket in tickets {
    ///     ticket.wait()?; // or `ticket.await?`
    /// }
    /// assert_eq!(readings.len()?, 100);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put), if the record cannot be encoded, its key is too long, or this is inside a write of this
    /// thread ([`NestedWrite`](crate::StorageError::NestedWrite)). Errors of the write itself are returned by the
    /// ticket.
    #[track_caller]
    pub fn put_async(&self, record: R) -> Result<WriteTicket>
    where
        R: Send,
    {
        let mut bytes = Vec::new();
        let key = self.encode_record(&record, &mut bytes)?;
        let table = self.without_place();
        // Only index keys are made from the value itself.
        let record = (!R::indexers().is_empty()).then_some(record);
        let copies: usize = if record.is_some() { 2 } else { 1 };
        let len = bytes.capacity().saturating_mul(copies).saturating_add(key.len());
        self.access.store().enqueue(len, move |writer: &dyn ByteWriter| {
            table.shared.entry.enter(writer)?;
            let row = match &record {
                Some(record) => NewRow::new(record, &bytes),
                None => NewRow::of_stored(&bytes),
            };
            table.replace(writer, &key, Some(&row))
        })
    }
}

impl<L: Row> Table<L, Autocommit> {
    /// Queues the deletion of the row under `key`, in the same queue as `put_async`. The ticket returns `false` if
    /// there was no such row.
    ///
    /// ```
    #[doc = include_str!("../guide/example/names.txt")]
    /// let ticket = names.delete_async(7)?;
    /// assert!(ticket.wait()?);
    /// assert!(!names.contains(7)?);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Key`](crate::StorageError::Key) if the key is too long, and
    /// [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside a write of this thread.
    #[track_caller]
    pub fn delete_async(&self, key: impl Lookup<L::Key>) -> Result<WriteTicket> {
        let key = self.encode_key(&key)?;
        let table = self.without_place();
        self.access.store().enqueue(key.len(), move |writer: &dyn ByteWriter| {
            if !table.shared.entry.is_written(writer)? {
                return Ok(false);
            }
            // Indexes that this program does not know would keep the row's entries.
            table.shared.entry.enter(writer)?;
            table.replace(writer, &key, None)
        })
    }

    /// The same table without a place of its own: it does not keep the store open.
    pub(super) fn without_place(&self) -> Table<L, ()> {
        self.at(|_| ())
    }
}
