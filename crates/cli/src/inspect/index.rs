//! Lists of files that say what each file holds.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{frame, names, subject::Subject};

/// A file, and what its objects are.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) path: PathBuf,
    pub(super) subject: Subject,
}

/// Reads an index; what is wrong with it is told in words.
pub(super) fn read(path: &Path) -> Result<Vec<Entry>, String> {
    let text = fs::read_to_string(path).map_err(|error: io::Error| error.to_string())?;
    let index = serde_json::from_str::<Value>(&text).map_err(|error| error.to_string())?;
    let entries = index.get("examples").unwrap_or(&index);
    let Value::Array(entries) = entries else {
        return Err(
            "expected a list of files, or an object with the list as `examples`".to_owned(),
        );
    };
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    let entry = |(number, entry): (usize, &Value)| {
        let text = |key| {
            entry
                .get(key)
                .and_then(Value::as_str)
                .ok_or_else(|| format!("entry {} lacks `{key}`", number + 1))
        };
        let name = text("instance_of")?;
        Ok(Entry {
            path: folder.join(text("file")?),
            subject: subject(name, text("what").ok()),
        })
    };
    entries.iter().enumerate().map(entry).collect()
}

fn subject(name: &str, what: Option<&str>) -> Subject {
    match what {
        Some("gateway-payload") => Subject::FrameOf(name.to_owned()),
        Some("partial") => Subject::named(name).partial(),
        _ if names::find_event(name).is_none() && frame::is_other(name) => {
            Subject::FrameOf(name.to_owned())
        }
        _ => Subject::named(name),
    }
}
