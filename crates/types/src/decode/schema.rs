/// What a model says of its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The name of the struct.
    pub name: &'static str,
    /// The fields with a key of their own, in order of declaration.
    pub fields: &'static [FieldSchema],
    /// The models whose fields stand among these.
    pub flattened: &'static [&'static Self],
}

/// What a model says of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSchema {
    /// The key on the wire.
    pub key: &'static str,
    /// The type in Rust, as it is written there but without spaces.
    pub rust_type: &'static str,
    /// When it is there.
    pub presence: Presence,
    /// Whether it identifies the object: without it the object does not decode.
    pub identifies: bool,
}

/// When a field is there, by the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Presence {
    /// Always, and never `null`.
    Always,
    /// Always, but perhaps `null`.
    Nullable,
    /// Perhaps, and never `null`.
    Optional,
    /// Perhaps, and perhaps `null`.
    OptionalNullable,
    /// Perhaps, as `null`: being there is what it says.
    Flag,
}

impl Schema {
    /// All fields, those of flattened models included.
    pub fn all_fields(&self) -> impl Iterator<Item = &'static FieldSchema> {
        let mut schemas = vec![self.fields];
        let mut open = self.flattened.to_vec();
        while let Some(schema) = open.pop() {
            schemas.push(schema.fields);
            open.extend(schema.flattened);
        }
        schemas.into_iter().flatten()
    }
}
