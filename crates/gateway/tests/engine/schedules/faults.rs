//! What may happen, at any time and in any state.

use std::time::Duration;

use fastrand::Rng;
use polycord_gateway::{FrameFault, Input, Protocol};
use serde_json::{Value, json};

use super::{
    coverage::{CLOSE_CODES, FATAL_CLOSE_CODES},
    world::World,
};
use crate::{
    peer::{Dial, Reply, Said},
    rig::seconds,
};

type Fault<P> = fn(&mut World<P>);

/// Each is as likely as it is often here.
pub(crate) struct Faults;

impl Faults {
    pub(crate) const fn of<P: Protocol>() -> &'static [Fault<P>] {
        &[
            events,
            events,
            events,
            events,
            events,
            events,
            events,
            events,
            events,
            cut,
            cut,
            close,
            close,
            close,
            fatal,
            reconnect,
            invalid_session,
            heartbeat_request,
            any_op,
            any_op,
            any_op,
            no_dial,
            odd_hello,
            odd_identify,
            odd_resume,
            odd_resume,
            acks,
            half_open,
            no_close_echo,
            permits,
            budget,
            pause_reading,
            pause_reading,
            wake,
            timer,
            stall,
            latency,
            commands,
            commands,
            command_storm,
            presences,
            garbage,
            broken_event,
            repeat,
            omission,
            bad_frame,
            late_frame,
            late_close,
            dead_session,
            shutdown,
        ]
    }
}

fn events<P: Protocol>(world: &mut World<P>) {
    for _ in 0..world.rng.u8(1..6) {
        world.event();
    }
}

fn cut<P: Protocol>(world: &mut World<P>) {
    world.close(None);
}

fn close<P: Protocol>(world: &mut World<P>) {
    let code = world.pick(CLOSE_CODES);
    world.close(code);
}

/// Seldom: it ends the schedule.
fn fatal<P: Protocol>(world: &mut World<P>) {
    if world.rng.u8(0..6) == 0 {
        let code = world.pick(FATAL_CLOSE_CODES);
        world.close(code);
    }
}

fn reconnect<P: Protocol>(world: &mut World<P>) {
    world.op(world.rig.peer.words.reconnect, &Value::Null);
}

fn invalid_session<P: Protocol>(world: &mut World<P>) {
    let resumable = world.rng.bool();
    world.rig.peer.alive &= resumable;
    world.op(world.rig.peer.words.invalid, &json!(resumable));
}

fn heartbeat_request<P: Protocol>(world: &mut World<P>) {
    world.op(world.rig.peer.words.heartbeat, &Value::Null);
}

fn any_op<P: Protocol>(world: &mut World<P>) {
    let op = world.rng.u64(0..14);
    world.op(op, &Value::Null);
}

fn no_dial<P: Protocol>(world: &mut World<P>) {
    let dial = world.pick(&[Dial::Refuse, Dial::Silence]);
    let times = world.rng.usize(1..6);
    world.rig.peer.dial.push(times, dial);
}

fn odd_hello<P: Protocol>(world: &mut World<P>) {
    let (times, reply) = odd(world);
    world.rig.peer.hello.push(times, reply);
}

fn odd_identify<P: Protocol>(world: &mut World<P>) {
    let (times, reply) = odd(world);
    world.rig.peer.identify.push(times, reply);
}

fn odd_resume<P: Protocol>(world: &mut World<P>) {
    let (times, reply) = odd(world);
    world.rig.peer.resume.push(times, reply);
}

fn acks<P: Protocol>(world: &mut World<P>) {
    world.rig.peer.acks = world.rng.bool();
}

/// Both ends believe that the connection is open, and nothing arrives any more.
fn half_open<P: Protocol>(world: &mut World<P>) {
    world.rig.half_open = Some(world.rig.generation);
    world.rig.peer.attached = false;
}

fn no_close_echo<P: Protocol>(world: &mut World<P>) {
    world.rig.close_echo = world.rng.bool();
}

fn permits<P: Protocol>(world: &mut World<P>) {
    world.rig.permits = world.rng.bool();
    let generation = world.rig.generation;
    world.rig.input(Input::Permit { generation });
}

/// The session starts of the day are used up, or there are some again.
fn budget<P: Protocol>(world: &mut World<P>) {
    let hours = Duration::from_millis(world.rng.u64(0..10_000_000));
    world.rig.budget = world.rng.bool().then_some(hours);
}

fn pause_reading<P: Protocol>(world: &mut World<P>) {
    let paused = world.rng.bool();
    world.rig.set_paused(paused);
}

fn wake<P: Protocol>(world: &mut World<P>) {
    world.rig.input(Input::Wake);
}

