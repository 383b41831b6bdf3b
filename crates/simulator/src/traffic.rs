//! Load: many people, all at once.

mod acts;
mod mix;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::{Instant, MissedTickBehavior, interval};

use self::acts::Crowd;
pub use self::mix::{Act, Mix};
use crate::core::{Core, Stop};
use crate::simulator::Simulator;

/// How often people act: everything that is due since the last time is done together.
const TICK: Duration = Duration::from_millis(10);
/// Acts in one go, before others may have the state.
const BATCH: u64 = 256;
/// What is owed beyond this is not made up for: the machine is too slow for the rate.
const DEBT: Duration = Duration::from_secs(1);

/// People at work, for as long as this is held: made by [`Simulator::traffic`].
#[derive(Debug)]
#[must_use = "the traffic ends when this is dropped"]
pub struct Traffic {
    made: Arc<Mutex<Made>>,
    task: AbortHandle,
}

/// How often what was done.
#[derive(Debug, Default)]
struct Made {
    all: u64,
    by_act: BTreeMap<Act, u64>,
}

impl Made {
    fn count(&mut self, done: Vec<Act>) {
        for act in done {
            self.all += 1;
            *self.by_act.entry(act).or_default() += 1;
        }
    }
}

impl Traffic {
    /// How much was done so far.
    #[must_use]
    pub fn made(&self) -> u64 {
        lock(&self.made).all
    }

    /// How often each thing was done so far.
    #[must_use]
    pub fn made_of(&self, act: Act) -> u64 {
        lock(&self.made).by_act.get(&act).copied().unwrap_or(0)
    }
}

impl Drop for Traffic {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Simulator {
    /// The people of the world act, `rate` times a second (in paused time, too), as the mix says. Each
    /// act changes the world and makes the events it makes anywhere: one as a rule, a few for voice and for
    /// the presence of who is in several guilds. Bots have no part in it, nor have guilds in an outage. The
    /// same seed on the same world makes the same acts. It ends when what is given here is dropped,
    /// or with the simulator.
    ///
    /// What cannot be done when it is its turn, for want of a message, a permission or a voice channel, is
    /// left out. It can go on for days: what is kept of messages, guests and the journal is bounded. A
    /// machine that is too slow for the rate does what it can: what is owed for more than a second is
    /// dropped, see [`Traffic::made`].
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use polycord_simulator::{Mix, Simulator, World};
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let world = World::generate(7, 10, 200);
    /// let sim = Simulator::builder().world(world).in_memory().start().await?;
    /// let traffic = sim.traffic(500.0, Mix::chat(), 7);
    /// tokio::time::sleep(Duration::from_secs(10)).await;
    /// assert!(traffic.made() > 4_500);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If the rate is negative or no number, or if the mix is empty.
    pub fn traffic(&self, rate: f64, mix: Mix, seed: u64) -> Traffic {
        assert!(rate.is_finite() && rate >= 0.0, "{rate} is no rate");
        assert!(!mix.is_empty(), "a mix of nothing makes no traffic");
        let made = Arc::new(Mutex::new(Made::default()));
        let (core, stop) = (Arc::clone(&self.core), self.core.stop.subscribe());
        let crowd = Crowd::new(mix, seed);
        let task = run(core, stop, rate, crowd, Arc::clone(&made));
        let task = self.runtime.spawn(task).abort_handle();
        Traffic { made, task }
    }
}

async fn run(core: Arc<Core>, mut stop: Stop, rate: f64, mut crowd: Crowd, made: Arc<Mutex<Made>>) {
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut last = Instant::now();
    // Acts that are due, and the part of one that is not yet.
    let mut due = 0.0;
    loop {
        tokio::select! {
            _ = stop.wait_for(|stopped| *stopped) => return,
            _ = ticks.tick() => {}
        }
        let now = Instant::now();
        due += rate * now.saturating_duration_since(last).min(DEBT).as_secs_f64();
        due = due.min(rate.max(1.0) * DEBT.as_secs_f64());
        last = now;
        while due >= 1.0 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "at least one, and bounded right after"
            )]
            let batch = (due as u64).min(BATCH);
            let done = crowd.act(&core, batch);
            core.changed.notify_waiters();
            lock(&made).count(done);
            #[expect(clippy::cast_precision_loss, reason = "no more than a batch")]
            let batch = batch as f64;
            due -= batch;
            // Connections are to send what was made, before there is more of it.
            tokio::task::yield_now().await;
        }
    }
}

fn lock(made: &Mutex<Made>) -> std::sync::MutexGuard<'_, Made> {
    made.lock().unwrap_or_else(PoisonError::into_inner)
}
