//! What is looked for.

use serde_json::Value;

use crate::rest::form::Wrong;
use crate::rest::reactions::unescape;
use crate::rest::reply::Failure;
use crate::rest::route::Call;
use crate::world::objects;

const AUTHORS: &[&str] = &["user", "bot", "webhook"];
const THINGS: &[&str] = &[
    "image", "sound", "video", "file", "sticker", "embed", "link", "poll", "snapshot",
];
const EMBEDS: &[&str] = &["image", "video", "gif", "sound", "article"];

/// Results of a page, and how far pages go.
const MAX_LIMIT: usize = 25;
const MAX_OFFSET: usize = 9_975;
const MAX_SLOP: usize = 100;
const SLOP: usize = 2;
/// Characters of what is looked for.
const MAX_CONTENT: usize = 1_024;

/// A search, read and found to be one.
#[derive(Debug)]
pub(super) struct Query {
    limit: usize,
    offset: usize,
    slop: usize,
    max_id: Option<u64>,
    min_id: Option<u64>,
    words: Vec<String>,
    channels: Vec<u64>,
    authors: Vec<u64>,
    mentions: Vec<u64>,
    roles: Vec<u64>,
    replied_users: Vec<u64>,
    replied_messages: Vec<u64>,
    author_types: Wanted,
    things: Wanted,
    embed_types: Wanted,
    providers: Vec<String>,
    hosts: Vec<String>,
    file_names: Vec<String>,
    extensions: Vec<String>,
    everyone: Option<bool>,
    pinned: Option<bool>,
    nsfw: bool,
    by_relevance: bool,
    oldest_first: bool,
}

/// Names of which one has to fit, and of which none may.
#[derive(Debug, Default)]
struct Wanted {
    any: Vec<&'static str>,
    none: Vec<&'static str>,
}

impl Wanted {
    fn fits(&self, is: impl Fn(&str) -> bool) -> bool {
        (self.any.is_empty() || self.any.iter().any(|name| is(name)))
            && !self.none.iter().any(|name| is(name))
    }
}

impl Query {
    /// Reads the query of a request.
    ///
    /// # Errors
    ///
    /// 50035 with everything that is wrong.
    pub(super) fn read(call: &Call<'_>) -> Result<Self, Failure> {
        let mut reader = Reader {
            query: call.query,
            wrong: Wrong::default(),
        };
        let content = reader.texts("content", 1, MAX_CONTENT).pop();
        let read = Self {
            limit: reader.number("limit", 1, MAX_LIMIT).unwrap_or(MAX_LIMIT),
            offset: reader.number("offset", 0, MAX_OFFSET).unwrap_or(0),
            slop: reader.number("slop", 0, MAX_SLOP).unwrap_or(SLOP),
            max_id: reader.ids("max_id", 1).pop(),
            min_id: reader.ids("min_id", 1).pop(),
            words: content.as_deref().map(words).unwrap_or_default(),
            channels: reader.ids("channel_id", 500),
            authors: reader.ids("author_id", 100),
            mentions: reader.ids("mentions", 100),
            roles: reader.ids("mentions_role_id", 100),
            replied_users: reader.ids("replied_to_user_id", 100),
            replied_messages: reader.ids("replied_to_message_id", 100),
            author_types: reader.wanted("author_type", AUTHORS),
            things: reader.wanted("has", THINGS),
            embed_types: reader.wanted("embed_type", EMBEDS),
            providers: reader.texts("embed_provider", 100, 256),
            hosts: reader.texts("link_hostname", 100, 256),
            file_names: reader.texts("attachment_filename", 100, 1_024),
            extensions: reader.texts("attachment_extension", 100, 256),
            everyone: reader.boolean("mention_everyone"),
            pinned: reader.boolean("pinned"),
            nsfw: reader.boolean("include_nsfw").unwrap_or(false),
            by_relevance: reader.choice("sort_by", ["timestamp", "relevance"]),
            oldest_first: reader.choice("sort_order", ["desc", "asc"]),
        };
        reader.wrong.refuse()?;
        Ok(read)
    }

    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    /// The channels that are named.
    pub(super) fn channels(&self) -> &[u64] {
        &self.channels
    }

    pub(super) fn by_relevance(&self) -> bool {
        self.by_relevance
    }

    pub(super) fn oldest_first(&self) -> bool {
        self.oldest_first
    }

    /// Whether a channel is searched.
    pub(super) fn covers(&self, channel: u64, nsfw: bool) -> bool {
        (self.channels.is_empty() || self.channels.contains(&channel)) && (self.nsfw || !nsfw)
    }

