//! Who is connected to voice channels.

use polycord_types::{
    gateway::payload::VoiceServerUpdate,
    id::{ChannelId, GuildId},
};

use super::GuildView;
use crate::cache::entry::VoiceServers;
use crate::{Cache, CachedVoiceState, InGuild};

impl Cache {
    /// How many are connected to a voice channel, counted as they come and go.
    #[must_use]
    pub fn voice_users(&self, channel: ChannelId) -> usize {
        let count = self.inner.voice_counts.get(&channel);
        count.map_or(0, |count| *count as usize)
    }

    /// Who is connected to a voice channel, by id. Nobody, if the cache does not know which guild's channel it is.
    #[must_use]
    pub fn voice_members(&self, channel: ChannelId) -> Vec<CachedVoiceState> {
        let home = self.inner.channel_home(channel);
        let view = home.and_then(|guild| self.view(guild));
        view.map(|view| view.voice_members(channel).collect())
            .unwrap_or_default()
    }

    /// The voice server that the current user was last told to connect to in a guild, with its token.
    #[must_use]
    pub fn voice_server(&self, guild: GuildId) -> Option<InGuild<VoiceServerUpdate>> {
        self.inner.find::<VoiceServers>(Some(guild), ())
    }

    /// Says which voice channel of a guild the current user has asked to be in; `None` for none. What happens otherwise
    /// is told as forced, see [`Change::OwnVoice`](crate::Change::OwnVoice). It holds until something else is said.
    ///
    /// Without effect in a guild that the current user is not known to be in.
    pub fn expect_voice(&self, guild: GuildId, channel: Option<ChannelId>) {
        let mut books = self.books();
        if self.inner.guilds.contains(guild) {
            books.expected_voice.insert(guild, channel);
        }
    }
}

impl GuildView {
    /// Who is connected to a voice channel, by id.
    pub fn voice_members(&self, channel: ChannelId) -> impl Iterator<Item = CachedVoiceState> {
        self.voice_states()
            .filter(move |state| state.channel_id() == channel)
    }
}
