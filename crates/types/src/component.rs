//! Components of messages and modals: buttons, menus, text, layout, and fields to fill in.
//!
//! Every component turns into a [`Component`], so whatever takes one takes all of them:
//!
//! ```
//! use polycord_types::component::{ActionRow, Button, Container, Section, Separator};
//!
//! let card = Container::new()
//!     .component(Section::new(Button::link("https://discord.com", "Read")).text("**News**"))
//!     .component(Separator::new().divider(false))
//!     .component(ActionRow::new([Button::primary("more", "More"), Button::danger("no", "No more")]));
//! assert_eq!(card.components.len(), 3);
//! ```
//!
//! | where | what can stand there |
//! | --- | --- |
//! | a message | [`ActionRow`]; with `IS_COMPONENTS_V2` also [`Section`], [`TextDisplay`], [`MediaGallery`], [`FileDisplay`], [`Separator`], [`Container`] |
//! | a modal | [`Label`], [`TextDisplay`] |
//! | an [`ActionRow`] | up to five [`Button`]s, or one menu |
//! | a [`Section`] | up to three [`TextDisplay`]s; beside them a [`Button`] or a [`Thumbnail`] |
//! | a [`Container`] | what a message can hold, but no other container |
//! | a [`Label`] | [`TextInput`], any menu, [`FileUpload`], [`RadioGroup`], [`CheckboxGroup`], [`Checkbox`] |

mod button;
mod choice;
mod layout;
mod media;
mod modal;
mod select;

pub use self::{
    button::{ActionRow, Button, ButtonStyle},
    choice::{Checkbox, CheckboxGroup, ChoiceOption, RadioGroup},
    layout::{Container, Section, Separator, SeparatorSpacing, TextDisplay},
    media::{
        FileDisplay, MediaGallery, MediaGalleryItem, Thumbnail, UnfurledMediaFlags,
        UnfurledMediaItem,
    },
    modal::{FileUpload, Label, TextInput, TextInputStyle},
    select::{
        ChannelSelect, MentionableSelect, RoleSelect, SelectDefaultKind, SelectDefaultValue,
        SelectOption, StringSelect, UserSelect,
    },
};

tagged! {
    /// A component of a message or a modal.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference).
    pub enum Component: "type" as ComponentType {
        /// A row of buttons, or one menu.
        ActionRow(ActionRow) = 1,
        /// A button.
        Button(Button) = 2,
        /// A menu of texts.
        StringSelect(StringSelect) = 3,
        /// A field for text.
        TextInput(TextInput) = 4,
        /// A menu of users.
        UserSelect(UserSelect) = 5,
        /// A menu of roles.
        RoleSelect(RoleSelect) = 6,
        /// A menu of users and roles.
        MentionableSelect(MentionableSelect) = 7,
        /// A menu of channels.
        ChannelSelect(ChannelSelect) = 8,
        /// Text beside a button or a picture.
        Section(Section) = 9,
        /// Text.
        TextDisplay(TextDisplay) = 10,
        /// A small picture.
        Thumbnail(Thumbnail) = 11,
        /// Pictures and videos.
        MediaGallery(MediaGallery) = 12,
        /// A file.
        File(FileDisplay) = 13,
        /// Space between components.
        Separator(Separator) = 14,
        /// A box around components.
        Container(Container) = 17,
        /// A title for a field of a modal.
        Label(Label) = 18,
        /// A field for files.
        FileUpload(FileUpload) = 19,
        /// Choices of which one is taken.
        RadioGroup(RadioGroup) = 21,
        /// Choices of which several can be taken.
        CheckboxGroup(CheckboxGroup) = 22,
        /// Yes or no.
        Checkbox(Checkbox) = 23,
    }
}

impl Component {
    /// Its number in the message or modal.
    #[must_use]
    pub const fn id(&self) -> Option<i32> {
        match self {
            Self::ActionRow(component) => component.id,
            Self::Button(component) => component.id,
            Self::StringSelect(component) => component.id,
            Self::TextInput(component) => component.id,
            Self::UserSelect(component) => component.id,
            Self::RoleSelect(component) => component.id,
            Self::MentionableSelect(component) => component.id,
            Self::ChannelSelect(component) => component.id,
            Self::Section(component) => component.id,
            Self::TextDisplay(component) => component.id,
            Self::Thumbnail(component) => component.id,
            Self::MediaGallery(component) => component.id,
            Self::File(component) => component.id,
            Self::Separator(component) => component.id,
            Self::Container(component) => component.id,
            Self::Label(component) => component.id,
            Self::FileUpload(component) => component.id,
            Self::RadioGroup(component) => component.id,
            Self::CheckboxGroup(component) => component.id,
            Self::Checkbox(component) => component.id,
            Self::Unknown(_) => None,
        }
    }

    /// What an interaction with it carries. Only what users can use has one.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#anatomy-of-a-component-custom-id).
    #[must_use]
    pub fn custom_id(&self) -> Option<&str> {
        match self {
            Self::Button(button) => button.custom_id.as_deref(),
            Self::StringSelect(menu) => Some(&menu.custom_id),
            Self::TextInput(input) => Some(&input.custom_id),
            Self::UserSelect(menu) => Some(&menu.custom_id),
            Self::RoleSelect(menu) => Some(&menu.custom_id),
            Self::MentionableSelect(menu) => Some(&menu.custom_id),
            Self::ChannelSelect(menu) => Some(&menu.custom_id),
            Self::FileUpload(upload) => Some(&upload.custom_id),
            Self::RadioGroup(group) => Some(&group.custom_id),
            Self::CheckboxGroup(group) => Some(&group.custom_id),
            Self::Checkbox(checkbox) => Some(&checkbox.custom_id),
            _ => None,
        }
    }

    /// The components that it holds, an accessory last.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        let (list, single): (&[Self], Option<&Self>) = match self {
            Self::ActionRow(row) => (&row.components, None),
            Self::Section(section) => (&section.components, Some(&section.accessory)),
            Self::Container(container) => (&container.components, None),
            Self::Label(label) => (&[], Some(&label.component)),
            _ => (&[], None),
        };
        list.iter().chain(single)
    }
}

impl Default for Component {
    /// No component: what stands where one is documented, but none came.
    fn default() -> Self {
        Self::Unknown(serde_json::Value::Null)
    }
}

open_enum! {
    /// What kind of component.
    ///
    /// See [the documentation](https://docs.discord.com/developers/components/reference#component-object-component-types).
    pub enum ComponentType: u32 {
        /// A row of buttons, or one menu.
        ActionRow = 1,
        /// A button.
        Button = 2,
        /// A menu of texts.
        StringSelect = 3,
        /// A field for text.
        TextInput = 4,
        /// A menu of users.
        UserSelect = 5,
        /// A menu of roles.
        RoleSelect = 6,
        /// A menu of users and roles.
        MentionableSelect = 7,
        /// A menu of channels.
        ChannelSelect = 8,
        /// Text beside a button or a picture.
        Section = 9,
        /// Text.
        TextDisplay = 10,
        /// A small picture.
        Thumbnail = 11,
        /// Pictures and videos.
        MediaGallery = 12,
        /// A file.
        File = 13,
        /// Space between components.
        Separator = 14,
        /// A box around components.
        Container = 17,
        /// A title for a field of a modal.
        Label = 18,
        /// A field for files.
        FileUpload = 19,
        /// Choices of which one is taken.
        RadioGroup = 21,
        /// Choices of which several can be taken.
        CheckboxGroup = 22,
        /// Yes or no.
        Checkbox = 23,
    }
}
