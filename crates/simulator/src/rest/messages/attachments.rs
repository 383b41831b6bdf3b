//! Attachments: what was uploaded with a message, and what an edit keeps.

use serde_json::{Value, json};

use crate::core::{Core, State};
use crate::rest::form::{Field, Wrong};
use crate::rest::multipart::Upload;
use crate::rest::reply::Failure;
use crate::world::objects;

/// Files of a message.
const MAX: usize = 10;
/// Bytes of one file, where the guild has no boosts.
const MAX_BYTES: usize = 10 * 1024 * 1024;
/// Where attachments are, as Discord's URLs say.
const CDN: &str = "https://cdn.discordapp.com/attachments";
const PROXY: &str = "https://media.discordapp.net/attachments";
/// How long a URL works, in seconds.
const URL_LIVES: u64 = 24 * 60 * 60;

/// The form of `attachments`.
pub(crate) const ATTACHMENTS: Field = Field::list(
    "attachments",
    MAX,
    &[
        Field::id("id").required(),
        Field::text("filename", 0, 1_024).or_null(),
        Field::text("title", 0, 1_024).or_null(),
        Field::text("description", 0, 1_024).or_null(),
        Field::number("duration_secs", 0.0, 1_200.0).or_null(),
        Field::text("waveform", 0, 400).or_null(),
        Field::boolean("is_spoiler").or_null(),
    ],
)
.or_null();

impl Core {
    /// The attachments a message has when `told` (the form's `attachments`) and `files` were given;
    /// `old` are those it had.
    pub(super) fn attach(
        &self,
        state: &mut State,
        channel: u64,
        told: Option<&Value>,
        files: &[Upload],
        old: &[Value],
    ) -> Result<Vec<Value>, Failure> {
        let told = told.and_then(Value::as_array);
        let of = |id: u64| {
            let mut described = told.into_iter().flatten();
            described.find(|known| objects::snowflake(&known["id"]) == Some(id))
        };
        let kept = old
            .iter()
            .filter(|known| told.is_none() || of(objects::id(known)).is_some());
        let mut attached: Vec<Value> = kept.cloned().collect();
        for known in &mut attached {
            if let Some(described) = of(objects::id(known)) {
                describe(known, described);
            }
        }
        if attached.len() + files.len() > MAX {
            let message = "Maximum number of attachments in a message reached (10)";
            return Err(Failure::new(400, 30_015, message));
        }
        let mut wrong = Wrong::default();
        for (index, described) in told.into_iter().flatten().enumerate() {
            let id = objects::snowflake(&described["id"]);
            let known = old.iter().any(|old| Some(objects::id(old)) == id)
                || files.iter().any(|file| file.number() == id);
            if !known {
                let id = id.unwrap_or_default();
                let message = format!("Uploaded attachment id {id} not found in request.");
                let field = format!("attachments.{index}");
                wrong.note(&field, "ATTACHMENT_NOT_FOUND", &message);
            }
        }
        wrong.refuse()?;
        for file in files {
            if file.bytes.len() > MAX_BYTES {
                return Err(Failure::new(413, 40_005, "Request entity too large"));
            }
            let described = file.number().and_then(of);
            attached.push(self.upload(state, channel, file, described));
        }
        Ok(attached)
    }

    /// The attachment that a file becomes.
    fn upload(
        &self,
        state: &mut State,
        channel: u64,
        file: &Upload,
        described: Option<&Value>,
    ) -> Value {
        let id = self.next_id(state);
        let named = described.and_then(|described| described["filename"].as_str());
        let name = file_name(named.unwrap_or(&file.name));
        let issued = self.clock.now_ms() / 1_000;
        let path = format!(
            "{channel}/{id}/{name}?ex={:x}&is={issued:x}&hm={:064x}",
            issued + URL_LIVES,
            id
        );
        let mut made = json!({
            "id": id.to_string(),
            "filename": name,
            "size": file.bytes.len(),
            "url": format!("{CDN}/{path}&"),
            "proxy_url": format!("{PROXY}/{path}&"),
        });
        let kind = file
            .content_type
            .as_deref()
            .filter(|kind| *kind != "application/octet-stream");
        if let Some(kind) = kind.or_else(|| kind_of(&name)) {
            made["content_type"] = Value::from(kind);
        }
        if let Some((width, height)) = dimensions(&file.bytes) {
            made["width"] = Value::from(width);
            made["height"] = Value::from(height);
        }
        if let Some(described) = described {
            describe(&mut made, described);
        }
        made
    }
}

/// Takes over what a form says about an attachment.
fn describe(attachment: &mut Value, described: &Value) {
    for field in ["title", "description", "duration_secs", "waveform"] {
        if !described[field].is_null() {
            attachment[field] = described[field].clone();
        }
    }
    if described["is_spoiler"] == true {
        attachment["flags"] = Value::from(1 << 3);
    }
}

/// Puts the URL of an attachment wherever `attachment://NAME` stands.
pub(super) fn resolve(value: &mut Value, attachments: &[Value]) {
    match value {
        Value::String(text) => {
            let name = text.strip_prefix("attachment://").map(file_name);
            let found = name.and_then(|name| attachments.iter().find(|a| a["filename"] == name));
            if let Some(url) = found.and_then(|found| found["url"].as_str()) {
                url.clone_into(text);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| resolve(item, attachments)),
        Value::Object(fields) => {
            // Only where a URL is meant: a text may say the same.
            for (name, field) in fields.iter_mut() {
                let url = matches!(name.as_str(), "url" | "icon_url");
                if url || field.is_object() || field.is_array() {
                    resolve(field, attachments);
                }
            }
        }
        _ => {}
    }
}

/// A file's name as Discord keeps it: no spaces, no path.
fn file_name(name: &str) -> String {
    let kept = name.chars().filter_map(|character| match character {
        ' ' => Some('_'),
        '.' | '_' | '-' => Some(character),
        character if character.is_alphanumeric() => Some(character),
        _ => None,
    });
    let name: String = kept.take(260).collect();
    if name.is_empty() {
        "unknown".to_owned()
    } else {
        name
    }
}

fn kind_of(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "mp4" => "video/mp4",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "json" => "application/json; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

/// Width and height of a PNG or GIF, as its first bytes say.
fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let number = |at: usize| {
            bytes
                .get(at..at + 4)?
                .try_into()
                .ok()
                .map(u32::from_be_bytes)
        };
        return Some((number(16)?, number(20)?));
    }
    if bytes.starts_with(b"GIF8") {
        let number = |at: usize| {
            bytes
                .get(at..at + 2)?
                .try_into()
                .ok()
                .map(u16::from_le_bytes)
        };
        return Some((number(6)?.into(), number(8)?.into()));
    }
    None
}
