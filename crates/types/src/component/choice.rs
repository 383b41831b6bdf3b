use polycord_types_derive::Model;

use crate::Text;

/// Choices of a modal of which one is taken.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#radio-group-structure).
///
/// ```
/// use polycord_types::component::{ChoiceOption, RadioGroup};
///
/// let size = RadioGroup::new("size", [("Small", "s"), ("Large", "l")])
///     .option(ChoiceOption::new("Medium", "m").selected(true));
/// assert_eq!(size.options.len(), 3);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct RadioGroup {
    /// The component's number in the modal.
    pub id: Option<i32>,
    /// What the submission carries, 1 to 100 characters.
    pub custom_id: Text,
    /// The choices, two to ten.
    pub options: Vec<ChoiceOption>,
    /// Whether a choice is needed; `true` if absent.
    pub required: Option<bool>,
}

/// Choices of a modal of which several can be taken.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#checkbox-group-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct CheckboxGroup {
    /// The component's number in the modal.
    pub id: Option<i32>,
    /// What the submission carries, 1 to 100 characters.
    pub custom_id: Text,
    /// The choices, at most ten.
    pub options: Vec<ChoiceOption>,
    /// How many must be chosen, at most 10; 1 if absent.
    pub min_values: Option<u8>,
    /// How many can be chosen, at most 10; all if absent.
    pub max_values: Option<u8>,
    /// Whether a choice is needed; `true` if absent.
    pub required: Option<bool>,
}

macro_rules! group {
    ($($Group:ident)*) => {$(
        impl $Group {
            /// A group of up to ten choices, each a label and the value behind it.
            pub fn new(
                custom_id: impl Into<Text>,
                options: impl IntoIterator<Item: Into<ChoiceOption>>,
            ) -> Self {
                Self {
                    custom_id: custom_id.into(),
                    options: options.into_iter().map(Into::into).collect(),
                    ..Self::default()
                }
            }

            /// Adds a choice. There can be ten.
            pub fn option(mut self, option: impl Into<ChoiceOption>) -> Self {
                self.options.push(option.into());
                self
            }
        }

        setters! {
            impl $Group {
                /// Sets its number in the modal, which must occur once. The default is chosen by Discord.
                id(i32);
                /// Sets whether a choice is needed. The default is `true`.
                required(bool);
            }
        }
    )*};
}

group! { RadioGroup CheckboxGroup }

setters! {
    impl CheckboxGroup {
        /// Sets how many must be chosen, 0 to 10. The default is 1.
        min_values(u8);
        /// Sets how many can be chosen, 1 to 10. The default is all of them.
        max_values(u8);
    }
}

/// A choice in a group of radio buttons or checkboxes.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#radio-group-option-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
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

impl ChoiceOption {
    /// A choice: what the user sees, and what the application gets.
    pub fn new(label: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    /// Sets whether it is chosen beforehand. The default is `false`.
    pub fn selected(mut self, selected: bool) -> Self {
        self.default = Some(selected);
        self
    }
}

setters! {
    impl ChoiceOption {
        /// Sets the line below, at most 100 characters.
        description(into Text);
    }
}

impl<L: Into<Text>, V: Into<Text>> From<(L, V)> for ChoiceOption {
    fn from((label, value): (L, V)) -> Self {
        Self::new(label, value)
    }
}

/// Yes or no, in a modal.
///
/// See [the documentation](https://docs.discord.com/developers/components/reference#checkbox-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct Checkbox {
    /// The component's number in the modal.
    pub id: Option<i32>,
    /// What the submission carries, 1 to 100 characters.
    pub custom_id: Text,
    /// Whether it is ticked beforehand.
    pub default: Option<bool>,
}

impl Checkbox {
    /// A checkbox that is not ticked.
    pub fn new(custom_id: impl Into<Text>) -> Self {
        Self {
            custom_id: custom_id.into(),
            ..Self::default()
        }
    }

    /// Sets whether it is ticked beforehand. The default is `false`.
    pub fn checked(mut self, checked: bool) -> Self {
        self.default = Some(checked);
        self
    }
}

setters! {
    impl Checkbox {
        /// Sets its number in the modal, which must occur once. The default is chosen by Discord.
        id(i32);
    }
}
