//! Mentions and the other markup of message texts: users, roles, channels, commands, emojis, timestamps,
//! guild navigation, and links to messages.
//!
//! [`Mention`] is one of them, found in a text or made from an id; [`MessageLink`] is the address of a
//! message. See [message formatting](https://docs.discord.com/developers/reference#message-formatting).
//!
//! ```
//! use polycord_types::{
//!     Timestamp,
//!     id::UserId,
//!     mention::{Mention, TimestampStyle},
//! };
//!
//! let now = Timestamp::from_seconds(1_618_953_630);
//! let text = format!("{}, it ends {}", UserId::new(8).mention(), now.mention(TimestampStyle::RelativeTime));
//! assert_eq!(text, "<@8>, it ends <t:1618953630:R>");
//!
//! let users = Mention::all_in(&text).filter_map(|(_, mention)| match mention {
//!     Mention::User(user) => Some(user),
//!     _ => None,
//! });
//! assert_eq!(users.collect::<Vec<_>>(), [UserId::new(8)]);
//! ```

mod link;
mod navigation;
mod scan;
mod style;

use std::fmt;

pub use self::{
    link::{MessageLink, ParseMessageLinkError},
    navigation::GuildNavigation,
    scan::Mentions,
    style::TimestampStyle,
};
use crate::{
    Timestamp,
    id::{ChannelId, CommandId, EmojiId, GenericId, RoleId, UserId},
};

/// Something that Discord's clients show in place of its markup.
///
/// `Display` writes the markup.
///
/// See [formats](https://docs.discord.com/developers/reference#message-formatting-formats).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mention<'a> {
    /// `<@id>`: a user. The deprecated `<@!id>` is read alike.
    User(UserId),
    /// `<@&id>`: a role.
    Role(RoleId),
    /// `<#id>`: a channel or a thread.
    Channel(ChannelId),
    /// `<@$id>`: the profile of a game.
    GameProfile(GenericId),
    /// `</name:id>`: a command.
    Command {
        /// The name, with the group and the subcommand behind it: `"name group subcommand"`.
        name: &'a str,
        /// The command's id.
        id: CommandId,
    },
    /// `<:name:id>`, or `<a:name:id>` if it moves: a custom emoji.
    Emoji {
        /// The name, without colons.
        name: &'a str,
        /// The emoji's id.
        id: EmojiId,
        /// Whether it moves.
        animated: bool,
    },
    /// `<t:seconds>` or `<t:seconds:style>`: a point in time, in the reader's zone and language.
    Timestamp {
        /// The time. Parts of a second are not written.
        at: Timestamp,
        /// How it is shown. Markup without a style is read as the default one.
        style: TimestampStyle,
    },
    /// `<id:type>`: a place of the guild.
    GuildNavigation(GuildNavigation),
    /// `@everyone`: all who can see the channel.
    Everyone,
    /// `@here`: all who can see the channel and are online.
    Here,
}

impl<'a> Mention<'a> {
    /// Reads a text that is one mention and nothing else.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        match scan::at_start(text) {
            Some((mention, length)) if length == text.len() => Some(mention),
            _ => None,
        }
    }

    /// Every mention in a text, with its place in bytes.
    ///
    /// Markdown is not looked at: what stands in a code block, which Discord leaves alone, is found too.
    ///
    /// ```
    /// use polycord_types::{id::RoleId, mention::Mention};
    ///
    /// let text = "hey <@&7>!";
    /// let found: Vec<_> = Mention::all_in(text).collect();
    /// assert_eq!(found, [(4..9, Mention::Role(RoleId::new(7)))]);
    /// ```
    pub const fn all_in(text: &'a str) -> Mentions<'a> {
        Mentions::new(text)
    }
}

impl fmt::Display for Mention<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => write!(f, "<@{id}>"),
            Self::Role(id) => write!(f, "<@&{id}>"),
            Self::Channel(id) => write!(f, "<#{id}>"),
            Self::GameProfile(id) => write!(f, "<@${id}>"),
            Self::Command { name, id } => write!(f, "</{name}:{id}>"),
            Self::Emoji { name, id, animated } => {
                let prefix = if *animated { "a" } else { "" };
                write!(f, "<{prefix}:{name}:{id}>")
            }
            Self::Timestamp { at, style } => write!(f, "<t:{}:{style}>", at.as_seconds()),
            Self::GuildNavigation(place) => write!(f, "<id:{place}>"),
            Self::Everyone => f.write_str("@everyone"),
            Self::Here => f.write_str("@here"),
        }
    }
}

impl UserId {
    /// What mentions the user in a text.
    #[must_use]
    pub const fn mention(self) -> Mention<'static> {
        Mention::User(self)
    }
}

impl RoleId {
    /// What mentions the role in a text.
    #[must_use]
    pub const fn mention(self) -> Mention<'static> {
        Mention::Role(self)
    }
}

impl ChannelId {
    /// What mentions the channel or thread in a text.
    #[must_use]
    pub const fn mention(self) -> Mention<'static> {
        Mention::Channel(self)
    }
}

impl CommandId {
    /// What mentions the command in a text; the name of a subcommand is `"name subcommand"` or
    /// `"name group subcommand"`.
    #[must_use]
    pub const fn mention(self, name: &str) -> Mention<'_> {
        Mention::Command { name, id: self }
    }
}

impl EmojiId {
    /// What shows the emoji in a text.
    #[must_use]
    pub const fn mention(self, name: &str, animated: bool) -> Mention<'_> {
        Mention::Emoji {
            name,
            id: self,
            animated,
        }
    }
}

impl Timestamp {
    /// What shows the time in a text, in the reader's zone and language.
    #[must_use]
    pub const fn mention(self, style: TimestampStyle) -> Mention<'static> {
        Mention::Timestamp { at: self, style }
    }
}
