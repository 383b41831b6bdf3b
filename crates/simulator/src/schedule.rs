//! Days of faults: what happens when and to whom, as a value that can be written down and played again.

mod random;
mod text;

use std::time::Duration;

use bytes::Bytes;

pub use self::text::BadSchedule;
use crate::faults::{Fault, Script};
use crate::scenario::Scenario;
use crate::simulator::Simulator;

/// How many disturbances a simulator remembers; later ones are not.
const RECORDED: usize = 100_000;

/// Something that is done to a shard at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Disturbance {
    /// [`Simulator::play`].
    Scenario(Scenario),
    /// [`Simulator::cut`].
    Cut,
    /// [`Simulator::reconnect`].
    Reconnect,
    /// [`Simulator::reconnect_every`].
    ReconnectEvery(Duration),
    /// [`Simulator::invalid_session`], with whether it is resumable.
    InvalidSession(bool),
    /// [`Simulator::close`], with its code.
    Close(u16),
    /// [`Simulator::request_heartbeat`].
    RequestHeartbeat,
    /// [`Simulator::hang`].
    Hang,
    /// [`Simulator::send_text`].
    Text(String),
    /// [`Simulator::send_bytes`].
    Bytes(Bytes),
    /// [`Simulator::send_frame`].
    Frame(Bytes),
    /// [`Simulator::script`].
    Script(Script),
    /// [`Simulator::script_any`]; the shard has no part in it.
    ScriptAny(Script),
    /// [`Simulator::clear_script`]; the shard has no part in it.
    ClearScript,
}

impl From<Scenario> for Disturbance {
    fn from(scenario: Scenario) -> Self {
        Self::Scenario(scenario)
    }
}

impl From<Fault> for Disturbance {
    fn from(fault: Fault) -> Self {
        Self::Script(fault.into())
    }
}

impl From<Script> for Disturbance {
    fn from(script: Script) -> Self {
        Self::Script(script)
    }
}

/// A moment of a [`Schedule`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When, since the schedule began.
    pub at: Duration,
    /// To which shard.
    pub shard: u32,
    /// What is done to it.
    pub what: Disturbance,
}

/// Disturbances in the order of their times.
///
/// It is made by hand, [from a seed](Self::random) or [from a run](Simulator::recorded), written and
/// read as lines of JSON, and played by [`Simulator::play_schedule`]. Under paused time the same
/// schedule, the same world and the same client give the same journal.
///
/// ```
/// use std::time::Duration;
/// use polycord_simulator::{Disturbance, Fault, Scenario, Schedule};
///
/// let day = Schedule::new()
///     .at(Duration::from_secs(10), 0, Scenario::T08HelloNeverArrives)
///     .then(Duration::from_secs(60), 1, Fault::HttpStatus(503).times(3))
///     .then(Duration::ZERO, 1, Disturbance::Cut);
/// assert_eq!(day.steps()[2].at, Duration::from_secs(70));
/// assert_eq!(day.to_string().parse::<Schedule>()?, day);
/// # Ok::<_, polycord_simulator::BadSchedule>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Schedule {
    steps: Vec<Step>,
}

impl Schedule {
    /// One in which nothing happens.
    pub fn new() -> Self {
        Self::default()
    }

    /// Also this, at that time; in the order given where times are the same. Fractions of a
    /// microsecond are dropped.
    pub fn at(mut self, at: Duration, shard: u32, what: impl Into<Disturbance>) -> Self {
        let what = what.into();
        self.put(Step { at, shard, what });
        self
    }

    /// Also this, so long after the last of it.
    pub fn then(self, wait: Duration, shard: u32, what: impl Into<Disturbance>) -> Self {
        let last = self.steps.last().map_or(Duration::ZERO, |step| step.at);
        self.at(last.saturating_add(wait), shard, what)
    }

    /// Also everything of another one, at its times.
    pub fn with(mut self, other: Self) -> Self {
        for step in other.steps {
            self.put(step);
        }
        self
    }

    /// The same, so much later.
    pub fn delayed(mut self, by: Duration) -> Self {
        for step in &mut self.steps {
            step.at = micros(step.at.saturating_add(by));
        }
        self
    }

    /// What happens, by time.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    fn put(&mut self, mut step: Step) {
        step.at = micros(step.at);
        let place = self.steps.partition_point(|before| before.at <= step.at);
        self.steps.insert(place, step);
    }

    /// Remembers what was done, unless there is too much of it already.
    pub(crate) fn record(&mut self, step: Step) {
        if self.steps.len() < RECORDED {
            self.put(step);
        }
    }
}

/// The precision in which times are written down.
fn micros(time: Duration) -> Duration {
    Duration::from_micros(u64::try_from(time.as_micros()).unwrap_or(u64::MAX))
}

impl Simulator {
    /// Plays a schedule from now on. It returns at once; the rest of it is not played when the
    /// simulator ends before.
    pub fn play_schedule(&self, schedule: Schedule) {
        let sim = self.weakly();
        let mut stop = self.core.stop.subscribe();
        let begun = tokio::time::Instant::now();
        self.runtime.spawn(async move {
            for step in schedule.steps {
                tokio::select! {
                    _ = stop.wait_for(|stopped| *stopped) => return,
                    () = tokio::time::sleep_until(begun + step.at) => {}
                }
                let Some(sim) = sim() else {
                    return;
                };
                sim.disturb(step.shard, step.what);
            }
        });
    }

    /// Everything that was done to shards since the start, with its time: scenarios, faults, and what else
    /// breaks a connection, the first 100,000 of it. What people do is not in it.
    pub fn recorded(&self) -> Schedule {
        self.core.lock().recorded.clone()
    }

    /// Does something to a shard, now, and remembers it. Whether there was a connection to do it to;
    /// `true` for what needs none.
    pub fn disturb(&self, shard: u32, what: impl Into<Disturbance>) -> bool {
        let what = what.into();
        let at = self.core.clock.elapsed();
        let step = Step {
            at,
            shard,
            what: what.clone(),
        };
        self.core.lock().recorded.record(step);
        match what {
            Disturbance::Scenario(scenario) => self.play_now(shard, scenario),
            Disturbance::Cut => return self.cut_now(shard),
            Disturbance::Reconnect => return self.reconnect_now(shard),
            Disturbance::ReconnectEvery(period) => self.reconnect_every_now(shard, period),
            Disturbance::InvalidSession(resumable) => {
                return self.invalidate_now(shard, resumable);
            }
            Disturbance::Close(code) => return self.close_now(shard, code),
            Disturbance::RequestHeartbeat => return self.ask_heartbeat_now(shard),
            Disturbance::Hang => return self.hang_now(shard),
            Disturbance::Text(text) => return self.text_now(shard, text),
            Disturbance::Bytes(bytes) => return self.bytes_now(shard, bytes),
            Disturbance::Frame(frame) => return self.frame_now(shard, frame),
            Disturbance::Script(script) => self.script_now(shard, script),
            Disturbance::ScriptAny(script) => self.script_any_now(script),
            Disturbance::ClearScript => self.core.lock().scripts.clear(),
        }
        true
    }
}
