//! How components stand in each other, in messages and modals.

use std::collections::HashSet;

use super::{Check, Validate, component, limits, message::Flags};
use crate::{
    component::{ActionRow, Component, ComponentType, Container, Label, Section},
    message::MessageFlags,
};

/// Checks the components of a message.
pub(super) fn in_message(check: &mut Check, components: &[Component], flags: Flags) {
    let place = match flags {
        Flags::Set(flags) if !flags.contains(MessageFlags::IS_COMPONENTS_V2) => {
            check.count("components", components.len(), limits::MESSAGE_ACTION_ROWS);
            Place::LegacyMessage
        }
        _ => Place::Message,
    };
    let mut walk = Walk::default();
    walk.children(check, "components", components, place);
    if matches!(place, Place::Message) {
        check.count("components", walk.components, limits::MESSAGE_COMPONENTS);
    }
    check.length("components", walk.text, limits::MESSAGE_COMPONENTS_TEXT);
}

/// Checks the components of a modal.
pub(super) fn in_modal(check: &mut Check, components: &[Component]) {
    check.count("components", components.len(), limits::MODAL_COMPONENTS);
    let mut walk = Walk {
        is_modal: true,
        ..Walk::default()
    };
    walk.children(check, "components", components, Place::Modal);
}

impl Validate for Component {
    fn check(&self, check: &mut Check) {
        Walk::default().component(check, self, Place::Alone);
    }
}

impl Validate for ActionRow {
    fn check(&self, check: &mut Check) {
        Walk::default().row(check, self);
    }
}

impl Validate for Section {
    fn check(&self, check: &mut Check) {
        Walk::default().section(check, self);
    }
}

impl Validate for Container {
    fn check(&self, check: &mut Check) {
        Walk::default().container(check, self);
    }
}

impl Validate for Label {
    fn check(&self, check: &mut Check) {
        let mut walk = Walk {
            is_modal: true,
            ..Walk::default()
        };
        walk.label(check, self);
    }
}

/// Where a component stands.
#[derive(Clone, Copy)]
enum Place {
    Accessory,
    Alone,
    Container,
    Label,
    LegacyMessage,
    Message,
    Modal,
    ModalRow,
    Row,
    Section,
}

impl Place {
    const fn takes(self, kind: ComponentType) -> bool {
        use ComponentType as Type;
        match self {
            Self::Alone => true,
            Self::Accessory => matches!(kind, Type::Button | Type::Thumbnail),
            Self::Section => matches!(kind, Type::TextDisplay),
            Self::LegacyMessage => matches!(kind, Type::ActionRow),
            Self::Modal => matches!(kind, Type::Label | Type::TextDisplay | Type::ActionRow),
            Self::ModalRow => matches!(kind, Type::TextInput),
            Self::Row => is_select(kind) || matches!(kind, Type::Button),
            Self::Label => {
                is_select(kind)
                    || matches!(
                        kind,
                        Type::TextInput
                            | Type::FileUpload
                            | Type::RadioGroup
                            | Type::CheckboxGroup
                            | Type::Checkbox
                    )
            }
            Self::Container => {
                matches!(
                    kind,
                    Type::ActionRow
                        | Type::Section
                        | Type::TextDisplay
                        | Type::MediaGallery
                        | Type::File
                        | Type::Separator
                )
            }
            Self::Message => matches!(kind, Type::Container) || Self::Container.takes(kind),
        }
    }

    const fn holds(self) -> &'static str {
        match self {
            Self::Alone => "any component can stand alone",
            Self::Accessory => "beside a section stands a button or a thumbnail",
            Self::Container => {
                "a container holds action rows, sections, text displays, media galleries, files and separators"
            }
            Self::Label => "a label holds a field of a modal",
            Self::LegacyMessage => "without `IS_COMPONENTS_V2` a message holds action rows only",
            Self::Message => {
                "a message holds containers, action rows, sections, text displays, media galleries, files and separators"
            }
            Self::Modal => "a modal holds labels and text displays",
            Self::ModalRow => "in a modal an action row holds a text input",
            Self::Row => "an action row holds buttons, or one select",
            Self::Section => "a section holds text displays",
        }
    }
}

const fn is_select(kind: ComponentType) -> bool {
    matches!(
        kind,
        ComponentType::StringSelect
            | ComponentType::UserSelect
            | ComponentType::RoleSelect
            | ComponentType::MentionableSelect
            | ComponentType::ChannelSelect
    )
}

/// What counts over all components of a message or a modal.
#[derive(Default)]
struct Walk<'a> {
    components: usize,
    custom_ids: HashSet<&'a str>,
    ids: HashSet<i32>,
    is_modal: bool,
    text: usize,
}

impl<'a> Walk<'a> {
    fn children(
        &mut self,
        check: &mut Check,
        field: &'static str,
        components: &'a [Component],
        place: Place,
    ) {
        check.at(field, |check| {
            for (index, component) in components.iter().enumerate() {
                check.at_index(index, |check| self.component(check, component, place));
            }
        });
    }

