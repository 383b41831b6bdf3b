use polycord_types::{
    component::Component,
    interaction::{InteractionResponse, Modal},
    message::{CreateMessage, EditMessage, MessageFlags},
    validate::ValidationErrorKind,
};
use serde_json::{Value, json};

use super::{accepted, edge, faults, list, merge, refused, text};

const COMPONENTS_V2: u64 = MessageFlags::IS_COMPONENTS_V2.bits();

fn message(components: &Value) -> Value {
    json!({"flags": COMPONENTS_V2, "components": components})
}

fn link() -> Value {
    json!({"type": 2, "style": 5, "label": "x", "url": "https://a.b"})
}

fn row(component: &Value) -> Value {
    json!({"type": 1, "components": [component]})
}

fn display(content: &str) -> Value {
    json!({"type": 10, "content": content})
}

fn with(object: Value, fields: &Value) -> Value {
    merge(object, fields.clone())
}

#[test]
fn a_button_keeps_to_its_limits() {
    let button = json!({"type": 2, "style": 1, "custom_id": "c"});
    edge::<Component>("label", 0..=80, |n| {
        with(button.clone(), &json!({"label": text(n)}))
    });
    edge::<Component>("custom_id", 1..=100, |n| {
        with(button.clone(), &json!({"custom_id": text(n)}))
    });
    edge::<Component>("url", 1..=512, |n| with(link(), &json!({"url": text(n)})));
    edge::<CreateMessage>("components[1].components[0].label", 0..=80, |n| {
        let button = with(button.clone(), &json!({"label": text(n)}));
        json!({"components": [row(&link()), row(&button)]})
    });
}

#[test]
fn what_a_button_has_follows_from_its_style() {
    let has = [
        ("custom_id", json!("c")),
        ("url", json!("https://a.b")),
        ("sku_id", json!("1")),
    ];
    for (styles, needed) in [(1..=4, "custom_id"), (5..=5, "url"), (6..=6, "sku_id")] {
        for style in styles {
            let mut full = json!({"type": 2, "style": style});
            refused::<Component>(needed, full.clone());
            for (field, value) in &has {
                full[*field] = value.clone();
            }
            let mut forbidden = faults::<Component>(full);
            forbidden.push(needed.to_owned());
            forbidden.sort_unstable();
            assert_eq!(forbidden, ["custom_id", "sku_id", "url"], "style {style}");
        }
    }
    let premium = json!({"type": 2, "style": 6, "sku_id": "1"});
    accepted::<Component>(premium.clone());
    refused::<Component>("label", with(premium.clone(), &json!({"label": "x"})));
    refused::<Component>("emoji", with(premium, &json!({"emoji": {"name": "🦀"}})));
    accepted::<Component>(json!({"type": 2, "style": 77}));
}

#[test]
fn selects_keep_to_their_limits() {
    let option = |n: i64| json!({"label": "l", "value": n.to_string()});
    let options = |n: i64| (0..n).map(option).collect::<Vec<_>>();
    let string = json!({"type": 3, "custom_id": "c", "options": options(25)});
    edge::<Component>("options", 1..=25, |n| {
        with(string.clone(), &json!({"options": options(n)}))
    });
    for (field, least) in [("label", 1), ("value", 1), ("description", 0)] {
        edge::<Component>(&format!("options[0].{field}"), least..=100, |n| {
            let mut option = option(1);
            option[field] = json!(text(n));
            with(string.clone(), &json!({"options": [option]}))
        });
    }
    refused::<Component>(
        "options[2].value",
        with(
            string.clone(),
            &json!({"options": [option(1), option(2), option(1)]}),
        ),
    );
    for kind in [3, 5, 6, 7, 8] {
        let select = with(string.clone(), &json!({"type": kind}));
        edge::<Component>("custom_id", 1..=100, |n| {
            with(select.clone(), &json!({"custom_id": text(n)}))
        });
        edge::<Component>("placeholder", 0..=150, |n| {
            with(select.clone(), &json!({"placeholder": text(n)}))
        });
        edge::<Component>("min_values", 0..=25, |n| {
            with(select.clone(), &json!({"min_values": n, "max_values": 25}))
        });
        edge::<Component>("max_values", 1..=25, |n| {
            with(select.clone(), &json!({"max_values": n}))
        });
        // Not more than can be chosen: one, where nothing is said.
        edge::<Component>("min_values", 0..=1, |n| {
            with(select.clone(), &json!({"min_values": n}))
        });
    }
    for kind in [5, 6, 7, 8] {
        let select = json!({"type": kind, "custom_id": "c", "min_values": 2, "max_values": 3});
        let held = match kind {
            6 => "role",
            8 => "channel",
            _ => "user",
        };
        let chosen = json!({"id": "1", "type": held});
        edge::<Component>("default_values", 2..=3, |n| {
            with(select.clone(), &json!({"default_values": list(&chosen, n)}))
        });
        accepted::<Component>(with(select, &json!({"default_values": []})));
    }
}

