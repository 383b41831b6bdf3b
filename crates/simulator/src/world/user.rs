//! Users, kept small: a world may have a million.

use serde_json::{Map, Value, json};

/// A user as stored; [`User::render`] makes the object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct User {
    pub(crate) username: Box<str>,
    pub(crate) global_name: Option<Box<str>>,
    pub(crate) bot: bool,
    pub(crate) public_flags: u32,
    /// The hash of the avatar; `more` may have another.
    pub(crate) avatar: Option<[u8; 16]>,
    /// The fields that few have, by their names: `avatar`, `banner`, `primary_guild` and so on.
    pub(crate) more: Option<Box<Map<String, Value>>>,
}

impl User {
    pub(crate) fn new(username: &str, global_name: Option<&str>, bot: bool) -> Self {
        Self {
            username: username.into(),
            global_name: global_name.map(Into::into),
            bot,
            public_flags: 0,
            avatar: None,
            more: None,
        }
    }

    /// Sets a field that few have.
    pub(crate) fn set(&mut self, field: &str, value: Value) {
        let more = self.more.get_or_insert_default();
        more.insert(field.to_owned(), value);
    }

    /// The user object.
    pub(crate) fn render(&self, id: u64) -> Value {
        let mut user = json!({
            "id": id.to_string(),
            "username": &*self.username,
            "discriminator": if self.bot { "0001" } else { "0" },
            "global_name": self.global_name.as_deref(),
            "avatar": self.avatar.map(|hash| format!("{:032x}", u128::from_be_bytes(hash))),
            "avatar_decoration_data": null,
            "collectibles": null,
            "primary_guild": null,
            "public_flags": self.public_flags,
        });
        if self.bot {
            user["bot"] = Value::Bool(true);
        }
        for (field, value) in self.more.iter().flat_map(|more| more.iter()) {
            user[field] = value.clone();
        }
        user
    }
}
