//! The code a model's definition turns into.
//!
//! The wire format lives in a hidden builder, so that a model can stand flattened inside another one
//! and still be filled in a single pass over the JSON. It is kept small: what a field does with its value is
//! code of `polycord-types`, shared by all fields of a type. All of it is `#[inline]`, so that models which nobody
//! decodes cost no build any code.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Type;

use crate::definition::{Definition, Field, Shape};

pub(crate) fn expand(model: &Definition) -> TokenStream {
    let name = &model.name;
    let builder = builder(model);
    let schema = schema(model);
    let entries = model.fields.iter().map(write_field);
    let sized = model.fields.iter().map(|field| &field.name);
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
        #[allow(unnameable_types, clippy::all, clippy::pedantic)]
        const _: () = {
            use ::polycord_types::model as __model;

            #builder

            #[automatically_derived]
            impl __model::Model for #name {
                type Builder = Builder;
                const SCHEMA: &'static __model::Schema = &#schema;
                fn write<S: __model::SerializeMap>(
                    &self,
                    map: &mut S,
                ) -> ::core::result::Result<(), S::Error> {
                    #(#entries)*
                    ::core::result::Result::Ok(())
                }
            }

            #[automatically_derived]
            impl __model::Decode for #name {
                #[inline]
                fn decode(
                    reader: &mut __model::Reader<'_>,
                ) -> ::core::result::Result<Self, __model::Fault> {
                    __model::decode(reader)
                }
            }

            #[automatically_derived]
            impl<'de> __model::Deserialize<'de> for #name {
                fn deserialize<D: __model::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    __model::deserialize(deserializer)
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

            __model::heap_size_of_model! {
                #[automatically_derived]
                impl __model::HeapSize for #name {
                    #[inline]
                    fn heap_size(&self) -> usize {
                        0 #(+ __model::HeapSize::heap_size(&self.#sized))*
                    }
                }
            }

            #(#derefs)*
        };
    }
}

