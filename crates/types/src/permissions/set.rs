use std::{fmt, str::FromStr};

use crate::{channel::ChannelType, flag_text, permissions::PermissionsChange};

flags! {
    /// What a role, an overwrite or a member may do.
    ///
    /// On the wire a decimal string. Bits without a name are kept. See
    /// [permissions](https://docs.discord.com/developers/topics/permissions).
    pub struct Permissions: u64 as string {
        /// Create invites.
        const CREATE_INSTANT_INVITE = 1 << 0;
        /// Kick members. Needs two-factor authentication in a guild that demands it.
        const KICK_MEMBERS = 1 << 1;
        /// Ban members, and lift bans. Needs two-factor authentication in a guild that demands it.
        const BAN_MEMBERS = 1 << 2;
        /// Everything, past all overwrites. Needs two-factor authentication in a guild that demands it.
        const ADMINISTRATOR = 1 << 3;
        /// Create, edit and delete channels. Needs two-factor authentication in a guild that demands it.
        const MANAGE_CHANNELS = 1 << 4;
        /// Edit the guild. Needs two-factor authentication in a guild that demands it.
        const MANAGE_GUILD = 1 << 5;
        /// Add reactions that nobody has added yet; joining one that is there needs no permission.
        const ADD_REACTIONS = 1 << 6;
        /// Read the audit log.
        const VIEW_AUDIT_LOG = 1 << 7;
        /// Be heard above the others in a voice channel.
        const PRIORITY_SPEAKER = 1 << 8;
        /// Share the screen or the camera.
        const STREAM = 1 << 9;
        /// See the channel: read it, or join it where it is a voice channel. Without it nothing else holds there.
        const VIEW_CHANNEL = 1 << 10;
        /// Send messages, and create threads in a forum. In threads it is [`SEND_MESSAGES_IN_THREADS`](Self::SEND_MESSAGES_IN_THREADS) that counts.
        const SEND_MESSAGES = 1 << 11;
        /// Send messages that are read aloud.
        const SEND_TTS_MESSAGES = 1 << 12;
        /// Delete the messages of others. Needs two-factor authentication in a guild that demands it.
        const MANAGE_MESSAGES = 1 << 13;
        /// Have links shown with a preview, and send embeds.
        const EMBED_LINKS = 1 << 14;
        /// Upload files.
        const ATTACH_FILES = 1 << 15;
        /// Read messages that were sent before.
        const READ_MESSAGE_HISTORY = 1 << 16;
        /// Mention `@everyone`, `@here` and roles that are not mentionable.
        const MENTION_EVERYONE = 1 << 17;
        /// Use the emojis of other guilds.
        const USE_EXTERNAL_EMOJIS = 1 << 18;
        /// See the guild's statistics.
        const VIEW_GUILD_INSIGHTS = 1 << 19;
        /// Join a voice channel.
        const CONNECT = 1 << 20;
        /// Be heard in a voice channel.
        const SPEAK = 1 << 21;
        /// Mute members in voice channels.
        const MUTE_MEMBERS = 1 << 22;
        /// Deafen members in voice channels.
        const DEAFEN_MEMBERS = 1 << 23;
        /// Move members from one voice channel to another.
        const MOVE_MEMBERS = 1 << 24;
        /// Speak by voice activity; without it one has to push to talk.
        const USE_VAD = 1 << 25;
        /// Change one's own nickname.
        const CHANGE_NICKNAME = 1 << 26;
        /// Change the nicknames of others.
        const MANAGE_NICKNAMES = 1 << 27;
        /// Edit roles below the own one, and permission overwrites. Needs two-factor authentication in a guild that demands it.
        const MANAGE_ROLES = 1 << 28;
        /// Create, edit and delete webhooks. Needs two-factor authentication in a guild that demands it.
        const MANAGE_WEBHOOKS = 1 << 29;
        /// Edit and delete emojis, stickers and sounds of anybody. Needs two-factor authentication in a guild that demands it.
        const MANAGE_GUILD_EXPRESSIONS = 1 << 30;
        /// Use commands, slash commands and context menus alike.
        const USE_APPLICATION_COMMANDS = 1 << 31;
        /// Ask to speak in a stage channel.
        const REQUEST_TO_SPEAK = 1 << 32;
        /// Edit and delete the scheduled events of anybody.
        const MANAGE_EVENTS = 1 << 33;
        /// Edit and delete threads, and see all private ones. Needs two-factor authentication in a guild that demands it.
        const MANAGE_THREADS = 1 << 34;
        /// Create public and announcement threads.
        const CREATE_PUBLIC_THREADS = 1 << 35;
        /// Create private threads.
        const CREATE_PRIVATE_THREADS = 1 << 36;
        /// Use the stickers of other guilds.
        const USE_EXTERNAL_STICKERS = 1 << 37;
        /// Send messages in threads.
        const SEND_MESSAGES_IN_THREADS = 1 << 38;
        /// Start activities in voice channels.
        const USE_EMBEDDED_ACTIVITIES = 1 << 39;
        /// Put members in a timeout, so that they can only read.
        const MODERATE_MEMBERS = 1 << 40;
        /// See what role subscriptions bring in.
        const VIEW_CREATOR_MONETIZATION_ANALYTICS = 1 << 41;
        /// Play sounds of the soundboard.
        const USE_SOUNDBOARD = 1 << 42;
        /// Create emojis, stickers and sounds, and edit and delete one's own.
        const CREATE_GUILD_EXPRESSIONS = 1 << 43;
        /// Create scheduled events, and edit and delete one's own.
        const CREATE_EVENTS = 1 << 44;
        /// Play the sounds of other guilds.
        const USE_EXTERNAL_SOUNDS = 1 << 45;
        /// Send voice messages.
        const SEND_VOICE_MESSAGES = 1 << 46;
        /// Set the status of a voice channel.
        const SET_VOICE_CHANNEL_STATUS = 1 << 48;
        /// Send polls.
        const SEND_POLLS = 1 << 49;
        /// Have the answers of applications that one has installed for oneself seen by all.
        const USE_EXTERNAL_APPS = 1 << 50;
        /// Pin and unpin messages.
        const PIN_MESSAGES = 1 << 51;
        /// Send without waiting for the slow mode.
        const BYPASS_SLOWMODE = 1 << 52;
    }
}

