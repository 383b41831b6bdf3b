#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod builder;
mod error;
mod event;
mod fleet;
mod gateway_info;
mod handle;
mod identify_queue;
mod manager;
mod plan;
mod supervisor;

#[cfg(feature = "http")]
pub use gateway_info::RestGatewayInfo;
pub use {
    builder::ShardManagerBuilder,
    error::{Error, ErrorKind},
    event::{ManagerEvent, Outcome},
    gateway_info::{BoxError, FixedGatewayInfo, GatewayInfo},
    handle::ManagerHandle,
    identify_queue::LocalIdentifyQueue,
    manager::ShardManager,
    plan::ShardPlan,
};
