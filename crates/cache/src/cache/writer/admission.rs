//! What is let in, or is not.

use polycord_types::{
    id::{ChannelId, MessageId, UserId},
    voice::VoiceState,
};

use super::Writer;
use crate::cache::data::{DIRECT, GuildData};
use crate::cache::entry::{Entry, Members, Messages, Presences};
use crate::cache::keeper::Surplus;
use crate::cache::kind::Kind;
use crate::cache::rows::{CachedUser, MemberRow, MessageRow, PresenceRow};
use crate::tasks::flights::News;
use crate::{MemberApplicant, MessageApplicant, PresenceApplicant, UserApplicant};

impl Writer<'_> {
    /// Notes whether somebody is in voice, before it is asked whether they are let in.
    pub(super) fn note_voice(&mut self, data: &GuildData, user: UserId, is_in_voice: bool) {
        if self.inner.admissions.members.is_none() {
            return;
        }
        self.touch(Kind::Member);
        let in_voice = &mut self.books.of_guild(data.id).in_voice;
        if is_in_voice {
            in_voice.insert(user);
        } else {
            in_voice.remove(user);
        }
    }

    /// Notes who is in voice, all told, before it is asked who is let in.
    pub(in crate::cache) fn note_voices(&mut self, data: &GuildData, told: &[VoiceState]) {
        if self.inner.admissions.members.is_some() {
            self.touch(Kind::Member);
            let connected = told.iter().filter(|state| state.channel_id.is_some());
            let connected = connected.map(|state| state.user_id);
            self.books.of_guild(data.id).in_voice.replace(connected);
        }
    }

    /// Adds to those of whom a snapshot says that they were in voice those of whom it says how.
    pub(in crate::cache) fn recall_voice(&mut self, data: &GuildData) {
        let is_asked = self.inner.admissions.members.is_some();
        let in_voice = &mut self.books.of_guild(data.id).in_voice;
        let known = in_voice.all().into_iter();
        let known = known.chain(data.tables.voice_states.keys());
        in_voice.replace(known.filter(|_| is_asked));
    }

    /// Somebody is not in voice any more, which may have been what let them in.
    pub(super) fn leave_voice(&mut self, data: &mut GuildData, user: UserId) {
        if self.inner.admissions.members.is_none() {
            return;
        }
        self.note_voice(data, user, false);
        let known = data.tables.members.get(user);
        if let Some(row) = known.map(|slot| slot.row.clone())
            && !self.admits_member(data, user, &row)
        {
            self.refuse::<Members>(data, user);
        }
    }

    /// Asks of all that there is, but for users: of these it was asked one by one.
    pub(in crate::cache) fn readmit_all(&mut self) {
        if self.inner.admissions.is_empty() {
            return;
        }
        for guild in self.inner.guilds.ids().into_iter().chain([DIRECT]) {
            self.in_guild(guild, Self::readmit_guild);
        }
    }

    fn readmit_guild(&mut self, data: &mut GuildData) {
        self.refuse_where::<Members>(data, |writer, data, user, row| {
            !writer.admits_member(data, user, row)
        });
        self.refuse_where::<Presences>(data, |writer, data, user, row| {
            !writer.admits_presence(data, user, row)
        });
        for user in data.offline.keys().collect::<Vec<_>>() {
            self.note_offline(data, user);
        }
        self.refuse_where::<Messages>(data, |writer, data, key, row| {
            let author = writer.inner.glance_user(row.author());
            !writer.admits_message(data, key, row, author.is_some_and(|author| author.is_bot()))
        });
    }

    /// Whether a member is let in.
    pub(super) fn admits_member(
        &mut self,
        data: &GuildData,
        user: UserId,
        row: &MemberRow,
    ) -> bool {
        let Some(admits) = &self.inner.admissions.members else {
            return true;
        };
        let books = self.books.of_guild(data.id);
        let is_in_voice = books.in_voice.contains(user);
        self.books.current_user == Some(user)
            || admits(&MemberApplicant {
                guild_id: data.id,
                user_id: user,
                roles: row.roles(),
                is_in_voice,
            })
    }

    /// Whether a presence is let in, or that somebody is offline.
    pub(super) fn admits_presence(
        &self,
        data: &GuildData,
        user: UserId,
        row: &PresenceRow,
    ) -> bool {
        let Some(admits) = &self.inner.admissions.presences else {
            return true;
        };
        let member = self.known::<Members>(data, user);
        admits(&PresenceApplicant {
            presence: &Presences::seen(data, user, row),
            roles: member.map_or(&[], |member| member.roles()),
        })
    }

    /// Whether a message is let in, by a user who is known to be a bot or is not.
    pub(super) fn admits_message(
        &self,
        data: &GuildData,
        key: (ChannelId, MessageId),
        row: &MessageRow,
        is_by_bot: bool,
    ) -> bool {
        let Some(admits) = &self.inner.admissions.messages else {
            return true;
        };
        let message = &Messages::seen(data, key, row);
        admits(&MessageApplicant {
            message,
            is_own: self.books.current_user == Some(message.author_id()),
            is_by_bot: is_by_bot || message.webhook_id().is_some(),
        })
    }

    /// Whether a user is let in.
    pub(super) fn admits_user(&self, user: &CachedUser) -> bool {
        let Some(admits) = &self.inner.admissions.users else {
            return true;
        };
        self.books.current_user == Some(user.id) || admits(&UserApplicant { user })
    }

    /// Turns something away that is not let in, or is so no longer. The world is as it was: nobody is told.
    pub(super) fn refuse<E: Entry>(&mut self, data: &mut GuildData, key: E::Key) {
        self.heard::<E>(data.id, key, News::Written);
        let mut keeper = self.keeper::<E>();
        let row = keeper.forget(E::rows_mut(data), key, Surplus::Admission);
        if let Some(row) = row {
            self.quietly(true, |writer| {
                E::forgotten(writer, data, key);
                E::went(writer, data.id, key, &row);
            });
        }
    }

    /// Turns everything of a kind away for which something holds.
    fn refuse_where<E: Entry>(
        &mut self,
        data: &mut GuildData,
        mut holds: impl FnMut(&mut Self, &GuildData, E::Key, &E::Row) -> bool,
    ) {
        let known = &*data;
        let rows = E::rows(known).iter();
        let refused = rows.filter(|(key, slot)| holds(self, known, *key, &slot.row));
        let refused: Vec<_> = refused.map(|(key, _)| key).collect();
        for key in refused {
            self.refuse::<E>(data, key);
        }
    }
}
