use polycord_types::{
    catalog::Structure,
    decode::{DecodeError, Report},
};

/// What came of reading one object.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What it is: the name of an event or of another frame, or of a documented structure; `unknown` where that
    /// could not be told.
    pub(super) kind: String,
    pub(super) findings: Vec<Finding>,
}

/// Something to tell about an object.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Finding {
    pub(super) class: Class,
    /// Where, from the root of the object; empty for the object itself.
    pub(super) path: String,
    /// The value that has no name as JSON, or the problem in words; empty for an unknown field.
    pub(super) detail: String,
}

/// In the order in which a summary tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    UnknownField,
    /// With the type that has no name for it.
    UnknownValue(&'static str),
    /// With the name of its kind.
    Deviation(&'static str),
    Failure,
}

impl Reading {
    pub(super) fn of(kind: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            findings: Vec::new(),
        }
    }

    /// What could not be read.
    pub(super) fn failed(kind: impl Into<String>, path: &str, problem: impl Into<String>) -> Self {
        let mut reading = Self::of(kind);
        reading.note(Class::Failure, path, problem);
        reading
    }

    pub(super) fn note(
        &mut self,
        class: Class,
        path: impl Into<String>,
        detail: impl Into<String>,
    ) {
        self.findings.push(Finding {
            class,
            path: path.into(),
            detail: detail.into(),
        });
    }

    /// Reads JSON that stands at a path of the object, and notes what there is to tell about it.
    pub(super) fn inspect(&mut self, structure: &Structure, json: &str, at: &str) {
        match structure.inspect(json) {
            Ok(inspected) => self.note_all(inspected.report, at),
            Err(error) => self.note_error(&error, at),
        }
    }

    pub(super) fn has_failed(&self) -> bool {
        self.of_class(|class| class == Class::Failure)
            .next()
            .is_some()
    }

    pub(super) fn of_class(&self, which: impl Fn(Class) -> bool) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(move |finding| which(finding.class))
    }

    pub(super) fn note_all(&mut self, report: Report, at: &str) {
        for field in report.unknown_fields {
            self.note(Class::UnknownField, join(at, &field.path), "");
        }
        for value in report.unknown_values {
            self.note(
                Class::UnknownValue(value.type_name),
                join(at, &value.path),
                value.value.to_string(),
            );
        }
        for deviation in report.deviations {
            self.note(
                Class::Deviation(deviation.kind.name()),
                join(at, &deviation.path),
                deviation.problem,
            );
        }
    }

    pub(super) fn note_error(&mut self, error: &DecodeError, at: &str) {
        self.note(Class::Failure, join(at, error.path()), error.problem());
    }
}

/// A path below a path.
pub(super) fn join(at: &str, path: &str) -> String {
    match (at, path) {
        ("", path) => path.to_owned(),
        (at, "") => at.to_owned(),
        (at, path) if path.starts_with('[') => format!("{at}{path}"),
        (at, path) => format!("{at}.{path}"),
    }
}
