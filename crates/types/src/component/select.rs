use polycord_types_derive::Model;

use crate::{
    Text,
    channel::ChannelType,
    emoji::PartialEmoji,
    id::{ChannelId, GenericId, RoleId, UserId},
};

/// A menu of texts.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#string-select-string-select-structure).
///
/// ```
/// use polycord_types::component::{SelectOption, StringSelect};
///
/// let menu = StringSelect::new("animal", [("Cat", "cat"), ("Dog", "dog")])
///     .option(SelectOption::new("Ant", "ant").description("a small one").emoji("🐜"))
///     .placeholder("Which one?")
///     .max_values(2);
/// assert_eq!(menu.options.len(), 3);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct StringSelect {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// What the interaction carries, 1 to 100 characters.
    pub custom_id: Text,
    /// The choices, at most 25.
    pub options: Vec<SelectOption>,
    /// What an empty menu says, at most 150 characters.
    pub placeholder: Option<Text>,
    /// How many must be chosen, at most 25; 1 if absent.
    pub min_values: Option<u8>,
    /// How many can be chosen, at most 25; 1 if absent.
    pub max_values: Option<u8>,
    /// Whether a choice is needed, in modals; `true` if absent.
    pub required: Option<bool>,
    /// Whether it cannot be used, in messages; `false` if absent.
    pub disabled: Option<bool>,
}

impl StringSelect {
    /// A menu of up to 25 choices, each a label and the value behind it.
    pub fn new(
        custom_id: impl Into<Text>,
        options: impl IntoIterator<Item: Into<SelectOption>>,
    ) -> Self {
        Self {
            custom_id: custom_id.into(),
            options: options.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// Adds a choice. There can be 25.
    pub fn option(mut self, option: impl Into<SelectOption>) -> Self {
        self.options.push(option.into());
        self
    }
}

/// A choice in a menu of texts.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#string-select-select-option-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct SelectOption {
    /// What the user sees, at most 100 characters.
    pub label: Text,
    /// What the application gets, at most 100 characters.
    pub value: Text,
    /// A line below, at most 100 characters.
    pub description: Option<Text>,
    /// The emoji beside the text.
    pub emoji: Option<PartialEmoji>,
    /// Whether it is chosen beforehand.
    pub default: Option<bool>,
}

impl SelectOption {
    /// A choice: what the user sees, and what the application gets.
    pub fn new(label: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            ..Self::default()
        }
    }

    /// Sets whether it is chosen beforehand. The default is `false`.
    pub fn selected(mut self, selected: bool) -> Self {
        self.default = Some(selected);
        self
    }
}

setters! {
    impl SelectOption {
        /// Sets the line below, at most 100 characters.
        description(into Text);
        /// Sets the emoji beside the text.
        emoji(into PartialEmoji);
    }
}

impl<L: Into<Text>, V: Into<Text>> From<(L, V)> for SelectOption {
    fn from((label, value): (L, V)) -> Self {
        Self::new(label, value)
    }
}

/// Defines a menu that Discord fills. They differ by what they show, and by fields of their own.
macro_rules! filled_select {
    ($(#[$meta:meta])* pub struct $Name:ident { $($own:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Model)]
        #[must_use]
        pub struct $Name {
            /// The component's number in the message.
            pub id: Option<i32>,
            /// What the interaction carries, 1 to 100 characters.
            pub custom_id: Text,
            $($own)*
            /// What an empty menu says, at most 150 characters.
            pub placeholder: Option<Text>,
            /// What is chosen beforehand; as many as can and must be chosen.
            pub default_values: Option<Vec<SelectDefaultValue>>,
            /// How many must be chosen, at most 25; 1 if absent.
            pub min_values: Option<u8>,
            /// How many can be chosen, at most 25; 1 if absent.
            pub max_values: Option<u8>,
            /// Whether a choice is needed, in modals; `true` if absent.
            pub required: Option<bool>,
            /// Whether it cannot be used, in messages; `false` if absent.
            pub disabled: Option<bool>,
        }

        impl $Name {
            /// A menu of which one can be chosen.
            pub fn new(custom_id: impl Into<Text>) -> Self {
                Self {
                    custom_id: custom_id.into(),
                    ..Self::default()
                }
            }
        }

        setters! {
            impl $Name {
                /// Sets what is chosen beforehand: ids of what the menu shows.
                default_values(list SelectDefaultValue);
            }
        }
    };
}

filled_select! {
    /// A menu of users.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#user-select-user-select-structure).
    pub struct UserSelect {}
}

filled_select! {
    /// A menu of roles.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#role-select-role-select-structure).
    pub struct RoleSelect {}
}

filled_select! {
    /// A menu of users and roles.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#mentionable-select-mentionable-select-structure).
    pub struct MentionableSelect {}
}

filled_select! {
    /// A menu of channels.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#channel-select-channel-select-structure).
    ///
    /// ```
    /// use polycord_types::{channel::ChannelType, component::ChannelSelect, id::ChannelId};
    ///
    /// let menu = ChannelSelect::new("where")
    ///     .channel_types([ChannelType::GuildText])
    ///     .default_values([ChannelId::new(41771983423143937)]);
    /// assert_eq!(menu.custom_id, "where");
    /// ```
    pub struct ChannelSelect {
        /// Which kinds of channels it shows; all if absent.
        pub channel_types: Option<Vec<ChannelType>>,
    }
}

setters! {
    impl ChannelSelect {
        /// Sets which kinds of channels it shows. The default is all.
        channel_types(list ChannelType);
    }
}

macro_rules! select_setters {
    ($($Name:ident)*) => {$(
        setters! {
            impl $Name {
                /// Sets its number in the message, which must occur once. The default is chosen by Discord.
                id(i32);
                /// Sets what an empty menu says, at most 150 characters.
                placeholder(into Text);
                /// Sets how many must be chosen, 0 to 25. The default is 1.
                min_values(u8);
                /// Sets how many can be chosen, 1 to 25. The default is 1.
                max_values(u8);
                /// Sets whether a choice is needed, in a modal. The default is `true`.
                required(bool);
                /// Sets whether it cannot be used, in a message. The default is `false`.
                disabled(bool);
            }
        }
    )*};
}

select_setters! { StringSelect UserSelect RoleSelect MentionableSelect ChannelSelect }

/// What is chosen beforehand in a menu.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#user-select-select-default-value-structure).
#[derive(Clone, Debug, PartialEq, Model)]
#[must_use]
pub struct SelectDefaultValue {
    /// The user, role or channel.
    #[model(key)]
    pub id: GenericId,
    /// Which of them it is.
    #[model(rename = "type")]
    pub kind: SelectDefaultKind,
}

macro_rules! default_value_of {
    ($($Id:ident => $Kind:ident;)*) => {$(
        impl From<$Id> for SelectDefaultValue {
            fn from(id: $Id) -> Self {
                Self {
                    id: GenericId::new(id.get()),
                    kind: SelectDefaultKind::$Kind,
                }
            }
        }
    )*};
}

default_value_of! {
    UserId => User;
    RoleId => Role;
    ChannelId => Channel;
}

open_enum! {
    /// What a default value of a menu is.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#user-select-select-default-value-structure).
    pub enum SelectDefaultKind: str {
        /// A user.
        User = "user",
        /// A role.
        Role = "role",
        /// A channel.
        Channel = "channel",
    }
}