#[test]
fn a_row_has_five_buttons_or_one_select() {
    edge::<Component>(
        "components",
        1..=5,
        |n| json!({"type": 1, "components": list(&link(), n)}),
    );
    let select = json!({"type": 5, "custom_id": "c"});
    accepted::<Component>(row(&select));
    let two = json!({"type": 1, "components": [select, link()]});
    assert_eq!(faults::<Component>(two), ["components"]);
    edge::<CreateMessage>(
        "components",
        0..=5,
        |n| json!({"content": "c", "components": list(&row(&link()), n)}),
    );
}

#[test]
fn layout_components_keep_to_their_limits() {
    let section = |n| json!({"type": 9, "accessory": link(), "components": list(&display("c"), n)});
    edge::<Component>("components", 1..=3, section);
    let item = |n| json!({"media": {"url": "https://a.b"}, "description": text(n)});
    edge::<Component>(
        "items",
        1..=10,
        |n| json!({"type": 12, "items": list(&item(1), n)}),
    );
    edge::<Component>(
        "items[0].description",
        0..=1024,
        |n| json!({"type": 12, "items": [item(n)]}),
    );
    edge::<Component>("description", 0..=1024, |n| {
        with(item(n), &json!({"type": 11}))
    });
    refused::<Component>(
        "items[0].media.url",
        json!({"type": 12, "items": [{"media": {"url": ""}}]}),
    );
    refused::<Component>("components", json!({"type": 17, "components": []}));
    accepted::<Component>(json!({"type": 13, "file": {"url": "attachment://a.pdf"}}));
    refused::<Component>(
        "file.url",
        json!({"type": 13, "file": {"url": "https://a.b/a.pdf"}}),
    );
    edge::<Component>("content", 1..=4000, |n| display(&text(n)));
}

#[test]
fn a_message_of_components_has_forty_of_them_those_inside_counted() {
    // A container and its section with text and button are four.
    let section = json!({"type": 9, "accessory": link(), "components": [display("c")]});
    let container = json!({"type": 17, "components": [section]});
    edge::<CreateMessage>("components", 0..=40, |n| {
        let mut components = vec![container.clone()];
        components.extend(list(&json!({"type": 14}), n.max(4) - 4));
        message(&json!(components))
    });
}

#[test]
fn the_texts_of_a_message_of_components_count_together() {
    let texts = |n: i64| {
        message(
            &json!([display(&text(2000)), {"type": 17, "components": [display(&text(n - 2000))]}]),
        )
    };
    accepted::<CreateMessage>(texts(4000));
    let kind = refused::<CreateMessage>("components", texts(4001));
    assert!(matches!(
        kind,
        ValidationErrorKind::Length {
            actual: 4001,
            max: 4000,
            ..
        }
    ));
}

