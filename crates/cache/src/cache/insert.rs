//! Entries that are written by hand.

mod in_guild;

use std::sync::Arc;
use std::time::Duration;

use polycord_types::{
    channel::{Channel, ChannelType},
    entitlement::Entitlement,
    guild::Guild,
    id::{GuildId, UserId},
    member::Member,
    message::Message,
    presence::Presence,
    role::Role,
    thread::ThreadMember,
    user::User,
    voice::VoiceState,
};

use super::data::{DIRECT, GuildData};
use super::entry::Threads;
use super::writer::{Writer, is_ephemeral};
use super::{Cache, Changes};

/// What was learned otherwise than from an event: from an answer to a request, say.
///
/// It is taken in as what an event tells would be: in the same tables and bounds, with the same
/// changes, and users stay as long as something needs them. What only some of Discord's answers
/// mention, such as a guild's approximate counts, is kept when this one does not. Events that come
/// later have the last word.
///
/// An answer may be older than an event that overtook it. [`FetchExt`](crate::FetchExt) sees to
/// that; these methods believe what they are told.
impl Cache {
    /// Takes in a guild, with the roles, emoji and stickers in it: these are all there are.
    ///
    /// One that was not known becomes [`Cold`](crate::GuildState::Cold) until its `GUILD_CREATE`
    /// comes.
    pub fn insert_guild(&self, guild: &Guild, now: Duration) -> Changes {
        self.by_hand(now, |writer| writer.insert_guild(guild))
    }

    /// Takes in a channel of a guild, or a thread. One without
    /// [`guild_id`](Channel::guild_id), and one of a guild that the current user is not in, is left
    /// out; a thread that is archived goes.
    pub fn insert_channel(&self, channel: &Channel, now: Duration) -> Changes {
        self.by_hand(now, |writer| writer.insert_channel(channel))
    }

    /// Takes in a channel of direct messages, as an answer to
    /// [Create DM](https://docs.discord.com/developers/resources/user#create-dm) tells it, with the user at the other end.
    /// A channel of any other kind is left out. Its last message is the newest one heard of; unread counters stay as they
    /// are.
    pub fn insert_dm_channel(&self, channel: &Channel, now: Duration) -> Changes {
        self.by_hand(now, |writer| writer.insert_dm_channel(channel))
    }

    /// Takes in an entitlement, as
    /// [List Entitlements](https://docs.discord.com/developers/resources/entitlement#list-entitlements) tells it. One that
    /// was taken back ([`deleted`](Entitlement::deleted)) goes.
    pub fn insert_entitlement(&self, entitlement: &Entitlement, now: Duration) -> Changes {
        self.by_hand(now, |writer| writer.insert_entitlement(entitlement))
    }

    /// Takes in a role, unless the current user is not in the guild.
    pub fn insert_role(&self, guild: GuildId, role: &Role, now: Duration) -> Changes {
        self.by_hand(now, |writer| writer.insert_role(guild, role))
    }

    /// Takes in a member with their user, unless the current user is not in the guild. One without
    /// [`user`](Member::user) says not whom, and is left out. The guild's member count stays as it
    /// is.
    pub fn insert_member(&self, guild: GuildId, member: &Member, now: Duration) -> Changes {
        self.by_hand(now, |writer| writer.insert_member(guild, member))
    }

    /// Takes in a message of a known channel, with the reactions and votes it has. It is kept if it
    /// is among the newest of its channel; unread counters stay as they are.
    pub fn insert_message(&self, message: &Message, now: Duration) -> Changes {
        self.by_hand(now, |writer| writer.insert_message(message))
    }

    /// Takes in that somebody is in an active thread, with the member if it is told. What does not say who is in which
    /// thread, and what is of a thread that is not known, is left out.
    pub fn insert_thread_member(&self, member: &ThreadMember, now: Duration) -> Changes {
        self.by_hand(now, |writer| writer.insert_thread_member(member))
    }

    /// Takes in how somebody is connected to voice, unless the current user is not in the guild. Without a
    /// [channel](VoiceState::channel_id) they are not connected.
    pub fn insert_voice_state(&self, guild: GuildId, state: &VoiceState, now: Duration) -> Changes {
        self.by_hand(now, |writer| {
            if writer.is_ours(guild) {
                writer.in_guild(guild, |writer, data| writer.voice_state_update(data, state));
            }
        })
    }

