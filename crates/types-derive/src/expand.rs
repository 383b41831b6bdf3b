//! The code a model's definition turns into.
//!
//! A model is made blank and filled where it stands, so that it can stand flattened inside another one and still be
//! read in a single pass over the JSON, and large ones are not moved. The code is kept small: what a field does with its
//! value is code of `polycord-types`, shared by all fields of a type. All of it is `#[inline]`, so that models which
//! nobody decodes cost no build any code.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use syn::Type;

use crate::definition::{Definition, Field, Shape};

pub(crate) fn expand(model: &Definition) -> TokenStream {
    let name = &model.name;
    let filling = filling(model);
    let decode = decode(name);
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
            use __model::{
                MakeBlank as _, MakeDefault as _, Model as _, SettleBlank as _, SettleDefault as _,
            };

            #[automatically_derived]
            impl __model::Model for #name {
                const SCHEMA: &'static __model::Schema = &#schema;
                #filling
                fn write<S: __model::SerializeMap>(
                    &self,
                    map: &mut S,
                ) -> ::core::result::Result<(), S::Error> {
                    #(#entries)*
                    ::core::result::Result::Ok(())
                }
            }

            #decode

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

/// How the struct is read, and read where it is to stay.
fn decode(name: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl __model::Decode for #name {
            #[inline]
            fn decode(
                reader: &mut __model::Reader<'_>,
            ) -> ::core::result::Result<Self, __model::Fault> {
                __model::decode(reader)
            }

            #[inline]
            fn decode_into(
                slot: &mut Self,
                reader: &mut __model::Reader<'_>,
            ) -> ::core::result::Result<(), __model::Fault> {
                __model::fill(slot, ::core::default::Default::default(), reader)
            }

            #[inline]
            fn decode_some(
                slot: &mut ::core::option::Option<Self>,
                reader: &mut __model::Reader<'_>,
            ) -> ::core::result::Result<(), __model::Fault> {
                __model::decode_some(slot, reader)
            }

            #[inline]
            fn decode_boxed(
                reader: &mut __model::Reader<'_>,
            ) -> ::core::result::Result<::std::boxed::Box<Self>, __model::Fault> {
                __model::decode_boxed(reader)
            }

            #[inline]
            fn decode_shared(
                reader: &mut __model::Reader<'_>,
            ) -> ::core::result::Result<::std::sync::Arc<Self>, __model::Fault> {
                __model::decode_shared(reader)
            }

            #[inline]
            fn decode_onto(
                list: &mut ::std::vec::Vec<Self>,
                reader: &mut __model::Reader<'_>,
            ) -> ::core::result::Result<(), __model::Fault> {
                __model::decode_onto(list, reader)
            }
        }

        #[automatically_derived]
        impl __model::Blank for #name {
            #[inline]
            fn blank() -> Self {
                <Self as __model::Model>::blank()
            }
        }
    }
}

