//! A session: what survives a connection.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::Value;
use tokio::sync::Notify;
use tokio::time::Instant;

/// Bytes that most events fit into.
const USUAL: usize = 1_024;

/// A dispatch, kept for a RESUME. What sessions have in common is held once: only the number is their own.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) seq: u64,
    pub(crate) event: Event,
    /// Sabotage: in the journal, and never on the wire.
    pub(crate) withheld: bool,
}

/// What all sessions get that are to have an event.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) name: Arc<str>,
    /// Its payload, as JSON.
    pub(crate) data: Arc<str>,
}

impl Event {
    pub(crate) fn new(name: Arc<str>, data: &str) -> Self {
        Self {
            name,
            data: data.into(),
        }
    }

    pub(crate) fn json(name: Arc<str>, data: &Value) -> Self {
        let mut json = Vec::with_capacity(USUAL);
        // Writing a `Value` to memory does not fail, and what it writes is UTF-8; its `Display` is slower.
        let _ = serde_json::to_writer(&mut json, data);
        Self::new(name, std::str::from_utf8(&json).unwrap_or_default())
    }
}

impl Frame {
    /// As it is sent.
    pub(crate) fn text(&self) -> String {
        let Event { name, data } = &self.event;
        let number = self.seq.to_string();
        let parts = [
            r#"{"t":""#,
            name,
            r#"","s":"#,
            &number,
            r#","op":0,"d":"#,
            data,
            "}",
        ];
        parts.concat()
    }

    fn bytes(&self) -> usize {
        self.event.data.len() + size_of::<Self>()
    }
}

/// One session of one shard.
#[derive(Debug)]
pub(crate) struct Session {
    /// Whether its large packets are compressed, each by itself.
    pub(crate) compress: bool,
    pub(crate) id: Arc<str>,
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
    /// Bytes of what is in the buffer, as if this session alone had it.
    bytes: usize,
    limit: usize,
    byte_limit: usize,
    /// The sequence of the last dispatch that was given to a connection.
    pub(crate) taken: u64,
    /// The sequence of the last dispatch with which it begins: READY and the guilds. They wait for the
    /// connection, however many they are.
    pub(crate) greeting: u64,
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
        id: Arc<str>,
        shard: (u32, u32),
        intents: u64,
        large_threshold: u64,
        limit: usize,
        byte_limit: usize,
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
            bytes: 0,
            limit: limit.max(1),
            byte_limit,
            taken: 0,
            greeting: u64::MAX,
            connection: Some(connection),
            detached: None,
            welcomed: false,
            ready: Arc::new(Notify::new()),
        }
    }

    /// Makes the next dispatch, and gives its sequence.
    pub(crate) fn push(&mut self, event: Event, withheld: bool) -> u64 {
        self.seq += 1;
        // What RESUMED follows is about to be replayed: it takes nobody's place.
        if &*event.name != "RESUMED" {
            self.make_room();
        }
        let frame = Frame {
            seq: self.seq,
            event,
            withheld,
        };
        self.bytes += frame.bytes();
        self.buffer.push_back(frame);
        self.ready.notify_one();
        self.seq
    }

    fn make_room(&mut self) {
        while self.buffer.len() >= self.limit || self.bytes >= self.byte_limit {
            let waits = |seq: u64| seq > self.taken && seq <= self.greeting;
            if self.buffer.front().is_none_or(|frame| waits(frame.seq)) {
                return;
            }
            if let Some(frame) = self.buffer.pop_front() {
                self.bytes -= frame.bytes();
            }
        }
    }

    /// Whether everything after `seq` is still here.
    pub(crate) fn reaches_back_to(&self, seq: u64) -> bool {
        seq == self.seq
            || self
                .buffer
                .front()
                .is_some_and(|frame| frame.seq <= seq + 1)
    }

    /// The frames after `seq`: `Err` when the first of them has fallen out of the buffer.
    pub(crate) fn after(&self, seq: u64) -> Result<impl Iterator<Item = &Frame>, ()> {
        if !self.reaches_back_to(seq) {
            return Err(());
        }
        let front = self.buffer.front().map_or(0, |frame| frame.seq);
        // Sequences in the buffer have no holes.
        let at = usize::try_from((seq + 1).saturating_sub(front)).unwrap_or(usize::MAX);
        Ok(self.buffer.range(at.min(self.buffer.len())..))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(limit: usize, bytes: usize) -> Session {
        Session::new("s".into(), (0, 1), 0, 50, limit, bytes, 1)
    }

    fn first_after(session: &Session, seq: u64) -> Option<u64> {
        session.after(seq).unwrap().next().map(|frame| frame.seq)
    }

    #[test]
    fn the_buffer_is_bounded_and_says_what_it_no_longer_has() {
        let mut session = session(3, usize::MAX);
        session.greeting = 0;
        assert_eq!(first_after(&session, 0), None);
        for _ in 0..5 {
            session.push(Event::new("X".into(), "null"), false);
        }
        assert!(session.after(1).is_err());
        assert_eq!(first_after(&session, 2), Some(3));
        assert_eq!(
            session.after(4).unwrap().next().unwrap().text(),
            r#"{"t":"X","s":5,"op":0,"d":null}"#
        );
        assert_eq!(first_after(&session, 5), None);
    }

    #[test]
    fn the_buffer_is_bounded_in_bytes_too() {
        let mut session = session(usize::MAX, 10_000);
        session.greeting = 0;
        let large = Event::new("X".into(), &"1".repeat(4_000));
        for _ in 0..100 {
            session.push(large.clone(), false);
        }
        assert!(session.after(96).is_err());
        assert_eq!(first_after(&session, 97), Some(98));
    }

    #[test]
    fn what_a_session_begins_with_waits_for_its_connection_however_much_it_is() {
        let mut session = session(2, 1);
        for _ in 0..5 {
            session.push(Event::new("GUILD_CREATE".into(), "null"), false);
        }
        session.greeting = 5;
        session.push(Event::new("X".into(), "null"), false);
        assert_eq!(first_after(&session, 0), Some(1));
        session.taken = 6;
        session.push(Event::new("X".into(), "null"), false);
        assert_eq!(first_after(&session, 6), Some(7));
        assert!(session.after(5).is_err());
    }
}
