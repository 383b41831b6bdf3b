//! What is to change in a channel.

use polycord_types_derive::Model;

use crate::{
    Text,
    channel::{
        ChannelFlags, ChannelType, DefaultReaction, ForumLayout, PermissionOverwrite, SortOrder,
        VideoQualityMode,
    },
    data_uri::DataUri,
    id::{ChannelId, EmojiId, TagId},
    thread::ThreadAutoArchiveDuration,
};

/// What is to change in a channel of a guild. `None` leaves a field as it is, `Some(None)` clears it.
///
/// Which fields a channel has depends on its kind.
///
/// ```
/// use polycord_types::channel::ModifyChannel;
///
/// let change = ModifyChannel::new().name("rules").clear_topic();
/// assert_eq!(serde_json::to_string(&change)?, r#"{"name":"rules","topic":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#modify-channel-json-params-guild-channel).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ModifyChannel {
    /// The name, 1 to 100 characters.
    pub name: Option<Text>,
    /// The kind. Only text and announcement channels become each other, where the guild has the feature `NEWS`.
    #[model(rename = "type")]
    pub kind: Option<ChannelType>,
    /// Place in the list.
    pub position: Option<Option<i64>>,
    /// What the channel is about, at most 1024 characters; 4096 for the guidelines of a forum.
    pub topic: Option<Option<Text>>,
    /// Whether it is for adults.
    pub nsfw: Option<Option<bool>>,
    /// Seconds a user waits between two messages, at most 21600.
    pub rate_limit_per_user: Option<Option<u32>>,
    /// Bits per second of voice, at least 8000.
    pub bitrate: Option<Option<u32>>,
    /// How many users fit in: at most 99, on a stage 10000. 0 means no limit.
    pub user_limit: Option<Option<u32>>,
    /// What roles and members may do here, differing from the guild.
    pub permission_overwrites: Option<Option<Vec<PermissionOverwrite>>>,
    /// The category.
    pub parent_id: Option<Option<ChannelId>>,
    /// Region of the voice servers.
    pub rtc_region: Option<Option<Text>>,
    /// Quality of cameras.
    pub video_quality_mode: Option<Option<VideoQualityMode>>,
    /// Minutes without activity until new threads are archived, as the client proposes.
    pub default_auto_archive_duration: Option<Option<ThreadAutoArchiveDuration>>,
    /// Properties: `REQUIRE_TAG` of a forum, `HIDE_MEDIA_DOWNLOAD_OPTIONS` of a media channel.
    pub flags: Option<ChannelFlags>,
    /// Tags that posts of a forum can carry, at most 20.
    pub available_tags: Option<Vec<ForumTagRequest>>,
    /// The emoji offered as the first reaction to a post.
    pub default_reaction_emoji: Option<Option<DefaultReaction>>,
    /// `rate_limit_per_user` that new threads begin with.
    pub default_thread_rate_limit_per_user: Option<u32>,
    /// How a forum's posts are ordered.
    pub default_sort_order: Option<Option<SortOrder>>,
    /// How a forum is shown.
    pub default_forum_layout: Option<ForumLayout>,
}

impl ModifyChannel {
    /// One that changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces what roles and members may do here.
    pub fn permission_overwrites(
        mut self,
        permission_overwrites: impl IntoIterator<Item = PermissionOverwrite>,
    ) -> Self {
        self.permission_overwrites = Some(Some(permission_overwrites.into_iter().collect()));
        self
    }

    /// Replaces the tags that posts of a forum can carry, at most 20.
    pub fn available_tags(
        mut self,
        available_tags: impl IntoIterator<Item = ForumTagRequest>,
    ) -> Self {
        self.available_tags = Some(available_tags.into_iter().collect());
        self
    }
}

setters! {
    impl ModifyChannel {
        /// Sets the name, 1 to 100 characters.
        name(into Text);
        /// Makes a text channel an announcement channel, or the other way round.
        kind(ChannelType);
        /// Replaces the properties.
        flags(ChannelFlags);
        /// Sets how many seconds users of new threads wait between two messages.
        default_thread_rate_limit_per_user(u32);
        /// Sets how a forum is shown.
        default_forum_layout(ForumLayout);
    }
}

patch_setters! {
    impl ModifyChannel {
        /// Sets the place in the list.
        position(i64);
        /// Sets what the channel is about, at most 1024 characters; 4096 for the guidelines of a forum.
        topic(into Text);
        /// Sets whether it is for adults.
        nsfw(bool);
        /// Sets how many seconds a user waits between two messages, at most 21600.
        rate_limit_per_user(u32);
        /// Sets the bits per second of voice, at least 8000.
        bitrate(u32);
        /// Sets how many users fit in: at most 99, on a stage 10000. 0 means no limit.
        user_limit(u32);
        /// Moves the channel into a category.
        parent_id(ChannelId);
        /// Sets the region of the voice servers.
        rtc_region(into Text);
        /// Sets the quality of cameras.
        video_quality_mode(VideoQualityMode);
        /// Sets how many minutes without activity the client proposes for new threads.
        default_auto_archive_duration(ThreadAutoArchiveDuration);
        /// Sets the emoji offered as the first reaction to a post.
        default_reaction_emoji(DefaultReaction);
        /// Sets how a forum's posts are ordered.
        default_sort_order(SortOrder);
    }
    clear {
        /// Removes the topic.
        clear_topic(topic);
        /// Takes the channel out of its category.
        clear_parent_id(parent_id);
        /// Lets Discord choose the region of the voice servers.
        clear_rtc_region(rtc_region);
        /// Offers no emoji as the first reaction.
        clear_default_reaction_emoji(default_reaction_emoji);
    }
}

/// What is to change in a group. `None` leaves a field as it is.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#modify-channel-json-params-group-dm).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ModifyGroupDm {
    /// The name, 1 to 100 characters.
    pub name: Option<Text>,
    /// The icon.
    pub icon: Option<DataUri>,
}

impl ModifyGroupDm {
    /// One that changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl ModifyGroupDm {
        /// Sets the name, 1 to 100 characters.
        name(into Text);
        /// Sets the icon.
        icon(into DataUri);
    }
}

/// A tag that a forum is to have.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#forum-tag-object).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ForumTagRequest {
    /// The tag that is to stay. Absent for a new one.
    pub id: Option<TagId>,
    /// The tag's name, at most 20 characters.
    pub name: Text,
    /// Whether only those who may manage threads can apply it.
    pub moderated: Option<bool>,
    /// Identifies a custom emoji.
    #[model(optional, nullable)]
    pub emoji_id: Option<EmojiId>,
    /// The characters of a standard emoji.
    #[model(optional, nullable)]
    pub emoji_name: Option<Text>,
}

impl ForumTagRequest {
    /// A new tag.
    pub fn new(name: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// Lets only those apply it who may manage threads.
    pub fn moderated(mut self) -> Self {
        self.moderated = Some(true);
        self
    }

    /// Sets a custom emoji.
    pub fn custom_emoji(mut self, emoji: EmojiId) -> Self {
        self.emoji_id = Some(emoji);
        self
    }

    /// Sets a standard emoji.
    pub fn emoji(mut self, emoji: impl Into<Text>) -> Self {
        self.emoji_name = Some(emoji.into());
        self
    }
}

impl From<super::ForumTag> for ForumTagRequest {
    fn from(tag: super::ForumTag) -> Self {
        Self {
            id: Some(tag.id),
            name: tag.name,
            moderated: Some(tag.moderated),
            emoji_id: tag.emoji_id,
            emoji_name: tag.emoji_name,
        }
    }
}
