use super::{Check, Validate, limits};
use crate::{
    Text,
    message::{Embed, EmbedAuthor, EmbedField, EmbedFooter, EmbedImage},
};

impl Validate for Embed {
    fn check(&self, check: &mut Check) {
        trimmed(check, "title", self.title.as_ref(), limits::EMBED_TITLE);
        let description = self.description.as_ref();
        trimmed(check, "description", description, limits::EMBED_DESCRIPTION);
        web(check, self.url.as_deref());
        check.inside("footer", self.footer.as_ref());
        check.inside("image", self.image.as_deref());
        check.inside("thumbnail", self.thumbnail.as_deref());
        check.inside("author", self.author.as_ref());
        check.list("fields", &self.fields, limits::EMBED_FIELDS);
        total(check, "", std::slice::from_ref(self));
    }
}

impl Validate for EmbedField {
    fn check(&self, check: &mut Check) {
        trimmed(check, "name", &self.name, limits::EMBED_FIELD_NAME);
        trimmed(check, "value", &self.value, limits::EMBED_FIELD_VALUE);
    }
}

impl Validate for EmbedFooter {
    fn check(&self, check: &mut Check) {
        trimmed(check, "text", &self.text, limits::EMBED_FOOTER);
        media(check, "icon_url", self.icon_url.as_deref());
    }
}

impl Validate for EmbedAuthor {
    fn check(&self, check: &mut Check) {
        trimmed(check, "name", &self.name, limits::EMBED_AUTHOR);
        web(check, self.url.as_deref());
        media(check, "icon_url", self.icon_url.as_deref());
    }
}

impl Validate for EmbedImage {
    fn check(&self, check: &mut Check) {
        media(check, "url", Some(&self.url));
    }
}

/// Checks a message's embeds: each, how many there are, and how long they are together.
pub(super) fn embeds(check: &mut Check, embeds: &[Embed]) {
    check.list("embeds", embeds, limits::MESSAGE_EMBEDS);
    // One alone has said so itself.
    if embeds.len() > 1 {
        total(check, "embeds", embeds);
    }
}

fn total(check: &mut Check, field: &'static str, embeds: &[Embed]) {
    let sum = embeds.iter().map(length).sum();
    check.length(field, sum, limits::EMBEDS_TOTAL);
}

/// The characters that count for the limit of all embeds together.
fn length(embed: &Embed) -> usize {
    let texts = [
        embed.title.as_deref(),
        embed.description.as_deref(),
        embed.footer.as_ref().map(|footer| &*footer.text),
        embed.author.as_ref().map(|author| &*author.name),
    ];
    let fields = embed
        .fields
        .iter()
        .flat_map(|field| [&*field.name, &*field.value]);
    let texts = texts.into_iter().flatten().chain(fields);
    texts.map(|text| text.trim().chars().count()).sum()
}

/// The API cuts white space off the ends before it measures.
fn trimmed<'a>(
    check: &mut Check,
    field: &'static str,
    text: impl Into<Option<&'a Text>>,
    limit: impl Into<super::check::Limit>,
) {
    check.chars(field, text.into().map(|text| text.trim()), limit);
}

/// An address that a title or a name leads to.
fn web(check: &mut Check, url: Option<&str>) {
    if url.is_some_and(|url| !is_web(url)) {
        check.malformed("url", "it begins with http:// or https://");
    }
}

fn media(check: &mut Check, field: &'static str, url: Option<&str>) {
    if url.is_some_and(|url| !is_web(url) && !url.starts_with("attachment://")) {
        check.malformed(field, "it begins with http://, https:// or attachment://");
    }
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
