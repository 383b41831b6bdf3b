//! How often a scheduled event comes again.

use serde_json::{Map, Value};

use crate::rest::form::{Field, Wrong};

const WEEKDAYS: &[i64] = &[0, 1, 2, 3, 4, 5, 6];
const MONTHS: &[i64] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

const YEARLY: u64 = 0;
const MONTHLY: u64 = 1;
const WEEKLY: u64 = 2;
const DAILY: u64 = 3;

/// The days of a week, Monday first, on which an event may be daily.
const DAILY_SETS: [&[u64]; 6] = [
    &[0, 1, 2, 3, 4],
    &[1, 2, 3, 4, 5],
    &[0, 1, 2, 3, 6],
    &[4, 5],
    &[5, 6],
    &[0, 6],
];

const NTH_WEEKDAY: &[Field] = &[
    Field::integer("n", 1, 5).required(),
    Field::choice("day", WEEKDAYS).required(),
];

pub(super) const FIELDS: &[Field] = &[
    Field::time("start").required(),
    Field::choice("frequency", &[0, 1, 2, 3]).required(),
    Field::integer("interval", 1, 2).required(),
    Field::choices("by_weekday", 7, WEEKDAYS).or_null(),
    Field::list("by_n_weekday", 1, NTH_WEEKDAY).or_null(),
    Field::choices("by_month", 1, MONTHS).or_null(),
    Field::choices("by_month_day", 1, DAYS).or_null(),
];

const DAYS: &[i64] = &[
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 29, 30, 31,
];

/// A rule with all its fields: those that nobody can set are `null`.
pub(super) fn rule(given: &Value) -> Value {
    if given.is_null() {
        return Value::Null;
    }
    let mut rule = Map::new();
    for field in [
        "start",
        "end",
        "frequency",
        "interval",
        "by_weekday",
        "by_n_weekday",
        "by_month",
        "by_month_day",
        "by_year_day",
        "count",
    ] {
        rule.insert(field.to_owned(), given[field].clone());
    }
    Value::Object(rule)
}

/// What the parts of a rule ask of each other, as [the
/// documentation](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object)
/// lists the limitations.
pub(super) fn check(rule: &Value, wrong: &mut Wrong) {
    if rule.is_null() {
        return;
    }
    let mut refuse = |field: &str, message: &str| {
        wrong.note(
            &format!("recurrence_rule.{field}"),
            "BASE_TYPE_CHOICES",
            message,
        );
    };
    let frequency = rule["frequency"].as_u64().unwrap_or(DAILY);
    let given = |field: &str| rule[field].as_array();
    let yearly = given("by_month").is_some() || given("by_month_day").is_some();
    let kinds = [
        given("by_weekday").is_some(),
        given("by_n_weekday").is_some(),
        yearly,
    ];
    if kinds.into_iter().filter(|kind| *kind).count() > 1 {
        let message =
            "by_weekday, by_n_weekday, and by_month with by_month_day exclude each other.";
        refuse("frequency", message);
    }
    if let Some(days) = given("by_weekday") {
        let mut days: Vec<u64> = days.iter().filter_map(Value::as_u64).collect();
        days.sort_unstable();
        match frequency {
            DAILY if DAILY_SETS.contains(&&*days) => {}
            DAILY => refuse(
                "by_weekday",
                "These days are no known set of a daily event.",
            ),
            WEEKLY if days.len() == 1 => {}
            WEEKLY => refuse("by_weekday", "A weekly event has one day."),
            _ => refuse("by_weekday", "Only daily and weekly events have it."),
        }
    }
    if let Some(days) = given("by_n_weekday") {
        match frequency {
            MONTHLY if days.len() == 1 => {}
            MONTHLY => refuse("by_n_weekday", "A monthly event has one day."),
            _ => refuse("by_n_weekday", "Only monthly events have it."),
        }
    }
    if yearly {
        let one = |field: &str| given(field).is_some_and(|list| list.len() == 1);
        match frequency {
            YEARLY if one("by_month") && one("by_month_day") => {}
            YEARLY => refuse(
                "by_month",
                "An annual event has one month and one day of it.",
            ),
            _ => refuse("by_month", "Only annual events have it."),
        }
    }
    if rule["interval"] != 1 && frequency != WEEKLY {
        refuse(
            "interval",
            "Only weekly events have another interval than 1.",
        );
    }
}
