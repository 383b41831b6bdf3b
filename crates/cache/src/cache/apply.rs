//! What each event means for the cache.

use std::collections::HashSet;
use std::sync::Arc;

use polycord_types::gateway::EventKind;
use polycord_types::{
    gateway::{
        Event,
        payload::{GuildCreate, GuildDelete, Ready},
    },
    guild::Guild,
    id::GuildId,
};

use super::data::{DIRECT, GuildData};
use super::entry::{AutoModerationRules, Bans, Integrations, ScheduledEvents, Sounds};
use super::writer::Writer;
use super::{Arrival, Cache, Change, GuildState, Inner, Kind};
use crate::tasks::flights::News;

impl Cache {
    /// Whether an event of this kind can tell a cache with this configuration anything. One that
    /// nothing else needs either need not be decoded.
    #[must_use]
    pub fn wants(&self, kind: EventKind) -> bool {
        self.inner.wants(kind)
    }
}

impl Inner {
    pub(super) fn wants(&self, kind: EventKind) -> bool {
        use EventKind as E;
        let on = |kinds: &[Kind]| kinds.iter().any(|kind| self.policy(*kind).on);
        match kind {
            E::VoiceStateUpdate if self.admissions.members.is_some() => true,
            E::Ready | E::GuildCreate | E::GuildUpdate | E::GuildDelete => true,
            E::GuildEmojisUpdate => on(&[Kind::Emoji]),
            E::GuildStickersUpdate => on(&[Kind::Sticker]),
            E::GuildSoundboardSoundCreate
            | E::GuildSoundboardSoundUpdate
            | E::GuildSoundboardSoundDelete
            | E::GuildSoundboardSoundsUpdate
            | E::SoundboardSounds
            | E::VoiceChannelEffectSend => on(&[Kind::Sound]),
            E::GuildScheduledEventCreate
            | E::GuildScheduledEventUpdate
            | E::GuildScheduledEventDelete
            | E::GuildScheduledEventUserAdd
            | E::GuildScheduledEventUserRemove => on(&[Kind::ScheduledEvent]),
            E::StageInstanceCreate | E::StageInstanceUpdate | E::StageInstanceDelete => {
                on(&[Kind::StageInstance])
            }
            E::AutoModerationRuleCreate
            | E::AutoModerationRuleUpdate
            | E::AutoModerationRuleDelete => on(&[Kind::AutoModerationRule]),
            E::IntegrationCreate | E::IntegrationUpdate | E::IntegrationDelete => {
                on(&[Kind::Integration])
            }
            E::InviteCreate | E::InviteDelete => on(&[Kind::Invite]),
            E::GuildBanAdd | E::GuildBanRemove => on(&[Kind::Ban]),
            E::ChannelCreate | E::ChannelUpdate => on(&[Kind::Channel]),
            E::ChannelDelete => on(&[
                Kind::Channel,
                Kind::Thread,
                Kind::StageInstance,
                Kind::Invite,
                Kind::VoiceState,
                Kind::Typing,
            ]),
            E::ChannelPinsUpdate => on(&[Kind::Channel, Kind::Thread, Kind::DmChannel]),
            E::ThreadCreate | E::ThreadUpdate | E::ThreadDelete | E::ThreadListSync => {
                on(&[Kind::Channel, Kind::Thread])
            }
            E::ThreadMemberUpdate => on(&[Kind::Thread]),
            E::ThreadMembersUpdate => on(&[Kind::Thread, Kind::Member, Kind::User]),
            E::ChannelInfo | E::VoiceChannelStatusUpdate | E::VoiceChannelStartTimeUpdate => {
                on(&[Kind::Channel])
            }
            E::GuildRoleCreate | E::GuildRoleUpdate => on(&[Kind::Role]),
            E::GuildRoleDelete => on(&[Kind::Role, Kind::Member]),
            E::GuildMemberAdd | E::GuildMemberRemove => {
                on(&[Kind::Guild, Kind::Member, Kind::User])
            }
            E::VoiceStateUpdate => on(&[Kind::VoiceState, Kind::Member, Kind::User]),
            E::VoiceServerUpdate => on(&[Kind::VoiceServer]),
            E::TypingStart => on(&[Kind::Typing, Kind::Member, Kind::User]),
            E::EntitlementCreate | E::EntitlementUpdate | E::EntitlementDelete => {
                on(&[Kind::Entitlement])
            }
            E::PresenceUpdate => on(&[Kind::Presence, Kind::User]),
            E::GuildMembersChunk => on(&[Kind::Member, Kind::User, Kind::Presence]),
            E::GuildMemberUpdate => on(&[Kind::Member, Kind::User]),
            E::InteractionCreate => {
                on(&[Kind::Member, Kind::User, Kind::DmChannel, Kind::Entitlement])
            }
            E::MessageCreate => on(&[
                Kind::Member,
                Kind::User,
                Kind::Message,
                Kind::ReadState,
                Kind::DmChannel,
                Kind::Typing,
                Kind::Channel,
                Kind::Thread,
            ]),
            E::MessageUpdate
            | E::MessageReactionAdd
            | E::MessageReactionRemove
            | E::MessageReactionRemoveAll
            | E::MessageReactionRemoveEmoji
            | E::MessagePollVoteAdd
            | E::MessagePollVoteRemove => on(&[Kind::Message]),
            E::MessageDelete | E::MessageDeleteBulk => on(&[Kind::Message, Kind::Thread]),
            E::UserUpdate => on(&[Kind::User, Kind::CurrentUser]),
            _ => false,
        }
    }
}

