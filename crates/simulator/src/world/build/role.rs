use polycord_types::Permissions;
use serde_json::{Value, json};

/// A role of a [`World`](crate::World) as it is made: like any new one, it may do what `@everyone`
/// may, and is not shown apart.
#[derive(Debug)]
#[must_use]
pub struct RoleBuilder {
    pub(super) object: Value,
}

impl RoleBuilder {
    /// What the role allows.
    pub fn permissions(mut self, permissions: Permissions) -> Self {
        self.object["permissions"] = Value::from(permissions.bits().to_string());
        self
    }

    /// The colour of its members' names, as `0xRRGGBB`. Default: 0, none.
    pub fn colour(mut self, colour: u32) -> Self {
        self.object["color"] = Value::from(colour);
        self.object["colors"] = json!({
            "primary_color": colour,
            "secondary_color": null,
            "tertiary_color": null,
        });
        self
    }

    /// Shows its members apart in the list of members.
    pub fn hoisted(mut self) -> Self {
        self.object["hoist"] = Value::Bool(true);
        self
    }

    /// Lets everyone mention it.
    pub fn mentionable(mut self) -> Self {
        self.object["mentionable"] = Value::Bool(true);
        self
    }
}
