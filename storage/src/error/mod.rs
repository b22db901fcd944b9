//! What can go wrong, whose fault it is, and the way out.
//!
//! Every text about a failure that a person reads is in this folder and nowhere else.

mod action;
mod archive;
mod blame;
mod cause;
mod codec;
mod database;
mod evolution;
#[cfg(feature = "flatbuffers")]
mod flatbuffers;
mod key;
mod lock;
mod making;
mod mismatch;
mod older_type;
mod open;
mod own;
mod page_token;
mod refusal;
mod schema;
mod stream;
#[cfg(feature = "dynamic")]
mod value;
mod violation;
mod watch;

#[cfg(feature = "flatbuffers")]
pub(crate) use self::flatbuffers::{FlatAdvice, FlatFault, file_twice};
#[cfg(feature = "serde")]
pub(crate) use self::refusal::PackFault;
#[cfg(feature = "dynamic")]
pub(crate) use self::value::Unwritable;
#[cfg(feature = "dynamic")]
pub use self::value::{DynamicError, ValueError};
pub use self::{
    action::Action,
    archive::ArchiveError,
    blame::Blame,
    codec::{
        CatalogDamage, CorruptError, Damage, DecodeError, EncodeError, RowDecodeError,
        SerializationError,
    },
    database::DatabaseError,
    evolution::{Step, Unresolved, Unsettled},
    key::KeyError,
    lock::{LockError, LockFault, LockReason},
    mismatch::SchemaMismatch,
    older_type::OlderTypeError,
    open::{FileDamage, OpenError, OpenReason},
    page_token::PageTokenError,
    schema::{Difference, LayoutError, SchemaTextError, SchemaTextReason, TableNameError},
    stream::StreamError,
    violation::{AlreadyExists, KeyCollision, OtherKey, UniqueViolation},
};
pub(crate) use self::{
    cause::Cause,
    evolution::{Advice, Change, Names, Offer},
    key::ReportedKey,
    older_type::OlderTypeReason,
    own::OwnError,
    refusal::Refusal,
};
use std::panic::Location;
use thiserror::Error;

/// What an operation of this crate returns.
pub type Result<T, E = StorageError> = std::result::Result<T, E>;

