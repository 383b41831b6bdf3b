use std::sync::Arc;

use serde::{Serialize, Serializer};

#[cfg(feature = "catalog")]
use crate::catalog::Structure;
#[allow(
    clippy::wildcard_imports,
    reason = "every payload stands in the table below"
)]
use crate::gateway::payload::*;
use crate::{
    application_command::CommandPermissions,
    auto_moderation::AutoModerationRule,
    channel::Channel,
    decode::{DecodeError, Fault, Reader, Report},
    entitlement::Entitlement,
    gateway::{EventKind, RawEvent},
    guild::Guild,
    id::{ChannelId, GuildId, UserId},
    interaction::Interaction,
    presence::Presence,
    scheduled_event::ScheduledEvent,
    soundboard::SoundboardSound,
    stage::StageInstance,
    subscription::Subscription,
    user::User,
    voice::VoiceState,
};

macro_rules! events {
    (|$e:ident| $($Kind:ident($Payload:ty): $guild:expr, $channel:expr, $user:expr;)*) => {
        /// An event, decoded.
        ///
        /// The payload stands behind an [`Arc`], so that a clone is cheap. Serialized, an event is its
        /// payload, without its name.
        ///
        /// ```
        /// use polycord_types::{gateway::Event, id::ChannelId};
        ///
        /// let data = r#"{"id":"3","channel_id":"2","guild_id":"1"}"#;
        /// let event = Event::decode("MESSAGE_DELETE", data)?;
        /// assert_eq!(event.channel_id(), Some(ChannelId::new(2)));
        /// if let Event::MessageDelete(deleted) = event {
        ///     assert_eq!(deleted.id.get(), 3);
        /// }
        /// # Ok::<(), polycord_types::decode::DecodeError>(())
        /// ```
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            $(
                #[doc = concat!("[`", stringify!($Kind), "`](EventKind::", stringify!($Kind), ").")]
                $Kind(Arc<$Payload>),
            )*
            /// An event without a model, or one that its model could not read.
            Raw(Arc<RawEvent>),
        }

        impl Event {
            /// The kind of the event.
            #[must_use]
            pub fn kind(&self) -> EventKind {
                match self {
                    $(Self::$Kind(_) => EventKind::$Kind,)*
                    Self::Raw(event) => event.kind(),
                }
            }

            /// The guild that it happened in, or to; none in direct messages.
            #[must_use]
            pub fn guild_id(&self) -> Option<GuildId> {
                match self {
                    $(Self::$Kind($e) => { let _ = $e; $guild })*
                    Self::Raw(_) => None,
                }
            }

            /// The channel or thread that it happened in, or to.
            #[must_use]
            pub fn channel_id(&self) -> Option<ChannelId> {
                match self {
                    $(Self::$Kind($e) => { let _ = $e; $channel })*
                    Self::Raw(_) => None,
                }
            }

            /// The user who did it, or whom it happened to.
            #[must_use]
            pub fn user_id(&self) -> Option<UserId> {
                match self {
                    $(Self::$Kind($e) => { let _ = $e; $user })*
                    Self::Raw(_) => None,
                }
            }

            /// Reads the payload of this kind; `None` where there is no model.
            #[inline]
            fn read(kind: EventKind, reader: &mut Reader<'_>) -> Option<Result<Self, Fault>> {
                Some(match kind {
                    $(EventKind::$Kind => reader.document().map(Self::$Kind),)*
                    _ => return None,
                })
            }
        }

        impl Serialize for Event {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$Kind(payload) => payload.as_ref().serialize(serializer),)*
                    Self::Raw(event) => event.data().serialize(serializer),
                }
            }
        }

        heap_size!(Event: $($Kind)* Raw);

        #[cfg(feature = "catalog")]
        impl Event {
            /// What each event carries.
            pub(crate) const STRUCTURES: &[Structure] = &[$(Structure::new::<$Payload>(
                EventKind::$Kind.name(),
                concat!("gateway::Event::", stringify!($Kind)),
            ),)*];
        }

        #[cfg(test)]
        const TYPED: &[EventKind] = &[$(EventKind::$Kind,)*];
    };
}

