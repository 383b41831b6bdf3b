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

        impl $crate::decode::Decode for $Name {
            fn decode(reader: &mut $crate::decode::Reader<'_>) -> Result<Self, $crate::decode::Fault> {
                const EXPECTED: &str = concat!("a scalar (", stringify!($Name), ")");
                $(scalar!(@read reader $Variant $Inner);)*
                Err(reader.mismatch(EXPECTED))
            }
        }

        deserialize!($Name);
        heap_size!($Name: $($Variant)*);

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$Variant(value) => serde::Serialize::serialize(value, serializer),)*
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
            return <f64 as $crate::decode::Decode>::decode($reader).map(Self::$Variant);
        }
    };
    (@read $reader:ident $Variant:ident bool) => {
        if let Some(b't' | b'f') = $reader.peek() {
            return <bool as $crate::decode::Decode>::decode($reader).map(Self::$Variant);
        }
    };
}
