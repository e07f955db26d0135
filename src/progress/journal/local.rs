//! What is not history: drafts, places and leases.

use super::super::{Draft, Journal, Lease};
use super::Write;
use chrono::{DateTime, Utc};
use serde_json::Value;

impl Journal {
    /// See [`Store::save_draft`].
    pub fn save_draft(&mut self, name: &str, body: &str, at: DateTime<Utc>) {
        self.submit(Write::Draft(Draft {
            name: name.to_owned(),
            at,
            body: body.to_owned(),
        }));
    }

    /// See [`Store::delete_draft`].
    pub fn delete_draft(&mut self, name: &str) {
        self.submit(Write::NoDraft(name.to_owned()));
    }

    /// See [`Store::set_place`].
    pub fn set_place(&mut self, key: &str, value: &Value) {
        self.submit(Write::Place(key.to_owned(), value.clone()));
    }

    /// See [`Store::lease`]. Where nothing can be written nobody can be kept out: it is yours.
    pub fn lease(&mut self, name: &str, pid: u32, now: DateTime<Utc>) -> Lease {
        self.at_once(|store| store.lease(name, pid, now))
            .unwrap_or(Lease::Yours)
    }

    /// See [`Store::renew`].
    pub fn renew(&mut self, name: &str, pid: u32, now: DateTime<Utc>) -> Lease {
        self.lease(name, pid, now)
    }

    /// See [`Store::release`]; otherwise it ends by itself.
    pub fn release(&mut self, name: &str, pid: u32) {
        self.at_once(|store| store.release(name, pid));
    }
}
