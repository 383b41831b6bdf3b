//! Random schedules of faults, and what has to hold in all of them.
//!
//! A failure prints its seed. `POLYCORD_SEED` plays that one alone; `POLYCORD_SCHEDULES` sets how many
//! are played.

use std::time::Duration;

use fastrand::Rng;
use polycord_gateway::{
    Command, Discord, FrameFault, Input, LossReason, Moment, SessionConfig, SessionEvent, State,
};
use serde_json::json;

use crate::{
    peer::{Dial, Reply, Said},
    rig::{Entry, Rig, seconds},
};

const SCHEDULES: u64 = 3_000;
const STEPS: u32 = 60;

#[test]
fn invariants_hold_in_every_schedule() {
    let number = |name| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    if let Some(seed) = number("POLYCORD_SEED") {
        play(seed);
        return;
    }
    let mut sum = Sum::default();
    for seed in 0..number("POLYCORD_SCHEDULES").unwrap_or(SCHEDULES) {
        let played = std::panic::catch_unwind(|| play(seed));
        match played {
            Ok(of_one) => sum.add(&of_one),
            Err(panic) => {
                eprintln!("failed with POLYCORD_SEED={seed}");
                std::panic::resume_unwind(panic);
            }
        }
    }
    // A generator that only ever shuts down proves nothing.
    assert!(
        sum.resumes > sum.identifies && sum.identifies > 500,
        "{sum:?}"
    );
    assert!(sum.dispatches > 10_000 && sum.replayed > 500, "{sum:?}");
    assert!(sum.stopped > 10 && sum.recovered > sum.stopped, "{sum:?}");
}

#[derive(Debug, Default)]
struct Sum {
    identifies: usize,
    resumes: usize,
    dispatches: usize,
    replayed: usize,
    stopped: usize,
    recovered: usize,
}

impl Sum {
    const fn add(&mut self, other: &Self) {
        self.identifies += other.identifies;
        self.resumes += other.resumes;
        self.dispatches += other.dispatches;
        self.replayed += other.replayed;
        self.stopped += other.stopped;
        self.recovered += other.recovered;
    }
}

fn play(seed: u64) -> Sum {
    let mut rng = Rng::with_seed(seed);
    let mut rig = Rig::with(rng.u64(..), SessionConfig::default(), None);
    rig.peer.interval = Some(rng.u64(5_000..60_000));
    rig.start();
    for _ in 0..STEPS {
        step(&mut rig, &mut rng);
        let pause = match rng.u8(0..10) {
            0..4 => Duration::ZERO,
            4..8 => Duration::from_millis(rng.u64(0..2_000)),
            _ => Duration::from_millis(rng.u64(0..90_000)),
        };
        rig.pass(pause);
    }
    heal(&mut rig);
    check(&rig);

    let events = rig.handed_on();
    Sum {
        identifies: rig.identifies(),
        resumes: rig.resumes(),
        dispatches: events.len(),
        replayed: events.iter().filter(|(_, replayed)| *replayed).count(),
        stopped: usize::from(rig.stopped().is_some()),
        recovered: usize::from(rig.stopped().is_none()),
    }
}

