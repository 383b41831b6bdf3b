//! Who is connected to voice channels.

use std::sync::Arc;

use polycord_types::{
    gateway::payload::{VoiceChannelEffectSend, VoiceServerUpdate},
    id::{ChannelId, UserId},
    voice::VoiceState,
};

use super::Writer;
use crate::cache::changes::Change;
use crate::cache::data::GuildData;
use crate::cache::entry::{Members, VoiceServers, VoiceStates};
use crate::cache::rows::{MemberRow, VoiceStateRow};

impl Writer<'_> {
    /// Takes in a voice state. One without a channel says that the user is connected no more; it also comes after
    /// somebody left, and must not bring them back.
    pub(in crate::cache) fn voice_state_update(
        &mut self,
        data: &mut GuildData,
        state: &VoiceState,
    ) {
        let user = state.user_id;
        let is_own = self.books.current_user == Some(user);
        let before = data.tables.voice_states.get(user).filter(|_| is_own);
        let before = before.map(|slot| slot.row.channel_id);
        let has_left = self.has_left(data, user);
        if !has_left {
            self.note_voice(data, user, state.channel_id.is_some());
            self.member_of_voice_state(data, state);
        }
        match state.channel_id.filter(|_| !has_left) {
            Some(channel) => {
                let row = VoiceStateRow::new(state, channel);
                self.put::<VoiceStates>(data, user, row);
            }
            None => self.remove_voice_state(data, user),
        }
        if let Some(before) = before.filter(|before| state.channel_id != Some(*before)) {
            // Perhaps it could be viewed only from within.
            self.lose_sight_of(data, before);
        }
    }

    /// Makes those connected to a guild's voice channels those of a list.
    pub(in crate::cache) fn reconcile_voice_states(
        &mut self,
        data: &mut GuildData,
        told: &[VoiceState],
    ) {
        let rows = told.iter().filter_map(|state| {
            let channel = state.channel_id?;
            Some((state.user_id, VoiceStateRow::new(state, channel)))
        });
        self.reconcile::<VoiceStates>(data, rows.collect());
        let own = self.books.current_user;
        if own.is_none_or(|own| !data.tables.voice_states.contains(own)) {
            self.remove::<VoiceServers>(data, ());
        }
    }

    /// Somebody is not connected any more. Without the current user there is no voice server.
    pub(in crate::cache) fn remove_voice_state(&mut self, data: &mut GuildData, user: UserId) {
        self.remove::<VoiceStates>(data, user);
        if self.books.current_user == Some(user) {
            self.remove::<VoiceServers>(data, ());
        }
        self.leave_voice(data, user);
    }

    /// A channel is gone, and nobody is connected to it.
    pub(in crate::cache) fn empty_voice_channel(
        &mut self,
        data: &mut GuildData,
        channel: ChannelId,
    ) {
        if !self.inner.voice_counts.contains_key(&channel) {
            return;
        }
        let states = data.tables.voice_states.iter();
        let there = states.filter(|(_, slot)| slot.row.channel_id == channel);
        let there: Vec<_> = there.map(|(user, _)| user).collect();
        for user in there {
            self.remove_voice_state(data, user);
        }
    }

    pub(in crate::cache) fn voice_server_update(
        &mut self,
        data: &mut GuildData,
        server: &Arc<VoiceServerUpdate>,
    ) {
        self.put::<VoiceServers>(data, (), Arc::clone(server));
    }

    pub(in crate::cache) fn voice_effect(
        &mut self,
        data: &GuildData,
        effect: &VoiceChannelEffectSend,
    ) {
        if let Some(sound_id) = effect.sound_id {
            self.change(Change::SoundPlayed {
                guild_id: data.id,
                channel_id: effect.channel_id,
                user_id: effect.user_id,
                sound_id,
            });
        }
    }

    /// What a voice state tells of the member: of how the guild lets them take part, it knows better than the member
    /// in it, which may be as it was before.
    fn member_of_voice_state(&mut self, data: &mut GuildData, state: &VoiceState) {
        let user = state.user_id;
        match &state.member {
            Some(member) => {
                if !self.believes_in(data, user) {
                    return;
                }
                let told = member.user.as_ref();
                let is_known = |known: &MemberRow| {
                    (member.deaf, member.mute) == (state.deaf, state.mute) && known.is(member)
                };
                self.put_member(data, user, told, is_known, |_, sets| {
                    let mut row = MemberRow::new(member, sets.share(&member.roles));
                    row.set_voice(state.deaf, state.mute);
                    row
                });
            }
            None if data.tables.members.contains(user) => {
                let known = self.known::<Members>(data, user).cloned();
                if let Some(mut row) = known {
                    row.set_voice(state.deaf, state.mute);
                    self.put_member(data, user, None, |_| false, |_, _| row);
                }
            }
            None => {}
        }
    }
}
