//! What is answered, in Discord's shapes.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

/// Characters of a refusal that a journal keeps.
const REFUSAL: usize = 500;

pub(crate) type Outcome = Result<Reply, Failure>;

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    status: u16,
    body: Option<Value>,
    /// A table, where it is not JSON that is answered.
    table: Option<String>,
}

impl Reply {
    pub(crate) fn ok(body: Value) -> Self {
        Self {
            status: 200,
            body: Some(body),
            table: None,
        }
    }

    /// What is neither a success nor in the one shape of a refusal.
    pub(crate) fn with_status(status: u16, body: Value) -> Self {
        Self {
            status,
            ..Self::ok(body)
        }
    }

    /// A table of comma-separated values.
    pub(crate) fn table(table: String) -> Self {
        Self {
            status: 200,
            body: None,
            table: Some(table),
        }
    }

    pub(crate) fn created(body: Value) -> Self {
        Self {
            status: 201,
            ..Self::ok(body)
        }
    }

    pub(crate) fn no_content() -> Self {
        Self {
            status: 204,
            body: None,
            table: None,
        }
    }

    /// What is not simulated says so, instead of pretending.
    pub(crate) fn missing(method: &str, path: &str) -> Self {
        let message = format!("the simulator does not have this yet: {method} {path}");
        Self::with_status(501, json!({ "message": message, "code": 0 }))
    }

    pub(crate) fn into_response(self) -> Response<Bytes> {
        let kind = match (&self.body, &self.table) {
            (Some(_), _) => Some("application/json"),
            (None, Some(_)) => Some("text/csv"),
            (None, None) => None,
        };
        let body = self.body.map(|body| body.to_string()).or(self.table);
        let mut response = Response::new(Bytes::from(body.unwrap_or_default()));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        if let Some(kind) = kind {
            let kind = HeaderValue::from_static(kind);
            response.headers_mut().insert(header::CONTENT_TYPE, kind);
        }
        response
    }
}

/// What a refusal says, in a line for a journal: its code and message, and what is wrong with which field.
pub(crate) fn refusal(response: &Response<Bytes>) -> Option<Box<str>> {
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return None;
    }
    let body: Value = serde_json::from_slice(response.body()).ok()?;
    let mut line = body["message"].as_str()?.to_owned();
    if let Some(code) = body["code"].as_u64().filter(|code| *code != 0) {
        line = format!("{code} {line}");
    }
    let mut open = vec![(String::new(), &body["errors"])];
    while let Some((path, place)) = open.pop() {
        for (name, inner) in place.as_object().into_iter().flatten() {
            if name != "_errors" {
                open.push((format!("{path}.{name}"), inner));
                continue;
            }
            for wrong in inner.as_array().into_iter().flatten() {
                let message = wrong["message"].as_str().unwrap_or_default();
                let field = path.trim_start_matches('.');
                let field = if field.is_empty() { "the body" } else { field };
                line = format!("{line}; {field}: {message}");
            }
        }
    }
    Some(line.chars().take(REFUSAL).collect::<String>().into())
}

/// A refusal: `{message, code}` and, for a bad form, `errors`.
#[derive(Debug)]
pub(crate) struct Failure {
    status: u16,
    code: u32,
    message: &'static str,
    errors: Option<Box<Value>>,
}

impl Failure {
    pub(crate) fn new(status: u16, code: u32, message: &'static str) -> Self {
        Self {
            status,
            code,
            message,
            errors: None,
        }
    }

    /// Code 50035 about one field, named with dots.
    pub(crate) fn invalid(field: &str, code: &str, message: &str) -> Self {
        let leaf = json!({ "_errors": [{ "code": code, "message": message }] });
        let errors = field
            .rsplit('.')
            .fold(leaf, |inner, part| json!({ part: inner }));
        Self {
            errors: Some(Box::new(errors)),
            ..Self::new(400, 50_035, "Invalid Form Body")
        }
    }

    /// Code 50035 about several fields: `errors` as they are.
    pub(crate) fn form(errors: Value) -> Self {
        Self {
            errors: Some(Box::new(errors)),
            ..Self::new(400, 50_035, "Invalid Form Body")
        }
    }

    pub(crate) fn required(field: &str) -> Self {
        Self::invalid(field, "BASE_TYPE_REQUIRED", "This field is required")
    }

    /// The same about a form that stands in this field of another.
    pub(crate) fn within(mut self, field: &str) -> Self {
        self.errors = self.errors.map(|inner| Box::new(json!({ field: *inner })));
        self
    }

    /// Status and body.
    pub(crate) fn into_parts(self) -> (u16, Value) {
        let reply = self.into_reply();
        (reply.status, reply.body.unwrap_or_default())
    }

    /// The body, for a journal.
    pub(crate) fn into_text(self) -> String {
        self.into_reply().body.unwrap_or_default().to_string()
    }

    pub(crate) fn not_found() -> Self {
        Self::new(404, 0, "404: Not Found")
    }

    pub(crate) fn other_methods() -> Self {
        Self::new(405, 0, "405: Method Not Allowed")
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, 0, "401: Unauthorized")
    }

    pub(crate) fn unknown_channel() -> Self {
        Self::new(404, 10_003, "Unknown Channel")
    }

    pub(crate) fn unknown_guild() -> Self {
        Self::new(404, 10_004, "Unknown Guild")
    }

    pub(crate) fn unknown_member() -> Self {
        Self::new(404, 10_007, "Unknown Member")
    }

    pub(crate) fn unknown_message() -> Self {
        Self::new(404, 10_008, "Unknown Message")
    }

    pub(crate) fn unknown_role() -> Self {
        Self::new(404, 10_011, "Unknown Role")
    }

    pub(crate) fn unknown_user() -> Self {
        Self::new(404, 10_013, "Unknown User")
    }

    pub(crate) fn unknown_webhook() -> Self {
        Self::new(404, 10_015, "Unknown Webhook")
    }

    pub(crate) fn unknown_interaction() -> Self {
        Self::new(404, 10_062, "Unknown interaction")
    }

    pub(crate) fn unknown_command() -> Self {
        Self::new(404, 10_063, "Unknown application command")
    }

    pub(crate) fn missing_access() -> Self {
        Self::new(403, 50_001, "Missing Access")
    }

    pub(crate) fn missing_permissions() -> Self {
        Self::new(403, 50_013, "Missing Permissions")
    }

    pub(crate) fn into_reply(self) -> Reply {
        let mut body = json!({ "message": self.message, "code": self.code });
        if let Some(errors) = self.errors {
            body["errors"] = *errors;
        }
        Reply::with_status(self.status, body)
    }
}
