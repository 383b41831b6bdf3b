/// Defines a union of models that a key of the object tells apart.
///
/// ```text
/// tagged! {
///     /// A component.
///     pub enum Component: "type" as ComponentType {
///         /// A row of buttons.
///         ActionRow(ActionRow) = 1,
///     }
/// }
/// ```
///
/// The models do not carry the tag themselves; it is written in front of their fields. An object with
/// an unknown tag, or one that its model cannot read, is kept as it came.
macro_rules! tagged {
    (
        $(#[$meta:meta])*
        $vis:vis enum $Name:ident: $tag:literal as $Tag:ident {
            $($(#[$variant_meta:meta])* $Variant:ident($Model:ty) = $value:literal,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $vis enum $Name {
            $($(#[$variant_meta])* $Variant($Model),)*
            /// One that is not known here, or that its model could not read; kept as it came.
            Unknown(serde_json::Value),
        }

        impl $Name {
            /// What tells this one from the others.
            #[must_use]
            $vis fn kind(&self) -> $Tag {
                match self {
                    $(Self::$Variant(_) => $Tag::from_value($value),)*
                    Self::Unknown(value) => value
                        .get($tag)
                        .and_then(|tag| serde::Deserialize::deserialize(tag).ok())
                        .unwrap_or_default(),
                }
            }
        }

        $(
            impl From<$Model> for $Name {
                fn from(model: $Model) -> Self {
                    Self::$Variant(model)
                }
            }
        )*

        impl $crate::model::Union for $Name {
            fn choose(value: &serde_json::Value, source: impl $crate::model::Source) -> Option<Self> {
                let tag = value
                    .get($tag)
                    .and_then(|tag| <$Tag as serde::Deserialize>::deserialize(tag).ok());
                match tag.unwrap_or_default().value() {
                    $($value => source.read::<$Model>().map(Self::$Variant),)*
                    _ => None,
                }
            }

            fn unknown(value: serde_json::Value) -> Self {
                Self::Unknown(value)
            }
        }

        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::model::read_union(deserializer)
            }
        }

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$Variant(model) => {
                        let mut map = serializer.serialize_map(None)?;
                        serde::ser::SerializeMap::serialize_entry(&mut map, $tag, &$value)?;
                        $crate::model::Model::write(model, &mut map)?;
                        serde::ser::SerializeMap::end(map)
                    })*
                    Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }
    };
}
