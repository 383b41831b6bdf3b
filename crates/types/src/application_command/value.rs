use crate::Text;

scalar! {
    /// What a user gave for an option of a command, or the value behind a choice.
    ///
    /// Users, channels, roles and attachments arrive as the text of their id; [`CommandDataOption`](crate::interaction::CommandDataOption) has
    /// typed accessors for them.
    ///
    /// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type).
    pub enum CommandValue {
        /// A text, or an id.
        String(Text),
        /// A whole number.
        Integer(i64),
        /// A number.
        Number(f64),
        /// Yes or no.
        Boolean(bool),
    }
}

scalar! {
    /// A bound of an option that takes numbers.
    ///
    /// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure).
    pub enum CommandNumber {
        /// A whole number.
        Integer(i64),
        /// A number.
        Number(f64),
    }
}

impl From<&str> for CommandValue {
    fn from(value: &str) -> Self {
        Self::String(value.into())
    }
}

impl From<String> for CommandValue {
    fn from(value: String) -> Self {
        Self::String(value.into())
    }
}

impl From<i32> for CommandValue {
    fn from(value: i32) -> Self {
        Self::Integer(value.into())
    }
}

impl Default for CommandValue {
    fn default() -> Self {
        Self::String(Text::default())
    }
}

impl From<i32> for CommandNumber {
    fn from(value: i32) -> Self {
        Self::Integer(value.into())
    }
}
