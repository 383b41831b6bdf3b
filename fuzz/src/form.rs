use std::{collections::HashSet, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};

/// How a text is written, where there is more than one way to read it.
pub(crate) struct Form {
    /// Whether a number is no whole one, or a very large one: `serde` hands on its value, not its digits.
    pub(crate) has_fractions: bool,
}

impl Form {
    /// `None` if an object has a key twice: what it means is anybody's guess, and what is kept raw of it has the
    /// key once.
    pub(crate) fn of(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

const PLAIN: Form = Form {
    has_fractions: false,
};

impl<'de> Deserialize<'de> for Form {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PLAIN)
    }
}

impl<'de> Visitor<'de> for Form {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON with unique keys")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(PLAIN)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(PLAIN)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(PLAIN)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(PLAIN)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(Self {
            has_fractions: true,
        })
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(PLAIN)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Self, A::Error> {
        while let Some(element) = list.next_element::<Self>()? {
            self.has_fractions |= element.has_fractions;
        }
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self, A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if !keys.insert(key) {
                return Err(A::Error::custom("a key comes twice"));
            }
            self.has_fractions |= map.next_value::<Self>()?.has_fractions;
        }
        Ok(self)
    }
}
