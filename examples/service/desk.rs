//! The desk: what it keeps and what can be done with it, for any front end.

use crate::error::DeskError;
use rkyv::{Archive, Deserialize, Serialize};
use storage::{PageToken, Storage, StoredRecord, Table, backend::WriteTicket};

/// How many tickets a page has.
const PAGE_LEN: u64 = 3;

#[derive(
    Archive, Serialize, Deserialize, serde::Serialize, StoredRecord, Clone, Debug, PartialEq,
)]
#[store(codec = "rkyv", table = "tickets")]
pub(crate) struct Ticket {
    #[store(key, auto)]
    pub(crate) id: u64,
    #[store(unique)]
    pub(crate) title: String,
    #[store(index)]
    pub(crate) open: bool,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "agents")]
pub(crate) struct Agent {
    #[store(key)]
    pub(crate) name: String,
    pub(crate) seen_unix: u64,
}

/// Handles of the tables: cheap to clone, and shared by all requests.
#[derive(Clone, Debug)]
pub(crate) struct Desk {
    storage: Storage,
    pub(crate) tickets: Table<Ticket>,
    agents: Table<Agent>,
}

/// Some tickets, and where those before and after them begin.
#[derive(Debug, serde::Serialize)]
pub(crate) struct Page {
    pub(crate) tickets: Vec<Ticket>,
    pub(crate) next: Option<String>,
    pub(crate) previous: Option<String>,
}

impl Desk {
    pub(crate) fn new(storage: Storage) -> storage::Result<Self> {
        let (tickets, agents) = (Ticket::table(&storage)?, Agent::table(&storage)?);
        Ok(Self { storage, tickets, agents })
    }

    pub(crate) fn open(&self, title: String) -> Result<u64, DeskError> {
        if title.trim().is_empty() {
            return Err(DeskError::NoTitle);
        }
        Ok(self.tickets.add(Ticket { id: 0, title, open: true })?)
    }

    pub(crate) fn ticket(&self, id: u64) -> Result<Ticket, DeskError> {
        self.tickets.load(id)?.ok_or(DeskError::NoTicket(id))
    }

    /// Closes a ticket, by `agent`: both change together, or neither.
    pub(crate) fn close(&self, id: u64, agent: &str) -> Result<(), DeskError> {
        self.storage.try_write(|txn| {
            txn.table::<Agent>()?.get(agent, |_| ())?.ok_or(DeskError::NoAgent)?;
            let tickets = txn.table::<Ticket>()?;
            let mut ticket = tickets.load(id)?.ok_or(DeskError::NoTicket(id))?;
            if !ticket.open {
                return Err(DeskError::Closed(id));
            }
            ticket.open = false;
            tickets.put(&ticket)?;
            Ok(())
        })
    }

    /// The page behind `token`, or the first; `back` is for the page before it, whose tickets come in the same order.
    pub(crate) fn page(&self, token: Option<&PageToken>, back: bool) -> Result<Page, DeskError> {
        let mut rows = self.tickets.iter()?;
        if back {
            rows = rows.rev();
        }
        if let Some(token) = token {
            rows = rows.after(token)?;
        }
        let mut rows = rows.limit(PAGE_LEN);
        let mut tickets = Vec::new();
        for row in rows.by_ref() {
            tickets.push(row?.load()?);
        }
        let ahead = if rows.has_more()? { rows.page_token() } else { None };
        // Behind the first page there is nothing.
        let behind = token.and_then(|_| rows.previous_page_token());
        if back {
            tickets.reverse();
        }
        let (next, previous) = if back { (behind, ahead) } else { (ahead, behind) };
        let [next, previous] = [next, previous].map(|token| token.map(|token| token.to_string()));
        Ok(Page { tickets, next, previous })
    }

    /// Notes that an agent was seen. The ticket tells when it is on the disk; many share one commit.
    pub(crate) fn see(&self, name: String, seen_unix: u64) -> Result<WriteTicket, DeskError> {
        Ok(self.agents.put_async(Agent { name, seen_unix })?)
    }
}
