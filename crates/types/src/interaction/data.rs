//! What a user did, by kind of interaction.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::{
    interaction::{CommandData, ComponentData, ModalData},
    model::{self, Source, Union},
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

impl Union for InteractionData {
    fn choose(value: &Value, source: impl Source) -> Option<Self> {
        // The kind of the interaction may come after its data, but each kind has a field of its own.
        let has = |key| value.get(key).is_some();
        if has("component_type") {
            source.read().map(Self::Component)
        } else if has("custom_id") {
            source.read().map(Self::Modal)
        } else {
            source.read().map(Self::Command)
        }
    }

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }
}

impl<'de> Deserialize<'de> for InteractionData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        model::read_union(deserializer)
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
