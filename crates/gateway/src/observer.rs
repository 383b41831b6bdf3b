//! Whoever watches a shard: the log, the numbers and the tap.

use std::time::Duration;

use polycord_frame::{Keys, scan};
use tokio::time::Instant;
use tracing::{Level, debug, enabled, trace};
use tungstenite::Utf8Bytes;

#[cfg(feature = "metrics")]
use crate::metrics::Metrics;
#[cfg(not(feature = "metrics"))]
use crate::no_metrics::Metrics;
use crate::{
    Action, Generation, ShardId, story,
    tap::{Direction, TapEnd},
};

/// Sees what the driver does, and changes nothing of it.
pub(crate) struct Observer {
    keys: Keys,
    metrics: Metrics,
    tap: Option<TapEnd>,
    /// Commands wait for the send limit, and that was told.
    limited: bool,
}

/// What the driver has added up since its shard started, and how the queue looks.
#[derive(Clone, Copy, Debug, Default)]
#[cfg_attr(
    not(feature = "metrics"),
    expect(dead_code, reason = "nobody adds up in this build")
)]
pub(crate) struct Totals {
    /// Events that were dropped for a slow consumer.
    pub(crate) dropped: u64,
    /// Reports that were.
    pub(crate) dropped_reports: u64,
    /// How long the oldest event in the queue has been waiting.
    pub(crate) lag: Duration,
    pub(crate) pauses: u64,
    /// Events in the queue.
    pub(crate) queued: usize,
    /// Bytes as they came.
    pub(crate) received: u64,
    /// Events that nobody wants.
    pub(crate) skipped: u64,
}

impl Observer {
    pub(crate) fn new(shard: ShardId, keys: Keys, tap: Option<TapEnd>) -> Self {
        Self {
            keys,
            metrics: Metrics::new(shard),
            tap,
            limited: false,
        }
    }

    /// What the session says; `frame` is the one that it says it about, if there is one.
    pub(crate) fn action(&mut self, action: &Action, frame: &str) {
        story::tell(action, frame, &self.keys);
        self.metrics.action(action, frame);
        if let Some(tap) = &self.tap
            && let Action::Send {
                generation,
                payload,
                secret,
                ..
            } = action
        {
            let text = || Utf8Bytes::from(payload.as_str());
            tap.frame(Direction::Out, *generation, *secret, text, payload.len());
        }
    }

    /// A text frame came in.
    pub(crate) fn received(&mut self, generation: Generation, text: &Utf8Bytes) {
        if enabled!(Level::TRACE) {
            let op = scan(text, &self.keys).ok().and_then(|header| header.op);
            trace!(
                event = "received",
                connection = generation.number(),
                op,
                bytes = text.len(),
                "frame received"
            );
        }
        self.metrics.frame(text.len());
        if let Some(tap) = &self.tap {
            let clone = || text.clone();
            tap.frame(Direction::In, generation, false, clone, text.len());
        }
    }

    /// The connection is gone, with the code that the server closed it with.
    pub(crate) fn closed(&mut self, generation: Generation, code: Option<u16>) {
        debug!(
            event = "closed",
            connection = generation.number(),
            code,
            "the connection is closed"
        );
        self.metrics.closed(code);
    }

    /// `queued` commands wait, and the send limit lets the first of them through in `wait`; `None` if none has
    /// to wait for that.
    pub(crate) fn sending(&mut self, wait: Option<Duration>, queued: usize) {
        let before = std::mem::replace(&mut self.limited, wait.is_some());
        if let Some(wait) = wait
            && !before
        {
            debug!(
                event = "rate_limited",
                ?wait,
                queued,
                "commands wait for the send limit"
            );
            self.metrics.rate_limited();
        }
    }

    /// Whether [`Self::totals`] is worth calling: always if something else than events happened, now and then if
    /// not.
    pub(crate) fn wants_totals(&self, now: Instant, quiet: bool) -> bool {
        self.metrics.wants_totals(now, quiet)
    }

    /// Hands on what the driver has added up.
    pub(crate) fn totals(&mut self, now: Instant, totals: &Totals) {
        self.metrics.totals(now, totals);
    }
}
