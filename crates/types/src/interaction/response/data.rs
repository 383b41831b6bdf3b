use polycord_types_derive::Model;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{Modal, ResponseMessage};
use crate::{
    application_command::CommandChoice,
    decode::{self, Decode, Fault, Reader},
};

/// What a response to an interaction consists of.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-data-structure).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum InteractionResponseData {
    /// A message, or an edit of one.
    Message(Box<ResponseMessage>),
    /// Proposals for an option.
    Choices(ResponseChoices),
    /// A modal.
    Modal(Modal),
    /// Something without a model here; kept as it came.
    Unknown(Value),
}

impl Decode for InteractionResponseData {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        // The kind may come after the data, but each shape has a field of its own.
        match reader.look_for(["custom_id", "choices"])? {
            [Some(_), _] => decode::member(reader, None, Self::Modal, Self::Unknown),
            [None, Some(_)] => decode::member(reader, None, Self::Choices, Self::Unknown),
            [None, None] => decode::member(reader, None, Self::Message, Self::Unknown),
        }
    }
}

deserialize!(InteractionResponseData);
heap_size!(InteractionResponseData: Message Choices Modal Unknown);

impl Serialize for InteractionResponseData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Message(message) => message.serialize(serializer),
            Self::Choices(choices) => choices.serialize(serializer),
            Self::Modal(modal) => modal.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

/// Proposals for an option that the user types into.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ResponseChoices {
    /// The proposals, at most 25.
    pub choices: Vec<CommandChoice>,
}
