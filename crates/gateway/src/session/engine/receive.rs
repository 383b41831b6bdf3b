//! What the server says.

use std::time::Duration;

use polycord_frame::{Header, ScanError, scan};

use crate::{
    protocol::{DispatchRole, Opcode, Protocol},
    session::{
        Action, DisconnectCause, DispatchName, FrameFault, LossReason, Moment, Session,
        SessionEvent,
        heartbeat::Heartbeat,
        sequence::{Order, Sequence},
        step::Step,
    },
};

impl<P: Protocol> Session<P> {
    pub(super) fn receive(&mut self, now: Moment, text: &str) {
        if let Some(heartbeat) = &mut self.heartbeat {
            heartbeat.received();
        }
        let Ok(header) = scan(text, &self.protocol.rules().keys) else {
            self.count_bad_frame(None);
            return;
        };
        let opcode = header
            .op
            .map_or(Opcode::Unknown, |op| self.protocol.opcode(op));
        if opcode == Opcode::Dispatch {
            self.dispatch(now, &header, text);
            return;
        }
        let Ok(payload) = payload(&header, text) else {
            self.count_bad_frame(None);
            return;
        };
        match opcode {
            Opcode::Dispatch => {}
            Opcode::Heartbeat if self.heartbeat.is_some() => self.beat_requested = true,
            Opcode::HeartbeatAck => self.acked(now),
            Opcode::Hello if matches!(self.step, Step::AwaitingHello { .. }) => {
                let interval = self.protocol.heartbeat_interval(payload);
                self.hello(now, interval);
            }
            Opcode::InvalidSession => {
                let resumable = self.protocol.is_resumable(payload);
                self.invalid_session(now, resumable);
            }
            Opcode::Reconnect => {
                self.disconnect(now, DisconnectCause::ReconnectRequested, false);
            }
            Opcode::Heartbeat | Opcode::Hello => self.counters.unexpected_frames += 1,
            Opcode::Unknown => {
                self.counters.unexpected_frames += 1;
                self.tell(SessionEvent::UnknownOpcode { op: header.op });
            }
        }
    }

    pub(super) fn receive_bad(&mut self, now: Moment, fault: FrameFault) {
        if let Some(heartbeat) = &mut self.heartbeat {
            heartbeat.received();
        }
        self.count_bad_frame(Some(fault));
        match fault {
            FrameFault::NotUtf8 => {}
            FrameFault::Inflate | FrameFault::TooLarge => {
                self.disconnect(now, DisconnectCause::BadFrame(fault), false);
            }
        }
    }

    fn count_bad_frame(&mut self, fault: Option<FrameFault>) {
        self.counters.bad_frames += 1;
        self.tell(SessionEvent::BadFrame { fault });
    }

    fn hello(&mut self, now: Moment, interval: Option<Duration>) {
        let interval = self.config.heartbeat_interval.or(interval);
        let heartbeat = Heartbeat::start(now, interval, &mut self.rng);
        let heartbeat_interval = heartbeat.interval();
        self.heartbeat = Some(heartbeat);
        self.budget.reached_hello(now);
        self.tell(SessionEvent::Hello { heartbeat_interval });

        if self.live.is_some() && self.budget.is_spent(now) {
            let frames = self.budget.frames();
            self.lose_session(LossReason::ResumeFailed { frames });
        }
        if self.live.is_some() {
            self.resume(now);
        } else if self.protocol.rules().identify_needs_permit {
            self.enter(Step::AwaitingPermit);
            self.act(Action::AcquirePermit {
                generation: self.generation,
            });
        } else {
            self.identify(now);
        }
    }

    fn acked(&mut self, now: Moment) {
        let latency = self
            .heartbeat
            .as_mut()
            .and_then(|heartbeat| heartbeat.acked(now));
        if let Some(latency) = latency {
            self.tell(SessionEvent::HeartbeatAcked { latency });
        }
    }

    fn invalid_session(&mut self, now: Moment, resumable: bool) {
        let cause = DisconnectCause::InvalidSession { resumable };
        match self.step {
            Step::Identifying(_) => {
                self.invalid_identifies += 1;
                let limit = self.protocol.rules().invalid_identify_limit;
                if limit.is_some_and(|limit| self.invalid_identifies >= limit) {
                    self.refuse_token(now);
                    return;
                }
            }
            // Nothing was asked on this connection that could be refused: it says nothing about the
            // session, and RESUME will tell.
            Step::AwaitingHello { .. } => {}
            _ if !resumable => self.lose_session(LossReason::Invalid),
            _ => {}
        }
        self.disconnect(now, cause, false);
    }

