use std::{fmt::Display, str::FromStr};

use polycord_types::{
    ImageHash, Permissions, Timestamp,
    gateway::Intents,
    id::UserId,
    mention::{Mention, MessageLink},
};

/// Any text: timestamps, ids, permissions, intents, image hashes, mentions and links.
///
/// What is read is written as something that is read as the same, and what is found in a text stands where it
/// is said to stand.
pub fn text(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    survives::<ImageHash>(text);
    survives::<Intents>(text);
    survives::<MessageLink>(text);
    survives::<Permissions>(text);
    survives::<Timestamp>(text);
    survives::<UserId>(text);
    for (place, link) in MessageLink::all_in(text) {
        assert_eq!(text[place].parse(), Ok(link));
    }
    for (place, mention) in Mention::all_in(text) {
        assert_eq!(Mention::parse(&text[place]), Some(mention));
        let written = mention.to_string();
        assert_eq!(Mention::parse(&written), Some(mention), "{written}");
    }
}

fn survives<T: FromStr + Display + PartialEq>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        let written = value.to_string();
        assert!(
            written.parse::<T>().is_ok_and(|again| again == value),
            "{text:?}: {written:?}"
        );
    }
}
