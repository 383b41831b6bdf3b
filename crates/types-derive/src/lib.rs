#![doc = include_str!("../README.md")]

mod definition;
mod expand;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

use crate::definition::Definition;

/// Derives the wire format of a model: tolerant `Deserialize` and matching `Serialize`.
///
/// The attributes are listed on the crate's front page.
#[proc_macro_derive(Model, attributes(model))]
pub fn derive_model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    Definition::parse(input)
        .map_or_else(
            |error| error.to_compile_error(),
            |model| expand::expand(&model),
        )
        .into()
}