/// One thing that may happen, at any time and in any state.
fn step(rig: &mut Rig<Discord>, rng: &mut Rng) {
    let generation = rig.generation;
    match rng.u8(0..40) {
        0..12 => {
            for _ in 0..rng.u8(1..6) {
                if rig.peer.alive {
                    rig.event("MESSAGE_CREATE");
                }
            }
        }
        12..15 => rig.close(code(rng)),
        15 => rig.op(7),
        16 => {
            let resumable = rng.bool();
            rig.peer.alive &= resumable;
            let said = rig.peer.invalid(resumable);
            rig.say(said);
        }
        17 => rig.op(1),
        18 => rig.op(rng.u64(0..14)),
        19 => rig
            .peer
            .dial
            .push(rng.usize(1..6), pick(rng, &[Dial::Refuse, Dial::Silence])),
        20 => {
            let reply = reply(rng);
            rig.peer.hello.push(rng.usize(1..4), reply);
        }
        21 => {
            let reply = reply(rng);
            rig.peer.resume.push(rng.usize(1..6), reply);
        }
        22 => {
            let reply = reply(rng);
            rig.peer.identify.push(rng.usize(1..3), reply);
        }
        23 => rig.peer.acks = rng.bool(),
        24 => rig.link = rng.bool(),
        25 => rig.close_echo = rng.bool(),
        26 => {
            rig.permits = rng.bool();
            rig.input(Input::Permit { generation });
        }
        27 => {
            let paused = rng.bool();
            rig.input(if paused {
                Input::ReadingPaused
            } else {
                Input::ReadingResumed
            });
        }
        28 => rig.input(Input::Wake),
        29..32 => {
            for _ in 0..rng.u8(1..100) {
                rig.command(Command::new(8, "{}"));
            }
        }
        32 => {
            for status in 0..rng.u8(1..50) {
                rig.command(Command::presence(3, json!({"status": status}).to_string()));
            }
        }
        33 => rig.say(Said::Frame(garbage(rng))),
        34 => {
            let faults = [
                FrameFault::Inflate,
                FrameFault::TooLarge,
                FrameFault::NotUtf8,
            ];
            let fault = pick(rng, &faults);
            rig.input(Input::BadFrame { generation, fault });
        }
        35 => rig.peer.alive = false,
        36 => {
            // Numbers that were there before, or that are not there yet.
            let seq = rng.u64(0..100);
            let said = rig.peer.dispatch(seq, "MESSAGE_CREATE", &json!({}));
            rig.say(said);
            if let Some(last) = rig.session.status().seq {
                let log = &mut rig.peer.log;
                let length = usize::try_from(last).unwrap_or(0).max(log.len());
                log.resize(length, "LOST".into());
            }
        }
        37 => rig.now = rig.now + Duration::from_secs(rng.u64(0..300)),
        38 => {
            rig.input(Input::Timeout);
            rig.input(Input::Connected { generation });
        }
        _ if rng.u8(0..20) == 0 => rig.input(Input::Shutdown {
            resumable: rng.bool(),
        }),
        _ => {}
    }
}

/// Whatever happened: once the faults are over, the session is live within two minutes, or has ended.
fn heal(rig: &mut Rig<Discord>) {
    rig.peer.dial.next.clear();
    rig.peer.hello.next.clear();
    rig.peer.resume.next.clear();
    rig.peer.identify.next.clear();
    (rig.peer.acks, rig.link, rig.close_echo, rig.permits) = (true, true, true, true);
    rig.input(Input::ReadingResumed);
    let generation = rig.generation;
    rig.input(Input::Permit { generation });
    // READY that was lost on the way is never waited for in vain for longer than the link is dead.
    if matches!(
        rig.session.state(),
        State::Identifying | State::AwaitingHello
    ) {
        rig.close(None);
    }
    rig.pass(seconds(310));
    let state = rig.session.state();
    assert!(
        state == State::Ready || state.is_terminal(),
        "{state} after the faults are over"
    );
}

fn check(rig: &Rig<Discord>) {
    sends_keep_to_the_window(rig);
    identifies_have_a_reason(rig);
    events_come_in_order(rig);
    permits_are_accounted_for(rig);
    resumes_are_bounded(rig);
}

fn sends_keep_to_the_window(rig: &Rig<Discord>) {
    let mut window: Vec<Moment> = Vec::new();
    for (at, entry) in &rig.journal {
        match entry {
            Entry::Connect { .. } => window.clear(),
            Entry::Sent { .. } => {
                window.push(*at);
                if let Some(first) = window.len().checked_sub(121) {
                    let span = *at - window[first];
                    assert!(span > seconds(60), "121 frames in {span:?}");
                }
            }
            _ => {}
        }
    }
}