impl Writer<'_> {
    pub(super) fn event(&mut self, event: &Event) {
        if let Event::InteractionCreate(event) = event {
            for entitlement in &event.entitlements {
                self.put_entitlement(Arc::new(entitlement.clone()));
            }
        }
        if let Event::MessageCreate(event) = event
            && event.guild_id.is_none()
        {
            self.in_guild(DIRECT, |writer, data| {
                writer.wrote(data, event.channel_id, event.author.id);
            });
        }
        match event {
            Event::Ready(ready) => self.ready(ready),
            Event::GuildCreate(event) => self.guild_create(event),
            Event::GuildDelete(event) => self.guild_delete(event),
            Event::UserUpdate(user) => self.put_current_user(user),
            Event::EntitlementCreate(entitlement) | Event::EntitlementUpdate(entitlement) => {
                self.put_entitlement(Arc::clone(entitlement));
            }
            Event::EntitlementDelete(entitlement) => {
                self.remove_entitlement(entitlement.id);
            }
            Event::TypingStart(event) if event.guild_id.is_none() => {
                self.in_guild(DIRECT, |writer, data| writer.typing_start(data, event));
            }
            // An application that a user installed hears of guilds that its bot is not in.
            Event::InteractionCreate(event)
                if event
                    .guild_id
                    .is_some_and(|guild| !self.inner.guilds.contains(guild)) => {}
            _ if !self.inner.wants(event.kind()) => {}
            _ => match self.guild_of(event) {
                None => self.event_without_guild(event),
                Some(guild) => self.event_of_guild(guild, event),
            },
        }
    }

    fn event_of_guild(&mut self, guild: GuildId, event: &Event) {
        let work = |writer: &mut Self, data: &mut GuildData| writer.guild_event(data, event);
        if let Some(cell) = self.inner.guilds.get(guild) {
            self.in_cell(&cell, work);
        } else if self.is_ours(guild) {
            self.in_guild(guild, work);
        }
        // A late event of a guild that was left must not bring it back.
    }

    /// The guild that an event is about. Some leave it out though there is one.
    fn guild_of(&self, event: &Event) -> Option<GuildId> {
        event.guild_id().or_else(|| match event {
            Event::GuildSoundboardSoundCreate(sound) | Event::GuildSoundboardSoundUpdate(sound) => {
                self.sound_home(sound.sound_id)
            }
            Event::InviteCreate(invite) => self.inner.channel_home(invite.channel_id),
            Event::InviteDelete(event) => self.invite_home(&event.code),
            _ => None,
        })
    }

    fn guild_event(&mut self, data: &mut GuildData, event: &Event) {
        match event {
            Event::GuildUpdate(event) => {
                self.guild_update(data, event);
                self.look_around(data);
            }
            Event::GuildEmojisUpdate(event) => self.reconcile_emojis(data, &event.emojis),
            Event::GuildStickersUpdate(event) => self.reconcile_stickers(data, &event.stickers),
            Event::GuildSoundboardSoundCreate(sound) | Event::GuildSoundboardSoundUpdate(sound) => {
                self.put_sounds(data, std::slice::from_ref(sound));
            }
            Event::GuildSoundboardSoundDelete(event) => self.remove::<Sounds>(data, event.sound_id),
            Event::GuildSoundboardSoundsUpdate(event) => {
                self.put_sounds(data, &event.soundboard_sounds);
            }
            Event::SoundboardSounds(event) => {
                self.reconcile_sounds(data, &event.soundboard_sounds);
            }
            Event::VoiceChannelEffectSend(event) => self.voice_effect(data, event),
            Event::GuildScheduledEventCreate(event) | Event::GuildScheduledEventUpdate(event) => {
                self.put_scheduled_event(data, event);
            }
            Event::GuildScheduledEventDelete(event) => {
                self.remove::<ScheduledEvents>(data, event.id);
            }
            Event::GuildScheduledEventUserAdd(event) => {
                let about = event.guild_scheduled_event_id;
                self.count_interest(data, about, event.user_id, true);
            }
            Event::GuildScheduledEventUserRemove(event) => {
                let about = event.guild_scheduled_event_id;
                self.count_interest(data, about, event.user_id, false);
            }
            Event::StageInstanceCreate(stage) | Event::StageInstanceUpdate(stage) => {
                self.put_stage(data, stage);
            }
            Event::StageInstanceDelete(stage) => self.remove_stage(data, stage),
            Event::AutoModerationRuleCreate(rule) | Event::AutoModerationRuleUpdate(rule) => {
                self.put::<AutoModerationRules>(data, rule.id, Arc::clone(rule));
            }
            Event::AutoModerationRuleDelete(rule) => {
                self.remove::<AutoModerationRules>(data, rule.id);
            }
            Event::IntegrationCreate(event) => self.put_integration(data, event),
            Event::IntegrationUpdate(event) => self.put_integration(data, event),
            Event::IntegrationDelete(event) => self.remove::<Integrations>(data, event.id),
            Event::InviteCreate(invite) => self.put_invite(data, invite),
            Event::InviteDelete(event) => self.remove_invite(data, &event.code),
            Event::GuildBanAdd(event) => self.put_ban(data, &event.user, None),
            Event::GuildBanRemove(event) => self.remove::<Bans>(data, event.user.id),
            Event::ChannelCreate(channel)
            | Event::ChannelUpdate(channel)
            | Event::ThreadUpdate(channel) => {
                self.put_channel(data, channel);
            }
            Event::ChannelInfo(event) => self.channel_info(data, event),
            Event::ChannelPinsUpdate(event) => {
                self.put_last_pin(data, event.channel_id, event.last_pin_timestamp);
            }
            Event::VoiceChannelStatusUpdate(event) => self.voice_status(data, event),
            Event::VoiceChannelStartTimeUpdate(event) => self.voice_start_time(data, event),
            Event::ThreadMemberUpdate(event) => self.thread_member_update(data, event),
            Event::ThreadMembersUpdate(event) => self.thread_members_update(data, event),
            Event::ChannelDelete(channel) => self.remove_channel(data, channel.id),
            Event::ThreadCreate(event) => self.thread_create(data, event),
            Event::ThreadDelete(thread) => self.remove_thread(data, thread.id),
            Event::ThreadListSync(event) => self.thread_list_sync(data, event),
            Event::GuildRoleCreate(event) => self.put_role(data, &event.role),
            Event::GuildRoleUpdate(event) => self.role_update(data, &event.role),
            Event::GuildRoleDelete(event) => self.role_delete(data, event.role_id),
            Event::GuildMemberAdd(event) => self.member_add(data, event),
            Event::GuildMemberUpdate(event) => {
                self.member_update(data, event);
                if self.books.current_user == Some(event.user.id) {
                    self.look_around(data);
                }
            }
            Event::GuildMemberRemove(event) => self.member_remove(data, event.user.id),
            Event::GuildMembersChunk(event) => self.members_chunk(data, event),
            Event::PresenceUpdate(event) => self.presence_update(data, event),
            Event::VoiceStateUpdate(state) => self.voice_state_update(data, state),
            Event::VoiceServerUpdate(server) => self.voice_server_update(data, server),
            Event::TypingStart(event) => self.typing_start(data, event),
            Event::MessageCreate(event) => self.message_in_guild(data, event),
            Event::InteractionCreate(event) => {
                if let Some(member) = &event.member {
                    self.member_of_interaction(data, member);
                }
            }
            _ => self.message_event(data, event),
        }
    }

    /// A new session: what is known of its guilds is old until their `GUILD_CREATE` comes, and those
    /// that are not named any more were left meanwhile.
    fn ready(&mut self, ready: &Ready) {
        self.put_current_user(&ready.user);
        let shard = ready
            .shard
            .map_or((0, 1), |[number, total]| (number, total.max(1)));
        self.books.shards.retain(|(_, total)| *total == shard.1);
        self.books.shards.insert(shard);

        let named: HashSet<_> = ready.guilds.iter().map(|guild| guild.id).collect();
        for guild in &named {
            self.books.enter(*guild);
            self.in_guild(*guild, |writer, data| {
                writer.forget_as_seen(data);
                writer.stop_typing(data, |_, _| true);
                data.state = if data.has_contents() {
                    GuildState::Cold
                } else {
                    GuildState::Pending
                };
            });
        }
        if shard.0 == 0 {
            self.in_guild(DIRECT, |writer, data| {
                writer.doubt_all(data);
                writer.stop_typing(data, |_, _| true);
            });
        }
        for guild in self.inner.guilds.ids() {
            if !named.contains(&guild) && shard_of(guild, shard.1) == shard.0 {
                self.leave(guild);
            }
        }
    }

    /// The whole of a guild: what is known and not in it is gone.
    fn guild_create(&mut self, event: &GuildCreate) {
        if event.unavailable == Some(true) {
            self.outage_at_join(event.id);
            return;
        }
        self.books.enter(event.id);
        self.touch(Kind::Guild);
        let known = self.inner.guilds.contains(event.id);
        self.on_whole_guild(event.id, |writer, data| {
            let before = known.then_some(data.state);
            writer.whole_guild(data, before, event);
        });
        self.heard_of_guild(event.id, News::Written);
    }

    fn whole_guild(
        &mut self,
        data: &mut GuildData,
        before: Option<GuildState>,
        event: &GuildCreate,
    ) {
        let old = self.shown_guild(data);
        let unheard = matches!(before, None | Some(GuildState::Pending));
        let arrives =
            self.is_on(Kind::Guild) && old.is_none() && before != Some(GuildState::Available);
        data.member_count = Some(event.member_count);
        data.state = GuildState::Available;
        self.quietly(unheard || arrives, |writer| {
            writer.reconcile_guild(data, event);
        });
        self.put_facts(data, &event.guild, |facts| {
            facts.joined_at = Some(event.joined_at);
            facts.large = event.large;
        });
        let Some(new) = self.shown_guild(data) else {
            return;
        };
        match (before, old) {
            (Some(GuildState::Unavailable), None) if self.books.of_guild(data.id).joined() => {
                let arrival = Arrival::Joined;
                self.change(Change::GuildAdded { new, arrival });
            }
            (Some(GuildState::Unavailable), old) => {
                self.change(Change::GuildAvailable { old, new });
            }
            (_, Some(old)) => {
                if old.model() != new.model() || old.state() != new.state() {
                    self.change(Change::GuildUpdated { old, new });
                }
            }
            (Some(GuildState::Available), None) => {}
            (before, None) => {
                let arrival = match (before, self.saw_ready_of(data.id)) {
                    (Some(GuildState::Pending), _) | (Some(_), true) => Arrival::Startup,
                    (None, true) => Arrival::Joined,
                    (_, false) => Arrival::Unclear,
                };
                self.change(Change::GuildAdded { new, arrival });
            }
        }
    }

    fn reconcile_guild(&mut self, data: &mut GuildData, event: &GuildCreate) {
        self.reconcile_roles(data, &event.roles);

        self.reconcile_emojis(data, &event.emojis);
        self.reconcile_stickers(data, event.stickers.as_deref().unwrap_or_default());
        self.reconcile_sounds(data, &event.soundboard_sounds);
        self.reconcile_histories(data, &event.channels, &event.threads);
        self.reconcile_channels(data, &event.channels);
        self.reconcile_threads(data, &event.threads);
        self.reconcile_stages(data, &event.stage_instances);
        self.reconcile_scheduled_events(data, &event.guild_scheduled_events);
        let users = event.members.iter().filter_map(|it| it.user.as_ref());
        let mut members: Vec<_> = users.map(|user| user.id).collect();
        members.sort_unstable();
        members.dedup();
        // A large guild names only some of its members. The others may have left meanwhile: they
        // are forgotten rather than kept as ghosts, but nobody says that they left.
        let complete = members.len() as u64 >= event.member_count;
        self.books.of_guild(data.id).begin_anew(&members, complete);
        self.remember_joined(data, &event.members);
        self.note_voices(data, &event.voice_states);
        self.put_members(data, &event.members);
        let known = data.tables.members.keys().chain(data.crowd.keys());
        let gone: Vec<_> = known
            .filter(|user| members.binary_search(user).is_err())
            .collect();
        for user in gone {
            self.remove_member(data, user, complete);
        }
        self.reconcile_presences(data, &event.presences);
        if complete {
            self.leave_threads(data, |user| members.binary_search(&user).is_err());
        }
        self.reconcile_voice_states(data, &event.voice_states);
        self.look_around(data);
        self.forget_seen_again(data);
        self.stop_typing(data, |_, _| true);
    }

    pub(super) fn guild_update(&mut self, data: &mut GuildData, event: &Guild) {
        // `@everyone` is in every complete list.
        if !event.roles.is_empty() {
            self.reconcile_roles(data, &event.roles);
            self.reconcile_emojis(data, &event.emojis);
        }
        if let Some(stickers) = &event.stickers {
            self.reconcile_stickers(data, stickers);
        }
        let old = self.shown_guild(data);
        self.put_facts(data, event, |_| {});
        let Some(new) = self.shown_guild(data) else {
            return;
        };
        match old {
            Some(old) if old == new => {}
            Some(old) => self.change(Change::GuildUpdated { old, new }),
            None => self.change(Change::GuildAdded {
                new,
                arrival: Arrival::Unclear,
            }),
        }
    }

    fn guild_delete(&mut self, event: &GuildDelete) {
        if event.unavailable == Some(true) {
            self.outage(event.id);
        } else {
            self.leave(event.id);
        }
    }

    /// A guild that has an outage comes. One that nobody knew was joined.
    fn outage_at_join(&mut self, id: GuildId) {
        let joined = !self.inner.guilds.contains(id) && self.saw_ready_of(id);
        self.books.enter(id);
        if joined {
            self.books.of_guild(id).join();
        }
        self.outage(id);
    }

    fn outage(&mut self, id: GuildId) {
        if self.books.has_left(id) {
            return;
        }
        self.in_guild(id, |writer, data| {
            writer.stop_typing(data, |_, _| true);
            if data.state != GuildState::Unavailable {
                data.state = GuildState::Unavailable;
                let guild = writer.shown_guild(data);
                writer.change(Change::GuildUnavailable { id, guild });
            }
        });
    }

    pub(super) fn leave(&mut self, id: GuildId) {
        self.touch(Kind::Guild);
        self.remove_guild(id);
        self.books.leave(id);
    }

    /// Whether events of a guild are to be believed: it is known, or it may have been there before
    /// this cache was.
    pub(super) fn is_ours(&self, guild: GuildId) -> bool {
        self.inner.guilds.contains(guild)
            || (!self.saw_ready_of(guild) && !self.books.has_left(guild))
    }

    fn saw_ready_of(&self, guild: GuildId) -> bool {
        self.books
            .shards
            .iter()
            .any(|(number, total)| shard_of(guild, *total) == *number)
    }
}

/// The shard that Discord sends a guild's events to.
///
/// See [the documentation](https://docs.discord.com/developers/events/gateway#sharding).
pub(super) fn shard_of(guild: GuildId, total: u32) -> u32 {
    // The remainder of a division by a `u32` is one.
    u32::try_from((guild.get() >> 22) % u64::from(total)).unwrap_or_default()
}
