//! In place of the numbers, in a build without them: nothing is counted, and nothing is done for it.
#![allow(
    clippy::unused_self,
    clippy::needless_pass_by_ref_mut,
    reason = "the shape is that of what it stands for"
)]

use tokio::time::Instant;

use crate::{Action, ShardId, observer::Totals};

pub(crate) struct Metrics;

impl Metrics {
    pub(crate) fn new(_: ShardId) -> Self {
        Self
    }

    pub(crate) fn action(&mut self, _: &Action, _: &str) {}

    pub(crate) fn frame(&mut self, _: usize) {}

    pub(crate) fn closed(&mut self, _: Option<u16>) {}

    pub(crate) fn rate_limited(&self) {}

    pub(crate) fn wants_totals(&self, _: Instant, _: bool) -> bool {
        false
    }

    pub(crate) fn totals(&mut self, _: Instant, _: &Totals) {}
}
