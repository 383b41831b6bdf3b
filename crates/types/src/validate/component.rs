//! What each component says of itself. How they may stand in each other is in `component_tree`.

use std::{collections::HashSet, ops::RangeInclusive};

use super::{Check, Validate, limits};
use crate::{
    Text,
    component::{
        Button, ButtonStyle, ChannelSelect, Checkbox, CheckboxGroup, ChoiceOption, FileDisplay,
        FileUpload, MediaGallery, MediaGalleryItem, MentionableSelect, RadioGroup, RoleSelect,
        SelectDefaultKind, SelectOption, StringSelect, TextDisplay, TextInput, Thumbnail,
        UserSelect,
    },
};

impl Validate for Button {
    fn check(&self, check: &mut Check) {
        check.chars("label", self.label.as_ref(), limits::BUTTON_LABEL);
        check.chars("custom_id", self.custom_id.as_ref(), limits::CUSTOM_ID);
        check.chars("url", self.url.as_ref(), limits::BUTTON_URL);
        let custom_id = ("custom_id", self.custom_id.is_some());
        let url = ("url", self.url.is_some());
        let sku_id = ("sku_id", self.sku_id.is_some());
        let (needed, why_needed, others, why_not) = match self.style {
            ButtonStyle::Link => (
                url,
                "a link leads to an address",
                vec![custom_id, sku_id],
                "a link causes no interaction",
            ),
            ButtonStyle::Premium => (
                sku_id,
                "a premium button sells something",
                vec![
                    custom_id,
                    url,
                    ("label", self.label.is_some()),
                    ("emoji", self.emoji.is_some()),
                ],
                "a premium button shows what it sells and nothing else",
            ),
            ButtonStyle::Primary
            | ButtonStyle::Secondary
            | ButtonStyle::Success
            | ButtonStyle::Danger => (
                custom_id,
                "the interaction of a button carries it",
                vec![url, sku_id],
                "a button of this style causes an interaction",
            ),
            _ => return,
        };
        if !needed.1 {
            check.missing(needed.0, why_needed);
        }
        for (field, _) in others.into_iter().filter(|(_, there)| *there) {
            check.not_allowed(field, why_not);
        }
    }
}

