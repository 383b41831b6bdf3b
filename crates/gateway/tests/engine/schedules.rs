//! Random schedules of faults, and what has to hold in all of them.
//!
//! A failure prints its seed. `POLYCORD_SEED` plays that one alone; `POLYCORD_SCHEDULES` sets how many
//! are played, half of them on either dialect.

#[path = "schedules/coverage.rs"]
mod coverage;
#[path = "schedules/faults.rs"]
mod faults;
#[path = "schedules/invariants.rs"]
mod invariants;
#[path = "schedules/transitions.rs"]
mod transitions;
#[path = "schedules/world.rs"]
mod world;

use std::{
    panic::{self, AssertUnwindSafe},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use polycord_gateway::Protocol;

use self::{coverage::Coverage, faults::Faults, transitions::Transitions, world::World};
use crate::{
    accord::{ACCORD, Accord},
    peer::{DISCORD, Words},
    rig::discord,
};

const SCHEDULES: u64 = 3_000;
/// From so many on, every fault has met every state.
const ALL_MET: u64 = 20_000;
const STEPS: u32 = 60;

#[test]
fn invariants_hold_in_every_schedule() {
    if let Some(seed) = number("POLYCORD_SEED") {
        play(seed);
        return;
    }
    let schedules = number("POLYCORD_SCHEDULES").unwrap_or(SCHEDULES);
    let sum = play_all(schedules);
    println!("{schedules} schedules: {sum}");
    // A generator that only ever shuts down proves nothing.
    assert!(sum.is_telling(schedules), "{sum}");
    sum.transitions.assert_documented(schedules >= ALL_MET);
    if schedules >= ALL_MET {
        let unseen = sum.coverage.unseen();
        assert!(unseen.is_empty(), "never played: {unseen:?}");
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name)
        .ok()
        .map(|text| text.parse().expect("the variable holds a number"))
}

/// Plays the seeds from zero on, on all cores, and stops at the first failure.
fn play_all(schedules: u64) -> Sum {
    let threads = thread::available_parallelism().map_or(1, usize::from) as u64;
    let sum = Mutex::new(Sum::default());
    let failed = AtomicBool::new(false);
    thread::scope(|scope| {
        for first in 0..threads {
            let (sum, failed) = (&sum, &failed);
            scope.spawn(move || {
                let mut own = Sum::default();
                for seed in (first..schedules).step_by(usize::try_from(threads).unwrap_or(1)) {
                    if failed.load(Ordering::Relaxed) {
                        return;
                    }
                    if let Ok(of_one) = panic::catch_unwind(AssertUnwindSafe(|| play(seed))) {
                        own.add(&of_one);
                    } else {
                        failed.store(true, Ordering::Relaxed);
                        eprintln!("failed with POLYCORD_SEED={seed}");
                    }
                    if seed.is_multiple_of(100_000) && seed > 0 {
                        eprintln!("{seed} of {schedules} schedules");
                    }
                }
                sum.lock().unwrap_or_else(PoisonError::into_inner).add(&own);
            });
        }
    });
    assert!(!failed.into_inner(), "a schedule failed: see above");
    sum.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn play(seed: u64) -> Sum {
    if seed.is_multiple_of(2) {
        play_on(discord(), DISCORD, seed)
    } else {
        play_on(Accord::new(), ACCORD, seed)
    }
}

fn play_on<P: Protocol>(protocol: P, words: Words, seed: u64) -> Sum {
    let mut world = World::new(protocol, words, seed);
    world.rig.start();
    for _ in 0..STEPS {
        let fault = world.pick(Faults::of::<P>());
        let pause = world.pause();
        fault(&mut world);
        world.pass(pause);
    }
    world.heal();
    invariants::check(&world);
    Sum::of(world)
}

/// What was played, so that a generator that has gone blind is noticed.
#[derive(Debug, Default)]
struct Sum {
    identifies: usize,
    resumes: usize,
    dispatches: usize,
    replayed: usize,
    gaps: usize,
    stale: usize,
    commands: usize,
    stopped: usize,
    recovered: usize,
    coverage: Coverage,
    transitions: Transitions,
}

impl Sum {
    fn of<P: Protocol>(world: World<P>) -> Self {
        let events = world.rig.handed_on();
        let stopped = world.rig.stopped().is_some();
        Self {
            identifies: world.rig.identifies(),
            resumes: world.rig.resumes(),
            dispatches: events.len(),
            replayed: events.iter().filter(|(_, replayed)| *replayed).count(),
            gaps: world.gaps().len(),
            stale: world.rig.stale,
            commands: world.commands.len(),
            stopped: usize::from(stopped),
            recovered: usize::from(!stopped),
            transitions: Transitions::of(&world.rig.journal),
            coverage: world.coverage,
        }
    }

    fn add(&mut self, other: &Self) {
        self.identifies += other.identifies;
        self.resumes += other.resumes;
        self.dispatches += other.dispatches;
        self.replayed += other.replayed;
        self.gaps += other.gaps;
        self.stale += other.stale;
        self.commands += other.commands;
        self.stopped += other.stopped;
        self.recovered += other.recovered;
        self.coverage.add(&other.coverage);
        self.transitions.add(&other.transitions);
    }

    /// Whether enough of everything happened for the invariants to mean something.
    fn is_telling(&self, schedules: u64) -> bool {
        let often =
            |count: usize, per_thousand: u64| count as u64 * 1000 >= schedules * per_thousand;
        often(self.identifies, 2_000)
            && often(self.resumes, 2_000)
            && often(self.dispatches, 10_000)
            && often(self.replayed, 2_000)
            && often(self.gaps, 100)
            && often(self.stale, 2_000)
            && often(self.commands, 50_000)
            && often(self.stopped, 50)
            && often(self.recovered, 500)
    }
}

impl std::fmt::Display for Sum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} recovered, {} stopped; {} IDENTIFYs, {} RESUMEs; {} events ({} replayed, {} gaps); \
             {} commands; {} late frames; {} of {} faults in a state",
            self.recovered,
            self.stopped,
            self.identifies,
            self.resumes,
            self.dispatches,
            self.replayed,
            self.gaps,
            self.commands,
            self.stale,
            self.coverage.seen(),
            Coverage::pairs().len(),
        )
    }
}