// Kind(payload): guild, channel, user.
events! {
    |e|
    Ready(Ready): None, None, Some(e.user.id);
    Resumed(Resumed): None, None, None;
    RateLimited(RateLimited): e.meta.guild_id(), None, None;
    ApplicationCommandPermissionsUpdate(CommandPermissions): Some(e.guild_id), None, None;
    AutoModerationRuleCreate(AutoModerationRule): Some(e.guild_id), None, None;
    AutoModerationRuleUpdate(AutoModerationRule): Some(e.guild_id), None, None;
    AutoModerationRuleDelete(AutoModerationRule): Some(e.guild_id), None, None;
    AutoModerationActionExecution(AutoModerationActionExecution): Some(e.guild_id), e.channel_id, Some(e.user_id);
    ChannelCreate(Channel): e.guild_id, Some(e.id), None;
    ChannelUpdate(Channel): e.guild_id, Some(e.id), None;
    ChannelDelete(Channel): e.guild_id, Some(e.id), None;
    ChannelInfo(ChannelInfo): Some(e.guild_id), None, None;
    ChannelPinsUpdate(ChannelPinsUpdate): e.guild_id, Some(e.channel_id), None;
    ThreadCreate(ThreadCreate): e.guild_id, Some(e.id), None;
    ThreadUpdate(Channel): e.guild_id, Some(e.id), None;
    ThreadDelete(ThreadDelete): Some(e.guild_id), Some(e.id), None;
    ThreadListSync(ThreadListSync): Some(e.guild_id), None, None;
    ThreadMemberUpdate(ThreadMemberUpdate): Some(e.guild_id), e.id, e.user_id;
    ThreadMembersUpdate(ThreadMembersUpdate): Some(e.guild_id), Some(e.id), None;
    EntitlementCreate(Entitlement): e.guild_id, None, e.user_id;
    EntitlementUpdate(Entitlement): e.guild_id, None, e.user_id;
    EntitlementDelete(Entitlement): e.guild_id, None, e.user_id;
    GuildCreate(GuildCreate): Some(e.id), None, None;
    GuildUpdate(Guild): Some(e.id), None, None;
    GuildDelete(GuildDelete): Some(e.id), None, None;
    GuildAuditLogEntryCreate(GuildAuditLogEntryCreate): Some(e.guild_id), None, e.user_id;
    GuildBanAdd(GuildBanAdd): Some(e.guild_id), None, Some(e.user.id);
    GuildBanRemove(GuildBanRemove): Some(e.guild_id), None, Some(e.user.id);
    GuildEmojisUpdate(GuildEmojisUpdate): Some(e.guild_id), None, None;
    GuildStickersUpdate(GuildStickersUpdate): Some(e.guild_id), None, None;
    GuildIntegrationsUpdate(GuildIntegrationsUpdate): Some(e.guild_id), None, None;
    GuildMemberAdd(GuildMemberAdd): Some(e.guild_id), None, e.user.as_ref().map(|user| user.id);
    GuildMemberRemove(GuildMemberRemove): Some(e.guild_id), None, Some(e.user.id);
    GuildMemberUpdate(GuildMemberUpdate): Some(e.guild_id), None, Some(e.user.id);
    GuildMembersChunk(GuildMembersChunk): Some(e.guild_id), None, None;
    GuildRoleCreate(GuildRoleCreate): Some(e.guild_id), None, None;
    GuildRoleUpdate(GuildRoleUpdate): Some(e.guild_id), None, None;
    GuildRoleDelete(GuildRoleDelete): Some(e.guild_id), None, None;
    GuildScheduledEventCreate(ScheduledEvent): Some(e.guild_id), e.channel_id, None;
    GuildScheduledEventUpdate(ScheduledEvent): Some(e.guild_id), e.channel_id, None;
    GuildScheduledEventDelete(ScheduledEvent): Some(e.guild_id), e.channel_id, None;
    GuildScheduledEventUserAdd(GuildScheduledEventUserAdd): Some(e.guild_id), None, Some(e.user_id);
    GuildScheduledEventUserRemove(GuildScheduledEventUserRemove): Some(e.guild_id), None, Some(e.user_id);
    GuildSoundboardSoundCreate(SoundboardSound): e.guild_id, None, None;
    GuildSoundboardSoundUpdate(SoundboardSound): e.guild_id, None, None;
    GuildSoundboardSoundDelete(GuildSoundboardSoundDelete): Some(e.guild_id), None, None;
    GuildSoundboardSoundsUpdate(GuildSoundboardSoundsUpdate): Some(e.guild_id), None, None;
    SoundboardSounds(SoundboardSounds): Some(e.guild_id), None, None;
    IntegrationCreate(IntegrationCreate): Some(e.guild_id), None, None;
    IntegrationUpdate(IntegrationUpdate): Some(e.guild_id), None, None;
    IntegrationDelete(IntegrationDelete): Some(e.guild_id), None, None;
    InteractionCreate(Interaction): e.guild_id, e.channel_id, e.user().map(|user| user.id);
    InviteCreate(InviteCreate): e.guild_id, Some(e.channel_id), e.inviter.as_ref().map(|user| user.id);
    InviteDelete(InviteDelete): e.guild_id, Some(e.channel_id), None;
    MessageCreate(MessageCreate): e.guild_id, Some(e.channel_id), Some(e.author.id);
    MessageUpdate(MessageUpdate): e.guild_id, Some(e.channel_id), Some(e.author.id);
    MessageDelete(MessageDelete): e.guild_id, Some(e.channel_id), None;
    MessageDeleteBulk(MessageDeleteBulk): e.guild_id, Some(e.channel_id), None;
    MessageReactionAdd(MessageReactionAdd): e.guild_id, Some(e.channel_id), Some(e.user_id);
    MessageReactionRemove(MessageReactionRemove): e.guild_id, Some(e.channel_id), Some(e.user_id);
    MessageReactionRemoveAll(MessageReactionRemoveAll): e.guild_id, Some(e.channel_id), None;
    MessageReactionRemoveEmoji(MessageReactionRemoveEmoji): e.guild_id, Some(e.channel_id), None;
    PresenceUpdate(Presence): e.guild_id, None, Some(e.user.id);
    StageInstanceCreate(StageInstance): Some(e.guild_id), Some(e.channel_id), None;
    StageInstanceUpdate(StageInstance): Some(e.guild_id), Some(e.channel_id), None;
    StageInstanceDelete(StageInstance): Some(e.guild_id), Some(e.channel_id), None;
    SubscriptionCreate(Subscription): None, None, Some(e.user_id);
    SubscriptionUpdate(Subscription): None, None, Some(e.user_id);
    SubscriptionDelete(Subscription): None, None, Some(e.user_id);
    TypingStart(TypingStart): e.guild_id, Some(e.channel_id), Some(e.user_id);
    UserUpdate(User): None, None, Some(e.id);
    VoiceChannelEffectSend(VoiceChannelEffectSend): Some(e.guild_id), Some(e.channel_id), Some(e.user_id);
    VoiceChannelStartTimeUpdate(VoiceChannelStartTimeUpdate): Some(e.guild_id), Some(e.id), None;
    VoiceChannelStatusUpdate(VoiceChannelStatusUpdate): Some(e.guild_id), Some(e.id), None;
    VoiceStateUpdate(VoiceState): e.guild_id, e.channel_id, Some(e.user_id);
    VoiceServerUpdate(VoiceServerUpdate): Some(e.guild_id), None, None;
    WebhooksUpdate(WebhooksUpdate): Some(e.guild_id), Some(e.channel_id), None;
    MessagePollVoteAdd(MessagePollVoteAdd): e.guild_id, Some(e.channel_id), Some(e.user_id);
    MessagePollVoteRemove(MessagePollVoteRemove): e.guild_id, Some(e.channel_id), Some(e.user_id);
}