#[test]
fn components_stand_where_they_may() {
    let section = json!({"type": 9, "accessory": link(), "components": [display("c")]});
    let container = json!({"type": 17, "components": [display("c")]});
    let input = json!({"type": 4, "custom_id": "c", "style": 1});
    let label = json!({"type": 18, "label": "l", "component": input});
    for (path, component) in [
        ("components[0]", link()),
        ("components[0]", label),
        ("components[0]", json!({"type": 5, "custom_id": "c"})),
        ("components[0].components[0]", row(&display("c"))),
        ("components[0].components[0]", row(&input)),
        (
            "components[0].components[0]",
            json!({"type": 17, "components": [container]}),
        ),
        (
            "components[0].components[0]",
            json!({"type": 9, "accessory": link(), "components": [link()]}),
        ),
        (
            "components[0].accessory",
            json!({"type": 9, "accessory": display("c"), "components": [display("c")]}),
        ),
    ] {
        let kind = refused::<CreateMessage>(path, message(&json!([component])));
        assert!(
            matches!(kind, ValidationErrorKind::NotAllowed(_)),
            "{kind:?}"
        );
    }
    let gallery = json!({"type": 12, "items": [{"media": {"url": "https://a.b"}}]});
    let file = json!({"type": 13, "file": {"url": "attachment://a"}});
    let inner = json!([row(&link()), section, display("c"), gallery, {"type": 14}, file]);
    accepted::<CreateMessage>(message(&inner));
    accepted::<CreateMessage>(message(&json!([{"type": 17, "components": inner}])));
    accepted::<CreateMessage>(message(&json!([{"type": 99, "anything": 1}])));
    // Without the flag there are rows only; an edit may belong to a message that has it already.
    refused::<CreateMessage>(
        "components[0]",
        json!({"content": "c", "components": [display("c")]}),
    );
    accepted::<EditMessage>(json!({"components": [display("c")]}));
}

#[test]
fn numbers_and_custom_ids_are_there_once() {
    let button =
        |id: i64, custom_id: &str| json!({"type": 2, "style": 1, "id": id, "custom_id": custom_id});
    let rows = |a: &Value, b: &Value| json!({"content": "c", "components": [row(a), row(b)]});
    accepted::<CreateMessage>(rows(&button(0, "a"), &button(0, "b")));
    refused::<CreateMessage>(
        "components[1].components[0].id",
        rows(&button(7, "a"), &button(7, "b")),
    );
    refused::<CreateMessage>(
        "components[1].components[0].custom_id",
        rows(&button(1, "a"), &button(2, "a")),
    );
}

#[test]
fn a_modal_keeps_to_its_limits() {
    let label = |n: i64| json!({"type": 18, "label": "l", "component": {"type": 4, "style": 1, "custom_id": n.to_string()}});
    let modal = |fields: &Value| {
        with(
            json!({"custom_id": "c", "title": "t", "components": [label(1)]}),
            fields,
        )
    };
    edge::<Modal>("custom_id", 1..=100, |n| {
        modal(&json!({"custom_id": text(n)}))
    });
    edge::<Modal>("title", 1..=45, |n| modal(&json!({"title": text(n)})));
    edge::<Modal>("components", 1..=5, |n| {
        modal(&json!({"components": (0..n).map(label).collect::<Vec<_>>()}))
    });
    edge::<Modal>("components[0].label", 1..=45, |n| {
        modal(&json!({"components": [with(label(1), &json!({"label": text(n)}))]}))
    });
    edge::<Modal>("components[0].description", 0..=100, |n| {
        modal(&json!({"components": [with(label(1), &json!({"description": text(n)}))]}))
    });
    edge::<InteractionResponse>(
        "data.title",
        1..=45,
        |n| json!({"type": 9, "data": modal(&json!({"title": text(n)}))}),
    );
    accepted::<Modal>(modal(&json!({"components": [display("c"), label(1)]})));
    refused::<Modal>(
        "components[0]",
        modal(&json!({"components": [json!({"type": 14})]})),
    );
    let input = json!({"type": 4, "style": 1, "custom_id": "c", "label": "l"});
    accepted::<Modal>(modal(&json!({"components": [row(&input)]})));
    refused::<Modal>(
        "components[0].components[0]",
        modal(&json!({"components": [row(&link())]})),
    );
    let labelled = |component: Value| {
        modal(&json!({"components": [{"type": 18, "label": "l", "component": component}]}))
    };
    refused::<Modal>("components[0].component", labelled(link()));
    let select = json!({"type": 5, "custom_id": "c"});
    refused::<Modal>(
        "components[0].component.disabled",
        labelled(with(select.clone(), &json!({"disabled": true}))),
    );
    for field in [
        select,
        json!({"type": 19, "custom_id": "c"}),
        json!({"type": 22, "custom_id": "c", "options": [{"value": "v", "label": "l"}]}),
    ] {
        let none = with(field.clone(), &json!({"min_values": 0}));
        refused::<Modal>("components[0].component.min_values", labelled(none.clone()));
        accepted::<Modal>(labelled(with(none, &json!({"required": false}))));
    }
}

