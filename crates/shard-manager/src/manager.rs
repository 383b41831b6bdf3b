//! Many shards as one stream.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use futures_core::Stream;
use polycord_gateway::Token;
use polycord_types::gateway::Intents;
use tokio::sync::mpsc;

use crate::{ManagerEvent, ManagerHandle, ShardManagerBuilder, fleet::Fleet};

/// Runs many shards and merges what they tell into one stream.
///
/// The stream ends with [`ManagerEvent::Stopped`]. Each shard has a task of its own that goes on reading and
/// sending heartbeats while the consumer is busy; what waits for the consumer is bounded. Dropping the
/// manager stops the shards.
#[derive(Debug)]
pub struct ShardManager {
    events: mpsc::Receiver<ManagerEvent>,
    fleet: Arc<Fleet>,
    ended: bool,
}

impl ShardManager {
    /// Prepares a manager for the bot with this token, which asks for these intents.
    pub fn builder(token: impl Into<Token>, intents: Intents) -> ShardManagerBuilder {
        ShardManagerBuilder::new(token.into(), intents)
    }

    pub(crate) const fn new(events: mpsc::Receiver<ManagerEvent>, fleet: Arc<Fleet>) -> Self {
        Self {
            events,
            fleet,
            ended: false,
        }
    }

    /// Acts on the shards from anywhere.
    #[must_use]
    pub fn handle(&self) -> ManagerHandle {
        ManagerHandle::new(Arc::clone(&self.fleet))
    }

    /// The next event; `None` after [`ManagerEvent::Stopped`].
    ///
    /// # Cancel safety
    /// No event is lost if the future is dropped.
    pub async fn next(&mut self) -> Option<ManagerEvent> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl Stream for ShardManager {
    type Item = ManagerEvent;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<ManagerEvent>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let event = std::task::ready!(self.events.poll_recv(cx));
        self.ended = matches!(event, None | Some(ManagerEvent::Stopped(_)));
        Poll::Ready(event)
    }
}
