//! Time and allocations of a decoder over a workload.

use std::time::Duration;

use polycord_workload::Workload;

/// What one frame costs, on average.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub time: Duration,
    pub allocations: f64,
    pub bytes: f64,
}

/// One pass over the frames of a workload.
pub type Pass = fn(&[String]);

/// What each of the `passes` costs per frame.
///
/// They take turns, round by round, so that whatever else the machine does meets them alike; of the
/// rounds the fastest counts, in CPU time of this thread. Allocations are counted in a round of their
/// own.
pub fn compare<const N: usize>(workload: &Workload, rounds: u32, passes: [Pass; N]) -> [Cost; N] {
    let frames = &workload.frames;
    let count = frames.len() as f64;
    let mut costs = passes.map(|pass| {
        let counted = allocation_counter::measure(|| pass(frames));
        Cost {
            time: Duration::MAX,
            allocations: counted.count_total as f64 / count,
            bytes: counted.bytes_total as f64 / count,
        }
    });
    for _ in 0..rounds {
        for (pass, cost) in passes.iter().zip(&mut costs) {
            let start = cpu_time();
            pass(frames);
            cost.time = cost.time.min(cpu_time() - start);
        }
    }
    costs.map(|cost| Cost {
        time: cost.time.div_f64(count),
        ..cost
    })
}

/// The CPU time of this thread; where the system does not tell it, the time on the wall.
fn cpu_time() -> Duration {
    #[cfg(unix)]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(
            time.tv_sec.try_into().expect("time goes forward"),
            time.tv_nsec.try_into().expect("a part of a second"),
        )
    }
    #[cfg(not(unix))]
    {
        use std::{sync::OnceLock, time::Instant};
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }
}