/// How the struct is filled.
fn filling(model: &Definition) -> TokenStream {
    let label = model.name.to_string();
    let blanks = model.fields.iter().map(|field| {
        let (name, ty) = (&field.name, &field.ty);
        match field.shape {
            Shape::Flatten { .. } => quote! { #name: <#ty as __model::Model>::blank() },
            _ if field.stands_alone() => quote! { #name: (&__model::Of::<#ty>::new()).make() },
            Shape::NullFlag => quote! { #name: false },
            _ => quote! { #name: ::core::option::Option::None },
        }
    });

    let expected = expected_keys(model);
    let seen = seen_keys(model);
    let bits = match seen.len() {
        0 => quote! { () },
        1..=32 => quote! { u32 },
        33..=64 => quote! { u64 },
        _ => quote! { u128 },
    };
    let inlined: Vec<_> = model.fields.iter().filter(|f| f.is_flattened()).collect();
    let inlined_seen = inlined.iter().map(|field| {
        let ty = &field.ty;
        quote! { <#ty as __model::Model>::Seen }
    });
    let accept = accept(model, &seen);

    let bit_of = |field: &Field| {
        let bit = seen.iter().position(|key| *key == field.key);
        Literal::usize_unsuffixed(bit.unwrap_or_default())
    };
    let required = model
        .fields
        .iter()
        .filter(|field| field.shape == Shape::Key);
    let required = required.map(|field| {
        let (bit, key) = (bit_of(field), &field.key);
        quote! {
            if seen.0 >> #bit & 1 == 0 {
                return ::core::result::Result::Err(__model::missing(reader, start, #label, #key));
            }
        }
    });
    let settled = model
        .fields
        .iter()
        .filter(|field| field.stands_alone() && field.shape != Shape::Key && !field.is_flattened());
    let settled = settled.map(|field| {
        let (name, ty, bit) = (&field.name, &field.ty, bit_of(field));
        quote! {
            if seen.0 >> #bit & 1 == 0 {
                (&__model::Of::<#ty>::new()).settle(&mut self.#name);
            }
        }
    });
    let report_absent = (!expected.is_empty()).then(|| {
        quote! {
            __model::absent(reader, start, ::core::convert::From::from(seen.0), &[#(#expected),*]);
        }
    });
    let finish_inlined = inlined.iter().enumerate().map(|(place, field)| {
        let (name, place) = (&field.name, Literal::usize_unsuffixed(place + 1));
        quote! { __model::Model::finish(&mut self.#name, &seen.#place, reader, start)?; }
    });

    quote! {
        type Seen = (#bits, #(#inlined_seen,)*);

        #[inline]
        fn blank() -> Self {
            Self { #(#blanks,)* }
        }

        #[inline]
        fn accept(
            &mut self,
            seen: &mut Self::Seen,
            reader: &mut __model::Reader<'_>,
        ) -> ::core::result::Result<(), __model::Fault> {
            #accept
            ::core::result::Result::Ok(())
        }

        #[inline]
        fn finish(
            &mut self,
            seen: &Self::Seen,
            reader: &mut __model::Reader<'_>,
            start: usize,
        ) -> ::core::result::Result<(), __model::Fault> {
            #report_absent
            #(#required)*
            #(#settled)*
            #(#finish_inlined)*
            ::core::result::Result::Ok(())
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

/// Those, and the other ones of which one has to know in the end whether they came.
fn seen_keys(model: &Definition) -> Vec<&str> {
    let mut keys = expected_keys(model);
    let others = model.fields.iter().filter(|field| {
        field.stands_alone() && !field.is_flattened() && field.shape != Shape::Plain
    });
    keys.extend(others.map(|field| field.key.as_str()));
    keys
}

/// Compares the key that comes next with those of the fields, one after the other as Discord writes them: the last of
/// the alphabet first. Letters that begin several keys are looked at before these.
fn accept(model: &Definition, seen: &[&str]) -> TokenStream {
    let mut by_letter = BTreeMap::<u8, Vec<(&str, TokenStream)>>::new();
    for field in model.fields.iter().filter(|field| !field.is_flattened()) {
        let key = field.key.as_str();
        let bit = seen.iter().position(|seen| *seen == key);
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
    let inlined = inlined.enumerate().map(|(place, Field { name, .. })| {
        let place = Literal::usize_unsuffixed(place + 1);
        quote! { __model::Model::accept(&mut self.#name, &mut seen.#place, reader)?; }
    });
    quote! {
        #(#letters)*
        #(#inlined)*
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
    let ty = &field.ty;
    let seen = bit.map(|bit| {
        let bit = Literal::usize_unsuffixed(bit);
        let again = field.stands_alone().then(|| {
            quote! {
                if seen.0 >> #bit & 1 == 1 {
                    (&__model::Of::<#ty>::new()).again(&mut self.#name);
                }
            }
        });
        quote! {
            #again
            seen.0 |= 1 << #bit;
        }
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