/// How many can be chosen.
struct Values {
    min: Option<u8>,
    max: Option<u8>,
    /// How many are chosen beforehand; `None` if nothing is said.
    chosen: Option<(&'static str, usize)>,
}

impl Values {
    fn check(
        self,
        check: &mut Check,
        min_range: RangeInclusive<i64>,
        max_range: RangeInclusive<i64>,
        max_if_absent: u8,
    ) {
        let before = check.faults();
        check.number("min_values", self.min, min_range);
        check.number("max_values", self.max, max_range);
        if check.faults() > before {
            return;
        }
        let max = self.max.unwrap_or(max_if_absent);
        if let Some(min) = self.min {
            check.number("min_values", Some(min), 0..=i64::from(max));
        }
        if let Some((field, chosen)) = self.chosen {
            check.count(
                field,
                chosen,
                usize::from(self.min.unwrap_or(0))..=usize::from(max),
            );
        }
    }
}

impl Validate for StringSelect {
    fn check(&self, check: &mut Check) {
        check.chars("custom_id", &self.custom_id, limits::CUSTOM_ID);
        check.list("options", &self.options, limits::SELECT_OPTIONS);
        unique(check, self.options.iter().map(|option| &*option.value));
        let placeholder = self.placeholder.as_ref();
        check.chars("placeholder", placeholder, limits::SELECT_PLACEHOLDER);
        let values = Values {
            min: self.min_values,
            max: self.max_values,
            chosen: None,
        };
        values.check(
            check,
            limits::SELECT_MIN_VALUES,
            limits::SELECT_MAX_VALUES,
            1,
        );
    }
}

impl Validate for SelectOption {
    fn check(&self, check: &mut Check) {
        check.chars("label", &self.label, 1..=limits::OPTION_TEXT);
        check.chars("value", &self.value, 1..=limits::OPTION_TEXT);
        check.chars(
            "description",
            self.description.as_ref(),
            limits::OPTION_TEXT,
        );
    }
}

macro_rules! filled_selects {
    ($($Name:ident of $($Kind:ident)+, $holds:literal;)*) => {$(
        impl Validate for $Name {
            fn check(&self, check: &mut Check) {
                check.chars("custom_id", &self.custom_id, limits::CUSTOM_ID);
                let placeholder = self.placeholder.as_ref();
                check.chars("placeholder", placeholder, limits::SELECT_PLACEHOLDER);
                let defaults = self.default_values.as_ref().filter(|list| !list.is_empty());
                let values = Values {
                    min: self.min_values,
                    max: self.max_values,
                    chosen: defaults.map(|list| ("default_values", list.len())),
                };
                values.check(check, limits::SELECT_MIN_VALUES, limits::SELECT_MAX_VALUES, 1);
                let defaults = self.default_values.as_deref().unwrap_or_default();
                check.each("default_values", defaults, |check, value| {
                    let fits = matches!(value.kind, $(SelectDefaultKind::$Kind)|+);
                    if !fits && value.kind.is_known() {
                        check.malformed("type", $holds);
                    }
                });
            }
        }
    )*};
}

filled_selects! {
    UserSelect of User, "a menu of users has users only";
    RoleSelect of Role, "a menu of roles has roles only";
    MentionableSelect of User Role, "a menu of users and roles has those only";
    ChannelSelect of Channel, "a menu of channels has channels only";
}

impl Validate for TextDisplay {
    fn check(&self, check: &mut Check) {
        check.chars(
            "content",
            &self.content,
            1..=limits::MESSAGE_COMPONENTS_TEXT,
        );
    }
}

impl Validate for Thumbnail {
    fn check(&self, check: &mut Check) {
        media(check, "media", &self.media.url);
        check.chars(
            "description",
            self.description.as_ref(),
            limits::MEDIA_DESCRIPTION,
        );
    }
}

impl Validate for MediaGallery {
    fn check(&self, check: &mut Check) {
        check.list("items", &self.items, limits::MEDIA_GALLERY_ITEMS);
    }
}

impl Validate for MediaGalleryItem {
    fn check(&self, check: &mut Check) {
        media(check, "media", &self.media.url);
        check.chars(
            "description",
            self.description.as_ref(),
            limits::MEDIA_DESCRIPTION,
        );
    }
}

fn media(check: &mut Check, field: &'static str, url: &str) {
    if url.is_empty() {
        check.at(field, |check| {
            check.missing("url", "it is the address of the picture or video");
        });
    }
}

impl Validate for FileDisplay {
    fn check(&self, check: &mut Check) {
        if !self.file.url.starts_with("attachment://") {
            check.at("file", |check| {
                check.malformed("url", "it names an uploaded file, as in attachment://name");
            });
        }
    }
}

impl Validate for TextInput {
    fn check(&self, check: &mut Check) {
        check.chars("custom_id", &self.custom_id, limits::CUSTOM_ID);
        let (min, max) = (self.min_length, self.max_length);
        check.number("min_length", min, limits::TEXT_INPUT_MIN_LENGTH);
        check.number("max_length", max, limits::TEXT_INPUT_MAX_LENGTH);
        if let (Some(min), Some(max)) = (min, max)
            && i64::from(min) <= *limits::TEXT_INPUT_MIN_LENGTH.end()
        {
            check.number("min_length", Some(min), 0..=i64::from(max));
        }
        check.chars("value", self.value.as_ref(), limits::TEXT_INPUT_VALUE);
        let placeholder = self.placeholder.as_ref();
        check.chars("placeholder", placeholder, limits::TEXT_INPUT_PLACEHOLDER);
        check.chars("label", self.label.as_ref(), limits::LABEL);
    }
}

impl Validate for FileUpload {
    fn check(&self, check: &mut Check) {
        check.chars("custom_id", &self.custom_id, limits::CUSTOM_ID);
        let values = Values {
            min: self.min_values,
            max: self.max_values,
            chosen: None,
        };
        let (min, max) = (
            limits::FILE_UPLOAD_MIN_VALUES,
            limits::FILE_UPLOAD_MAX_VALUES,
        );
        values.check(check, min, max, 1);
        needs_one(check, self.min_values, self.required);
        file_types(check, self.file_types.as_deref());
    }
}

impl Validate for RadioGroup {
    fn check(&self, check: &mut Check) {
        check.chars("custom_id", &self.custom_id, limits::CUSTOM_ID);
        check.list("options", &self.options, limits::RADIO_GROUP_OPTIONS);
        unique(check, self.options.iter().map(|option| &*option.value));
        if chosen(&self.options) > 1 {
            check.not_allowed("options", "one choice at most is made beforehand");
        }
    }
}

impl Validate for CheckboxGroup {
    fn check(&self, check: &mut Check) {
        check.chars("custom_id", &self.custom_id, limits::CUSTOM_ID);
        check.list("options", &self.options, limits::CHECKBOX_GROUP_OPTIONS);
        unique(check, self.options.iter().map(|option| &*option.value));
        let values = Values {
            min: self.min_values,
            max: self.max_values,
            chosen: None,
        };
        let (min, max) = (
            limits::CHECKBOX_GROUP_MIN_VALUES,
            limits::CHECKBOX_GROUP_MAX_VALUES,
        );
        let options = u8::try_from(self.options.len()).unwrap_or(u8::MAX);
        values.check(check, min, max, options);
        needs_one(check, self.min_values, self.required);
    }
}

impl Validate for ChoiceOption {
    fn check(&self, check: &mut Check) {
        check.chars("value", &self.value, 1..=limits::OPTION_TEXT);
        check.chars("label", &self.label, 1..=limits::OPTION_TEXT);
        check.chars(
            "description",
            self.description.as_ref(),
            limits::OPTION_TEXT,
        );
    }
}

impl Validate for Checkbox {
    fn check(&self, check: &mut Check) {
        check.chars("custom_id", &self.custom_id, limits::CUSTOM_ID);
    }
}

/// What kinds of files are taken, by a field of a modal or an option of a command.
pub(super) fn file_types(check: &mut Check, types: Option<&[Text]>) {
    let types = types.unwrap_or_default();
    check.count("file_types", types.len(), limits::FILE_TYPES);
    check.each("file_types", types, |check, kind| {
        let is_extension = kind.strip_prefix('.').is_some_and(|rest| !rest.is_empty());
        if !is_extension && !matches!(&**kind, "image" | "video" | "audio") {
            check.malformed("", "it is image, video, audio, or an extension as in .pdf");
        }
    });
}

/// In a modal a field that is required takes one at least.
pub(super) fn needs_one(check: &mut Check, min_values: Option<u8>, required: Option<bool>) {
    if min_values == Some(0) && required != Some(false) {
        check.not_allowed("min_values", "0 needs `required` to be false");
    }
}

fn chosen(options: &[ChoiceOption]) -> usize {
    let chosen = |option: &&ChoiceOption| option.default == Some(true);
    options.iter().filter(chosen).count()
}

/// Notes every choice whose value an earlier one has.
fn unique<'a>(check: &mut Check, values: impl Iterator<Item = &'a str>) {
    let mut seen = HashSet::new();
    check.at("options", |check| {
        for (index, value) in values.enumerate() {
            if !seen.insert(value) {
                check.at_index(index, |check| check.duplicate("value", "among the choices"));
            }
        }
    });
}