/// Timers that nobody asked for, and a dial that reports twice.
fn timer<P: Protocol>(world: &mut World<P>) {
    let generation = world.rig.generation;
    world.rig.input(Input::Timeout);
    if world.state() != polycord_gateway::State::Connecting {
        world.rig.input(Input::Connected { generation });
    }
}

fn stall<P: Protocol>(world: &mut World<P>) {
    let time = Duration::from_millis(world.rng.u64(0..300_000));
    world.stall(time);
}

fn latency<P: Protocol>(world: &mut World<P>) {
    world.rig.latency = Duration::from_millis(world.rng.u64(0..8_000));
}

fn commands<P: Protocol>(world: &mut World<P>) {
    for _ in 0..world.rng.u8(1..10) {
        world.command();
    }
}

fn command_storm<P: Protocol>(world: &mut World<P>) {
    for _ in 0..world.rng.u16(100..300) {
        world.command();
    }
}

fn presences<P: Protocol>(world: &mut World<P>) {
    for _ in 0..world.rng.u8(1..50) {
        world.presence();
    }
}

fn garbage<P: Protocol>(world: &mut World<P>) {
    let text = noise(&mut world.rng);
    world.rig.say(Said::Frame(text));
}

/// An event whose number can be read and whose payload cannot.
fn broken_event<P: Protocol>(world: &mut World<P>) {
    if world.rig.peer.alive && world.rig.peer.attached {
        let said = world.rig.peer.broken_event();
        world.rig.say(said);
    }
}

/// An event that was sent before.
fn repeat<P: Protocol>(world: &mut World<P>) {
    let peer = &world.rig.peer;
    if peer.alive && peer.attached && peer.log.len() > 1 {
        let seq = world.rng.u64(1..peer.log.len() as u64);
        let said = world.rig.peer.dispatch(seq, "MESSAGE_CREATE", &json!({}));
        world.rig.say(said);
    }
}

fn omission<P: Protocol>(world: &mut World<P>) {
    for _ in 0..world.rng.u8(1..4) {
        world.omit();
    }
    world.event();
}

fn bad_frame<P: Protocol>(world: &mut World<P>) {
    let faults = [
        FrameFault::Inflate,
        FrameFault::TooLarge,
        FrameFault::NotUtf8,
    ];
    let fault = world.pick(&faults);
    let generation = world.rig.generation;
    world.rig.input(Input::BadFrame { generation, fault });
}

fn late_frame<P: Protocol>(world: &mut World<P>) {
    let Some(generation) = world.rig.before() else {
        return;
    };
    let words = world.rig.peer.words;
    let said = match world.rng.u8(0..4) {
        0 => world.rig.peer.frame(words.reconnect, &Value::Null),
        1 => world.rig.peer.invalid(false),
        2 => {
            let seq = world.rng.u64(0..200);
            world.rig.peer.dispatch(seq, "MESSAGE_CREATE", &json!({}))
        }
        _ => world.rig.peer.frame(words.ack, &Value::Null),
    };
    world.stale(generation, said);
}

fn late_close<P: Protocol>(world: &mut World<P>) {
    if let Some(generation) = world.rig.before() {
        let code = world.pick(&[None, Some(1000), Some(4004), Some(4009)]);
        world.stale(generation, Said::Close(code));
    }
}

fn dead_session<P: Protocol>(world: &mut World<P>) {
    world.rig.peer.alive = false;
    world.rig.peer.attached = false;
}

/// Seldom: it ends the schedule.
fn shutdown<P: Protocol>(world: &mut World<P>) {
    if world.rng.u8(0..12) == 0 {
        let resumable = world.rng.bool();
        world.doomed = true;
        world.ended |= !resumable;
        world.rig.input(Input::Shutdown { resumable });
        world.pass(seconds(3));
        assert!(world.state().is_terminal(), "{}", world.state());
    }
}

fn odd<P: Protocol>(world: &mut World<P>) -> (usize, Reply) {
    let reply = match world.rng.u8(0..7) {
        0 => Reply::Silence,
        1 => Reply::Reconnect,
        2 => Reply::Invalid(false),
        3 => Reply::Invalid(true),
        4 => Reply::Close(close_code(world)),
        5 => Reply::ServeThenClose(close_code(world)),
        _ => Reply::Serve,
    };
    (world.rng.usize(1..6), reply)
}

fn close_code<P: Protocol>(world: &mut World<P>) -> Option<u16> {
    let code = world.pick(CLOSE_CODES);
    world.doomed |= world.is_fatal(code);
    code
}

fn noise(rng: &mut Rng) -> String {
    let parts = [
        "{", "}", "\"op\"", ":", "0", ",", "\"s\"", "\"d\"", "null", "\"t\"", "[", "\\",
    ];
    (0..rng.u8(0..12))
        .map(|_| parts[rng.usize(..parts.len())])
        .collect()
}
