//! The code a model's definition turns into.
//!
//! The wire format lives in a hidden builder, so that a model can stand flattened inside another one
//! and still be filled in a single pass over the JSON.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use crate::definition::{Definition, Field, Shape, arguments_of, option_of};

pub(crate) fn expand(model: &Definition) -> TokenStream {
    let name = &model.name;
    let builder = builder(model);
    let entries = model.fields.iter().map(write_field);
    let derefs = model
        .fields
        .iter()
        .filter(|field| field.derefs())
        .map(|field| {
            let (target, ty) = (&field.name, &field.ty);
            quote! {
                #[automatically_derived]
                impl ::core::ops::Deref for #name {
                    type Target = #ty;
                    fn deref(&self) -> &#ty {
                        &self.#target
                    }
                }
                #[automatically_derived]
                impl ::core::ops::DerefMut for #name {
                    fn deref_mut(&mut self) -> &mut #ty {
                        &mut self.#target
                    }
                }
            }
        });

    quote! {
        #[doc(hidden)]
        #[allow(unnameable_types, unreachable_code, unused_assignments, clippy::all, clippy::pedantic)]
        const _: () = {
            use ::polycord_types::model as __model;

            #builder

            #[automatically_derived]
            impl __model::Model for #name {
                type Builder = Builder;
                fn write<S: __model::SerializeMap>(
                    &self,
                    map: &mut S,
                ) -> ::core::result::Result<(), S::Error> {
                    #(#entries)*
                    ::core::result::Result::Ok(())
                }
            }

            #[automatically_derived]
            impl<'de> __model::Deserialize<'de> for #name {
                fn deserialize<D: __model::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    __model::read(deserializer)
                }
            }

            #[automatically_derived]
            impl __model::Serialize for #name {
                fn serialize<S: __model::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::core::result::Result<S::Ok, S::Error> {
                    __model::write(self, serializer)
                }
            }

            #(#derefs)*
        };
    }
}

