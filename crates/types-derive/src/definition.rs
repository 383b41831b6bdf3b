//! What the user wrote: the fields of a model and their attributes, checked.

use proc_macro2::Span;
use syn::{
    AngleBracketedGenericArguments, Data, DeriveInput, Error, Fields, GenericArgument, Ident,
    LitStr, PathArguments, Result, Type, ext::IdentExt as _, spanned::Spanned as _,
};

/// A struct that derives `Model`.
pub(crate) struct Definition {
    pub(crate) name: Ident,
    /// Fields with a key of their own, in order of declaration.
    pub(crate) fields: Vec<Field>,
}

/// One field of the struct.
pub(crate) struct Field {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
    pub(crate) key: String,
    pub(crate) shape: Shape,
}

/// How a field stands on the wire.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Shape {
    /// Tolerant and always written.
    Plain,
    /// Tolerant, left out when it equals its default.
    OmitDefault,
    /// Tolerant, may be `null`, left out when it equals its default.
    OmitDefaultNullable,
    /// `Option<T>`, left out when `None`.
    Optional,
    /// `Option<T>`, may be `null`, left out when `None`.
    OptionalNullable,
    /// `Option<T>`, written as `null` when `None`.
    Nullable,
    /// `Option`: always there, but without a value to stand in where it is not.
    Always,
    /// `Option<Option<T>>`: absent, `null` or a value.
    Patch,
    /// `bool`: present or not.
    NullFlag,
    /// Required.
    Key,
    /// Another model inlined here.
    Flatten { deref: bool },
}

impl Definition {
    pub(crate) fn parse(input: DeriveInput) -> Result<Self> {
        if let Some(parameter) = input.generics.params.first() {
            return Err(Error::new(
                parameter.span(),
                "a model takes no generic parameters",
            ));
        }
        let Data::Struct(data) = input.data else {
            return Err(Error::new(
                input.ident.span(),
                "a model is a struct with named fields",
            ));
        };
        let Fields::Named(named) = data.fields else {
            return Err(Error::new(
                input.ident.span(),
                "a model is a struct with named fields",
            ));
        };

        let mut fields = Vec::<Field>::new();
        for field in named.named {
            let field = Field::parse(field)?;
            let twice = |other: &Field| {
                !field.is_flattened() && !other.is_flattened() && other.key == field.key
            };
            if fields.iter().any(twice) {
                let message = format!("the key `{}` is already taken by another field", field.key);
                return Err(Error::new(field.name.span(), message));
            }
            if field.derefs() && fields.iter().any(Field::derefs) {
                return Err(Error::new(
                    field.name.span(),
                    "only one field can be `deref`",
                ));
            }
            fields.push(field);
        }
        Ok(Self {
            name: input.ident,
            fields,
        })
    }
}

impl Field {
    fn parse(field: syn::Field) -> Result<Self> {
        let span = field.span();
        let Some(name) = field.ident else {
            return Err(Error::new(span, "a model is a struct with named fields"));
        };
        let mut attributes = Attributes::default();
        for attribute in field.attrs.iter().filter(|a| a.path().is_ident("model")) {
            attributes.read(attribute)?;
        }
        let shape = attributes.shape(&field.ty, name.span())?;
        let key = attributes
            .rename
            .unwrap_or_else(|| name.unraw().to_string());
        Ok(Self {
            name,
            ty: field.ty,
            key,
            shape,
        })
    }

    pub(crate) fn is_flattened(&self) -> bool {
        matches!(self.shape, Shape::Flatten { .. })
    }

    /// Whether the field is no `Option`, nor a flag: something has to stand in it before it was read.
    pub(crate) const fn stands_alone(&self) -> bool {
        matches!(
            self.shape,
            Shape::Key
                | Shape::Plain
                | Shape::OmitDefault
                | Shape::OmitDefaultNullable
                | Shape::Flatten { .. }
        )
    }

    pub(crate) fn derefs(&self) -> bool {
        self.shape == Shape::Flatten { deref: true }
    }
}

/// The words inside `#[model(...)]` of one field.
#[derive(Default)]
struct Attributes {
    always: bool,
    deref: bool,
    flatten: bool,
    key: bool,
    null_flag: bool,
    nullable: bool,
    omit_default: bool,
    optional: bool,
    rename: Option<String>,
}

