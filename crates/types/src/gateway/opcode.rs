open_enum! {
    /// What a frame is for.
    ///
    /// See [gateway opcodes](https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes).
    pub enum OpCode: u64 {
        /// An event. Received.
        Dispatch = 0,
        /// A sign of life, or the request for one. Sent and received.
        Heartbeat = 1,
        /// Starts a session. Sent.
        Identify = 2,
        /// Changes the presence. Sent.
        PresenceUpdate = 3,
        /// Joins, leaves or moves between voice channels. Sent.
        VoiceStateUpdate = 4,
        /// Takes a session up again. Sent.
        Resume = 6,
        /// Asks to reconnect and resume. Received.
        Reconnect = 7,
        /// Asks for members of a guild. Sent.
        RequestGuildMembers = 8,
        /// The session is gone. Received.
        InvalidSession = 9,
        /// Greets with the heartbeat interval. Received.
        Hello = 10,
        /// Acknowledges a heartbeat. Received.
        HeartbeatAck = 11,
        /// Asks for the soundboard sounds of guilds. Sent.
        RequestSoundboardSounds = 31,
        /// Asks for the short-lived data of a guild's channels. Sent.
        RequestChannelInfo = 43,
    }
}
