//! What almost every bot needs: `use polycord::prelude::*`.
//!
//! Besides this crate's own, all models of [`polycord_types`] are in it.

pub use std::sync::Arc;

pub use polycord_types::*;

pub use crate::{
    Client, ClientHandle, CommandScope, Context, Handler, HandlerError, HandlerResult,
    gateway::{SessionEvent, ShardId},
};
