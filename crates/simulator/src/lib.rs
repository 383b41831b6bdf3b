#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
// Actors and faults are called for what they do; what they give is often of no interest.
#![allow(clippy::must_use_candidate)]

mod actors;
mod builder;
mod compression;
mod content;
mod core;
mod counts;
mod error;
mod expect;
mod faults;
mod gateway;
mod ids;
mod intents;
mod journal;
mod outgoing;
mod record;
mod rest;
mod scenario;
mod schedule;
mod server;
mod simulator;
#[cfg(feature = "tls")]
mod tls;
mod traffic;
mod world;

pub use self::{
    actors::{Chosen, CommandOption, Filled, Refusal, SkuKind, VoiceFlag},
    builder::Builder,
    counts::Counts,
    error::{Error, ErrorKind},
    expect::{Message, NotSeen, Response},
    faults::{Altered, Answer, Dialled, Fault, RequestFault, Script},
    journal::{Entry, EntryKind, Journal, SentDispatch},
    scenario::{Scenario, UnknownScenario},
    schedule::{BadSchedule, Disturbance, Schedule, Step},
    simulator::Simulator,
    traffic::{Act, Mix, Traffic},
    world::{
        ChannelView, EmojiView, GuildBuilder, GuildView, MemberBuilder, MemberView, RoleBuilder,
        RoleView, UserView, World, WorldView,
    },
};
