//! Points in time as Discord writes them.

use std::{
    fmt,
    num::NonZeroU64,
    ops::{Add, AddAssign, Sub, SubAssign},
    str::FromStr,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Serialize, Serializer};

use crate::decode::{Decode, Fault, Reader};

const SECOND: i64 = 1_000_000;
const DAY_SECONDS: i64 = 86_400;
const SIGN: u64 = 1 << 63;

/// A point in time, to the microsecond.
///
/// Reads RFC 3339 with any number of fractional digits, with `T` or a space; without an offset it is
/// UTC. Written as `2017-07-11T17:27:07.299000+00:00`, without the fraction where it is zero.
///
/// An `Option` of it takes no more room than itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(
    // Microseconds with the sign bit flipped: ordered as they are, and never 0 but at the very first.
    NonZeroU64,
);

impl Timestamp {
    /// Makes a timestamp of microseconds since the Unix epoch.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        match NonZeroU64::new(micros.cast_unsigned() ^ SIGN) {
            Some(flipped) => Self(flipped),
            None => Self(NonZeroU64::MIN),
        }
    }

    /// Makes a timestamp of milliseconds since the Unix epoch; beyond the range it saturates.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self::from_micros(millis.saturating_mul(1000))
    }

    /// Makes a timestamp of seconds since the Unix epoch; beyond the range it saturates.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self::from_micros(seconds.saturating_mul(SECOND))
    }

    /// Microseconds since the Unix epoch.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        (self.0.get() ^ SIGN).cast_signed()
    }

    /// Whole milliseconds since the Unix epoch, rounded down.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.as_micros().div_euclid(1000)
    }

    /// Whole seconds since the Unix epoch, rounded down.
    #[must_use]
    pub const fn as_seconds(self) -> i64 {
        self.as_micros().div_euclid(SECOND)
    }

    /// How much later this is than `earlier`; zero if it is not.
    #[must_use]
    pub fn saturating_duration_since(self, earlier: Self) -> Duration {
        let micros = i128::from(self.as_micros()) - i128::from(earlier.as_micros());
        Duration::from_micros(u64::try_from(micros).unwrap_or(0))
    }

    /// The time so much later; `None` beyond the range.
    #[must_use]
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        let micros = i64::try_from(duration.as_micros()).ok()?;
        self.as_micros().checked_add(micros).map(Self::from_micros)
    }

    /// The time so much earlier; `None` beyond the range.
    #[must_use]
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        let micros = i64::try_from(duration.as_micros()).ok()?;
        self.as_micros().checked_sub(micros).map(Self::from_micros)
    }

    /// The same time for the standard library; `None` if the system cannot tell it.
    #[must_use]
    pub fn to_system_time(self) -> Option<SystemTime> {
        let distance = Duration::from_micros(self.as_micros().unsigned_abs());
        if self.as_micros() < 0 {
            UNIX_EPOCH.checked_sub(distance)
        } else {
            UNIX_EPOCH.checked_add(distance)
        }
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    /// The time so much later; beyond the range it saturates.
    fn add(self, duration: Duration) -> Self {
        self.checked_add(duration)
            .unwrap_or(Self::from_micros(i64::MAX))
    }
}

impl AddAssign<Duration> for Timestamp {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    /// The time so much earlier; beyond the range it saturates.
    fn sub(self, duration: Duration) -> Self {
        self.checked_sub(duration)
            .unwrap_or(Self::from_micros(i64::MIN))
    }
}

impl SubAssign<Duration> for Timestamp {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}

impl Default for Timestamp {
    fn default() -> Self {
        Self::from_micros(0)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.as_seconds();
        let (year, month, day) = date(seconds.div_euclid(DAY_SECONDS));
        let second = seconds.rem_euclid(DAY_SECONDS);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        )?;
        match self.as_micros().rem_euclid(SECOND) {
            0 => f.write_str("+00:00"),
            micros => write!(f, ".{micros:06}+00:00"),
        }
    }
}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, ParseTimestampError> {
        parse(text.as_bytes()).ok_or(ParseTimestampError(()))
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let micros = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_micros()).unwrap_or(i64::MAX),
            Err(before) => {
                i64::try_from(before.duration().as_micros()).map_or(i64::MIN, |micros| -micros)
            }
        };
        Self::from_micros(micros)
    }
}

impl Decode for Timestamp {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        const EXPECTED: &str = "an RFC 3339 timestamp";
        if let Some(timestamp) = reader.fixed(usual) {
            return Ok(timestamp);
        }
        let start = reader.offset();
        match parse(reader.string(EXPECTED)?.as_bytes()) {
            Some(timestamp) => Ok(timestamp),
            None => Err(reader.mismatch_at(start, EXPECTED)),
        }
    }
}

deserialize!(Timestamp);

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text that is no RFC 3339 timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseTimestampError(());

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a timestamp: expected RFC 3339, as in 2017-07-11T17:27:07.299000+00:00")
    }
}

