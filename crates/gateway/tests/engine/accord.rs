//! A second dialect through the same engine, so that the seam stays honest: Accord's table.

use std::time::Duration;

use polycord_frame::{Keys, member};
use polycord_gateway::{
    CloseMeaning, DispatchRole, Input, Leave, LossReason, Opcode, Protocol, RateLimit,
    ReadySession, Rules, SentOpcodes, SessionConfig, SessionEvent, State, StopReason,
};
use serde_json::json;

use crate::{
    peer::{Reply, Words},
    rig::{Entry, Rig, seconds},
};

pub(crate) const ACCORD: Words = Words {
    data: "data",
    seq: "seq",
    kind: "type",
    heartbeat: 1,
    identify: 2,
    resume: 3,
    reconnect: 6,
    invalid: 7,
    hello: 5,
    ack: 4,
    ready: "ready",
    resumed: "resumed",
    resumed_repeats: true,
    presence: 9,
    ends_session: |code| !matches!(code, 4003 | 4004 | 4012..=4014),
    identify_has_presence: false,
};

pub(crate) struct Accord(Rules);

impl Accord {
    pub(crate) fn new() -> Self {
        let mut rules = Rules::discord();
        rules.keys = Keys::new("op", "data", "seq", "type");
        rules.opcodes = SentOpcodes {
            heartbeat: 1,
            identify: 2,
            resume: 3,
        };
        rules.identify_needs_permit = false;
        rules.identify_spacing = Duration::ZERO;
        // The backoff is all the wait there is.
        rules.invalid_session_wait = Duration::ZERO..=Duration::ZERO;
        rules.invalid_identify_limit = Some(3);
        rules.leave_resumably = Leave::Drop;
        rules.dispatch_without_seq = true;
        rules.resumed_repeats_seq = true;
        rules.send_limit = RateLimit::new(120, seconds(60));
        rules.heartbeats_count = false;
        rules.presence_limit = None;
        Self(rules)
    }
}

impl Protocol for Accord {
    type Intents = [&'static str; 2];

    fn rules(&self) -> &Rules {
        &self.0
    }

    fn dialect(&self) -> &'static str {
        "accord"
    }

    fn intents(&self) -> &[&'static str; 2] {
        &["messages", "spaces"]
    }

    fn connect_url(&self, _: Option<&str>) -> String {
        "ws://accord.example/ws".into()
    }

    fn opcode(&self, op: u64) -> Opcode {
        match op {
            0 => Opcode::Dispatch,
            4 => Opcode::HeartbeatAck,
            5 => Opcode::Hello,
            6 => Opcode::Reconnect,
            7 => Opcode::InvalidSession,
            _ => Opcode::Unknown,
        }
    }

    fn dispatch(&self, name: &str) -> DispatchRole {
        match name {
            "ready" => DispatchRole::Ready,
            "resumed" => DispatchRole::Resumed,
            _ => DispatchRole::Other,
        }
    }

    fn heartbeat_interval(&self, data: &str) -> Option<Duration> {
        let millis = member(data, "heartbeat_interval")?.parse().ok()?;
        Some(Duration::from_millis(millis))
    }

    fn is_resumable(&self, _: &str) -> bool {
        false
    }

    fn ready(&self, data: &str) -> Option<ReadySession> {
        let id = serde_json::from_str(member(data, "session_id")?).ok()?;
        Some(ReadySession {
            id,
            resume_url: None,
        })
    }

    fn heartbeat(&self, seq: Option<u64>) -> String {
        json!(seq).to_string()
    }

    fn identify(&self, _: Option<&str>) -> String {
        json!({"token": "Bot secret", "intents": self.intents()}).to_string()
    }

    fn resume(&self, session_id: &str, seq: u64) -> String {
        json!({"token": "Bot secret", "session_id": session_id, "seq": seq}).to_string()
    }

