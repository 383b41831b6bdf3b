//! polycord-cache. All that the benchmarks know of it is in this file.

use std::time::Duration;

use polycord_cache::{Cache as Polycord, CacheBuilder, Kind as Part};
use polycord_types::{
    gateway::{Event, Frame},
    id::{GuildId, UserId},
};

use super::{Bounds, Cache, Kind, Settings};

/// What there is more of the more happens: all but what somebody made and somebody has to delete.
const GROWING: [Part; 8] = [
    Part::Member,
    Part::Message,
    Part::Presence,
    Part::ReadState,
    Part::ThreadMember,
    Part::Typing,
    Part::User,
    Part::VoiceState,
];

/// Its cache, which [`Cache`] is implemented for.
pub struct Ours(Polycord);

pub(super) fn cache(settings: &Settings) -> Option<Box<dyn Cache>> {
    let cache = builder(settings)?.build();
    Some(Box::new(Ours(cache)))
}

fn builder(settings: &Settings) -> Option<CacheBuilder> {
    let mut builder = Polycord::builder().messages_per_channel(settings.messages_per_channel);
    if let Some(kind) = settings.without {
        let parts: &[Part] = match kind {
            Kind::Channels => &[Part::Channel, Part::Thread],
            Kind::Emojis => &[Part::Emoji],
            Kind::Members => &[Part::Member],
            Kind::Presences => &[Part::Presence],
            Kind::Roles => &[Part::Role],
            Kind::Stickers => &[Part::Sticker],
            Kind::Users => &[Part::User],
            Kind::VoiceStates => &[Part::VoiceState],
        };
        builder = parts.iter().copied().fold(builder, CacheBuilder::disable);
    }
    if let Some(Bounds { ttl, max_entries }) = settings.bounds {
        for part in GROWING {
            builder = builder.ttl(part, ttl).max_entries(part, max_entries);
        }
    }
    Some(builder)
}

impl Ours {
    pub fn new() -> Self {
        Self(Polycord::new())
    }

    pub fn event(frame: &str) -> Event {
        let frame = Frame::parse(frame).expect("a frame");
        frame.event().expect("a dispatch").expect("an event")
    }

    pub fn apply(&self, event: &Event, now: Duration) {
        drop(self.0.apply(event, now));
    }
}

impl Default for Ours {
    fn default() -> Self {
        Self::new()
    }
}

impl Cache for Ours {
    fn take(&self, frame: &str, now: Duration) {
        // Whether the cache wants it or not: the others decode everything, too.
        self.apply(&Self::event(frame), now);
    }

    fn decode(&self, frame: &str) {
        drop(Self::event(frame));
    }

    fn roles_of(&self, guild: u64, user: u64) -> Option<usize> {
        let member = self.0.member(GuildId::new(guild), UserId::new(user))?;
        Some(member.roles().len())
    }

    fn members(&self) -> usize {
        self.0.counts().of(Part::Member)
    }

    fn messages(&self, _channels: &[u64]) -> Option<usize> {
        Some(self.0.counts().of(Part::Message))
    }

    fn accounted(&self) -> Option<usize> {
        Some(self.0.counts().total_bytes())
    }
}