/// Why an operation failed.
///
/// A failed write changes nothing, with one exception: after [`CommitUnknown`](Self::CommitUnknown), it may have.
///
/// # What to do
///
/// | variant | [`Blame`] | what to do |
/// |---|---|---|
/// | `Key`, `Serialization` | `Violation` | change the data |
/// | `AlreadyExists`, `Unique`, `KeyCollision` | `Violation`, a [conflict](Self::is_conflict) | change one of them |
/// | `PageToken` | `Violation` | start at the first page again |
/// | `TableName`, `SchemaText`, `Layout`, `OlderType` | `Misuse` | change the program |
/// | `NestedWrite`, `WouldDeadlock`, `OtherKey`, `Forked` | `Misuse` | change the program |
/// | `Decode` | `Misuse` | read the row through its view, or change the type or its conversion |
/// | `InUse` | `Busy` | drop what uses the store, then retry |
/// | `Schema` | `Mismatch` | open the table with the schema it was written with |
/// | `Newer` | `Mismatch` | use the newer release |
/// | `NewerLayout` | `Mismatch` | write with the newer version of the program |
/// | `LayoutsFull` | `Misuse` | write its rows into a table of another name |
/// | `NoIdLeft` | `Misuse` | widen the key |
/// | `MigrationNeeded` | `Misuse` | run `table.migrate().with(..)` before rows are written |
/// | `MigrationDisturbed` | `Busy` | let the other program end, then migrate again |
/// | `IndexNotBuilt` | that of its reason, or `Mismatch` | open the table again, or `rebuild` |
/// | `TwoTables` | `Mismatch` | move the rows of one to the other, drop it |
/// | `TableExists` | `Misuse` | drop the other table, or choose another name |
/// | `TableReplaced` | `Misuse` | open the table again |
/// | `Corrupt` | `Corrupt` | restore the record, whose key the error has, or the file |
/// | `FileReplaced` | `Io` | put the file back, `reopen`, retry |
/// | `CommitUnknown` | `Io`, not [retryable](Self::is_retryable) | `reopen`, then look whether the changes are there |
/// | `Open`: a wrong path | `Misuse` | use another path |
/// | `Open`: a lock | `Busy` | retry when the other handle is closed |
/// | `Open`: another format or version | `Mismatch` | use the program or release that wrote the file |
/// | `Open`: damage | `Corrupt` | restore the file |
/// | `Open`: anything else | `Io` | fix the reported problem, retry |
/// | `Database`: the disk, a closed store | `Io` | fix the reported problem, `reopen`, retry |
/// | `Database`: a damaged page | `Corrupt` | restore the file |
/// | `Database`: a snapshot in use | `Busy` | drop it, retry |
/// | `Database`: a table of another program | `Mismatch` | use another table name |
/// | `Database`: bytes too long for the engine | `Violation` | split them |
/// | `Database`: a panic of the caller's code, a key of another length | `Misuse` | change the program |
/// | `WatcherLagged` | `Busy` | read the table again, then continue |
/// | `FeedTrimmed`, `FeedAhead` | `Mismatch` | read the table again, then continue from the feed's end |
/// | `Custom` | `Custom` | decided by the caller |
///
/// # Design
///
/// *One text.* `Display` is the whole message in one line: what happened, the cause, and how to fix it. So
/// `println!("{error}")` hides nothing, and [`source`](std::error::Error::source) does not return the cause a second
/// time: reporters that print chains, such as `anyhow`, print each text once. Only the error in
/// [`Custom`](Self::Custom) keeps its sources. What a program needs of a cause has a type: [`Damage`],
/// [`EncodeError`], [`KeyError`], [`OpenReason`], and [`io_error`](Self::io_error) for the operating system's.
///
/// *Room to grow.* A variant with one or two details has them as fields, one with more has a boxed struct with getters.
/// Both are `non_exhaustive`, and a `Result` stays small.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StorageError {
    /// The file could not be opened or created; nothing was written.
    #[error(transparent)]
    Open(Box<OpenError>),
    /// The engine or the disk failed in a read or a write.
    #[error(transparent)]
    Database(Box<DatabaseError>),
    /// A value could not be turned into bytes; nothing was written.
    #[error(transparent)]
    Serialization(Box<SerializationError>),
    /// Bytes in the file are not what was written.
    #[error(transparent)]
    Corrupt(Box<CorruptError>),
    /// A row was verified and checked, but could not be decoded: its type has no owned form or refuses the value, or
    /// the conversion from an older record type failed.
    #[error(transparent)]
    Decode(Box<RowDecodeError>),
    /// A key cannot be stored; nothing was written.
    #[error("table `{table}`: {reason}")]
    #[non_exhaustive]
    Key {
        /// The table it was meant for.
        table: String,
        /// What is wrong with it.
        reason: KeyError,
    },
    /// The table was written with a schema that differs from that of the code.
    #[error(transparent)]
    Schema(Box<SchemaMismatch>),
    /// The schema of a table cannot be stored in the file; nothing was written.
    #[error(
        "the schema of table `{table}` cannot be stored: {reason}; make its types simpler or their names shorter"
    )]
    #[non_exhaustive]
    SchemaText {
        /// The table.
        table: String,
        /// Where its text breaks a rule.
        reason: Box<SchemaTextError>,
    },
    /// The fields of a record type are not stored where its schema says, so another program would misread them; nothing
    /// was read or written.
    #[error("the records of table `{table}` cannot be kept: {reason}")]
    #[non_exhaustive]
    Layout {
        /// The table.
        table: String,
        /// What is not as the schema says.
        reason: Box<LayoutError>,
    },
    /// The older type of a record (`#[store(from = ..)]`) cannot be one: its keys differ, or older types are converted
    /// from one another in a circle; nothing was read or written.
    #[error(transparent)]
    OlderType(Box<OlderTypeError>),
    /// A name that no table can have.
    #[error(
        "`{}` cannot be a table name: {reason}; use 1 to 255 bytes without control characters and `$`",
        name.escape_debug()
    )]
    #[non_exhaustive]
    TableName {
        /// The name.
        name: String,
        /// The rule it breaks.
        reason: TableNameError,
    },
    /// A newer release of this crate has written something about the table that this one does not understand. Nothing
    /// is damaged.
    #[error(
        "table `{table}` was written by a newer release of `storage`: {what} is unknown to this one; use the newer"
    )]
    #[non_exhaustive]
    Newer {
        /// The table.
        table: String,
        /// What is not known.
        what: String,
    },
    /// A table cannot be renamed, because another one has the name; nothing was changed.
    #[error("there is a table `{table}` already; drop it first, or choose another name")]
    #[non_exhaustive]
    TableExists {
        /// The name.
        table: String,
    },
    /// A table that is to be renamed by `#[store(table_was = ..)]` exists under both names; nothing was read or
    /// written.
    #[error(
        "the records of table `{table}` are in table `{was}`, too, which is a name that it had: an older version of \
         the program has written there; move its rows and drop it, or remove `table_was`"
    )]
    #[non_exhaustive]
    TwoTables {
        /// The name that the code has.
        table: String,
        /// The name that it had.
        was: String,
    },
    /// The table of this handle was renamed or replaced by another one. Nothing was written.
    #[error(
        "table `{table}` is another one since this handle was opened: tables were renamed; open the table again"
    )]
    #[non_exhaustive]
    TableReplaced {
        /// The name.
        table: String,
    },
    /// A table has had so many layouts that no number is left for another one.
    #[error("table `{table}` has rows of 65,535 layouts, and no number is left for another")]
    #[non_exhaustive]
    LayoutsFull {
        /// The table.
        table: String,
    },
    /// A table with `#[store(key, auto)]` has used the last number of its key type; nothing was written.
    #[error(
        "table `{table}` has no number left for another record: its key is `auto`, and the last one was given; widen \
         the key with `Storage::rekey`"
    )]
    #[non_exhaustive]
    NoIdLeft {
        /// The table.
        table: String,
    },
    /// A write to a table that a newer version of the program has written, and that was opened only to be read: fields
    /// that this version does not know would be lost.
    #[error(
        "table `{table}` has layout {layout}, of which this program does not know all: opened with \
         `Evolution::ReadNewer`, it can be read and not written; write it with the newer version of the program"
    )]
    #[non_exhaustive]
    NewerLayout {
        /// The table.
        table: String,
        /// The number of the layout.
        layout: u16,
    },
    /// A row has fields that are removed `by_migration`: only a migration that works on each row may take them out of
    /// it. Nothing was written.
    #[error(
        "table `{table}` has rows of layout {layout}, out of which {} may only go by a migration that works on each \
         row; run `table.migrate().with(..).run()` first",
        Names(fields)
    )]
    #[non_exhaustive]
    MigrationNeeded {
        /// The table.
        table: String,
        /// The number of the layout.
        layout: u16,
        /// Those fields.
        fields: Box<[String]>,
    },
    /// A migration reached the last row several times, but rows of another layout kept being written. What it
    /// has rewritten stays; the older layouts are not retired.
    #[error(
        "table `{table}` is not migrated: another program, or a handle of another record type, writes rows of its \
         layout to it; let it end, and migrate again"
    )]
    #[non_exhaustive]
    MigrationDisturbed {
        /// The table.
        table: String,
    },
    /// An index is not built, so it cannot be used. The table and its other indexes can be.
    ///
    /// A missing index is built when its table is opened from the store itself, unless there is a `reason` against it.
    /// It is not built in a snapshot or inside a write.
    #[error(
        "index `{index}` of table `{table}` is not built{}",
        schema::NotBuilt(reason.as_deref())
    )]
    #[non_exhaustive]
    IndexNotBuilt {
        /// The table.
        table: String,
        /// The index.
        index: String,
        /// What the next record has against it: two records with one key of a unique index, a record that cannot be
        /// read, or a key that is too long.
        reason: Option<Box<StorageError>>,
    },
    /// There is a record under the key already; nothing was written.
    #[error(transparent)]
    AlreadyExists(Box<AlreadyExists>),
    /// A closure returned a record with another key than the one asked for; nothing was written.
    #[error(transparent)]
    OtherKey(Box<OtherKey>),
    /// Two records would have the same key in a unique index; nothing was written.
    #[error(transparent)]
    Unique(Box<UniqueViolation>),
    /// Two records would get the same new key in a rekey; nothing was changed.
    #[error(transparent)]
    KeyCollision(Box<KeyCollision>),
    /// A page token that this scan cannot continue after.
    #[error("the page token cannot be used{}: {reason}; start again without one",
        source_name.as_ref().map(|name| format!(" on `{name}`")).unwrap_or_default())]
    #[non_exhaustive]
    PageToken {
        /// The table or index that is scanned; `None` if a text is no token at all.
        source_name: Option<String>,
        /// Why not.
        reason: PageTokenError,
    },
    /// The store cannot be closed while another handle, table or snapshot of it is alive.
    #[error("the store at `{}` is in use by another handle, table or snapshot; drop them first", path.display())]
    #[non_exhaustive]
    InUse {
        /// The store's path.
        path: std::path::PathBuf,
    },
    /// The file was moved, removed, replaced or cut short while it was open, so that a write would be lost.
    #[error(
        "the store at `{}` was moved, removed, replaced or cut short while it was open; what is in memory can still be \
         read: call `Storage::backup` first, then put the file back and call `Storage::reopen`",
        path.display()
    )]
    #[non_exhaustive]
    FileReplaced {
        /// The store's path.
        path: std::path::PathBuf,
    },
    /// The process was forked after the store was opened. Only the process that opened it may use it.
    #[error(
        "the store at `{}` was opened by process {opened_by}, of which this process is a fork; open the store after \
         the fork",
        path.display()
    )]
    #[non_exhaustive]
    Forked {
        /// The store's path.
        path: std::path::PathBuf,
        /// The process that opened it.
        opened_by: u32,
    },
    /// A write inside a write of the same thread, or a wait for a write, which would wait for itself forever.
    #[error(
        "the call at {attempted_at} is inside the write that this thread began at {begun_at}, and would wait for it \
         to end; use the transaction's own tables, or make the call after that write"
    )]
    #[non_exhaustive]
    NestedWrite {
        /// Where the outer write began.
        begun_at: &'static Location<'static>,
        /// Where the call inside it was made.
        attempted_at: &'static Location<'static>,
    },
    /// A wait for queued writes, on the thread that runs them, which would wait for itself forever.
    #[error(
        "the wait at {attempted_at} is in a waker or a callback on the thread that runs queued writes, and would \
         wait for itself; wait on another thread"
    )]
    #[non_exhaustive]
    WouldDeadlock {
        /// Where it was tried.
        attempted_at: &'static Location<'static>,
    },
    /// A watcher was read too slowly, and its buffer was full: the oldest commits were dropped. It continues with those
    /// after them.
    #[error(
        "the watcher of {} was not told of {commits} commits: it was behind by more than its buffer, or the store was \
         re-opened; read what it watches again, then go on",
        watch::Watched(table.as_deref())
    )]
    #[non_exhaustive]
    WatcherLagged {
        /// The table that it watches; `None` if it watches all.
        table: Option<String>,
        /// How many commits it was not told of.
        commits: u64,
    },
    /// A feed no longer has the change after a cursor. Nothing was read.
    #[error(
        "the feed of table `{table}` no longer has change {}, which follows the cursor: it starts at change {oldest}; \
         read the table again, then continue from the feed's end",
        cursor.saturating_add(1)
    )]
    #[non_exhaustive]
    FeedTrimmed {
        /// The table.
        table: String,
        /// The number of the last change that was read.
        cursor: u64,
        /// The number of the oldest change in the feed, or of the next one if it has none.
        oldest: u64,
    },
    /// A feed ends before a cursor, which belongs to another file or to a state that was lost. Nothing was read.
    #[error(
        "the feed of table `{table}` ends with change {newest}, and the cursor follows change {cursor}: it belongs to \
         another file, or the file was restored from an older backup; read the table again, then continue from the \
         feed's end"
    )]
    #[non_exhaustive]
    FeedAhead {
        /// The table.
        table: String,
        /// The number of the last change that was read.
        cursor: u64,
        /// The number of the newest change in the feed.
        newest: u64,
    },
    /// A commit failed: either all of its changes are in the file, or none. Reopen the store to see which.
    #[error(
        "{0}; its changes are in the file or not: call `Storage::reopen` and read them to know"
    )]
    CommitUnknown(Box<DatabaseError>),
    /// An error of the caller's own code, returned from a closure of a write.
    #[error(transparent)]
    Custom(Box<dyn std::error::Error + Send + Sync>),
}
