use std::fmt;

use serde::Serialize;

use super::Inspected;
use crate::decode::{Decode, DecodeError};

/// An enum or a flag set of the documentation, and the type that stands for it.
#[derive(Clone, Copy)]
pub struct Enumeration {
    documented: &'static str,
    rust: &'static str,
    kind: EnumKind,
    values: fn() -> Vec<(&'static str, EnumValue)>,
    inspect: fn(name: &str, json: &str) -> Result<Inspected, DecodeError>,
}

/// How the values of an enum stand on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnumKind {
    /// As a number.
    Integer,
    /// As a text.
    String,
    /// As a number whose bits are the values; of permissions it is the text of one.
    Flags,
}

/// A value of an enum on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnumValue {
    /// A number, or the bits of a flag.
    Integer(u64),
    /// A text.
    String(&'static str),
}

/// A type that knows the names of its values.
pub(crate) trait Values {
    /// How they stand on the wire.
    const KIND: EnumKind;

    /// The name of each in Rust, and the value.
    fn values() -> Vec<(&'static str, EnumValue)>;
}

impl Enumeration {
    pub(super) const fn new<T: Values + Decode + Serialize>(
        documented: &'static str,
        rust: &'static str,
    ) -> Self {
        Self {
            documented,
            rust,
            kind: T::KIND,
            values: T::values,
            inspect: Inspected::read::<T>,
        }
    }

    /// The title of its table, as in `Channel Types`.
    #[must_use]
    pub const fn documented(&self) -> &'static str {
        self.documented
    }

    /// The path of its Rust type within this crate, as in `channel::ChannelType`.
    #[must_use]
    pub const fn rust(&self) -> &'static str {
        self.rust
    }

    /// The name of its Rust type, as in `ChannelType`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.rust
            .rsplit_once("::")
            .map_or(self.rust, |(_, name)| name)
    }

    /// How its values stand on the wire.
    #[must_use]
    pub const fn kind(&self) -> EnumKind {
        self.kind
    }

    /// The name of each value in Rust, and the value on the wire.
    #[must_use]
    pub fn values(&self) -> Vec<(&'static str, EnumValue)> {
        (self.values)()
    }

    /// Decodes a value, and writes it again.
    ///
    /// # Errors
    ///
    /// The text is no JSON, or a value of another kind.
    pub fn inspect(&self, json: &str) -> Result<Inspected, DecodeError> {
        (self.inspect)(self.documented, json)
    }
}

/// By their names: there is one entry for an enum and a type.
impl PartialEq for Enumeration {
    fn eq(&self, other: &Self) -> bool {
        (self.documented, self.rust) == (other.documented, other.rust)
    }
}

impl Eq for Enumeration {}

impl fmt::Debug for Enumeration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Enumeration")
            .field("documented", &self.documented)
            .field("rust", &self.rust)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
