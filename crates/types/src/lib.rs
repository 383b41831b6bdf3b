#![doc = include_str!("../README.md")]
// In PATCH bodies absent, `null` and a value are three different things.
#![allow(clippy::option_option)]
// The derive repeats the types of fields where `Self` means another type.
#![allow(clippy::use_self)]

// The derive names this crate by its path, inside as well as outside.
extern crate self as polycord_types;

#[macro_use]
mod setters;

#[doc(hidden)]
#[macro_use]
pub mod model;

pub mod activity;
pub mod application;
pub mod application_command;
pub mod audit_log;
pub mod auto_moderation;
pub mod ban;
#[cfg(feature = "catalog")]
pub mod catalog;
pub mod cdn;
pub mod certified_device;
pub mod channel;
pub mod component;
pub mod data_uri;
pub mod decode;
pub mod emoji;
pub mod entitlement;
pub mod error_code;
pub mod gateway;
pub mod guild;
pub mod id;
pub mod integration;
pub mod interaction;
pub mod invite;
pub mod lobby;
pub mod locale;
pub mod member;
pub mod mention;
pub mod message;
pub mod oauth2;
pub mod permissions;
pub mod poll;
pub mod presence;
pub mod rate_limit;
pub mod reference;
pub mod role;
pub mod role_connection;
pub mod rpc;
pub mod scheduled_event;
pub mod sku;
pub mod soundboard;
pub mod stage;
pub mod sticker;
pub mod subscription;
pub mod team;
pub mod template;
pub mod thread;
pub mod user;
pub mod validate;
pub mod voice;
pub mod webhook;
pub mod webhook_event;

mod color;
mod command_name;
mod flag_text;
#[cfg(feature = "heap-size")]
mod heap_size;
mod image_hash;
mod secret;
mod text;
mod timestamp;

#[cfg(feature = "heap-size")]
pub use self::heap_size::HeapSize;
pub use self::{
    color::{Color, ParseColorError},
    image_hash::ImageHash,
    permissions::set::Permissions,
    secret::Secret,
    text::Text,
    timestamp::{ParseTimestampError, Timestamp},
};
