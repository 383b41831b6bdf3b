//! Menus.

use polycord_types_derive::Model;

use crate::{Text, channel::ChannelType, emoji::Emoji, id::GenericId};

/// A menu of texts.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#string-select-string-select-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct StringSelect {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// What the interaction carries, at most 100 characters.
    pub custom_id: Text,
    /// The choices, at most 25.
    pub options: SelectOption,
    /// What an empty menu says, at most 150 characters.
    pub placeholder: Option<Text>,
    /// How many must be chosen; 1 if absent.
    pub min_values: Option<u8>,
    /// How many can be chosen; 1 if absent.
    pub max_values: Option<u8>,
    /// Whether a choice is needed, in modals; `true` if absent.
    pub required: Option<bool>,
    /// Whether it cannot be used, in messages.
    pub disabled: Option<bool>,
}

/// A choice in a menu of texts.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#string-select-select-option-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SelectOption {
    /// What the user sees, at most 100 characters.
    pub label: Text,
    /// What the application gets, at most 100 characters.
    pub value: Text,
    /// A line below, at most 100 characters.
    pub description: Option<Text>,
    /// The emoji beside the text.
    pub emoji: Option<Box<Emoji>>,
    /// Whether it is chosen beforehand.
    pub default: Option<bool>,
}

/// A menu of users.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#user-select-user-select-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct UserSelect {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// What the interaction carries, at most 100 characters.
    pub custom_id: Text,
    /// What an empty menu says, at most 150 characters.
    pub placeholder: Option<Text>,
    /// What is chosen beforehand.
    pub default_values: Option<Vec<SelectDefaultValue>>,
    /// How many must be chosen; 1 if absent.
    pub min_values: Option<u8>,
    /// How many can be chosen; 1 if absent.
    pub max_values: Option<u8>,
    /// Whether a choice is needed, in modals; `true` if absent.
    pub required: Option<bool>,
    /// Whether it cannot be used, in messages.
    pub disabled: Option<bool>,
}

/// A menu of roles.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#role-select-role-select-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct RoleSelect {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// What the interaction carries, at most 100 characters.
    pub custom_id: Text,
    /// What an empty menu says, at most 150 characters.
    pub placeholder: Option<Text>,
    /// What is chosen beforehand.
    pub default_values: Option<Vec<SelectDefaultValue>>,
    /// How many must be chosen; 1 if absent.
    pub min_values: Option<u8>,
    /// How many can be chosen; 1 if absent.
    pub max_values: Option<u8>,
    /// Whether a choice is needed, in modals; `true` if absent.
    pub required: Option<bool>,
    /// Whether it cannot be used, in messages.
    pub disabled: Option<bool>,
}

/// A menu of users and roles.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#mentionable-select-mentionable-select-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct MentionableSelect {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// What the interaction carries, at most 100 characters.
    pub custom_id: Text,
    /// What an empty menu says, at most 150 characters.
    pub placeholder: Option<Text>,
    /// What is chosen beforehand.
    pub default_values: Option<Vec<SelectDefaultValue>>,
    /// How many must be chosen; 1 if absent.
    pub min_values: Option<u8>,
    /// How many can be chosen; 1 if absent.
    pub max_values: Option<u8>,
    /// Whether a choice is needed, in modals; `true` if absent.
    pub required: Option<bool>,
    /// Whether it cannot be used, in messages.
    pub disabled: Option<bool>,
}

/// A menu of channels.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#channel-select-channel-select-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ChannelSelect {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// What the interaction carries, at most 100 characters.
    pub custom_id: Text,
    /// Which kinds of channels it shows.
    pub channel_types: Option<Vec<ChannelType>>,
    /// What an empty menu says, at most 150 characters.
    pub placeholder: Option<Text>,
    /// What is chosen beforehand.
    pub default_values: Option<Vec<SelectDefaultValue>>,
    /// How many must be chosen; 1 if absent.
    pub min_values: Option<u8>,
    /// How many can be chosen; 1 if absent.
    pub max_values: Option<u8>,
    /// Whether a choice is needed, in modals; `true` if absent.
    pub required: Option<bool>,
    /// Whether it cannot be used, in messages.
    pub disabled: Option<bool>,
}

/// What is chosen beforehand in a menu.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#user-select-select-default-value-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct SelectDefaultValue {
    /// The user, role or channel.
    #[model(key)]
    pub id: GenericId,
    /// Which of them it is.
    #[model(rename = "type")]
    pub kind: SelectDefaultKind,
}

open_enum! {
    /// What a default value of a menu is.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference).
    pub enum SelectDefaultKind: str {
        /// A user.
        User = "user",
        /// A role.
        Role = "role",
        /// A channel.
        Channel = "channel",
    }
}
