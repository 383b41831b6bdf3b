use polycord_types_derive::Model;

use crate::{
    Text,
    component::ComponentType,
    id::{AttachmentId, ChannelId, GenericId, RoleId, UserId},
    interaction::ResolvedData,
};

tagged! {
    /// A component of a submitted modal.
    ///
    /// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-component-interaction-response-structures).
    pub enum SubmittedComponent: "type" as ComponentType {
        /// A row around a text, in the deprecated form of modals.
        ActionRow(SubmittedRow) = 1,
        /// What was chosen in a menu of texts.
        StringSelect(SubmittedValues) = 3,
        /// The text of a field.
        TextInput(SubmittedText) = 4,
        /// Users who were chosen.
        UserSelect(SubmittedUsers) = 5,
        /// Roles that were chosen.
        RoleSelect(SubmittedRoles) = 6,
        /// Users and roles that were chosen.
        MentionableSelect(SubmittedMentionables) = 7,
        /// Channels that were chosen.
        ChannelSelect(SubmittedChannels) = 8,
        /// Text that was shown.
        TextDisplay(SubmittedTextDisplay) = 10,
        /// A title and its field.
        Label(SubmittedLabel) = 18,
        /// Files that were given.
        FileUpload(SubmittedFiles) = 19,
        /// The choice that was taken.
        RadioGroup(SubmittedRadio) = 21,
        /// The choices that were taken.
        CheckboxGroup(SubmittedChoices) = 22,
        /// Yes or no.
        Checkbox(SubmittedCheckbox) = 23,
    }
}

impl SubmittedComponent {
    /// What the component was given to be recognised by.
    #[must_use]
    pub fn custom_id(&self) -> Option<&str> {
        match self {
            Self::StringSelect(menu) => Some(&menu.custom_id),
            Self::TextInput(input) => Some(&input.custom_id),
            Self::UserSelect(menu) => Some(&menu.custom_id),
            Self::RoleSelect(menu) => Some(&menu.custom_id),
            Self::MentionableSelect(menu) => Some(&menu.custom_id),
            Self::ChannelSelect(menu) => Some(&menu.custom_id),
            Self::FileUpload(upload) => Some(&upload.custom_id),
            Self::RadioGroup(group) => Some(&group.custom_id),
            Self::CheckboxGroup(group) => Some(&group.custom_id),
            Self::Checkbox(checkbox) => Some(&checkbox.custom_id),
            _ => None,
        }
    }

    /// The fields that it holds, or itself.
    pub(super) fn fields(&self) -> impl Iterator<Item = &Self> {
        let (list, single): (&[Self], Option<&Self>) = match self {
            Self::ActionRow(row) => (&row.components, None),
            Self::Label(label) => (&[], Some(&label.component)),
            field => (&[], Some(field)),
        };
        list.iter().chain(single)
    }
}

impl Default for SubmittedComponent {
    /// No component: what stands where one is documented, but none came.
    fn default() -> Self {
        Self::Unknown(serde_json::Value::Null)
    }
}

/// A row around a text, in the deprecated form of modals.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SubmittedRow {
    /// The component's number in the modal.
    pub id: Option<i32>,
    /// What the row holds.
    pub components: Vec<SubmittedComponent>,
}

/// What was chosen in a menu of texts.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#string-select-string-select-interaction-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SubmittedValues {
    /// What kind of menu, in messages. Modals have it as the tag of the component.
    pub component_type: Option<ComponentType>,
    /// The component's number in the modal or message.
    pub id: i32,
    /// The menu's id.
    pub custom_id: Text,
    /// What was chosen.
    pub values: Vec<Text>,
}

/// The text of a field.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#text-input-text-input-interaction-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SubmittedText {
    /// The component's number in the modal.
    pub id: i32,
    /// The field's id.
    pub custom_id: Text,
    /// The text.
    pub value: Text,
}

/// Defines what was chosen in a menu that Discord fills.
macro_rules! submitted_menu {
    ($($(#[$meta:meta])* pub struct $Name:ident { $(#[$values:meta])* $Id:ident })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Model)]
        pub struct $Name {
            /// What kind of menu, in messages. Modals have it as the tag of the component.
            pub component_type: Option<ComponentType>,
            /// The component's number in the modal or message.
            pub id: i32,
            /// The menu's id.
            pub custom_id: Text,
            /// The objects behind ids, in messages. Those of modals are in
            /// [`ModalData::resolved`](crate::interaction::ModalData::resolved).
            pub resolved: Option<Box<ResolvedData>>,
            $(#[$values])*
            pub values: Vec<$Id>,
        }
    )*};
}

submitted_menu! {
    /// Users who were chosen.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#user-select-user-select-interaction-response-structure).
    pub struct SubmittedUsers {
        /// The users.
        UserId
    }

    /// Roles that were chosen.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#role-select-role-select-interaction-response-structure).
    pub struct SubmittedRoles {
        /// The roles.
        RoleId
    }

    /// Users and roles that were chosen.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#mentionable-select-mentionable-select-interaction-response-structure).
    pub struct SubmittedMentionables {
        /// The users and roles: which of them says `resolved`.
        GenericId
    }

    /// Channels that were chosen.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#channel-select-channel-select-interaction-response-structure).
    pub struct SubmittedChannels {
        /// The channels.
        ChannelId
    }
}

/// Text that was shown.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#text-display-text-display-interaction-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SubmittedTextDisplay {
    /// The component's number in the modal.
    pub id: i32,
}

/// A title and its field.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#label-label-interaction-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SubmittedLabel {
    /// The component's number in the modal.
    pub id: i32,
    /// The field.
    pub component: Box<SubmittedComponent>,
}

/// Files that were given.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#file-upload-file-upload-interaction-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SubmittedFiles {
    /// The component's number in the modal.
    pub id: i32,
    /// The field's id.
    pub custom_id: Text,
    /// The files, found in the modal's `resolved`.
    pub values: Vec<AttachmentId>,
}

/// The choice that was taken.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#radio-group-interaction-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SubmittedRadio {
    /// The component's number in the modal.
    pub id: i32,
    /// The group's id.
    pub custom_id: Text,
    /// The choice. `None` if none was taken.
    #[model(nullable)]
    pub value: Option<Text>,
}

/// The choices that were taken.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#checkbox-group-interaction-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SubmittedChoices {
    /// The component's number in the modal.
    pub id: i32,
    /// The group's id.
    pub custom_id: Text,
    /// The choices.
    pub values: Vec<Text>,
}

/// Yes or no.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#checkbox-interaction-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SubmittedCheckbox {
    /// The component's number in the modal.
    pub id: i32,
    /// The checkbox's id.
    pub custom_id: Text,
    /// Whether it was ticked.
    pub value: bool,
}
