//! A model server: what it says when, unless a test tells it to misbehave.

use std::collections::VecDeque;

use polycord_gateway::Moment;
use serde_json::{Value, json};

/// The words of a dialect, as its server speaks it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    pub(crate) data: &'static str,
    pub(crate) seq: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) heartbeat: u64,
    pub(crate) identify: u64,
    pub(crate) resume: u64,
    pub(crate) reconnect: u64,
    pub(crate) invalid: u64,
    pub(crate) hello: u64,
    pub(crate) ack: u64,
    pub(crate) ready: &'static str,
    pub(crate) resumed: &'static str,
    /// RESUMED repeats the last number instead of taking its own.
    pub(crate) resumed_repeats: bool,
    pub(crate) presence: u64,
    /// Some request of the client.
    pub(crate) request: u64,
    /// Whether a close with this code ends the session, and another one may follow.
    pub(crate) ends_session: fn(u16) -> bool,
    /// IDENTIFY carries a presence.
    pub(crate) identify_has_presence: bool,
    /// The payload of "invalid session" is an object, and the server ends the connection after it.
    pub(crate) invalid_is_an_object: bool,
    /// What is null is left out of a frame.
    pub(crate) leaves_nulls_out: bool,
    /// A session is not resumed while its old connection seems to live.
    pub(crate) clings_to_connections: bool,
    /// A close frame of the client ends the session, whatever its code.
    pub(crate) close_frames_end: bool,
    /// Ends of a connection that the session survives.
    pub(crate) keeping: &'static [Option<u16>],
    /// Some close codes that end the session.
    pub(crate) ending: &'static [u16],
    /// Close codes that forbid to come back.
    pub(crate) fatal: &'static [u16],
}

pub(crate) const DISCORD: Words = Words {
    data: "d",
    seq: "s",
    kind: "t",
    heartbeat: 1,
    identify: 2,
    resume: 6,
    reconnect: 7,
    invalid: 9,
    hello: 10,
    ack: 11,
    ready: "READY",
    resumed: "RESUMED",
    resumed_repeats: false,
    presence: 3,
    request: 8,
    ends_session: |code| matches!(code, 4007 | 4009),
    identify_has_presence: true,
    invalid_is_an_object: false,
    leaves_nulls_out: false,
    clings_to_connections: false,
    close_frames_end: false,
    keeping: &[
        None,
        Some(1000),
        Some(1001),
        Some(1005),
        Some(1006),
        Some(1011),
        Some(4000),
        Some(4006),
        Some(4008),
        Some(4999),
    ],
    ending: &[4007, 4009],
    fatal: &[4004, 4010, 4011, 4012, 4013, 4014],
};

/// What becomes of a dial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dial {
    Accept,
    Refuse,
    Silence,
}

/// What the server does at some point of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    /// As documented.
    Serve,
    Silence,
    Reconnect,
    Invalid(bool),
    Close(Option<u16>),
    /// As documented, and then at once a close.
    ServeThenClose(Option<u16>),
}

/// What the server puts on the wire.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said {
    Frame(String),
    Close(Option<u16>),
}

/// A reply that is scripted for the next occasions, and then stays the same.
#[derive(Clone, Debug)]
pub(crate) struct Script<T> {
    pub(crate) next: VecDeque<T>,
    pub(crate) then: T,
}

impl<T: Copy> Script<T> {
    const fn always(then: T) -> Self {
        Self {
            next: VecDeque::new(),
            then,
        }
    }

    pub(crate) fn push(&mut self, times: usize, reply: T) {
        self.next.extend(std::iter::repeat_n(reply, times));
    }

