use serde::{Serialize, Serializer};

use crate::{
    decode::{Decode, Fault, Reader},
    gateway::OpCode,
};

/// A sign of life that carries the last sequence number received.
///
/// See [heartbeat](https://docs.discord.com/developers/events/gateway-events#heartbeat).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heartbeat(pub Option<u64>);

impl Heartbeat {
    /// The opcode it is sent with.
    pub const OP: OpCode = OpCode::Heartbeat;
}

impl Decode for Heartbeat {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        Option::decode(reader).map(Self)
    }
}

deserialize!(Heartbeat);
heap_size!(Heartbeat: nothing);

impl Serialize for Heartbeat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
