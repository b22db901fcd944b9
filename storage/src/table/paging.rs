//! Where rows begin and end: `rev`, `limit`, `after`, and the tokens between pages.

use super::{Access, PageToken, Row, Rows};
use crate::{error::Result, project::Filter};
use std::ops::ControlFlow;

impl<L: Row, A: Access, F> Rows<L, A, F> {
    /// Reverses the order: from the last row to the first.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.iter()?.rev().keys()?, ["LSZH", "LSEZ", "EGPF", "EGLL"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub fn rev(mut self) -> Self {
        self.walk.turn();
        self
    }

    /// Returns at most `count` rows.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.iter()?.limit(2).keys()?, ["EGLL", "EGPF"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub const fn limit(mut self, count: u64) -> Self {
        self.sieve.remaining = count;
        self
    }

    /// Starts after the row at which `token` was made. Call it after [`rev`](Self::rev), and before you take the first
    /// row.
    ///
    /// A token is bound to its table or index, its prefix or range, and its direction, and is refused elsewhere. It is
    /// not bound to the [`filter`](Self::filter): with another filter, its rows follow from the same place on. A token
    /// stays valid when the record type changes, as long as the type of the key does not.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let mut first = airports.iter()?.limit(2);
    /// for airport in &mut first {
    ///     println!("{}", airport?.ident);
    /// }
    /// let token = first.page_token().unwrap();
    /// let second = airports.iter()?.after(&token)?.limit(2);
    /// assert_eq!(second.keys()?, ["LSEZ", "LSZH"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::PageToken`](crate::StorageError::PageToken) if the token is of another table, index, prefix,
    /// range or direction, or is damaged.
    pub fn after(mut self, token: &PageToken) -> Result<Self> {
        self.walk.start_after(token, self.form().token_seal())?;
        Ok(self)
    }

    /// Returns a token for the last row taken, to continue [`after`](Self::after) it: now, or after the store is
    /// reopened.
    ///
    /// Before the first row is taken, it is the token that was passed to [`after`](Self::after), or `None`.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let mut rows = airports.iter()?;
    /// assert!(rows.page_token().is_none());
    /// rows.next().transpose()?;
    /// let token = rows.page_token().unwrap().to_string(); // As text, for a link.
    /// let rest = airports.iter()?.after(&token.parse().unwrap())?;
    /// assert_eq!(rest.count()?, 3);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub fn page_token(&self) -> Option<PageToken> {
        self.walk.page_token(self.form().token_seal())
    }

    /// Returns a token for the first row taken, to go back to the rows before it with `rev().after(token)`; they come
    /// in reverse order. `None` if no row was taken.
    ///
    /// ```
    /// # use storage::{Result, Rows, Storage, codec::Rkyv, table::{Autocommit, Pair}};
    /// # let storage = Storage::in_memory()?;
    /// let names = storage.new_rkyv_table::<u64, String>("names");
    /// names.put_stream((0..9).map(|id| (id, format!("name {id}"))))?;
    /// fn page(rows: &mut Rows<Pair<u64, String, Rkyv>, Autocommit>) -> Result<Vec<u64>> {
    ///     rows.map(|row| Ok(row?.0)).collect()
    /// }
    /// let mut first = names.iter()?.limit(3);
    /// assert_eq!(page(&mut first)?, [0, 1, 2]);
    /// assert!(first.has_more()?);
    ///
    /// let mut second = names.iter()?.after(&first.page_token().unwrap())?.limit(3);
    /// assert_eq!(page(&mut second)?, [3, 4, 5]);
    ///
    /// let mut back = names.iter()?.rev().after(&second.previous_page_token().unwrap())?.limit(3);
    /// assert_eq!(page(&mut back)?, [2, 1, 0]);
    /// assert!(!back.has_more()?);
    ///
    /// let mut again = names.iter()?.after(&back.previous_page_token().unwrap())?.limit(3);
    /// assert_eq!(page(&mut again)?, [3, 4, 5]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[doc(alias("prev", "cursor", "pagination"))]
    #[must_use]
    pub fn previous_page_token(&self) -> Option<PageToken> {
        self.walk.token_back(self.form().token_seal())
    }
}

impl<L: Row, A: Access, F: Filter<L>> Rows<L, A, F> {
    /// Returns whether there are more rows after those that were taken, beyond the [`limit`](Self::limit): whether
    /// there is a next page. It reads up to the first such row without taking it.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let mut page = airports.iter()?.limit(2);
    /// for airport in &mut page {
    ///     println!("{}", airport?.ident);
    /// }
    /// assert!(page.has_more()?);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The error of a row on the way.
    #[doc(alias("is_last_page", "has_next"))]
    pub fn has_more(&mut self) -> Result<bool> {
        let limit = std::mem::replace(&mut self.sieve.remaining, 1);
        let mut has_more = false;
        let passed = self.sieve.pass(&mut self.walk.ahead(), self.trust, |_, _| {
            has_more = true;
            Ok(ControlFlow::Break(()))
        });
        self.sieve.remaining = limit;
        passed.map(|_| has_more)
    }
}
