//! Values that a payload might have.

use serde_json::{Value, json};

/// The words of texts, by the end of the field's name.
const TEXTS: &[(&str, &str)] = &[
    ("avatar", HASH),
    ("avatar_hash", HASH),
    ("banner", HASH),
    ("color", "#5865f2"),
    ("colors", "5865f2"),
    ("content", "Who brings the cake?"),
    ("content_type", "image/png"),
    ("cover_image", HASH),
    ("custom_id", "order:cake"),
    ("description", "Where questions are answered"),
    ("discovery_splash", HASH),
    ("discriminator", "0"),
    ("email", "ann@example.org"),
    ("emoji_name", "🎂"),
    ("endpoint", "voice.example.org:443"),
    ("filename", "cake.png"),
    ("hash", "2f7c0e5b"),
    ("icon", HASH),
    ("icon_hash", HASH),
    ("image", HASH),
    ("instant_invite", "https://discord.gg/cake"),
    ("label", "Order"),
    ("locale", "en-GB"),
    ("mime_type", "image/png"),
    ("name", "bakery"),
    ("nick", "Ann"),
    ("permissions", "2048"),
    ("placeholder", "Choose a cake"),
    ("reason", "too much icing"),
    ("session_id", "b7e1c2"),
    ("splash", HASH),
    ("tags", "cake"),
    ("title", "Cake of the day"),
    ("token", "a-token-of-no-use"),
    ("topic", "Cakes, and how to bake them"),
    ("unicode_emoji", "🍰"),
    ("uri", "https://example.org/cake"),
    ("url", "https://example.org/cake.png"),
    ("username", "ann"),
    ("value", "Chocolate"),
];

const HASH: &str = "a_6c5996770c985bcd6e5b68131ff2ba04";

/// A text for a field of this name.
pub(crate) fn text(name: &str, count: u64) -> Value {
    let ends = |end: &str| {
        name == end
            || name
                .strip_suffix(end)
                .is_some_and(|start| start.ends_with('_'))
    };
    let known = TEXTS
        .iter()
        .filter(|(end, _)| ends(end))
        .max_by_key(|(end, _)| end.len());
    known.map_or_else(
        || format!("{} {count}", name.replace('_', " ")).into(),
        |(_, text)| (*text).into(),
    )
}

/// A whole number for a field of this name.
pub(crate) fn integer(name: &str, count: u64) -> Value {
    let milliseconds = ["created_at", "start", "end", "voice_start_time"].contains(&name);
    let number = if milliseconds {
        1_790_000_000_000 + count
    } else {
        1 + count % 50
    };
    number.into()
}

/// An id: 22 bits below the milliseconds since 2015.
pub(crate) fn snowflake(count: u64) -> Value {
    (((370_000_000_000 + 60_000 * count) << 22) + count)
        .to_string()
        .into()
}

/// A moment in 2026, as Discord writes them.
pub(crate) fn timestamp(count: u64) -> Value {
    let (hour, minute) = (count / 60 % 24, count % 60);
    format!("2026-05-04T{hour:02}:{minute:02}:09.250000+00:00").into()
}

/// An image, as it is sent.
pub(crate) fn upload() -> Value {
    "data:image/png;base64,iVBORw0KGgo=".into()
}

/// Something without a documented shape.
pub(crate) fn anything(count: u64) -> Value {
    json!({"count": count, "of": ["flour", "sugar"]})
}
