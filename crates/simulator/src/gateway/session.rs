//! A session: what survives a connection.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::Notify;
use tokio::time::Instant;

/// A dispatch as sent, kept for a RESUME.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) seq: u64,
    pub(crate) name: Arc<str>,
    pub(crate) text: Arc<str>,
    /// Sabotage: in the journal, and never on the wire.
    pub(crate) withheld: bool,
}

/// One session of one shard.
#[derive(Debug)]
pub(crate) struct Session {
    /// Whether its large packets are compressed, each by itself.
    pub(crate) compress: bool,
    pub(crate) id: String,
    /// When its presence was changed, the last few times.
    pub(crate) presence_updates: VecDeque<Instant>,
    pub(crate) shard: (u32, u32),
    /// Whether IDENTIFY named a shard.
    pub(crate) sharded: bool,
    /// The gateway's version it was begun with.
    pub(crate) version: u8,
    pub(crate) intents: u64,
    pub(crate) large_threshold: u64,
    /// The sequence of the last dispatch made.
    pub(crate) seq: u64,
    buffer: VecDeque<Frame>,
    limit: usize,
    /// The connection that carries it now.
    pub(crate) connection: Option<u64>,
    /// Since when no connection has carried it.
    pub(crate) detached: Option<Instant>,
    /// Whether READY was made: nothing comes before it.
    pub(crate) welcomed: bool,
    /// Rings when there is a frame to send.
    pub(crate) ready: Arc<Notify>,
}

impl Session {
    pub(crate) fn new(
        id: String,
        shard: (u32, u32),
        intents: u64,
        large_threshold: u64,
        limit: usize,
        connection: u64,
    ) -> Self {
        Self {
            compress: false,
            id,
            presence_updates: VecDeque::new(),
            shard,
            sharded: true,
            version: 10,
            intents,
            large_threshold,
            seq: 0,
            buffer: VecDeque::new(),
            limit: limit.max(1),
            connection: Some(connection),
            detached: None,
            welcomed: false,
            ready: Arc::new(Notify::new()),
        }
    }

    /// Makes the next dispatch of payload `data`, and gives its sequence.
    pub(crate) fn push(&mut self, name: &str, data: &str, withheld: bool) -> u64 {
        self.seq += 1;
        let text = format!(
            "{{\"t\":\"{name}\",\"s\":{},\"op\":0,\"d\":{data}}}",
            self.seq
        );
        // What RESUMED follows is about to be replayed: it takes nobody's place.
        while self.buffer.len() >= self.limit && name != "RESUMED" {
            self.buffer.pop_front();
        }
        self.buffer.push_back(Frame {
            seq: self.seq,
            name: name.into(),
            text: text.into(),
            withheld,
        });
        self.ready.notify_one();
        self.seq
    }

    /// Whether everything after `seq` is still here.
    pub(crate) fn reaches_back_to(&self, seq: u64) -> bool {
        seq == self.seq
            || self
                .buffer
                .front()
                .is_some_and(|frame| frame.seq <= seq + 1)
    }

    /// The first frame after `seq`: `Err` when it has fallen out of the buffer.
    pub(crate) fn after(&self, seq: u64) -> Result<Option<&Frame>, ()> {
        if !self.reaches_back_to(seq) {
            return Err(());
        }
        let Some(front) = self.buffer.front() else {
            return Ok(None);
        };
        // Sequences in the buffer have no holes.
        let at = usize::try_from((seq + 1).saturating_sub(front.seq)).unwrap_or(usize::MAX);
        Ok(self.buffer.get(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_buffer_is_bounded_and_says_what_it_no_longer_has() {
        let mut session = Session::new("s".into(), (0, 1), 0, 50, 3, 1);
        assert!(session.after(0).unwrap().is_none());
        for _ in 0..5 {
            session.push("X", "null", false);
        }
        assert!(session.after(1).is_err());
        assert_eq!(session.after(2).unwrap().unwrap().seq, 3);
        assert_eq!(
            &*session.after(4).unwrap().unwrap().text,
            r#"{"t":"X","s":5,"op":0,"d":null}"#
        );
        assert!(session.after(5).unwrap().is_none());
    }
}
