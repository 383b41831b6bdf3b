//! What people do.

mod authorization;
mod emit;
mod events;
mod guilds;
mod integrations;
mod interactions;
mod members;
mod messages;
mod moderation;
mod polls;
mod presence;
mod request;
mod store;
mod voice;

use polycord_types::id::{ChannelId, GuildId, UserId};

pub use self::interactions::{Chosen, CommandOption, Filled};
pub use self::request::Refusal;
pub use self::store::SkuKind;
pub use self::voice::VoiceFlag;
use crate::core::{Core, State};
use crate::simulator::Simulator;

impl Simulator {
    /// Does something to the state, and wakes whoever waits for a change.
    pub(super) fn act<R>(&self, act: impl FnOnce(&Core, &mut State) -> R) -> R {
        let result = act(&self.core, &mut self.core.lock());
        self.core.changed.notify_waiters();
        result
    }
}

#[track_caller]
fn must_exist(state: &State, channel: ChannelId, user: UserId) {
    assert!(
        state.world.channel(channel.get()).is_some(),
        "there is no channel {channel}"
    );
    user_must_exist(state, user);
}

#[track_caller]
fn user_must_exist(state: &State, user: UserId) {
    assert!(
        state.world.users.contains_key(&user.get()),
        "there is no user {user} in this world"
    );
}

#[track_caller]
fn guild_must_exist(state: &State, guild: GuildId) {
    assert!(
        state.world.guilds.contains_key(&guild.get()),
        "the bot is in no guild {guild}"
    );
}

#[track_caller]
fn member_must_exist(state: &State, guild: GuildId, user: UserId) {
    guild_must_exist(state, guild);
    let found = state.world.guilds.get(&guild.get());
    assert!(
        found.is_some_and(|found| found.members.contains_key(&user.get())),
        "{} is not in guild {guild}",
        describe_user(state, user)
    );
}

/// A user by name, in what tests are told.
fn describe_user(state: &State, user: UserId) -> String {
    match state.world.users.get(&user.get()) {
        Some(found) => format!("{:?} (user {user})", found.username()),
        None => format!("user {user}, who is not of this world,"),
    }
}

/// A channel by name, in what tests are told.
fn describe_channel(state: &State, channel: ChannelId) -> String {
    match state.world.channel(channel.get()) {
        None => format!("channel {channel}, which is not there"),
        Some(found) => match found["name"].as_str() {
            Some(name) => format!("#{name} ({channel})"),
            None => format!("their direct messages ({channel})"),
        },
    }
}
