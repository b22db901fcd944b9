//! A watcher as a `Stream`.

use super::{Row, row_change::Commit, watch::Watcher};
use crate::error::Result;
use futures_core::{FusedStream, Stream};
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

/// The commits of a [`Watcher`] as a stream. Made by [`Watcher::into_stream`].
#[must_use = "streams do nothing unless polled"]
pub struct WatchStream<L: Row> {
    watcher: Watcher<L>,
}

impl<L: Row> Watcher<L> {
    /// This as a `Stream` of commits, which ends when the store is closed.
    pub const fn into_stream(self) -> WatchStream<L> {
        WatchStream { watcher: self }
    }
}

impl<L: Row> Stream for WatchStream<L> {
    type Item = Result<Commit<L>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().watcher.poll(context)
    }
}

impl<L: Row> FusedStream for WatchStream<L> {
    fn is_terminated(&self) -> bool {
        self.watcher.is_closed()
    }
}

impl<L: Row> fmt::Debug for WatchStream<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WatchStream").field(&self.watcher).finish()
    }
}
