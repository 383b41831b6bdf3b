//! The way to talk to a shard.

use std::{error::Error as StdError, fmt, sync::Arc, time::Duration};

use tokio::time::timeout;

use crate::{
    Command, SavedSession, ShardId, ShardStatus, StopReason, inbox::Refusal, shared::Shared,
};

/// How long a shutdown is waited for. The session bounds its own goodbye to 2 seconds.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// Sends to a [`Shard`](crate::Shard) and controls it. Cheap to clone, usable from every task.
///
/// It does not keep the shard alive.
#[derive(Clone)]
pub struct ShardHandle {
    pub(crate) max_payload: usize,
    pub(crate) shared: Arc<Shared>,
}

impl ShardHandle {
    /// Which shard it is.
    #[must_use]
    pub fn id(&self) -> ShardId {
        self.shared.shard()
    }

    /// Queues a command. It is sent as soon as the session is ready and the send limit lets it
    /// through, also after a reconnect.
    ///
    /// # Errors
    /// Gives the command back when the queue is full, when the shard has stopped, and when the
    /// frame would be larger than the gateway accepts.
    pub fn send(&self, command: impl Into<Command>) -> Result<(), SendError> {
        let command = command.into();
        let size = frame_size(&command);
        if size > self.max_payload {
            let kind = SendErrorKind::TooLarge {
                size,
                limit: self.max_payload,
            };
            return Err(SendError { kind, command });
        }
        if self.shared.is_stopped() {
            return Err(SendError {
                kind: SendErrorKind::Closed,
                command,
            });
        }
        self.shared
            .send(command)
            .map_err(|(refusal, command)| SendError {
                kind: match refusal {
                    Refusal::Closed => SendErrorKind::Closed,
                    Refusal::Full => SendErrorKind::Full,
                },
                command,
            })
    }

    /// What the shard is doing now.
    #[must_use]
    pub fn status(&self) -> ShardStatus {
        self.shared.status()
    }

    /// Resolves when the status fits `condition`, with that status; `None` if the shard ends first.
    ///
    /// # Cancel safety
    /// Safe: nothing is consumed.
    pub async fn wait_for(
        &self,
        condition: impl FnMut(&ShardStatus) -> bool + Send,
    ) -> Option<ShardStatus> {
        self.shared.wait_for(condition).await
    }

    /// Ends a backoff: the shard tries to connect at once.
    pub fn wake(&self) {
        self.shared.wish(|wishes| wishes.wakes += 1);
    }

    /// Stops the shard so that its session can be resumed, by this process or another, within
    /// minutes. `None` if there was no session, or if it could not be left within 5 seconds.
    ///
    /// The events that wait in the [`Shard`](crate::Shard) at that time count as handed on: go on
    /// reading until [`ShardEvent::Stopped`](crate::ShardEvent::Stopped) to have them all.
    ///
    /// # Cancel safety
    /// Dropping the future does not take the order back.
    pub async fn close_resumable(&self) -> Option<SavedSession> {
        match self.stop(true).await? {
            StopReason::Shutdown { saved } => saved,
            _ => None,
        }
    }

    /// Stops the shard and ends its session. Returns within 5 seconds.
    ///
    /// # Cancel safety
    /// Dropping the future does not take the order back.
    pub async fn shutdown(&self) {
        self.stop(false).await;
    }

    async fn stop(&self, resumable: bool) -> Option<StopReason> {
        self.shared.wish(|wishes| {
            wishes.stop.get_or_insert(resumable);
        });
        let stopped = self.wait_for(|status| status.stopped.is_some());
        timeout(SHUTDOWN_TIMEOUT, stopped).await.ok()??.stopped
    }
}

impl fmt::Debug for ShardHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShardHandle")
            .field("shard", &self.id())
            .finish_non_exhaustive()
    }
}

/// The length of `{"op":N,"d":DATA}`.
fn frame_size(command: &Command) -> usize {
    let digits = command.op().checked_ilog10().unwrap_or(0) as usize + 1;
    r#"{"op":,"d":}"#.len() + digits + command.data().len()
}

/// A command that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendError {
    kind: SendErrorKind,
    command: Command,
}

/// Why a command was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SendErrorKind {
    /// The shard has stopped.
    Closed,
    /// As many commands wait as may wait.
    Full,
    /// Its frame would be larger than the gateway accepts.
    TooLarge {
        /// The size of the frame, in bytes.
        size: usize,
        /// The largest that is accepted, in bytes.
        limit: usize,
    },
}

impl SendError {
    /// Why.
    #[must_use]
    pub fn kind(&self) -> SendErrorKind {
        self.kind
    }

    /// Whether the same command may be taken later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.kind == SendErrorKind::Full
    }

    /// The command, given back.
    #[must_use]
    pub fn into_command(self) -> Command {
        self.command
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            SendErrorKind::Closed => f.write_str("the shard has stopped: start another one"),
            SendErrorKind::Full => {
                f.write_str("too many commands are waiting: send fewer, or later")
            }
            SendErrorKind::TooLarge { size, limit } => write!(
                f,
                "the frame has {size} bytes where the gateway accepts {limit}: \
                 send less in one command"
            ),
        }
    }
}

impl StdError for SendError {}
