//! Role connections: what an application knows of users that roles may ask for.

use serde_json::{Value, json};

use crate::core::{Core, State};
use crate::rest::commands::own_application;
use crate::rest::form::{self, Field, Wrong};
use crate::rest::reply::{Outcome, Reply};
use crate::rest::route::Call;

/// What a token needs for a user's own connection.
const SCOPE: &str = "role_connections.write";

const RECORD: &[Field] = &[
    Field::choice("type", &[1, 2, 3, 4, 5, 6, 7, 8]).required(),
    Field::text("key", 1, 50).required(),
    Field::text("name", 1, 100).required(),
    Field::text("description", 1, 200).required(),
];

const CONNECTION: &[Field] = &[
    Field::text("platform_name", 0, 50).or_null(),
    Field::text("platform_username", 0, 100).or_null(),
];

impl Core {
    pub(super) fn get_metadata(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        own_application(state, call)?;
        Ok(Reply::ok(state.application.metadata.clone().into()))
    }

    pub(super) fn set_metadata(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        own_application(state, call)?;
        let mut records = form::read_list(&call.body, 5, RECORD)?;
        let mut wrong = Wrong::default();
        for (index, record) in records.iter_mut().enumerate() {
            let key = record
                .get("key")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if !key.chars().all(fits) {
                let message = "String value did not match validation regex.";
                wrong.note(&format!("{index}.key"), "STRING_TYPE_REGEX", message);
            }
            for field in ["name_localizations", "description_localizations"] {
                let given = call.body.get(index).and_then(|record| record.get(field));
                if let Some(given) = given.filter(|given| given.is_object()) {
                    record.insert(field.to_owned(), given.clone());
                }
            }
        }
        wrong.refuse()?;
        let records: Vec<Value> = records.into_iter().map(Value::Object).collect();
        state.application.metadata.clone_from(&records);
        Ok(Reply::ok(records.into()))
    }

    pub(super) fn get_role_connection(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let user = call.caller.user_with(SCOPE)?;
        own_application(state, call)?;
        let none = json!({ "platform_name": null, "platform_username": null, "metadata": {} });
        let found = state.application.connections.get(&user).cloned();
        Ok(Reply::ok(found.unwrap_or(none)))
    }

    pub(super) fn set_role_connection(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let user = call.caller.user_with(SCOPE)?;
        own_application(state, call)?;
        let given = form::read(&call.body, CONNECTION)?;
        let mut metadata = json!({});
        let mut wrong = Wrong::default();
        for (key, value) in call.body["metadata"].as_object().into_iter().flatten() {
            let path = format!("metadata.{key}");
            let known = state
                .application
                .metadata
                .iter()
                .any(|record| record["key"] == *key);
            match value.as_str() {
                _ if !known => {
                    wrong.note(
                        &path,
                        "BASE_TYPE_CHOICES",
                        "There is no metadata of this key",
                    );
                }
                Some(text) if text.chars().count() <= 100 => metadata[key] = value.clone(),
                Some(_) => {
                    wrong.note(
                        &path,
                        "BASE_TYPE_MAX_LENGTH",
                        "Must be 100 or fewer in length.",
                    );
                }
                None => {
                    let message = format!("Could not interpret \"{value}\" as string.");
                    wrong.note(&path, "STRING_TYPE_CONVERT", &message);
                }
            }
        }
        wrong.refuse()?;
        let text = |field: &str| given.get(field).cloned().unwrap_or_default();
        let connection = json!({
            "platform_name": text("platform_name"),
            "platform_username": text("platform_username"),
            "metadata": metadata,
        });
        let connections = &mut state.application.connections;
        connections.insert(user, connection.clone());
        Ok(Reply::ok(connection))
    }

    pub(super) fn delete_role_connection(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let user = call.caller.user_with(SCOPE)?;
        own_application(state, call)?;
        state.application.connections.remove(&user);
        Ok(Reply::no_content())
    }
}