impl Event {
    /// Decodes the data (`d`) of a dispatch by its name (`t`).
    ///
    /// An event without a model becomes [`Event::Raw`]. A value of the wrong kind that identifies nothing
    /// counts as absent; [`decode_reporting`](Self::decode_reporting) says where that happened.
    ///
    /// # Errors
    ///
    /// The data is no JSON, or a field that identifies the object is missing or malformed. The caller
    /// may go on with [`Event::raw`].
    // Inlined, as all it leads to: the code of the decoder is made where it is called, or nowhere.
    #[inline]
    pub fn decode(name: &str, data: &str) -> Result<Self, DecodeError> {
        Self::decode_with(&mut Reader::new(data), name, || data)
    }

    /// The same as [`decode`](Self::decode), and says what deviates from the documentation and what is
    /// unknown.
    ///
    /// ```
    /// use polycord_types::gateway::Event;
    ///
    /// let data = r#"{"guild_id": "1", "role_id": "2", "brand_new": true}"#;
    /// let (event, report) = Event::decode_reporting("GUILD_ROLE_DELETE", data)?;
    /// assert_eq!(report.unknown_fields[0].path, "brand_new");
    /// assert!(report.deviations.is_empty());
    /// # Ok::<(), polycord_types::decode::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for `decode`.
    #[inline]
    pub fn decode_reporting(name: &str, data: &str) -> Result<(Self, Report), DecodeError> {
        let mut reader = Reader::reporting(data);
        let event = Self::decode_with(&mut reader, name, || data)?;
        Ok((event, reader.take_report()))
    }

