//! Direct messages.

use polycord_types::{
    channel::{Channel, ChannelType},
    gateway::{
        Event,
        payload::{ChannelPinsUpdate, MessageCreate},
    },
    id::{ChannelId, UserId},
    interaction::{Interaction, InteractionContext},
    message::Message,
    user::User,
};

use super::Writer;
use super::messages::is_ephemeral;
use crate::cache::data::{DIRECT, GuildData};
use crate::cache::entry::DmChannels;
use crate::cache::kind::Kind;
use crate::cache::rows::DmRow;

impl Writer<'_> {
    /// An event that names no guild.
    pub(in crate::cache) fn event_without_guild(&mut self, event: &Event) {
        match event {
            Event::MessageCreate(event) => self.message_without_guild(event),
            Event::ChannelCreate(channel) if channel.kind == ChannelType::Dm => {
                self.in_guild(DIRECT, |writer, data| writer.dm_channel(data, channel));
            }
            Event::InteractionCreate(event) => self.dm_interaction(event),
            _ => {
                // Direct messages of channels that nothing is known of concern nothing that is known.
                if let Some(channel) = event.channel_id()
                    && let Some(home) = self.inner.home(channel)
                {
                    self.in_guild(home, |writer, data| {
                        writer.message_event(data, event);
                        writer.dm_event(data, event);
                    });
                }
            }
        }
    }

    fn dm_event(&mut self, data: &mut GuildData, event: &Event) {
        match event {
            Event::ChannelDelete(channel) => {
                self.forget_history(data, channel.id);
                self.remove::<DmChannels>(data, channel.id);
            }
            Event::ChannelPinsUpdate(event) => self.dm_pins(data, event),
            _ => {}
        }
    }

    /// A message that names no guild is a direct one, unless its channel is known to be a guild's.
    fn message_without_guild(&mut self, event: &MessageCreate) {
        if is_ephemeral(event) {
            return;
        }
        let home = self.inner.home(event.channel_id);
        if let Some(guild) = home.filter(|home| *home != DIRECT) {
            self.in_guild(guild, |writer, data| writer.message_create(data, event));
        } else if matches!(event.channel_type, None | Some(ChannelType::Dm)) {
            self.in_guild(DIRECT, |writer, data| {
                let other = writer.is_other(event).then_some(&event.author);
                let is_kept = writer.put_dm_channel(data, event.channel_id, other, |row| {
                    row.last_message = row.last_message.max(Some(event.id));
                });
                if is_kept {
                    writer.message_create(data, event);
                }
            });
        }
    }

    /// Writes what is heard of a channel of direct messages; whether it is kept.
    fn put_dm_channel(
        &mut self,
        data: &mut GuildData,
        channel: ChannelId,
        other: Option<&User>,
        edit: impl FnOnce(&mut DmRow),
    ) -> bool {
        if !self.is_on(Kind::DmChannel) {
            return false;
        }
        let known = self.known::<DmChannels>(data, channel);
        let mut row = known.copied().unwrap_or_default();
        row.recipient = other.map(|user| user.id).or(row.recipient);
        edit(&mut row);
        self.put::<DmChannels>(data, channel, row);
        if let Some(user) = other {
            self.put_user(user);
        }
        true
    }

    /// Takes in a channel of direct messages that is told as a whole. What was heard of it since stays.
    pub(in crate::cache) fn dm_channel(&mut self, data: &mut GuildData, channel: &Channel) {
        let me = self.books.current_user;
        let recipients = channel.recipients.as_deref().unwrap_or_default();
        let other = recipients.iter().find(|user| Some(user.id) != me);
        self.put_dm_channel(data, channel.id, other, |row| {
            row.last_message = row.last_message.max(channel.last_message_id);
            row.last_pin = channel.last_pin_timestamp.or(row.last_pin);
        });
    }

    /// An interaction in the direct messages of the application's own user. Those in the direct messages of others are
    /// not ours.
    fn dm_interaction(&mut self, event: &Interaction) {
        if event.context != Some(InteractionContext::BotDm) {
            return;
        }
        if let (Some(channel), Some(user)) = (event.channel_id, &event.user) {
            self.in_guild(DIRECT, |writer, data| {
                writer.put_dm_channel(data, channel, Some(user), |_| {});
            });
        }
    }

    fn dm_pins(&mut self, data: &mut GuildData, event: &ChannelPinsUpdate) {
        if let Some(known) = self.known::<DmChannels>(data, event.channel_id) {
            let mut row = *known;
            row.last_pin = event.last_pin_timestamp;
            self.put::<DmChannels>(data, event.channel_id, row);
        }
    }

    /// Whether a direct message is by the user at the other end, as far as it is known who the current user is.
    fn is_other(&self, message: &Message) -> bool {
        let author = &message.author;
        let is_own = |me: UserId| me == author.id;
        // Nobody but the application's own user is a bot there.
        let is_bot = author.bot == Some(true);
        message.webhook_id.is_none() && !self.books.current_user.map_or(is_bot, is_own)
    }

    /// Lets the contents of a channel of direct messages that went go with the event that is being taken in.
    pub(in crate::cache) fn abandon(&mut self, channel: ChannelId) {
        self.abandoned.push(channel);
    }

    /// Forgets what was said in the channels of direct messages that went.
    pub(super) fn forget_abandoned(&mut self) {
        for channel in std::mem::take(&mut self.abandoned) {
            self.in_guild(DIRECT, |writer, data| {
                if !data.tables.dm_channels.contains(channel) {
                    writer.quietly(true, |writer| writer.forget_history(data, channel));
                }
            });
        }
    }
}
