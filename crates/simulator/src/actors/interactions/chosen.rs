use polycord_types::id::{ChannelId, RoleId, UserId};

/// Something chosen in a select.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Chosen {
    /// The `value` of an option of a string select.
    Value(String),
    /// A user.
    User(UserId),
    /// A role.
    Role(RoleId),
    /// A channel.
    Channel(ChannelId),
}

impl Chosen {
    /// As `values` has it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Value(value) => value.clone(),
            Self::User(user) => user.to_string(),
            Self::Role(role) => role.to_string(),
            Self::Channel(channel) => channel.to_string(),
        }
    }
}

impl From<&str> for Chosen {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl From<String> for Chosen {
    fn from(value: String) -> Self {
        Self::Value(value)
    }
}

impl From<UserId> for Chosen {
    fn from(user: UserId) -> Self {
        Self::User(user)
    }
}

impl From<RoleId> for Chosen {
    fn from(role: RoleId) -> Self {
        Self::Role(role)
    }
}

impl From<ChannelId> for Chosen {
    fn from(channel: ChannelId) -> Self {
        Self::Channel(channel)
    }
}

/// What somebody put into a field of a modal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Filled {
    /// A text, or the choice in a radio group.
    Text(String),
    /// Choices in a select or a group of boxes.
    Chosen(Vec<Chosen>),
    /// A box, ticked or not.
    Ticked(bool),
}

impl From<&str> for Filled {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Filled {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Chosen> for Filled {
    fn from(chosen: Chosen) -> Self {
        Self::Chosen(vec![chosen])
    }
}

impl From<Vec<Chosen>> for Filled {
    fn from(chosen: Vec<Chosen>) -> Self {
        Self::Chosen(chosen)
    }
}

impl From<bool> for Filled {
    fn from(ticked: bool) -> Self {
        Self::Ticked(ticked)
    }
}
