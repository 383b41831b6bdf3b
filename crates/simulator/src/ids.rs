//! Snowflakes: Discord's ids, made from the simulator's clock.

use std::time::Duration;

use tokio::time::Instant;

/// When Discord's ids begin, 2015-01-01, in Unix milliseconds.
pub(crate) const DISCORD_MS: u64 = 1_420_070_400_000;

/// When a fixed world is said to have been made: 2021-06-01. Ids of a world are then the same in
/// every run.
pub(crate) const WORLD_MS: u64 = 1_622_505_600_000;

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

    /// Milliseconds of the Unix epoch.
    pub(crate) fn start_ms(&self) -> u64 {
        self.start_ms
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
    /// An id made at `now_ms`, larger than every one before. Four million fit into a millisecond; what
    /// is more goes on into the next.
    pub(crate) fn next(&mut self, now_ms: u64) -> u64 {
        let at = now_ms.saturating_sub(DISCORD_MS) << 22;
        self.last = at.max(self.last + 1);
        self.last
    }

    /// An id made at `ms`, with these lower 22 bits.
    pub(crate) fn at(ms: u64, low: u64) -> u64 {
        ms.saturating_sub(DISCORD_MS) << 22 | low & 0x3f_ffff
    }

    /// From here on ids are larger than this one.
    pub(crate) fn pass(&mut self, id: u64) {
        self.last = self.last.max(id);
    }

    /// An id for the `index`th thing of a fixed world, one millisecond after the one before: so
    /// guilds that follow one another land on different shards, whatever their number.
    pub(crate) fn of_world(index: u64) -> u64 {
        (WORLD_MS - DISCORD_MS + index) << 22
    }
}

/// The moment in an id, in Unix milliseconds.
pub(crate) fn created_ms(id: u64) -> u64 {
    (id >> 22) + DISCORD_MS
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

/// Unix milliseconds of a time as clients write one: a date, `T` or a space, a time of day with any
/// number of decimals or none, and `Z` or an offset; without either it is UTC.
pub(crate) fn read_iso(text: &str) -> Option<u64> {
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = text.get(from..to)?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten()
    };
    let bytes = text.as_bytes();
    let is = |at: usize, among: &[u8]| bytes.get(at).is_some_and(|byte| among.contains(byte));
    if !(is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":")) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let in_range = (1..=12).contains(&month) && (1..=31).contains(&day);
    if !in_range || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let rest = text.get(19..)?;
    let (decimals, zone) = match rest.strip_prefix('.') {
        None => ("", rest),
        Some(rest) => {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            rest.split_at_checked(end)
                .filter(|(digits, _)| !digits.is_empty())?
        }
    };
    let millis: i64 = decimals
        .bytes()
        .chain(*b"000")
        .take(3)
        .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let offset = match zone {
        "" | "Z" | "z" => 0,
        zone => {
            let (sign, ahead) = match zone.split_at_checked(1)? {
                ("+", ahead) => (1, ahead),
                ("-", ahead) => (-1, ahead),
                _ => return None,
            };
            let (hours, minutes) = ahead.split_once(':')?;
            let (hours, minutes): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
            sign * (i64::from(hours) * 60 + i64::from(minutes))
        }
    };
    // Days of a civil date: years counted from March, in eras of 400 years.
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468;
    let minutes = (days * 24 + hour) * 60 + minute - offset;
    u64::try_from((minutes * 60 + second) * 1000 + millis).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_clients_write_them() {
        for ms in [0, WORLD_MS, 1_709_210_096_007, 4_102_444_799_999] {
            assert_eq!(read_iso(&iso8601(ms)), Some(ms));
        }
        for same in [
            "2021-06-01T00:00:00Z",
            "2021-06-01 02:00:00.000+02:00",
            "2021-06-01T00:00:00",
        ] {
            assert_eq!(read_iso(same), Some(WORLD_MS), "{same}");
        }
        for bad in [
            "",
            "2021-06-01",
            "2021-13-01T00:00:00Z",
            "tomorrow, at seven o'clock",
            "2021-06-01T00:00:00.Z",
            "2021-06-01T00:00:00+x",
            "１021-06-01T00:00:00Z",
        ] {
            assert_eq!(read_iso(bad), None, "{bad}");
        }
    }

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

    #[test]
    fn ids_of_one_millisecond_stay_in_it_however_many_they_are() {
        let mut ids = Snowflakes::default();
        let mut last = 0;
        for _ in 0..100_000 {
            let id = ids.next(WORLD_MS);
            assert!(id > last);
            last = id;
        }
        assert_eq!(created_ms(last), WORLD_MS);
        assert_eq!(created_ms(ids.next(WORLD_MS + 1)), WORLD_MS + 1);
        // A clock that goes back does not take the ids with it.
        assert!(ids.next(WORLD_MS - 1_000) > last);
    }
}