impl std::error::Error for ParseTimestampError {}

fn parse(text: &[u8]) -> Option<Timestamp> {
    let (head, rest) = text.split_first_chunk()?;
    let seconds = whole(head)?;
    let (micros, offset) = match rest {
        b"+00:00" => (0, 0),
        [b'.', fraction @ ..] => {
            let mut rest = fraction;
            (self::fraction(&mut rest)?, offset(rest)?)
        }
        rest => (0, offset(rest)?),
    };
    Some(Timestamp::from_micros((seconds - offset) * SECOND + micros))
}

/// A timestamp as Discord writes it, six digits behind the point and UTC, with what surrounds it in the text.
#[inline]
fn usual(quoted: &[u8; 34]) -> Option<Timestamp> {
    let [b'"', inner @ .., b'0', b'0', b':', b'0', b'0', b'"'] = quoted else {
        return None;
    };
    let (head, fraction) = inner.split_first_chunk()?;
    let micros = pairs(*fraction.first_chunk()?, *b".000000+")?;
    let micros = pair(micros, 1) * 10_000 + pair(micros, 3) * 100 + pair(micros, 5);
    Some(Timestamp::from_micros(
        whole(head)? * SECOND + micros.cast_signed(),
    ))
}

/// Whole seconds since the Unix epoch, if what is written is UTC.
#[inline]
fn whole(head: &[u8; 19]) -> Option<i64> {
    let date = pairs(*head.first_chunk()?, *b"0000-00-")?;
    let time = pairs(*head.last_chunk()?, *b"00:00:00")?;
    let [tens @ b'0'..=b'9', ones @ b'0'..=b'9', b'T' | b't' | b' '] = head.get(8..11)? else {
        return None;
    };
    let day = u64::from(tens - b'0') * 10 + u64::from(ones - b'0');
    let (year, month) = (pair(date, 0) * 100 + pair(date, 2), pair(date, 5));
    let (hour, minute, second) = (pair(time, 0), pair(time, 3), pair(time, 6));
    let valid = (1..=12).contains(&month)
        && day > 0
        && (day <= 28 || day <= days_in_month(year, month))
        && hour < 24
        && minute < 60
        // A leap second: it counts as the first of the next minute.
        && second <= 60;
    let second_of_day = hour * 3600 + minute * 60 + second;
    valid.then(|| days(year, month, day) * DAY_SECONDS + second_of_day.cast_signed())
}

/// The numbers that neighbours are, each where its first digit stands. `pattern` has a zero where there is a digit, and
/// all else as it has to be.
#[inline]
fn pairs(text: [u8; 8], pattern: [u8; 8]) -> Option<u64> {
    let digits = u64::from_le_bytes(text) ^ u64::from_le_bytes(pattern);
    let allowed = u64::from_le_bytes(pattern.map(|byte| if byte == b'0' { 9 } else { 0 }));
    // The highest bit of a byte shows that it is above what is allowed.
    let above = digits.wrapping_add(0x7F7F_7F7F_7F7F_7F7F - allowed) | digits;
    (above & 0x8080_8080_8080_8080 == 0).then(|| digits * 10 + (digits >> 8))
}

#[inline]
const fn pair(pairs: u64, at: u32) -> u64 {
    pairs >> (at * 8) & 0xFF
}

fn number(rest: &mut &[u8], digits: usize) -> Option<i64> {
    let (head, tail) = rest.split_at_checked(digits)?;
    *rest = tail;
    head.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + i64::from(byte - b'0'))
    })
}

fn literal(rest: &mut &[u8], any_of: &[u8]) -> Option<()> {
    let (first, tail) = rest.split_first()?;
    any_of.contains(first).then(|| *rest = tail)
}