    fn component(&mut self, check: &mut Check, component: &'a Component, place: Place) {
        self.components += 1;
        if matches!(component, Component::Unknown(_)) {
            return;
        }
        // What is in the wrong place is not gone into: so the depth has an end.
        if !place.takes(component.kind()) {
            check.not_allowed("", place.holds());
            return;
        }
        let (id, custom_id) = ids(component);
        if id.is_some_and(|id| id != 0 && !self.ids.insert(id)) {
            check.duplicate("id", "among the components");
        }
        if custom_id.is_some_and(|custom_id| !self.custom_ids.insert(custom_id)) {
            check.duplicate("custom_id", "among the components");
        }
        match component {
            Component::ActionRow(row) => self.row(check, row),
            Component::Section(section) => self.section(check, section),
            Component::Container(container) => self.container(check, container),
            Component::Label(label) => self.label(check, label),
            Component::TextDisplay(text) => {
                self.text += text.content.chars().count();
                text.check(check);
            }
            Component::Button(button) => button.check(check),
            Component::StringSelect(select) => {
                select.check(check);
                self.field(check, select.min_values, select.required, select.disabled);
            }
            Component::UserSelect(select) => {
                select.check(check);
                self.field(check, select.min_values, select.required, select.disabled);
            }
            Component::RoleSelect(select) => {
                select.check(check);
                self.field(check, select.min_values, select.required, select.disabled);
            }
            Component::MentionableSelect(select) => {
                select.check(check);
                self.field(check, select.min_values, select.required, select.disabled);
            }
            Component::ChannelSelect(select) => {
                select.check(check);
                self.field(check, select.min_values, select.required, select.disabled);
            }
            Component::TextInput(input) => input.check(check),
            Component::Thumbnail(thumbnail) => thumbnail.check(check),
            Component::MediaGallery(gallery) => gallery.check(check),
            Component::File(file) => file.check(check),
            Component::FileUpload(upload) => upload.check(check),
            Component::RadioGroup(group) => group.check(check),
            Component::CheckboxGroup(group) => group.check(check),
            Component::Checkbox(checkbox) => checkbox.check(check),
            Component::Separator(_) | Component::Unknown(_) => {}
        }
    }

    /// What counts for a select in a modal only.
    fn field(
        &self,
        check: &mut Check,
        min_values: Option<u8>,
        required: Option<bool>,
        disabled: Option<bool>,
    ) {
        if self.is_modal {
            component::needs_one(check, min_values, required);
            if disabled == Some(true) {
                check.not_allowed("disabled", "nothing in a modal can be disabled");
            }
        }
    }

    fn row(&mut self, check: &mut Check, row: &'a ActionRow) {
        let alone = row.components.iter().any(|component| {
            let kind = component.kind();
            is_select(kind) || kind == ComponentType::TextInput
        });
        if alone {
            check.count("components", row.components.len(), 1..=1);
        } else {
            check.count(
                "components",
                row.components.len(),
                limits::ACTION_ROW_BUTTONS,
            );
        }
        let place = if self.is_modal {
            Place::ModalRow
        } else {
            Place::Row
        };
        self.children(check, "components", &row.components, place);
    }

    fn section(&mut self, check: &mut Check, section: &'a Section) {
        check.count(
            "components",
            section.components.len(),
            limits::SECTION_COMPONENTS,
        );
        self.children(check, "components", &section.components, Place::Section);
        check.at("accessory", |check| {
            self.component(check, &section.accessory, Place::Accessory);
        });
    }

    fn container(&mut self, check: &mut Check, container: &'a Container) {
        check.count("components", container.components.len(), 1..=usize::MAX);
        self.children(check, "components", &container.components, Place::Container);
    }

    fn label(&mut self, check: &mut Check, label: &'a Label) {
        check.chars("label", &label.label, limits::LABEL);
        check.chars(
            "description",
            label.description.as_ref(),
            limits::LABEL_DESCRIPTION,
        );
        check.at("component", |check| {
            self.component(check, &label.component, Place::Label);
        });
    }
}

/// The number and the `custom_id` of a component.
fn ids(component: &Component) -> (Option<i32>, Option<&str>) {
    match component {
        Component::ActionRow(it) => (it.id, None),
        Component::Button(it) => (it.id, it.custom_id.as_deref()),
        Component::StringSelect(it) => (it.id, Some(&it.custom_id)),
        Component::TextInput(it) => (it.id, Some(&it.custom_id)),
        Component::UserSelect(it) => (it.id, Some(&it.custom_id)),
        Component::RoleSelect(it) => (it.id, Some(&it.custom_id)),
        Component::MentionableSelect(it) => (it.id, Some(&it.custom_id)),
        Component::ChannelSelect(it) => (it.id, Some(&it.custom_id)),
        Component::Section(it) => (it.id, None),
        Component::TextDisplay(it) => (it.id, None),
        Component::Thumbnail(it) => (it.id, None),
        Component::MediaGallery(it) => (it.id, None),
        Component::File(it) => (it.id, None),
        Component::Separator(it) => (it.id, None),
        Component::Container(it) => (it.id, None),
        Component::Label(it) => (it.id, None),
        Component::FileUpload(it) => (it.id, Some(&it.custom_id)),
        Component::RadioGroup(it) => (it.id, Some(&it.custom_id)),
        Component::CheckboxGroup(it) => (it.id, Some(&it.custom_id)),
        Component::Checkbox(it) => (it.id, Some(&it.custom_id)),
        Component::Unknown(_) => (None, None),
    }
}
