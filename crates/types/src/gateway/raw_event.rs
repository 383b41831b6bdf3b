use std::fmt;

use serde_json::value::RawValue;

use crate::{
    decode::{self, DecodeError},
    gateway::EventKind,
};

/// An event as it came.
///
/// `Debug` shows the length of its data, not the data: there may be tokens in it.
#[derive(Clone)]
pub struct RawEvent {
    name: Box<str>,
    data: Box<RawValue>,
}

heap_size!(RawEvent: fields name data);

impl RawEvent {
    /// Keeps the data of a dispatch.
    ///
    /// # Errors
    ///
    /// The data is no JSON.
    pub fn new(name: &str, data: &str) -> Result<Self, DecodeError> {
        let data = decode::from_str(data).map_err(|error| error.of(name))?;
        Ok(Self {
            name: name.into(),
            data,
        })
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The kind that the name stands for.
    #[must_use]
    pub fn kind(&self) -> EventKind {
        EventKind::from_name(&self.name)
    }

    /// The data, as JSON; `get` gives the text.
    #[must_use]
    pub const fn data(&self) -> &RawValue {
        &self.data
    }
}

impl fmt::Debug for RawEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.data.get().len();
        write!(f, "RawEvent({}, {bytes} bytes)", self.name)
    }
}

impl PartialEq for RawEvent {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.data.get() == other.data.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_data_does_not_show_in_debug() {
        let event = RawEvent::new("VOICE_SERVER_UPDATE", r#"{"token":"hush"}"#).unwrap();
        assert_eq!(
            format!("{event:?}"),
            "RawEvent(VOICE_SERVER_UPDATE, 16 bytes)"
        );
        assert_eq!(event.data().get(), r#"{"token":"hush"}"#);
    }
}
