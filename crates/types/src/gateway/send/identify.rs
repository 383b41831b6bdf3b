use polycord_types_derive::Model;

use crate::{
    Secret, Text,
    gateway::{Intents, OpCode, send::UpdatePresence},
};

/// Starts a session.
///
/// See [identify](https://docs.discord.com/developers/events/gateway-events#identify).
///
/// ```
/// use polycord_types::{
///     activity::Activity,
///     gateway::{Intents, send::Identify},
///     validate::Validate,
/// };
///
/// let identify = Identify::new("token", Intents::default())
///     .shard(0, 2)
///     .large_threshold(250)
///     .presence(Activity::custom("counting sheep"));
/// assert!(identify.validate().is_ok());
/// ```
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Identify {
    /// The bot's token, without any prefix.
    #[model(key)]
    pub token: Secret,
    /// Who connects.
    pub properties: IdentifyProperties,
    /// Whether payloads may be compressed one by one; not to be mixed with transport compression.
    pub compress: Option<bool>,
    /// From how many members on a guild comes without its offline members: 50 to 250, Discord's default
    /// is 50.
    pub large_threshold: Option<u8>,
    /// The shard's number and how many there are; absent means the only one.
    pub shard: Option<[u32; 2]>,
    /// The presence to begin with.
    pub presence: Option<UpdatePresence>,
    /// Which events are wanted.
    #[model(key)]
    pub intents: Intents,
}

impl Identify {
    /// The opcode it is sent with.
    pub const OP: OpCode = OpCode::Identify;

    /// Starts a session of the only shard.
    #[must_use]
    pub fn new(token: impl Into<Secret>, intents: Intents) -> Self {
        Self {
            token: token.into(),
            properties: IdentifyProperties::polycord(),
            compress: None,
            large_threshold: None,
            shard: None,
            presence: None,
            intents,
        }
    }

    /// Starts the session of one shard of `total`.
    #[must_use]
    pub const fn shard(mut self, number: u32, total: u32) -> Self {
        self.shard = Some([number, total]);
        self
    }

    /// Sets the presence to begin with: a status, an activity, or both. The default is online.
    #[must_use]
    pub fn presence(mut self, presence: impl Into<UpdatePresence>) -> Self {
        self.presence = Some(presence.into());
        self
    }

    /// Sets whether payloads may be compressed one by one. The default is `false`; not to be mixed with
    /// transport compression.
    #[must_use]
    pub const fn compress(mut self, compress: bool) -> Self {
        self.compress = Some(compress);
        self
    }

    /// Sets from how many members on a guild comes without its offline members: 50 to 250. The default is 50;
    /// more make the events of large guilds larger.
    #[must_use]
    pub const fn large_threshold(mut self, members: u8) -> Self {
        self.large_threshold = Some(members);
        self
    }

    /// Sets who connects.
    #[must_use]
    pub fn properties(mut self, properties: IdentifyProperties) -> Self {
        self.properties = properties;
        self
    }
}

/// Who connects: the operating system and the library.
///
/// See [connection properties](https://docs.discord.com/developers/events/gateway-events#identify-identify-connection-properties).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct IdentifyProperties {
    /// The operating system.
    pub os: Text,
    /// The library's name.
    pub browser: Text,
    /// The library's name.
    pub device: Text,
}

impl IdentifyProperties {
    /// An operating system, and the name of a library.
    #[must_use]
    pub fn new(os: impl Into<Text>, library: impl Into<Text>) -> Self {
        let library = library.into();
        Self {
            os: os.into(),
            browser: library.clone(),
            device: library,
        }
    }

    /// This library on this operating system.
    #[must_use]
    pub fn polycord() -> Self {
        Self::new(std::env::consts::OS, "polycord")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_written_as_documented_and_read_back() {
        let mut identify =
            Identify::new("secret-token", Intents::GUILDS | Intents::GUILD_MESSAGES).shard(1, 4);
        identify.properties.os = "linux".into();
        let value = serde_json::to_value(&identify).unwrap();
        let expected = json!({
            "token": "secret-token",
            "properties": {"os": "linux", "browser": "polycord", "device": "polycord"},
            "shard": [1, 4],
            "intents": 513
        });
        assert_eq!(value, expected);
        assert_eq!(serde_json::from_value::<Identify>(value).unwrap(), identify);
    }

    #[test]
    fn the_token_is_not_in_debug() {
        let text = format!("{:?}", Identify::new("secret-token", Intents::GUILDS));
        assert!(!text.contains("secret"), "{text}");
    }
}
