//! What the reference page defines beside the resources.
//!
//! Languages are in [`locale`](crate::locale).
//!
//! See [the reference](https://docs.discord.com/developers/reference).

use polycord_types_derive::Model;

use crate::Text;

open_enum! {
    /// A version of the API. These models are of version 10.
    ///
    /// See [the documentation](https://docs.discord.com/developers/reference#api-versioning-api-versions).
    pub enum ApiVersion: u32 {
        /// Available.
        V10 = 10,
        /// Available.
        V9 = 9,
        /// Deprecated.
        V8 = 8,
        /// Deprecated.
        V7 = 7,
        /// Deprecated, and what an address without a version means.
        V6 = 6,
        /// Discontinued.
        V5 = 5,
        /// Discontinued.
        V4 = 4,
        /// Discontinued.
        V3 = 3,
    }
}

open_enum! {
    /// Files of one sort, where file types can be asked for. An extension such as `.pdf` can stand in its place.
    ///
    /// See [the documentation](https://docs.discord.com/developers/reference#file-type-filtering).
    pub enum FileTypeGroup: str {
        /// Pictures.
        Image = "image",
        /// Videos.
        Video = "video",
        /// Sounds.
        Audio = "audio",
    }
}

/// How the models say what the documentation's question marks say.
///
/// See [the documentation](https://docs.discord.com/developers/reference#example-nullable-and-optional-fields).
///
/// ```
/// use polycord_types::reference::NullableAndOptionalFields;
///
/// let fields: NullableAndOptionalFields = serde_json::from_str(r#"{"nullable_field": null}"#)?;
/// assert_eq!(fields, NullableAndOptionalFields::default());
/// // What may be absent is left out, what may only be null is written as null.
/// assert_eq!(serde_json::to_string(&fields)?, r#"{"nullable_field":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct NullableAndOptionalFields {
    /// `optional_field?`, `string`: may be absent.
    pub optional_field: Option<Text>,
    /// `nullable_field`, `?string`: is always there, and may be `null`.
    #[model(nullable)]
    pub nullable_field: Option<Text>,
    /// `optional_and_nullable_field?`, `?string`: may be absent, and may be `null`.
    #[model(optional, nullable)]
    pub optional_and_nullable_field: Option<Text>,
}
