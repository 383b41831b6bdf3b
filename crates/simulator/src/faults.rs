//! What can go wrong, by name.

mod request;

use std::time::Duration;

pub use self::request::RequestFault;

/// Something that goes wrong on a connection to come, given to [`Simulator::script`].
///
/// Each is played once, on the first connection that reaches the point where it bites; see
/// [`Script`] for more often, and for one URL only.
///
/// [`Simulator::script`]: crate::Simulator::script
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
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
    /// From its next heartbeat on, none is acknowledged on that connection; events flow.
    WithholdAcks,
    /// The next dispatch is cut off in its middle and the connection with it: half a deflate
    /// block under compression, half a websocket frame without.
    CutInMidFrame,
    /// The next dispatch (of this name, if one is given) takes its sequence number and its place in
    /// the journal, and is never sent: sabotage, to prove that a test can fail.
    DropEvent(Option<String>),
    /// Something goes wrong with a request over the gateway, or with its answer.
    Request(RequestFault),
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
}

impl From<Fault> for Script {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            times: 1,
            url: Dialled::Any,
            shard: None,
        }
    }
}

/// Who a point in a connection's life belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) shard: Option<u32>,
    pub(crate) resume_url: bool,
}

/// The faults still to be played, in the order given.
#[derive(Debug, Default)]
pub(crate) struct Scripts {
    waiting: Vec<Script>,
}

impl Scripts {
    pub(crate) fn push(&mut self, script: Script) {
        if script.times > 0 {
            self.waiting.push(script);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    /// The first fault for this place that `bites` knows; `live` says which shards are connected.
    ///
    /// Before IDENTIFY a connection to the main URL has no shard yet: one scripted for a shard is
    /// taken to be meant if that shard is not connected.
    pub(crate) fn take(
        &mut self,
        place: Place,
        live: impl Fn(u32) -> bool,
        bites: impl Fn(&Fault) -> bool,
    ) -> Option<Fault> {
        let at = self.waiting.iter().position(|script| {
            let url = match script.url {
                Dialled::Any => true,
                Dialled::Main => !place.resume_url,
                Dialled::Resume => place.resume_url,
            };
            let shard = match (script.shard, place.shard) {
                (None, _) => true,
                (Some(wanted), Some(shard)) => wanted == shard,
                (Some(wanted), None) => !live(wanted),
            };
            url && shard && bites(&script.fault)
        })?;
        let script = self.waiting.get_mut(at)?;
        let fault = script.fault.clone();
        if script.times != u32::MAX {
            script.times -= 1;
        }
        if script.times == 0 {
            self.waiting.remove(at);
        }
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIN: Place = Place {
        shard: None,
        resume_url: false,
    };
    const RESUME: Place = Place {
        shard: Some(1),
        resume_url: true,
    };

    #[test]
    fn a_fault_is_played_as_often_and_where_it_was_asked_for() {
        let mut scripts = Scripts::default();
        scripts.push(Fault::HttpStatus(503).times(2).at(Dialled::Resume));
        let http = |fault: &Fault| matches!(fault, Fault::HttpStatus(_));
        assert_eq!(scripts.take(MAIN, |_| false, http), None);
        assert_eq!(
            scripts.take(RESUME, |_| false, |f| *f == Fault::NoHello),
            None
        );
        assert_eq!(
            scripts.take(RESUME, |_| false, http),
            Some(Fault::HttpStatus(503))
        );
        assert_eq!(
            scripts.take(RESUME, |_| false, http),
            Some(Fault::HttpStatus(503))
        );
        assert_eq!(scripts.take(RESUME, |_| false, http), None);
    }

    #[test]
    fn before_identify_a_fault_is_for_the_shard_that_is_missing() {
        let mut scripts = Scripts::default();
        scripts.push(Script {
            shard: Some(1),
            ..Script::from(Fault::NoHello)
        });
        let any = |_: &Fault| true;
        assert_eq!(scripts.take(MAIN, |shard| shard == 1, any), None);
        assert_eq!(scripts.take(MAIN, |_| false, any), Some(Fault::NoHello));
    }
}
