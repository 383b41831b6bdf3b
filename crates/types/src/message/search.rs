//! Searching the messages of a guild.

use polycord_types_derive::Model;

use crate::{channel::Channel, message::Message, thread::ThreadMember};

/// What a search through the messages of a guild found.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#search-guild-messages-response-body).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SearchResults {
    /// Whether old messages are still being indexed, so that some may be missing.
    pub doing_deep_historical_index: bool,
    /// How many messages were indexed so far, while that goes on.
    pub documents_indexed: Option<u64>,
    /// How many messages match.
    pub total_results: u64,
    /// The messages of this page. Each list holds one.
    pub messages: Vec<Vec<Message>>,
    /// The threads these messages are in.
    pub threads: Option<Vec<Channel>>,
    /// The current user in those of these threads that it joined.
    pub members: Option<Vec<ThreadMember>>,
}

open_enum! {
    /// Who wrote the messages.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#search-guild-messages-author-types).
    pub enum SearchAuthorType: str {
        /// People.
        User = "user",
        /// Bots.
        Bot = "bot",
        /// Webhooks.
        Webhook = "webhook",
    }
}

open_enum! {
    /// What the messages have.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#search-guild-messages-search-has-types).
    pub enum SearchHasType: str {
        /// A picture.
        Image = "image",
        /// A sound as an attachment.
        Sound = "sound",
        /// A video.
        Video = "video",
        /// An attachment.
        File = "file",
        /// A sticker.
        Sticker = "sticker",
        /// An embed.
        Embed = "embed",
        /// A link.
        Link = "link",
        /// A poll.
        Poll = "poll",
        /// A forwarded message.
        Snapshot = "snapshot",
    }
}

open_enum! {
    /// Which embeds the messages have.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#search-guild-messages-search-embed-types).
    pub enum SearchEmbedType: str {
        /// A picture.
        Image = "image",
        /// A video.
        Video = "video",
        /// A moving picture.
        Gif = "gif",
        /// A sound.
        Sound = "sound",
        /// An article.
        Article = "article",
    }
}

open_enum! {
    /// What the messages are ordered by.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#search-guild-messages-search-sort-modes).
    pub enum SearchSortMode: str {
        /// Their age. The default.
        Timestamp = "timestamp",
        /// How well they match.
        Relevance = "relevance",
    }
}

open_enum! {
    /// In which direction the messages are ordered.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/message#search-guild-messages).
    pub enum SearchSortOrder: str {
        /// Upwards.
        Asc = "asc",
        /// Downwards. The default.
        Desc = "desc",
    }
}
