use std::{fmt, ops::Range, str::FromStr};

use crate::id::{ChannelId, GuildId, MessageId};

const HOSTS: [&str; 6] = [
    "discord.com",
    "ptb.discord.com",
    "canary.discord.com",
    "discordapp.com",
    "ptb.discordapp.com",
    "canary.discordapp.com",
];

/// The address of a message, as clients copy it.
///
/// Read from links of every client (`discord.com`, `ptb.` and `canary.` of it, the older
/// `discordapp.com`), written with `discord.com`.
///
/// ```
/// use polycord_types::{id::{ChannelId, MessageId}, mention::MessageLink};
///
/// let link: MessageLink = "https://canary.discord.com/channels/@me/2/3".parse()?;
/// assert_eq!(link, MessageLink::new(None, ChannelId::new(2), MessageId::new(3)));
/// assert_eq!(link.to_string(), "https://discord.com/channels/@me/2/3");
/// # Ok::<(), polycord_types::mention::ParseMessageLinkError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MessageLink {
    /// The guild; none in direct messages.
    pub guild_id: Option<GuildId>,
    /// The channel or thread.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
}

impl MessageLink {
    /// The address of a message in a channel, of a guild or of direct messages.
    #[must_use]
    pub const fn new(
        guild_id: Option<GuildId>,
        channel_id: ChannelId,
        message_id: MessageId,
    ) -> Self {
        Self {
            guild_id,
            channel_id,
            message_id,
        }
    }

    /// Every link to a message in a text, with its place in bytes.
    ///
    /// ```
    /// use polycord_types::mention::MessageLink;
    ///
    /// let text = "see <https://discord.com/channels/1/2/3>";
    /// let (place, link) = MessageLink::all_in(text).next().unwrap();
    /// assert_eq!(&text[place], link.to_string());
    /// ```
    pub fn all_in(text: &str) -> impl Iterator<Item = (Range<usize>, Self)> {
        text.match_indices("http").filter_map(|(start, _)| {
            let (link, length) = at_start(text.get(start..)?)?;
            Some((start..start + length, link))
        })
    }
}

impl fmt::Display for MessageLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("https://discord.com/channels/")?;
        match self.guild_id {
            Some(guild) => write!(f, "{guild}")?,
            None => f.write_str("@me")?,
        }
        write!(f, "/{}/{}", self.channel_id, self.message_id)
    }
}

impl FromStr for MessageLink {
    type Err = ParseMessageLinkError;

    /// Reads a text that is one link; a slash or a query behind it is passed over.
    fn from_str(text: &str) -> Result<Self, ParseMessageLinkError> {
        let (link, length) = at_start(text).ok_or(ParseMessageLinkError(()))?;
        let rest = text.get(length..).unwrap_or_default();
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        if rest.is_empty() || rest.starts_with(['?', '#']) {
            Ok(link)
        } else {
            Err(ParseMessageLinkError(()))
        }
    }
}

/// A text that is no link to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseMessageLinkError(());

impl fmt::Display for ParseMessageLinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a link to a message: expected https://discord.com/channels/GUILD/CHANNEL/MESSAGE, with @me for the guild in direct messages")
    }
}

impl std::error::Error for ParseMessageLinkError {}

/// The link that a text begins with, and its length in bytes.
fn at_start(text: &str) -> Option<(MessageLink, usize)> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))?;
    let rest = HOSTS
        .iter()
        .find_map(|host| rest.strip_prefix(host)?.strip_prefix("/channels/"))?;
    let (guild, rest) = rest.split_once('/')?;
    let guild_id = match guild {
        "@me" => None,
        guild => Some(guild.parse().ok()?),
    };
    let (channel, rest) = rest.split_once('/')?;
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (message, rest) = rest.split_at_checked(end)?;
    let link = MessageLink::new(guild_id, channel.parse().ok()?, message.parse().ok()?);
    Some((link, text.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_every_client_read_alike() {
        let expected =
            MessageLink::new(Some(GuildId::new(1)), ChannelId::new(2), MessageId::new(3));
        for host in HOSTS {
            for end in ["", "/", "?x=1", "/#a"] {
                let text = format!("https://{host}/channels/1/2/3{end}");
                assert_eq!(text.parse(), Ok(expected), "{text}");
            }
        }
        assert_eq!(expected.to_string().parse(), Ok(expected));
        let direct = MessageLink::new(None, ChannelId::new(2), MessageId::new(3));
        assert_eq!(direct.to_string().parse(), Ok(direct));
    }

    #[test]
    fn what_is_no_link_is_refused() {
        for text in [
            "",
            "https://discord.com/channels/1/2",
            "https://discord.com/channels/1/2/",
            "https://discord.com/channels/1/2/x",
            "https://discord.com/channels/1/2/3x",
            "https://discord.com/channels/1/2/3/4",
            "https://discord.com/channels/me/2/3",
            "https://discord.com/channels/@me/0/3",
            "https://evil.com/channels/1/2/3",
            "https://evil.com/https://discord.com/channels/1/2/3",
            "ftp://discord.com/channels/1/2/3",
            "discord.com/channels/1/2/3",
            " https://discord.com/channels/1/2/3",
        ] {
            assert!(text.parse::<MessageLink>().is_err(), "{text}");
        }
    }

    #[test]
    fn links_are_found_between_words() {
        let link = "https://discord.com/channels/1/2/3";
        let text = format!("é {link}, http ({link}) https:// {link}4");
        let found: Vec<_> = MessageLink::all_in(&text).collect();
        assert_eq!(found.len(), 3);
        for (range, link) in found {
            assert_eq!(text[range], link.to_string());
        }
    }
}
