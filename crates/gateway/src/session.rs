//! The session engine: a state machine without socket, clock, task or randomness.
//!
//! A [`Session`] survives sockets. Whoever drives it feeds it [`Input`]s with the current
//! [`Moment`], carries out the [`Action`]s that [`Session::poll`] gives until it gives none, and calls
//! [`Session::handle`] with [`Input::Timeout`] when [`Session::deadline`] is reached. That is all; the
//! page "the gateway session" of the documentation draws its states.

mod action;
mod backoff;
mod command;
mod config;
mod dispatch_name;
mod engine;
mod event;
mod generation;
mod heartbeat;
mod input;
mod moment;
mod outbox;
mod reason;
mod resume_budget;
mod saved_session;
mod send_window;
mod sequence;
mod state;
mod status;
mod step;

pub use action::Action;
pub use command::{Command, CommandError, CommandId};
pub use config::SessionConfig;
pub use dispatch_name::DispatchName;
pub use engine::Session;
pub use event::SessionEvent;
pub use generation::Generation;
pub use input::{FrameFault, Input};
pub use moment::Moment;
pub use reason::{DisconnectCause, LossReason, StopReason};
pub use saved_session::SavedSession;
pub use state::{Phase, State};
pub use status::{SessionCounters, SessionStatus};
