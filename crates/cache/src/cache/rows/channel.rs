//! Channels as the cache keeps them.

use std::ops::Deref;
use std::sync::Arc;

use polycord_types::{HeapSize, channel::Channel};

/// A channel or a thread.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ChannelRow {
    pub(crate) channel: Arc<Channel>,
}

impl ChannelRow {
    pub(crate) const fn new(channel: Arc<Channel>) -> Self {
        Self { channel }
    }
}

impl HeapSize for ChannelRow {
    fn heap_size(&self) -> usize {
        self.channel.heap_size()
    }
}

/// A channel or a thread at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedChannel {
    pub(crate) row: ChannelRow,
}

impl CachedChannel {
    /// Discord's model of it, to be kept.
    #[must_use]
    pub const fn model(&self) -> &Arc<Channel> {
        &self.row.channel
    }
}

impl Deref for CachedChannel {
    type Target = Channel;

    fn deref(&self) -> &Channel {
        &self.row.channel
    }
}
