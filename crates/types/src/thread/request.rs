//! Threads to be begun, and what is to change in one.

use polycord_types_derive::Model;

use crate::{
    Text,
    channel::{ChannelFlags, ChannelType},
    component::Component,
    id::{StickerId, TagId},
    message::{AllowedMentions, AttachmentRequest, Embed, MessageFlags},
    thread::ThreadAutoArchiveDuration,
};

/// A thread to be begun on a message.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#start-thread-from-message-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct StartThreadFromMessage {
    /// The name, 1 to 100 characters.
    pub name: Text,
    /// Minutes without activity until it leaves the channel list.
    pub auto_archive_duration: Option<ThreadAutoArchiveDuration>,
    /// Seconds a user waits between two messages, at most 21600.
    #[model(optional, nullable)]
    pub rate_limit_per_user: Option<u32>,
}

impl StartThreadFromMessage {
    /// A thread with a name, 1 to 100 characters.
    pub fn new(name: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }
}

setters! {
    impl StartThreadFromMessage {
        /// Sets after how many minutes without activity it leaves the channel list.
        auto_archive_duration(ThreadAutoArchiveDuration);
        /// Sets how many seconds a user waits between two messages, at most 21600.
        rate_limit_per_user(u32);
    }
}

/// A thread to be begun without a message.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#start-thread-without-message-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct StartThread {
    /// The name, 1 to 100 characters.
    pub name: Text,
    /// Minutes without activity until it leaves the channel list.
    pub auto_archive_duration: Option<ThreadAutoArchiveDuration>,
    /// The kind of thread. Absent means [`PrivateThread`](ChannelType::PrivateThread).
    #[model(rename = "type")]
    pub kind: Option<ChannelType>,
    /// Whether everybody in a private thread may add others.
    pub invitable: Option<bool>,
    /// Seconds a user waits between two messages, at most 21600.
    #[model(optional, nullable)]
    pub rate_limit_per_user: Option<u32>,
}

impl StartThread {
    /// A private thread with a name, 1 to 100 characters; see [`kind`](Self::kind).
    pub fn new(name: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }
}

setters! {
    impl StartThread {
        /// Sets after how many minutes without activity it leaves the channel list.
        auto_archive_duration(ThreadAutoArchiveDuration);
        /// Sets the kind of thread. The default is [`PrivateThread`](ChannelType::PrivateThread).
        kind(ChannelType);
        /// Sets whether everybody in a private thread may add others.
        invitable(bool);
        /// Sets how many seconds a user waits between two messages, at most 21600.
        rate_limit_per_user(u32);
    }
}

/// A post to be made in a forum or a media channel: a thread with its first message.
///
/// ```
/// use polycord_types::thread::{ForumThreadMessage, StartForumThread};
///
/// let post = StartForumThread::new("How do I?", ForumThreadMessage::new().content("Like this."));
/// assert_eq!(serde_json::to_string(&post)?, r#"{"name":"How do I?","message":{"content":"Like this."}}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel-jsonform-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct StartForumThread {
    /// The name, 1 to 100 characters.
    pub name: Text,
    /// Minutes without activity until it leaves the channel list.
    pub auto_archive_duration: Option<ThreadAutoArchiveDuration>,
    /// Seconds a user waits between two messages, at most 21600.
    #[model(optional, nullable)]
    pub rate_limit_per_user: Option<u32>,
    /// The first message.
    pub message: ForumThreadMessage,
    /// Tags that it carries, at most five.
    pub applied_tags: Option<Vec<TagId>>,
}

impl StartForumThread {
    /// A post with a name, 1 to 100 characters, and its first message.
    pub fn new(name: impl Into<Text>, message: impl Into<ForumThreadMessage>) -> Self {
        Self {
            name: name.into(),
            message: message.into(),
            ..Self::default()
        }
    }

    /// Sets the tags that it carries, at most five.
    pub fn applied_tags(mut self, applied_tags: impl IntoIterator<Item = TagId>) -> Self {
        self.applied_tags = Some(applied_tags.into_iter().collect());
        self
    }
}

setters! {
    impl StartForumThread {
        /// Sets after how many minutes without activity it leaves the channel list.
        auto_archive_duration(ThreadAutoArchiveDuration);
        /// Sets how many seconds a user waits between two messages, at most 21600.
        rate_limit_per_user(u32);
    }
}

/// The first message of a post in a forum or a media channel.
///
/// It needs at least one of text, embeds, stickers, components, or files.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel-forum-and-media-thread-message-params-object).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ForumThreadMessage {
    /// The text, at most 2000 characters.
    pub content: Option<Text>,
    /// Embeds, at most ten.
    pub embeds: Option<Vec<Embed>>,
    /// Whom it may mention. Absent means everybody that its text names.
    pub allowed_mentions: Option<AllowedMentions>,
    /// Components.
    pub components: Option<Vec<Component>>,
    /// Stickers, at most three.
    pub sticker_ids: Option<Vec<StickerId>>,
    /// What the uploaded files are.
    pub attachments: Option<Vec<AttachmentRequest>>,
    /// `SUPPRESS_EMBEDS`, `SUPPRESS_NOTIFICATIONS` and `IS_COMPONENTS_V2` can be set.
    pub flags: Option<MessageFlags>,
}

impl ForumThreadMessage {
    /// A message of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the stickers, at most three.
    pub fn sticker_ids(mut self, sticker_ids: impl IntoIterator<Item = StickerId>) -> Self {
        self.sticker_ids = Some(sticker_ids.into_iter().collect());
        self
    }
}

setters! {
    impl ForumThreadMessage {
        /// Sets the text, at most 2000 characters.
        content(into Text);
        /// Sets whom it may mention. The default is everybody that its text names.
        allowed_mentions(AllowedMentions);
    }
}

/// What is to change in a thread. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#modify-channel-json-params-thread).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ModifyThread {
    /// The name, 1 to 100 characters.
    pub name: Option<Text>,
    /// Whether it is archived.
    pub archived: Option<bool>,
    /// Minutes without activity until it leaves the channel list.
    pub auto_archive_duration: Option<ThreadAutoArchiveDuration>,
    /// Whether only moderators can bring it back.
    pub locked: Option<bool>,
    /// Whether everybody in a private thread may add others.
    pub invitable: Option<bool>,
    /// Seconds a user waits between two messages, at most 21600.
    pub rate_limit_per_user: Option<Option<u32>>,
    /// `PINNED` can be set in forums and media channels.
    pub flags: Option<ChannelFlags>,
    /// Tags that a post of a forum carries, at most five.
    pub applied_tags: Option<Vec<TagId>>,
}

impl ModifyThread {
    /// One that changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces the tags that a post of a forum carries, at most five.
    pub fn applied_tags(mut self, applied_tags: impl IntoIterator<Item = TagId>) -> Self {
        self.applied_tags = Some(applied_tags.into_iter().collect());
        self
    }
}

setters! {
    impl ModifyThread {
        /// Sets the name, 1 to 100 characters.
        name(into Text);
        /// Archives it, or brings it back.
        archived(bool);
        /// Sets after how many minutes without activity it leaves the channel list.
        auto_archive_duration(ThreadAutoArchiveDuration);
        /// Sets whether only moderators can bring it back.
        locked(bool);
        /// Sets whether everybody in a private thread may add others.
        invitable(bool);
        /// Replaces the flags.
        flags(ChannelFlags);
    }
}

patch_setters! {
    impl ModifyThread {
        /// Sets how many seconds a user waits between two messages, at most 21600.
        rate_limit_per_user(u32);
    }
    clear {
    }
}
