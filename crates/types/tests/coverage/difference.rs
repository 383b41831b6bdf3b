//! Where two values differ.

use serde_json::Value;

use crate::findings::Findings;

/// Notes what was lost, added or changed when `read` was written again.
pub(crate) fn note(findings: &mut Findings, place: &str, read: &Value, written: &Value) {
    compare(findings, place, "", read, written);
}

fn compare(findings: &mut Findings, place: &str, path: &str, read: &Value, written: &Value) {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            for (key, value) in read {
                let path = format!("{path}.{key}");
                match written.get(key) {
                    Some(other) => compare(findings, place, &path, value, other),
                    None => findings.note(format_args!("{place}{path}"), "it is not written again"),
                }
            }
            for key in written.keys().filter(|key| !read.contains_key(*key)) {
                findings.note(
                    format_args!("{place}{path}.{key}"),
                    "it is written, though it was not read",
                );
            }
        }
        (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
            for (index, (read, written)) in read.iter().zip(written).enumerate() {
                compare(findings, place, &format!("{path}[{index}]"), read, written);
            }
        }
        _ if read == written => {}
        _ => findings.note(
            format_args!("{place}{path}"),
            format_args!("{read} is written as {written}"),
        ),
    }
}