    pub(crate) fn take(&mut self) -> T {
        self.next.pop_front().unwrap_or(self.then)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Peer {
    pub(crate) words: Words,
    pub(crate) dial: Script<Dial>,
    pub(crate) hello: Script<Reply>,
    pub(crate) identify: Script<Reply>,
    pub(crate) resume: Script<Reply>,
    pub(crate) acks: bool,
    pub(crate) interval: Option<u64>,
    pub(crate) sessions: u64,
    /// The dispatches of the current session, numbered from one; READY is the first.
    pub(crate) log: Vec<String>,
    /// Whether a session can still be resumed.
    pub(crate) alive: bool,
    /// What it was told, and when.
    pub(crate) heard: Vec<(Moment, u64, Value)>,
    /// The close frames it saw, `None` for a connection that was dropped.
    pub(crate) left: Vec<(Moment, Option<u16>)>,
    /// The client has left a connection without this server's noticing.
    pub(crate) clings: bool,
    /// Whether the current connection has the session, so that it is told what happens.
    pub(crate) attached: bool,
}

impl Peer {
    pub(crate) const fn new(words: Words) -> Self {
        Self {
            words,
            dial: Script::always(Dial::Accept),
            hello: Script::always(Reply::Serve),
            identify: Script::always(Reply::Serve),
            resume: Script::always(Reply::Serve),
            acks: true,
            interval: Some(40_000),
            sessions: 0,
            log: Vec::new(),
            alive: false,
            heard: Vec::new(),
            left: Vec::new(),
            clings: false,
            attached: false,
        }
    }

    pub(crate) fn greet(&mut self) -> Vec<Said> {
        self.attached = false;
        let reply = self.hello.take();
        let hello = match self.interval {
            Some(interval) => {
                self.frame(self.words.hello, &json!({"heartbeat_interval": interval}))
            }
            None => self.frame(self.words.hello, &json!({})),
        };
        self.answer(reply, vec![hello])
    }

    /// The client leaves.
    pub(crate) fn leave(&mut self, now: Moment, code: Option<u16>) {
        self.left.push((now, code));
        let ends = self.words.close_frames_end || matches!(code, Some(1000 | 1001));
        self.alive &= code.is_none() || !ends;
    }

    pub(crate) fn hear(&mut self, now: Moment, op: u64, data: &Value) -> Vec<Said> {
        self.heard.push((now, op, data.clone()));
        if op == self.words.heartbeat {
            if !self.acks {
                return Vec::new();
            }
            return vec![self.frame(self.words.ack, &Value::Null)];
        }
        if op == self.words.identify {
            let reply = self.identify.take();
            if !matches!(reply, Reply::Serve | Reply::ServeThenClose(_)) {
                return self.answer(reply, Vec::new());
            }
            let ready = self.begin();
            return self.answer(reply, vec![ready]);
        }
        if op == self.words.resume {
            let reply = self.resume.take();
            if !matches!(reply, Reply::Serve | Reply::ServeThenClose(_)) {
                return self.answer(reply, Vec::new());
            }
            if self.clings && self.words.clings_to_connections {
                return self.answer(Reply::Invalid(false), Vec::new());
            }
            let id = format!("session-{}", self.sessions);
            let seq = data["seq"].as_u64().expect("RESUME has a sequence number");
            if !self.alive || data["session_id"] != id || seq > self.log.len() as u64 {
                return self.answer(Reply::Invalid(false), Vec::new());
            }
            self.attached = true;
            let said = self.replay(seq);
            return self.answer(reply, said);
        }
        Vec::new()
    }

    /// Begins a session, as IDENTIFY wants it.
    pub(crate) fn begin(&mut self) -> Said {
        self.sessions += 1;
        self.alive = true;
        self.clings = false;
        self.attached = true;
        self.log.clear();
        self.ready()
    }

    /// A new dispatch of the session; it is logged whether or not anybody hears it.
    pub(crate) fn event(&mut self, name: &str) -> Said {
        self.log.push(name.to_owned());
        let seq = self.log.len() as u64;
        self.dispatch(seq, name, &json!({"n": seq}))
    }

    pub(crate) fn dispatch(&self, seq: u64, name: &str, data: &Value) -> Said {
        let words = &self.words;
        Said::Frame(
            json!({words.data: data, "op": 0, words.seq: seq, words.kind: name}).to_string(),
        )
    }

    /// The next event, its payload no JSON.
    pub(crate) fn broken_event(&mut self) -> Said {
        self.log.push("BROKEN".to_owned());
        let Words {
            data, seq, kind, ..
        } = self.words;
        let number = self.log.len();
        Said::Frame(format!(
            r#"{{"{kind}":"BROKEN","{seq}":{number},"op":0,"{data}":{{"broken":}}}}"#
        ))
    }

    pub(crate) fn frame(&self, op: u64, data: &Value) -> Said {
        if data.is_null() && self.words.leaves_nulls_out {
            return Said::Frame(json!({"op": op}).to_string());
        }
        Said::Frame(json!({"op": op, self.words.data: data}).to_string())
    }

    pub(crate) fn invalid(&self, resumable: bool) -> Said {
        let data = if self.words.invalid_is_an_object {
            json!({"resumable": resumable})
        } else {
            json!(resumable)
        };
        self.frame(self.words.invalid, &data)
    }

    pub(crate) fn resume_url(&self) -> String {
        format!("wss://resume-{}.example", self.sessions)
    }

    fn ready(&mut self) -> Said {
        self.log.push(self.words.ready.to_owned());
        let data = json!({
            "user": {"id": "1"},
            "session_id": format!("session-{}", self.sessions),
            "resume_gateway_url": self.resume_url(),
        });
        self.dispatch(1, self.words.ready, &data)
    }

    fn replay(&mut self, after: u64) -> Vec<Said> {
        let skip = usize::try_from(after).expect("small");
        let mut said: Vec<_> = self
            .log
            .iter()
            .enumerate()
            .skip(skip)
            .map(|(at, name)| {
                let seq = at as u64 + 1;
                self.dispatch(seq, name, &json!({"n": seq}))
            })
            .collect();
        let name = self.words.resumed;
        if !self.words.resumed_repeats {
            self.log.push(name.to_owned());
        }
        said.push(self.dispatch(self.log.len() as u64, name, &json!({})));
        said
    }

    fn answer(&mut self, reply: Reply, mut served: Vec<Said>) -> Vec<Said> {
        match reply {
            Reply::Serve => served,
            Reply::Silence => Vec::new(),
            Reply::Reconnect => vec![self.frame(self.words.reconnect, &Value::Null)],
            Reply::Invalid(resumable) => {
                let mut said = vec![self.invalid(resumable)];
                if self.words.invalid_is_an_object {
                    said.push(Said::Close(None));
                }
                said
            }
            Reply::Close(code) => {
                self.attached = false;
                vec![Said::Close(code)]
            }
            Reply::ServeThenClose(code) => {
                self.attached = false;
                served.push(Said::Close(code));
                served
            }
        }
    }
}
