use std::{iter::FusedIterator, ops::Range};

use super::{GuildNavigation, Mention, TimestampStyle};
use crate::{Timestamp, command_name};

/// The furthest that clients can show, in seconds from the Unix epoch both ways.
const MAX_SECONDS: u64 = 8_640_000_000_000;

/// The mentions of a text with their places in bytes, in order: see [`Mention::all_in`].
#[derive(Clone, Debug)]
#[must_use]
pub struct Mentions<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Mentions<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'a> Iterator for Mentions<'a> {
    type Item = (Range<usize>, Mention<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.text.get(self.at..)?;
            let start = self.at + rest.find(['<', '@'])?;
            let found = self.text.get(start..).and_then(at_start);
            if let Some((mention, length)) = found {
                self.at = start + length;
                return Some((start..self.at, mention));
            }
            // Both marks are one byte.
            self.at = start + 1;
        }
    }
}

impl FusedIterator for Mentions<'_> {}

/// The mention that a text begins with, and its length in bytes.
pub(super) fn at_start(text: &str) -> Option<(Mention<'_>, usize)> {
    for (word, mention) in [("@everyone", Mention::Everyone), ("@here", Mention::Here)] {
        if text.starts_with(word) {
            return Some((mention, word.len()));
        }
    }
    let inside = text.strip_prefix('<')?;
    // No mention has another inside: a search ends where the next begins.
    let end = inside.find(['<', '>'])?;
    let (inside, rest) = inside.split_at_checked(end)?;
    if !rest.starts_with('>') {
        return None;
    }
    bracketed(inside).map(|mention| (mention, end + 2))
}

fn bracketed(inside: &str) -> Option<Mention<'_>> {
    if let Some(rest) = inside.strip_prefix('@') {
        return if let Some(id) = rest.strip_prefix('&') {
            id.parse().ok().map(Mention::Role)
        } else if let Some(id) = rest.strip_prefix('$') {
            id.parse().ok().map(Mention::GameProfile)
        } else {
            let id = rest.strip_prefix('!').unwrap_or(rest);
            id.parse().ok().map(Mention::User)
        };
    }
    if let Some(id) = inside.strip_prefix('#') {
        return id.parse().ok().map(Mention::Channel);
    }
    if let Some(rest) = inside.strip_prefix('/') {
        let (name, id) = rest.split_once(':')?;
        let id = id.parse().ok()?;
        return is_command(name).then_some(Mention::Command { name, id });
    }
    let (kind, rest) = inside.split_once(':')?;
    match kind {
        "" | "a" => {
            let (name, id) = rest.split_once(':')?;
            let id = id.parse().ok()?;
            let animated = kind == "a";
            is_emoji(name).then_some(Mention::Emoji { name, id, animated })
        }
        "t" => timestamp(rest),
        "id" => GuildNavigation::parse(rest).map(Mention::GuildNavigation),
        _ => None,
    }
}

/// A name, behind it perhaps a group, behind it perhaps a subcommand.
fn is_command(name: &str) -> bool {
    let mut words = name.split(' ');
    words.by_ref().take(3).all(command_name::is_valid) && words.next().is_none()
}

fn is_emoji(name: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (1..=32).contains(&name.len()) && name.bytes().all(letters)
}

fn timestamp(text: &str) -> Option<Mention<'_>> {
    let (seconds, style) = match text.split_once(':') {
        Some((seconds, style)) => {
            let mut letters = style.chars();
            let style = letters.next().and_then(TimestampStyle::from_letter)?;
            letters.next().is_none().then_some((seconds, style))?
        }
        None => (text, TimestampStyle::default()),
    };
    // `parse` alone would take a plus sign.
    if seconds.starts_with('+') {
        return None;
    }
    let seconds: i64 = seconds.parse().ok()?;
    let at = Timestamp::from_seconds(seconds);
    (seconds.unsigned_abs() <= MAX_SECONDS).then_some(Mention::Timestamp { at, style })
}

#[cfg(test)]
mod tests;
