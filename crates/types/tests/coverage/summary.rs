//! How much of the documentation is there.

use std::collections::BTreeMap;

use crate::{allowed, facts::Facts, findings::Findings, models::models};

#[test]
fn every_structure_has_a_model() {
    let Some(facts) = Facts::load() else { return };
    let (models, missing) = models(&facts);
    let mut by_kind = BTreeMap::<&str, (usize, usize)>::new();
    for (key, structure) in &facts.structures {
        let (known, all) = by_kind.entry(&structure.kind).or_default();
        if let Some(reason) = allowed::left_out(key) {
            println!("left out: {key}: {reason}");
            continue;
        }
        *all += 1;
        *known += usize::from(models.iter().any(|model| model.key == key));
    }
    for (kind, (known, all)) in by_kind {
        println!("{kind}: {known} of {all} structures");
    }
    for (key, count) in &facts.left_out {
        println!("left out: {count} structures of {key}");
    }
    println!(
        "{} of {} structures",
        models.len(),
        models.len() + missing.len()
    );
    let mut findings = Findings::default();
    for key in missing {
        findings.note(key, "it has no model, or no line in `catalog`");
    }
    findings.finish();
}

#[test]
fn every_component_has_the_fields_that_all_components_share() {
    let Some(facts) = Facts::load() else { return };
    let mut findings = Findings::default();
    let shared = &facts.structures["components/reference#Component Common Fields"];
    let components = &facts.structures["components/reference#Component Object"];
    for (_, component) in &components.variants {
        let component = component.as_deref().unwrap_or_default();
        let fields = facts.fields(component);
        for field in &shared.fields {
            findings.check(
                fields.iter().any(|own| own.name == field.name),
                component,
                format_args!("its table lacks `{}`", field.name),
            );
        }
    }
    findings.check(
        !components.variants.is_empty(),
        "components",
        "there are none",
    );
    findings.finish();
}
