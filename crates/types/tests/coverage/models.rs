//! Which model stands for which structure.

use polycord_types::catalog::{self, Structure};
use serde_json::Value;

use crate::{
    allowed,
    facts::{self, Facts},
    payload::{Maker, Payload},
};

/// A documented structure with its model.
pub(crate) struct Modelled<'a> {
    pub(crate) key: &'a str,
    pub(crate) documented: &'a facts::Structure,
    pub(crate) model: &'static Structure,
}

/// Every structure with a model, and the keys of those without, which ought to have one.
pub(crate) fn models(facts: &Facts) -> (Vec<Modelled<'_>>, Vec<&str>) {
    let (mut models, mut missing) = (Vec::new(), Vec::new());
    for (key, documented) in &facts.structures {
        let model = catalog::structures()
            .iter()
            .find(|model| model.documented() == key);
        match model {
            Some(model) => models.push(Modelled {
                key,
                documented,
                model,
            }),
            None if allowed::left_out(key).is_some() => {}
            None => missing.push(key.as_str()),
        }
    }
    (models, missing)
}

/// The models of structures that are there in part, beside those of the whole.
pub(crate) fn parts(facts: &Facts) -> Vec<Modelled<'_>> {
    let mut parts = Vec::new();
    for (key, documented) in &facts.structures {
        let models = catalog::structures()
            .iter()
            .filter(|model| model.documented() == key);
        parts.extend(models.skip(1).map(|model| Modelled {
            key,
            documented,
            model,
        }));
    }
    parts
}

impl Modelled<'_> {
    /// The payloads that show all of it, and of what stands within two steps below.
    pub(crate) fn payloads(&self, facts: &Facts) -> Vec<Payload> {
        self.payloads_of_depth(facts, 2)
    }

    /// The payloads that show all that a model of a part knows.
    pub(crate) fn payloads_in_part(&self, facts: &Facts) -> Vec<Payload> {
        let mut payloads = Maker::new(facts, 1).payloads(self.key);
        for payload in &mut payloads {
            payload.parts.insert(String::new());
            self.leave_known(payload);
        }
        payloads
    }

    /// The payloads that show all of it. What is there in part has the fields that its model knows.
    pub(crate) fn payloads_of_depth(&self, facts: &Facts, depth: usize) -> Vec<Payload> {
        let mut payloads = Maker::new(facts, depth).payloads(self.key);
        for payload in &mut payloads {
            self.leave_known(payload);
        }
        payloads
    }

    /// Takes out what models of parts do not know.
    fn leave_known(&self, payload: &mut Payload) {
        let Ok(inspected) = self.model.inspect(&payload.value.to_string()) else {
            return;
        };
        for unknown in &inspected.report.unknown_fields {
            let path = unknown.path.as_str();
            let (parent, field) = path.rsplit_once('.').unwrap_or(("", path));
            if payload.parts.contains(parent) {
                payload.remove(parent, field);
            }
        }
    }

    /// Whether the payload has a field that only members of unions have, which their models do not.
    pub(crate) fn is_tag(&self, facts: &Facts, field: &facts::Field) -> bool {
        facts
            .tag(self.key)
            .is_some_and(|(tag, _)| *tag == field.name)
            || (field.name == "type" && field.constant.is_some())
    }
}

impl Payload {
    /// Takes a field out of the structure at this path, and all that stands below it.
    pub(crate) fn remove(&mut self, object: &str, field: &str) {
        if let Some(object) = at(&mut self.value, object).and_then(Value::as_object_mut) {
            object.remove(field);
        }
        let path = if object.is_empty() {
            field.to_owned()
        } else {
            format!("{object}.{field}")
        };
        let inside = |other: &String| {
            other
                .strip_prefix(&path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.objects.retain(|object| !inside(object));
    }
}

/// The value at a path, as reports write them.
pub(crate) fn at<'a>(value: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    let mut value = value;
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        value = match step.strip_suffix(']') {
            Some(index) => value.get_mut(index.parse::<usize>().ok()?)?,
            None => value.get_mut(step)?,
        };
    }
    Some(value)
}