#[test]
fn fields_of_modals_keep_to_their_limits() {
    let input = json!({"type": 4, "style": 1, "custom_id": "c"});
    edge::<Component>("custom_id", 1..=100, |n| {
        with(input.clone(), &json!({"custom_id": text(n)}))
    });
    edge::<Component>("value", 0..=4000, |n| {
        with(input.clone(), &json!({"value": text(n)}))
    });
    edge::<Component>("placeholder", 0..=100, |n| {
        with(input.clone(), &json!({"placeholder": text(n)}))
    });
    edge::<Component>("min_length", 0..=4000, |n| {
        with(input.clone(), &json!({"min_length": n}))
    });
    edge::<Component>("max_length", 1..=4000, |n| {
        with(input.clone(), &json!({"max_length": n}))
    });
    edge::<Component>("min_length", 0..=10, |n| {
        with(input.clone(), &json!({"min_length": n, "max_length": 10}))
    });
    let upload = json!({"type": 19, "custom_id": "c", "required": false});
    edge::<Component>("min_values", 0..=10, |n| {
        with(upload.clone(), &json!({"min_values": n, "max_values": 10}))
    });
    edge::<Component>("max_values", 1..=10, |n| {
        with(upload.clone(), &json!({"max_values": n}))
    });
    edge::<Component>("file_types", 0..=10, |n| {
        with(
            upload.clone(),
            &json!({"file_types": list(&json!(".pdf"), n)}),
        )
    });
    let option = |n: i64| json!({"value": n.to_string(), "label": "l"});
    let options = |n: i64| (0..n).map(option).collect::<Vec<_>>();
    let radio = |options: Vec<Value>| json!({"type": 21, "custom_id": "c", "options": options});
    edge::<Component>("options", 2..=10, |n| radio(options(n)));
    let group = |options: Vec<Value>| json!({"type": 22, "custom_id": "c", "options": options});
    edge::<Component>("options", 1..=10, |n| group(options(n)));
    edge::<Component>("min_values", 0..=10, |n| {
        with(
            group(options(10)),
            &json!({"min_values": n, "required": n > 0}),
        )
    });
    edge::<Component>("max_values", 1..=10, |n| {
        with(group(options(10)), &json!({"max_values": n}))
    });
    // Not more than there are.
    edge::<Component>("min_values", 0..=3, |n| {
        with(
            group(options(3)),
            &json!({"min_values": n, "required": n > 0}),
        )
    });
    for (field, least) in [("value", 1), ("label", 1), ("description", 0)] {
        edge::<Component>(&format!("options[0].{field}"), least..=100, |n| {
            let mut option = option(0);
            option[field] = json!(text(n));
            group(vec![option])
        });
    }
    refused::<Component>("options[1].value", radio(vec![option(1), option(1)]));
    let chosen = with(option(1), &json!({"default": true}));
    refused::<Component>(
        "options",
        radio(vec![chosen.clone(), with(chosen, &json!({"value": "2"}))]),
    );
    edge::<Component>(
        "custom_id",
        1..=100,
        |n| json!({"type": 23, "custom_id": text(n)}),
    );
}

#[test]
fn a_menu_begins_with_what_it_holds_only() {
    let menu = |kind: u32, default: &str| json!({"type": kind, "custom_id": "c", "default_values": [{"id": "1", "type": default}]});
    for (kind, held) in [
        (5, &["user"] as &[_]),
        (6, &["role"]),
        (7, &["user", "role"]),
        (8, &["channel"]),
    ] {
        for default in ["user", "role", "channel"] {
            if held.contains(&default) {
                accepted::<Component>(menu(kind, default));
            } else {
                refused::<Component>("default_values[0].type", menu(kind, default));
            }
        }
        accepted::<Component>(menu(kind, "brand_new"));
    }
}

#[test]
fn a_type_of_files_is_a_group_or_an_extension() {
    let upload = |kind: &str| json!({"type": 19, "custom_id": "c", "file_types": [kind]});
    for kind in ["image", "video", "audio", ".pdf", ".tar.gz"] {
        accepted::<Component>(upload(kind));
    }
    for kind in ["image/png", "pdf", ".", "", "*"] {
        refused::<Component>("file_types[0]", upload(kind));
    }
}
