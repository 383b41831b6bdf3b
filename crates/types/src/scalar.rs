//! Values of which the wire allows several types.

use serde::{Serialize, Serializer};

use crate::{
    Text,
    decode::{Decode, Fault, Reader},
};

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

        impl Decode for $Name {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
                const EXPECTED: &str = concat!("a scalar (", stringify!($Name), ")");
                $(scalar!(@read reader $Variant $Inner);)*
                Err(reader.mismatch(EXPECTED))
            }
        }

        deserialize!($Name);

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
    (@read $reader:ident $Variant:ident Text) => {
        if $reader.peek() == Some(b'"') {
            return $reader.string(EXPECTED).map(|text| Self::$Variant(text.into()));
        }
    };
    (@read $reader:ident $Variant:ident i64) => {
        if let Some(number) = $reader.whole_literal()? {
            return Ok(Self::$Variant(number));
        }
    };
    (@read $reader:ident $Variant:ident f64) => {
        if let Some(b'-' | b'0'..=b'9') = $reader.peek() {
            return f64::decode($reader).map(Self::$Variant);
        }
    };
    (@read $reader:ident $Variant:ident bool) => {
        if let Some(b't' | b'f') = $reader.peek() {
            return bool::decode($reader).map(Self::$Variant);
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