fn builder(model: &Definition) -> TokenStream {
    let name = &model.name;
    let visibility = &model.visibility;
    let label = name.to_string();
    let own = model
        .fields
        .iter()
        .filter(|field| !field.is_flattened())
        .collect::<Vec<_>>();
    let inlined = model
        .fields
        .iter()
        .filter(|field| field.is_flattened())
        .collect::<Vec<_>>();

    let slots = model.fields.iter().map(
        |Field {
             name, ty, shape, ..
         }| match shape {
            Shape::Key => quote! { #name: ::core::option::Option<#ty> },
            Shape::Flatten { .. } => quote! { #name: <#ty as __model::Model>::Builder },
            _ => quote! { #name: #ty },
        },
    );
    let count = own.len();
    let keys = own.iter().map(|field| &field.key).collect::<Vec<_>>();
    let inlined_types = inlined.iter().map(|field| &field.ty).collect::<Vec<_>>();
    let inlined_names = inlined.iter().map(|field| &field.name).collect::<Vec<_>>();
    let indices = 0..count;
    let arms = own.iter().enumerate().map(|(index, field)| {
        let read = read_field(field);
        quote! { #index => #read }
    });
    let done = model.fields.iter().map(|field| {
        let (name, key) = (&field.name, &field.key);
        match field.shape {
            Shape::Key => quote! { #name: __model::required(self.#name, #label, #key)? },
            Shape::Flatten { .. } => quote! { #name: __model::Builder::finish(self.#name)? },
            _ => quote! { #name: self.#name },
        }
    });

    quote! {
        #[derive(Default)]
        #visibility struct Builder {
            #(#slots,)*
        }

        #[automatically_derived]
        impl __model::Builder for Builder {
            type Model = #name;

            const NAME: &'static str = #label;
            const FIELDS: &'static [&'static str] = &[#(#keys),*];
            const LEN: usize =
                #count #(+ <<#inlined_types as __model::Model>::Builder as __model::Builder>::LEN)*;

            fn index(key: &str) -> ::core::option::Option<usize> {
                match key {
                    #(#keys => ::core::option::Option::Some(#indices),)*
                    _ => {

                        let mut _base: usize = #count;
                        #(
                            if let ::core::option::Option::Some(index) =
                                <<#inlined_types as __model::Model>::Builder as __model::Builder>::index(key)
                            {
                                return ::core::option::Option::Some(_base + index);
                            }
                            _base += <<#inlined_types as __model::Model>::Builder as __model::Builder>::LEN;
                        )*
                        ::core::option::Option::None
                    }
                }
            }

            fn accept<'de, A: __model::MapAccess<'de>>(
                &mut self,
                index: usize,
                map: &mut A,
            ) -> ::core::result::Result<(), A::Error> {
                match index {
                    #(#arms)*
                    _ => {

                        let mut _index = index - #count;
                        #(
                            if _index < <<#inlined_types as __model::Model>::Builder as __model::Builder>::LEN {
                                return __model::Builder::accept(&mut self.#inlined_names, _index, map);
                            }
                            _index -= <<#inlined_types as __model::Model>::Builder as __model::Builder>::LEN;
                        )*
                        return __model::skip(map);
                    }
                }
                ::core::result::Result::Ok(())
            }

            fn finish<E: __model::DecodeFailure>(self) -> ::core::result::Result<#name, E> {
                ::core::result::Result::Ok(#name { #(#done,)* })
            }
        }
    }
}

fn read_field(field: &Field) -> TokenStream {
    let Field { name, ty, .. } = field;
    let value = match field.shape {
        Shape::Key => quote! { ::core::option::Option::Some(map.next_value::<#ty>()?) },
        // The outer option says that the key was there at all.
        Shape::Patch => {
            let (read, unwrap) = read_lenient(option_of(ty).and_then(option_of).unwrap_or(ty));
            quote! { #read.map(|value| value #unwrap) }
        }
        Shape::NullFlag => quote! { __model::field::<bool, A>(map)?.flatten().unwrap_or(true) },
        Shape::Optional | Shape::OptionalNullable | Shape::Nullable => {
            let (read, unwrap) = read_lenient(option_of(ty).unwrap_or(ty));
            quote! { #read.flatten() #unwrap }
        }
        _ => {
            let (read, unwrap) = read_lenient(ty);
            quote! { #read.flatten() #unwrap .unwrap_or_default() }
        }
    };
    quote! { self.#name = #value, }
}

/// Reads a value that identifies nothing, and what takes it out of its wrapper. In a list and in a map each
/// element may deviate for itself.
fn read_lenient(ty: &Type) -> (TokenStream, TokenStream) {
    let wrapper = match arguments_of(ty) {
        Some((name, arguments)) if name == "Vec" => Some(quote! { __model::List #arguments }),
        Some((name, arguments)) if name == "BTreeMap" => Some(quote! { __model::Table #arguments }),
        _ => None,
    };
    wrapper.map_or_else(
        || {
            (
                quote! { __model::field::<#ty, A>(map)? },
                TokenStream::new(),
            )
        },
        |wrapper| {
            (
                quote! { __model::field::<#wrapper, A>(map)? },
                quote! { .map(|wrapper| wrapper.0) },
            )
        },
    )
}

fn write_field(field: &Field) -> TokenStream {
    let Field { name, ty, key, .. } = field;
    match field.shape {
        Shape::Plain | Shape::Nullable | Shape::Key => quote! {
            map.serialize_entry(#key, &self.#name)?;
        },
        Shape::OmitDefault | Shape::OmitDefaultNullable => quote! {
            if self.#name != <#ty as ::core::default::Default>::default() {
                map.serialize_entry(#key, &self.#name)?;
            }
        },
        Shape::Optional | Shape::OptionalNullable | Shape::Patch => quote! {
            if let ::core::option::Option::Some(value) = &self.#name {
                map.serialize_entry(#key, value)?;
            }
        },
        Shape::NullFlag => quote! {
            if self.#name {
                map.serialize_entry(#key, &())?;
            }
        },
        Shape::Flatten { .. } => quote! { __model::Model::write(&self.#name, map)?; },
    }
}
