//! An event as it came in, not decoded yet.

use std::{fmt, sync::Arc};

use polycord_frame::Payload;
#[cfg(feature = "discord")]
use polycord_types::{
    decode::DecodeError,
    gateway::{Event, EventKind},
};
use tungstenite::Utf8Bytes;

use crate::{DispatchName, ShardId};

/// An event, still in the bytes it came in.
///
/// Cloning it shares the frame. Nothing of the payload is parsed before it is asked for, so an
/// event that nobody wants costs next to nothing.
///
/// See <https://docs.discord.com/developers/events/gateway-events#receive-events>.
#[derive(Clone)]
pub struct Dispatch {
    pub(crate) data: Option<Payload>,
    pub(crate) frame: Utf8Bytes,
    pub(crate) name: DispatchName,
    pub(crate) origin: Arc<Origin>,
    pub(crate) replayed: bool,
    pub(crate) seq: Option<u64>,
}

/// What the events of one session have in common.
#[derive(Debug)]
pub(crate) struct Origin {
    pub(crate) session_id: String,
    pub(crate) shard: ShardId,
}

impl Dispatch {
    /// The payload (`d`), as JSON.
    ///
    /// Its end is searched for whenever this is called, which takes some microseconds for a guild of a
    /// thousand members. A payload that does not end, because the server sent a broken frame, comes with
    /// what follows it: no decoder will take it for whole.
    #[must_use]
    pub fn data(&self) -> &str {
        let frame = self.frame.as_str();
        self.data.map_or("null", |data| {
            data.text(frame).unwrap_or_else(|_| data.tail(frame))
        })
    }

    /// The payload, and whatever follows it in the frame: for whoever needs no
    /// search for its end.
    #[cfg(feature = "discord")]
    pub(crate) fn tail(&self) -> &str {
        self.data.map_or("null", |data| data.tail(&self.frame))
    }

    /// How many bytes its frame has.
    #[cfg(feature = "discord")]
    pub(crate) fn frame_len(&self) -> usize {
        self.frame.len()
    }

    /// The name of the event (`t`), like `MESSAGE_CREATE`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.text(self.frame.as_str())
    }

    /// The kind of the event; `EventKind::Unknown` for a name of tomorrow.
    #[cfg(feature = "discord")]
    #[must_use]
    pub fn kind(&self) -> EventKind {
        EventKind::from_name(self.name())
    }

    /// Parses the payload. Call it once and share the event, which is cheap to clone.
    ///
    /// # Errors
    /// A field that identifies the object is missing or malformed; the error has its path, and
    /// `Event::raw(dispatch.name(), dispatch.data())` still gives the event as it came.
    #[cfg(feature = "discord")]
    pub fn decode(&self) -> Result<Event, DecodeError> {
        let event = Event::decode_member(self.name(), self.tail(), || self.data());
        #[cfg(feature = "metrics")]
        if event.is_err() {
            crate::metrics::decode_failed(self.kind());
        }
        event
    }

    /// Whether it comes from the replay of a resumed session: it happened before, and is late.
    #[must_use]
    pub fn replayed(&self) -> bool {
        self.replayed
    }

    /// Its sequence number (`s`), which counts the events of one session.
    #[must_use]
    pub fn seq(&self) -> Option<u64> {
        self.seq
    }

    /// The session it belongs to.
    #[must_use]
    pub fn session_id(&self) -> &str {
        &self.origin.session_id
    }

    /// The shard it came in on.
    #[must_use]
    pub fn shard(&self) -> ShardId {
        self.origin.shard
    }
}

impl fmt::Debug for Dispatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dispatch")
            .field("shard", &self.origin.shard)
            .field("seq", &self.seq)
            .field("name", &self.name())
            .field("replayed", &self.replayed)
            .field("bytes", &self.frame.len())
            .finish_non_exhaustive()
    }
}
