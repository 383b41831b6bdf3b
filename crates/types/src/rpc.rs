//! The names and numbers of the local client's RPC. Its structures are not modelled.
//!
//! See [RPC](https://docs.discord.com/developers/topics/rpc).

open_enum! {
    /// What a frame is for.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/rpc#opcodes).
    pub enum RpcOpCode: u32 {
        /// Opens the connection.
        Handshake = 0,
        /// A command or an event.
        Frame = 1,
        /// Closes the connection.
        Close = 2,
        /// Asks whether the other side is there.
        Ping = 3,
        /// Answers a ping.
        Pong = 4,
    }
}

open_enum! {
    /// What a frame commands.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/rpc#commands-and-events-rpc-commands).
    pub enum RpcCommand: str {
        /// An event.
        Dispatch = "DISPATCH",
        /// Authorizes a new client of the application.
        Authorize = "AUTHORIZE",
        /// Authenticates a client that was authorized.
        Authenticate = "AUTHENTICATE",
        /// Gets a guild.
        GetGuild = "GET_GUILD",
        /// Gets all guilds.
        GetGuilds = "GET_GUILDS",
        /// Gets a channel.
        GetChannel = "GET_CHANNEL",
        /// Gets the channels of a guild.
        GetChannels = "GET_CHANNELS",
        /// Subscribes to an event.
        Subscribe = "SUBSCRIBE",
        /// Ends a subscription.
        Unsubscribe = "UNSUBSCRIBE",
        /// Changes how another user is heard.
        SetUserVoiceSettings = "SET_USER_VOICE_SETTINGS",
        /// Joins or leaves voice.
        SelectVoiceChannel = "SELECT_VOICE_CHANNEL",
        /// Gets the voice channel that the client is in.
        GetSelectedVoiceChannel = "GET_SELECTED_VOICE_CHANNEL",
        /// Opens a text channel, or leaves it.
        SelectTextChannel = "SELECT_TEXT_CHANNEL",
        /// Gets the client's voice settings.
        GetVoiceSettings = "GET_VOICE_SETTINGS",
        /// Changes the client's voice settings.
        SetVoiceSettings = "SET_VOICE_SETTINGS",
        /// Tells about certified devices.
        SetCertifiedDevices = "SET_CERTIFIED_DEVICES",
        /// Updates the user's activity.
        SetActivity = "SET_ACTIVITY",
        /// Accepts a request to join.
        SendActivityJoinInvite = "SEND_ACTIVITY_JOIN_INVITE",
        /// Rejects a request to join.
        CloseActivityRequest = "CLOSE_ACTIVITY_REQUEST",
    }
}

open_enum! {
    /// What happened.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/rpc#commands-and-events-rpc-events).
    pub enum RpcEvent: str {
        /// The connection is there.
        Ready = "READY",
        /// Something went wrong, also as the answer to a command.
        Error = "ERROR",
        /// The user's own data changed.
        CurrentUserUpdate = "CURRENT_USER_UPDATE",
        /// A relationship came or went.
        RelationshipUpdate = "RELATIONSHIP_UPDATE",
        /// A guild's state changed.
        GuildStatus = "GUILD_STATUS",
        /// The client joined or made a guild.
        GuildCreate = "GUILD_CREATE",
        /// The client joined or made a channel.
        ChannelCreate = "CHANNEL_CREATE",
        /// The client joined a voice channel.
        VoiceChannelSelect = "VOICE_CHANNEL_SELECT",
        /// A user joined the voice channel.
        VoiceStateCreate = "VOICE_STATE_CREATE",
        /// The voice state of a user changed.
        VoiceStateUpdate = "VOICE_STATE_UPDATE",
        /// A user left the voice channel.
        VoiceStateDelete = "VOICE_STATE_DELETE",
        /// The client's voice settings changed.
        VoiceSettingsUpdate = "VOICE_SETTINGS_UPDATE",
        /// The client's voice connection changed.
        VoiceConnectionStatus = "VOICE_CONNECTION_STATUS",
        /// A user begins to speak.
        SpeakingStart = "SPEAKING_START",
        /// A user stops speaking.
        SpeakingStop = "SPEAKING_STOP",
        /// A message was sent.
        MessageCreate = "MESSAGE_CREATE",
        /// A message was edited.
        MessageUpdate = "MESSAGE_UPDATE",
        /// A message was deleted.
        MessageDelete = "MESSAGE_DELETE",
        /// The client got a notification.
        NotificationCreate = "NOTIFICATION_CREATE",
        /// The user follows an invite into a game.
        ActivityJoin = "ACTIVITY_JOIN",
        /// The user wants to spectate a game.
        ActivitySpectate = "ACTIVITY_SPECTATE",
        /// Somebody asks to join.
        ActivityJoinRequest = "ACTIVITY_JOIN_REQUEST",
        /// The user was invited to an activity.
        ActivityInvite = "ACTIVITY_INVITE",
        /// The user got an entitlement.
        EntitlementCreate = "ENTITLEMENT_CREATE",
        /// An entitlement was taken away.
        EntitlementDelete = "ENTITLEMENT_DELETE",
    }
}

