//! Takes the secrets out of a frame, and the space between its tokens.

/// What stands for a secret.
const REDACTED: &[u8] = br#""[redacted]""#;

/// The names of members whose texts are secrets, wherever they stand: the bot's token, those of
/// interactions, webhooks and voice servers, the ids that a session or a voice session is taken over with,
/// what lets others join an activity.
const SECRET_KEYS: [&str; 7] = [
    "access_token",
    "client_secret",
    "refresh_token",
    "secret",
    "secrets",
    "session_id",
    "token",
];

/// A part of a webhook's address, which ends in its token.
const WEBHOOK: &str = "/webhooks/";

/// The frame, which must be JSON, without its secrets: what members of certain names hold, every text that
/// holds one of `secrets`, and the address of a webhook. With `strict`, each text that stands directly in the
/// payload is one, whatever a dialect calls it.
pub(super) fn redacted(json: &str, strict: bool, secrets: &[Box<str>]) -> Vec<u8> {
    let mut redaction = Redaction {
        out: Vec::with_capacity(json.len()),
        depth: 0,
        secret_below: None,
        strict,
        secrets,
    };
    redaction.run(json);
    redaction.out
}

struct Redaction<'a> {
    out: Vec<u8>,
    depth: usize,
    /// At this depth and below everything is secret.
    secret_below: Option<usize>,
    strict: bool,
    secrets: &'a [Box<str>],
}

impl Redaction<'_> {
    fn run(&mut self, json: &str) {
        let mut rest = json;
        // Whether the next text is a value: that of a secret member or not.
        let mut value: Option<bool> = None;
        while let Some(byte) = rest.as_bytes().first() {
            if *byte == b'"' {
                let end = string_end(rest);
                let (text, after) = rest.split_at(end);
                let after = after.trim_start_matches([' ', '\t', '\r', '\n']);
                if after.starts_with(':') {
                    self.out.extend_from_slice(text.as_bytes());
                    let is_secret = SECRET_KEYS.contains(&unescaped(text).as_str());
                    value = Some(is_secret);
                    if is_secret && self.secret_below.is_none() {
                        self.secret_below = Some(self.depth + 1);
                    }
                } else {
                    self.text(text, value.take() == Some(true));
                }
                rest = after;
                continue;
            }
            match byte {
                b'{' | b'[' => {
                    self.depth += 1;
                    value = None;
                }
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.leave();
                }
                b',' => {
                    value = None;
                    self.leave();
                }
                _ => {}
            }
            if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
                self.out.push(*byte);
            }
            rest = rest.get(1..).unwrap_or_default();
        }
    }

    /// A text that is a value, with its quotes.
    fn text(&mut self, text: &str, is_secret: bool) {
        // The root is depth 1, its payload depth 2.
        let is_secret = is_secret
            || self.secret_below.is_some_and(|depth| self.depth >= depth)
            || (self.strict && self.depth == 2)
            || self.holds_a_secret(text);
        if is_secret && text.len() > 2 {
            self.out.extend_from_slice(REDACTED);
        } else {
            self.out.extend_from_slice(text.as_bytes());
        }
    }

    fn holds_a_secret(&self, text: &str) -> bool {
        let holds = |text: &str| {
            text.contains(WEBHOOK) || self.secrets.iter().any(|secret| text.contains(&**secret))
        };
        holds(text) || (text.contains('\\') && holds(&unescaped(text)))
    }

    /// Leaves the member that is secret, if that is what ended.
    fn leave(&mut self) {
        if self.secret_below.is_some_and(|depth| self.depth < depth) {
            self.secret_below = None;
        }
    }
}

