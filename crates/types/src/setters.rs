/// Defines setters, by value, of fields that are an `Option`.
///
/// ```text
/// setters! {
///     impl Button {
///         /// Sets the text.
///         label(into Text);
///         /// Sets whether it cannot be clicked.
///         disabled(bool);
///     }
/// }
/// ```
///
/// `into` takes whatever turns into the type. The type itself is to be `#[must_use]`.
macro_rules! setters {
    (
        impl $Type:ty {
            $($(#[$meta:meta])* $field:ident($($of:tt)*);)*
        }
    ) => {
        impl $Type {
            $(setters!(@setter $(#[$meta])* $field $($of)*);)*
        }
    };
    (@setter $(#[$meta:meta])* $field:ident into $Of:ty) => {
        $(#[$meta])*
        pub fn $field(mut self, $field: impl Into<$Of>) -> Self {
            self.$field = Some($field.into());
            self
        }
    };
    (@setter $(#[$meta:meta])* $field:ident list $Of:ty) => {
        $(#[$meta])*
        pub fn $field(mut self, $field: impl IntoIterator<Item: Into<$Of>>) -> Self {
            self.$field = Some($field.into_iter().map(Into::into).collect());
            self
        }
    };
    (@setter $(#[$meta:meta])* $field:ident $Of:ty) => {
        $(#[$meta])*
        pub fn $field(mut self, $field: $Of) -> Self {
            self.$field = Some($field);
            self
        }
    };
}

/// Defines setters, by value, of fields of what is to change, which are an `Option<Option<T>>`: a setter gives a
/// value, what stands under `clear` says that there is to be none.
///
/// ```text
/// patch_setters! {
///     impl ModifyMember {
///         /// Sets the name.
///         nick(into Text);
///     }
///     clear {
///         /// Removes the name.
///         clear_nick(nick);
///     }
/// }
/// ```
macro_rules! patch_setters {
    (
        impl $Type:ty {
            $($(#[$meta:meta])* $field:ident($($of:tt)*);)*
        }
        clear {
            $($(#[$clear_meta:meta])* $clear:ident($cleared:ident);)*
        }
    ) => {
        impl $Type {
            $(patch_setters!(@setter $(#[$meta])* $field $($of)*);)*
            $(
                $(#[$clear_meta])*
                pub fn $clear(mut self) -> Self {
                    self.$cleared = Some(None);
                    self
                }
            )*
        }
    };
    (@setter $(#[$meta:meta])* $field:ident into $Of:ty) => {
        $(#[$meta])*
        pub fn $field(mut self, $field: impl Into<$Of>) -> Self {
            self.$field = Some(Some($field.into()));
            self
        }
    };
    (@setter $(#[$meta:meta])* $field:ident list $Of:ty) => {
        $(#[$meta])*
        pub fn $field(mut self, $field: impl IntoIterator<Item: Into<$Of>>) -> Self {
            self.$field = Some(Some($field.into_iter().map(Into::into).collect()));
            self
        }
    };
    (@setter $(#[$meta:meta])* $field:ident $Of:ty) => {
        $(#[$meta])*
        pub fn $field(mut self, $field: $Of) -> Self {
            self.$field = Some(Some($field));
            self
        }
    };
}
