use std::fmt;

use polycord_frame::Payload;

use crate::session::{
    CommandError, CommandId, DispatchName, Generation, Moment, SessionEvent, StopReason,
};

/// What a session tells the driver to do.
///
/// Its `Debug` leaves out the text of secret payloads.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Action {
    /// Dial, and answer with `Connected` or `ConnectFailed`. An earlier connection is over.
    Connect {
        /// The name of the new connection.
        generation: Generation,
        /// Where to, query included.
        url: String,
        /// Whether a session will be resumed on it.
        resuming: bool,
        /// When the session gives up; it says so with a `Close` without a code.
        deadline: Moment,
    },
    /// Send a text frame.
    Send {
        /// The connection.
        generation: Generation,
        /// The frame.
        payload: String,
        /// It contains the token (IDENTIFY, RESUME) and must not be logged.
        secret: bool,
        /// The command that it carries out.
        command: Option<CommandId>,
    },
    /// End the connection or the dial.
    Close {
        /// The connection.
        generation: Generation,
        /// With a close frame of this code, then answer with `Closed`, which is waited for only
        /// briefly; `None`: drop it at once, without a close frame and without an answer.
        code: Option<u16>,
    },
    /// Ask the identify queue for a permit, and answer with `Permit` or `PermitDenied`.
    AcquirePermit {
        /// The connection that will use it.
        generation: Generation,
    },
    /// The permit was used: IDENTIFY was sent.
    SpendPermit {
        /// The connection it was asked for.
        generation: Generation,
    },
    /// The permit is not needed: give it back unused, or withdraw the request.
    ReturnPermit {
        /// The connection it was asked for.
        generation: Generation,
    },
    /// Hand an event to the consumer.
    Dispatch {
        /// Its sequence number.
        seq: Option<u64>,
        /// Where its name lies in the frame that was just handed in.
        name: DispatchName,
        /// Where its payload lies in that frame. Nobody has looked into it unless it came before the header.
        data: Option<Payload>,
        /// It comes from the replay of a resumed session.
        replayed: bool,
    },
    /// A command will not be carried out.
    CommandFailed {
        /// The command, if it has a name.
        command: Option<CommandId>,
        /// Why.
        error: CommandError,
    },
    /// Tell whoever watches.
    Event(SessionEvent),
    /// The session is over. Nothing follows.
    Stopped(StopReason),
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect {
                generation,
                url,
                resuming,
                deadline,
            } => f
                .debug_struct("Connect")
                .field("generation", generation)
                .field("url", url)
                .field("resuming", resuming)
                .field("deadline", deadline)
                .finish(),
            Self::Send {
                generation,
                payload,
                secret,
                command,
            } => f
                .debug_struct("Send")
                .field("generation", generation)
                .field("payload", if *secret { &"…" } else { payload })
                .field("secret", secret)
                .field("command", command)
                .finish(),
            Self::Close { generation, code } => f
                .debug_struct("Close")
                .field("generation", generation)
                .field("code", code)
                .finish(),
            Self::AcquirePermit { generation } => write!(f, "AcquirePermit({generation})"),
            Self::SpendPermit { generation } => write!(f, "SpendPermit({generation})"),
            Self::ReturnPermit { generation } => write!(f, "ReturnPermit({generation})"),
            Self::Dispatch {
                seq,
                name,
                data,
                replayed,
            } => f
                .debug_struct("Dispatch")
                .field("seq", seq)
                .field("name", name)
                .field("data", data)
                .field("replayed", replayed)
                .finish(),
            Self::CommandFailed { command, error } => f
                .debug_struct("CommandFailed")
                .field("command", command)
                .field("error", error)
                .finish(),
            Self::Event(event) => f.debug_tuple("Event").field(event).finish(),
            Self::Stopped(reason) => f.debug_tuple("Stopped").field(reason).finish(),
        }
    }
}
