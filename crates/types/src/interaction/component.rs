//! Components as users used them.

use polycord_types_derive::Model;

use crate::{
    Text,
    component::ComponentType,
    interaction::{ResolvedData, SubmittedComponent},
};

/// A component of a message that a user used.
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-message-component-data-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ComponentData {
    /// The component's id.
    #[model(key)]
    pub custom_id: Text,
    /// What kind of component.
    #[model(key)]
    pub component_type: ComponentType,
    /// What was chosen in a menu.
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
