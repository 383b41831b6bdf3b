//! The caches that are compared, as the benchmarks use them.

pub mod ours;
mod serenity;
mod twilight;

use std::{fmt, str::FromStr, time::Duration};

/// One of the caches, filled by frames.
pub trait Cache: Send + Sync {
    /// From the text of a frame to what is cached, with all that is made on the way dropped.
    fn take(&self, frame: &str, now: Duration);

    /// The first part of it alone: to the event, and its drop.
    fn decode(&self, frame: &str);

    /// Looks a member up and reads it: how many roles there are.
    fn roles_of(&self, guild: u64, user: u64) -> Option<usize>;

    /// How many members there are.
    fn members(&self) -> usize;

    /// How many messages of these channels there are; `None` where messages are not cached at all.
    fn messages(&self, channels: &[u64]) -> Option<usize>;

    /// How many bytes it says that it takes, if it says so.
    fn accounted(&self) -> Option<usize> {
        None
    }
}

/// What a cache is to keep.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Everything but this.
    pub without: Option<Kind>,
    pub messages_per_channel: usize,
    pub bounds: Option<Bounds>,
}

/// For each kind that grows with what happens, where that can be said.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// How long what nobody hears of is kept.
    pub ttl: Duration,
    pub max_entries: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            without: None,
            messages_per_channel: 50,
            bounds: None,
        }
    }
}

/// What may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Channels,
    Emojis,
    Members,
    Presences,
    Roles,
    Stickers,
    Users,
    VoiceStates,
}

impl Kind {
    pub const ALL: [Self; 8] = [
        Self::Members,
        Self::Users,
        Self::Presences,
        Self::VoiceStates,
        Self::Channels,
        Self::Roles,
        Self::Emojis,
        Self::Stickers,
    ];
}

/// Whose cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    Ours,
    Twilight,
    Serenity,
}

impl Peer {
    pub const ALL: [Self; 3] = [Self::Ours, Self::Twilight, Self::Serenity];

    /// An empty cache; `None` if it cannot be had with these settings.
    pub fn cache(self, settings: &Settings) -> Option<Box<dyn Cache>> {
        match self {
            Self::Ours => ours::cache(settings),
            Self::Twilight => twilight::cache(settings),
            Self::Serenity => serenity::cache(settings),
        }
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ours => "ours",
            Self::Twilight => "twilight",
            Self::Serenity => "serenity",
        })
    }
}

impl FromStr for Peer {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let peer = Self::ALL.into_iter().find(|peer| peer.to_string() == name);
        peer.ok_or_else(|| format!("no such cache: {name}"))
    }
}
