use polycord_types::id::UserId;
use serde_json::Value;

/// An option of a slash command, as somebody fills it in.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandOption {
    pub(super) name: String,
    pub(super) kind: u8,
    pub(super) value: Value,
}

impl CommandOption {
    /// A text.
    #[must_use]
    pub fn string(name: &str, value: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind: 3,
            value: Value::from(value),
        }
    }

    /// A whole number.
    #[must_use]
    pub fn integer(name: &str, value: i64) -> Self {
        Self {
            name: name.to_owned(),
            kind: 4,
            value: Value::from(value),
        }
    }

    /// Yes or no.
    #[must_use]
    pub fn boolean(name: &str, value: bool) -> Self {
        Self {
            name: name.to_owned(),
            kind: 5,
            value: Value::from(value),
        }
    }

    /// A user; resolved in the interaction's data.
    #[must_use]
    pub fn user(name: &str, user: UserId) -> Self {
        Self {
            name: name.to_owned(),
            kind: 6,
            value: Value::from(user.get().to_string()),
        }
    }

    /// A number.
    #[must_use]
    pub fn number(name: &str, value: f64) -> Self {
        Self {
            name: name.to_owned(),
            kind: 10,
            value: Value::from(value),
        }
    }
}
