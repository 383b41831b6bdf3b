//! Components: every kind keeps what it came with, and the builders make what the documentation describes.

use polycord_types::{
    Color,
    channel::ChannelType,
    component::{
        ActionRow, Button, ButtonStyle, ChannelSelect, Checkbox, CheckboxGroup, ChoiceOption,
        Component, ComponentType, Container, FileDisplay, FileUpload, Label, MediaGallery,
        MediaGalleryItem, MentionableSelect, RadioGroup, RoleSelect, Section, SelectOption,
        Separator, SeparatorSpacing, StringSelect, TextDisplay, TextInput, Thumbnail,
        UnfurledMediaItem, UserSelect,
    },
    emoji::PartialEmoji,
    id::{ChannelId, EmojiId, RoleId, SkuId, UserId},
};
use serde_json::{Value, json};

/// Decodes a component, and checks that it is written again as it came.
fn kept(input: &Value) -> Component {
    let component = serde_json::from_str::<Component>(&input.to_string())
        .unwrap_or_else(|error| panic!("{input}: {error}"));
    assert!(
        !matches!(component, Component::Unknown(_)),
        "not read as what it is: {input}"
    );
    assert_eq!(&written(component.clone()), input);
    component
}

fn written(component: impl Into<Component>) -> Value {
    serde_json::to_value(component.into()).unwrap_or_default()
}

/// One of every kind, with every field that Discord documents.
fn every_component() -> [Value; 20] {
    let media = json!({
        "url": "attachment://cat.png", "proxy_url": "https://media.example.org/cat.png", "height": 20,
        "width": 30, "placeholder": "BwgGBIAneHhwiIiAeHj3d1j3", "placeholder_version": 1,
        "content_type": "image/png", "flags": 1, "attachment_id": "71"
    });
    let emoji = json!({"id": "41771983429993937", "name": "LUL", "animated": true});
    let menu = |kind: u8, default: &str| {
        json!({
            "type": kind, "id": 3, "custom_id": "menu", "placeholder": "Who?", "min_values": 0,
            "max_values": 2, "required": false, "disabled": true,
            "default_values": [{"id": "5", "type": default}]
        })
    };
    let mut channels = menu(8, "channel");
    channels["channel_types"] = json!([0, 15]);
    let choices = json!([
        {"value": "a", "label": "A", "description": "the first", "default": true},
        {"value": "b", "label": "B"}
    ]);
    let button = json!({
        "type": 2, "id": 2, "style": 1, "label": "Press", "emoji": emoji, "custom_id": "press",
        "sku_id": "9", "url": "https://example.org", "disabled": true
    });
    let text = json!({"type": 10, "id": 4, "content": "# Title"});
    let thumbnail = json!({
        "type": 11, "id": 5, "media": media, "description": "a cat", "spoiler": true
    });
    let input = json!({
        "type": 4, "id": 6, "custom_id": "text", "style": 2, "min_length": 0, "max_length": 4000,
        "required": false, "value": "Once", "placeholder": "A story"
    });
    [
        json!({"type": 1, "id": 1, "components": [button]}),
        button,
        json!({
            "type": 3, "id": 3, "custom_id": "animal", "placeholder": "Which?", "min_values": 1,
            "max_values": 2, "required": true, "disabled": false, "options": [
                {"label": "Ant", "value": "ant", "description": "small", "emoji": emoji, "default": true},
                {"label": "Bee", "value": "bee"}
            ]
        }),
        input.clone(),
        menu(5, "user"),
        menu(6, "role"),
        menu(7, "user"),
        channels,
        json!({"type": 9, "id": 7, "components": [text], "accessory": thumbnail}),
        text.clone(),
        thumbnail,
        json!({"type": 12, "id": 8, "items": [
            {"media": media, "description": "a cat", "spoiler": false}, {"media": {"url": "https://e.org/b"}}
        ]}),
        json!({
            "type": 13, "id": 9, "file": {"url": "attachment://a.pdf"}, "spoiler": false, "name": "a.pdf",
            "size": 1024
        }),
        json!({"type": 14, "id": 10, "divider": false, "spacing": 2}),
        json!({"type": 17, "id": 11, "components": [text], "accent_color": 255, "spoiler": true}),
        json!({"type": 18, "id": 12, "label": "Story", "description": "long", "component": input}),
        json!({
            "type": 19, "id": 13, "custom_id": "files", "min_values": 0, "max_values": 10, "required": false,
            "file_types": ["image", ".pdf"]
        }),
        json!({"type": 21, "id": 14, "custom_id": "one", "options": choices, "required": false}),
        json!({
            "type": 22, "id": 15, "custom_id": "some", "options": choices, "min_values": 0, "max_values": 2,
            "required": false
        }),
        json!({"type": 23, "id": 16, "custom_id": "yes", "default": true}),
    ]
}

#[test]
fn every_kind_of_component_is_written_as_it_came() {
    for input in every_component() {
        let component = kept(&input);
        assert_eq!(u64::from(component.kind().value()), input["type"]);
        assert_eq!(component.id().map(i64::from), input["id"].as_i64());
        assert_eq!(component.custom_id(), input["custom_id"].as_str());
    }
}

