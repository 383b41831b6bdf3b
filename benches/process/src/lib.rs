//! What the system says about a benchmark's process and its threads, and where they run.

use std::time::Duration;

/// CPU time of this process, of all its threads.
#[derive(Clone, Copy, Debug)]
pub struct CpuTime {
    pub user: Duration,
    pub system: Duration,
}

impl CpuTime {
    pub fn now() -> Self {
        #[cfg(unix)]
        {
            use nix::sys::{
                resource::{UsageWho, getrusage},
                time::TimeVal,
            };
            let usage = getrusage(UsageWho::RUSAGE_SELF).expect("the usage of oneself");
            let duration = |time: TimeVal| {
                Duration::from_secs(u64::try_from(time.tv_sec()).expect("time goes forward"))
                    + Duration::from_micros(u64::try_from(time.tv_usec()).expect("a part of it"))
            };
            Self {
                user: duration(usage.user_time()),
                system: duration(usage.system_time()),
            }
        }
        #[cfg(not(unix))]
        panic!("CPU time is asked of getrusage")
    }

    /// Of the user and of the system together.
    pub fn total(self) -> Duration {
        self.user + self.system
    }

    pub fn since(self, start: Self) -> Self {
        Self {
            user: self.user - start.user,
            system: self.system - start.system,
        }
    }
}

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

/// How often this thread waited for something, such as a lock.
pub fn waits() -> u64 {
    #[cfg(target_os = "linux")]
    {
        use nix::sys::resource::{UsageWho, getrusage};
        let usage = getrusage(UsageWho::RUSAGE_THREAD).expect("the usage of oneself");
        let switches = usage.voluntary_context_switches();
        switches.try_into().expect("a count")
    }
    #[cfg(not(target_os = "linux"))]
    0
}

/// Memory that is in use and not swapped out, in KiB.
pub fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux's /proc");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .expect("VmRSS in KiB")
}

/// Keeps this thread on one core, and those that it starts from now on, where the system knows how.
pub fn stay_on_core(core: usize) {
    #[cfg(target_os = "linux")]
    {
        use nix::{
            sched::{CpuSet, sched_setaffinity},
            unistd::Pid,
        };
        let mut set = CpuSet::new();
        set.set(core).expect("a core's number");
        if let Err(error) = sched_setaffinity(Pid::from_raw(0), &set) {
            eprintln!("not on core {core}: {error}");
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = core;
}

/// Lets this process open as many sockets as it may.
pub fn raise_socket_limit() {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, getrlimit, setrlimit};
        if let Ok((_, most)) = getrlimit(Resource::RLIMIT_NOFILE) {
            let _ = setrlimit(Resource::RLIMIT_NOFILE, most, most);
        }
    }
}
