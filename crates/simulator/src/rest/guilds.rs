//! Guilds, and everything that is in one.

mod audit_log;
mod bans;
pub(super) mod channels;
mod emojis;
mod events;
mod guild;
mod integrations;
pub(super) mod invite_targets;
mod invites;
mod members;
mod moderation;
mod prune;
mod roles;
pub(super) mod sounds;
mod stages;
mod stickers;
mod templates;
mod voice;
mod welcome;

use super::reply::Failure;
use super::route::Route;
use crate::core::{Core, State};
use crate::world::Guild;
use crate::world::permissions::Place;

/// The routes of every file below.
pub(super) const ROUTES: &[&[Route]] = &[
    audit_log::ROUTES,
    bans::ROUTES,
    channels::ROUTES,
    emojis::ROUTES,
    events::ROUTES,
    guild::ROUTES,
    integrations::ROUTES,
    invite_targets::ROUTES,
    invites::ROUTES,
    members::ROUTES,
    moderation::ROUTES,
    prune::ROUTES,
    roles::ROUTES,
    sounds::ROUTES,
    stages::ROUTES,
    stickers::ROUTES,
    templates::ROUTES,
    voice::ROUTES,
    welcome::ROUTES,
];

impl Core {
    /// Whether who asks may do something in a guild.
    fn may_in_guild(&self, state: &State, guild: u64, bits: u64) -> Result<(), Failure> {
        self.require(state, Place::Guild(guild), bits)
    }
}

fn guild(state: &State, id: u64) -> Result<&Guild, Failure> {
    let found = state.world.guilds.get(&id);
    found.ok_or_else(Failure::unknown_guild)
}

fn has_feature(guild: &Guild, feature: &str) -> bool {
    let features = guild.object["features"].as_array();
    features.is_some_and(|features| features.iter().any(|held| held == feature))
}
