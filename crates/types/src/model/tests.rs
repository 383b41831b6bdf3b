#![allow(dead_code, reason = "the macros define more than these tests use")]

use polycord_types_derive::Model;
use serde_json::{Value, json};

use crate::{
    id::{GuildId, UserId},
    model::{Model as _, Presence},
};

open_enum! {
    /// A shape.
    enum ShapeKind: u32 {
        /// Round.
        Circle = 1,
        /// With four corners.
        Square = 2,
    }
}

open_enum! {
    /// A status.
    enum Status: str {
        /// There.
        Online = "online",
    }
}

flags! {
    /// Flags.
    struct Flags: u32 {
        /// One.
        const ONE = 1;
    }
}

#[derive(Clone, Debug, PartialEq, Model)]
struct Circle {
    #[model(key)]
    radius: u32,
}

#[derive(Clone, Debug, PartialEq, Model)]
struct Square {
    side: u32,
    name: Option<String>,
}

tagged! {
    /// A shape.
    enum Shape: "type" as ShapeKind {
        /// Round.
        Circle(Circle) = 1,
        /// With four corners.
        Square(Square) = 2,
    }
}

#[derive(Clone, Debug, PartialEq, Model)]
struct Inner {
    #[model(key)]
    id: UserId,
    #[model(rename = "type")]
    kind: ShapeKind,
    name: String,
    status: Status,
    #[model(nullable)]
    topic: Option<String>,
    note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Model)]
struct Outer {
    guild_id: Option<GuildId>,
    #[model(flatten, deref)]
    inner: Inner,
    flags: Flags,
    patch: Option<Option<u8>>,
    #[model(null_flag)]
    premium: bool,
    #[model(omit_default)]
    list: Vec<u8>,
    #[model(flatten)]
    tail: Tail,
}

#[derive(Clone, Debug, PartialEq, Model)]
struct Tail {
    last: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Model)]
struct Nothing {}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    let text = value.to_string();
    let from_value = serde_json::from_value::<T>(value);
    let from_text = serde_json::from_str::<T>(&text);
    assert_eq!(
        from_value.is_ok(),
        from_text.is_ok(),
        "text and value decode alike"
    );
    from_text.unwrap()
}

fn full() -> Value {
    json!({
        "guild_id": "7", "id": "5", "type": 9, "name": "n", "status": "asleep", "topic": "t",
        "note": "x", "flags": 5, "patch": null, "premium": null, "list": [1], "last": true
    })
}

#[test]
fn a_full_object_is_written_back_as_it_came() {
    let outer = read::<Outer>(full());
    assert_eq!(serde_json::to_value(&outer).unwrap(), full());
    assert_eq!(outer.kind, ShapeKind::Unknown(9));
    assert_eq!(outer.status, Status::Unknown("asleep".into()));
    assert_eq!(outer.flags, Flags::ONE | Flags::from_bits_retain(4));
    assert_eq!(outer.patch, Some(None));
    assert!(outer.premium && outer.tail.last);
}

#[test]
fn absent_and_null_give_the_default_everywhere_but_in_the_key() {
    let bare = read::<Outer>(json!({"id": 5}));
    let nulled = full()
        .as_object()
        .unwrap()
        .keys()
        .fold(json!({"id": 5}), |mut value, key| {
            if !["id", "patch", "premium"].contains(&key.as_str()) {
                value[key] = Value::Null;
            }
            value
        });
    assert_eq!(read::<Outer>(nulled), bare);
    assert_eq!(
        serde_json::to_value(&bare).unwrap(),
        json!({"id": "5", "type": 0, "name": "", "status": "", "topic": null, "flags": 0, "last": false})
    );
}

#[test]
fn a_missing_key_names_the_struct_and_the_field() {
    let error = serde_json::from_str::<Outer>("{}").unwrap_err().to_string();
    assert!(
        error.contains("`Inner` without its identifying field `id`"),
        "{error}"
    );
    assert!(serde_json::from_str::<Outer>(r#"{"id":null}"#).is_err());
}

#[test]
fn the_last_of_two_equal_keys_counts_and_unknown_keys_are_skipped() {
    let text = r#"{"x":[{"id":1}],"id":"1","name":"a","id":"2","name":"b","y":{"z":[]}}"#;
    let outer = serde_json::from_str::<Outer>(text).unwrap();
    assert_eq!((outer.id, outer.name.as_str()), (UserId::new(2), "b"));
}

#[test]
fn what_is_no_object_is_refused() {
    for text in ["[]", "[\"5\"]", "1", "null", "\"5\"", "true"] {
        let error = serde_json::from_str::<Inner>(text).unwrap_err().to_string();
        assert!(error.contains("an object (Inner)"), "{error}");
    }
}

#[test]
fn a_model_without_fields_takes_any_object() {
    assert_eq!(read::<Nothing>(json!({"a": {"b": 1}})), Nothing {});
    assert_eq!(serde_json::to_value(Nothing {}).unwrap(), json!({}));
}

#[test]
fn a_union_is_told_apart_by_its_tag_wherever_it_stands() {
    for text in [
        r#"{"type":1,"radius":3}"#,
        r#"{"radius":3,"type":1}"#,
        r#"{"radius":3,"type":"1"}"#,
    ] {
        let shape = serde_json::from_str::<Shape>(text).unwrap();
        assert_eq!(shape, Circle { radius: 3 }.into());
        assert_eq!(shape.kind(), ShapeKind::Circle);
        assert_eq!(
            serde_json::to_string(&shape).unwrap(),
            r#"{"type":1,"radius":3}"#
        );
    }
}

#[test]
fn what_a_union_cannot_read_is_kept_whole_among_its_siblings() {
    let list = json!([{"type": 7, "x": [1]}, {"type": 1}, {"type": 2, "side": 1}, {}, 5]);
    let shapes = read::<Vec<Shape>>(list.clone());
    let known = shapes
        .iter()
        .filter(|shape| !matches!(shape, Shape::Unknown(_)))
        .count();
    assert_eq!(known, 1);
    assert_eq!(shapes[0].kind(), ShapeKind::Unknown(7));
    assert_eq!(serde_json::to_value(&shapes).unwrap(), list);
}

#[test]
fn the_schema_names_the_fields_of_flattened_models_too() {
    let fields = Outer::SCHEMA.all_fields().map(|field| field.key);
    let mut keys = fields.collect::<Vec<_>>();
    keys.sort_unstable();
    let mut written = full()
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect::<Vec<_>>();
    written.sort_unstable();
    assert_eq!(keys, written);
    let field = |name| Outer::SCHEMA.all_fields().find(|field| field.key == name);
    let patch = field("patch").unwrap();
    assert_eq!(patch.rust_type, "Option<Option<u8>>");
    assert_eq!(patch.presence, Presence::OptionalNullable);
    assert!(field("id").unwrap().identifies);
    assert_eq!(field("topic").unwrap().presence, Presence::Nullable);
}

#[test]
fn numbers_are_read_in_every_notation() {
    for text in ["2", "\"2\"", "2.0"] {
        assert_eq!(
            serde_json::from_str::<ShapeKind>(text).unwrap(),
            ShapeKind::Square,
            "{text}"
        );
    }
    for text in ["-1", "4294967296", "1.5", "\"x\"", "[]"] {
        assert!(serde_json::from_str::<ShapeKind>(text).is_err(), "{text}");
    }
}
