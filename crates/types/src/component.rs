//! Message components: buttons, menus, text, layout, and what modals are made of.

mod button;
mod layout;
mod modal;
mod select;

pub use self::{
    button::{ActionRow, Button, ButtonStyle},
    layout::{
        Container, FileDisplay, MediaGallery, MediaGalleryItem, Section, Separator,
        SeparatorSpacing, TextDisplay, Thumbnail, UnfurledMediaFlags, UnfurledMediaItem,
    },
    modal::{
        Checkbox, CheckboxGroup, ChoiceOption, FileUpload, Label, RadioGroup, TextInput,
        TextInputStyle,
    },
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
