//! Snowflakes: Discord's ids, made from the simulator's clock.

use std::time::Duration;

use tokio::time::Instant;

/// Milliseconds of Discord's epoch (2015-01-01) since the Unix epoch.
const EPOCH_MS: u64 = 1_420_070_400_000;

/// When a fixed world is said to have been made: 2021-06-01. Ids of a world are then the same in
/// every run.
const WORLD_MS: u64 = 1_622_505_600_000;

/// The simulator's clock: tokio's time, so that it stands still when a test pauses it, on top of
/// the wall time of the start.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    start: Instant,
    start_ms: u64,
}

impl Clock {
    pub(crate) fn start() -> Self {
        let wall = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or(Duration::from_millis(WORLD_MS));
        Self {
            start: Instant::now(),
            start_ms: u64::try_from(wall.as_millis()).unwrap_or(WORLD_MS),
        }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        Instant::now().saturating_duration_since(self.start)
    }

    pub(crate) fn now_ms(&self) -> u64 {
        let elapsed = u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.start_ms.saturating_add(elapsed)
    }

    pub(crate) fn now_iso(&self) -> String {
        iso8601(self.now_ms())
    }
}

/// Gives out ids that grow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Snowflakes {
    last: u64,
}

impl Snowflakes {
    /// An id made at `now_ms`, larger than every one before.
    pub(crate) fn next(&mut self, now_ms: u64) -> u64 {
        let at = now_ms.saturating_sub(EPOCH_MS) << 22;
        self.last = at.max(self.last + 1);
        self.last
    }

    /// An id for the `index`th thing of a fixed world, one millisecond after the one before: so
    /// guilds that follow one another land on different shards, whatever their number.
    pub(crate) fn of_world(index: u64) -> u64 {
        (WORLD_MS - EPOCH_MS + index) << 22
    }
}

/// The moment in an id, in Unix milliseconds.
pub(crate) fn created_ms(id: u64) -> u64 {
    (id >> 22) + EPOCH_MS
}

/// Unix milliseconds as Discord writes a time: `2021-06-01T00:00:00.000000+00:00`.
pub(crate) fn iso8601(ms: u64) -> String {
    let (days, rest) = (ms / 86_400_000, ms % 86_400_000);
    // Civil date of a day number: years counted from March, in eras of 400 years.
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
    let (second, milli) = (rest / 1000 % 60, rest % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}000+00:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_discord_writes_them() {
        assert_eq!(iso8601(WORLD_MS), "2021-06-01T00:00:00.000000+00:00");
        assert_eq!(
            iso8601(1_709_210_096_007),
            "2024-02-29T12:34:56.007000+00:00"
        );
        assert_eq!(iso8601(0), "1970-01-01T00:00:00.000000+00:00");
    }

    #[test]
    fn ids_grow_even_within_one_millisecond() {
        let mut ids = Snowflakes::default();
        let first = ids.next(WORLD_MS);
        let second = ids.next(WORLD_MS);
        assert!(second > first);
        assert_eq!(created_ms(second), WORLD_MS);
    }
}