    /// How often a message says one of the words.
    pub(super) fn relevance(&self, message: &Value) -> usize {
        let said = words(message["content"].as_str().unwrap_or_default());
        said.iter().filter(|word| self.words.contains(word)).count()
    }

    /// Whether a message is one that is looked for.
    pub(super) fn fits(&self, message: &Value) -> bool {
        let id = objects::id(message);
        let among = |wanted: &[u64], value: &Value| {
            wanted.is_empty() || objects::snowflake(value).is_some_and(|id| wanted.contains(&id))
        };
        let some = |wanted: &[u64], ids: &Value, field: Option<&str>| {
            let mut ids = ids.as_array().into_iter().flatten();
            wanted.is_empty()
                || ids.any(|it| {
                    let id = objects::snowflake(field.map_or(it, |field| &it[field]));
                    id.is_some_and(|id| wanted.contains(&id))
                })
        };
        let answered = &message["message_reference"]["message_id"];
        let answers = message["type"] == 19;
        self.max_id.is_none_or(|max| id < max)
            && self.min_id.is_none_or(|min| id > min)
            && among(&self.authors, &message["author"]["id"])
            && some(&self.mentions, &message["mentions"], Some("id"))
            && some(&self.roles, &message["mention_roles"], None)
            && (self.replied_messages.is_empty() || answers)
            && among(&self.replied_messages, answered)
            && among(
                &self.replied_users,
                &message["referenced_message"]["author"]["id"],
            )
            && self
                .everyone
                .is_none_or(|wanted| message["mention_everyone"] == wanted)
            && self.pinned.is_none_or(|wanted| message["pinned"] == wanted)
            && self.author_types.fits(|kind| is_by(message, kind))
            && self.things.fits(|thing| has(message, thing))
            && self.fits_embeds(message)
            && self.fits_files(message)
            && self.says(message)
    }

    fn fits_embeds(&self, message: &Value) -> bool {
        let embeds = || message["embeds"].as_array().into_iter().flatten();
        let provider = |name: &String| embeds().any(|embed| embed["provider"]["name"] == **name);
        let links = links(message);
        let hosted = |host: &String| links.iter().any(|link| link.eq_ignore_ascii_case(host));
        let shows = |kind: &str| {
            embeds().any(|embed| match kind {
                "gif" => embed["type"] == "gifv",
                "article" => embed["type"] == "article",
                kind => embed["type"] == kind || embed[kind].is_object(),
            })
        };
        (self.providers.is_empty() || self.providers.iter().any(provider))
            && (self.hosts.is_empty() || self.hosts.iter().any(hosted))
            && self.embed_types.fits(shows)
    }

    fn fits_files(&self, message: &Value) -> bool {
        let names: Vec<&str> = message["attachments"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|file| file["filename"].as_str())
            .collect();
        let is = |wanted: &String| names.contains(&&**wanted);
        let ends = |wanted: &String| {
            let mut ends = names.iter().filter_map(|name| name.rsplit_once('.'));
            ends.any(|(_, end)| end.eq_ignore_ascii_case(wanted))
        };
        (self.file_names.is_empty() || self.file_names.iter().any(is))
            && (self.extensions.is_empty() || self.extensions.iter().any(ends))
    }

    /// Whether a message says the words one after the other, with no more than so many between.
    fn says(&self, message: &Value) -> bool {
        let Some((first, rest)) = self.words.split_first() else {
            return true;
        };
        let said = words(message["content"].as_str().unwrap_or_default());
        let starts = said.iter().enumerate().filter(|(_, word)| *word == first);
        let mut starts = starts.map(|(at, _)| at + 1);
        starts.any(|mut at| {
            let mut skips = self.slop;
            rest.iter().all(|wanted| {
                let ahead = said.get(at..).unwrap_or_default();
                let Some(skipped) = ahead.iter().position(|word| word == wanted) else {
                    return false;
                };
                at += skipped + 1;
                skips
                    .checked_sub(skipped)
                    .map(|left| skips = left)
                    .is_some()
            })
        })
    }
}

fn is_by(message: &Value, kind: &str) -> bool {
    let webhook = message["author"]["discriminator"] == "0000";
    let bot = message["author"]["bot"] == true;
    match kind {
        "webhook" => webhook,
        "bot" => bot && !webhook,
        _ => !bot,
    }
}

