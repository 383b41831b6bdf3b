/// Implements `HeapSize`, if there is such a trait: what has nothing on the heap, newtypes, structs by
/// the fields that have something, and enums by what is in their variants.
macro_rules! heap_size {
    ($Name:ident: nothing) => {
        heap_size!(@impl $Name, this => { let _ = this; 0 });
    };
    ($Name:ident: newtype) => {
        heap_size!(@impl $Name, this => $crate::HeapSize::heap_size(&this.0));
    };
    ($Name:ident: fields $($field:ident)+) => {
        heap_size!(@impl $Name, this => 0 $(+ $crate::HeapSize::heap_size(&this.$field))+);
    };
    ($Name:ident: $Only:ident else nothing) => {
        heap_size!(@impl $Name, this => match this {
            $Name::$Only(value) => $crate::HeapSize::heap_size(value),
            _ => 0,
        });
    };
    ($Name:ident: $($Variant:ident)*) => {
        heap_size!(@impl $Name, this => match this {
            $($Name::$Variant(value) => $crate::HeapSize::heap_size(value),)*
        });
    };
    (@impl $Name:ident, $this:ident => $size:expr) => {
        #[cfg(feature = "heap-size")]
        impl $crate::HeapSize for $Name {
            #[inline]
            fn heap_size(&self) -> usize {
                let $this = self;
                $size
            }
        }
    };
}

/// The implementation that the derive writes, if there is such a trait.
#[cfg(feature = "heap-size")]
#[doc(hidden)]
#[macro_export]
macro_rules! __heap_size_of_model {
    ($($implementation:tt)*) => { $($implementation)* };
}

/// The implementation that the derive writes, if there is such a trait.
#[cfg(not(feature = "heap-size"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __heap_size_of_model {
    ($($implementation:tt)*) => {};
}
