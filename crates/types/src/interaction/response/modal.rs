use polycord_types_derive::Model;

use crate::{
    Text,
    component::{Component, Label},
};

/// A modal that a response opens.
///
/// What the user enters comes as [`ModalData`](crate::interaction::ModalData).
///
/// See [the documentation](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal).
///
/// ```
/// use polycord_types::{
///     component::{Label, RadioGroup, TextDisplay, TextInput},
///     interaction::{InteractionResponse, Modal},
/// };
///
/// let modal = Modal::new("order", "Your order")
///     .component(TextDisplay::new("We are open until **ten**."))
///     .label("Size", RadioGroup::new("size", [("Small", "s"), ("Large", "l")]))
///     .component(
///         Label::new("Wishes", TextInput::paragraph("wishes").required(false))
///             .description("Anything else?"),
///     );
/// let response = InteractionResponse::modal(modal);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct Modal {
    /// What the submission carries, 1 to 100 characters.
    pub custom_id: Text,
    /// The title, at most 45 characters.
    pub title: Text,
    /// Its fields, one to five.
    pub components: Vec<Component>,
}

impl Modal {
    /// A modal with a title of at most 45 characters. It needs at least one component.
    pub fn new(custom_id: impl Into<Text>, title: impl Into<Text>) -> Self {
        Self {
            custom_id: custom_id.into(),
            title: title.into(),
            components: Vec::new(),
        }
    }

    /// Adds a label around a field, or a text. There can be five.
    pub fn component(mut self, component: impl Into<Component>) -> Self {
        self.components.push(component.into());
        self
    }

    /// Adds a field under a title: [`component`](Self::component) with a [`Label`].
    pub fn label(self, label: impl Into<Text>, field: impl Into<Component>) -> Self {
        self.component(Label::new(label, field))
    }
}
