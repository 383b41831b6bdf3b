use std::fmt;

flags! {
    /// What a role, an overwrite or a member may do.
    ///
    /// On the wire a decimal string. Bits without a name are kept. See
    /// [permissions](https://docs.discord.com/developers/topics/permissions).
    pub struct Permissions: u64 as string {
        /// `CREATE_INSTANT_INVITE`
        const CREATE_INSTANT_INVITE = 1 << 0;
        /// `KICK_MEMBERS`
        const KICK_MEMBERS = 1 << 1;
        /// `BAN_MEMBERS`
        const BAN_MEMBERS = 1 << 2;
        /// `ADMINISTRATOR`
        const ADMINISTRATOR = 1 << 3;
        /// `MANAGE_CHANNELS`
        const MANAGE_CHANNELS = 1 << 4;
        /// `MANAGE_GUILD`
        const MANAGE_GUILD = 1 << 5;
        /// `ADD_REACTIONS`
        const ADD_REACTIONS = 1 << 6;
        /// `VIEW_AUDIT_LOG`
        const VIEW_AUDIT_LOG = 1 << 7;
        /// `PRIORITY_SPEAKER`
        const PRIORITY_SPEAKER = 1 << 8;
        /// `STREAM`
        const STREAM = 1 << 9;
        /// `VIEW_CHANNEL`
        const VIEW_CHANNEL = 1 << 10;
        /// `SEND_MESSAGES`
        const SEND_MESSAGES = 1 << 11;
        /// `SEND_TTS_MESSAGES`
        const SEND_TTS_MESSAGES = 1 << 12;
        /// `MANAGE_MESSAGES`
        const MANAGE_MESSAGES = 1 << 13;
        /// `EMBED_LINKS`
        const EMBED_LINKS = 1 << 14;
        /// `ATTACH_FILES`
        const ATTACH_FILES = 1 << 15;
        /// `READ_MESSAGE_HISTORY`
        const READ_MESSAGE_HISTORY = 1 << 16;
        /// `MENTION_EVERYONE`
        const MENTION_EVERYONE = 1 << 17;
        /// `USE_EXTERNAL_EMOJIS`
        const USE_EXTERNAL_EMOJIS = 1 << 18;
        /// `VIEW_GUILD_INSIGHTS`
        const VIEW_GUILD_INSIGHTS = 1 << 19;
        /// `CONNECT`
        const CONNECT = 1 << 20;
        /// `SPEAK`
        const SPEAK = 1 << 21;
        /// `MUTE_MEMBERS`
        const MUTE_MEMBERS = 1 << 22;
        /// `DEAFEN_MEMBERS`
        const DEAFEN_MEMBERS = 1 << 23;
        /// `MOVE_MEMBERS`
        const MOVE_MEMBERS = 1 << 24;
        /// `USE_VAD`
        const USE_VAD = 1 << 25;
        /// `CHANGE_NICKNAME`
        const CHANGE_NICKNAME = 1 << 26;
        /// `MANAGE_NICKNAMES`
        const MANAGE_NICKNAMES = 1 << 27;
        /// `MANAGE_ROLES`
        const MANAGE_ROLES = 1 << 28;
        /// `MANAGE_WEBHOOKS`
        const MANAGE_WEBHOOKS = 1 << 29;
        /// `MANAGE_GUILD_EXPRESSIONS`
        const MANAGE_GUILD_EXPRESSIONS = 1 << 30;
        /// `USE_APPLICATION_COMMANDS`
        const USE_APPLICATION_COMMANDS = 1 << 31;
        /// `REQUEST_TO_SPEAK`
        const REQUEST_TO_SPEAK = 1 << 32;
        /// `MANAGE_EVENTS`
        const MANAGE_EVENTS = 1 << 33;
        /// `MANAGE_THREADS`
        const MANAGE_THREADS = 1 << 34;
        /// `CREATE_PUBLIC_THREADS`
        const CREATE_PUBLIC_THREADS = 1 << 35;
        /// `CREATE_PRIVATE_THREADS`
        const CREATE_PRIVATE_THREADS = 1 << 36;
        /// `USE_EXTERNAL_STICKERS`
        const USE_EXTERNAL_STICKERS = 1 << 37;
        /// `SEND_MESSAGES_IN_THREADS`
        const SEND_MESSAGES_IN_THREADS = 1 << 38;
        /// `USE_EMBEDDED_ACTIVITIES`
        const USE_EMBEDDED_ACTIVITIES = 1 << 39;
        /// `MODERATE_MEMBERS`
        const MODERATE_MEMBERS = 1 << 40;
        /// `VIEW_CREATOR_MONETIZATION_ANALYTICS`
        const VIEW_CREATOR_MONETIZATION_ANALYTICS = 1 << 41;
        /// `USE_SOUNDBOARD`
        const USE_SOUNDBOARD = 1 << 42;
        /// `CREATE_GUILD_EXPRESSIONS`
        const CREATE_GUILD_EXPRESSIONS = 1 << 43;
        /// `CREATE_EVENTS`
        const CREATE_EVENTS = 1 << 44;
        /// `USE_EXTERNAL_SOUNDS`
        const USE_EXTERNAL_SOUNDS = 1 << 45;
        /// `SEND_VOICE_MESSAGES`
        const SEND_VOICE_MESSAGES = 1 << 46;
        /// `SET_VOICE_CHANNEL_STATUS`
        const SET_VOICE_CHANNEL_STATUS = 1 << 48;
        /// `SEND_POLLS`
        const SEND_POLLS = 1 << 49;
        /// `USE_EXTERNAL_APPS`
        const USE_EXTERNAL_APPS = 1 << 50;
        /// `PIN_MESSAGES`
        const PIN_MESSAGES = 1 << 51;
        /// `BYPASS_SLOWMODE`
        const BYPASS_SLOWMODE = 1 << 52;
    }
}

impl fmt::Display for Permissions {
    /// The names, joined by ` | `; bits without a name as a hexadecimal number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        bitflags::parser::to_writer(self, f)
    }
}

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
}
