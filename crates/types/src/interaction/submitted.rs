//! What users entered into modals.

use polycord_types_derive::Model;

use crate::{
    Text,
    component::ComponentType,
    id::{AttachmentId, ChannelId, GenericId, RoleId, UserId},
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
    /// The component's number in the modal.
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

/// Users who were chosen.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#user-select-user-select-interaction-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SubmittedUsers {
    /// The component's number in the modal.
    pub id: i32,
    /// The menu's id.
    pub custom_id: Text,
    /// The users.
    pub values: Vec<UserId>,
}

/// Roles that were chosen.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#role-select-role-select-interaction-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SubmittedRoles {
    /// The component's number in the modal.
    pub id: i32,
    /// The menu's id.
    pub custom_id: Text,
    /// The roles.
    pub values: Vec<RoleId>,
}

/// Users and roles that were chosen.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#mentionable-select-mentionable-select-interaction-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SubmittedMentionables {
    /// The component's number in the modal.
    pub id: i32,
    /// The menu's id.
    pub custom_id: Text,
    /// The users and roles.
    pub values: Vec<GenericId>,
}

/// Channels that were chosen.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#channel-select-channel-select-interaction-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SubmittedChannels {
    /// The component's number in the modal.
    pub id: i32,
    /// The menu's id.
    pub custom_id: Text,
    /// The channels.
    pub values: Vec<ChannelId>,
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
#[derive(Clone, Debug, PartialEq, Model)]
pub struct SubmittedLabel {
    /// The component's number in the modal.
    pub id: i32,
    /// The field.
    #[model(key)]
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
