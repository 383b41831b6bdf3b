use polycord_types_derive::Model;

use crate::{Text, component::Component, emoji::PartialEmoji, id::SkuId};

/// A row of up to five buttons, or one menu.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#action-row-action-row-structure).
///
/// ```
/// use polycord_types::component::{ActionRow, Button};
///
/// let row = ActionRow::new([
///     Button::success("accept", "Accept"),
///     Button::danger("decline", "Decline").disabled(true),
///     Button::link("https://discord.com", "Learn more"),
/// ]);
/// assert_eq!(row.components.len(), 3);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ActionRow {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// The buttons, or the menu.
    pub components: Vec<Component>,
}

impl ActionRow {
    /// A row of up to five buttons, or of one menu.
    pub fn new(components: impl IntoIterator<Item: Into<Component>>) -> Self {
        Self {
            id: None,
            components: components.into_iter().map(Into::into).collect(),
        }
    }

    /// Adds a button.
    pub fn component(mut self, component: impl Into<Component>) -> Self {
        self.components.push(component.into());
        self
    }
}

setters! {
    impl ActionRow {
        /// Sets its number in the message, which must occur once. The default is chosen by Discord.
        id(i32);
    }
}

/// A button. Links and premium buttons cause no interaction.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#button-button-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct Button {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// The look, and what a click does.
    pub style: ButtonStyle,
    /// The text, at most 80 characters.
    pub label: Option<Text>,
    /// The emoji beside the text.
    pub emoji: Option<PartialEmoji>,
    /// What the interaction carries, 1 to 100 characters.
    pub custom_id: Option<Text>,
    /// The product of a premium button.
    pub sku_id: Option<SkuId>,
    /// Where a link leads, at most 512 characters.
    #[model(optional, nullable)]
    pub url: Option<Text>,
    /// Whether it cannot be clicked; `false` if absent.
    pub disabled: Option<bool>,
}

impl Button {
    /// A button that causes an interaction.
    pub fn new(style: ButtonStyle, custom_id: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self {
            style,
            custom_id: Some(custom_id.into()),
            label: Some(label.into()),
            ..Self::default()
        }
    }

    /// A button for the main choice.
    pub fn primary(custom_id: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self::new(ButtonStyle::Primary, custom_id, label)
    }

    /// A button for another choice.
    pub fn secondary(custom_id: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self::new(ButtonStyle::Secondary, custom_id, label)
    }

    /// A button that confirms.
    pub fn success(custom_id: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self::new(ButtonStyle::Success, custom_id, label)
    }

    /// A button for what cannot be taken back.
    pub fn danger(custom_id: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self::new(ButtonStyle::Danger, custom_id, label)
    }

    /// A button that shows an emoji only, and causes an interaction.
    pub fn icon(
        style: ButtonStyle,
        custom_id: impl Into<Text>,
        emoji: impl Into<PartialEmoji>,
    ) -> Self {
        Self {
            style,
            custom_id: Some(custom_id.into()),
            emoji: Some(emoji.into()),
            ..Self::default()
        }
    }

    /// A button that leads to an address.
    pub fn link(url: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self {
            style: ButtonStyle::Link,
            url: Some(url.into()),
            label: Some(label.into()),
            ..Self::default()
        }
    }

    /// A button that sells a product. Its text is made by Discord.
    pub fn premium(sku: SkuId) -> Self {
        Self {
            style: ButtonStyle::Premium,
            sku_id: Some(sku),
            ..Self::default()
        }
    }
}

setters! {
    impl Button {
        /// Sets its number in the message, which must occur once. The default is chosen by Discord.
        id(i32);
        /// Sets the text, at most 80 characters.
        label(into Text);
        /// Sets the emoji beside the text.
        emoji(into PartialEmoji);
        /// Sets whether it cannot be clicked. The default is `false`.
        disabled(bool);
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
