//! Payloads with one field that is not as documented.

use serde_json::Value;

use super::Altered;

/// The payload with what `field` points at altered.
pub(crate) fn alter(data: &str, field: &str, to: &Altered) -> String {
    let Ok(mut payload) = serde_json::from_str::<Value>(data) else {
        return data.to_owned();
    };
    change(&mut payload, field, to);
    payload.to_string()
}

fn change(payload: &mut Value, field: &str, to: &Altered) {
    let Some((parent, key)) = field.rsplit_once('/') else {
        return;
    };
    let Some(parent) = payload.pointer_mut(parent) else {
        return;
    };
    let at = key.parse::<usize>();
    match (parent, to, at) {
        (Value::Object(fields), Altered::Missing, _) => drop(fields.remove(key)),
        (Value::Array(items), Altered::Missing, Ok(at)) if at < items.len() => {
            drop(items.remove(at));
        }
        (Value::Object(fields), Altered::Value(value), _) => {
            fields.insert(key.to_owned(), value.clone());
        }
        (Value::Object(fields), _, _) => replace(fields.get_mut(key), to),
        (Value::Array(items), _, Ok(at)) => replace(items.get_mut(at), to),
        _ => {}
    }
}

fn replace(value: Option<&mut Value>, to: &Altered) {
    let Some(value) = value else {
        return;
    };
    *value = match to {
        Altered::Value(other) => other.clone(),
        Altered::Retyped if value.is_string() => Value::from(7),
        Altered::Retyped => Value::from("of another kind"),
        Altered::Missing | Altered::Null => Value::Null,
    };
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_field_is_altered_and_no_other() {
        let data = r#"{"a":{"b":["x",1]},"c":true}"#;
        for (field, to, expected) in [
            ("/c", Altered::Missing, json!({"a": {"b": ["x", 1]}})),
            (
                "/a/b/0",
                Altered::Missing,
                json!({"a": {"b": [1]}, "c": true}),
            ),
            (
                "/a/b/0",
                Altered::Retyped,
                json!({"a": {"b": [7, 1]}, "c": true}),
            ),
            ("/a/b", Altered::Null, json!({"a": {"b": null}, "c": true})),
            (
                "/a/d",
                Altered::Value(json!(2)),
                json!({"a": {"b": ["x", 1], "d": 2}, "c": true}),
            ),
            (
                "/e/f",
                Altered::Null,
                json!({"a": {"b": ["x", 1]}, "c": true}),
            ),
            (
                "/e",
                Altered::Null,
                json!({"a": {"b": ["x", 1]}, "c": true}),
            ),
        ] {
            let altered: Value = serde_json::from_str(&alter(data, field, &to)).unwrap();
            assert_eq!(altered, expected, "{field}");
        }
    }
}
