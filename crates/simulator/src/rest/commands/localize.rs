//! Commands as they are listed: each text in the language of who asks, instead of in all.

use http::{HeaderMap, header};
use serde_json::Value;

use super::fields::LOCALES;

/// The language of the application's owner, for who does not say one.
const DEFAULT: &str = "en-US";

/// The language of who asks: `X-Discord-Locale`, else the first of `Accept-Language`.
pub(in crate::rest) fn locale(headers: &HeaderMap) -> &'static str {
    let named = headers.get("x-discord-locale");
    let named = named.or_else(|| headers.get(header::ACCEPT_LANGUAGE));
    let named = named.and_then(|value| value.to_str().ok());
    let first = named.and_then(|named| named.split([',', ';']).next());
    let first = first.unwrap_or_default().trim();
    let known = |wanted: &str| {
        let mut all = LOCALES.iter().copied();
        all.find(|known| known.eq_ignore_ascii_case(wanted))
    };
    // `de-AT` is German enough.
    let language = || first.split('-').next().and_then(known);
    known(first).or_else(language).unwrap_or(DEFAULT)
}

/// A command with `name_localized` and `description_localized` in place of the dictionaries, at any
/// depth.
pub(super) fn localized(mut value: Value, locale: &str) -> Value {
    match &mut value {
        Value::Object(fields) => {
            for field in ["name", "description"] {
                let texts = fields.remove(&format!("{field}_localizations"));
                let texts = texts.unwrap_or_default();
                let text = [locale, fallback(locale)];
                if let Some(text) = text.iter().find_map(|locale| texts[*locale].as_str()) {
                    fields.insert(format!("{field}_localized"), Value::from(text));
                }
            }
            for field in ["options", "choices"] {
                if let Some(inner) = fields.get_mut(field) {
                    *inner = localized(inner.take(), locale);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                *item = localized(item.take(), locale);
            }
        }
        _ => {}
    }
    value
}

/// The language that stands in where one is missing.
fn fallback(locale: &str) -> &str {
    match locale {
        "en-US" => "en-GB",
        "en-GB" => "en-US",
        "es-419" => "es-ES",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_language_is_found_in_either_header() {
        for (own, accepted, expected) in [
            (Some("zh-CN"), Some("de"), "zh-CN"),
            (None, Some("de-AT,en;q=0.8"), "de"),
            (None, Some("pt-br"), "pt-BR"),
            (None, Some("*"), "en-US"),
            (Some("tlh"), None, "en-US"),
            (None, None, "en-US"),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in [("x-discord-locale", own), ("accept-language", accepted)] {
                if let Some(value) = value {
                    headers.insert(name, HeaderValue::from_static(value));
                }
            }
            assert_eq!(locale(&headers), expected, "{own:?} {accepted:?}");
        }
    }
}
