//! Who installed the application of an interaction.

use polycord_types_derive::Model;
use serde::{Serialize, Serializer};

use crate::{
    decode::{Decode, Fault, Reader},
    id::{GuildId, UserId},
};

/// Who installed the application that an interaction is for, per kind of installation.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object).
#[derive(Clone, Copy, Debug, Default, PartialEq, Model)]
pub struct IntegrationOwners {
    /// The guild, if it was installed to one.
    #[model(rename = "0")]
    pub guild: Option<GuildOwner>,
    /// The user, if it was installed to one.
    #[model(rename = "1")]
    pub user: Option<UserId>,
}

/// The guild that an application was installed to.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum GuildOwner {
    /// The interaction comes from this guild.
    Guild(GuildId),
    /// The interaction comes from direct messages with the bot: a 0 on the wire.
    BotDm,
}

impl Decode for GuildOwner {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let id = reader.quoted_or_number("the id of a guild, or 0")?;
        Ok(GuildId::try_from(id).map_or(Self::BotDm, Self::Guild))
    }
}

deserialize!(GuildOwner);
heap_size!(GuildOwner: nothing);

impl Serialize for GuildOwner {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Guild(id) => id.serialize(serializer),
            Self::BotDm => serializer.serialize_str("0"),
        }
    }
}