#[test]
fn every_documented_kind_has_a_model() {
    let mut kinds: Vec<_> = every_component()
        .iter()
        .map(|component| kept(component).kind())
        .collect();
    kinds.dedup();
    assert_eq!(kinds.len(), 20);
    assert!(kinds.iter().all(|kind| kind.is_known()));
}

#[test]
fn a_deeply_nested_layout_is_written_as_it_came() {
    let component = kept(&json!({
        "type": 17, "components": [
            {"type": 9, "components": [{"type": 10, "content": "c"}],
             "accessory": {"type": 2, "style": 5, "label": "l", "url": "https://e.org"}},
            {"type": 14},
            {"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]},
            {"type": 1, "components": [{"type": 3, "custom_id": "m", "options": []}]}
        ]
    }));
    let kinds: Vec<_> = component.children().map(Component::kind).collect();
    assert_eq!(
        kinds,
        [
            ComponentType::Section,
            ComponentType::Separator,
            ComponentType::MediaGallery,
            ComponentType::ActionRow
        ]
    );
    let section = component.children().next().expect("the section");
    let last = section.children().last().expect("the accessory");
    assert_eq!(last.kind(), ComponentType::Button);
}

#[test]
fn an_unknown_component_is_kept_among_known_ones() {
    let input = json!({
        "type": 17, "components": [
            {"type": 99, "id": 7, "new": {"deep": [1, 2.5, null]}}, {"type": 10, "content": "c"}
        ]
    });
    let component = kept(&input);
    let kinds: Vec<_> = component.children().map(Component::kind).collect();
    assert_eq!(
        kinds,
        [ComponentType::Unknown(99), ComponentType::TextDisplay]
    );
}

#[test]
fn unknown_looks_and_flags_are_kept() {
    let component = kept(&json!({"type": 2, "style": 77, "custom_id": "c"}));
    let Component::Button(button) = component else {
        panic!("a button")
    };
    assert_eq!(button.style, ButtonStyle::Unknown(77));
    kept(&json!({"type": 11, "media": {"url": "u", "flags": 1_099_511_627_776_u64}}));
    kept(&json!({"type": 5, "custom_id": "c", "default_values": [{"id": "1", "type": "lobby"}]}));
}

#[test]
fn what_holds_a_component_survives_its_absence() {
    let section = json!({"type": 9, "components": [{"type": 10, "content": "c"}]});
    let component: Component =
        serde_json::from_value(section).expect("a section without accessory");
    let Component::Section(section) = component else {
        panic!("a section")
    };
    assert_eq!(section.components.len(), 1);
    assert!(!section.accessory.kind().is_known());
}

#[test]
fn fields_that_may_be_null_are_absent_then() {
    let input = json!({
        "type": 17, "accent_color": null, "components": [
            {"type": 2, "style": 1, "url": null},
            {"type": 11, "description": null, "media": {
                "url": "u", "height": null, "width": null, "placeholder": null, "content_type": null}},
            {"type": 13, "file": {"url": "u"}, "name": null, "size": null}
        ]
    });
    let component: Component = serde_json::from_value(input).expect("a container");
    let expected = json!({
        "type": 17, "components": [
            {"type": 2, "style": 1}, {"type": 11, "media": {"url": "u"}}, {"type": 13, "file": {"url": "u"}}
        ]
    });
    assert_eq!(written(component), expected);
}

#[test]
fn buttons_are_built_by_what_they_do() {
    let row = ActionRow::new([
        Button::primary("a", "A").id(3),
        Button::secondary("b", "B").disabled(true),
        Button::success("c", "C").emoji("🔥"),
        Button::danger("d", "D").emoji(PartialEmoji::custom(EmojiId::new(7), "x").animated(true)),
        Button::icon(ButtonStyle::Primary, "e", EmojiId::new(8)),
    ])
    .component(Button::link("https://e.org", "F"))
    .component(Button::premium(SkuId::new(9)));
    assert_eq!(
        written(row),
        json!({"type": 1, "components": [
            {"type": 2, "id": 3, "style": 1, "label": "A", "custom_id": "a"},
            {"type": 2, "style": 2, "label": "B", "custom_id": "b", "disabled": true},
            {"type": 2, "style": 3, "label": "C", "custom_id": "c", "emoji": {"name": "🔥"}},
            {"type": 2, "style": 4, "label": "D", "custom_id": "d",
             "emoji": {"id": "7", "name": "x", "animated": true}},
            {"type": 2, "style": 1, "custom_id": "e", "emoji": {"id": "8"}},
            {"type": 2, "style": 5, "label": "F", "url": "https://e.org"},
            {"type": 2, "style": 6, "sku_id": "9"},
        ]})
    );
}

#[test]
fn menus_are_built_with_what_is_chosen_beforehand() {
    let texts = StringSelect::new("s", [("A", "a")])
        .option(
            SelectOption::new("B", "b")
                .description("the second")
                .emoji('🐝')
                .selected(true),
        )
        .placeholder("p")
        .min_values(1)
        .max_values(2)
        .required(false)
        .disabled(true)
        .id(1);
    assert_eq!(
        written(texts),
        json!({
            "type": 3, "id": 1, "custom_id": "s", "placeholder": "p", "min_values": 1, "max_values": 2,
            "required": false, "disabled": true, "options": [
                {"label": "A", "value": "a"},
                {"label": "B", "value": "b", "description": "the second", "emoji": {"name": "🐝"},
                 "default": true}
            ]
        })
    );
    let default = |id: &str, kind: &str| json!([{"id": id, "type": kind}]);
    assert_eq!(
        written(UserSelect::new("u").default_values([UserId::new(1)])),
        json!({"type": 5, "custom_id": "u", "default_values": default("1", "user")})
    );
    assert_eq!(
        written(RoleSelect::new("r").default_values([RoleId::new(2)])),
        json!({"type": 6, "custom_id": "r", "default_values": default("2", "role")})
    );
    assert_eq!(
        written(MentionableSelect::new("m").max_values(25)),
        json!({"type": 7, "custom_id": "m", "max_values": 25})
    );
    let channels = ChannelSelect::new("c")
        .channel_types([ChannelType::GuildText, ChannelType::GuildForum])
        .default_values([ChannelId::new(3)]);
    assert_eq!(
        written(channels),
        json!({
            "type": 8, "custom_id": "c", "channel_types": [0, 15],
            "default_values": default("3", "channel")
        })
    );
}

#[test]
fn a_layout_is_built_from_the_outside_in() {
    let container = Container::new()
        .accent_color(Color::new(0x00_FF_00))
        .spoiler(true)
        .component(
            Section::new(Thumbnail::new("https://e.org/t.png"))
                .text("one")
                .text("two"),
        )
        .component(
            Separator::new()
                .divider(false)
                .spacing(SeparatorSpacing::Large),
        )
        .component(
            MediaGallery::new(["https://e.org/a.png"]).item(
                MediaGalleryItem::new(UnfurledMediaItem::attachment("b.png"))
                    .description("a bee")
                    .spoiler(true),
            ),
        )
        .component(FileDisplay::new("c.pdf"))
        .component(TextDisplay::new("three").id(9));
    assert_eq!(
        written(container),
        json!({"type": 17, "accent_color": 65280, "spoiler": true, "components": [
            {"type": 9, "components": [{"type": 10, "content": "one"}, {"type": 10, "content": "two"}],
             "accessory": {"type": 11, "media": {"url": "https://e.org/t.png"}}},
            {"type": 14, "divider": false, "spacing": 2},
            {"type": 12, "items": [
                {"media": {"url": "https://e.org/a.png"}},
                {"media": {"url": "attachment://b.png"}, "description": "a bee", "spoiler": true}
            ]},
            {"type": 13, "file": {"url": "attachment://c.pdf"}},
            {"type": 10, "id": 9, "content": "three"}
        ]})
    );
}

#[test]
fn fields_of_modals_are_built_within_labels() {
    let short = TextInput::short("t")
        .min_length(1)
        .max_length(9)
        .placeholder("p")
        .value("v");
    assert_eq!(
        written(Label::new("Text", short).description("d").id(1)),
        json!({"type": 18, "id": 1, "label": "Text", "description": "d", "component": {
            "type": 4, "custom_id": "t", "style": 1, "min_length": 1, "max_length": 9, "value": "v",
            "placeholder": "p"}})
    );
    let within = |component: Component| written(Label::new("L", component))["component"].take();
    assert_eq!(
        within(TextInput::paragraph("t").required(false).into()),
        json!({"type": 4, "custom_id": "t", "style": 2, "required": false})
    );
    assert_eq!(
        within(
            FileUpload::new("f")
                .min_values(1)
                .max_values(3)
                .file_types(["image"])
                .into()
        ),
        json!({"type": 19, "custom_id": "f", "min_values": 1, "max_values": 3, "file_types": ["image"]})
    );
    let second = ChoiceOption::new("B", "b")
        .description("the second")
        .selected(true);
    assert_eq!(
        within(
            RadioGroup::new("r", [("A", "a")])
                .option(second)
                .required(false)
                .into()
        ),
        json!({"type": 21, "custom_id": "r", "required": false, "options": [
            {"value": "a", "label": "A"},
            {"value": "b", "label": "B", "description": "the second", "default": true}]})
    );
    assert_eq!(
        within(
            CheckboxGroup::new("c", [("A", "a")])
                .min_values(0)
                .max_values(1)
                .into()
        ),
        json!({"type": 22, "custom_id": "c", "min_values": 0, "max_values": 1, "options": [
            {"value": "a", "label": "A"}]})
    );
    assert_eq!(
        within(Checkbox::new("y").checked(true).into()),
        json!({"type": 23, "custom_id": "y", "default": true})
    );
}
