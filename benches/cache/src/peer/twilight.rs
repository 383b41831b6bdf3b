//! twilight-cache-inmemory.

use std::time::Duration;

use serde::de::DeserializeSeed;
use twilight_cache_inmemory::{DefaultInMemoryCache, ResourceType};
use twilight_model::{
    gateway::event::{Event, GatewayEventDeserializer},
    id::Id,
};

use super::{Cache, Kind, Settings};

struct Twilight(DefaultInMemoryCache);

pub(super) fn cache(settings: &Settings) -> Option<Box<dyn Cache>> {
    let mut types = ResourceType::all();
    if let Some(kind) = settings.without {
        types.remove(match kind {
            Kind::Channels => ResourceType::CHANNEL,
            Kind::Emojis => ResourceType::EMOJI,
            Kind::Members => ResourceType::MEMBER,
            Kind::Presences => ResourceType::PRESENCE,
            Kind::Roles => ResourceType::ROLE,
            Kind::Stickers => ResourceType::STICKER,
            Kind::Users => ResourceType::USER,
            Kind::VoiceStates => ResourceType::VOICE_STATE,
        });
    }
    let builder = DefaultInMemoryCache::builder()
        .resource_types(types)
        .message_cache_size(settings.messages_per_channel);
    Some(Box::new(Twilight(builder.build())))
}

impl Twilight {
    /// What `twilight-gateway` does with the text of a websocket message, and what its users get of it.
    fn event(frame: &str) -> Event {
        let deserializer = GatewayEventDeserializer::from_json(frame).expect("a frame");
        let mut json = serde_json::Deserializer::from_str(frame);
        let event = deserializer.deserialize(&mut json).expect("an event");
        Event::from(event)
    }
}

impl Cache for Twilight {
    fn take(&self, frame: &str, _now: Duration) {
        self.0.update(&Self::event(frame));
    }

    fn decode(&self, frame: &str) {
        drop(Self::event(frame));
    }

    fn roles_of(&self, guild: u64, user: u64) -> Option<usize> {
        let member = self.0.member(Id::new(guild), Id::new(user))?;
        Some(member.roles().len())
    }

    fn members(&self) -> usize {
        self.0.stats().members()
    }

    fn messages(&self, channels: &[u64]) -> Option<usize> {
        let stats = self.0.stats();
        let of = |channel: &u64| {
            stats
                .channel_messages(Id::new(*channel))
                .unwrap_or_default()
        };
        Some(channels.iter().map(of).sum())
    }
}
