//! serenity's cache.

use std::time::Duration;

use serenity::{
    cache::{Cache as Serenity, Settings as SerenitySettings},
    model::{
        event::{Event, GatewayEvent},
        id::{ChannelId, GuildId, UserId},
    },
};

use super::{Cache, Kind, Settings};

pub(super) fn cache(settings: &Settings) -> Option<Box<dyn Cache>> {
    let mut of_serenity = SerenitySettings::default();
    of_serenity.max_messages = settings.messages_per_channel;
    match settings.without {
        None => {}
        Some(Kind::Users) => of_serenity.cache_users = false,
        // All of it is in its guilds.
        Some(_) => return None,
    }
    Some(Box::new(Serenity::new_with_settings(of_serenity)))
}

/// What its client does with the text of a websocket message.
fn event(frame: &str) -> Event {
    match serde_json::from_str(frame).expect("an event") {
        GatewayEvent::Dispatch(_, event) => event,
        other => panic!("no dispatch: {other:?}"),
    }
}

impl Cache for Serenity {
    fn take(&self, frame: &str, _now: Duration) {
        match event(frame) {
            Event::ChannelUpdate(mut event) => drop(self.update(&mut event)),
            Event::GuildCreate(mut event) => drop(self.update(&mut event)),
            Event::GuildMemberAdd(mut event) => drop(self.update(&mut event)),
            Event::GuildMemberRemove(mut event) => drop(self.update(&mut event)),
            Event::GuildMemberUpdate(mut event) => drop(self.update(&mut event)),
            Event::MessageCreate(mut event) => drop(self.update(&mut event)),
            Event::MessageUpdate(mut event) => drop(self.update(&mut event)),
            Event::PresenceUpdate(mut event) => drop(self.update(&mut event)),
            Event::VoiceStateUpdate(mut event) => drop(self.update(&mut event)),
            // Its client does not update the cache with them.
            Event::MessageDelete(_)
            | Event::ReactionAdd(_)
            | Event::ReactionRemove(_)
            | Event::TypingStart(_) => {}
            other => panic!("nothing in a town makes {other:?}"),
        }
    }

    fn decode(&self, frame: &str) {
        drop(event(frame));
    }

    fn roles_of(&self, guild: u64, user: u64) -> Option<usize> {
        let guild = self.guild(GuildId::new(guild))?;
        let member = guild.members.get(&UserId::new(user))?;
        Some(member.roles.len())
    }

    fn members(&self) -> usize {
        let of = |guild: GuildId| self.guild(guild).map_or(0, |guild| guild.members.len());
        self.guilds().into_iter().map(of).sum()
    }

    fn messages(&self, channels: &[u64]) -> Option<usize> {
        let of = |channel: &u64| {
            let messages = self.channel_messages(ChannelId::new(*channel));
            messages.map_or(0, |messages| messages.len())
        };
        Some(channels.iter().map(of).sum())
    }
}
