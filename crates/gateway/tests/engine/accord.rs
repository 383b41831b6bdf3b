//! A second dialect through the same engine, so that the seam stays honest: Accord's table.

use std::time::Duration;

use polycord_frame::{Keys, member};
use polycord_gateway::{
    CloseMeaning, Command, DispatchRole, Leave, LossReason, Opcode, Protocol, RateLimit,
    ReadySession, Rules, SentOpcodes, SessionEvent, State, StopReason,
};
use serde_json::json;

use crate::{
    dialect::Dialect,
    peer::{Reply, Said, Words},
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
    presence: 8,
    request: 10,
    ends_session: |code| !matches!(code, 4003 | 4004 | 4012..=4014),
    identify_has_presence: true,
    invalid_is_an_object: true,
    leaves_nulls_out: true,
    clings_to_connections: true,
    close_frames_end: true,
    keeping: &[None],
    ending: &[4005, 4008],
    fatal: &[4003, 4004, 4012, 4013, 4014],
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
        rules.session_lifetime = Some(seconds(60));
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
            user_id: None,
        })
    }

    fn heartbeat(&self, seq: Option<u64>) -> String {
        json!(seq).to_string()
    }

    fn identify(&self, presence: Option<&str>) -> String {
        let mut data = json!({"token": "Bot secret", "intents": self.intents()});
        if let Some(presence) = presence.and_then(|json| serde_json::from_str(json).ok()) {
            data["presence"] = presence;
        }
        data.to_string()
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

type AccordRig = Rig<Accord>;

#[test]
fn nobody_is_asked_for_a_permit() {
    let mut rig = AccordRig::new(1);
    rig.start();
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!(rig.identifies(), 1);
    assert_eq!(rig.count(|entry| *entry == Entry::Acquire), 0);
}

#[test]
fn intents_are_a_list_of_names() {
    let mut rig = AccordRig::new(1);
    rig.start();
    let identify = &rig.heard(ACCORD.identify)[0].1;
    assert_eq!(identify["intents"], json!(["messages", "spaces"]));
}

#[test]
fn dispatch_without_a_number_is_handed_on_and_counts_nothing() {
    let mut rig = AccordRig::ready(1);
    rig.say(Said::Frame(
        r#"{"data":{"type":"x","seq":9},"op":0,"type":"voice.server_update"}"#.into(),
    ));
    rig.event("message.create");
    assert_eq!(rig.handed_on(), [(0, false), (2, false)]);
    let counters = rig.session.status().counters;
    assert_eq!((counters.missing, counters.bad_frames), (0, 0));
}

#[test]
fn resumes_at_the_same_address_and_resumed_repeats_the_last_number() {
    let mut rig = AccordRig::ready(1);
    rig.close(None);
    rig.peer.event("message.create");
    rig.pass(seconds(1));
    rig.event("message.create");
    assert_eq!(rig.asked(), (1, 0));
    assert_eq!(rig.dials()[0].1, Accord::MAIN);
    assert_eq!(rig.handed_on(), [(2, true), (2, false), (3, false)]);
    let duplicate = |entry: &Entry| matches!(entry, Entry::Event(SessionEvent::Duplicate { .. }));
    assert_eq!(rig.count(duplicate), 0);
    let resumed = Entry::Event(SessionEvent::Resumed { replayed: 1 });
    assert_eq!(rig.count(|entry| *entry == resumed), 1);
}

#[test]
fn no_close_frame_is_sent_to_a_server_that_takes_it_for_a_farewell() {
    let mut rig = AccordRig::ready(1);
    rig.peer.acks = false;
    rig.pass(seconds(82));
    assert_eq!(rig.left(), [None]);
    assert!(rig.peer.alive);
    assert_eq!(rig.asked(), (1, 0));
}

#[test]
fn identifies_that_are_refused_again_and_again_mean_a_wrong_token() {
    let mut rig = AccordRig::new(1);
    rig.peer.identify.then = Reply::Invalid(false);
    rig.start();
    rig.pass(seconds(120));
    assert_eq!(rig.identifies(), 3);
    assert_eq!(rig.stopped(), Some(StopReason::AuthenticationFailed));
}

#[test]
fn identifies_that_are_refused_now_and_then_do_not() {
    let mut rig = AccordRig::new(1);
    rig.peer.identify.push(2, Reply::Invalid(false));
    rig.start();
    rig.pass(seconds(30));
    assert_eq!(rig.session.state(), State::Ready);
    rig.peer.identify.push(2, Reply::Invalid(false));
    rig.close(Some(ACCORD.ending[0]));
    rig.pass(seconds(90));
    assert_eq!(rig.session.state(), State::Ready);
    assert_eq!(rig.identifies(), 6);
}

#[test]
fn heartbeats_are_free_and_commands_keep_to_the_limit() {
    let mut rig = AccordRig::ready(1);
    for _ in 0..128 {
        rig.command(Command::new(ACCORD.request, "{}"));
    }
    assert_eq!(
        rig.heard(ACCORD.request).len(),
        117,
        "two for what may come"
    );
    rig.pass(seconds(130));
    let heard = rig.heard(ACCORD.request);
    assert_eq!(heard.len(), 128);
    assert!(
        heard
            .windows(121)
            .all(|span| span[120].0 - span[0].0 > seconds(60))
    );
}
