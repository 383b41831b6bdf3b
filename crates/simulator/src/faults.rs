//! What can go wrong, by name.

mod alter;
mod answer;
mod inject;
mod request;
mod scripts;

use std::time::Duration;

use serde_json::Value;

pub(crate) use self::{
    alter::alter,
    scripts::{Place, Scripts},
};
pub use self::{answer::Answer, request::RequestFault};

/// Something that goes wrong on a connection to come, given to [`Simulator::script`].
///
/// Each is played once, on the first connection that reaches the point where it bites; see
/// [`Script`] for more often, and for one URL only.
///
/// [`Simulator::script`]: crate::Simulator::script
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection is closed before anything is said on it, in the middle of a TLS handshake if there is
    /// one. It bites on whichever connection is opened next, also on one that was to be for REST.
    CutInHandshake,
    /// The certificate is of an authority that nobody trusts; nothing without TLS. It bites as
    /// [`Self::CutInHandshake`] does.
    BadCertificate,
    /// The upgrade is never answered.
    NoUpgrade,
    /// The websocket opens, HELLO never comes.
    NoHello,
    /// The connection is closed instead of HELLO: with a code, or cut with `None`.
    CloseBeforeHello(Option<u16>),
    /// The connection is closed right after HELLO: with a code, or cut with `None`.
    CloseAfterHello(Option<u16>),
    /// The upgrade is answered with this HTTP status.
    HttpStatus(u16),
    /// Op 7 (reconnect) comes instead of HELLO.
    ReconnectInsteadOfHello,
    /// Op 9 (invalid session, not resumable) comes before HELLO.
    InvalidSessionBeforeHello,
    /// IDENTIFY is answered with op 9, not resumable.
    InvalidSessionOnIdentify,
    /// IDENTIFY is answered with this close code.
    CloseOnIdentify(u16),
    /// READY comes late by so much; heartbeats are answered meanwhile.
    DelayReady(Duration),
    /// The first guild of READY stays unavailable: no `GUILD_CREATE` for it, until an
    /// [outage](crate::Simulator::outage) of it ends.
    WithholdGuild,
    /// Before its `GUILD_CREATE`, the first guild is said to be unavailable twice: `GUILD_DELETE`.
    RepeatOutage,
    /// The READY of another shard than this one cuts this one's connection.
    CutByReadyOfAnother(u32),
    /// The connection is cut as soon as READY is written: what a re-IDENTIFY may meet.
    CutAfterReady,
    /// RESUME is answered with close code 4007 (invalid sequence), and the session is gone.
    RefuseResumeWith4007,
    /// RESUME is answered with op 9. The session lives on when it is said to be resumable.
    InvalidSessionOnResume {
        /// The `d` of op 9.
        resumable: bool,
    },
    /// RESUME is answered with a close: with a code, or cut with `None`. The session lives on.
    CloseOnResume(Option<u16>),
    /// The replay begins so many dispatches too early: the client gets them a second time.
    ReplayAgain(u64),
    /// The connection is cut as soon as RESUMED is written.
    CutAfterResumed,
    /// The next dispatch's number is higher by so much than it should be: `s` jumps, nothing is lost.
    SkipSequence(u64),
    /// From its next heartbeat on, none is acknowledged on that connection; events flow.
    WithholdAcks,
    /// The next heartbeat is acknowledged late by so much.
    DelayAck(Duration),
    /// The client's close frame is not answered: so much later the server closes with 4009, as if it
    /// had not seen it.
    LateClose(Duration),
    /// The next dispatch is cut off in its middle and the connection with it: half a deflate
    /// block under compression, half a websocket frame without.
    CutInMidFrame,
    /// From the next dispatch on, messages come in parts of so many bytes: in several messages under
    /// `zlib-stream`, which ends them by its marker, else in several frames of one.
    SplitMessages(usize),
    /// The next dispatch (of this name, if one is given) takes its sequence number and its place in
    /// the journal, and is never sent: sabotage, to prove that a test can fail.
    DropEvent(Option<String>),
    /// The next dispatch of this name has a field that is not as documented.
    Alter {
        /// The event's name.
        event: String,
        /// Which field of its payload, as a JSON pointer: `/guilds/0/id`. Where there is none, one is
        /// added by [`Altered::Value`], and nothing happens else.
        field: String,
        /// What becomes of it.
        to: Altered,
    },
    /// A REST request is answered with something else, and does nothing.
    Answer {
        /// Which: a path below `/api/v10`, such as `/gateway/bot`; `*` for every one.
        path: String,
        /// The answer.
        with: Answer,
    },
    /// Something goes wrong with a request over the gateway, or with its answer.
    Request(RequestFault),
}

/// What becomes of a field by [`Fault::Alter`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Altered {
    /// It is left out.
    Missing,
    /// It is null.
    Null,
    /// It is of another kind: a number where there was a text, a text where there was anything else.
    Retyped,
    /// It is this.
    Value(Value),
}

impl Fault {
    /// This fault, `times` times.
    #[must_use]
    pub fn times(self, times: u32) -> Script {
        Script {
            times,
            ..Script::from(self)
        }
    }

    /// This fault, on every connection until [`Simulator::clear_script`].
    ///
    /// [`Simulator::clear_script`]: crate::Simulator::clear_script
    #[must_use]
    pub fn always(self) -> Script {
        self.times(u32::MAX)
    }

    /// This fault, on connections to one URL only.
    #[must_use]
    pub fn at(self, url: Dialled) -> Script {
        Script::from(self).at(url)
    }

    /// This fault, on every connection for so long.
    #[must_use]
    pub fn lasting(self, time: Duration) -> Script {
        self.always().lasting(time)
    }
}

/// Which URL a connection was dialled at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialled {
    /// Any.
    Any,
    /// The gateway URL of `GET /gateway/bot`.
    Main,
    /// The `resume_gateway_url` of READY.
    Resume,
}

/// A [`Fault`] with how often and where it is played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    pub(crate) fault: Fault,
    pub(crate) times: u32,
    pub(crate) url: Dialled,
    pub(crate) shard: Option<u32>,
    pub(crate) lasting: Option<Duration>,
}

impl Script {
    /// On connections to this URL only. Default: any.
    #[must_use]
    pub fn at(mut self, url: Dialled) -> Self {
        self.url = url;
        self
    }

    /// So many times. Default: once.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Not later than so long after it was given. Default: whenever.
    #[must_use]
    pub fn lasting(mut self, time: Duration) -> Self {
        self.lasting = Some(time);
        self
    }
}

impl From<Fault> for Script {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            times: 1,
            url: Dialled::Any,
            shard: None,
            lasting: None,
        }
    }
}
