use std::str::FromStr;

use polycord_types_derive::Model;

use crate::{
    Text,
    component::ComponentType,
    id::{ChannelId, GenericId, RoleId, UserId},
    interaction::{ResolvedData, SubmittedComponent},
};

/// A component of a message that a user used.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-message-component-data-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ComponentData {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// The component's id.
    #[model(key)]
    pub custom_id: Text,
    /// What kind of component.
    pub component_type: ComponentType,
    /// What was chosen in a menu: texts, or ids of what `resolved` holds.
    #[model(omit_default)]
    pub values: Vec<Text>,
    /// The objects behind ids.
    pub resolved: Option<Box<ResolvedData>>,
}

/// A modal that a user submitted.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ModalData {
    /// The modal's id.
    #[model(key)]
    pub custom_id: Text,
    /// What was entered.
    pub components: Vec<SubmittedComponent>,
    /// The objects behind ids.
    pub resolved: Option<Box<ResolvedData>>,
}

impl ComponentData {
    /// The users that were chosen in a menu.
    pub fn user_ids(&self) -> impl Iterator<Item = UserId> {
        self.ids()
    }

    /// The roles that were chosen in a menu.
    pub fn role_ids(&self) -> impl Iterator<Item = RoleId> {
        self.ids()
    }

    /// The channels that were chosen in a menu.
    pub fn channel_ids(&self) -> impl Iterator<Item = ChannelId> {
        self.ids()
    }

    /// The users and roles that were chosen in a menu; `resolved` says which of them is what.
    pub fn mentionable_ids(&self) -> impl Iterator<Item = GenericId> {
        self.ids()
    }

    fn ids<Id: FromStr>(&self) -> impl Iterator<Item = Id> {
        self.values.iter().filter_map(|value| value.parse().ok())
    }
}

impl ModalData {
    /// The fields that it had, without the labels and rows around them.
    pub fn fields(&self) -> impl Iterator<Item = &SubmittedComponent> {
        self.components.iter().flat_map(SubmittedComponent::fields)
    }

    /// The field of this custom id.
    #[must_use]
    pub fn field(&self, custom_id: &str) -> Option<&SubmittedComponent> {
        self.fields()
            .find(|field| field.custom_id() == Some(custom_id))
    }

    /// The text that was entered into a text input, or the choice of a radio group.
    #[must_use]
    pub fn text(&self, custom_id: &str) -> Option<&str> {
        match self.field(custom_id)? {
            SubmittedComponent::TextInput(input) => Some(&input.value),
            SubmittedComponent::RadioGroup(group) => group.value.as_deref(),
            _ => None,
        }
    }

    /// The texts that were chosen in a menu or a group of checkboxes. Empty if there is no such field.
    #[must_use]
    pub fn choices(&self, custom_id: &str) -> &[Text] {
        match self.field(custom_id) {
            Some(SubmittedComponent::StringSelect(menu)) => &menu.values,
            Some(SubmittedComponent::CheckboxGroup(group)) => &group.values,
            _ => &[],
        }
    }

    /// Whether a checkbox was ticked.
    #[must_use]
    pub fn is_checked(&self, custom_id: &str) -> bool {
        match self.field(custom_id) {
            Some(SubmittedComponent::Checkbox(checkbox)) => checkbox.value,
            _ => false,
        }
    }
}
