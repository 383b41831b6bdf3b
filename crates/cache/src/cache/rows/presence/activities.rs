//! Activities in few bytes.

use polycord_types::{
    activity::{
        Activity, ActivityAssets, ActivityButton, ActivityEmoji, ActivityFlags, ActivityLink,
        ActivityParty, ActivityTimestamps, ActivityType, PartySize, StatusDisplayType,
    },
    id::{ApplicationId, EmojiId},
};

use super::bytes::{Bytes, write_difference, write_number, write_text};

// What an activity has. The more usual ones come first: they make the number small.
const APPLICATION: u64 = 1 << 0;
const TIMESTAMPS: u64 = 1 << 1;
const START: u64 = 1 << 2;
const STATE: u64 = 1 << 3;
const DETAILS: u64 = 1 << 4;
const ASSETS: u64 = 1 << 5;
const END: u64 = 1 << 6;
const EMOJI: u64 = 1 << 7;
const EMOJI_NAME: u64 = 1 << 8;
const PARTY: u64 = 1 << 9;
const PARTY_ID: u64 = 1 << 10;
const FLAGS: u64 = 1 << 11;
const PARTY_SIZE: u64 = 1 << 12;
const EMOJI_ID: u64 = 1 << 13;
const BUTTONS: u64 = 1 << 14;
const ANIMATED: u64 = 1 << 15;
const NOT_ANIMATED: u64 = 1 << 16;
const URL: u64 = 1 << 17;
const DISPLAY: u64 = 1 << 18;
const DETAILS_URL: u64 = 1 << 19;
const STATE_URL: u64 = 1 << 20;
const INSTANCE: u64 = 1 << 21;
const NO_INSTANCE: u64 = 1 << 22;

/// Writes activities. Their secrets are left out.
pub(super) fn write(bytes: &mut Vec<u8>, activities: &[Activity]) {
    for activity in activities {
        write_one(bytes, activity);
    }
}

/// Reads what was written.
pub(super) fn read(bytes: &[u8]) -> Vec<Activity> {
    let mut bytes = Bytes(bytes);
    std::iter::from_fn(|| read_one(&mut bytes)).collect()
}

fn write_one(bytes: &mut Vec<u8>, activity: &Activity) {
    let timestamps = activity.timestamps.as_ref();
    let start = timestamps.and_then(|times| times.start);
    let end = timestamps.and_then(|times| times.end);
    let emoji = activity.emoji.as_ref();
    let party = activity.party.as_ref();
    let party_size = party.and_then(|party| party.size);
    let texts = [
        (DETAILS, &activity.details),
        (STATE, &activity.state),
        (URL, &activity.url),
        (DETAILS_URL, &activity.details_url),
        (STATE_URL, &activity.state_url),
    ];
    let emoji_name = emoji.and_then(|emoji| emoji.name.as_ref());
    let emoji_id = emoji.and_then(|emoji| emoji.id);
    let party_id = party.and_then(|party| party.id.as_ref());
    let has = |part: u64, there: bool| if there { part } else { 0 };
    let contents = texts
        .iter()
        .fold(0, |all, (part, text)| all | has(*part, text.is_some()))
        | has(APPLICATION, activity.application_id.is_some())
        | has(TIMESTAMPS, timestamps.is_some())
        | has(START, start.is_some())
        | has(END, end.is_some())
        | has(ASSETS, activity.assets.is_some())
        | has(EMOJI, emoji.is_some())
        | has(EMOJI_NAME, emoji_name.is_some())
        | has(EMOJI_ID, emoji_id.is_some())
        | flag(
            emoji.and_then(|emoji| emoji.animated),
            ANIMATED,
            NOT_ANIMATED,
        )
        | has(PARTY, party.is_some())
        | has(PARTY_ID, party_id.is_some())
        | has(PARTY_SIZE, party_size.is_some())
        | has(FLAGS, activity.flags.is_some())
        | has(BUTTONS, activity.buttons.is_some())
        | has(DISPLAY, activity.status_display_type.is_some())
        | flag(activity.instance, INSTANCE, NO_INSTANCE);

    write_number(bytes, contents);
    write_number(bytes, activity.kind.value().into());
    write_text(bytes, &activity.name);
    write_number(bytes, activity.created_at);
    if let Some(id) = activity.application_id {
        bytes.extend(id.get().to_le_bytes());
    }
    if let Some(start) = start {
        write_difference(bytes, start, activity.created_at);
    }
    if let Some(end) = end {
        write_difference(bytes, end, start.unwrap_or(activity.created_at));
    }
    for text in texts.into_iter().filter_map(|(_, text)| text.as_ref()) {
        write_text(bytes, text);
    }
    if let Some(assets) = &activity.assets {
        write_assets(bytes, assets);
    }
    for text in emoji_name.into_iter().chain(party_id) {
        write_text(bytes, text);
    }
    if let Some(id) = emoji_id {
        bytes.extend(id.get().to_le_bytes());
    }
    if let Some(size) = party_size {
        write_number(bytes, size.current.into());
        write_number(bytes, size.max.into());
    }
    if let Some(flags) = activity.flags {
        write_number(bytes, flags.bits());
    }
    if let Some(buttons) = &activity.buttons {
        write_buttons(bytes, buttons);
    }
    if let Some(display) = activity.status_display_type {
        write_number(bytes, display.value().into());
    }
}

