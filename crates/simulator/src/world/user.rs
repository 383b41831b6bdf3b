//! Users, kept small: a world may have a million.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::Arc;

use serde_json::{Map, Value, json};

/// All users, found by their ids and by their names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Users {
    by_id: BTreeMap<u64, User>,
    /// The first user of each name.
    by_name: HashMap<Arc<str>, u64>,
}

impl Users {
    pub(crate) fn insert(&mut self, id: u64, user: User) {
        let name = Arc::clone(&user.username);
        self.by_name.entry(name).or_insert(id);
        self.by_id.insert(id, user);
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut User> {
        self.by_id.get_mut(&id)
    }

    pub(crate) fn rename(&mut self, id: u64, name: &str) {
        let Some(user) = self.by_id.get_mut(&id) else {
            return;
        };
        let old = std::mem::replace(&mut user.username, name.into());
        let name = Arc::clone(&user.username);
        if self.by_name.get(&old) == Some(&id) {
            let mut others = self.by_id.iter();
            match others.find(|(_, user)| user.username == old) {
                Some((other, _)) => drop(self.by_name.insert(old, *other)),
                None => drop(self.by_name.remove(&old)),
            }
        }
        self.by_name.entry(name).or_insert(id);
    }

    pub(crate) fn named(&self, name: &str) -> Option<u64> {
        self.by_name.get(name).copied()
    }
}

impl Deref for Users {
    type Target = BTreeMap<u64, User>;

    fn deref(&self) -> &BTreeMap<u64, User> {
        &self.by_id
    }
}

/// A user as stored; [`User::render`] makes the object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct User {
    /// Changed by [`Users::rename`].
    username: Arc<str>,
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

    pub(crate) fn username(&self) -> &str {
        &self.username
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_the_name_they_have_now_and_the_first_of_a_name_before_others() {
        let mut users = Users::default();
        users.insert(1, User::new("ada", None, false));
        users.insert(2, User::new("ada", None, false));
        assert_eq!(users.named("ada"), Some(1));
        users.rename(1, "grace");
        assert_eq!(users.named("grace"), Some(1));
        assert_eq!(users.named("ada"), Some(2));
        users.rename(2, "grace");
        assert_eq!((users.named("ada"), users.named("grace")), (None, Some(1)));
    }
}
