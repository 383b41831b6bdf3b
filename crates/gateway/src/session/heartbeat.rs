use std::{ops::RangeInclusive, time::Duration};

use fastrand::Rng;

use crate::session::{Moment, backoff::up_to};

/// The interval when HELLO names none.
const DEFAULT_INTERVAL: Duration = Duration::from_secs(45);

/// What an interval is taken for that nobody can mean: a shorter one would be a flood, with a longer one
/// a dead connection would not be found.
const INTERVALS: RangeInclusive<Duration> = Duration::from_millis(100)..=Duration::from_secs(600);

/// A timer that fires later than this did so because the process stood still. What came meanwhile has
/// not been read, so nobody is judged by it.
const STANDSTILL: Duration = Duration::from_secs(1);

const AVERAGED: usize = 5;

/// The heartbeat of one connection.
#[derive(Clone, Debug)]
pub(crate) struct Heartbeat {
    interval: Duration,
    next: Moment,
    unacked: Option<Unacked>,
    traffic: bool,
    latencies: [Option<Duration>; AVERAGED],
}

#[derive(Clone, Copy, Debug)]
struct Unacked {
    sent: Moment,
    /// Its acknowledgement may be waiting where we do not read.
    excused: bool,
}

/// What to do when a heartbeat is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    Send,
    /// The last one was not acknowledged; `traffic` tells whether anything else came.
    Zombie {
        traffic: bool,
    },
}

impl Heartbeat {
    /// The first beat comes after a random part of the interval, so that clients that connected
    /// together do not beat together.
    pub(crate) fn start(now: Moment, interval: Option<Duration>, rng: &mut Rng) -> Self {
        let interval = interval
            .filter(|interval| !interval.is_zero())
            .unwrap_or(DEFAULT_INTERVAL)
            .clamp(*INTERVALS.start(), *INTERVALS.end());
        Self {
            interval,
            next: now + up_to(interval, rng),
            unacked: None,
            traffic: false,
            latencies: [None; AVERAGED],
        }
    }

    /// A beat is due.
    pub(crate) fn beat(&mut self, now: Moment, reading_paused: bool) -> Due {
        let late = now - self.next;
        if let Some(Unacked { excused: false, .. }) = self.unacked
            && !reading_paused
            && late <= STANDSTILL
        {
            return Due::Zombie {
                traffic: self.traffic,
            };
        }
        self.unacked = Some(Unacked {
            sent: now,
            excused: reading_paused,
        });
        self.traffic = false;
        // Beats that were slept through are not made up for.
        let from = if late < self.interval { self.next } else { now };
        self.next = from + self.interval;
        Due::Send
    }

    /// Takes an acknowledgement; gives the latency if it can be told.
    pub(crate) fn acked(&mut self, now: Moment) -> Option<Duration> {
        let Unacked { sent, excused } = self.unacked.take()?;
        if excused {
            return None;
        }
        let latency = now - sent;
        self.latencies.rotate_right(1);
        self.latencies[0] = Some(latency);
        Some(latency)
    }

    /// Reading was interrupted: the beat under way is not judged.
    pub(crate) const fn excuse(&mut self) {
        if let Some(unacked) = &mut self.unacked {
            unacked.excused = true;
        }
    }

    pub(crate) const fn received(&mut self) {
        self.traffic = true;
    }

    pub(crate) const fn due(&self) -> Moment {
        self.next
    }

    pub(crate) const fn interval(&self) -> Duration {
        self.interval
    }

    pub(crate) const fn latency(&self) -> Option<Duration> {
        self.latencies[0]
    }

    pub(crate) fn latency_average(&self) -> Option<Duration> {
        let known = self.latencies.iter().flatten();
        let count = u32::try_from(known.clone().count()).ok()?;
        known.sum::<Duration>().checked_div(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Moment {
        Moment::new(Duration::from_millis(millis))
    }

    fn started(seed: u64) -> Heartbeat {
        let interval = Some(Duration::from_secs(40));
        Heartbeat::start(at(0), interval, &mut Rng::with_seed(seed))
    }

    #[test]
    fn first_beat_falls_anywhere_in_the_first_interval() {
        let firsts: Vec<_> = (0..1000).map(|seed| started(seed).due()).collect();
        assert!(firsts.iter().all(|first| *first <= at(40_000)));
        assert!(firsts.iter().any(|first| *first < at(2_000)));
        assert!(firsts.iter().any(|first| *first > at(38_000)));
    }

    #[test]
    fn acknowledged_beats_keep_the_rhythm_and_measure_the_latency() {
        let mut heartbeat = started(1);
        let first = heartbeat.due();
        for beat in 0..4 {
            let due = first + Duration::from_secs(40) * beat;
            assert_eq!(heartbeat.due(), due);
            assert_eq!(
                heartbeat.beat(due + Duration::from_millis(3), false),
                Due::Send
            );
            let acked = due + Duration::from_millis(53);
            assert_eq!(heartbeat.acked(acked), Some(Duration::from_millis(50)));
        }
        assert_eq!(heartbeat.latency_average(), Some(Duration::from_millis(50)));
        assert_eq!(heartbeat.acked(at(999_999)), None);
    }

    #[test]
    fn missing_acknowledgement_is_found_when_the_next_beat_is_due() {
        let mut heartbeat = started(1);
        assert_eq!(heartbeat.beat(heartbeat.due(), false), Due::Send);
        heartbeat.received();
        let due = heartbeat.due();
        assert_eq!(heartbeat.beat(due, false), Due::Zombie { traffic: true });
    }

    #[test]
    fn nobody_is_judged_while_reading_is_paused_and_until_a_beat_after() {
        let mut heartbeat = started(1);
        assert_eq!(heartbeat.beat(heartbeat.due(), false), Due::Send);
        heartbeat.excuse();
        assert_eq!(heartbeat.beat(heartbeat.due(), true), Due::Send);
        heartbeat.excuse();
        assert_eq!(heartbeat.beat(heartbeat.due(), false), Due::Send);
        assert!(matches!(
            heartbeat.beat(heartbeat.due(), false),
            Due::Zombie { .. }
        ));
    }

    #[test]
    fn after_a_standstill_one_beat_is_sent_and_judged_an_interval_later() {
        let mut heartbeat = started(1);
        assert_eq!(heartbeat.beat(heartbeat.due(), false), Due::Send);
        let woken = at(7_200_000);
        assert_eq!(heartbeat.beat(woken, false), Due::Send);
        assert_eq!(heartbeat.due(), woken + Duration::from_secs(40));
        assert!(matches!(
            heartbeat.beat(heartbeat.due(), false),
            Due::Zombie { .. }
        ));
    }

    #[test]
    fn no_interval_or_zero_means_45_seconds() {
        for interval in [None, Some(Duration::ZERO)] {
            let heartbeat = Heartbeat::start(at(0), interval, &mut Rng::with_seed(1));
            assert_eq!(heartbeat.interval(), Duration::from_secs(45));
        }
    }
}
