//! What the system says about this process and its threads.

use std::time::Duration;

/// CPU time of this thread.
pub fn thread_time() -> Duration {
    #[cfg(unix)]
    {
        use nix::time::{ClockId, clock_gettime};
        let time = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID);
        time.expect("the time of oneself").into()
    }
    #[cfg(not(unix))]
    panic!("CPU time is asked of clock_gettime")
}

/// How often this thread did not go on.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Switches {
    /// It waited for something, such as a lock.
    pub waits: u64,
    /// Others wanted its core.
    pub preemptions: u64,
}

pub fn switches() -> Switches {
    #[cfg(target_os = "linux")]
    {
        use nix::sys::resource::{UsageWho, getrusage};
        let usage = getrusage(UsageWho::RUSAGE_THREAD).expect("the usage of oneself");
        let count = |switches: i64| switches.try_into().expect("a count");
        Switches {
            waits: count(usage.voluntary_context_switches()),
            preemptions: count(usage.involuntary_context_switches()),
        }
    }
    #[cfg(not(target_os = "linux"))]
    Switches::default()
}

/// Memory that is in use and not swapped out, in bytes.
pub fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux's /proc");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    let kib: f64 = number
        .and_then(|number| number.parse().ok())
        .expect("VmRSS in KiB");
    kib * 1024.0
}
