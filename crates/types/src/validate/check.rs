use std::{collections::BTreeMap, fmt::Write, ops::RangeInclusive};

use super::{Validate, ValidationError, ValidationErrorKind, ValidationErrors};

/// Collects faults while it walks through something to be sent.
#[derive(Debug, Default)]
pub struct Check {
    place: Vec<Step>,
    errors: Vec<ValidationError>,
}

#[derive(Clone, Debug)]
enum Step {
    Field(&'static str),
    Index(usize),
    Key(String),
}

/// How many there may be.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    min: usize,
    max: usize,
}

impl From<usize> for Limit {
    fn from(max: usize) -> Self {
        Self { min: 0, max }
    }
}

impl From<RangeInclusive<usize>> for Limit {
    fn from(range: RangeInclusive<usize>) -> Self {
        let (min, max) = range.into_inner();
        Self { min, max }
    }
}

impl Check {
    pub(super) fn finish(self) -> Result<(), ValidationErrors> {
        match ValidationErrors::new(self.errors) {
            Some(errors) => Err(errors),
            None => Ok(()),
        }
    }

    /// Goes into a field.
    pub(crate) fn at(&mut self, field: &'static str, inside: impl FnOnce(&mut Self)) {
        self.step(Step::Field(field), inside);
    }

    /// Goes into an element of a list.
    pub(crate) fn at_index(&mut self, index: usize, inside: impl FnOnce(&mut Self)) {
        self.step(Step::Index(index), inside);
    }

    /// Goes into each value of a map.
    pub(crate) fn each_value<K: ToString, T>(
        &mut self,
        field: &'static str,
        map: Option<&BTreeMap<K, T>>,
        inside: impl Fn(&mut Self, &T),
    ) {
        self.at(field, |check| {
            for (key, value) in map.into_iter().flatten() {
                check.step(Step::Key(key.to_string()), |check| inside(check, value));
            }
        });
    }

    /// Checks what a field holds, if it is there.
    pub(crate) fn inside<'a, T: Validate + 'a>(
        &mut self,
        field: &'static str,
        value: impl Into<Option<&'a T>>,
    ) {
        if let Some(value) = value.into() {
            self.at(field, |check| value.check(check));
        }
    }

    /// Checks how many elements a list has, and each of them.
    pub(crate) fn list<T: Validate>(
        &mut self,
        field: &'static str,
        list: &[T],
        limit: impl Into<Limit>,
    ) {
        self.count(field, list.len(), limit);
        self.each(field, list, |check, element| element.check(check));
    }

    /// Goes into each element of a list.
    pub(crate) fn each<'a, T>(
        &mut self,
        field: &'static str,
        list: &'a [T],
        mut inside: impl FnMut(&mut Self, &'a T),
    ) {
        self.at(field, |check| {
            for (index, element) in list.iter().enumerate() {
                check.at_index(index, |check| inside(check, element));
            }
        });
    }

    /// Checks how many characters a text has, if it is there.
    pub(crate) fn chars<'a, T: AsRef<str> + ?Sized + 'a>(
        &mut self,
        field: &'static str,
        text: impl Into<Option<&'a T>>,
        limit: impl Into<Limit>,
    ) {
        if let Some(text) = text.into() {
            self.length(field, text.as_ref().chars().count(), limit);
        }
    }

    /// Checks a number of characters.
    pub(crate) fn length(&mut self, field: &'static str, actual: usize, limit: impl Into<Limit>) {
        if let Some((actual, min, max)) = exceeded(actual, limit.into()) {
            self.add(field, ValidationErrorKind::Length { actual, min, max });
        }
    }

    /// Checks a number of bytes.
    pub(crate) fn bytes(&mut self, field: &'static str, actual: usize, limit: impl Into<Limit>) {
        if let Some((actual, min, max)) = exceeded(actual, limit.into()) {
            self.add(field, ValidationErrorKind::Bytes { actual, min, max });
        }
    }

    /// Checks a number of elements.
    pub(crate) fn count(&mut self, field: &'static str, actual: usize, limit: impl Into<Limit>) {
        if let Some((actual, min, max)) = exceeded(actual, limit.into()) {
            self.add(field, ValidationErrorKind::Count { actual, min, max });
        }
    }

    /// Checks a number, if it is there.
    pub(crate) fn number(
        &mut self,
        field: &'static str,
        number: Option<impl Into<i64>>,
        range: RangeInclusive<i64>,
    ) {
        if let Some(actual) = number.map(Into::into)
            && !range.contains(&actual)
        {
            let (min, max) = range.into_inner();
            self.add(field, ValidationErrorKind::Range { actual, min, max });
        }
    }

    /// How many faults there are so far.
    pub(crate) const fn faults(&self) -> usize {
        self.errors.len()
    }

    /// Notes a field that is needed, and why.
    pub(crate) fn missing(&mut self, field: &'static str, why: &'static str) {
        self.add(field, ValidationErrorKind::Missing(why));
    }

    /// Notes a field that must not be there, and why.
    pub(crate) fn not_allowed(&mut self, field: &'static str, why: &'static str) {
        self.add(field, ValidationErrorKind::NotAllowed(why));
    }

    /// Notes a field that has not the form it must have.
    pub(crate) fn malformed(&mut self, field: &'static str, form: &'static str) {
        self.add(field, ValidationErrorKind::Malformed(form));
    }

    /// Notes a field whose value another has too.
    pub(crate) fn duplicate(&mut self, field: &'static str, among: &'static str) {
        self.add(field, ValidationErrorKind::Duplicate(among));
    }

    /// An empty field means the place itself.
    fn add(&mut self, field: &'static str, kind: ValidationErrorKind) {
        let mut path = String::new();
        let own = (!field.is_empty()).then_some(Step::Field(field));
        for step in self.place.iter().chain(&own) {
            // A `String` takes whatever is written.
            let _ = match step {
                Step::Field(name) if path.is_empty() => write!(path, "{name}"),
                Step::Field(name) => write!(path, ".{name}"),
                Step::Index(index) => write!(path, "[{index}]"),
                Step::Key(key) => write!(path, ".{key}"),
            };
        }
        self.errors.push(ValidationError::new(path, kind));
    }

    fn step(&mut self, step: Step, inside: impl FnOnce(&mut Self)) {
        self.place.push(step);
        inside(self);
        self.place.pop();
    }
}

fn exceeded(actual: usize, limit: Limit) -> Option<(i64, i64, i64)> {
    let signed = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let within = (limit.min..=limit.max).contains(&actual);
    (!within).then(|| (signed(actual), signed(limit.min), signed(limit.max)))
}