fn builder(model: &Definition) -> TokenStream {
    let (name, visibility) = (&model.name, &model.visibility);
    let label = name.to_string();
    let slots = model.fields.iter().map(
        |Field {
             name, ty, shape, ..
         }| match shape {
            // A default may cost an allocation: it is made where nothing else came.
            Shape::Key | Shape::Plain | Shape::OmitDefault | Shape::OmitDefaultNullable => {
                quote! { #name: ::core::option::Option<#ty> }
            }
            Shape::Flatten { .. } => quote! { #name: <#ty as __model::Model>::Builder },
            _ => quote! { #name: #ty },
        },
    );

    let expected = expected_keys(model);
    let bits = match expected.len() {
        0 => None,
        1..=32 => Some(quote! { u32 }),
        33..=64 => Some(quote! { u64 }),
        _ => Some(quote! { u128 }),
    };
    let seen_slot = bits.iter().map(|bits| quote! { __seen: #bits });
    let report_absent = bits.iter().map(|_| {
        quote! {
            __model::absent(reader, start, ::core::convert::From::from(self.__seen), &[#(#expected),*]);
        }
    });
    let accept = accept(model, &expected);
    let done = model.fields.iter().map(|field| {
        let (name, key) = (&field.name, &field.key);
        match field.shape {
            Shape::Key => quote! {
                #name: match self.#name {
                    ::core::option::Option::Some(value) => value,
                    ::core::option::Option::None => {
                        return ::core::result::Result::Err(
                            __model::missing(reader, start, #label, #key),
                        );
                    }
                }
            },
            Shape::Plain | Shape::OmitDefault | Shape::OmitDefaultNullable => {
                quote! { #name: ::core::option::Option::unwrap_or_default(self.#name) }
            }
            Shape::Flatten { .. } => {
                quote! { #name: __model::Builder::finish(self.#name, reader, start)? }
            }
            _ => quote! { #name: self.#name },
        }
    });

    quote! {
        #[derive(Default)]
        #visibility struct Builder {
            #(#slots,)*
            #(#seen_slot,)*
        }

        #[automatically_derived]
        impl __model::Fields for Builder {
            #[inline]
            fn accept(
                &mut self,
                reader: &mut __model::Reader<'_>,
            ) -> ::core::result::Result<(), __model::Fault> {
                #accept
                ::core::result::Result::Ok(())
            }
        }

        #[automatically_derived]
        impl __model::Builder for Builder {
            type Model = #name;

            #[inline]
            fn finish(
                self,
                reader: &mut __model::Reader<'_>,
                start: usize,
            ) -> ::core::result::Result<#name, __model::Fault> {
                #(#report_absent)*
                ::core::result::Result::Ok(#name { #(#done,)* })
            }
        }
    }
}

/// The keys that are always there. They have a bit each, to know in the end which of them never came.
fn expected_keys(model: &Definition) -> Vec<&str> {
    let fields = model.fields.iter();
    let expected = fields
        .filter(|field| matches!(field.shape, Shape::Plain | Shape::Nullable | Shape::Always));
    expected.map(|field| field.key.as_str()).collect()
}

/// Compares the key that comes next with those of the fields, one after the other as Discord writes them: the last of
/// the alphabet first. Letters that begin several keys are looked at before these.
fn accept(model: &Definition, expected: &[&str]) -> TokenStream {
    let mut by_letter = BTreeMap::<u8, Vec<(&str, TokenStream)>>::new();
    for field in model.fields.iter().filter(|field| !field.is_flattened()) {
        let key = field.key.as_str();
        let bit = expected.iter().position(|expected| *expected == key);
        let read = read_field(field, bit);
        let letter = key.bytes().next().unwrap_or(b'"');
        by_letter.entry(letter).or_default().push((key, read));
    }
    let letters = by_letter.into_iter().rev().map(|(letter, mut fields)| {
        // What ends a key comes before what any key goes on with.
        fields.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
        let one_by_one = fields.iter().map(|(_, read)| read);
        if fields.len() == 1 {
            return quote! { #(#one_by_one)* };
        }
        let letter = Literal::byte_character(letter);
        quote! { if reader.key_begins_with(#letter) { #(#one_by_one)* } }
    });
    let inlined = model.fields.iter().filter(|field| field.is_flattened());
    let inlined = inlined.map(|field| &field.name);
    quote! {
        #(#letters)*
        #(__model::Fields::accept(&mut self.#inlined, reader)?;)*
    }
}

/// Reads a field if its key comes next.
fn read_field(field: &Field, bit: Option<usize>) -> TokenStream {
    let name = &field.name;
    let read = match field.shape {
        Shape::Key => quote! { key },
        Shape::Plain | Shape::OmitDefault | Shape::Flatten { .. } => quote! { plain },
        Shape::OmitDefaultNullable => quote! { plain_or_null },
        Shape::Optional | Shape::Always => quote! { optional },
        Shape::Nullable | Shape::OptionalNullable => quote! { nullable },
        Shape::Patch => quote! { patch },
        Shape::NullFlag => quote! { null_flag },
    };
    let seen = bit.map(|bit| {
        let bit = Literal::usize_unsuffixed(bit);
        quote! { self.__seen |= 1 << #bit; }
    });
    let text = format!("{}\":", field.key);
    quote! {{
        const KEY: __model::Key = __model::Key::new(#text);
        if reader.stands_at(KEY) {
            #seen
            __model::field::#read(&mut self.#name, reader, KEY.span())?;
        }
    }}
}

fn schema(model: &Definition) -> TokenStream {
    let name = model.name.to_string();
    let own = model.fields.iter().filter(|field| !field.is_flattened());
    let fields = own.map(|field| {
        let key = &field.key;
        let presence = match field.shape {
            Shape::Key | Shape::Plain | Shape::Always | Shape::Flatten { .. } => quote! { Always },
            Shape::Nullable => quote! { Nullable },
            Shape::Optional | Shape::OmitDefault => quote! { Optional },
            Shape::OptionalNullable | Shape::OmitDefaultNullable | Shape::Patch => {
                quote! { OptionalNullable }
            }
            Shape::NullFlag => quote! { Flag },
        };
        let identifies = field.shape == Shape::Key;
        let rust_type = spelled(&field.ty);
        quote! {
            __model::FieldSchema {
                key: #key,
                rust_type: #rust_type,
                presence: __model::Presence::#presence,
                identifies: #identifies,
            }
        }
    });
    let flattened = model.fields.iter().filter(|field| field.is_flattened());
    let flattened = flattened.map(|field| &field.ty);
    quote! {
        __model::Schema {
            name: #name,
            fields: &[#(#fields),*],
            flattened: &[#(<#flattened as __model::Model>::SCHEMA),*],
        }
    }
}

/// A type as it is written, without spaces.
fn spelled(ty: &Type) -> String {
    quote! { #ty }.to_string().replace(' ', "")
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
        Shape::Optional | Shape::OptionalNullable | Shape::Always | Shape::Patch => quote! {
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
