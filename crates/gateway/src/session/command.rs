use std::{error::Error, fmt};

/// Names a command, so that its fate can be told. Whoever sends it chooses one; those from `1 << 63` on are taken
/// by the requests of a [`ShardHandle`](crate::ShardHandle).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(pub u64);

/// Something for a session to send: an opcode and its payload, already encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    pub(crate) id: Option<CommandId>,
    pub(crate) op: u64,
    pub(crate) data: String,
    pub(crate) presence: bool,
}

impl Command {
    /// The command with this opcode (of the dialect) and payload (JSON, what goes under `d`).
    #[must_use]
    pub fn new(op: u64, data: impl Into<String>) -> Self {
        Self {
            id: None,
            op,
            data: data.into(),
            presence: false,
        }
    }

    /// A presence update. A later one takes the place of one that waits, and the latest goes along
    /// with every IDENTIFY, so that a new session shows it again.
    #[must_use]
    pub fn presence(op: u64, data: impl Into<String>) -> Self {
        Self {
            presence: true,
            ..Self::new(op, data)
        }
    }

    /// Names the command.
    #[must_use]
    pub const fn with_id(mut self, id: CommandId) -> Self {
        self.id = Some(id);
        self
    }

    /// The name of the command.
    #[must_use]
    pub const fn id(&self) -> Option<CommandId> {
        self.id
    }

    /// The opcode.
    #[must_use]
    pub const fn op(&self) -> u64 {
        self.op
    }

    /// The payload, as JSON.
    #[must_use]
    pub fn data(&self) -> &str {
        &self.data
    }
}

/// Why a command was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CommandError {
    /// As many commands are waiting as may wait.
    QueueFull,
    /// The session has stopped.
    Stopped,
    /// A later presence update took its place.
    Superseded,
    /// Its frame would be larger than the server accepts.
    TooLarge {
        /// The size of the frame, in bytes.
        size: usize,
        /// The largest that is accepted, in bytes.
        limit: usize,
    },
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::QueueFull => f.write_str("too many commands are waiting: send fewer, or later"),
            Self::Stopped => f.write_str("the session has stopped"),
            Self::Superseded => f.write_str("a later presence update took its place"),
            Self::TooLarge { size, limit } => write!(
                f,
                "the frame has {size} bytes where the gateway accepts {limit}: send less in one command"
            ),
        }
    }
}

impl Error for CommandError {}
