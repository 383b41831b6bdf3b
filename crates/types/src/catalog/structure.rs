use std::fmt;

use serde::Serialize;

use super::Inspected;
use crate::decode::{Decode, DecodeError, Model, Schema};

/// A structure of the documentation, and the model that stands for it.
#[derive(Clone, Copy)]
pub struct Structure {
    documented: &'static str,
    rust: &'static str,
    schema: Option<&'static Schema>,
    inspect: fn(name: &str, json: &str) -> Result<Inspected, DecodeError>,
}

impl Structure {
    /// The structure that is this model.
    pub(crate) const fn new<M: Model + Decode + Serialize>(
        documented: &'static str,
        rust: &'static str,
    ) -> Self {
        Self::member::<M, M>(documented, rust)
    }

    /// The structure that is this model, but is read as a member of the union, which has its tag.
    pub(super) const fn member<M: Model, U: Decode + Serialize>(
        documented: &'static str,
        rust: &'static str,
    ) -> Self {
        Self {
            documented,
            rust,
            schema: Some(M::SCHEMA),
            inspect: Inspected::read::<U>,
        }
    }

    /// The structure that is no struct: a union, or a map.
    pub(super) const fn value<U: Decode + Serialize>(
        documented: &'static str,
        rust: &'static str,
    ) -> Self {
        Self {
            documented,
            rust,
            schema: None,
            inspect: Inspected::read::<U>,
        }
    }

    /// Its name: the page and the title of its table, as in `resources/user#User Structure`. Of the data of an event it
    /// is the name of the event.
    #[must_use]
    pub const fn documented(&self) -> &'static str {
        self.documented
    }

    /// The page that it stands on, as in `resources/user`; empty for the data of an event.
    #[must_use]
    pub fn page(&self) -> &'static str {
        self.documented.split_once('#').map_or("", |(page, _)| page)
    }

    /// The title of its table, as in `User Structure`.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.documented
            .split_once('#')
            .map_or(self.documented, |(_, title)| title)
    }

    /// The path of its Rust type within this crate, as in `user::User`.
    #[must_use]
    pub const fn rust(&self) -> &'static str {
        self.rust
    }

    /// The name of its Rust type, as in `User`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.rust
            .rsplit_once("::")
            .map_or(self.rust, |(_, name)| name)
    }

    /// What its model says of its fields; `None` where it is no struct: of a union or a map.
    #[must_use]
    pub const fn schema(&self) -> Option<&'static Schema> {
        self.schema
    }

    /// Decodes the structure, says what deviates and what is unknown, and writes it again.
    ///
    /// # Errors
    ///
    /// The text is no JSON, or a field that identifies the object is missing or malformed.
    pub fn inspect(&self, json: &str) -> Result<Inspected, DecodeError> {
        (self.inspect)(self.documented, json)
    }
}

/// By their names: there is one entry for a structure and a type.
impl PartialEq for Structure {
    fn eq(&self, other: &Self) -> bool {
        (self.documented, self.rust) == (other.documented, other.rust)
    }
}

impl Eq for Structure {}

impl fmt::Debug for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Structure")
            .field("documented", &self.documented)
            .field("rust", &self.rust)
            .finish_non_exhaustive()
    }
}
