use polycord_types::id::{ChannelId, RoleId, UserId};
use serde_json::{Value, json};

/// An option of a slash command, as somebody fills it in.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandOption {
    pub(super) name: String,
    pub(super) kind: u8,
    pub(super) value: Value,
    pub(super) focused: bool,
    /// Name and size of the file that is attached.
    pub(super) file: Option<(String, usize)>,
}

impl CommandOption {
    fn new(name: &str, kind: u8, value: impl Into<Value>) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            value: value.into(),
            focused: false,
            file: None,
        }
    }

    /// A text.
    #[must_use]
    pub fn string(name: &str, value: &str) -> Self {
        Self::new(name, 3, value)
    }

    /// A whole number.
    #[must_use]
    pub fn integer(name: &str, value: i64) -> Self {
        Self::new(name, 4, value)
    }

    /// Yes or no.
    #[must_use]
    pub fn boolean(name: &str, value: bool) -> Self {
        Self::new(name, 5, value)
    }

    /// A user; resolved in the interaction's data, as channels, roles and files are.
    #[must_use]
    pub fn user(name: &str, user: UserId) -> Self {
        Self::new(name, 6, user.to_string())
    }

    /// A channel.
    #[must_use]
    pub fn channel(name: &str, channel: ChannelId) -> Self {
        Self::new(name, 7, channel.to_string())
    }

    /// A role.
    #[must_use]
    pub fn role(name: &str, role: RoleId) -> Self {
        Self::new(name, 8, role.to_string())
    }

    /// A user, where a role might stand as well.
    #[must_use]
    pub fn mentionable_user(name: &str, user: UserId) -> Self {
        Self::new(name, 9, user.to_string())
    }

    /// A role, where a user might stand as well.
    #[must_use]
    pub fn mentionable_role(name: &str, role: RoleId) -> Self {
        Self::new(name, 9, role.to_string())
    }

    /// A number.
    #[must_use]
    pub fn number(name: &str, value: f64) -> Self {
        Self::new(name, 10, value)
    }

    /// A file of so many bytes. Its URL leads nowhere: nothing is uploaded.
    #[must_use]
    pub fn attachment(name: &str, file: &str, size: usize) -> Self {
        Self {
            file: Some((file.to_owned(), size)),
            ..Self::new(name, 11, Value::Null)
        }
    }

    /// The same option as the one that is being typed: for [`Simulator::type_option`].
    ///
    /// [`Simulator::type_option`]: crate::Simulator::type_option
    #[must_use]
    pub fn focused(mut self) -> Self {
        self.focused = true;
        self
    }

    /// As the interaction's data has it.
    pub(super) fn render(&self) -> Value {
        let mut option = json!({ "name": self.name, "type": self.kind, "value": self.value });
        if self.focused {
            option["focused"] = Value::Bool(true);
            // What is half typed is no number yet.
            if self.value.is_number() {
                option["value"] = Value::from(self.value.to_string());
            }
        }
        option
    }

    /// What is wrong with it, as far as the registered option knows.
    pub(super) fn fault(&self, registered: &Value) -> Option<String> {
        let name = &self.name;
        if registered["type"] != self.kind {
            let kind = &registered["type"];
            return Some(format!(
                "option {name:?} is of type {kind}, not {}",
                self.kind
            ));
        }
        if self.focused {
            let offered = registered["autocomplete"] == true;
            return (!offered).then(|| format!("option {name:?} has no autocompletion"));
        }
        let choices = registered["choices"].as_array();
        if let Some(choices) = choices.filter(|choices| !choices.is_empty())
            && !choices.iter().any(|choice| choice["value"] == self.value)
        {
            return Some(format!("option {name:?} has no choice {}", self.value));
        }
        let length = self.value.as_str().map(|text| text.chars().count());
        #[expect(clippy::cast_precision_loss, reason = "texts are not that long")]
        let measured = match self.kind {
            3 => length.map(|length| (length as f64, "min_length", "max_length")),
            4 | 10 => self.value.as_f64().map(|it| (it, "min_value", "max_value")),
            _ => None,
        };
        let (measured, least, most) = measured?;
        let below = registered[least]
            .as_f64()
            .is_some_and(|least| measured < least);
        let above = registered[most]
            .as_f64()
            .is_some_and(|most| measured > most);
        (below || above).then(|| {
            let (least, most) = (&registered[least], &registered[most]);
            format!("option {name:?} has to be within {least} and {most}")
        })
    }
}
