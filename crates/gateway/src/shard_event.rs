//! What a shard tells its consumer.

use crate::{CommandError, CommandId, Dispatch, SessionEvent, StopReason};

/// What a [`Shard`](crate::Shard) tells its consumer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ShardEvent {
    /// A command sent with [`ShardHandle::send`](crate::ShardHandle::send) will not be carried out.
    CommandFailed {
        /// The command, if it was given a name.
        command: Option<CommandId>,
        /// Why.
        error: CommandError,
    },
    /// An event of the gateway.
    Dispatch(Dispatch),
    /// Something happened to the session.
    Session(SessionEvent),
    /// The shard has stopped: the last item.
    Stopped(StopReason),
}

impl ShardEvent {
    /// Whether it may be dropped for a consumer that has stopped reading, since a
    /// [`ShardStatus`](crate::ShardStatus) tells the same.
    pub(crate) fn is_informational(&self) -> bool {
        matches!(
            self,
            Self::Session(
                SessionEvent::StateChanged { .. }
                    | SessionEvent::Hello { .. }
                    | SessionEvent::HeartbeatAcked { .. }
                    | SessionEvent::HeartbeatMissed { .. }
                    | SessionEvent::Reconnecting { .. }
                    | SessionEvent::ReadyDelayed { .. }
                    | SessionEvent::BadFrame { .. }
                    | SessionEvent::UnknownOpcode { .. }
            )
        )
    }
}