    fn frame(&self, op: u64, data: &str) -> String {
        // As its server writes: sorted.
        format!(r#"{{"data":{data},"op":{op}}}"#)
    }

    fn closed(&self, code: Option<u16>) -> CloseMeaning {
        match code {
            Some(4004) => CloseMeaning::Fatal(StopReason::AuthenticationFailed),
            Some(code @ (4003 | 4012..=4014)) => CloseMeaning::Fatal(StopReason::Refused { code }),
            Some(code) => CloseMeaning::SessionLost(LossReason::Closed(code)),
            None => CloseMeaning::Resume,
        }
    }
}

fn ready() -> Rig<Accord> {
    let mut rig = Rig::of(Accord::new(), ACCORD, 1, SessionConfig::default(), None);
    rig.start();
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!(
        (
            rig.identifies(),
            rig.count(|entry| *entry == Entry::Acquire)
        ),
        (1, 0)
    );
    rig.journal.clear();
    rig
}

#[test]
fn connects_identifies_and_beats() {
    let mut rig = ready();
    rig.event("message.create");
    rig.pass(seconds(400));
    assert_eq!(rig.sent(1).len(), 10);
    assert_eq!(rig.reconnects(), []);
    assert_eq!(rig.handed_on(), [(2, false)]);
}

#[test]
fn dispatch_without_a_number_is_handed_on_and_counts_nothing() {
    let mut rig = ready();
    let generation = rig.generation;
    let text = r#"{"data":{"type":"x","seq":9},"op":0,"type":"voice.server_update"}"#;
    rig.input(Input::Frame { generation, text });
    rig.event("message.create");
    assert_eq!(rig.handed_on(), [(0, false), (2, false)]);
    assert_eq!(rig.session.status().counters.missing, 0);
}

#[test]
fn resumes_at_the_same_address_and_resumed_repeats_the_last_number() {
    let mut rig = ready();
    rig.close(None);
    rig.peer.event("message.create");
    rig.pass(seconds(1));
    rig.event("message.create");
    assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
    assert_eq!(rig.handed_on(), [(2, true), (2, false), (3, false)]);
    let duplicate = |entry: &Entry| matches!(entry, Entry::Event(SessionEvent::Duplicate { .. }));
    assert_eq!(rig.count(duplicate), 0);
    let resumed = Entry::Event(SessionEvent::Resumed { replayed: 1 });
    assert_eq!(rig.count(|entry| *entry == resumed), 1);
}

#[test]
fn zombie_is_left_without_a_close_frame_and_resumed() {
    let mut rig = ready();
    rig.peer.acks = false;
    rig.pass(seconds(82));
    assert_eq!(rig.closes(), [None]);
    assert_eq!((rig.resumes(), rig.identifies()), (1, 0));
}

#[test]
fn refused_resume_forgets_the_session_and_identifies_once() {
    let mut rig = ready();
    rig.peer.resume.push(1, Reply::Invalid(false));
    rig.close(None);
    rig.pass(seconds(30));
    assert_eq!((rig.resumes(), rig.identifies()), (1, 1));
    assert_eq!(rig.losses(), [LossReason::Invalid]);
    assert_eq!(rig.session.state(), State::Ready);
}

#[test]
fn closes_with_a_code_leave_no_session() {
    let mut rig = ready();
    rig.close(Some(4008));
    rig.pass(seconds(5));
    assert_eq!((rig.resumes(), rig.identifies()), (0, 1));
}

#[test]
fn identifies_that_are_refused_again_and_again_mean_a_wrong_token() {
    let mut rig = Rig::of(Accord::new(), ACCORD, 1, SessionConfig::default(), None);
    rig.peer.identify.then = Reply::Invalid(false);
    rig.start();
    rig.pass(seconds(120));
    assert_eq!(rig.identifies(), 3);
    assert_eq!(rig.stopped(), Some(StopReason::AuthenticationFailed));
}

#[test]
fn shutdown_leaves_resumably_without_a_close_frame_and_for_good_with_one() {
    let mut rig = ready();
    rig.input(Input::Shutdown { resumable: true });
    assert_eq!(rig.closes(), [None]);
    assert!(matches!(
        rig.stopped(),
        Some(StopReason::Shutdown { saved: Some(_) })
    ));

    let mut rig = ready();
    rig.input(Input::Shutdown { resumable: false });
    assert_eq!(rig.closes(), [Some(1000)]);
}

#[test]
fn heartbeats_are_free_and_commands_keep_to_the_limit() {
    let mut rig = ready();
    for _ in 0..128 {
        rig.command(polycord_gateway::Command::new(8, "{}"));
    }
    rig.pass(seconds(130));
    let sent = rig.sent(8);
    assert_eq!(sent.len(), 128);
    assert!(
        sent.windows(121)
            .all(|span| span[120].0 - span[0].0 > seconds(60))
    );
}