/// Where the text that begins here ends, its quote included.
fn string_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn unescaped(quoted: &str) -> String {
    serde_json::from_str(quoted).unwrap_or_else(|_| quoted.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn redact(json: &str, strict: bool) -> String {
        let secrets = [Box::from("own.token")];
        String::from_utf8(redacted(json, strict, &secrets)).unwrap()
    }

    #[test]
    fn secrets_go_and_everything_else_stays() {
        for (json, expected) in [
            (
                r#"{"op":2,"d":{"token":"hidden","properties":{"os":"x"},"shard":[0,1]}}"#,
                r#"{"op":2,"d":{"token":"[redacted]","properties":{"os":"x"},"shard":[0,1]}}"#,
            ),
            (
                r#"{"d":{"session_id":"hidden","seq":4}}"#,
                r#"{"d":{"session_id":"[redacted]","seq":4}}"#,
            ),
            // Wherever it stands, however it is written.
            (
                r#"{"d":[{"a":[{"t\u006fken" : "hi\"dden"}]}]}"#,
                r#"{"d":[{"a":[{"t\u006fken":"[redacted]"}]}]}"#,
            ),
            // A value that reads like a name is none; nor is a name a value.
            (
                r#"{"content":"token","b":"x","token":null}"#,
                r#"{"content":"token","b":"x","token":null}"#,
            ),
            (
                r#"{"secrets":{"join":"hidden","more":{"a":["hidden"]}},"b":"shown"}"#,
                r#"{"secrets":{"join":"[redacted]","more":{"a":["[redacted]"]}},"b":"shown"}"#,
            ),
            (
                r#"{"secrets":null,"b":{"c":"shown"}}"#,
                r#"{"secrets":null,"b":{"c":"shown"}}"#,
            ),
            (
                r#"{"url":"https://discord.com/api/webhooks/1/hidden"}"#,
                r#"{"url":"[redacted]"}"#,
            ),
            (
                r#"{"url":"https:\/\/discord.com\/api\/webhooks\/1\/hidden"}"#,
                r#"{"url":"[redacted]"}"#,
            ),
            (
                r#"{"content":"my token is own.token, look"}"#,
                r#"{"content":"[redacted]"}"#,
            ),
            ("{\n \"a\" : [ 1 , \"b c\" ]\r\n}", r#"{"a":[1,"b c"]}"#),
            (r#"{"token":"","a":"\\"}"#, r#"{"token":"","a":"\\"}"#),
        ] {
            assert_eq!(redact(json, false), expected);
            assert_eq!(
                redact(expected, false),
                expected,
                "once more changes nothing"
            );
        }
    }

    #[test]
    fn of_a_secret_frame_no_text_of_the_payload_stays_whatever_it_is_called() {
        assert_eq!(
            redact(
                r#"{"op":"identify","d":{"key":"hidden","p":{"os":"x"}}}"#,
                true
            ),
            r#"{"op":"identify","d":{"key":"[redacted]","p":{"os":"x"}}}"#
        );
    }

    /// The same, on a tree.
    fn model(value: &Value, is_secret: bool, depth: usize, strict: bool) -> Value {
        match value {
            Value::String(text) => {
                let holds = text.contains("own.token") || text.contains(WEBHOOK);
                if !text.is_empty() && (is_secret || holds || (strict && depth == 2)) {
                    "[redacted]".into()
                } else {
                    value.clone()
                }
            }
            Value::Array(values) => values
                .iter()
                .map(|value| model(value, is_secret, depth + 1, strict))
                .collect(),
            Value::Object(members) => {
                let member = |(key, value): (&String, &Value)| {
                    let is_secret = is_secret || SECRET_KEYS.contains(&key.as_str());
                    (key.clone(), model(value, is_secret, depth + 1, strict))
                };
                Value::Object(members.iter().map(member).collect())
            }
            other => other.clone(),
        }
    }

    fn random(rng: &mut fastrand::Rng, depth: u32) -> Value {
        let text = |rng: &mut fastrand::Rng| {
            let texts = [
                "",
                "token",
                "secrets",
                "\\",
                "\"",
                "\\\"",
                ":",
                "{",
                "own.token",
                "a\u{1f600}\n",
                "https://discord.com/api/webhooks/1/x",
                "session_id",
            ];
            rng.choice(texts).unwrap_or_default().to_owned()
        };
        match rng.u32(..if depth > 4 { 4 } else { 6 }) {
            0 => Value::Null,
            1 => rng.i64(..).into(),
            2 | 3 => text(rng).into(),
            4 => (0..rng.u32(..4)).map(|_| random(rng, depth + 1)).collect(),
            _ => Value::Object(
                (0..rng.u32(..5))
                    .map(|_| (text(rng), random(rng, depth + 1)))
                    .collect(),
            ),
        }
    }

    #[test]
    fn whatever_a_frame_holds_it_stays_json_and_is_what_a_tree_says() {
        for seed in 0..20_000 {
            let mut rng = fastrand::Rng::with_seed(seed);
            let value = random(&mut rng, 0);
            let strict = rng.bool();
            let json = if rng.bool() {
                serde_json::to_string_pretty(&value).unwrap()
            } else {
                value.to_string()
            };
            let redacted: Value = serde_json::from_str(&redact(&json, strict)).unwrap();
            assert_eq!(
                redacted,
                model(&value, false, 0, strict),
                "seed {seed}: {json}"
            );
        }
    }
}
