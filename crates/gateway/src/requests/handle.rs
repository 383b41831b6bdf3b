//! What a handle can ask for.

use polycord_types::{
    gateway::send::{
        ChannelInfoField, RequestChannelInfo, RequestGuildMembers, UpdatePresence, UpdateVoiceState,
    },
    id::{ChannelId, GuildId},
};

use super::{ChannelInfoRequest, MemberRequest, SoundboardRequest, VoiceJoin};
use crate::{SendError, ShardHandle};

/// Discord's requests. Each ends: with the answer, or with a
/// [`RequestError`](crate::RequestError) that says why there is none.
///
/// Answers come as events, and reach the consumer as events, too, if it is interested in them. While the
/// [`Shard`](crate::Shard) is not read its answers wait with everything else: await them in another task
/// than the one that reads it.
impl ShardHandle {
    /// Changes how the bot appears. A later update takes the place of one that still waits, and the
    /// last one is shown again in every new session.
    ///
    /// See <https://docs.discord.com/developers/events/gateway-events#update-presence>.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub fn update_presence(&self, presence: UpdatePresence) -> Result<(), SendError> {
        self.send(presence)
    }

    /// Asks for members of a guild: everybody, those whose names start with a text, or some users.
    ///
    /// A stream of the chunks, or, awaited, all members. Whoever asks for everybody while the answer to the
    /// same question comes in shares it: Discord answers it once in 30 seconds for each guild. A request
    /// that comes too soon is sent again when its time has come, once. The nonce is made here; one in
    /// `request` is not used.
    ///
    /// See <https://docs.discord.com/developers/events/gateway-events#request-guild-members>.
    ///
    /// ```no_run
    /// # async fn example(handle: polycord_gateway::ShardHandle) -> Result<(), polycord_gateway::RequestError> {
    /// use polycord_types::{gateway::send::RequestGuildMembers, id::GuildId};
    ///
    /// let guild = GuildId::new(613_425_648_685_547_541);
    /// let all = handle.request_members(RequestGuildMembers::everybody(guild)).await?;
    /// println!("{} members", all.members.len());
    ///
    /// // A large guild, piece by piece.
    /// let mut chunks = handle.request_members(RequestGuildMembers::everybody(guild));
    /// while let Some(chunk) = chunks.next().await {
    ///     println!("{} more", chunk?.members.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// All kinds of [`RequestError`](crate::RequestError), when it is polled. Chunks that came before are
    /// whole.
    ///
    /// # Cancel safety
    /// Dropping it ends the wait; a request that stands in line is still sent.
    pub fn request_members(&self, request: RequestGuildMembers) -> MemberRequest {
        MemberRequest::new(self.clone(), request)
    }

    /// Asks for the soundboard sounds of guilds. Some 180 guilds fit into one request.
    ///
    /// See <https://docs.discord.com/developers/events/gateway-events#request-soundboard-sounds>.
    ///
    /// # Errors
    /// All kinds of [`RequestError`](crate::RequestError), when it is polled. One guild that is gone ends
    /// it; what came before was given by the stream.
    ///
    /// # Cancel safety
    /// Dropping it ends the wait; a request that stands in line is still sent.
    pub fn request_soundboard_sounds(
        &self,
        guilds: impl IntoIterator<Item = GuildId>,
    ) -> SoundboardRequest {
        SoundboardRequest::new(self.clone(), guilds)
    }

    /// Asks for what the voice channels of a guild show for a short time, such as their status.
    ///
    /// See <https://docs.discord.com/developers/events/gateway-events#request-channel-info>.
    ///
    /// # Errors
    /// All kinds of [`RequestError`](crate::RequestError).
    ///
    /// # Cancel safety
    /// Dropping it ends the wait; a request that stands in line is still sent.
    pub fn request_channel_info(
        &self,
        guild: GuildId,
        fields: impl IntoIterator<Item = ChannelInfoField>,
    ) -> ChannelInfoRequest {
        ChannelInfoRequest::new(self.clone(), RequestChannelInfo::new(guild, fields))
    }

    /// Joins a voice channel, or moves there, and gives what a voice library needs to connect: endpoint,
    /// token and session.
    ///
    /// The voice connection itself, with its websocket, encryption and sound, is not in the scope of this
    /// crate. When the voice server changes later, a `VOICE_SERVER_UPDATE` event tells it.
    ///
    /// Needs the intent `GUILD_VOICE_STATES`. A bot that may not connect there is told nothing: that ends
    /// with [`RequestError::Timeout`](crate::RequestError::Timeout).
    ///
    /// See <https://docs.discord.com/developers/topics/voice-connections#retrieving-voice-server-information>.
    ///
    /// ```no_run
    /// # async fn example(handle: polycord_gateway::ShardHandle) -> Result<(), polycord_gateway::RequestError> {
    /// use polycord_types::id::{ChannelId, GuildId};
    ///
    /// let (guild, channel) = (GuildId::new(1), ChannelId::new(2));
    /// let voice = handle.join_voice(guild, channel).self_deaf(true).await?;
    /// println!("wss://{} as session {}", voice.endpoint, voice.session_id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// All kinds of [`RequestError`](crate::RequestError).
    ///
    /// # Cancel safety
    /// Dropping it ends the wait; a bot that was sent on its way still joins.
    pub fn join_voice(&self, guild: GuildId, channel: ChannelId) -> VoiceJoin {
        VoiceJoin::new(self.clone(), UpdateVoiceState::join(guild, channel))
    }

    /// Leaves voice in a guild.
    ///
    /// See <https://docs.discord.com/developers/events/gateway-events#update-voice-state>.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub fn leave_voice(&self, guild: GuildId) -> Result<(), SendError> {
        self.send(UpdateVoiceState::leave(guild))
    }
}
