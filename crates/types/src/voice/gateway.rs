//! The voice gateway: another connection, to one voice server.

open_enum! {
    /// What a frame of the voice gateway is for.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/opcodes-and-status-codes#voice-voice-opcodes).
    pub enum VoiceOpCode: u32 {
        /// Starts a connection. Sent.
        Identify = 0,
        /// Chooses the protocol. Sent.
        SelectProtocol = 1,
        /// The server knows the client. Received.
        Ready = 2,
        /// A sign of life. Sent.
        Heartbeat = 3,
        /// Describes the session, with its key. Received.
        SessionDescription = 4,
        /// Who speaks. Sent and received.
        Speaking = 5,
        /// Acknowledges a heartbeat. Received.
        HeartbeatAck = 6,
        /// Takes a connection up again. Sent.
        Resume = 7,
        /// Greets with the heartbeat interval. Received.
        Hello = 8,
        /// The connection goes on. Received.
        Resumed = 9,
        /// Clients joined the channel. Received.
        ClientsConnect = 11,
        /// A client left the channel. Received.
        ClientDisconnect = 13,
        /// A downgrade of the end-to-end encryption (DAVE) is coming. Received.
        DavePrepareTransition = 21,
        /// Carries an announced transition out. Received.
        DaveExecuteTransition = 22,
        /// Ready for an announced transition. Sent.
        DaveTransitionReady = 23,
        /// A change of the protocol version or the group is coming. Received.
        DavePrepareEpoch = 24,
        /// Credential and key of the external sender. Received.
        DaveMlsExternalSender = 25,
        /// Key package of a pending member. Sent.
        DaveMlsKeyPackage = 26,
        /// Proposals to add or to take back. Received.
        DaveMlsProposals = 27,
        /// A commit, with welcomes where there are any. Sent.
        DaveMlsCommitWelcome = 28,
        /// A commit for the coming transition. Received.
        DaveMlsAnnounceCommitTransition = 29,
        /// A welcome to the group of the coming transition. Received.
        DaveMlsWelcome = 30,
        /// A commit or a welcome was invalid; asks to be added again. Sent.
        DaveMlsInvalidCommitWelcome = 31,
    }
}

open_enum! {
    /// Why the voice gateway closed a connection.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/opcodes-and-status-codes#voice-voice-close-event-codes).
    pub enum VoiceCloseCode: u32 {
        /// There is no such opcode.
        UnknownOpcode = 4001,
        /// A frame could not be read.
        FailedToDecodePayload = 4002,
        /// A frame came before IDENTIFY.
        NotAuthenticated = 4003,
        /// The token is wrong.
        AuthenticationFailed = 4004,
        /// IDENTIFY came twice.
        AlreadyAuthenticated = 4005,
        /// The session is gone.
        SessionNoLongerValid = 4006,
        /// The session timed out.
        SessionTimeout = 4009,
        /// The server was not found.
        ServerNotFound = 4011,
        /// The protocol is not known.
        UnknownProtocol = 4012,
        /// The client was sent away: kicked, or the channel or the session is gone. Do not reconnect.
        Disconnected = 4014,
        /// The server crashed. Resume.
        VoiceServerCrashed = 4015,
        /// The encryption is not known.
        UnknownEncryptionMode = 4016,
        /// The channel needs end-to-end encryption (DAVE).
        E2eeDaveProtocolRequired = 4017,
        /// A frame was malformed.
        BadRequest = 4020,
        /// Too many frames were sent. Do not reconnect.
        DisconnectedRateLimited = 4021,
        /// The call ended for everybody. Do not reconnect.
        DisconnectedCallTerminated = 4022,
    }
}

open_enum! {
    /// A version of the voice gateway.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/voice-connections#voice-gateway-versioning-gateway-versions).
    pub enum VoiceGatewayVersion: u32 {
        /// Buffers messages and sends again what was missed. Recommended.
        V8 = 8,
        /// Has the opcode for channel options.
        V7 = 7,
        /// Has the opcode for code versions.
        V6 = 6,
        /// Has the opcode for wanted video.
        V5 = 5,
        /// Speaking is a set of flags. The oldest that is not deprecated.
        V4 = 4,
        /// Has video. Deprecated.
        V3 = 3,
        /// Acknowledges heartbeats. Deprecated.
        V2 = 2,
        /// The first one. Deprecated.
        V1 = 1,
    }
}

open_enum! {
    /// How voice packets are encrypted on their way.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/voice-connections#transport-encryption-modes).
    pub enum VoiceEncryptionMode: str {
        /// AES-256 in GCM. Preferred where it is offered.
        AeadAes256GcmRtpSize = "aead_aes256_gcm_rtpsize",
        /// `XChaCha20` with Poly1305. Every server and client has it.
        AeadXchacha20Poly1305RtpSize = "aead_xchacha20_poly1305_rtpsize",
        /// Deprecated.
        Xsalsa20Poly1305LiteRtpSize = "xsalsa20_poly1305_lite_rtpsize",
        /// Deprecated.
        AeadAes256Gcm = "aead_aes256_gcm",
        /// Deprecated.
        Xsalsa20Poly1305 = "xsalsa20_poly1305",
        /// Deprecated.
        Xsalsa20Poly1305Suffix = "xsalsa20_poly1305_suffix",
        /// Deprecated.
        Xsalsa20Poly1305Lite = "xsalsa20_poly1305_lite",
    }
}

flags! {
    /// How somebody speaks.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/voice-connections#speaking).
    pub struct SpeakingFlags: u32 {
        /// With the microphone.
        const MICROPHONE = 1 << 0;
        /// Sound that belongs to a video; nobody is shown as speaking.
        const SOUNDSHARE = 1 << 1;
        /// With priority: others become quieter.
        const PRIORITY = 1 << 2;
    }
}
