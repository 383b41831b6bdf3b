//! Takes the secrets out of a frame, and the space between its tokens.

/// What stands for a secret.
const REDACTED: &[u8] = br#""[redacted]""#;

/// The names of members whose text is a secret, wherever they stand: the bot's token, those of
/// interactions, webhooks and voice servers, the ids that a session or a voice session is taken over with.
const SECRET_KEYS: [&str; 6] = [
    "access_token",
    "client_secret",
    "refresh_token",
    "secret",
    "session_id",
    "token",
];

/// The name of an object all of whose texts are secrets: what lets others join an activity.
const SECRET_OBJECT: &str = "secrets";

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
                    let key = unescaped(text);
                    value = Some(SECRET_KEYS.contains(&key.as_str()));
                    if key == SECRET_OBJECT && self.secret_below.is_none() {
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
                    // Elements of a secret member's list are no members of it; none is known to be one.
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

    /// Leaves the object of secrets, if that is what ended.
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
}
