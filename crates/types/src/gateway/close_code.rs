use std::fmt;

open_enum! {
    /// Why Discord closed a gateway connection.
    ///
    /// See [gateway close event codes](https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes).
    pub enum CloseCode: u16 {
        /// Unknown error (4000).
        UnknownError = 4000,
        /// Unknown opcode (4001): a frame had an opcode or a payload that does not exist.
        UnknownOpcode = 4001,
        /// Decode error (4002): a frame could not be read.
        DecodeError = 4002,
        /// Not authenticated (4003): a frame came before IDENTIFY, or the session is gone.
        NotAuthenticated = 4003,
        /// Authentication failed (4004): the token is wrong.
        AuthenticationFailed = 4004,
        /// Already authenticated (4005): IDENTIFY came twice.
        AlreadyAuthenticated = 4005,
        /// Invalid seq (4007): RESUME named a sequence number that was never sent.
        InvalidSeq = 4007,
        /// Rate limited (4008): too many frames were sent.
        RateLimited = 4008,
        /// Session timed out (4009).
        SessionTimedOut = 4009,
        /// Invalid shard (4010): IDENTIFY named a shard that does not exist.
        InvalidShard = 4010,
        /// Sharding required (4011): the session would have too many guilds.
        ShardingRequired = 4011,
        /// Invalid API version (4012).
        InvalidApiVersion = 4012,
        /// Invalid intents (4013): IDENTIFY named an intent that does not exist.
        InvalidIntents = 4013,
        /// Disallowed intents (4014): IDENTIFY named an intent that the application may not have.
        DisallowedIntents = 4014,
    }
}

impl CloseCode {
    /// Whether reconnecting is pointless: somebody has to change the token, the intents or the
    /// shards first.
    #[must_use]
    pub const fn is_fatal(self) -> bool {
        matches!(
            self,
            Self::AuthenticationFailed
                | Self::InvalidShard
                | Self::ShardingRequired
                | Self::InvalidApiVersion
                | Self::InvalidIntents
                | Self::DisallowedIntents
        )
    }

    /// Whether the session has ended, so that only IDENTIFY helps.
    #[must_use]
    pub const fn ends_session(self) -> bool {
        self.is_fatal() || matches!(self, Self::InvalidSeq | Self::SessionTimedOut)
    }
}

impl fmt::Display for CloseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::UnknownError => "unknown error",
            Self::UnknownOpcode => "unknown opcode",
            Self::DecodeError => "decode error",
            Self::NotAuthenticated => "not authenticated",
            Self::AuthenticationFailed => "authentication failed",
            Self::AlreadyAuthenticated => "already authenticated",
            Self::InvalidSeq => "invalid seq",
            Self::RateLimited => "rate limited",
            Self::SessionTimedOut => "session timed out",
            Self::InvalidShard => "invalid shard",
            Self::ShardingRequired => "sharding required",
            Self::InvalidApiVersion => "invalid API version",
            Self::InvalidIntents => "invalid intents",
            Self::DisallowedIntents => "disallowed intents",
            Self::Unknown(code) => return code.fmt(f),
        };
        write!(f, "{} ({name})", self.value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_six_codes_are_fatal() {
        let fatal = (0..=u16::MAX).filter(|code| CloseCode::from_value(*code).is_fatal());
        assert_eq!(
            fatal.collect::<Vec<_>>(),
            [4004, 4010, 4011, 4012, 4013, 4014]
        );
    }

    #[test]
    fn every_code_keeps_its_number() {
        for code in 0..=u16::MAX {
            assert_eq!(CloseCode::from_value(code).value(), code);
        }
        assert_eq!(CloseCode::InvalidSeq.to_string(), "4007 (invalid seq)");
        assert_eq!(CloseCode::from_value(1006).to_string(), "1006");
    }
}
