use polycord_types_derive::Model;

use crate::{Text, component::Component};

/// A title for a field of a modal.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#label-label-structure).
///
/// ```
/// use polycord_types::component::{Label, TextInput};
///
/// let label = Label::new("Your name", TextInput::short("name").max_length(40))
///     .description("As others shall call you");
/// assert_eq!(label.component.custom_id(), Some("name"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct Label {
    /// The component's number in the modal.
    pub id: Option<i32>,
    /// The title, at most 45 characters.
    pub label: Text,
    /// A line below, at most 100 characters.
    pub description: Option<Text>,
    /// The field.
    pub component: Box<Component>,
}

impl Label {
    /// A title of at most 45 characters, and its field: a text input, any menu, a file upload, a checkbox, or
    /// a group of radio buttons or checkboxes.
    pub fn new(label: impl Into<Text>, component: impl Into<Component>) -> Self {
        Self {
            id: None,
            label: label.into(),
            description: None,
            component: Box::new(component.into()),
        }
    }
}

setters! {
    impl Label {
        /// Sets its number in the modal, which must occur once. The default is chosen by Discord.
        id(i32);
        /// Sets the line below, at most 100 characters.
        description(into Text);
    }
}

/// A field for text.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#text-input-text-input-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct TextInput {
    /// The component's number in the modal.
    pub id: Option<i32>,
    /// What the submission carries, 1 to 100 characters.
    pub custom_id: Text,
    /// One line, or several.
    pub style: TextInputStyle,
    /// The shortest text, at most 4000.
    pub min_length: Option<u32>,
    /// The longest text, 1 to 4000.
    pub max_length: Option<u32>,
    /// Whether a text is needed; `true` if absent.
    pub required: Option<bool>,
    /// The text to begin with, at most 4000 characters.
    pub value: Option<Text>,
    /// What an empty field says, at most 100 characters.
    pub placeholder: Option<Text>,
    /// The title, in an action row. Deprecated in favour of a surrounding `Label`.
    pub label: Option<Text>,
}

impl TextInput {
    /// A field of one line.
    pub fn short(custom_id: impl Into<Text>) -> Self {
        Self::new(TextInputStyle::Short, custom_id)
    }

    /// A field of several lines.
    pub fn paragraph(custom_id: impl Into<Text>) -> Self {
        Self::new(TextInputStyle::Paragraph, custom_id)
    }

    fn new(style: TextInputStyle, custom_id: impl Into<Text>) -> Self {
        Self {
            custom_id: custom_id.into(),
            style,
            ..Self::default()
        }
    }
}

setters! {
    impl TextInput {
        /// Sets its number in the modal, which must occur once. The default is chosen by Discord.
        id(i32);
        /// Sets the shortest text, 0 to 4000 characters. The default is 0.
        min_length(u32);
        /// Sets the longest text, 1 to 4000 characters. The default is 4000.
        max_length(u32);
        /// Sets whether a text is needed. The default is `true`.
        required(bool);
        /// Sets the text to begin with, at most 4000 characters.
        value(into Text);
        /// Sets what an empty field says, at most 100 characters.
        placeholder(into Text);
    }
}

open_enum! {
    /// How large a field for text is.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#text-input-text-input-styles).
    pub enum TextInputStyle: u32 {
        /// One line.
        Short = 1,
        /// Several lines.
        Paragraph = 2,
    }
}

/// A field for files.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#file-upload-file-upload-structure).
///
/// ```
/// use polycord_types::component::FileUpload;
///
/// let upload = FileUpload::new("proof").max_values(3).file_types(["image", ".pdf"]);
/// assert_eq!(upload.max_values, Some(3));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct FileUpload {
    /// The component's number in the modal.
    pub id: Option<i32>,
    /// What the submission carries, 1 to 100 characters.
    pub custom_id: Text,
    /// How many files are needed, at most 10; 1 if absent.
    pub min_values: Option<u8>,
    /// How many files can be given, at most 10; 1 if absent.
    pub max_values: Option<u8>,
    /// Whether a file is needed; `true` if absent.
    pub required: Option<bool>,
    /// Kinds of files that can be given: `image`, `video`, `audio`, or endings such as `.pdf`.
    pub file_types: Option<Vec<Text>>,
}

impl FileUpload {
    /// A field for one file.
    pub fn new(custom_id: impl Into<Text>) -> Self {
        Self {
            custom_id: custom_id.into(),
            ..Self::default()
        }
    }
}

setters! {
    impl FileUpload {
        /// Sets its number in the modal, which must occur once. The default is chosen by Discord.
        id(i32);
        /// Sets how many files are needed, 0 to 10. The default is 1.
        min_values(u8);
        /// Sets how many files can be given, 1 to 10. The default is 1.
        max_values(u8);
        /// Sets whether a file is needed. The default is `true`.
        required(bool);
        /// Sets the kinds of files that can be given: `image`, `video`, `audio`, or endings such as `.pdf`. The
        /// default is any.
        file_types(list Text);
    }
}
