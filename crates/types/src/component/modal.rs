//! Components of modals.

use polycord_types_derive::Model;

use crate::{Text, component::Component};

/// A title for a field of a modal.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#label-label-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Label {
    /// The component's number in the modal.
    pub id: Option<i32>,
    /// The title, at most 45 characters.
    pub label: Text,
    /// A line below, at most 100 characters.
    pub description: Option<Text>,
    /// The field.
    #[model(key)]
    pub component: Box<Component>,
}

/// A field for text.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#text-input-text-input-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct TextInput {
    /// The component's number in the modal.
    pub id: Option<i32>,
    /// What the submission carries, at most 100 characters.
    pub custom_id: Text,
    /// One line, or several.
    pub style: TextInputStyle,
    /// The shortest text, at most 4000.
    pub min_length: Option<u32>,
    /// The longest text, at most 4000.
    pub max_length: Option<u32>,
    /// Whether a text is needed; `true` if absent.
    pub required: Option<bool>,
    /// The text to begin with.
    pub value: Option<Text>,
    /// What an empty field says, at most 100 characters.
    pub placeholder: Option<Text>,
    /// The title. Deprecated in favour of a surrounding `Label`.
    pub label: Option<Text>,
}

/// A field for files.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#file-upload-file-upload-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct FileUpload {
    /// The component's number in the modal.
    pub id: Option<i32>,
    /// What the submission carries, at most 100 characters.
    pub custom_id: Text,
    /// How many files are needed; 1 if absent.
    pub min_values: Option<u8>,
    /// How many files can be given, at most 10; 1 if absent.
    pub max_values: Option<u8>,
    /// Whether a file is needed; `true` if absent.
    pub required: Option<bool>,
    /// Kinds of files that can be given: `image`, `video`, `audio`, or endings such as `.pdf`.
    pub file_types: Option<Vec<Text>>,
}

/// Choices of which one is taken.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#radio-group-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct RadioGroup {
    /// The component's number in the modal.
    pub id: Option<i32>,
    /// What the submission carries, at most 100 characters.
    pub custom_id: Text,
    /// The choices, two to ten.
    pub options: Vec<ChoiceOption>,
    /// Whether a choice is needed; `true` if absent.
    pub required: Option<bool>,
}

/// Choices of which several can be taken.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#checkbox-group-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct CheckboxGroup {
    /// The component's number in the modal.
    pub id: Option<i32>,
    /// What the submission carries, at most 100 characters.
    pub custom_id: Text,
    /// The choices, at most ten.
    pub options: Vec<ChoiceOption>,
    /// How many must be chosen; 1 if absent.
    pub min_values: Option<u8>,
    /// How many can be chosen.
    pub max_values: Option<u8>,
    /// Whether a choice is needed; `true` if absent.
    pub required: Option<bool>,
}

/// A choice in a group of radio buttons or checkboxes.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#radio-group-option-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ChoiceOption {
    /// What the application gets, at most 100 characters.
    pub value: Text,
    /// What the user sees, at most 100 characters.
    pub label: Text,
    /// A line below, at most 100 characters.
    pub description: Option<Text>,
    /// Whether it is chosen beforehand.
    pub default: Option<bool>,
}

/// Yes or no.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#checkbox-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Checkbox {
    /// The component's number in the modal.
    pub id: Option<i32>,
    /// What the submission carries, at most 100 characters.
    pub custom_id: Text,
    /// Whether it is ticked beforehand.
    pub default: Option<bool>,
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
