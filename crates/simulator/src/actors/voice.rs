//! Who is in which voice channel, how they are heard and seen there, and what they play.

use polycord_types::id::{ChannelId, GuildId, SoundId, UserId};
use serde_json::{Value, json};

use super::{describe_channel, describe_user, member_must_exist, must_exist};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::rest::reactions::emoji_in;
use crate::simulator::Simulator;
use crate::world::permissions::CONNECT;

/// How somebody is heard and seen in a voice channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VoiceFlag {
    /// Deafened by the guild.
    Deaf,
    /// Muted by the guild.
    Mute,
    /// Deafened by themselves.
    SelfDeaf,
    /// Muted by themselves.
    SelfMute,
    /// Sharing a screen.
    Stream,
    /// In the audience of a stage.
    Suppress,
    /// With a camera.
    Video,
}

impl VoiceFlag {
    fn field(self) -> &'static str {
        match self {
            Self::Deaf => "deaf",
            Self::Mute => "mute",
            Self::SelfDeaf => "self_deaf",
            Self::SelfMute => "self_mute",
            Self::Stream => "self_stream",
            Self::Suppress => "suppress",
            Self::Video => "self_video",
        }
    }
}

impl Simulator {
    /// A member moves to a voice channel, or out of all: `VOICE_STATE_UPDATE`. Whether they were not there
    /// already.
    ///
    /// # Panics
    ///
    /// If they are not in the guild, if it has no such voice channel, or if they may not enter it.
    #[track_caller]
    pub fn voice(&self, guild: GuildId, user: UserId, channel: Option<ChannelId>) -> bool {
        self.act(|core, state| {
            member_must_exist(state, guild, user);
            if let Some(channel) = channel {
                let found = state.world.guilds.get(&guild.get());
                assert!(
                    found.is_some_and(|found| found.has_voice_channel(channel.get())),
                    "guild {guild} has no voice channel {channel}"
                );
                let allowed = state.world.permissions_in(channel.get(), user.get());
                assert!(
                    allowed & CONNECT != 0,
                    "{} may not enter {}",
                    describe_user(state, user),
                    describe_channel(state, channel)
                );
            }
            let next = channel.map(ChannelId::get);
            if state.world.voice_channel(guild.get(), user.get()) == next {
                return false;
            }
            core.move_voice(state, guild.get(), user.get(), next, (false, false));
            true
        })
    }

    /// A member in a voice channel is muted, turns a camera on, and so on: `VOICE_STATE_UPDATE`. Who is
    /// muted or deafened by the guild stays so elsewhere, and the member shows it.
    ///
    /// # Panics
    ///
    /// If they are in no voice channel.
    #[track_caller]
    pub fn set_voice_flag(&self, guild: GuildId, user: UserId, flag: VoiceFlag, on: bool) {
        self.act(|core, state| {
            let (guild, user) = (guild.get(), user.get());
            core.change_voice(state, guild, user, flag.field(), Value::Bool(on));
            let by_guild = matches!(flag, VoiceFlag::Deaf | VoiceFlag::Mute);
            if !by_guild {
                return;
            }
            let changed = state.world.update_member(guild, user, |member| {
                let held = if flag == VoiceFlag::Deaf {
                    &mut member.deaf
                } else {
                    &mut member.mute
                };
                std::mem::replace(held, on) != on
            });
            if changed == Some(true) {
                core.tell_member(state, guild, user);
            }
        });
    }

    /// Somebody in the audience of a stage asks to speak, or no longer does.
    ///
    /// # Panics
    ///
    /// If they are in no voice channel.
    #[track_caller]
    pub fn request_to_speak(&self, guild: GuildId, user: UserId, asks: bool) {
        self.act(|core, state| {
            let since = asks.then(|| core.clock.now_iso());
            let field = "request_to_speak_timestamp";
            core.change_voice(state, guild.get(), user.get(), field, Value::from(since));
        });
    }

