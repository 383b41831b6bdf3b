use polycord_types_derive::Model;

use crate::Timestamp;

/// How often an event comes again, a subset of iCalendar's rules.
///
/// Of what can be read Discord takes only some when it is sent: what the constructors make. `end`, `count` and
/// `by_year_day` cannot be set.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object-guild-scheduled-event-recurrence-rule-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct RecurrenceRule {
    /// When the series begins.
    pub start: Timestamp,
    /// When the series ends.
    #[model(optional, nullable)]
    pub end: Option<Timestamp>,
    /// The unit of `interval`.
    pub frequency: Frequency,
    /// How many units lie between two events.
    pub interval: u32,
    /// On which days of the week.
    #[model(nullable)]
    pub by_weekday: Option<Vec<Weekday>>,
    /// On which days of which weeks of the month.
    #[model(nullable)]
    pub by_n_weekday: Option<Vec<NthWeekday>>,
    /// In which months.
    #[model(nullable)]
    pub by_month: Option<Vec<Month>>,
    /// On which days of the month.
    #[model(nullable)]
    pub by_month_day: Option<Vec<u8>>,
    /// On which days of the year, from 1 to 364.
    #[model(optional, nullable)]
    pub by_year_day: Option<Vec<u16>>,
    /// How many times in all.
    #[model(optional, nullable)]
    pub count: Option<u32>,
}

impl RecurrenceRule {
    /// Every day that is one of these: Monday to Friday, Tuesday to Saturday, Sunday to Thursday, or two days of a
    /// weekend (from Friday, Saturday or Sunday). Discord takes no others.
    #[must_use]
    pub fn daily(start: Timestamp, days: impl IntoIterator<Item = Weekday>) -> Self {
        Self {
            by_weekday: Some(days.into_iter().collect()),
            ..Self::of(Frequency::Daily, start)
        }
    }

    /// Every week on a day.
    #[must_use]
    pub fn weekly(start: Timestamp, day: Weekday) -> Self {
        Self {
            by_weekday: Some(vec![day]),
            ..Self::of(Frequency::Weekly, start)
        }
    }

    /// Every other week on a day.
    #[must_use]
    pub fn every_other_week(start: Timestamp, day: Weekday) -> Self {
        Self {
            interval: 2,
            ..Self::weekly(start, day)
        }
    }

    /// Every month on a day of its `n`th week, from 1 to 5.
    #[must_use]
    pub fn monthly(start: Timestamp, n: u8, day: Weekday) -> Self {
        Self {
            by_n_weekday: Some(vec![NthWeekday { n, day }]),
            ..Self::of(Frequency::Monthly, start)
        }
    }

    /// Every year on a day of a month.
    #[must_use]
    pub fn yearly(start: Timestamp, month: Month, day: u8) -> Self {
        Self {
            by_month: Some(vec![month]),
            by_month_day: Some(vec![day]),
            ..Self::of(Frequency::Yearly, start)
        }
    }

    fn of(frequency: Frequency, start: Timestamp) -> Self {
        Self {
            start,
            frequency,
            interval: 1,
            ..Self::default()
        }
    }
}

/// A weekday of one week of the month.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object-guild-scheduled-event-recurrence-rule-nweekday-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct NthWeekday {
    /// The week, from 1 to 5.
    pub n: u8,
    /// The weekday.
    pub day: Weekday,
}

open_enum! {
    /// The unit of a recurrence rule's interval.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object-guild-scheduled-event-recurrence-rule-frequency).
    pub enum Frequency: u32 {
        /// Years.
        Yearly = 0,
        /// Months.
        Monthly = 1,
        /// Weeks.
        Weekly = 2,
        /// Days.
        Daily = 3,
    }
}

open_enum! {
    /// A day of the week.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object-guild-scheduled-event-recurrence-rule-weekday).
    pub enum Weekday: u32 {
        /// Monday.
        Monday = 0,
        /// Tuesday.
        Tuesday = 1,
        /// Wednesday.
        Wednesday = 2,
        /// Thursday.
        Thursday = 3,
        /// Friday.
        Friday = 4,
        /// Saturday.
        Saturday = 5,
        /// Sunday.
        Sunday = 6,
    }
}

open_enum! {
    /// A month of the year.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object-guild-scheduled-event-recurrence-rule-month).
    pub enum Month: u32 {
        /// January.
        January = 1,
        /// February.
        February = 2,
        /// March.
        March = 3,
        /// April.
        April = 4,
        /// May.
        May = 5,
        /// June.
        June = 6,
        /// July.
        July = 7,
        /// August.
        August = 8,
        /// September.
        September = 9,
        /// October.
        October = 10,
        /// November.
        November = 11,
        /// December.
        December = 12,
    }
}
