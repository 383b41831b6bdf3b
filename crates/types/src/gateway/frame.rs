use std::borrow::Cow;

use polycord_frame::{Keys, Payload};

use crate::{
    decode::DecodeError,
    gateway::{Event, OpCode},
};

/// One message of the gateway: its header, and its data not yet parsed.
///
/// See [payload structure](https://docs.discord.com/developers/events/gateway-events#payload-structure).
///
/// ```
/// use polycord_types::gateway::{Event, Frame, OpCode};
///
/// let frame = Frame::parse(r#"{"t":"GUILD_DELETE","s":7,"op":0,"d":{"id":"1"}}"#)?;
/// assert_eq!((frame.op, frame.seq), (Some(OpCode::Dispatch), Some(7)));
/// assert!(matches!(frame.event(), Some(Ok(Event::GuildDelete(_)))));
/// # Ok::<(), polycord_types::decode::DecodeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Frame<'a> {
    /// What it is for (`op`).
    pub op: Option<OpCode>,
    /// The sequence number (`s`) of a dispatch.
    pub seq: Option<u64>,
    /// The name (`t`) of a dispatch.
    pub name: Option<Cow<'a, str>>,
    payload: Option<Payload>,
    text: &'a str,
}

impl<'a> Frame<'a> {
    /// Reads the header, whatever the order of the keys, without parsing the data.
    ///
    /// Data that comes behind `op`, `s` and `t`, as Discord sends it, is not even passed over: the header of
    /// a large event costs no more than that of a small one. See [`polycord_frame::scan`].
    ///
    /// # Errors
    ///
    /// The text is no JSON object, as far as it is read.
    pub fn parse(text: &'a str) -> Result<Self, DecodeError> {
        let header = polycord_frame::scan(text, &Keys::DISCORD)
            .map_err(|error| DecodeError::malformed("a frame", error.offset(), &error))?;
        Ok(Self {
            op: header.op.map(OpCode::from_value),
            seq: header.seq,
            name: header.kind,
            payload: header.data,
            text,
        })
    }

    /// The data (`d`) as JSON text.
    ///
    /// Where `parse` did not have to pass over it, its end is searched for on every call. Data that does not
    /// end comes with all that follows it, and no decoder will take it for whole.
    #[must_use]
    pub fn data(&self) -> Option<&'a str> {
        let payload = self.payload?;
        Some(
            payload
                .text(self.text)
                .unwrap_or_else(|_| payload.tail(self.text)),
        )
    }

    /// Decodes the event, if the frame carries one; a frame without data counts as `null`.
    #[inline]
    #[must_use]
    pub fn event(&self) -> Option<Result<Event, DecodeError>> {
        let name = self
            .name
            .as_deref()
            .filter(|_| self.op == Some(OpCode::Dispatch))?;
        Some(match self.payload {
            // The decoder finds the end of the data by itself.
            Some(payload) => Event::decode_member(name, payload.tail(self.text), || {
                self.data().unwrap_or("null")
            }),
            None => Event::decode(name, "null"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_dispatch_carries_an_event() {
        for text in [
            r#"{"op":10,"d":{"heartbeat_interval":1}}"#,
            "{}",
            r#"{"op":10,"t":"READY"}"#,
        ] {
            assert!(Frame::parse(text).unwrap().event().is_none(), "{text}");
        }
        let resumed = Frame::parse(r#"{"op":0,"t":"RESUMED","s":3}"#).unwrap();
        assert!(matches!(resumed.event(), Some(Ok(Event::Resumed(_)))));
    }

    #[test]
    fn an_unknown_opcode_keeps_its_number() {
        let frame = Frame::parse(r#"{"d":{"op":1},"op":99}"#).unwrap();
        assert_eq!(frame.op, Some(OpCode::Unknown(99)));
        assert_eq!(frame.data(), Some(r#"{"op":1}"#));
    }

    #[test]
    fn data_that_does_not_end_is_no_event() {
        let frame = Frame::parse(r#"{"t":"GUILD_DELETE","s":1,"op":0,"d":{"id":"1"}"#).unwrap();
        assert_eq!(frame.data(), Some(r#"{"id":"1"}"#));
        let frame = Frame::parse(r#"{"t":"GUILD_DELETE","s":1,"op":0,"d":{"id":["1"}"#).unwrap();
        assert_eq!(frame.data(), Some(r#"{"id":["1"}"#));
        assert!(matches!(frame.event(), Some(Err(_))));
    }

    #[test]
    fn what_is_no_frame_is_an_error() {
        for text in ["", "[]", "{", "null"] {
            let error = Frame::parse(text).unwrap_err();
            assert!(
                error.to_string().starts_with("cannot decode a frame: "),
                "{error}"
            );
        }
    }
}
