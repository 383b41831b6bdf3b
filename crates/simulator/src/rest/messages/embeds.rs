//! Embeds: what a message may carry of them.

use serde_json::Value;

use crate::rest::form::{Field, Wrong};

/// Embeds of a message.
const MAX: usize = 10;
/// Characters of all embeds of a message together.
const MAX_CHARACTERS: usize = 6_000;
/// Characters of a URL.
const MAX_URL: usize = 2_048;

/// The form of a message's `embeds`.
pub(crate) const EMBEDS: Field = Field::list("embeds", MAX, EMBED).or_null();

const EMBED: &[Field] = &[
    Field::text("title", 0, 256).or_null(),
    Field::text("description", 0, 4_096).or_null(),
    Field::text("url", 0, MAX_URL).or_null(),
    Field::time("timestamp").or_null(),
    Field::integer("color", 0, 0xff_ffff).or_null(),
    Field::object(
        "footer",
        &[
            Field::text("text", 1, 2_048).required(),
            Field::text("icon_url", 0, MAX_URL).or_null(),
        ],
    )
    .or_null(),
    Field::object("image", MEDIA).or_null(),
    Field::object("thumbnail", MEDIA).or_null(),
    Field::object(
        "author",
        &[
            Field::text("name", 1, 256).required(),
            Field::text("url", 0, MAX_URL).or_null(),
            Field::text("icon_url", 0, MAX_URL).or_null(),
        ],
    )
    .or_null(),
    Field::list(
        "fields",
        25,
        &[
            Field::text("name", 1, 256).required(),
            Field::text("value", 1, 1_024).required(),
            Field::boolean("inline").or_null(),
        ],
    )
    .or_null(),
];

const MEDIA: &[Field] = &[Field::text("url", 0, MAX_URL).required()];

/// Where embeds have URLs, and whether an upload of the message may stand there.
const URLS: [(&str, bool); 6] = [
    ("/url", false),
    ("/author/url", false),
    ("/footer/icon_url", true),
    ("/author/icon_url", true),
    ("/image/url", true),
    ("/thumbnail/url", true),
];

/// What the form cannot say: URLs that are none, and too much text in all.
pub(super) fn check(embeds: &[Value], wrong: &mut Wrong) {
    for (index, embed) in embeds.iter().enumerate() {
        for (place, uploads) in URLS {
            let url = embed.pointer(place).and_then(Value::as_str);
            let Some(url) = url.filter(|url| !url.is_empty()) else {
                continue;
            };
            let field = format!("embeds.{index}{}", place.replace('/', "."));
            check_url(url, uploads, &field, wrong);
        }
    }
    if embeds.iter().map(characters).sum::<usize>() > MAX_CHARACTERS {
        let message = "Embed size exceeds maximum size of 6000";
        wrong.note("embeds", "MAX_EMBED_SIZE_EXCEEDED", message);
    }
}

/// Notes a URL that is none.
pub(super) fn check_url(url: &str, uploads: bool, field: &str, wrong: &mut Wrong) {
    match url.split_once("://") {
        Some(("http" | "https", rest)) if !rest.is_empty() => {}
        Some(("attachment", rest)) if uploads && !rest.is_empty() => {}
        Some(("http" | "https", _)) => {
            let message = "Not a well formed URL.";
            wrong.note(field, "URL_TYPE_INVALID_URL", message);
        }
        Some((scheme, _)) => {
            let scheme: String = scheme.chars().take(20).collect();
            let message = format!("Scheme \"{scheme}\" must be one of ('http', 'https').");
            wrong.note(field, "URL_TYPE_INVALID_SCHEME", &message);
        }
        None => wrong.note(field, "URL_TYPE_INVALID_URL", "Not a well formed URL."),
    }
}

/// The characters that count of an embed.
fn characters(embed: &Value) -> usize {
    let count = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let fields = embed["fields"].as_array().into_iter().flatten();
    let fields = fields.map(|field| count(&field["name"]) + count(&field["value"]));
    let single = ["/title", "/description", "/footer/text", "/author/name"];
    let single = single.iter().filter_map(|place| embed.pointer(place));
    single.map(count).chain(fields).sum()
}

/// An embed as the API gives it back: `rich`, without what was `null`.
pub(super) fn rich(mut embed: Value) -> Value {
    without_nulls(&mut embed);
    embed["type"] = Value::from("rich");
    for field in embed["fields"].as_array_mut().into_iter().flatten() {
        if field["inline"].is_null() {
            field["inline"] = Value::Bool(false);
        }
    }
    if embed["fields"].is_null()
        && let Some(fields) = embed.as_object_mut()
    {
        fields.remove("fields");
    }
    embed
}

/// Whether there is nothing to see in an embed.
pub(super) fn is_empty(embed: &Value) -> bool {
    let shown = [
        "title",
        "description",
        "footer",
        "image",
        "thumbnail",
        "author",
        "fields",
    ];
    shown.iter().all(|field| match &embed[*field] {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    })
}

fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(without_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => {}
    }
}