fn has(message: &Value, thing: &str) -> bool {
    let filled = |field: &str| message[field].as_array().is_some_and(|it| !it.is_empty());
    let file = |kind: &str| {
        let mut files = message["attachments"].as_array().into_iter().flatten();
        files.any(|file| {
            let is = file["content_type"].as_str().unwrap_or_default();
            is.split('/').next() == Some(kind)
        })
    };
    match thing {
        "sound" => file("audio"),
        "image" | "video" => {
            let mut embeds = message["embeds"].as_array().into_iter().flatten();
            file(thing) || embeds.any(|embed| embed[thing].is_object())
        }
        "file" => filled("attachments"),
        "sticker" => filled("sticker_items"),
        "embed" => filled("embeds"),
        "link" => !links(message).is_empty(),
        "poll" => message["poll"].is_object(),
        _ => filled("message_snapshots"),
    }
}

/// The hosts of the links in a message.
fn links(message: &Value) -> Vec<String> {
    let text = message["content"].as_str().unwrap_or_default();
    let after = ["http://", "https://"]
        .iter()
        .flat_map(|scheme| text.split(scheme).skip(1));
    let hosts = after.map(|rest| {
        let end = |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | ':' | '>' | ')');
        rest.split(end).next().unwrap_or_default().to_owned()
    });
    hosts.filter(|host| !host.is_empty()).collect()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Reads parameters, of which there may be several of one name, and notes what is wrong.
struct Reader<'a> {
    query: &'a str,
    wrong: Wrong,
}

impl Reader<'_> {
    fn all(&self, name: &str) -> Vec<String> {
        let pairs = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        let of = pairs.filter(|(known, value)| *known == name && !value.is_empty());
        of.map(|(_, value)| unescape(value)).collect()
    }

    fn several(&mut self, name: &str, most: usize) -> Vec<String> {
        let all = self.all(name);
        if all.len() > most {
            let message = format!("Must be {most} or fewer in length.");
            self.wrong.note(name, "BASE_TYPE_MAX_LENGTH", &message);
        }
        all
    }

    fn texts(&mut self, name: &str, most: usize, length: usize) -> Vec<String> {
        let all = self.several(name, most);
        if all.iter().any(|text| text.chars().count() > length) {
            let message = format!("Must be {length} or fewer in length.");
            self.wrong.note(name, "BASE_TYPE_MAX_LENGTH", &message);
        }
        all
    }

    fn ids(&mut self, name: &str, most: usize) -> Vec<u64> {
        let mut ids = Vec::new();
        for text in self.several(name, most) {
            if let Ok(id) = text.parse() {
                ids.push(id);
            } else {
                let message = "Value is not snowflake.";
                self.wrong.note(name, "NUMBER_TYPE_COERCE", message);
            }
        }
        ids
    }

    fn number(&mut self, name: &str, least: usize, most: usize) -> Option<usize> {
        let text = self.several(name, 1).pop()?;
        let number = text.parse().ok();
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let message = format!("int value should be between {least} and {most}.");
            self.wrong.note(name, "NUMBER_TYPE_MAX", &message);
        }
        number
    }

    fn boolean(&mut self, name: &str) -> Option<bool> {
        let text = self.several(name, 1).pop()?;
        match &*text {
            "true" | "True" | "1" => Some(true),
            "false" | "False" | "0" => Some(false),
            _ => {
                let message = "Must be either true or false.";
                self.wrong.note(name, "BOOLEAN_TYPE_CONVERT", message);
                None
            }
        }
    }

    /// Whether the second of two is meant.
    fn choice(&mut self, name: &str, among: [&str; 2]) -> bool {
        let Some(text) = self.several(name, 1).pop() else {
            return false;
        };
        if !among.contains(&&*text) {
            let message = format!("Value must be one of {among:?}.");
            self.wrong.note(name, "BASE_TYPE_CHOICES", &message);
        }
        text == among[1]
    }

    /// Names, with `-` before those that are not wanted.
    fn wanted(&mut self, name: &str, among: &'static [&'static str]) -> Wanted {
        let mut wanted = Wanted::default();
        for text in self.several(name, 2 * among.len()) {
            let plain = text.strip_prefix('-');
            let known = among
                .iter()
                .find(|known| **known == plain.unwrap_or(&*text));
            match (known, plain) {
                (Some(known), None) => wanted.any.push(*known),
                (Some(known), Some(_)) => wanted.none.push(*known),
                (None, _) => {
                    let message = format!("Value must be one of {among:?}.");
                    self.wrong.note(name, "BASE_TYPE_CHOICES", &message);
                }
            }
        }
        wanted
    }
}
