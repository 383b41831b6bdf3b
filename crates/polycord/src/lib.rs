#![doc = include_str!("../README.md")]

pub mod prelude;

mod builder;
mod client;
mod commands;
mod context;
mod environment;
mod error;
mod events;
mod handle;
mod handler;
mod panics;
mod registry;
mod runner;
mod sessions;
mod stats;
mod watchdog;

pub use polycord_cache as cache;
pub use polycord_gateway as gateway;
pub use polycord_rest as rest;
pub use polycord_shard_manager as shard_manager;
pub use polycord_types as types;

pub use crate::{
    builder::{ClientBuilder, DEFAULT_MAX_CONCURRENT_HANDLERS},
    client::{Client, RunningClient},
    commands::CommandScope,
    context::Context,
    environment::token_from_env,
    error::{Error, ErrorKind},
    handle::ClientHandle,
    handler::{Handler, HandlerError, HandlerResult},
    sessions::session_points,
    stats::ClientStats,
};
