//! Reading every field of a decoded event, so that nobody gains by putting work off.
//!
//! One way for all three crates: text is read as `&str`, lists and options are walked, every other value
//! is handed to [`black_box`]. It costs a store per field, which all pay alike.

use std::{collections::HashMap, hint::black_box, sync::Arc};

mod ours;
mod serenity;
mod twilight;

/// Something whose every field can be read.
pub trait Read {
    fn read(&self);
}

/// Implements [`Read`] for structs: first the fields that hold text or other structs, then the plain
/// values. Fields that are left out do not compile, save where `..` says that the struct is not ours
/// to take apart.
macro_rules! read_fields {
    ($($Type:ident { $($field:ident),* $(,)? ; $($value:ident),* $(,)? $(; $($rest:tt)*)? })*) => {$(
        impl $crate::reading::Read for $Type {
            fn read(&self) {
                #[allow(deprecated)]
                let Self { $($field,)* $($value,)* $($($rest)*)? } = self;
                $($crate::reading::Read::read($field);)*
                $(std::hint::black_box($value);)*
            }
        }
    )*};
}
use read_fields;

impl Read for str {
    fn read(&self) {
        black_box(self.as_bytes().first());
        black_box(self);
    }
}

impl Read for String {
    fn read(&self) {
        self.as_str().read();
    }
}

impl<T: Read> Read for Option<T> {
    fn read(&self) {
        if let Some(value) = self {
            value.read();
        }
    }
}

impl<T: Read> Read for [T] {
    fn read(&self) {
        for value in self {
            value.read();
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(&self) {
        self.as_slice().read();
    }
}

impl<K, T: Read> Read for HashMap<K, T> {
    fn read(&self) {
        for (key, value) in self {
            black_box(key);
            value.read();
        }
    }
}

impl<T: Read> Read for Box<T> {
    fn read(&self) {
        self.as_ref().read();
    }
}

impl<T: Read> Read for Arc<T> {
    fn read(&self) {
        self.as_ref().read();
    }
}
