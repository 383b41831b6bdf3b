use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::gateway::OpCode;

/// A sign of life that carries the last sequence number received.
///
/// See [heartbeat](https://docs.discord.com/developers/events/gateway-events#heartbeat).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heartbeat(pub Option<u64>);

impl Heartbeat {
    /// The opcode it is sent with.
    pub const OP: OpCode = OpCode::Heartbeat;
}

impl<'de> Deserialize<'de> for Heartbeat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self)
    }
}

impl Serialize for Heartbeat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
