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

        impl $crate::decode::Blank for $Name {
            #[inline]
            fn blank() -> Self {
                Self::Unknown(serde_json::Value::Null)
            }
        }

        impl $crate::decode::Decode for $Name {
            #[inline]
            fn decode(
                reader: &mut $crate::decode::Reader<'_>,
            ) -> Result<Self, $crate::decode::Fault> {
                let tag = reader.look_at_tag::<$Tag>($tag)?;
                match tag.value() {
                    $($value => {
                        $crate::decode::member(reader, Some($tag), Self::$Variant, Self::Unknown)
                    })*
                    _ => reader.keep_unknown().map(Self::Unknown),
                }
            }
        }

        deserialize!($Name);
        heap_size!($Name: $($Variant)* Unknown);

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
