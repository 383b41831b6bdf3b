//! Why a test that waited goes on in vain: what was there instead, and what happened last.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use crate::core::State;
use crate::journal::{EntryKind, Journal};
use crate::rest::interactions::InteractionKind;

/// Journal lines shown when something did not come.
const SHOWN: usize = 60;
/// Messages, refusals and the like that are named as clues.
const CLUES: usize = 5;
/// Characters of a message that are shown.
const LINE: usize = 120;

/// `GUILD_MESSAGES`, `DIRECT_MESSAGES` and `MESSAGE_CONTENT`.
const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
const MESSAGE_CONTENT: u64 = 1 << 15;

/// Something a test waited for did not come in time. Says what was there instead, what the bot was
/// refused, and shows the end of the journal; as `Debug` too, so that `unwrap` tells all of it.
pub struct NotSeen {
    headline: String,
    clues: Vec<String>,
    journal: Journal,
}

impl NotSeen {
    /// What happened until then.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    pub(super) fn message(state: &State, channel: u64, within: Duration) -> Self {
        let place = place(state, channel);
        let headline = format!("no message in {place} was as expected within {within:?}");
        let mut clues = messages(state, channel);
        clues.extend(unseen(state, channel));
        Self::new(state, headline, clues)
    }

    pub(super) fn response(state: &State, interaction: u64, within: Duration) -> Self {
        let Some(found) = state.interactions.get(&interaction) else {
            let headline = format!("there was no interaction {interaction}");
            return Self::new(state, headline, Vec::new());
        };
        let what = match &found.kind {
            InteractionKind::Command { name, kind: 1 } => format!("the command /{name}"),
            InteractionKind::Command { name, .. } => format!("the command {name:?}"),
            InteractionKind::Component { message } => format!("a component of message {message}"),
            InteractionKind::Autocomplete { .. } => "what is typed into an option".to_owned(),
            InteractionKind::Modal { .. } => "a modal".to_owned(),
        };
        let (user, place) = (user(state, found.user), place(state, found.channel));
        let headline =
            format!("no answer to {what}, used by {user} in {place}, came within {within:?}");
        Self::new(state, headline, Vec::new())
    }

    pub(super) fn command(state: &State, name: &str, within: Duration) -> Self {
        let headline = format!("no command {name:?} was registered within {within:?}");
        let names: Vec<&str> = state.commands.names().collect();
        let names = if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        };
        Self::new(state, headline, vec![format!("registered: {names}")])
    }

    pub(super) fn state_of_things(state: &State, what: &str, within: Duration) -> Self {
        let headline = format!("not within {within:?}: {what}");
        Self::new(state, headline, Vec::new())
    }

    fn new(state: &State, headline: String, mut clues: Vec<String>) -> Self {
        clues.extend(no_connection(state));
        clues.extend(refusals(&state.journal));
        Self {
            headline,
            clues,
            journal: state.journal.clone(),
        }
    }
}

impl fmt::Display for NotSeen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.headline)?;
        for clue in &self.clues {
            writeln!(f, "  {clue}")?;
        }
        let skipped = self.journal.len().saturating_sub(SHOWN);
        match skipped {
            0 => writeln!(f, "what happened:")?,
            _ => writeln!(f, "what happened last ({skipped} entries before):")?,
        }
        self.journal
            .iter()
            .skip(skipped)
            .try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

impl fmt::Debug for NotSeen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for NotSeen {}

/// The last messages of a channel.
fn messages(state: &State, channel: u64) -> Vec<String> {
    let all: Vec<&Value> = state.world.messages.of(channel).collect();
    if all.is_empty() {
        return vec!["there is no message in it".to_owned()];
    }
    let skipped = all.len().saturating_sub(CLUES);
    let last = all.into_iter().skip(skipped);
    let told = last.map(|message| {
        let author = message["author"]["username"].as_str().unwrap_or("somebody");
        let text = message["content"].as_str().unwrap_or_default();
        let text: String = text.chars().take(LINE).collect();
        let embeds = message["embeds"].as_array().map_or(0, Vec::len);
        let embeds = if embeds > 0 { " with embeds" } else { "" };
        format!("{author} wrote {text:?}{embeds}")
    });
    told.collect()
}

/// What the bot does not get to see of a channel's messages, by the intents of the last session.
fn unseen(state: &State, channel: u64) -> Option<String> {
    let intents = state
        .journal
        .iter()
        .rev()
        .find_map(|entry| match entry.kind {
            EntryKind::Identified { intents, .. } => Some(intents),
            _ => None,
        })?;
    let in_guild = state.world.guild_of(channel).is_some();
    let (needed, name) = if in_guild {
        (GUILD_MESSAGES, "GUILD_MESSAGES")
    } else {
        (DIRECT_MESSAGES, "DIRECT_MESSAGES")
    };
    if intents & needed == 0 {
        return Some(format!(
            "the bot sees no messages there: it did not ask for the intent {name}"
        ));
    }
    (in_guild && intents & MESSAGE_CONTENT == 0).then(|| {
        "the bot sees no content of messages that do not mention it: it did not ask for the intent \
         MESSAGE_CONTENT"
            .to_owned()
    })
}

fn no_connection(state: &State) -> Option<String> {
    if !state.connections.is_empty() {
        return None;
    }
    let told = if state.connections_made == 0 {
        "no bot has connected: is it started, with `gateway_url()` and `token()`?"
    } else {
        "the bot is not connected any more"
    };
    Some(told.to_owned())
}

/// What the bot was refused last.
fn refusals(journal: &Journal) -> Vec<String> {
    let refused = journal.iter().rev().filter_map(|entry| match &entry.kind {
        EntryKind::IdentifyRefused { reason } => {
            Some(format!("its IDENTIFY was refused: {reason}"))
        }
        EntryKind::Http {
            method,
            path,
            status,
            refusal,
        } if *status >= 400 => {
            let why = refusal.as_deref().unwrap_or_default();
            Some(format!("it was refused {method} {path}: {status} {why}"))
        }
        _ => None,
    });
    let mut last: Vec<String> = refused.take(CLUES).collect();
    last.reverse();
    last
}

fn place(state: &State, channel: u64) -> String {
    let found = state.world.channel(channel);
    match found.and_then(|found| found["name"].as_str()) {
        Some(name) => format!("#{name} ({channel})"),
        None => format!("channel {channel}"),
    }
}

fn user(state: &State, user: u64) -> String {
    let found = state.world.users.get(&user);
    found.map_or_else(|| user.to_string(), |found| found.username().to_owned())
}
