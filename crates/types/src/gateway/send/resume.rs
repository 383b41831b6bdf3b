use polycord_types_derive::Model;

use crate::{Secret, Text, gateway::OpCode};

/// Takes a session up again where it was cut.
///
/// See [resume](https://docs.discord.com/developers/events/gateway-events#resume).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct Resume {
    /// The bot's token, without any prefix.
    #[model(key)]
    pub token: Secret,
    /// The session, as READY named it.
    #[model(key)]
    pub session_id: Text,
    /// The last sequence number received.
    pub seq: u64,
}

impl Resume {
    /// The opcode it is sent with.
    pub const OP: OpCode = OpCode::Resume;

    /// Takes the session up after sequence number `seq`.
    #[must_use]
    pub fn new(token: impl Into<Secret>, session_id: impl Into<Text>, seq: u64) -> Self {
        Self {
            token: token.into(),
            session_id: session_id.into(),
            seq,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_written_but_not_in_debug() {
        let resume = Resume::new("secret-token", "session", 1337);
        let json = serde_json::to_string(&resume).unwrap();
        assert_eq!(
            json,
            r#"{"token":"secret-token","session_id":"session","seq":1337}"#
        );
        assert_eq!(serde_json::from_str::<Resume>(&json).unwrap(), resume);
        assert!(!format!("{resume:?}").contains("secret"));
    }
}