impl Permissions {
    /// The permissions that an overwrite of a channel of this kind can grant or take, besides those of
    /// categories, which hand theirs on: there it is every one that some kind of channel has.
    ///
    /// ```
    /// use polycord_types::{Permissions, channel::ChannelType};
    ///
    /// let voice = Permissions::in_channels(ChannelType::GuildVoice);
    /// assert!(voice.contains(Permissions::SPEAK | Permissions::SEND_MESSAGES));
    /// assert!(!voice.contains(Permissions::KICK_MEMBERS));
    /// ```
    #[must_use]
    pub const fn in_channels(kind: ChannelType) -> Self {
        match kind {
            ChannelType::GuildVoice => EVERYWHERE
                .union(VOICE_AND_STAGE)
                .union(VOICE)
                .union(TEXT_AND_VOICE),
            ChannelType::GuildStageVoice => EVERYWHERE.union(VOICE_AND_STAGE).union(STAGE),
            ChannelType::GuildCategory => EVERYWHERE
                .union(TEXT)
                .union(TEXT_AND_VOICE)
                .union(VOICE_AND_STAGE)
                .union(VOICE)
                .union(STAGE),
            ChannelType::GuildText
            | ChannelType::GuildAnnouncement
            | ChannelType::GuildForum
            | ChannelType::GuildMedia
            | ChannelType::AnnouncementThread
            | ChannelType::PublicThread
            | ChannelType::PrivateThread => EVERYWHERE.union(TEXT).union(TEXT_AND_VOICE),
            _ => Self::empty(),
        }
    }

