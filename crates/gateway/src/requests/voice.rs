use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use polycord_types::{
    Secret, Text,
    decode::{self, DecodeError},
    gateway::{payload::VoiceServerUpdate, send::UpdateVoiceState},
    id::{ChannelId, GuildId, UserId},
    voice::VoiceState,
};

use super::{error::RequestError, question::Question, waiting::Waiting};
use crate::{Dispatch, ShardHandle};

/// What a voice library needs to open the voice connection of a bot.
///
/// `Debug` does not show the token.
///
/// See [voice connections](https://docs.discord.com/developers/topics/voice-connections#retrieving-voice-server-information).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VoiceConnectionInfo {
    /// The guild.
    pub guild_id: GuildId,
    /// The channel that the bot is in.
    pub channel_id: ChannelId,
    /// The bot.
    pub user_id: UserId,
    /// The session of the voice connection.
    pub session_id: Text,
    /// The host to connect to, and perhaps its port, without a scheme.
    pub endpoint: Text,
    /// The token for the voice connection.
    pub token: Secret,
}

/// A bot on its way into a voice channel, made by [`ShardHandle::join_voice`].
///
/// Nothing is sent before it is polled.
#[must_use = "nothing is asked for before it is polled"]
pub struct VoiceJoin {
    waiting: Waiting,
    update: UpdateVoiceState,
    /// The bot's state, once it is in the channel that was asked for; later moves are followed.
    joined: Option<(ChannelId, Text)>,
    server: Option<(Text, Secret)>,
}

impl VoiceJoin {
    pub(super) fn new(handle: ShardHandle, update: UpdateVoiceState) -> Self {
        let mut waiting = Waiting::new(handle, Question::Voice(update.clone()));
        waiting.expected = Some(2);
        Self {
            waiting,
            update,
            joined: None,
            server: None,
        }
    }

    /// Joins muted, or not. Default: not.
    pub fn self_mute(self, mute: bool) -> Self {
        self.change(|update| update.self_mute(mute))
    }

    /// Joins deafened, or not. Default: not. A bot that plays without listening is best deafened: it is
    /// sent less.
    pub fn self_deaf(self, deaf: bool) -> Self {
        self.change(|update| update.self_deaf(deaf))
    }

    /// How long to wait for the next of the two answers. Default 10 s, at most a day. It counts from when the request was
    /// sent, and not while the session is away.
    pub fn idle_timeout(mut self, time: Duration) -> Self {
        self.waiting.set_idle(time);
        self
    }

    fn change(mut self, change: impl FnOnce(UpdateVoiceState) -> UpdateVoiceState) -> Self {
        self.update = change(self.update.clone());
        self.waiting.question = Question::Voice(self.update.clone());
        self
    }

    fn take(&mut self, event: &Dispatch) -> Result<(), RequestError> {
        let fresh = if event.name() == "VOICE_SERVER_UPDATE" {
            let update: VoiceServerUpdate = read(event)?;
            // No endpoint: the server is gone, and another will be named.
            let server = update.endpoint.map(|endpoint| (endpoint, update.token));
            std::mem::replace(&mut self.server, server).is_none() && self.server.is_some()
        } else {
            self.see(read(event)?)?
        };
        if fresh {
            self.waiting.progress();
        }
        Ok(())
    }

    /// Whether that brings the bot further.
    fn see(&mut self, state: VoiceState) -> Result<bool, RequestError> {
        if Some(state.user_id) != self.waiting.handle.shared.requests.user() {
            return Ok(false);
        }
        let before = self.joined.is_some();
        match state.channel_id {
            // What the bot did before it asked may be told late.
            Some(channel) if before || Some(channel) == self.update.channel_id => {
                self.joined = Some((channel, state.session_id));
                Ok(!before)
            }
            None if before => Err(RequestError::LeftVoice),
            _ => Ok(false),
        }
    }

    fn info(&self) -> Option<VoiceConnectionInfo> {
        let (channel_id, session_id) = self.joined.clone()?;
        let (endpoint, token) = self.server.clone()?;
        Some(VoiceConnectionInfo {
            guild_id: self.update.guild_id,
            channel_id,
            user_id: self.waiting.handle.shared.requests.user()?,
            session_id,
            endpoint,
            token,
        })
    }

    fn poll_info(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<VoiceConnectionInfo, RequestError>> {
        loop {
            let event = ready!(self.waiting.poll(cx))?;
            if self.waiting.handle.shared.requests.user().is_none() {
                return Poll::Ready(Err(RequestError::UnknownUser));
            }
            self.take(&event)?;
            if let Some(info) = self.info() {
                return Poll::Ready(Ok(info));
            }
        }
    }
}

impl Future for VoiceJoin {
    type Output = Result<VoiceConnectionInfo, RequestError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let info = ready!(self.poll_info(cx));
        self.waiting.finish(true);
        Poll::Ready(info)
    }
}

impl fmt::Debug for VoiceJoin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VoiceJoin")
            .field("update", &self.update)
            .finish_non_exhaustive()
    }
}

fn read<T: decode::Decode>(event: &Dispatch) -> Result<T, RequestError> {
    let decoded: Result<T, DecodeError> = decode::from_str(event.data());
    decoded.map_err(RequestError::Unreadable)
}
