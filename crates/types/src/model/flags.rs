/// Defines a flag set that keeps bits it has no name for.
///
/// On the wire an integer, or with `as string` a decimal string; both are read. The default is the empty
/// set, unless `no default` leaves it to the caller.
macro_rules! flags {
    ($(#[$meta:meta])* $vis:vis struct $Name:ident: $Bits:ident as string { $($body:tt)* }) => {
        flags!(@define $(#[$meta])* #[derive(Default)] $vis $Name: $Bits { $($body)* });

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.bits())
            }
        }
    };
    ($(#[$meta:meta])* $vis:vis struct $Name:ident: $Bits:ident { $($body:tt)* }) => {
        flags! {
            $(#[$meta])*
            #[derive(Default)]
            $vis struct $Name: $Bits, no default { $($body)* }
        }
    };
    ($(#[$meta:meta])* $vis:vis struct $Name:ident: $Bits:ident, no default { $($body:tt)* }) => {
        flags!(@define $(#[$meta])* $vis $Name: $Bits { $($body)* });

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.bits(), serializer)
            }
        }
    };
    (@define $(#[$meta:meta])* $vis:vis $Name:ident: $Bits:ident { $($body:tt)* }) => {
        bitflags::bitflags! {
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            $vis struct $Name: $Bits { $($body)* }
        }

        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let bits = <$crate::model::Number<$Bits> as serde::Deserialize>::deserialize(deserializer)?;
                Ok(Self::from_bits_retain(bits.0))
            }
        }

        #[cfg(feature = "catalog")]
        impl $crate::catalog::Values for $Name {
            const KIND: $crate::catalog::EnumKind = $crate::catalog::EnumKind::Flags;

            fn values() -> Vec<(&'static str, $crate::catalog::EnumValue)> {
                <Self as bitflags::Flags>::FLAGS
                    .iter()
                    .map(|flag| {
                        let bits = u64::from(flag.value().bits());
                        (flag.name(), $crate::catalog::EnumValue::Integer(bits))
                    })
                    .collect()
            }
        }
    };
}
