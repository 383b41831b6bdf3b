use std::{fmt, str::FromStr};

use crate::flag_text;

flags! {
    /// Which events a session wants.
    ///
    /// The default is every intent that needs no approval. As text, names joined by ` | `: this is what
    /// `Display` gives, and `FromStr` also takes commas, spaces, any case, a number, and the words
    /// `all`, `default`, `privileged` and `none`. See
    /// [gateway intents](https://docs.discord.com/developers/events/gateway#gateway-intents).
    ///
    /// ```
    /// use polycord_types::gateway::Intents;
    ///
    /// let intents: Intents = "guilds, guild_messages".parse()?;
    /// assert_eq!(intents, Intents::GUILDS | Intents::GUILD_MESSAGES);
    /// assert_eq!(intents.to_string(), "GUILDS | GUILD_MESSAGES");
    /// # Ok::<(), polycord_types::gateway::ParseIntentsError>(())
    /// ```
    pub struct Intents: u64, no default {
        /// Events: `CHANNEL_CREATE`, `CHANNEL_UPDATE`, `CHANNEL_DELETE`, `CHANNEL_PINS_UPDATE`,
        /// `THREAD_CREATE`, `THREAD_UPDATE`, `THREAD_DELETE`, `THREAD_LIST_SYNC`,
        /// `THREAD_MEMBER_UPDATE`, `THREAD_MEMBERS_UPDATE`, `GUILD_CREATE`, `GUILD_UPDATE`,
        /// `GUILD_DELETE`, `GUILD_ROLE_CREATE`, `GUILD_ROLE_UPDATE`, `GUILD_ROLE_DELETE`,
        /// `STAGE_INSTANCE_CREATE`, `STAGE_INSTANCE_UPDATE`, `STAGE_INSTANCE_DELETE`,
        /// `VOICE_CHANNEL_START_TIME_UPDATE`, `VOICE_CHANNEL_STATUS_UPDATE`.
        const GUILDS = 1 << 0;
        /// Events: `THREAD_MEMBERS_UPDATE`, `GUILD_MEMBER_ADD`, `GUILD_MEMBER_REMOVE`,
        /// `GUILD_MEMBER_UPDATE`. Privileged.
        const GUILD_MEMBERS = 1 << 1;
        /// Events: `GUILD_AUDIT_LOG_ENTRY_CREATE`, `GUILD_BAN_ADD`, `GUILD_BAN_REMOVE`.
        const GUILD_MODERATION = 1 << 2;
        /// Events: `GUILD_EMOJIS_UPDATE`, `GUILD_STICKERS_UPDATE`, `GUILD_SOUNDBOARD_SOUND_CREATE`,
        /// `GUILD_SOUNDBOARD_SOUND_UPDATE`, `GUILD_SOUNDBOARD_SOUND_DELETE`,
        /// `GUILD_SOUNDBOARD_SOUNDS_UPDATE`.
        const GUILD_EXPRESSIONS = 1 << 3;
        /// Events: `GUILD_INTEGRATIONS_UPDATE`, `INTEGRATION_CREATE`, `INTEGRATION_UPDATE`,
        /// `INTEGRATION_DELETE`.
        const GUILD_INTEGRATIONS = 1 << 4;
        /// Events: `WEBHOOKS_UPDATE`.
        const GUILD_WEBHOOKS = 1 << 5;
        /// Events: `INVITE_CREATE`, `INVITE_DELETE`.
        const GUILD_INVITES = 1 << 6;
        /// Events: `VOICE_CHANNEL_EFFECT_SEND`, `VOICE_STATE_UPDATE`.
        const GUILD_VOICE_STATES = 1 << 7;
        /// Events: `PRESENCE_UPDATE`. Privileged.
        const GUILD_PRESENCES = 1 << 8;
        /// Events: `MESSAGE_CREATE`, `MESSAGE_UPDATE`, `MESSAGE_DELETE`, `MESSAGE_DELETE_BULK`.
        const GUILD_MESSAGES = 1 << 9;
        /// Events: `MESSAGE_REACTION_ADD`, `MESSAGE_REACTION_REMOVE`,
        /// `MESSAGE_REACTION_REMOVE_ALL`, `MESSAGE_REACTION_REMOVE_EMOJI`.
        const GUILD_MESSAGE_REACTIONS = 1 << 10;
        /// Events: `TYPING_START`.
        const GUILD_MESSAGE_TYPING = 1 << 11;
        /// Events: `CHANNEL_PINS_UPDATE`, `MESSAGE_CREATE`, `MESSAGE_UPDATE`, `MESSAGE_DELETE`.
        const DIRECT_MESSAGES = 1 << 12;
        /// Events: `MESSAGE_REACTION_ADD`, `MESSAGE_REACTION_REMOVE`,
        /// `MESSAGE_REACTION_REMOVE_ALL`, `MESSAGE_REACTION_REMOVE_EMOJI`.
        const DIRECT_MESSAGE_REACTIONS = 1 << 13;
        /// Events: `TYPING_START`.
        const DIRECT_MESSAGE_TYPING = 1 << 14;
        /// No event of its own: without it `content`, `embeds`, `attachments`, `components` and
        /// `poll` of messages come empty. Privileged.
        const MESSAGE_CONTENT = 1 << 15;
        /// Events: `GUILD_SCHEDULED_EVENT_CREATE`, `GUILD_SCHEDULED_EVENT_UPDATE`,
        /// `GUILD_SCHEDULED_EVENT_DELETE`, `GUILD_SCHEDULED_EVENT_USER_ADD`,
        /// `GUILD_SCHEDULED_EVENT_USER_REMOVE`.
        const GUILD_SCHEDULED_EVENTS = 1 << 16;
        /// Events: `AUTO_MODERATION_RULE_CREATE`, `AUTO_MODERATION_RULE_UPDATE`,
        /// `AUTO_MODERATION_RULE_DELETE`.
        const AUTO_MODERATION_CONFIGURATION = 1 << 20;
        /// Events: `AUTO_MODERATION_ACTION_EXECUTION`.
        const AUTO_MODERATION_EXECUTION = 1 << 21;
        /// Events: `MESSAGE_POLL_VOTE_ADD`, `MESSAGE_POLL_VOTE_REMOVE`.
        const GUILD_MESSAGE_POLLS = 1 << 24;
        /// Events: `MESSAGE_POLL_VOTE_ADD`, `MESSAGE_POLL_VOTE_REMOVE`.
        const DIRECT_MESSAGE_POLLS = 1 << 25;
    }
}

