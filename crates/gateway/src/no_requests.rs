//! Requests of a build without Discord's models: there are none.

use crate::{CommandError, CommandId, Dispatch, SessionEvent};

#[derive(Debug)]
pub(crate) struct Requests;

#[expect(clippy::unused_self, reason = "it stands in for one that has a self")]
impl Requests {
    pub(crate) const fn new(_: Option<u64>) -> Self {
        Self
    }

    pub(crate) const fn offer(&self, _: &Dispatch) {}

    pub(crate) const fn sent(&self, _: CommandId) {}

    pub(crate) const fn failed(&self, _: Option<CommandId>, _: CommandError) -> bool {
        false
    }

    pub(crate) const fn note(&self, _: &SessionEvent) {}

    pub(crate) const fn close(&self) {}
}
