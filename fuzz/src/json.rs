use polycord_types::{
    decode::{self, DecodeErrorKind},
    interaction::Interaction,
    message::Message,
    user::User,
};
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::survives_both_ways;

/// JSON, or something like it.
///
/// The decoder takes the same texts for JSON as another parser, reads the same out of them, and reads models in
/// the same way as `serde` does through it.
pub fn json(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    match (decode::from_str::<User>(text), is_json(text)) {
        (Ok(_), false) => panic!("what is no JSON is decoded"),
        (Err(error), true) => assert_eq!(error.kind(), DecodeErrorKind::Mismatch, "{error}"),
        _ => {}
    }
    if let Ok(expected) = serde_json::from_str::<Value>(text) {
        let value = decode::from_str::<Value>(text);
        assert_eq!(value.ok(), Some(expected));
    }
    if let Ok(expected) = serde_json::from_str::<String>(text) {
        let value = decode::from_str::<String>(text);
        assert_eq!(value.ok(), Some(expected));
    }
    if let Ok(message) = decode::from_str::<Message>(text) {
        survives_both_ways(text, &message);
    }
    if let Ok(interaction) = decode::from_str::<Interaction>(text) {
        survives_both_ways(text, &interaction);
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}