/// Microseconds; digits beyond the sixth are cut.
fn fraction(rest: &mut &[u8]) -> Option<i64> {
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (head, tail) = rest
        .split_at_checked(digits)
        .filter(|(head, _)| !head.is_empty())?;
    *rest = tail;
    let padded = head.iter().copied().chain(std::iter::repeat(b'0')).take(6);
    Some(padded.fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0')))
}

/// Seconds east of UTC; nothing is UTC.
fn offset(mut rest: &[u8]) -> Option<i64> {
    let (first, tail) = match rest {
        [] | b"Z" | b"z" => return Some(0),
        [first, tail @ ..] => (first, tail),
    };
    let sign = match first {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    rest = tail;
    let hours = number(&mut rest, 2)?;
    // `+0000` and `+00` are ISO 8601 as well.
    let _ = literal(&mut rest, b":");
    let minutes = if rest.is_empty() {
        0
    } else {
        number(&mut rest, 2)?
    };
    (rest.is_empty() && hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_in_month(year: u64, month: u64) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since the Unix epoch. Years are counted from March, so that the leap day is the last one.
fn days(year: u64, month: u64, day: u64) -> i64 {
    // An era more, so that nothing is below zero.
    let year = year + 400 - u64::from(month <= 2);
    let (era, year_of_era) = (year / 400, year % 400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (era * 146_097 + day_of_era).cast_signed() - 146_097 - 719_468
}

/// Year, month and day: the inverse of [`days`].
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_optional_timestamp_takes_no_more_than_a_timestamp() {
        assert_eq!(size_of::<Option<Timestamp>>(), 8);
        let extremes = [i64::MIN + 1, -1, 0, 1, i64::MAX];
        for pair in extremes.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(Timestamp::from_micros);
            assert!(a < b);
            assert_eq!([a.as_micros(), b.as_micros()], pair);
        }
        assert!(Timestamp::from_micros(i64::MIN) < Timestamp::from_micros(-1));
        assert_eq!(Timestamp::default().as_micros(), 0);
    }

    #[test]
    fn the_forms_that_discord_sends_read_alike() {
        let expected = Timestamp::from_millis(1_499_794_027_299);
        for text in [
            "2017-07-11T17:27:07.299000+00:00",
            "2017-07-11 17:27:07.299",
            "2017-07-11T17:27:07.299",
            "2017-07-11T17:27:07.299Z",
            "2017-07-11t17:27:07.299000999z",
            "2017-07-11T19:27:07.299+02:00",
            "2017-07-11T16:57:07.299-0030",
            "2017-07-11T18:27:07.299+01",
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        assert_eq!(expected.to_string(), "2017-07-11T17:27:07.299000+00:00");
    }

    #[test]
    fn what_is_no_timestamp_is_refused() {
        for text in [
            "",
            "2017-07-11",
            "2017-13-11T17:27:07",
            "2017-02-29T17:27:07",
            "2017-07-11T24:00:00",
            "2017-07-11T17:27:07.",
            "2017-07-11T17:27:07+",
            "2017-07-11T17:27:07+00:00x",
            "2017-07-11T17:27:07 UTC",
            "99999-07-11T17:27:07",
            "２017-07-11T17:27:07",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_microsecond_survives_text() {
        // Every day from the year 1 to the year 9999, at a moving time of day.
        for day in -719_162..2_932_896_i64 {
            if day % 31 != 0 && !(18_000..20_000).contains(&day) {
                continue;
            }
            let micros = day.rem_euclid(977) * 88_335_721;
            let time = Timestamp::from_micros(day * DAY_SECONDS * SECOND + micros);
            assert_eq!(time.to_string().parse(), Ok(time), "{time}");
        }
    }

    #[test]
    fn a_whole_second_is_written_without_fraction() {
        assert_eq!(
            Timestamp::from_seconds(0).to_string(),
            "1970-01-01T00:00:00+00:00"
        );
        assert_eq!(
            Timestamp::from_micros(-1).to_string(),
            "1969-12-31T23:59:59.999999+00:00"
        );
    }

    #[test]
    fn sums_saturate_where_they_end() {
        let time = Timestamp::from_seconds(100);
        assert_eq!(
            time + Duration::from_millis(1500),
            Timestamp::from_millis(101_500)
        );
        assert_eq!(
            time - Duration::from_secs(200),
            Timestamp::from_seconds(-100)
        );
        let mut moved = time;
        moved += Duration::from_secs(5);
        moved -= Duration::from_secs(5);
        assert_eq!(moved, time);
        for duration in [Duration::MAX, Duration::from_micros(u64::MAX)] {
            assert_eq!(time.checked_add(duration), None);
            assert_eq!(time.checked_sub(duration), None);
            assert_eq!(time + duration, Timestamp::from_micros(i64::MAX));
            assert_eq!(time - duration, Timestamp::from_micros(i64::MIN));
        }
    }

    #[test]
    fn the_system_tells_the_same_time() {
        for micros in [0, 1, -1, 1_499_794_027_299_000, -1_499_794_027_299_001] {
            let time = Timestamp::from_micros(micros);
            assert_eq!(time.to_system_time().map(Timestamp::from), Some(time));
        }
    }

    #[test]
    fn the_extremes_do_not_panic() {
        for time in [
            Timestamp::from_micros(i64::MIN),
            Timestamp::from_seconds(i64::MAX),
        ] {
            assert!(!time.to_string().is_empty());
            let _ = (time.as_millis(), time.as_seconds());
        }
    }

    #[test]
    fn what_is_read_at_once_reads_as_any_other_does() {
        let usual = "2024-02-29T23:59:60.123456+00:00";
        for at in 0..usual.len() {
            for byte in 0x20..0x7f_u8 {
                let mut bytes = usual.as_bytes().to_vec();
                bytes[at] = byte;
                let text = String::from_utf8(bytes).unwrap();
                let quoted = serde_json::to_string(&text).unwrap();
                let behind = format!("[{quoted}]");
                let read: Vec<Timestamp> = crate::decode::from_str(&behind).unwrap();
                assert_eq!(read.first().copied(), text.parse().ok(), "{text}");
            }
        }
    }
}
