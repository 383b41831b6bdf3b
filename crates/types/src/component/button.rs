//! Buttons, and the rows they stand in.

use polycord_types_derive::Model;

use crate::{Text, component::Component, emoji::Emoji, id::SkuId};

/// A row of up to five buttons, or one menu.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#action-row-action-row-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ActionRow {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// The buttons, or the menu.
    pub components: Vec<Component>,
}

/// A button. Links and premium buttons cause no interaction.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#button-button-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Button {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// The look, and what a click does.
    pub style: ButtonStyle,
    /// The text, at most 80 characters.
    pub label: Option<Text>,
    /// The emoji beside the text.
    pub emoji: Option<Box<Emoji>>,
    /// What the interaction carries, at most 100 characters.
    pub custom_id: Option<Text>,
    /// The product of a premium button.
    pub sku_id: Option<SkuId>,
    /// Where a link leads.
    #[model(optional, nullable)]
    pub url: Option<Text>,
    /// Whether it cannot be clicked.
    pub disabled: Option<bool>,
}

impl ActionRow {
    /// A row of up to five buttons, or one menu.
    #[must_use]
    pub fn new(components: impl IntoIterator<Item = Component>) -> Self {
        Self {
            id: None,
            components: components.into_iter().collect(),
        }
    }
}

impl Button {
    /// A button that causes an interaction.
    #[must_use]
    pub fn new(style: ButtonStyle, custom_id: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self {
            style,
            custom_id: Some(custom_id.into()),
            label: Some(label.into()),
            ..Self::default()
        }
    }

    /// A button that leads to an address.
    #[must_use]
    pub fn link(url: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self {
            style: ButtonStyle::Link,
            url: Some(url.into()),
            label: Some(label.into()),
            ..Self::default()
        }
    }

    /// Sets whether it cannot be clicked. The default is `false`.
    #[must_use]
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = Some(disabled);
        self
    }
}

open_enum! {
    /// The look of a button, and what a click does.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#button-button-styles).
    pub enum ButtonStyle: u32 {
        /// The main choice.
        Primary = 1,
        /// Another choice.
        Secondary = 2,
        /// Confirms.
        Success = 3,
        /// Destroys.
        Danger = 4,
        /// Leads to an address.
        Link = 5,
        /// Sells a product.
        Premium = 6,
    }
}
