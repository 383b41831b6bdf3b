use polycord_types_derive::Model;

use crate::{Color, Text, component::Component};

/// Text beside a button or a picture.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#section-section-structure).
///
/// ```
/// use polycord_types::component::{Section, Thumbnail};
///
/// let section = Section::new(Thumbnail::new("https://example.org/cat.png").description("A cat"))
///     .text("# Cats")
///     .text("They purr.");
/// assert_eq!(section.components.len(), 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct Section {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// Texts, at most three.
    pub components: Vec<Component>,
    /// A button or a thumbnail.
    pub accessory: Box<Component>,
}

impl Section {
    /// A section beside a [`Button`](crate::component::Button) or a
    /// [`Thumbnail`](crate::component::Thumbnail). It needs at least one text.
    pub fn new(accessory: impl Into<Component>) -> Self {
        Self {
            id: None,
            components: Vec::new(),
            accessory: Box::new(accessory.into()),
        }
    }

    /// Adds a text. There can be three.
    pub fn text(mut self, text: impl Into<TextDisplay>) -> Self {
        self.components.push(text.into().into());
        self
    }
}

setters! {
    impl Section {
        /// Sets its number in the message, which must occur once. The default is chosen by Discord.
        id(i32);
    }
}

/// Text with markdown.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#text-display-text-display-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct TextDisplay {
    /// The component's number in the message or modal.
    pub id: Option<i32>,
    /// The text. All texts of a message share 4000 characters.
    pub content: Text,
}

impl TextDisplay {
    /// A text.
    pub fn new(content: impl Into<Text>) -> Self {
        Self {
            id: None,
            content: content.into(),
        }
    }
}

setters! {
    impl TextDisplay {
        /// Sets its number in the message or modal, which must occur once. The default is chosen by Discord.
        id(i32);
    }
}

impl From<&str> for TextDisplay {
    fn from(content: &str) -> Self {
        Self::new(content)
    }
}

impl From<String> for TextDisplay {
    fn from(content: String) -> Self {
        Self::new(content)
    }
}

impl From<Text> for TextDisplay {
    fn from(content: Text) -> Self {
        Self::new(content)
    }
}

/// Space between components.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#separator-separator-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct Separator {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// Whether a line is drawn; `true` if absent.
    pub divider: Option<bool>,
    /// How much space; a little if absent.
    pub spacing: Option<SeparatorSpacing>,
}

impl Separator {
    /// A line with a little space around it.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl Separator {
        /// Sets its number in the message, which must occur once. The default is chosen by Discord.
        id(i32);
        /// Sets whether a line is drawn. The default is `true`.
        divider(bool);
        /// Sets how much space it makes. The default is [`SeparatorSpacing::Small`].
        spacing(SeparatorSpacing);
    }
}

open_enum! {
    /// How much space a separator makes.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#separator-separator-structure).
    pub enum SeparatorSpacing: u32 {
        /// A little.
        Small = 1,
        /// Much.
        Large = 2,
    }
}

/// A box around components, with a coloured edge.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#container-container-structure).
///
/// ```
/// use polycord_types::{
///     Color,
///     component::{ActionRow, Button, Container, Separator, TextDisplay},
/// };
///
/// let container = Container::new()
///     .accent_color(Color::new(0x5865F2))
///     .component(TextDisplay::new("# A wild cat appears"))
///     .component(Separator::new())
///     .component(ActionRow::new([Button::primary("pet", "Pet it")]));
/// assert_eq!(container.components.len(), 3);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct Container {
    /// The component's number in the message.
    pub id: Option<i32>,
    /// What it holds.
    pub components: Vec<Component>,
    /// Colour of the edge.
    #[model(optional, nullable)]
    pub accent_color: Option<Color>,
    /// Whether it is hidden until one asks for it; `false` if absent.
    pub spoiler: Option<bool>,
}

impl Container {
    /// An empty box. It needs at least one component.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an action row, a text, a section, a media gallery, a separator, or a file.
    pub fn component(mut self, component: impl Into<Component>) -> Self {
        self.components.push(component.into());
        self
    }
}

setters! {
    impl Container {
        /// Sets its number in the message, which must occur once. The default is chosen by Discord.
        id(i32);
        /// Sets the colour of the edge. The default is none.
        accent_color(into Color);
        /// Sets whether it is hidden until one asks for it. The default is `false`.
        spoiler(bool);
    }
}