/// One for the start, one for each session lost, one for each IDENTIFY that was not answered by READY;
/// and never two within five seconds after "invalid session".
fn identifies_have_a_reason(rig: &Rig<Discord>) {
    let losses = rig.losses().len();
    let mut unanswered = 0;
    let mut waiting = false;
    for (_, entry) in &rig.journal {
        match entry {
            Entry::Sent { op: 2, .. } => waiting = true,
            Entry::Event(SessionEvent::Ready { .. }) => waiting = false,
            Entry::Event(SessionEvent::Reconnecting { .. }) if waiting => {
                unanswered += 1;
                waiting = false;
            }
            _ => {}
        }
    }
    let identifies = rig.identifies();
    assert!(
        identifies <= 1 + losses + unanswered,
        "{identifies} IDENTIFYs, {losses} sessions lost, {unanswered} unanswered"
    );
    let spaced = rig.sent(2);
    assert!(
        spaced
            .windows(2)
            .all(|pair| pair[1].0 - pair[0].0 >= seconds(5))
    );
}

/// In each session numbers rise by one, or a gap is told first.
fn events_come_in_order(rig: &Rig<Discord>) {
    let mut last: Option<u64> = None;
    let mut gap = None;
    for (_, entry) in &rig.journal {
        match entry {
            Entry::Event(SessionEvent::SessionLost { last_seq, .. }) => {
                assert_eq!(*last_seq, last, "the last number is told");
                last = None;
            }
            Entry::Event(SessionEvent::Gap { expected, got }) => gap = Some((*expected, *got)),
            Entry::Event(SessionEvent::Ready { .. }) => last = None,
            Entry::Dispatch { seq: Some(seq), .. } => {
                if let Some(last) = last {
                    let told = gap.take() == Some((last + 1, *seq));
                    assert!(*seq == last + 1 || told, "{seq} after {last}");
                }
                last = Some(*seq);
            }
            _ => {}
        }
    }
}

fn permits_are_accounted_for(rig: &Rig<Discord>) {
    let mut asked = false;
    for (_, entry) in &rig.journal {
        match entry {
            Entry::Acquire => {
                assert!(!asked, "one permit at a time");
                asked = true;
            }
            Entry::Spend => {
                assert!(asked, "no permit was asked for");
                asked = false;
            }
            // Late permits of older connections go back, too.
            Entry::Return => asked = false,
            Entry::Connect { .. } => assert!(!asked, "a permit of a dead connection is held"),
            _ => {}
        }
    }
}

fn resumes_are_bounded(rig: &Rig<Discord>) {
    let mut in_a_row = 0;
    for (_, entry) in &rig.journal {
        match entry {
            Entry::Sent { op: 6, .. } => {
                in_a_row += 1;
                assert!(in_a_row <= 3, "RESUMEs in a row");
            }
            Entry::Event(
                SessionEvent::Resumed { .. }
                | SessionEvent::SessionLost {
                    reason: LossReason::Foreign,
                    ..
                }
                | SessionEvent::Ready { .. },
            ) => in_a_row = 0,
            _ => {}
        }
    }
}

fn pick<T: Copy>(rng: &mut Rng, of: &[T]) -> T {
    of[rng.usize(..of.len())]
}

fn code(rng: &mut Rng) -> Option<u16> {
    // Fatal codes seldom: they end the schedule.
    if rng.u8(0..40) == 0 {
        return Some(pick(rng, &[4004, 4010, 4011, 4012, 4013, 4014]));
    }
    let codes = [
        None,
        None,
        Some(1000),
        Some(1001),
        Some(1006),
        Some(1011),
        Some(4000),
    ];
    let others = [Some(4003), Some(4007), Some(4008), Some(4009), Some(4999)];
    if rng.bool() {
        pick(rng, &codes)
    } else {
        pick(rng, &others)
    }
}

fn reply(rng: &mut Rng) -> Reply {
    match rng.u8(0..7) {
        0 => Reply::Silence,
        1 => Reply::Reconnect,
        2 => Reply::Invalid(false),
        3 => Reply::Invalid(true),
        4 => Reply::Close(code(rng)),
        5 => Reply::ServeThenClose(code(rng)),
        _ => Reply::Serve,
    }
}

fn garbage(rng: &mut Rng) -> String {
    let parts = [
        "{", "}", "\"op\"", ":", "0", ",", "\"s\"", "\"d\"", "null", "\"t\"", "[", "\\",
    ];
    (0..rng.u8(0..12)).map(|_| pick(rng, &parts)).collect()
}
