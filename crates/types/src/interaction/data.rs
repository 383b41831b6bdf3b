//! What a user did, by kind of interaction.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{
    decode::{self, Decode, Fault, Reader},
    interaction::{CommandData, ComponentData, ModalData},
};

/// What a user did.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-data).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum InteractionData {
    /// Ran a command, or types one that wants proposals: [`Interaction::kind`](crate::interaction::Interaction::kind) says which.
    Command(Box<CommandData>),
    /// Used a component of a message.
    Component(Box<ComponentData>),
    /// Submitted a modal.
    Modal(Box<ModalData>),
    /// Something without a model here; kept as it came.
    Unknown(Value),
}

impl Decode for InteractionData {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        // The kind of the interaction may come after its data, but each kind has a field of its own.
        match reader.look_for(["component_type", "custom_id"])? {
            [Some(_), _] => decode::member(reader, None, Self::Component, Self::Unknown),
            [None, Some(_)] => decode::member(reader, None, Self::Modal, Self::Unknown),
            [None, None] => decode::member(reader, None, Self::Command, Self::Unknown),
        }
    }
}

deserialize!(InteractionData);
heap_size!(InteractionData: Command Component Modal Unknown);

impl Serialize for InteractionData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Command(data) => data.serialize(serializer),
            Self::Component(data) => data.serialize(serializer),
            Self::Modal(data) => data.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}
