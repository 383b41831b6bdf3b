//! The payloads of events, in the sections of the documentation.

mod channel;
mod connection;
mod poll;
mod scheduled_event;

pub use self::{
    channel::{ChannelInfo, ChannelInfoChannel, ChannelPinsUpdate, WebhooksUpdate},
    connection::{Hello, RateLimitMetadata, RateLimited, Resumed},
    poll::{MessagePollVoteAdd, MessagePollVoteRemove},
    scheduled_event::{GuildScheduledEventUserAdd, GuildScheduledEventUserRemove},
};
