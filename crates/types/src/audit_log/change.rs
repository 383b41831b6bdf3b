use polycord_types_derive::Model;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Text, id::GenericId, role::PartialRole};

/// One change: the value before and after.
///
/// The values have the type that the field has in the object that was changed. A value of the wrong
/// type is no error here: [`new_as`](Self::new_as) and [`old_as`](Self::old_as) read it as what the caller expects.
///
/// See [change](https://docs.discord.com/developers/resources/audit-log#audit-log-change-object-audit-log-change-structure).
///
/// ```
/// use polycord_types::{Permissions, audit_log::AuditLogChange};
///
/// let change: AuditLogChange = serde_json::from_str(
///     r#"{"key": "permissions", "old_value": "0", "new_value": "2048"}"#,
/// )?;
/// assert_eq!(change.new_as(), Some(Permissions::SEND_MESSAGES));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct AuditLogChange {
    /// The value after. Absent where the field was cleared.
    pub new_value: Option<Value>,
    /// The value before. Absent where the field was empty.
    pub old_value: Option<Value>,
    /// The field, or what else changed: `$add` and `$remove` for roles of a member, an id for permissions
    /// of a command.
    pub key: Text,
}

impl AuditLogChange {
    /// The value after, as a type. `None` if it is absent, or not of this type.
    #[must_use]
    pub fn new_as<T: DeserializeOwned>(&self) -> Option<T> {
        read(self.new_value.as_ref())
    }

    /// The value before, as a type. `None` if it is absent, or not of this type.
    #[must_use]
    pub fn old_as<T: DeserializeOwned>(&self) -> Option<T> {
        read(self.old_value.as_ref())
    }

    /// The roles that the member got, with their names. Empty if this change is none of `$add`.
    #[must_use]
    pub fn added_roles(&self) -> Vec<PartialRole> {
        self.roles("$add")
    }

    /// The roles that the member lost, with their names. Empty if this change is none of `$remove`.
    #[must_use]
    pub fn removed_roles(&self) -> Vec<PartialRole> {
        self.roles("$remove")
    }

    /// The role, user or channel whose permissions for a command changed.
    #[must_use]
    pub fn command_permission_id(&self) -> Option<GenericId> {
        self.key.parse().ok()
    }

    fn roles(&self, key: &str) -> Vec<PartialRole> {
        if self.key == *key {
            self.new_as().unwrap_or_default()
        } else {
            Vec::new()
        }
    }
}

fn read<T: DeserializeOwned>(value: Option<&Value>) -> Option<T> {
    value.and_then(|value| T::deserialize(value).ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::id::RoleId;

    fn change(value: Value) -> AuditLogChange {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn values_are_read_as_what_the_caller_expects() {
        let renamed = change(json!({"key": "name", "old_value": "a", "new_value": "b"}));
        assert_eq!(renamed.old_as::<Text>().as_deref(), Some("a"));
        assert_eq!(renamed.new_as::<Text>().as_deref(), Some("b"));
        assert_eq!(renamed.new_as::<u32>(), None);
        let cleared = change(json!({"key": "topic", "old_value": "a"}));
        assert_eq!(cleared.new_as::<Text>(), None);
    }

    #[test]
    fn roles_of_a_member_come_with_their_names() {
        let added = change(json!({"key": "$add", "new_value": [{"id": "5", "name": "helpers"}]}));
        let roles = added.added_roles();
        assert_eq!(roles[0].id, RoleId::new(5));
        assert_eq!(roles[0].name.as_deref(), Some("helpers"));
        assert!(added.removed_roles().is_empty());
    }

    #[test]
    fn permissions_of_a_command_have_an_id_as_key() {
        let id = change(json!({"key": "81384788765712384"})).command_permission_id();
        assert_eq!(id, Some(GenericId::new(81_384_788_765_712_384)));
        assert_eq!(change(json!({"key": "name"})).command_permission_id(), None);
    }
}
