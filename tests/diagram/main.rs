//! Flowcharts in, pictures out: what holds for every picture.
#![allow(clippy::unwrap_used, clippy::panic)]

mod corpus;
#[path = "../flowcharts/mod.rs"]
mod flowcharts;
mod random;
mod trace;
