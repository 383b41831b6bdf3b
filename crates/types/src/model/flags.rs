/// Defines a flag set that keeps bits it has no name for.
///
/// On the wire an integer, or with `as string` a decimal string; both are read. The default is the empty
/// set, unless `no default` leaves it to the caller.
macro_rules! flags {
    ($(#[$meta:meta])* $vis:vis struct $Name:ident: $Bits:ident as string { $($body:tt)* }) => {
        flags!(@define $(#[$meta])* #[derive(Default)] $vis $Name: $Bits as string { $($body)* });

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
    (@define $(#[$meta:meta])* $vis:vis $Name:ident: $Bits:ident $(as $string:ident)? { $($body:tt)* }) => {
        bitflags::bitflags! {
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            $vis struct $Name: $Bits { $($body)* }
        }

        impl $crate::decode::Decode for $Name {
            #[inline]
            fn decode(
                reader: &mut $crate::decode::Reader<'_>,
            ) -> Result<Self, $crate::decode::Fault> {
                let start = reader.offset();
                let flags = Self::from_bits_retain(flags!(@read reader $Bits $($string)?));
                let unknown = flags.difference(Self::all()).bits();
                reader.unless_no_bits(unknown, start, stringify!($Name));
                Ok(flags)
            }
        }

        deserialize!($Name);

        heap_size!($Name: nothing);

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
    (@read $reader:ident $Bits:ident) => {
        <$Bits as $crate::decode::Decode>::decode($reader)?
    };
    (@read $reader:ident $Bits:ident string) => {
        $reader.quoted_or_number("the text of a whole number")?
    };
}
