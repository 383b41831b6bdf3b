//! What has to hold, whatever happened.

use std::time::Duration;

use polycord_gateway::{
    CommandError, CommandId, DisconnectCause, LossReason, Moment, Protocol, SessionEvent, State,
    StopReason,
};
use serde_json::Value;

use super::world::World;
use crate::rig::{Entry, seconds};

/// A ready session that is as old as this has left its failures behind.
const STABLE: Duration = seconds(60);

pub(crate) fn check<P: Protocol>(world: &World<P>) {
    sends_keep_to_the_window(world);
    heartbeats_are_on_time(world);
    nothing_is_said_out_of_turn(world);
    identifies_have_a_reason(world);
    resumes_are_bounded(world);
    permits_are_accounted_for(world);
    events_come_once_and_in_order(world);
    gaps_are_real(world);
    lost_sessions_stay_lost(world);
    failures_add_up(world);
    resumable_sessions_are_left_resumably(world);
    every_command_has_one_fate(world);
    the_last_presence_is_shown(world);
    the_end_has_a_reason(world);
}

fn sends_keep_to_the_window<P: Protocol>(world: &World<P>) {
    let rules = world.rig.session.protocol().rules();
    let (limit, per) = (rules.send_limit.frames as usize, rules.send_limit.per);
    let mut window: Vec<Moment> = Vec::new();
    for (at, entry) in &world.rig.journal {
        match entry {
            Entry::Connect { .. } => window.clear(),
            Entry::Sent { op, .. }
                if rules.heartbeats_count || *op != world.rig.peer.words.heartbeat =>
            {
                window.push(*at);
                if let Some(first) = window.len().checked_sub(limit + 1) {
                    let span = *at - window[first];
                    assert!(span > per, "{} frames in {span:?}", limit + 1);
                }
            }
            _ => {}
        }
    }
}

/// From HELLO to the end of the connection a beat comes in each interval, unless nothing ran.
fn heartbeats_are_on_time<P: Protocol>(world: &World<P>) {
    let mut beat: Option<(Moment, Duration)> = None;
    let on_time = |beat: Option<(Moment, Duration)>, now: Moment| {
        let Some((last, interval)) = beat else { return };
        let due = last + interval;
        let stalled = |(from, to): &(Moment, Moment)| *from <= due && due <= *to && now <= *to;
        assert!(
            now <= due || world.stalls.iter().any(stalled),
            "a heartbeat was due at {due:?}, and it is {now:?}"
        );
    };
    for (now, entry) in &world.rig.journal {
        on_time(beat, *now);
        match entry {
            Entry::Event(SessionEvent::Hello { heartbeat_interval }) => {
                beat = Some((*now, *heartbeat_interval));
            }
            Entry::Sent { op, .. } if *op == world.rig.peer.words.heartbeat => {
                beat = beat.map(|(_, interval)| (*now, interval));
            }
            Entry::Event(SessionEvent::StateChanged { to, .. })
                if !matches!(
                    to,
                    State::AwaitingPermit | State::Identifying | State::Resuming | State::Ready
                ) =>
            {
                beat = None;
            }
            _ => {}
        }
    }
    on_time(beat, world.rig.now);
}

/// Nothing before HELLO, nothing but IDENTIFY, RESUME and heartbeats before READY or RESUMED.
fn nothing_is_said_out_of_turn<P: Protocol>(world: &World<P>) {
    let words = &world.rig.peer.words;
    let mut greeted = false;
    let mut state = State::Disconnected;
    for (_, entry) in &world.rig.journal {
        match entry {
            Entry::Connect { .. } => greeted = false,
            Entry::Event(SessionEvent::Hello { .. }) => greeted = true,
            Entry::Event(SessionEvent::StateChanged { from, to }) => {
                assert_eq!(*from, state, "states follow one another");
                assert!(!from.is_terminal(), "{to} after {from}");
                state = *to;
            }
            Entry::Sent { op, .. } => {
                assert!(greeted, "opcode {op} before HELLO");
                let of_a_connection = [words.heartbeat, words.identify, words.resume];
                assert!(
                    of_a_connection.contains(op) || state == State::Ready,
                    "opcode {op} while {state}"
                );
            }
            _ => {}
        }
    }
}

