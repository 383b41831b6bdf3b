//! Every value of every enum by its documented name.

use std::collections::BTreeMap;

use polycord_types::{
    catalog::{self, EnumKind, EnumValue, Enumeration},
    cdn::ImageFormat,
    mention::TimestampStyle,
};
use serde_json::Value;

use crate::{
    allowed,
    facts::{Enum, Facts},
    findings::Findings,
};

#[test]
fn every_value_of_every_enum_has_its_documented_name() {
    let Some(facts) = Facts::load() else { return };
    let mut findings = Findings::default();
    let (mut known, mut all, mut values) = (0, 0, 0);
    for (title, documented) in &facts.enums {
        all += 1;
        if let Some(named) = without_json(title) {
            known += 1;
            values += names(&mut findings, title, documented, title, &named);
            continue;
        }
        let types = catalog::enums()
            .iter()
            .filter(|one| one.documented() == title)
            .collect::<Vec<_>>();
        if types.is_empty() {
            findings.note(title, "it has no type, or no line in `catalog`");
            continue;
        }
        known += 1;
        for one in types {
            values += compare(&mut findings, title, documented, one);
        }
    }
    println!("{known} of {all} enums, {values} values");
    findings.finish();
}

fn compare(
    findings: &mut Findings,
    title: &str,
    documented: &Enum,
    one: &'static Enumeration,
) -> usize {
    let rust = one.name();
    let expected = match documented.kind.as_str() {
        "flags" => EnumKind::Flags,
        "enum" => EnumKind::Integer,
        _ => EnumKind::String,
    };
    findings.check(
        one.kind() == expected,
        title,
        format_args!("{rust} is {:?}, documented is {expected:?}", one.kind()),
    );
    for (_, value) in &documented.values {
        let json = value.to_string();
        match one.inspect(&json) {
            Ok(inspected) => findings.check(
                text(&inspected.reserialized) == text(&json) && inspected.report.is_empty(),
                title,
                format_args!("{json} is written as {}", inspected.reserialized),
            ),
            Err(error) => findings.note(title, error),
        }
    }
    // Numbers of 31 bits, or of 63 where they stand in a text.
    let unknown = match documented.unknown(false) {
        Value::Number(number) if number.as_u64() == Some(0) => documented.unknown(true),
        unknown => unknown,
    }
    .to_string();
    match one.inspect(&unknown) {
        Ok(inspected) => findings.check(
            text(&inspected.reserialized) == text(&unknown)
                && inspected.report.unknown_values.len() == 1,
            title,
            format_args!(
                "the unknown {unknown} is written as {}, and reported {} times",
                inspected.reserialized,
                inspected.report.unknown_values.len()
            ),
        ),
        Err(error) => findings.note(title, error),
    }
    let named = one
        .values()
        .into_iter()
        .map(|(name, value)| (on_the_wire(value), name.to_owned()))
        .collect();
    names(findings, title, documented, rust, &named)
}

/// The enums that stand in texts and addresses only.
fn without_json(title: &str) -> Option<BTreeMap<String, String>> {
    let named = match title {
        "Image Formats" => [
            ImageFormat::Jpeg,
            ImageFormat::Png,
            ImageFormat::WebP,
            ImageFormat::Gif,
            ImageFormat::Lottie,
        ]
        .iter()
        .map(|format| (format!(".{}", format.extension()), format!("{format:?}")))
        .collect(),
        "Timestamp Styles" => TimestampStyle::ALL
            .iter()
            .map(|style| (style.letter().to_string(), format!("{style:?}")))
            .collect(),
        _ => return None,
    };
    Some(named)
}

/// Compares the names; returns how many are documented.
fn names(
    findings: &mut Findings,
    title: &str,
    documented: &Enum,
    rust: &str,
    named: &BTreeMap<String, String>,
) -> usize {
    for (ident, value) in &documented.values {
        let wire = text(&value.to_string());
        match named.get(&wire) {
            None => findings.note(title, format_args!("{rust} lacks {ident} = {wire}")),
            Some(name) => findings.check(
                plain(name) == plain(ident) || allowed::has_no_names(title),
                title,
                format_args!("{rust} calls {wire} {name}, documented is {ident}"),
            ),
        }
    }
    for (wire, name) in named {
        let is_documented = documented
            .values
            .iter()
            .any(|(_, value)| text(&value.to_string()) == *wire);
        let is_allowed = allowed::VALUES
            .iter()
            .any(|(enumeration, value, _)| *enumeration == rust && value == name);
        findings.check(
            is_documented || documented.undocumented.contains(wire) || is_allowed,
            title,
            format_args!("{rust} has {name} = {wire}, the documentation does not"),
        );
    }
    documented.values.len()
}

fn on_the_wire(value: EnumValue) -> String {
    match value {
        EnumValue::Integer(number) => number.to_string(),
        EnumValue::String(text) => text.to_owned(),
        _ => String::new(),
    }
}

fn text(json: &str) -> String {
    match serde_json::from_str(json) {
        Ok(Value::String(text)) => text,
        Ok(other) => other.to_string(),
        Err(error) => error.to_string(),
    }
}

/// A name whatever the case and the separators.
fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}
