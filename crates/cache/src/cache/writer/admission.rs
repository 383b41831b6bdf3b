//! Members are let in, or are not.

use std::sync::Arc;

use polycord_types::{gateway::Event, id::UserId};

use super::Writer;
use crate::cache::Applicant;
use crate::cache::data::GuildData;
use crate::cache::entry::{Entry, Members};
use crate::cache::keeper::Surplus;
use crate::cache::rows::MemberRow;

impl Writer<'_> {
    /// Notes who is in voice before an event is taken in: whether a member is let in may depend on it.
    pub(in crate::cache) fn note_voice(&mut self, event: &Event) {
        if self.inner.admission.is_none() {
            return;
        }
        match event {
            Event::VoiceStateUpdate(state) => {
                let Some(guild) = state.guild_id.filter(|guild| self.is_ours(*guild)) else {
                    return;
                };
                let in_voice = &mut self.books.of_guild(guild).in_voice;
                if state.channel_id.is_some() {
                    in_voice.insert(state.user_id);
                } else {
                    in_voice.remove(&state.user_id);
                }
            }
            Event::GuildCreate(event) if event.unavailable != Some(true) => {
                let states = event.voice_states.iter();
                let connected = states.filter(|state| state.channel_id.is_some());
                self.books.of_guild(event.id).in_voice =
                    connected.map(|state| state.user_id).collect();
            }
            Event::GuildMemberRemove(event) if self.is_ours(event.guild_id) => {
                let books = self.books.of_guild(event.guild_id);
                books.in_voice.remove(&event.user.id);
            }
            _ => {}
        }
    }

    /// Asks again after an event that may have changed the answer without telling of the member.
    pub(in crate::cache) fn readmit(&mut self, event: &Event) {
        if self.inner.admission.is_none() {
            return;
        }
        if let Event::VoiceStateUpdate(state) = event
            && let Some(cell) = state.guild_id.and_then(|guild| self.inner.cell(guild))
        {
            let mut live = cell.write();
            let known = live.tables.members.get(state.user_id);
            let Some(row) = known.map(|slot| slot.row.clone()) else {
                return;
            };
            if !self.admits(&live, state.user_id, &row) {
                self.refuse(Arc::make_mut(&mut live), state.user_id);
            }
        }
    }

    /// Whether a member is let in.
    pub(super) fn admits(&mut self, data: &GuildData, user: UserId, row: &MemberRow) -> bool {
        let Some(admission) = &self.inner.admission else {
            return true;
        };
        let books = self.books.of_guild(data.id);
        let is_in_voice = books.in_voice.contains(&user) || data.tables.voice_states.contains(user);
        self.books.current_user == Some(user)
            || admission.admits(&Applicant {
                guild_id: data.id,
                user_id: user,
                roles: row.roles(),
                is_in_voice,
            })
    }

    /// Turns a member away who is not let in, or is so no longer. The world is as it was: nobody is told.
    pub(super) fn refuse(&mut self, data: &mut GuildData, user: UserId) {
        let guild = data.id;
        let rows = &mut data.tables.members;
        let row = self
            .keeper::<Members>()
            .forget(rows, user, Surplus::Admission);
        if let Some(row) = row {
            self.quietly(true, |writer| Members::went(writer, guild, user, &row));
        }
    }
}