open_enum! {
    /// What kind of key a shortcut has.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/rpc#getvoicesettings-key-types).
    pub enum RpcKeyType: u32 {
        /// A key of the keyboard.
        KeyboardKey = 0,
        /// A button of the mouse.
        MouseButton = 1,
        /// A modifier of the keyboard.
        KeyboardModifierKey = 2,
        /// A button of a gamepad.
        GamepadButton = 3,
    }
}

open_enum! {
    /// How far a voice connection is.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/rpc#voiceconnectionstatus-voice-connection-states).
    pub enum RpcVoiceConnectionState: str {
        /// Not connected.
        Disconnected = "DISCONNECTED",
        /// Waits for an endpoint.
        AwaitingEndpoint = "AWAITING_ENDPOINT",
        /// Authenticates.
        Authenticating = "AUTHENTICATING",
        /// Connects.
        Connecting = "CONNECTING",
        /// Connected.
        Connected = "CONNECTED",
        /// Connected, but voice is not.
        VoiceDisconnected = "VOICE_DISCONNECTED",
        /// Connected; voice connects.
        VoiceConnecting = "VOICE_CONNECTING",
        /// Connected, and voice is too.
        VoiceConnected = "VOICE_CONNECTED",
        /// There is no route to the host.
        NoRoute = "NO_ROUTE",
        /// WebRTC checks its candidates.
        IceChecking = "ICE_CHECKING",
    }
}

open_enum! {
    /// How another user relates to this one.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/rpc#relationshipupdate-relationship-types).
    pub enum RpcRelationshipType: u32 {
        /// Not any more.
        None = 0,
        /// A friend.
        Friend = 1,
        /// Blocked.
        Blocked = 2,
        /// Asks to be a friend.
        PendingIncoming = 3,
        /// Was asked to be a friend.
        PendingOutgoing = 4,
        /// In a guild in common, but no friend.
        Implicit = 5,
    }
}

open_enum! {
    /// Why a command failed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/opcodes-and-status-codes#rpc-rpc-error-codes).
    pub enum RpcErrorCode: u32 {
        /// Nobody knows.
        UnknownError = 1000,
        /// The payload is invalid.
        InvalidPayload = 4000,
        /// There is no such command.
        InvalidCommand = 4002,
        /// There is no such guild.
        InvalidGuild = 4003,
        /// There is no such event.
        InvalidEvent = 4004,
        /// There is no such channel.
        InvalidChannel = 4005,
        /// The client may not.
        InvalidPermissions = 4006,
        /// There is no such application.
        InvalidClientId = 4007,
        /// The origin is not allowed.
        InvalidOrigin = 4008,
        /// The token is invalid.
        InvalidToken = 4009,
        /// There is no such user.
        InvalidUser = 4010,
        /// OAuth2 failed; the data says how.
        Oauth2Error = 5000,
        /// Choosing a channel took too long.
        SelectChannelTimedOut = 5001,
        /// Getting a guild took too long.
        GetGuildTimedOut = 5002,
        /// The user is in a voice channel already.
        SelectVoiceForceRequired = 5003,
        /// A shortcut is being captured already.
        CaptureShortcutAlreadyListening = 5004,
    }
}

open_enum! {
    /// Why the client closed the connection.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/opcodes-and-status-codes#rpc-rpc-close-event-codes).
    pub enum RpcCloseCode: u32 {
        /// There is no such application.
        InvalidClientId = 4000,
        /// The origin is not allowed.
        InvalidOrigin = 4001,
        /// Too many frames were sent.
        RateLimited = 4002,
        /// The OAuth2 token was revoked.
        TokenRevoked = 4003,
        /// There is no such version.
        InvalidVersion = 4004,
        /// There is no such encoding.
        InvalidEncoding = 4005,
    }
}
