#![doc = include_str!("../README.md")]

mod protocol;
mod session;
mod shard_id;
mod token;

#[cfg(feature = "discord")]
pub use protocol::Discord;
pub use protocol::{
    CloseMeaning, DispatchRole, Leave, Opcode, Protocol, RateLimit, ReadySession, Rules,
};
pub use session::{
    Action, Command, CommandError, CommandId, DisconnectCause, FrameFault, Generation, Input,
    LossReason, Moment, Phase, SavedSession, Session, SessionConfig, SessionCounters, SessionEvent,
    SessionStatus, State, StopReason,
};
pub use shard_id::{ParseShardIdError, ShardId};
pub use token::Token;
