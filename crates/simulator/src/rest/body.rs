//! What comes with a request, or with the answer to an interaction: JSON, or a form.

use bytes::Bytes;
use http::{HeaderMap, header};
use serde_json::{Map, Value, json};

use super::multipart::{self, Unreadable, Upload};
use super::reactions::unescape;
use super::reply::Failure;

/// Fields of a form that are read.
const MAX_FIELDS: usize = 64;

/// Reads a body as its `Content-Type` says; `null` where there is none.
///
/// # Errors
///
/// Another type than a body may have, or what is not of the type it says.
pub(crate) fn read(headers: &HeaderMap, body: &Bytes) -> Result<(Value, Vec<Upload>), Failure> {
    if body.is_empty() {
        return Ok((Value::Null, Vec::new()));
    }
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let media = kind.split(';').next().unwrap_or_default().trim();
    match media.to_ascii_lowercase().as_str() {
        "application/json" => {
            let body = serde_json::from_slice(body).map_err(|_| not_json())?;
            Ok((body, Vec::new()))
        }
        "multipart/form-data" => {
            multipart::read(kind, body).map_err(|unreadable| match unreadable {
                Unreadable::Malformed => Failure::new(400, 0, "400: Bad Request"),
                Unreadable::NotJson => not_json(),
            })
        }
        "application/x-www-form-urlencoded" => {
            let pairs = body.split(|byte| *byte == b'&').take(MAX_FIELDS);
            let pairs = pairs.filter_map(|pair| std::str::from_utf8(pair).ok());
            let fields: Map<String, Value> = pairs
                .filter_map(|pair| pair.split_once('='))
                .map(|(name, value)| (decoded(name), Value::from(decoded(value))))
                .collect();
            Ok((Value::Object(fields), Vec::new()))
        }
        _ => {
            let message = "Expected \"Content-Type\" header to be one of {'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'}.";
            let wrong = json!({ "code": "CONTENT_TYPE_INVALID", "message": message });
            Err(Failure::form(json!({ "_errors": [wrong] })))
        }
    }
}

fn not_json() -> Failure {
    Failure::new(400, 50_109, "The request body contains invalid JSON.")
}

fn decoded(text: &str) -> String {
    unescape(&text.replace('+', " "))
}