impl Attributes {
    fn read(&mut self, attribute: &syn::Attribute) -> Result<()> {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                self.rename = Some(meta.value()?.parse::<LitStr>()?.value());
                return Ok(());
            }
            let words = [
                ("always", &mut self.always),
                ("deref", &mut self.deref),
                ("flatten", &mut self.flatten),
                ("key", &mut self.key),
                ("null_flag", &mut self.null_flag),
                ("nullable", &mut self.nullable),
                ("omit_default", &mut self.omit_default),
                ("optional", &mut self.optional),
            ];
            for (word, given) in words {
                if meta.path.is_ident(word) {
                    *given = true;
                    return Ok(());
                }
            }
            Err(meta.error(
                "unknown attribute: expected `key`, `always`, `nullable`, `optional`, `null_flag`, \
                 `omit_default`, `flatten`, `deref` or `rename = \"...\"`",
            ))
        })
    }

    fn shape(&self, ty: &Type, span: Span) -> Result<Shape> {
        let kinds = [
            self.always,
            self.flatten,
            self.key,
            self.null_flag,
            self.nullable || self.omit_default,
        ];
        if kinds.into_iter().filter(|given| *given).count() > 1 {
            return Err(Error::new(
                span,
                "`key`, `always`, `null_flag`, `flatten` and what says how a value may be missing exclude each other",
            ));
        }
        if self.deref && !self.flatten {
            return Err(Error::new(span, "`deref` needs `flatten`"));
        }
        if self.optional && !self.nullable {
            return Err(Error::new(
                span,
                "`optional` goes with `nullable`: an `Option` alone is optional anyway",
            ));
        }
        let inner = option_of(ty);
        if self.flatten {
            if self.rename.is_some() {
                return Err(Error::new(span, "a flattened field has no key to rename"));
            }
            return match inner {
                Some(_) => Err(Error::new(span, "a flattened field cannot be an `Option`")),
                None => Ok(Shape::Flatten { deref: self.deref }),
            };
        }
        if self.key {
            return match inner {
                Some(_) => Err(Error::new(
                    span,
                    "a `key` field is required: drop the `Option`",
                )),
                None => Ok(Shape::Key),
            };
        }
        if self.null_flag {
            return if is_bool(ty) {
                Ok(Shape::NullFlag)
            } else {
                Err(Error::new(span, "a `null_flag` field is a `bool`"))
            };
        }
        match inner {
            None if self.always => Err(Error::new(
                span,
                "a field that is no `Option` is always there anyway",
            )),
            None if self.omit_default && self.nullable => Ok(Shape::OmitDefaultNullable),
            None if self.nullable => Err(Error::new(span, "a `nullable` field is an `Option`")),
            None if self.omit_default => Ok(Shape::OmitDefault),
            None => Ok(Shape::Plain),
            Some(_) if self.omit_default => Err(Error::new(
                span,
                "an `Option` is left out when `None` anyway",
            )),
            Some(_) if self.optional => Ok(Shape::OptionalNullable),
            Some(_) if self.nullable => Ok(Shape::Nullable),
            Some(_) if self.always => Ok(Shape::Always),
            Some(inner) if option_of(inner).is_some() => Ok(Shape::Patch),
            Some(_) => Ok(Shape::Optional),
        }
    }
}

/// `T` of `Option<T>`, as written.
pub(crate) fn option_of(ty: &Type) -> Option<&Type> {
    let (_, arguments) = arguments_of(ty).filter(|(name, _)| *name == "Option")?;
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

/// The name of a generic type, as written, and its arguments.
pub(crate) fn arguments_of(ty: &Type) -> Option<(&Ident, &AngleBracketedGenericArguments)> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => Some((&last.ident, arguments)),
        _ => None,
    }
}

fn is_bool(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("bool"))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    fn refusal(input: DeriveInput) -> String {
        match Definition::parse(input) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn misuse_is_refused_with_a_reason() {
        let cases: [(DeriveInput, &str); 17] = [
            (parse_quote! { enum A { B } }, "named fields"),
            (parse_quote! { struct A(u8); }, "named fields"),
            (parse_quote! { struct A; }, "named fields"),
            (
                parse_quote! { struct A<T> { a: T } },
                "no generic parameters",
            ),
            (
                parse_quote! { struct A { #[model(kee)] a: u8 } },
                "unknown attribute",
            ),
            (
                parse_quote! { struct A { #[model(key)] a: Option<u8> } },
                "drop the `Option`",
            ),
            (
                parse_quote! { struct A { #[model(nullable)] a: u8 } },
                "is an `Option`",
            ),
            (
                parse_quote! { struct A { #[model(null_flag)] a: Option<bool> } },
                "is a `bool`",
            ),
            (
                parse_quote! { struct A { #[model(optional)] a: Option<u8> } },
                "goes with `nullable`",
            ),
            (
                parse_quote! { struct A { #[model(omit_default)] a: Option<u8> } },
                "left out",
            ),
            (
                parse_quote! { struct A { #[model(deref)] a: B } },
                "needs `flatten`",
            ),
            (
                parse_quote! { struct A { #[model(flatten)] a: Option<B> } },
                "cannot be an `Option`",
            ),
            (
                parse_quote! { struct A { #[model(flatten, rename = "b")] a: B } },
                "no key",
            ),
            (
                parse_quote! { struct A { #[model(key, nullable)] a: u8 } },
                "exclude each other",
            ),
            (
                parse_quote! { struct A { #[model(always)] a: u8 } },
                "always there anyway",
            ),
            (
                parse_quote! { struct A { #[model(always, nullable)] a: Option<u8> } },
                "exclude each other",
            ),
            (
                parse_quote! { struct A { b: u8, #[model(rename = "b")] a: u8 } },
                "already taken",
            ),
        ];
        for (input, reason) in cases {
            let refusal = refusal(input);
            assert!(
                refusal.contains(reason),
                "{refusal:?} should say {reason:?}"
            );
        }
    }

    #[test]
    fn raw_names_lose_their_prefix_on_the_wire() -> Result<()> {
        let model = Definition::parse(parse_quote! { struct A { r#type: u8, r#in: Option<u8> } })?;
        let keys = model.fields.iter().map(|field| field.key.as_str());
        assert_eq!(keys.collect::<Vec<_>>(), ["type", "in"]);
        Ok(())
    }
}
