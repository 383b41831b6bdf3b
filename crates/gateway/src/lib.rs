#![doc = include_str!("../README.md")]

mod address;
#[cfg(feature = "discord")]
mod command_payload;
mod config;
mod connection;
mod connector;
mod dispatch;
mod driver;
mod error;
mod event_names;
#[cfg(all(feature = "fuzzing", feature = "zlib", feature = "zstd"))]
#[doc(hidden)]
pub mod fuzzing;
mod identify_queue;
mod inbox;
#[cfg(any(feature = "zlib", feature = "zstd"))]
mod inflate;
mod interest;
mod mailbox;
#[cfg(feature = "metrics")]
mod metrics;
#[cfg(not(feature = "metrics"))]
mod no_metrics;
#[cfg(not(feature = "discord"))]
mod no_requests;
mod observer;
mod overflow;
mod protocol;
#[cfg(feature = "discord")]
mod requests;
mod session;
mod shard;
mod shard_event;
mod shard_handle;
mod shard_id;
mod shard_status;
mod shared;
mod story;
mod tap;
mod tls;
mod token;
mod wire;

pub use config::{
    Compression, DEFAULT_BUFFER, DEFAULT_COMMANDS, DEFAULT_MAX_FRAME_BYTES,
    DEFAULT_MAX_MESSAGE_BYTES, ShardConfig,
};
pub use connector::{BoxFuture, Connector, Io, Target, TcpConnector};
pub use dispatch::Dispatch;
pub use error::{Error, ErrorKind};
pub use event_names::{EventName, EventNames};
pub use identify_queue::{BudgetExhausted, IdentifyPermit, IdentifyQueue, SerialIdentifyQueue};
pub use interest::Interest;
pub use overflow::Overflow;
#[cfg(feature = "discord")]
pub use protocol::Discord;
pub use protocol::{
    CloseMeaning, DispatchRole, Leave, Opcode, Protocol, RateLimit, ReadySession, Rules,
    SentOpcodes,
};
#[cfg(feature = "discord")]
pub use requests::{
    ChannelInfoRequest, MemberRequest, Members, RequestError, SoundboardRequest,
    VoiceConnectionInfo, VoiceJoin,
};
pub use session::{
    Action, Command, CommandError, CommandId, DisconnectCause, DispatchName, FrameFault,
    Generation, Input, LossReason, Moment, Phase, SavedSession, Session, SessionConfig,
    SessionCounters, SessionEvent, SessionStatus, State, StopReason,
};
pub use shard::Shard;
pub use shard_event::ShardEvent;
pub use shard_handle::{SendError, SendErrorKind, ShardHandle};
pub use shard_id::{ParseShardIdError, ShardId};
pub use shard_status::ShardStatus;
pub use tap::{Tap, TapStats};
pub use token::Token;

#[cfg(not(feature = "discord"))]
use no_requests as requests;