impl Intents {
    /// The intents that must be enabled for the application in the developer portal.
    #[must_use]
    pub const fn privileged() -> Self {
        Self::GUILD_MEMBERS
            .union(Self::GUILD_PRESENCES)
            .union(Self::MESSAGE_CONTENT)
    }
}

impl Default for Intents {
    /// Every intent that is not [privileged](Self::privileged).
    fn default() -> Self {
        Self::all().difference(Self::privileged())
    }
}

impl fmt::Display for Intents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        flag_text::write(self, f)
    }
}

impl FromStr for Intents {
    type Err = ParseIntentsError;

    fn from_str(text: &str) -> Result<Self, ParseIntentsError> {
        let special = |word: &str| match word {
            "DEFAULT" => Some(Self::default()),
            "PRIVILEGED" => Some(Self::privileged()),
            _ => None,
        };
        flag_text::parse(text, special).map_err(|word| ParseIntentsError { word })
    }
}

/// A word that names no intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseIntentsError {
    word: String,
}

impl fmt::Display for ParseIntentsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { word } = self;
        write!(
            f,
            "no intent is called `{word}`: use names as in \"GUILDS | GUILD_MESSAGES\", or a number"
        )
    }
}

impl std::error::Error for ParseIntentsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_everything_unprivileged() {
        assert_eq!(Intents::default() | Intents::privileged(), Intents::all());
        assert!(!Intents::default().intersects(Intents::privileged()));
        assert_eq!(Intents::all().bits(), 0x331_FFFF);
    }

    #[test]
    fn every_combination_of_two_survives_text() {
        for a in 0..64 {
            for b in 0..64 {
                let intents = Intents::from_bits_retain(1 << a | 1 << b);
                assert_eq!(intents.to_string().parse(), Ok(intents));
            }
        }
        assert_eq!(Intents::empty().to_string().parse(), Ok(Intents::empty()));
    }

    #[test]
    fn words_and_numbers_are_read() {
        for (text, expected) in [
            ("", Intents::empty()),
            ("513", Intents::GUILDS | Intents::GUILD_MESSAGES),
            ("0x201", Intents::GUILDS | Intents::GUILD_MESSAGES),
            (
                "guilds guild_messages",
                Intents::GUILDS | Intents::GUILD_MESSAGES,
            ),
            (
                "default,MESSAGE_CONTENT",
                Intents::default() | Intents::MESSAGE_CONTENT,
            ),
            ("all", Intents::all()),
            ("privileged", Intents::privileged()),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn an_unknown_word_is_named() {
        let error = "GUILDS | GUILD_MESAGES".parse::<Intents>().unwrap_err();
        assert!(error.to_string().contains("`GUILD_MESAGES`"), "{error}");
    }

    #[test]
    fn on_the_wire_they_are_an_integer_with_every_bit() {
        let intents = Intents::GUILDS | Intents::from_bits_retain(1 << 40);
        assert_eq!(serde_json::to_string(&intents).unwrap(), "1099511627777");
        assert_eq!(
            serde_json::from_str::<Intents>("1099511627777").unwrap(),
            intents
        );
    }
}
