use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected, Visitor},
};

/// A whole number that arrives as one, as text, or as a float without a fraction.
pub(crate) struct Number<T>(pub(crate) T);

impl<'de, T: TryFrom<i128>> Deserialize<'de> for Number<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor(PhantomData))
    }
}

struct NumberVisitor<T>(PhantomData<T>);

impl<T: TryFrom<i128>> NumberVisitor<T> {
    fn fit<E: Error>(self, value: i128, unexpected: Unexpected<'_>) -> Result<Number<T>, E> {
        T::try_from(value)
            .map(Number)
            .map_err(|_| E::invalid_value(unexpected, &self))
    }
}

impl<T: TryFrom<i128>> Visitor<'_> for NumberVisitor<T> {
    type Value = Number<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        self.fit(value.into(), Unexpected::Unsigned(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        self.fit(value.into(), Unexpected::Signed(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the cast saturates, and `fit` checks"
        )]
        let whole = value as i128;
        if value.is_finite() && value.fract() == 0.0 {
            self.fit(whole, Unexpected::Float(value))
        } else {
            Err(E::invalid_value(Unexpected::Float(value), &self))
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        match value.parse() {
            Ok(number) => self.fit(number, Unexpected::Str(value)),
            Err(_) => Err(E::invalid_value(Unexpected::Str(value), &self)),
        }
    }
}