    /// A voice channel's status is set, or taken away: `VOICE_CHANNEL_STATUS_UPDATE`.
    ///
    /// # Panics
    ///
    /// If there is no such voice channel.
    #[track_caller]
    pub fn set_voice_status(&self, channel: ChannelId, status: Option<&str>) {
        self.act(|core, state| {
            let id = channel.get();
            let guild = state.world.guild_of(id).unwrap_or(0);
            let found = state.world.guilds.get_mut(&guild);
            let Some(found) = found.filter(|found| found.has_voice_channel(id)) else {
                panic!("there is no voice channel {channel}")
            };
            match status {
                Some(status) => found.voice_statuses.insert(id, status.to_owned()),
                None => found.voice_statuses.remove(&id),
            };
            let data = json!({
                "id": id.to_string(),
                "guild_id": guild.to_string(),
                "status": status,
            });
            let happening = Happening::new("VOICE_CHANNEL_STATUS_UPDATE", Some(guild), data);
            core.dispatch(state, &happening);
        });
    }

    /// A user plays a sound of their guild's soundboard in the voice channel they are in:
    /// `VOICE_CHANNEL_EFFECT_SEND`, which the bot hears if it is there, too.
    ///
    /// # Panics
    ///
    /// If the user is not in that voice channel, or its guild has no such sound.
    #[track_caller]
    pub fn play_sound(&self, channel: ChannelId, user: UserId, sound: SoundId) {
        self.act(|core, state| {
            let guild = state.world.guild_of(channel.get());
            let guild = guild.and_then(|guild| state.world.guilds.get(&guild));
            let Some(found) = guild.and_then(|guild| guild.sounds.get(&sound.get())) else {
                panic!("there is no sound {sound} in the guild of channel {channel}")
            };
            let mut effect = json!({
                "sound_id": found["sound_id"],
                "sound_volume": found["volume"],
            });
            let emoji = json!({ "id": found["emoji_id"], "name": found["emoji_name"] });
            if emoji != json!({ "id": null, "name": null }) {
                effect["emoji"] = emoji;
            }
            core.send_effect(state, channel, user, effect);
        });
    }

    /// A user sends an emoji in the voice channel they are in: `VOICE_CHANNEL_EFFECT_SEND`.
    ///
    /// # Panics
    ///
    /// If the user is not in that voice channel, or that is no emoji.
    #[track_caller]
    pub fn send_effect(&self, channel: ChannelId, user: UserId, emoji: &str) {
        let Some(emoji) = emoji_in(emoji) else {
            panic!("{emoji:?} is no emoji: use a character, or `name:id`")
        };
        let effect = json!({ "emoji": emoji, "animation_type": 1, "animation_id": 0 });
        self.act(|core, state| core.send_effect(state, channel, user, effect));
    }
}

impl Core {
    #[track_caller]
    fn change_voice(&self, state: &mut State, guild: u64, user: u64, field: &str, value: Value) {
        let found = state.world.guilds.get_mut(&guild);
        let Some(voice) = found.and_then(|found| found.voice_states.get_mut(&user)) else {
            panic!("user {user} is in no voice channel of guild {guild}")
        };
        voice[field] = value;
        let voice = voice.clone();
        self.tell_voice(state, guild, user, voice);
    }

    #[track_caller]
    fn send_effect(&self, state: &mut State, channel: ChannelId, user: UserId, effect: Value) {
        must_exist(state, channel, user);
        let Some(guild) = state.world.guild_of(channel.get()) else {
            panic!("channel {channel} is in no guild")
        };
        let inside = |user: u64| state.world.voice_channel(guild, user);
        assert!(
            inside(user.get()) == Some(channel.get()),
            "user {user} is not in voice channel {channel}"
        );
        if inside(state.world.bot) != Some(channel.get()) {
            return;
        }
        let mut data = effect;
        data["channel_id"] = Value::from(channel.to_string());
        data["guild_id"] = Value::from(guild.to_string());
        data["user_id"] = Value::from(user.to_string());
        let happening = Happening::new("VOICE_CHANNEL_EFFECT_SEND", Some(guild), data);
        self.dispatch(state, &happening);
    }
}
