//! What a user did, by kind of interaction.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::{CommandData, ComponentData, ModalData};

/// What a user did.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-data).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum InteractionData {
    /// Ran a command, or types one that wants proposals: [`Interaction::kind`](crate::Interaction::kind) says which.
    Command(Box<CommandData>),
    /// Used a component of a message.
    Component(Box<ComponentData>),
    /// Submitted a modal.
    Modal(Box<ModalData>),
    /// Something without a model here; kept as it came.
    Unknown(Value),
}

impl<'de> Deserialize<'de> for InteractionData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        // The kind of the interaction may come after its data, but each kind has a field of its own.
        let has = |key| value.get(key).is_some();
        let data = if has("component_type") {
            ComponentData::deserialize(&value).map(|data| Self::Component(Box::new(data)))
        } else if has("custom_id") {
            ModalData::deserialize(&value).map(|data| Self::Modal(Box::new(data)))
        } else {
            CommandData::deserialize(&value).map(|data| Self::Command(Box::new(data)))
        };
        Ok(data.unwrap_or(Self::Unknown(value)))
    }
}

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
