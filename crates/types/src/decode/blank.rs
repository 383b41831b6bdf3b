//! What stands in a field until its value was read: something that costs nothing, which a default may not.

use std::marker::PhantomData;

/// A type with a value that is no default, or for which the default costs something.
#[doc(hidden)]
pub trait Blank {
    /// The value.
    fn blank() -> Self;
}

impl<T: Blank> Blank for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }
}

/// Asks for what stands in fields of a type. The code that the derive generates does not know which traits the type has:
/// methods of `Of<T>` go before those of `&Of<T>`, where their bounds hold.
#[doc(hidden)]
#[derive(Debug)]
pub struct Of<T>(PhantomData<fn() -> T>);

impl<T> Of<T> {
    /// The question.
    #[expect(clippy::new_without_default, reason = "for generated code only")]
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// Makes a field before anything was read.
#[doc(hidden)]
pub trait MakeBlank<T> {
    /// What stands in the field.
    fn make(&self) -> T;
}

/// The same of a type that needs nothing special.
#[doc(hidden)]
pub trait MakeDefault<T> {
    /// What stands in the field.
    fn make(&self) -> T;
}

impl<T: Blank> MakeBlank<T> for Of<T> {
    #[inline]
    fn make(&self) -> T {
        T::blank()
    }
}

impl<T: Default> MakeDefault<T> for &Of<T> {
    #[inline]
    fn make(&self) -> T {
        T::default()
    }
}

/// Puts a field in order.
#[doc(hidden)]
pub trait SettleBlank<T> {
    /// Makes the field blank again, before it is read another time.
    fn again(&self, field: &mut T);
    /// Gives the field its default, as it was not read.
    fn settle(&self, field: &mut T)
    where
        T: Default;
}

/// The same of a type that needs nothing special: its default stands there already, and a value takes its place.
#[doc(hidden)]
pub trait SettleDefault<T> {
    /// Nothing.
    fn again(&self, field: &mut T);
    /// Nothing.
    fn settle(&self, field: &mut T);
}

impl<T: Blank> SettleBlank<T> for Of<T> {
    #[inline]
    fn again(&self, field: &mut T) {
        *field = T::blank();
    }

    #[inline]
    fn settle(&self, field: &mut T)
    where
        T: Default,
    {
        *field = T::default();
    }
}

impl<T> SettleDefault<T> for &Of<T> {
    #[inline]
    fn again(&self, _: &mut T) {}

    #[inline]
    fn settle(&self, _: &mut T) {}
}
