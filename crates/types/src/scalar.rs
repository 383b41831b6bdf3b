//! Values of which the wire allows several types.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

use crate::Text;

/// Defines a value that says its type itself.
macro_rules! scalar {
    (
        $(#[$meta:meta])*
        pub enum $Name:ident {
            $($(#[$variant_meta:meta])* $Variant:ident($Inner:ident),)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $Name {
            $($(#[$variant_meta])* $Variant($Inner),)*
        }

        impl<'de> Deserialize<'de> for $Name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct ScalarVisitor;

                impl Visitor<'_> for ScalarVisitor {
                    type Value = $Name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("a scalar (", stringify!($Name), ")"))
                    }

                    $(scalar!(@visit $Name $Variant $Inner);)*
                }

                deserializer.deserialize_any(ScalarVisitor)
            }
        }

        impl Serialize for $Name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$Variant(value) => value.serialize(serializer),)*
                }
            }
        }

        $(
            impl From<$Inner> for $Name {
                fn from(value: $Inner) -> Self {
                    Self::$Variant(value)
                }
            }
        )*
    };
    (@visit $Name:ident $Variant:ident Text) => {
        fn visit_str<E: Error>(self, value: &str) -> Result<$Name, E> {
            Ok($Name::$Variant(value.into()))
        }

        fn visit_string<E: Error>(self, value: String) -> Result<$Name, E> {
            Ok($Name::$Variant(value.into()))
        }
    };
    (@visit $Name:ident $Variant:ident i64) => {
        fn visit_i64<E: Error>(self, value: i64) -> Result<$Name, E> {
            Ok($Name::$Variant(value))
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<$Name, E> {
            i64::try_from(value)
                .map($Name::$Variant)
                .map_err(|_| E::custom("a whole number of more than 63 bits"))
        }
    };
    (@visit $Name:ident $Variant:ident f64) => {
        fn visit_f64<E: Error>(self, value: f64) -> Result<$Name, E> {
            Ok($Name::$Variant(value))
        }
    };
    (@visit $Name:ident $Variant:ident bool) => {
        fn visit_bool<E: Error>(self, value: bool) -> Result<$Name, E> {
            Ok($Name::$Variant(value))
        }
    };
}

scalar! {
    /// What a user gave for an option of a command, or the value behind a choice.
    ///
    /// Users, channels, roles and attachments arrive as the text of their id; [`CommandDataOption`](crate::interaction::CommandDataOption) has
    /// typed accessors for them.
    ///
    /// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type).
    pub enum CommandValue {
        /// A text, or an id.
        String(Text),
        /// A whole number.
        Integer(i64),
        /// A number.
        Number(f64),
        /// Yes or no.
        Boolean(bool),
    }
}

scalar! {
    /// A bound of an option that takes numbers.
    ///
    /// See [the documentation](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure).
    pub enum CommandNumber {
        /// A whole number.
        Integer(i64),
        /// A number.
        Number(f64),
    }
}

scalar! {
    /// What the sender of a message gave to recognise it by, a number or a text.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#create-message).
    pub enum Nonce {
        /// A text, at most 25 characters.
        String(Text),
        /// A number.
        Integer(i64),
    }
}

impl From<&str> for CommandValue {
    fn from(value: &str) -> Self {
        Self::String(value.into())
    }
}

impl From<String> for CommandValue {
    fn from(value: String) -> Self {
        Self::String(value.into())
    }
}

impl From<i32> for CommandValue {
    fn from(value: i32) -> Self {
        Self::Integer(value.into())
    }
}

impl Default for CommandValue {
    fn default() -> Self {
        Self::String(Text::default())
    }
}

impl From<i32> for CommandNumber {
    fn from(value: i32) -> Self {
        Self::Integer(value.into())
    }
}

impl From<&str> for Nonce {
    fn from(value: &str) -> Self {
        Self::String(value.into())
    }
}