/// One for the start, one for each session lost, one for each IDENTIFY that was not answered by READY;
/// and never two within the spacing that the dialect asks for.
fn identifies_have_a_reason<P: Protocol>(world: &World<P>) {
    let rig = &world.rig;
    let losses = rig.losses().len();
    let mut unanswered = 0;
    let mut waiting = false;
    for (_, entry) in &rig.journal {
        match entry {
            Entry::Sent { op, .. } if *op == rig.peer.words.identify => waiting = true,
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
    let spacing = rig.session.protocol().rules().identify_spacing;
    let sent = rig.sent(rig.peer.words.identify);
    for pair in sent.windows(2) {
        let between = pair[1].0 - pair[0].0;
        assert!(between >= spacing, "two IDENTIFYs in {between:?}");
    }
}

fn resumes_are_bounded<P: Protocol>(world: &World<P>) {
    let mut in_a_row = 0;
    for (_, entry) in &world.rig.journal {
        match entry {
            Entry::Sent { op, .. } if *op == world.rig.peer.words.resume => {
                in_a_row += 1;
                assert!(in_a_row <= 3, "{in_a_row} RESUMEs in a row");
            }
            Entry::Event(
                SessionEvent::Resumed { .. }
                | SessionEvent::SessionLost { .. }
                | SessionEvent::Ready { .. },
            ) => in_a_row = 0,
            _ => {}
        }
    }
}

fn permits_are_accounted_for<P: Protocol>(world: &World<P>) {
    let mut asked = false;
    for (_, entry) in &world.rig.journal {
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
            Entry::Return | Entry::Event(SessionEvent::BudgetExhausted { .. }) => asked = false,
            Entry::Connect { .. } => assert!(!asked, "a permit of a dead connection is held"),
            Entry::Stopped(_) => assert!(!asked, "a permit is held beyond the end"),
            _ => {}
        }
    }
}

/// In each session numbers rise by one, or a gap is told first; in the end nothing is missing.
fn events_come_once_and_in_order<P: Protocol>(world: &World<P>) {
    let rig = &world.rig;
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
                // The end of a replay may repeat the number of what it ends.
                let repeats = rig.peer.words.resumed_repeats && last == Some(*seq);
                if let Some(last) = last.filter(|_| !repeats) {
                    let told = gap.take() == Some((last + 1, *seq));
                    assert!(*seq == last + 1 || told, "{seq} after {last}");
                }
                last = Some(*seq);
            }
            _ => {}
        }
    }
    if rig.session.state() == State::Ready {
        assert_eq!(last, Some(rig.peer.log.len() as u64), "all was handed on");
    }
}

/// A gap is told for what the server left out, and for nothing else.
fn gaps_are_real<P: Protocol>(world: &World<P>) {
    for (session, first, last) in world.gaps() {
        for seq in first..=last {
            assert!(
                world.omitted.contains(&(session, seq)),
                "event {seq} of session {session} was sent, and told to be missing"
            );
        }
    }
}

/// After the server has ended a session, the next connection is for a new one.
fn lost_sessions_stay_lost<P: Protocol>(world: &World<P>) {
    let ends_session = world.rig.peer.words.ends_session;
    let mut lost = false;
    for (_, entry) in &world.rig.journal {
        match entry {
            Entry::Event(SessionEvent::Reconnecting {
                cause: DisconnectCause::Closed { code, .. },
                ..
            }) => {
                lost = code.is_some_and(ends_session);
            }
            Entry::Connect { resuming, .. } => {
                assert!(!(lost && *resuming), "a session that was ended is resumed");
                lost = false;
            }
            _ => {}
        }
    }
}

