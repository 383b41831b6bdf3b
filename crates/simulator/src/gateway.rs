//! The gateway: one task per connection, sessions that outlive them.

pub(crate) mod connection;
pub(crate) mod dispatch;
mod identify;
pub(crate) mod limits;
mod members;
mod resume;
pub(crate) mod session;
mod upgrade;

pub(crate) use self::upgrade::{is_gateway, upgrade};