fn read_one(bytes: &mut Bytes<'_>) -> Option<Activity> {
    let contents = bytes.number()?;
    let has = |part: u64| contents & part != 0;
    let kind = ActivityType::from_value(bytes.small_number()?);
    let name = bytes.text()?;
    let created_at = bytes.number()?;
    let application_id = bytes.maybe(has(APPLICATION), Bytes::id)?;
    let start = bytes.maybe(has(START), |bytes| bytes.difference(created_at))?;
    let from = start.unwrap_or(created_at);
    let end = bytes.maybe(has(END), |bytes| bytes.difference(from))?;
    let details = bytes.maybe(has(DETAILS), Bytes::text)?;
    let state = bytes.maybe(has(STATE), Bytes::text)?;
    let url = bytes.maybe(has(URL), Bytes::text)?;
    let details_url = bytes.maybe(has(DETAILS_URL), Bytes::text)?;
    let state_url = bytes.maybe(has(STATE_URL), Bytes::text)?;
    let assets = bytes.maybe(has(ASSETS), read_assets)?;
    let emoji_name = bytes.maybe(has(EMOJI_NAME), Bytes::text)?;
    let party_id = bytes.maybe(has(PARTY_ID), Bytes::text)?;
    let emoji_id = bytes.maybe(has(EMOJI_ID), Bytes::id)?;
    let party_size = bytes.maybe(has(PARTY_SIZE), |bytes| {
        let (current, max) = (bytes.small_number()?, bytes.small_number()?);
        Some(PartySize { current, max })
    })?;
    let flags = bytes.maybe(has(FLAGS), Bytes::number)?;
    let buttons = bytes.maybe(has(BUTTONS), read_buttons)?;
    let display = bytes.maybe(has(DISPLAY), Bytes::small_number)?;
    Some(Activity {
        name,
        kind,
        url,
        created_at,
        timestamps: has(TIMESTAMPS).then_some(ActivityTimestamps { start, end }),
        application_id: application_id.and_then(|id| ApplicationId::try_from(id).ok()),
        status_display_type: display.map(StatusDisplayType::from_value),
        details,
        details_url,
        state,
        state_url,
        emoji: has(EMOJI).then_some(ActivityEmoji {
            name: emoji_name,
            id: emoji_id.and_then(|id| EmojiId::try_from(id).ok()),
            animated: told(contents, ANIMATED, NOT_ANIMATED),
        }),
        party: has(PARTY).then_some(ActivityParty {
            id: party_id,
            size: party_size,
        }),
        assets: assets.map(Box::new),
        secrets: None,
        instance: told(contents, INSTANCE, NO_INSTANCE),
        flags: flags.map(ActivityFlags::from_bits_retain),
        buttons,
    })
}

fn write_assets(bytes: &mut Vec<u8>, assets: &ActivityAssets) {
    let texts = [
        &assets.large_image,
        &assets.large_text,
        &assets.small_image,
        &assets.small_text,
        &assets.large_url,
        &assets.small_url,
        &assets.invite_cover_image,
    ];
    let there = texts.iter().enumerate();
    let parts = there.fold(0, |parts, (place, text)| {
        parts | u64::from(text.is_some()) << place
    });
    write_number(bytes, parts);
    for text in texts.into_iter().flatten() {
        write_text(bytes, text);
    }
}

