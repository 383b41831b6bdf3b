use polycord_types::gateway::Event;

use crate::{form::Form, name_and_data};

/// The name of an event on the first line, its data behind it.
///
/// What decodes is written as something that decodes to the same; the report takes no part in that.
pub fn event(input: &[u8]) {
    let Some((name, data)) = name_and_data(input) else {
        return;
    };
    let Ok((event, _)) = Event::decode_reporting(name, data) else {
        assert!(Event::decode(name, data).is_err());
        return;
    };
    assert_eq!(Event::decode(name, data).as_ref().ok(), Some(&event));
    let _ = (event.guild_id(), event.channel_id(), event.user_id());
    if Form::of(data).is_none() {
        return;
    }
    let written = serde_json::to_string(&event).expect("every event can be written");
    let again = Event::decode(name, &written).expect(&written);
    assert_eq!(again, event, "{written}");
}
