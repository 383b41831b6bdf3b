/// Defines an enum that keeps values it has no name for.
///
/// `pub enum Name: u32 { A = 0 }` is an integer on the wire, `pub enum Name: str { A = "a" }` a string.
/// The default is the variant of 0 or of the empty string, `Unknown` where there is none.
macro_rules! open_enum {
    (@first $First:ident $($Variant:ident)*) => {
        Self::$First
    };
    (
        $(#[$meta:meta])*
        $vis:vis enum $Name:ident: str {
            $($(#[$variant_meta:meta])* $Variant:ident = $value:literal,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        $vis enum $Name {
            $($(#[$variant_meta])* $Variant,)*
            /// A value that has no name here; it is kept as it came.
            Unknown(Box<$crate::Text>),
        }

        impl $Name {
            /// Gives the value a name, where it has one.
            #[must_use]
            $vis fn from_value(value: &str) -> Self {
                match value {
                    $($value => Self::$Variant,)*
                    _ => Self::Unknown(value.into()),
                }
            }

            /// The value on the wire.
            #[must_use]
            $vis fn value(&self) -> &str {
                match self {
                    $(Self::$Variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }

            /// Whether the value has a name here.
            #[must_use]
            $vis const fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        impl Default for $Name {
            fn default() -> Self {
                Self::from_value("")
            }
        }

        impl From<&str> for $Name {
            fn from(value: &str) -> Self {
                Self::from_value(value)
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.value())
            }
        }

        impl $crate::decode::Decode for $Name {
            #[inline]
            fn decode(
                reader: &mut $crate::decode::Reader<'_>,
            ) -> Result<Self, $crate::decode::Fault> {
                let start = reader.offset();
                let text = reader.text(concat!("a text (", stringify!($Name), ")"))?;
                let value = Self::from_value(text);
                reader.unless_known(value.is_known(), start, stringify!($Name));
                Ok(value)
            }
        }

        // The default may be a text that has no name here.
        impl $crate::decode::Blank for $Name {
            #[inline]
            fn blank() -> Self {
                open_enum!(@first $($Variant)*)
            }
        }

        deserialize!($Name);
        heap_size!($Name: Unknown else nothing);

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.value())
            }
        }

        #[cfg(feature = "catalog")]
        impl $crate::catalog::Values for $Name {
            const KIND: $crate::catalog::EnumKind = $crate::catalog::EnumKind::String;

            fn values() -> Vec<(&'static str, $crate::catalog::EnumValue)> {
                vec![$((stringify!($Variant), $crate::catalog::EnumValue::String($value)),)*]
            }
        }
    };
    (
        $(#[$meta:meta])*
        $vis:vis enum $Name:ident: $Repr:ident {
            $($(#[$variant_meta:meta])* $Variant:ident = $value:literal,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        $vis enum $Name {
            $($(#[$variant_meta])* $Variant,)*
            /// A value that has no name here; it is kept as it came.
            Unknown($Repr),
        }

        impl $Name {
            /// Gives the value a name, where it has one.
            #[must_use]
            $vis const fn from_value(value: $Repr) -> Self {
                match value {
                    $($value => Self::$Variant,)*
                    _ => Self::Unknown(value),
                }
            }

            /// The value on the wire.
            #[must_use]
            $vis const fn value(self) -> $Repr {
                match self {
                    $(Self::$Variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }

            /// Whether the value has a name here.
            #[must_use]
            $vis const fn is_known(self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        impl Default for $Name {
            fn default() -> Self {
                Self::from_value(0)
            }
        }

        impl From<$Repr> for $Name {
            fn from(value: $Repr) -> Self {
                Self::from_value(value)
            }
        }

        impl From<$Name> for $Repr {
            fn from(value: $Name) -> Self {
                value.value()
            }
        }

        impl $crate::decode::Decode for $Name {
            #[inline]
            fn decode(
                reader: &mut $crate::decode::Reader<'_>,
            ) -> Result<Self, $crate::decode::Fault> {
                let start = reader.offset();
                let value = Self::from_value($crate::decode::Decode::decode(reader)?);
                reader.unless_known(value.is_known(), start, stringify!($Name));
                Ok(value)
            }
        }

        deserialize!($Name);
        heap_size!($Name: nothing);

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.value(), serializer)
            }
        }

        #[cfg(feature = "catalog")]
        impl $crate::catalog::Values for $Name {
            const KIND: $crate::catalog::EnumKind = $crate::catalog::EnumKind::Integer;

            fn values() -> Vec<(&'static str, $crate::catalog::EnumValue)> {
                vec![$((stringify!($Variant), $crate::catalog::EnumValue::Integer($value)),)*]
            }
        }
    };
}