    /// Most events are passed on by their header alone; only READY is looked into.
    fn dispatch(&mut self, now: Moment, header: &Header<'_>, text: &str) {
        if !matches!(
            self.step,
            Step::Identifying(_) | Step::Resuming(_) | Step::Ready { .. }
        ) {
            // Nothing was asked for yet. Taking its number would lose it for the RESUME.
            self.counters.unexpected_frames += 1;
            return;
        }
        let name = header.kind.as_deref().unwrap_or_default();
        let role = self.protocol.dispatch(name);
        let resuming = matches!(self.step, Step::Resuming(_));
        let ends_replay = resuming && role == DispatchRole::Resumed;

        if role == DispatchRole::Ready {
            // Of a READY that is broken nothing is known but that it came: without a name for the session,
            // yet with its events.
            let payload = payload(header, text).unwrap_or_else(|_| {
                self.count_bad_frame(None);
                ""
            });
            self.ready(now, header.seq, payload);
        } else if !self.take_seq(now, header.seq, ends_replay) && !ends_replay {
            return;
        }
        if ends_replay {
            self.resumed(now);
        }
        let Some(kind) = &header.kind else {
            self.count_bad_frame(None);
            return;
        };

        if header.seq.is_none() && !self.protocol.rules().dispatch_without_seq {
            // Whatever it is, it is an event.
            self.count_bad_frame(None);
        }

        let replayed = resuming && role == DispatchRole::Other;
        self.counters.dispatches += 1;
        if replayed {
            self.counters.replayed += 1;
            self.replayed += 1;
        }
        self.act(Action::Dispatch {
            seq: header.seq,
            name: DispatchName::new(kind, text),
            data: header.data,
            replayed,
        });
    }

    /// Advances the sequence; false for an event that has been handed on before.
    ///
    /// It does not depend on whether anybody can decode the event: if it did, every resume would
    /// bring the same event again.
    fn take_seq(&mut self, now: Moment, seq: Option<u64>, ends_replay: bool) -> bool {
        let Some(seq) = seq else {
            return true;
        };
        match self.sequence.advance(seq) {
            Order::Next => {}
            Order::Gap { expected } => {
                let left_out = seq - expected;
                self.counters.missing = self.counters.missing.saturating_add(left_out);
                self.tell(SessionEvent::Gap { expected, got: seq });
            }
            Order::Duplicate { last } => {
                let may_repeat = ends_replay && self.protocol.rules().resumed_repeats_seq;
                if !(may_repeat && seq == last) {
                    self.counters.duplicates += 1;
                    self.tell(SessionEvent::Duplicate { seq, last });
                }
                return false;
            }
        }
        if matches!(self.step, Step::Resuming(_)) {
            self.budget.progressed(now);
        }
        true
    }

    fn ready(&mut self, now: Moment, seq: Option<u64>, payload: &str) {
        if matches!(self.step, Step::Resuming(_)) {
            self.lose_session(LossReason::Replaced);
        }
        // A new session counts from the start: its numbers are no duplicates of the old ones.
        self.sequence = Sequence::new(seq);
        self.live = self.protocol.ready(payload);
        self.budget.reset();
        self.avoid_resume_url = false;
        self.invalid_identifies = 0;
        self.counters.ready += 1;
        if !matches!(self.step, Step::Ready { .. }) {
            self.enter(Step::Ready { since: now });
        }
        let session_id = self
            .live
            .as_ref()
            .map(|session| session.id.clone())
            .unwrap_or_default();
        self.tell(SessionEvent::Ready { session_id });
    }

    fn resumed(&mut self, now: Moment) {
        self.budget.reset();
        self.avoid_resume_url = false;
        self.counters.resumed += 1;
        let replayed = self.replayed;
        self.enter(Step::Ready { since: now });
        self.tell(SessionEvent::Resumed { replayed });
    }
}

/// The payload of a frame; empty if it has none.
fn payload<'a>(header: &Header<'_>, text: &'a str) -> Result<&'a str, ScanError> {
    header.data.map_or(Ok(""), |data| data.text(text))
}