    /// What of these permissions has an effect in a channel: some count for nothing without another.
    ///
    /// Without `VIEW_CHANNEL` nothing is left. Without `SEND_MESSAGES` (in threads
    /// `SEND_MESSAGES_IN_THREADS`) neither are `MENTION_EVERYONE`, `SEND_TTS_MESSAGES`, `ATTACH_FILES`,
    /// `EMBED_LINKS`, `SEND_VOICE_MESSAGES` and `SEND_POLLS`. Without `CONNECT`, voice and stage channels
    /// lose what only they have, and `MANAGE_CHANNELS` and `MANAGE_ROLES`. `ADMINISTRATOR` has all of them.
    ///
    /// See [implicit permissions](https://docs.discord.com/developers/topics/permissions#implicit-permissions).
    #[must_use]
    pub const fn effective_in(self, kind: ChannelType) -> Self {
        if self.contains(Self::ADMINISTRATOR) {
            return self.union(Self::all());
        }
        if !self.contains(Self::VIEW_CHANNEL) {
            return Self::empty();
        }
        let mut left = self;
        let sending = if kind.is_thread() {
            Self::SEND_MESSAGES_IN_THREADS
        } else {
            Self::SEND_MESSAGES
        };
        if !left.contains(sending) {
            left = left.difference(NEEDS_SENDING);
        }
        let voice = matches!(kind, ChannelType::GuildVoice | ChannelType::GuildStageVoice);
        if voice && !left.contains(Self::CONNECT) {
            left = left.difference(NEEDS_CONNECT);
        }
        left
    }

    /// What changed from these to others.
    ///
    /// ```
    /// use polycord_types::Permissions;
    ///
    /// let before = Permissions::VIEW_CHANNEL | Permissions::SPEAK;
    /// let change = before.change_to(Permissions::VIEW_CHANNEL | Permissions::STREAM);
    /// assert_eq!(change.added, Permissions::STREAM);
    /// assert_eq!(change.removed, Permissions::SPEAK);
    /// assert_eq!(change.to_string(), "added STREAM, removed SPEAK");
    /// ```
    #[must_use]
    pub const fn change_to(self, after: Self) -> PermissionsChange {
        PermissionsChange {
            added: after.difference(self),
            removed: self.difference(after),
        }
    }
}

// What the table of the documentation marks with T, V and S.
const EVERYWHERE: Permissions = Permissions::CREATE_INSTANT_INVITE
    .union(Permissions::MANAGE_CHANNELS)
    .union(Permissions::ADD_REACTIONS)
    .union(Permissions::VIEW_CHANNEL)
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_TTS_MESSAGES)
    .union(Permissions::MANAGE_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::MENTION_EVERYONE)
    .union(Permissions::USE_EXTERNAL_EMOJIS)
    .union(Permissions::MANAGE_ROLES)
    .union(Permissions::MANAGE_WEBHOOKS)
    .union(Permissions::USE_APPLICATION_COMMANDS)
    .union(Permissions::USE_EXTERNAL_STICKERS)
    .union(Permissions::SEND_VOICE_MESSAGES)
    .union(Permissions::SEND_POLLS)
    .union(Permissions::USE_EXTERNAL_APPS)
    .union(Permissions::BYPASS_SLOWMODE);
const TEXT: Permissions = Permissions::MANAGE_THREADS
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::CREATE_PRIVATE_THREADS)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::PIN_MESSAGES);
const TEXT_AND_VOICE: Permissions = Permissions::USE_EMBEDDED_ACTIVITIES;
const VOICE_AND_STAGE: Permissions = Permissions::STREAM
    .union(Permissions::CONNECT)
    .union(Permissions::MUTE_MEMBERS)
    .union(Permissions::MOVE_MEMBERS)
    .union(Permissions::MANAGE_EVENTS)
    .union(Permissions::CREATE_EVENTS);
const VOICE: Permissions = Permissions::PRIORITY_SPEAKER
    .union(Permissions::SPEAK)
    .union(Permissions::DEAFEN_MEMBERS)
    .union(Permissions::USE_VAD)
    .union(Permissions::USE_SOUNDBOARD)
    .union(Permissions::USE_EXTERNAL_SOUNDS)
    .union(Permissions::SET_VOICE_CHANNEL_STATUS);
const STAGE: Permissions = Permissions::REQUEST_TO_SPEAK;

const NEEDS_SENDING: Permissions = Permissions::MENTION_EVERYONE
    .union(Permissions::SEND_TTS_MESSAGES)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::SEND_VOICE_MESSAGES)
    .union(Permissions::SEND_POLLS);
const NEEDS_CONNECT: Permissions = VOICE_AND_STAGE
    .union(VOICE)
    .union(STAGE)
    .union(Permissions::MANAGE_CHANNELS)
    .union(Permissions::MANAGE_ROLES);