fn read_assets(bytes: &mut Bytes<'_>) -> Option<ActivityAssets> {
    let parts = bytes.number()?;
    let mut text = |place: u32| bytes.maybe(parts & 1 << place != 0, Bytes::text);
    Some(ActivityAssets {
        large_image: text(0)?,
        large_text: text(1)?,
        small_image: text(2)?,
        small_text: text(3)?,
        large_url: text(4)?,
        small_url: text(5)?,
        invite_cover_image: text(6)?,
    })
}

fn write_buttons(bytes: &mut Vec<u8>, buttons: &[ActivityButton]) {
    write_number(bytes, buttons.len() as u64);
    for button in buttons {
        let link = match button {
            ActivityButton::Label(_) => None,
            ActivityButton::Link(link) => Some(&link.url),
        };
        write_number(bytes, link.is_some().into());
        write_text(bytes, button.label());
        if let Some(url) = link {
            write_text(bytes, url);
        }
    }
}

fn read_buttons(bytes: &mut Bytes<'_>) -> Option<Vec<ActivityButton>> {
    let count = bytes.number()?;
    let button = |_| {
        let has_link = bytes.number()? != 0;
        let label = bytes.text()?;
        let url = bytes.maybe(has_link, Bytes::text)?;
        Some(match url {
            Some(url) => ActivityButton::Link(ActivityLink { label, url }),
            None => ActivityButton::Label(label),
        })
    };
    (0..count).map(button).collect()
}

const fn flag(told: Option<bool>, yes: u64, no: u64) -> u64 {
    match told {
        Some(true) => yes,
        Some(false) => no,
        None => 0,
    }
}

const fn told(contents: u64, yes: u64, no: u64) -> Option<bool> {
    match (contents & yes != 0, contents & no != 0) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use polycord_types::decode;

    use super::*;

    fn packed(activities: &[Activity]) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(&mut bytes, activities);
        bytes
    }

    #[test]
    fn activities_come_back_as_they_were() {
        let full: Activity = decode::from_str(
            r#"{"name": "Chess", "type": 0, "url": "https://twitch.tv/a", "created_at": 1700000000123,
            "timestamps": {"start": 1700000000100, "end": 1700000215100}, "application_id": "356875570916753438",
            "status_display_type": 2, "details": "Ranked", "details_url": "https://a", "state": "In a game",
            "state_url": "https://b", "emoji": {"name": "ferris", "id": "41771983429993937", "animated": false},
            "party": {"id": "0123456789abcdef0123456789abcdef", "size": [1, 4]}, "instance": true, "flags": 48,
            "assets": {"large_image": "mp:external/abc", "large_text": "Map", "large_url": "c",
            "small_image": "1101518600128876544", "small_text": "Rank", "small_url": "d", "invite_cover_image": "e"},
            "buttons": ["Watch", {"label": "Join", "url": "https://c"}]}"#,
        )
        .unwrap();
        let other: Activity = decode::from_str(
            r#"{"name": "x", "type": 77, "timestamps": {}, "emoji": {"name": null}, "party": {}, "assets": {},
            "buttons": [], "created_at": 0, "instance": false}"#,
        )
        .unwrap();
        let all = [
            full,
            Activity::custom("busy").emoji("🦀"),
            other,
            Activity::default(),
        ];
        let bytes = packed(&all);
        assert_eq!(read(&bytes), all);
        for end in 0..bytes.len() {
            assert!(read(&bytes[..end]).len() < all.len(), "cut short at {end}");
        }
    }

    #[test]
    fn secrets_are_not_kept() {
        let secret: Activity = decode::from_str(
            r#"{"name": "x", "type": 0, "created_at": 0, "secrets": {"join": "do-not-tell"}}"#,
        )
        .unwrap();
        assert!(secret.secrets.is_some());
        let bytes = packed(&[secret]);
        assert!(!bytes.windows(6).any(|part| part == b"do-not"));
        assert_eq!(read(&bytes)[0].secrets, None);
    }

    #[test]
    fn a_usual_activity_takes_few_bytes() {
        let song: Activity = decode::from_str(
            r#"{"type": 2, "timestamps": {"start": 1700000000123, "end": 1700000215123}, "sync_id": "x",
            "state": "some artist", "session_id": "y", "party": {"id": "spotify:175928847299117063"},
            "name": "Spotify", "id": "spotify:1", "flags": 48, "details": "the song", "created_at": 1700000000123,
            "assets": {"large_text": "an album", "large_image": "spotify:ab67616d0000b273aabbccddeeff00112233445566"}}"#,
        )
        .unwrap();
        assert!(packed(&[song]).len() < 90);
    }
}