/// Failures are forgotten after a time of being ready, and by nothing else.
fn failures_add_up<P: Protocol>(world: &World<P>) {
    let mut failures = 0;
    let mut since: Option<Moment> = None;
    for (now, entry) in &world.rig.journal {
        match entry {
            Entry::Event(SessionEvent::StateChanged {
                to: State::Ready, ..
            }) => since = Some(*now),
            Entry::Event(SessionEvent::Reconnecting { attempt, delay, .. }) => {
                let was_ready = since.take();
                if was_ready.is_some_and(|since| *now - since >= STABLE) {
                    failures = 0;
                }
                if *attempt > 0 {
                    failures += 1;
                    assert_eq!(*attempt, failures, "failures add up");
                } else {
                    assert!(
                        was_ready.is_some(),
                        "only a ready session can be asked to leave"
                    );
                }
                assert!(*delay <= seconds(60), "a wait of {delay:?}");
            }
            _ => {}
        }
    }
}

/// A close with 1000 or 1001 ends the session at the server: only a shutdown may want that, and who has
/// no session.
fn resumable_sessions_are_left_resumably<P: Protocol>(world: &World<P>) {
    let final_codes = world
        .rig
        .closes()
        .into_iter()
        .filter(|code| matches!(code, Some(1000 | 1001)));
    let without =
        |entry: &Entry| matches!(entry, Entry::Event(SessionEvent::BudgetExhausted { .. }));
    assert!(
        final_codes.count() <= usize::from(world.ended) + world.rig.count(without),
        "a session was ended that could have been resumed"
    );
}

/// Sent once, or failed once with a reason: none is forgotten, none is sent twice.
fn every_command_has_one_fate<P: Protocol>(world: &World<P>) {
    let mut fates = vec![0_u32; world.commands.len()];
    let mut count = |id: &CommandId| fates[usize::try_from(id.0).expect("small")] += 1;
    for (_, entry) in &world.rig.journal {
        match entry {
            Entry::Sent {
                command: Some(id), ..
            } => count(id),
            Entry::Failed(Some(id), error) => {
                let stopped = *error == CommandError::Stopped;
                assert!(!stopped || world.rig.session.state().is_terminal());
                count(id);
            }
            _ => {}
        }
    }
    let waiting = world.rig.session.status().queued_commands;
    let open = fates.iter().filter(|fate| **fate == 0).count();
    assert!(
        fates.iter().all(|fate| *fate <= 1),
        "a command had two fates"
    );
    // Those handed in after the end are not taken any more: the handle refuses them.
    if !world.rig.session.state().is_terminal() {
        assert_eq!((open, waiting), (0, 0), "commands that nothing became of");
    }
}

/// Where IDENTIFY carries a presence, a new session begins with the last one.
fn the_last_presence_is_shown<P: Protocol>(world: &World<P>) {
    let words = &world.rig.peer.words;
    let commanded = world
        .commands
        .iter()
        .rev()
        .find_map(|(_, text)| text.as_ref());
    let (Some(commanded), State::Ready, true) = (
        commanded,
        world.rig.session.state(),
        words.identify_has_presence,
    ) else {
        return;
    };
    let mut shown = Value::Null;
    for (_, entry) in &world.rig.journal {
        match entry {
            Entry::Sent { op, data, .. } if *op == words.identify => {
                shown.clone_from(&data["presence"]);
            }
            Entry::Sent { op, data, .. } if *op == words.presence => shown.clone_from(data),
            _ => {}
        }
    }
    assert_eq!(shown.to_string(), *commanded);
}

/// A session ends because it was told to, because the server forbade it to come back, or because its
/// token was refused in the dialect's way.
fn the_end_has_a_reason<P: Protocol>(world: &World<P>) {
    let Some(reason) = world.rig.stopped() else {
        return;
    };
    let limit = world.rig.session.protocol().rules().invalid_identify_limit;
    let refused = limit.is_some() && reason == StopReason::AuthenticationFailed;
    let exhausted = matches!(reason, StopReason::AttemptsExhausted { .. });
    assert!(
        world.doomed || refused || exhausted,
        "it ended without a reason: {reason}"
    );
    let foreign = |reason: &LossReason| {
        matches!(
            reason,
            LossReason::OtherDialect { .. }
                | LossReason::OtherIntents
                | LossReason::OtherShard { .. }
        )
    };
    assert!(
        !world.rig.losses().iter().any(foreign),
        "no session was handed over"
    );
}