    /// Decodes data that comes first in `tail`, which goes on behind it: the rest of a frame from its `d` on.
    /// So nobody has to find the end of the data first, which costs a good part of what decoding it does.
    ///
    /// `data` finds it where it is needed: for an event without a model, which is kept as it came.
    ///
    /// ```
    /// use polycord_types::gateway::Event;
    ///
    /// let tail = r#"{"guild_id": "1", "role_id": "2"},"s":5}"#;
    /// let event = Event::decode_member("GUILD_ROLE_DELETE", tail, || &tail[..33])?;
    /// assert_eq!(event.name(), "GUILD_ROLE_DELETE");
    /// # Ok::<(), polycord_types::decode::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for `decode`.
    #[inline]
    pub fn decode_member<'a>(
        name: &str,
        tail: &str,
        data: impl FnOnce() -> &'a str,
    ) -> Result<Self, DecodeError> {
        Self::decode_with(&mut Reader::of_member(tail), name, data)
    }

    #[inline]
    fn decode_with<'a>(
        reader: &mut Reader<'_>,
        name: &str,
        data: impl FnOnce() -> &'a str,
    ) -> Result<Self, DecodeError> {
        let kind = EventKind::from_name(name);
        if kind == EventKind::Resumed {
            // The documentation gives it no shape: it is `null` or an object of no interest.
            return match reader.pass() {
                Ok(()) => Ok(Self::Resumed(Arc::default())),
                Err(fault) => Err(reader.error(fault).of(name)),
            };
        }
        match Self::read(kind, reader) {
            Some(Ok(event)) => Ok(event),
            Some(Err(fault)) => Err(reader.error(fault).of(name)),
            None => Self::raw(name, data()),
        }
    }

    /// Keeps the data of a dispatch as it came.
    ///
    /// # Errors
    ///
    /// The data is no JSON.
    pub fn raw(name: &str, data: &str) -> Result<Self, DecodeError> {
        RawEvent::new(name, data).map(|event| Self::Raw(Arc::new(event)))
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Raw(event) => event.name(),
            _ => self.kind().name(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_two_words() {
        assert_eq!(size_of::<Event>(), 16);
    }

    #[test]
    fn every_typed_kind_refuses_what_is_no_object_and_names_itself() {
        for kind in TYPED.iter().filter(|kind| **kind != EventKind::Resumed) {
            let error = Event::decode(kind.name(), "[]").unwrap_err();
            assert_eq!(error.event(), kind.name());
        }
    }

    #[test]
    fn an_unknown_event_is_kept_raw() {
        let event = Event::decode("NEW_THING", r#"{"a": 1}"#).unwrap();
        assert_eq!(
            (event.kind(), event.name()),
            (EventKind::Unknown, "NEW_THING")
        );
        assert_eq!(serde_json::to_string(&event).unwrap(), r#"{"a": 1}"#);
        assert_eq!(event.clone(), event);
        assert!(Event::decode("NEW_THING", "{").is_err());
    }

    #[test]
    fn resumed_takes_anything() {
        for data in ["null", "{}", r#"{"_trace":[]}"#] {
            assert_eq!(
                Event::decode("RESUMED", data).unwrap().kind(),
                EventKind::Resumed
            );
        }
        for data in ["", "{", "null,"] {
            assert!(Event::decode("RESUMED", data).is_err(), "{data}");
        }
    }

    #[test]
    fn an_event_without_its_identifying_field_can_be_had_raw() {
        let data = r#"{"guild_id":"1","role":{"id":"x","name":"r"}}"#;
        let error = Event::decode("GUILD_ROLE_CREATE", data).unwrap_err();
        assert_eq!(error.path(), "role.id");
        let raw = Event::raw("GUILD_ROLE_CREATE", data).unwrap();
        assert_eq!(raw.kind(), EventKind::GuildRoleCreate);
    }
}
