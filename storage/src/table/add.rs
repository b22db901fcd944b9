//! Writing new records whose keys the table counts: `add`, `add_all`.

use super::{
    AccessMut, Table, WriteSize,
    bulk::{BulkWriter, Mode},
    replace::NewRow,
};
use crate::{
    backend::ByteWriter,
    error::Result,
    key::AutoKey as _,
    record::{AutoRecord, StoredRecord},
};

impl<R: StoredRecord, A: AccessMut> Table<R, A> {
    /// Writes `record` under the table's next number, and returns that as its key. The key in `record` is ignored.
    ///
    /// The first key is 1, and each key is greater than all existing keys and all that were assigned before. A key is
    /// never assigned twice, even if its record was deleted or its write undone, so there may be gaps. The counter is
    /// kept in the file by the same write, so two threads never get the same key.
    ///
    /// ```
    /// use rkyv::{Archive, Deserialize, Serialize};
    /// use storage::{Storage, StoredRecord};
    ///
    /// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// #[store(codec = "rkyv", table = "tickets")]
    /// struct Ticket {
    ///     #[store(key, auto)]
    ///     id: u64,
    ///     title: String,
    /// }
    ///
    /// # fn main() -> storage::Result<()> {
    /// # let storage = Storage::in_memory()?;
    /// let tickets = Ticket::table(&storage)?;
    /// let ticket = |title: &str| Ticket { id: 0, title: title.into() };
    /// assert_eq!(tickets.add(ticket("Leak"))?, 1);
    /// assert_eq!(tickets.add(ticket("Noise"))?, 2);
    /// tickets.delete(2)?;
    /// assert_eq!(tickets.add(ticket("Smell"))?, 3);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put), and [`StorageError::NoIdLeft`](crate::StorageError::NoIdLeft) if the key's type has no
    /// number left. Nothing is written then.
    #[doc(alias("insert_auto", "autoincrement", "auto_increment", "serial", "create", "next_id"))]
    #[track_caller]
    pub fn add(&self, mut record: R) -> Result<R::Key>
    where
        R: AutoRecord,
    {
        self.write(|writer| {
            let entry = &self.shared.entry;
            let (id, key) = self.number(writer, &mut record, entry.least_id(writer)?)?;
            entry.raise_ids(writer, id.saturating_add(1))?;
            let mut bytes = Vec::new();
            let encoded = self.encode_record(&record, &mut bytes)?;
            self.replace(writer, &encoded, Some(&NewRow::new(&record, &bytes)))?;
            Ok(key)
        })
    }

    /// Writes all records under new keys in one transaction, and returns the keys in the order of the records: like
    /// [`add`](Self::add) for each, at the speed of [`put_stream`](Self::put_stream).
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "tickets")]
    /// # struct Ticket { #[store(key, auto)] id: u64, title: String }
    /// # let storage = Storage::in_memory()?;
    /// let tickets = Ticket::table(&storage)?;
    /// let titles = ["Leak", "Noise", "Smell"];
    /// let ids = tickets.add_all(titles.map(|title| Ticket { id: 0, title: title.into() }))?;
    /// assert_eq!(ids, [1, 2, 3]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`add`](Self::add).
    #[track_caller]
    pub fn add_all(&self, records: impl IntoIterator<Item = R>) -> Result<Vec<R::Key>>
    where
        R: AutoRecord,
    {
        self.write_whole(WriteSize::Rows, |writer| {
            let entry = &self.shared.entry;
            let least = entry.least_id(writer)?;
            let (mut bulk, mut keys) = (BulkWriter::new(self, writer, Mode::Insert)?, Vec::new());
            let mut last = None;
            for mut record in records {
                let (id, key) = self.number(writer, &mut record, least)?;
                last = Some(id);
                keys.push(key);
                bulk.push(writer, &self.key_of(&record)?, &record)?;
            }
            bulk.flush(writer)?;
            if let Some(last) = last {
                entry.raise_ids(writer, last.saturating_add(1))?;
            }
            Ok(keys)
        })
    }

    /// Gives `record` a number, `least` or more, that was never given, and returns it and the key with it. The write
    /// remembers it in the file, or a higher one.
    fn number(&self, writer: &dyn ByteWriter, record: &mut R, least: u64) -> Result<(u64, R::Key)>
    where
        R: AutoRecord,
    {
        let entry = &self.shared.entry;
        let id = entry.take_id(writer, least)?;
        let key = R::Key::of_id(id).ok_or_else(|| entry.full())?;
        record.set_key(key);
        Ok((id, key))
    }
}
