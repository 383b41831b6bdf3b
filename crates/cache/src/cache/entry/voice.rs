//! What is special about who is connected to voice, and about voice servers.

use std::sync::Arc;

use polycord_types::{
    gateway::payload::VoiceServerUpdate,
    id::{ChannelId, GuildId, UserId},
    voice::VoiceState,
};

use super::{Entry, VoiceServers, VoiceStates};
use crate::cache::changes::{Change, Delta};
use crate::cache::data::GuildData;
use crate::cache::restart::Saved;
use crate::cache::rows::{CachedVoiceState, InGuild, VoiceStateRow};
use crate::cache::writer::Writer;

impl Entry for VoiceStates {
    type Shown = CachedVoiceState;

    fn shown(data: &GuildData, user_id: UserId, row: VoiceStateRow) -> CachedVoiceState {
        CachedVoiceState {
            guild_id: data.id,
            user_id,
            row,
        }
    }

    fn change(delta: Delta<CachedVoiceState>) -> Option<Change> {
        Some(Change::Voice(delta))
    }

    fn came(writer: &mut Writer<'_>, guild: GuildId, user: UserId, row: &VoiceStateRow) {
        moved(writer, guild, user, None, Some(row.channel_id));
    }

    fn became(
        writer: &mut Writer<'_>,
        guild: GuildId,
        user: UserId,
        old: &VoiceStateRow,
        new: &VoiceStateRow,
    ) {
        moved(
            writer,
            guild,
            user,
            Some(old.channel_id),
            Some(new.channel_id),
        );
    }

    fn went(writer: &mut Writer<'_>, guild: GuildId, user: UserId, row: &VoiceStateRow) {
        moved(writer, guild, user, Some(row.channel_id), None);
    }
}

/// Somebody came to a voice channel, changed to another, or went: here all ways meet on which that happens.
fn moved(
    writer: &mut Writer<'_>,
    guild: GuildId,
    user: UserId,
    from: Option<ChannelId>,
    to: Option<ChannelId>,
) {
    if from == to {
        return;
    }
    let counts = &writer.inner.voice_counts;
    if let Some(channel) = from {
        if let Some(mut count) = counts.get_mut(&channel) {
            *count = count.saturating_sub(1);
        }
        counts.remove_if(&channel, |_, count| *count == 0);
    }
    if let Some(channel) = to {
        *counts.entry(channel).or_default() += 1;
    }
    if writer.books.current_user == Some(user) {
        let expected = writer.books.expected_voice.get(&guild).copied();
        writer.change(Change::OwnVoice {
            guild_id: guild,
            from,
            to,
            forced: expected.is_some_and(|expected| expected != to),
        });
    }
}

impl Saved for VoiceStates {
    type Saved = VoiceState;

    fn save(guild_id: GuildId, user_id: UserId, row: &VoiceStateRow) -> Option<VoiceState> {
        let state = CachedVoiceState {
            guild_id,
            user_id,
            row: row.clone(),
        };
        Some(state.to_voice_state())
    }

    fn load(
        _: &mut Writer<'_>,
        _: &mut GuildData,
        _: UserId,
        state: VoiceState,
    ) -> Option<VoiceStateRow> {
        Some(VoiceStateRow::new(&state, state.channel_id?))
    }
}

impl Entry for VoiceServers {
    type Shown = InGuild<VoiceServerUpdate>;

    fn shown(
        data: &GuildData,
        (): (),
        server: Arc<VoiceServerUpdate>,
    ) -> InGuild<VoiceServerUpdate> {
        data.own(server)
    }

    fn change(delta: Delta<InGuild<VoiceServerUpdate>>) -> Option<Change> {
        Some(Change::VoiceServer(delta))
    }
}

impl Saved for VoiceServers {
    type Saved = ();

    /// The token is a secret, and of no use in another process.
    fn save(_: GuildId, (): (), _: &Arc<VoiceServerUpdate>) -> Option<()> {
        None
    }

    fn load(
        _: &mut Writer<'_>,
        _: &mut GuildData,
        (): (),
        (): (),
    ) -> Option<Arc<VoiceServerUpdate>> {
        None
    }
}
