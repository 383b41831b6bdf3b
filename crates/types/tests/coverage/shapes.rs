//! What the models say of their fields against what the documentation says.

use polycord_types::{
    catalog::{self, EnumKind},
    decode::{FieldSchema, Presence},
};

use crate::{
    allowed,
    facts::{Facts, Field, Ty},
    findings::Findings,
    models::{Modelled, models},
};

#[test]
fn every_documented_field_has_its_type_and_its_presence() {
    let Some(facts) = Facts::load() else { return };
    let mut findings = Findings::default();
    let (mut known, mut all, mut form_parts) = (0, 0, 0);
    let (models, missing) = models(&facts);
    for key in missing {
        findings.note(key, "it has no model, or no line in `catalog`");
    }
    for model in &models {
        let Some(schema) = model.model.schema() else {
            // A union has no fields of its own, a map any.
            let fields = &model.documented.fields;
            findings.check(
                fields.iter().all(|field| field.name == "*"),
                model.key,
                format_args!("{} is no model", model.model.rust()),
            );
            continue;
        };
        let fields = facts.fields(model.key);
        for field in &fields {
            if field.is_form_part() {
                form_parts += 1;
                continue;
            }
            all += 1;
            let place = format!("{}.{}", model.key, field.name);
            if model.is_tag(&facts, field) {
                known += 1;
                continue;
            }
            match schema.all_fields().find(|known| known.key == field.name) {
                Some(schema) => {
                    known += 1;
                    check(&mut findings, &place, model, field, schema);
                }
                None => findings.note(
                    &place,
                    format_args!("{} has no such field", model.model.rust()),
                ),
            }
        }
        for extra in schema.all_fields() {
            let place = format!("{}.{}", model.model.name(), extra.key);
            findings.check(
                fields.iter().any(|field| field.name == extra.key)
                    || model.documented.undocumented.contains(extra.key)
                    || allowed::UNDOCUMENTED.iter().any(|(at, _)| *at == place),
                &place,
                format_args!("{} has it, the documentation does not", model.model.rust()),
            );
        }
    }
    println!("{known} of {all} fields; left out: {form_parts} parts of forms beside the JSON");
    findings.finish();
}

#[test]
fn free_json_is_rare() {
    let mut free = catalog::structures()
        .iter()
        .chain(catalog::events())
        .filter_map(catalog::Structure::schema)
        .flat_map(|schema| {
            schema
                .fields
                .iter()
                .filter(|field| is_free(field.rust_type))
                .map(|field| format!("{}.{}", schema.name, field.key))
        })
        .collect::<Vec<_>>();
    free.sort_unstable();
    free.dedup();
    let mut findings = Findings::default();
    for field in &free {
        findings.check(
            allowed::FREE_JSON.iter().any(|(name, _)| name == field),
            field,
            "it is free JSON",
        );
    }
    for (name, reason) in allowed::FREE_JSON {
        println!("free JSON: {name}: {reason}");
        findings.check(
            free.iter().any(|field| field == name),
            name,
            "it is not there",
        );
    }
    findings.check(
        free.len() <= 12,
        "all",
        format_args!("{} fields", free.len()),
    );
    findings.finish();
}

fn is_free(rust_type: &str) -> bool {
    let names = rust_type.split(|c: char| !c.is_alphanumeric() && c != '_');
    names
        .into_iter()
        .any(|name| ["Value", "RawValue"].contains(&name))
}

fn check(
    findings: &mut Findings,
    place: &str,
    model: &Modelled<'_>,
    field: &Field,
    schema: &FieldSchema,
) {
    let (optional, nullable) = allowed::presence(model.key, field);
    let expected = match (optional, nullable) {
        _ if field.ty == Ty::NullFlag => Presence::Flag,
        (false, false) => Presence::Always,
        (false, true) => Presence::Nullable,
        (true, false) => Presence::Optional,
        (true, true) => Presence::OptionalNullable,
    };
    findings.check(
        schema.presence == expected,
        place,
        format_args!(
            "{} says {:?}, documented is {expected:?}",
            model.model.rust(),
            schema.presence
        ),
    );
    if schema.identifies {
        findings.check(
            matches!(field.ty, Ty::Snowflake | Ty::Ref(_) | Ty::Partial(_))
                || allowed::IDENTIFIES.contains(&field.name.as_str()),
            place,
            "it is neither an id nor an object, but identifies",
        );
    }
    if allowed::TYPES
        .iter()
        .any(|(ty, rust, _)| *ty == field.documented && *rust == bare(schema.rust_type))
    {
        return;
    }
    if let Err(expected) = fits(&field.ty, field, schema.rust_type) {
        findings.note(
            place,
            format_args!(
                "{} has it as `{}`, documented is {}: expected {expected}",
                model.model.rust(),
                schema.rust_type,
                field.documented
            ),
        );
    }
}

