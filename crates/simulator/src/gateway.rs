//! The gateway: one task per connection, sessions that outlive them.

pub(crate) mod commands;
pub(crate) mod connection;
pub(crate) mod dispatch;
mod guild_data;
mod identify;
pub(crate) mod limits;
mod members;
pub(crate) mod names;
mod resume;
pub(crate) mod session;
pub(crate) mod sessions;
mod upgrade;
mod visibility;
mod voice;

pub(crate) use self::upgrade::{is_gateway, upgrade};