    /// Takes in how a member is seen, unless the current user is not in the guild, or the member is not known.
    pub fn insert_presence(&self, guild: GuildId, presence: &Presence, now: Duration) -> Changes {
        self.by_hand(now, |writer| {
            if writer.is_ours(guild) {
                writer.in_guild(guild, |writer, data| writer.presence_update(data, presence));
            }
        })
    }

    /// Takes in the user to whom the session belongs, as `READY` tells them.
    pub fn insert_current_user(&self, user: &User, now: Duration) -> Changes {
        self.by_hand(now, |writer| writer.put_current_user(user))
    }

    /// Takes in a user. The 1,024 inserted last stay even if nothing else in the cache needs them.
    pub fn insert_user(&self, user: &User, now: Duration) -> Changes {
        self.by_hand(now, |writer| writer.insert_user(user))
    }

    fn by_hand(&self, now: Duration, write: impl FnOnce(&mut Writer<'_>)) -> Changes {
        let mut writer = self.writer(now);
        writer.fall_due();
        write(&mut writer);
        writer.finish()
    }
}

impl Writer<'_> {
    pub(super) fn insert_guild(&mut self, guild: &Guild) {
        self.books.enter(guild.id);
        self.in_guild(guild.id, |writer, data| writer.guild_update(data, guild));
    }

    pub(super) fn insert_channel(&mut self, channel: &Channel) {
        if let Some(guild) = channel.guild_id.filter(|guild| self.is_ours(*guild)) {
            self.in_guild(guild, |writer, data| writer.put_channel(data, channel));
        }
    }

    fn insert_dm_channel(&mut self, channel: &Channel) {
        if channel.kind == ChannelType::Dm {
            self.in_guild(DIRECT, |writer, data| writer.dm_channel(data, channel));
        }
    }

    fn insert_entitlement(&mut self, entitlement: &Entitlement) {
        if entitlement.deleted {
            self.remove_entitlement(entitlement.id);
        } else {
            self.put_entitlement(Arc::new(entitlement.clone()));
        }
    }

    pub(super) fn insert_role(&mut self, guild: GuildId, role: &Role) {
        if self.is_ours(guild) {
            self.in_guild(guild, |writer, data| writer.put_role(data, role));
        }
    }

    pub(super) fn insert_member(&mut self, guild: GuildId, member: &Member) {
        if member.user.is_some() && self.is_ours(guild) {
            self.in_guild(guild, |writer, data| writer.member_by_hand(data, member));
        }
    }

    fn member_by_hand(&mut self, data: &mut GuildData, member: &Member) {
        let Some(user) = &member.user else { return };
        if self.has_left(data, user.id) {
            // They are back, and the event that says so still has to come and be counted.
            self.books.of_guild(data.id).heard_of.insert(user.id);
        }
        self.whole_member(data, user, member);
    }

    fn insert_thread_member(&mut self, told: &ThreadMember) {
        let Some(thread) = told.id else { return };
        let Some(guild) = self.inner.channel_home(thread) else {
            return;
        };
        self.in_guild(guild, |writer, data| {
            if writer.known::<Threads>(data, thread).is_none() {
                return;
            }
            if let Some(member) = &told.member {
                writer.member_by_hand(data, member);
            }
            writer.put_thread_member(data, thread, told);
        });
    }

    pub(super) fn insert_message(&mut self, message: &Message) {
        let home = self.inner.home(message.channel_id);
        if let Some(home) = home.filter(|_| !is_ephemeral(message)) {
            self.in_guild(home, |writer, data| writer.whole_message(data, message));
        }
    }

    pub(super) fn insert_user(&mut self, user: &User) {
        if !self.books.needs(user.id) {
            self.stay(user.id);
        }
        self.put_user(user);
    }

    /// Lets a user stay because they were written by hand.
    pub(super) fn stay(&mut self, user: UserId) {
        if let Some(first) = self.books.hold_by_hand(user) {
            self.release(first);
        }
    }

    /// Forgets a user whom Discord does not know any more. Whatever names them still does.
    pub(super) fn remove_user(&mut self, user: UserId) {
        self.take_user(user);
    }
}