/// The type within `Option` and `Box`.
fn bare(rust: &str) -> &str {
    ["Option", "Box", "Arc"]
        .into_iter()
        .find_map(|wrapper| inside(rust, wrapper))
        .map_or(rust, bare)
}

fn inside<'a>(rust: &'a str, wrapper: &str) -> Option<&'a str> {
    rust.strip_prefix(wrapper)?
        .strip_prefix('<')?
        .strip_suffix('>')
}

/// Whether the Rust type is one that this documented type maps to; what would be, where it is not.
fn fits(ty: &Ty, field: &Field, rust: &str) -> Result<(), String> {
    let rust = bare(rust);
    let name = rust.rsplit("::").next().unwrap_or(rust);
    let of = |names: &[&str], expected: &str| {
        if names.contains(&name) {
            Ok(())
        } else {
            Err(expected.to_owned())
        }
    };
    let values = match ty {
        Ty::Enum(title) => Some(title),
        Ty::Integer | Ty::String => field.values.as_ref(),
        _ => None,
    };
    if let Some(title) = values {
        let stands = catalog::enums()
            .iter()
            .any(|one| one.documented() == title && one.name() == name);
        return if stands {
            Ok(())
        } else {
            Err(format!("the enum of \"{title}\""))
        };
    }
    let is_enum = |kinds: &[EnumKind]| {
        catalog::enums()
            .iter()
            .any(|one| one.name() == name && kinds.contains(&one.kind()))
    };
    match ty {
        Ty::Any | Ty::Object => of(&["Value"], "free JSON"),
        Ty::Array(inner) => match inside(rust, "Vec") {
            Some(element) => fits(inner, field, element),
            None => Err("a Vec".to_owned()),
        },
        Ty::Boolean | Ty::NullFlag => of(&["bool"], "a bool"),
        Ty::Float => of(&["f64", "f32"], "an f64"),
        Ty::Integer if is_enum(&[EnumKind::Integer, EnumKind::Flags]) => Ok(()),
        Ty::Integer => of(
            &[
                "u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "Color",
            ],
            "an integer",
        ),
        Ty::Map(key, value) => {
            let inner = inside(rust, "BTreeMap").ok_or("a BTreeMap")?;
            let (rust_key, rust_value) = inner.split_once(',').ok_or("two parameters")?;
            fits(key, field, rust_key)?;
            fits(value, field, rust_value)
        }
        Ty::Snowflake | Ty::String if name.ends_with("Id") => Ok(()),
        Ty::Snowflake => Err("an id".to_owned()),
        Ty::String if is_enum(&[EnumKind::String]) => Ok(()),
        Ty::String => of(&["Text", "ImageHash", "Secret", "DataUri"], "a Text"),
        Ty::Timestamp => of(&["Timestamp"], "a Timestamp"),
        Ty::Upload => of(&["DataUri"], "a DataUri"),
        Ty::Partial(key)
            if allowed::PARTS
                .iter()
                .any(|(part, whole)| *part == name && whole == key) =>
        {
            Ok(())
        }
        Ty::Partial(key) | Ty::Ref(key) => {
            let stands = catalog::structures()
                .iter()
                .any(|one| one.documented() == key && one.name() == name);
            if stands {
                Ok(())
            } else {
                Err(format!("the model of \"{key}\""))
            }
        }
        Ty::OneOf(_) | Ty::Tuple(_) | Ty::Enum(_) => Err("a type of its own".to_owned()),
    }
}
