use polycord_types_derive::Model;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{Modal, ResponseMessage};
use crate::{
    application_command::CommandChoice,
    model::{self, Source, Union},
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

impl Union for InteractionResponseData {
    fn choose(value: &Value, source: impl Source) -> Option<Self> {
        // The kind may come after the data, but each shape has a field of its own.
        if value.get("custom_id").is_some() {
            source.read().map(Self::Modal)
        } else if value.get("choices").is_some() {
            source.read().map(Self::Choices)
        } else {
            source.read().map(Self::Message)
        }
    }

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }
}

impl<'de> Deserialize<'de> for InteractionResponseData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        model::read_union(deserializer)
    }
}

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
