//! Sets of names of events, to ask for each event that comes in.

use std::{borrow::Cow, fmt, sync::Arc};

#[cfg(feature = "discord")]
use polycord_types::gateway::EventKind;

/// The name of an event: one of Discord's kinds, or what another dialect calls it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventName(Cow<'static, str>);

impl EventName {
    /// The name as it is on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `EventKind::Unknown` stands for every name that Discord's kinds do not have.
#[cfg(feature = "discord")]
impl From<EventKind> for EventName {
    fn from(kind: EventKind) -> Self {
        Self(Cow::Borrowed(kind.name()))
    }
}

impl From<&'static str> for EventName {
    fn from(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }
}

impl From<String> for EventName {
    fn from(name: String) -> Self {
        Self(Cow::Owned(name))
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A set of [`EventName`]s. Cheap to clone, and cheaper to ask than a name is to hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventNames {
    /// By length, then by bytes: most names differ in their length already.
    names: Arc<[EventName]>,
    /// Whether the names that Discord's kinds do not have are in it, too.
    unknown: bool,
}

impl EventNames {
    /// Whether `name` is in the set.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        let found = self
            .names
            .binary_search_by(|known| order(known.as_str(), name));
        found.is_ok() || self.unknown && is_unknown(name)
    }
}

fn order(a: &str, b: &str) -> std::cmp::Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(feature = "discord")]
fn is_unknown(name: &str) -> bool {
    EventKind::from_name(name) == EventKind::Unknown
}

#[cfg(not(feature = "discord"))]
fn is_unknown(_: &str) -> bool {
    false
}

#[cfg(feature = "discord")]
fn means_unknown(name: &EventName) -> bool {
    name.as_str() == EventKind::Unknown.name()
}

#[cfg(not(feature = "discord"))]
fn means_unknown(_: &EventName) -> bool {
    false
}

impl<N: Into<EventName>> FromIterator<N> for EventNames {
    fn from_iter<I: IntoIterator<Item = N>>(names: I) -> Self {
        let mut names: Vec<EventName> = names.into_iter().map(Into::into).collect();
        names.sort_by(|a, b| order(a.as_str(), b.as_str()));
        Self {
            unknown: names.iter().any(means_unknown),
            names: names.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_was_put_in_and_nothing_else() {
        let names = ["message.created", "ready", "a"];
        let set: EventNames = names.into_iter().collect();
        assert!(names.iter().all(|name| set.contains(name)));
        for other in ["", "b", "read", "readY", "message.deleted", "UNKNOWN"] {
            assert!(!set.contains(other), "{other}");
        }
        let none: EventNames = std::iter::empty::<EventName>().collect();
        assert!(!none.contains("ready"));
    }

    #[cfg(feature = "discord")]
    #[test]
    fn the_unknown_kind_stands_for_names_of_tomorrow() {
        let set: EventNames = [EventKind::Unknown, EventKind::MessageCreate]
            .into_iter()
            .collect();
        assert!(set.contains("FROM_TOMORROW"));
        assert!(set.contains("MESSAGE_CREATE"));
        assert!(!set.contains("TYPING_START"));
    }
}