impl fmt::Display for Permissions {
    /// The names, joined by ` | `; `none` if there are none, a hexadecimal number for bits without a name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        flag_text::write(self, f)
    }
}

impl FromStr for Permissions {
    type Err = ParsePermissionsError;

    /// Reads what `Display` writes, and also commas and spaces between names, any case, decimal numbers,
    /// and the words `all` and `none`.
    fn from_str(text: &str) -> Result<Self, ParsePermissionsError> {
        flag_text::parse(text, |_| None).map_err(|word| ParsePermissionsError { word })
    }
}

/// A word that names no permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsePermissionsError {
    word: String,
}

impl fmt::Display for ParsePermissionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { word } = self;
        write!(
            f,
            "no permission is called `{word}`: use names as in \"VIEW_CHANNEL | SEND_MESSAGES\", or a number"
        )
    }
}

impl std::error::Error for ParsePermissionsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_number_are_read_and_text_is_written() {
        let expected = Permissions::SEND_MESSAGES | Permissions::from_bits_retain(1 << 63);
        for json in ["\"9223372036854777856\"", "9223372036854777856"] {
            let read = serde_json::from_str::<Permissions>(json).unwrap();
            assert_eq!(read, expected);
            assert_eq!(
                serde_json::to_string(&read).unwrap(),
                "\"9223372036854777856\""
            );
        }
        assert_eq!(expected.to_string(), "SEND_MESSAGES | 0x8000000000000000");
    }

    #[test]
    fn every_pair_of_bits_survives_text() {
        for a in 0..64 {
            for b in 0..64 {
                let permissions = Permissions::from_bits_retain(1 << a | 1 << b);
                assert_eq!(permissions.to_string().parse(), Ok(permissions));
                assert_eq!(permissions.bits().to_string().parse(), Ok(permissions));
            }
        }
        assert_eq!(Permissions::empty().to_string(), "none");
        assert_eq!("none".parse(), Ok(Permissions::empty()));
    }

    #[test]
    fn an_unknown_word_is_named() {
        let error = "speak, sing".parse::<Permissions>().unwrap_err();
        assert!(error.to_string().contains("`sing`"), "{error}");
        for word in ["+1", "0x", "-1", "0x1g", "18446744073709551616"] {
            assert!(word.parse::<Permissions>().is_err(), "{word}");
        }
    }

    #[test]
    fn a_change_applied_to_the_old_gives_the_new() {
        for a in (0..64_u64).map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15)) {
            for b in (0..64_u64).map(|n| n.wrapping_mul(0xD1B5_4A32_D192_ED03)) {
                let (a, b) = (
                    Permissions::from_bits_retain(a),
                    Permissions::from_bits_retain(b),
                );
                let change = a.change_to(b);
                assert!(!change.added.intersects(change.removed));
                assert_eq!((a - change.removed) | change.added, b);
                assert_eq!(change.is_empty(), a == b);
            }
        }
    }

    #[test]
    fn every_permission_is_of_the_guild_or_of_channels_once() {
        let guild_wide = Permissions::KICK_MEMBERS
            | Permissions::BAN_MEMBERS
            | Permissions::ADMINISTRATOR
            | Permissions::MANAGE_GUILD
            | Permissions::VIEW_AUDIT_LOG
            | Permissions::VIEW_GUILD_INSIGHTS
            | Permissions::CHANGE_NICKNAME
            | Permissions::MANAGE_NICKNAMES
            | Permissions::MANAGE_GUILD_EXPRESSIONS
            | Permissions::MODERATE_MEMBERS
            | Permissions::VIEW_CREATOR_MONETIZATION_ANALYTICS
            | Permissions::CREATE_GUILD_EXPRESSIONS;
        let groups = [
            guild_wide,
            EVERYWHERE,
            TEXT,
            TEXT_AND_VOICE,
            VOICE_AND_STAGE,
            VOICE,
            STAGE,
        ];
        let sum = groups.into_iter().fold(Permissions::empty(), |sum, group| {
            assert!(!sum.intersects(group), "{}", sum & group);
            sum | group
        });
        assert_eq!(sum, Permissions::all());
    }
}
