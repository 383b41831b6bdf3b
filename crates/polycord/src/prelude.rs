//! What almost every bot needs: `use polycord::prelude::*`.
//!
//! Besides this crate's own, all models of [`polycord_types`] are in it.

pub use std::sync::Arc;

pub use polycord_types::{
    activity::*, application::*, application_command::*, audit_log::*, auto_moderation::*, ban::*,
    channel::*, component::*, emoji::*, entitlement::*, gateway::payload::*, gateway::*, guild::*,
    id::*, integration::*, interaction::*, invite::*, lobby::*, locale::*, member::*, mention::*,
    message::*, permissions::*, poll::*, presence::*, role::*, scheduled_event::*, sku::*,
    soundboard::*, stage::*, sticker::*, subscription::*, team::*, template::*, thread::*, user::*,
    validate::*, voice::*, webhook::*, *,
};

pub use crate::{
    Client, ClientBuilder, ClientHandle, CommandScope, Context, Handler, HandlerError,
    HandlerResult,
    gateway::{SessionEvent, ShardId},
};
