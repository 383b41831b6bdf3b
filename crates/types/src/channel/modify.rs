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

    /// Sets the name, 1 to 100 characters.
    pub fn name(mut self, name: impl Into<Text>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Makes a text channel an announcement channel, or the other way round.
    pub fn kind(mut self, kind: ChannelType) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Sets the place in the list.
    pub fn position(mut self, position: i64) -> Self {
        self.position = Some(Some(position));
        self
    }

    /// Sets what the channel is about, at most 1024 characters; 4096 for the guidelines of a forum.
    pub fn topic(mut self, topic: impl Into<Text>) -> Self {
        self.topic = Some(Some(topic.into()));
        self
    }

    /// Removes the topic.
    pub fn clear_topic(mut self) -> Self {
        self.topic = Some(None);
        self
    }

    /// Sets whether it is for adults.
    pub fn nsfw(mut self, nsfw: bool) -> Self {
        self.nsfw = Some(Some(nsfw));
        self
    }

    /// Sets how many seconds a user waits between two messages, at most 21600.
    pub fn rate_limit_per_user(mut self, rate_limit_per_user: u32) -> Self {
        self.rate_limit_per_user = Some(Some(rate_limit_per_user));
        self
    }

    /// Sets the bits per second of voice, at least 8000.
    pub fn bitrate(mut self, bitrate: u32) -> Self {
        self.bitrate = Some(Some(bitrate));
        self
    }

    /// Sets how many users fit in: at most 99, on a stage 10000. 0 means no limit.
    pub fn user_limit(mut self, user_limit: u32) -> Self {
        self.user_limit = Some(Some(user_limit));
        self
    }

    /// Replaces what roles and members may do here.
    pub fn permission_overwrites(
        mut self,
        permission_overwrites: impl IntoIterator<Item = PermissionOverwrite>,
    ) -> Self {
        self.permission_overwrites = Some(Some(permission_overwrites.into_iter().collect()));
        self
    }

    /// Moves the channel into a category.
    pub fn parent_id(mut self, parent_id: ChannelId) -> Self {
        self.parent_id = Some(Some(parent_id));
        self
    }

    /// Takes the channel out of its category.
    pub fn clear_parent_id(mut self) -> Self {
        self.parent_id = Some(None);
        self
    }

    /// Sets the region of the voice servers.
    pub fn rtc_region(mut self, rtc_region: impl Into<Text>) -> Self {
        self.rtc_region = Some(Some(rtc_region.into()));
        self
    }

    /// Lets Discord choose the region of the voice servers.
    pub fn clear_rtc_region(mut self) -> Self {
        self.rtc_region = Some(None);
        self
    }

    /// Sets the quality of cameras.
    pub fn video_quality_mode(mut self, video_quality_mode: VideoQualityMode) -> Self {
        self.video_quality_mode = Some(Some(video_quality_mode));
        self
    }

    /// Sets how many minutes without activity the client proposes for new threads.
    pub fn default_auto_archive_duration(
        mut self,
        default_auto_archive_duration: ThreadAutoArchiveDuration,
    ) -> Self {
        self.default_auto_archive_duration = Some(Some(default_auto_archive_duration));
        self
    }

    /// Replaces the properties.
    pub fn flags(mut self, flags: ChannelFlags) -> Self {
        self.flags = Some(flags);
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

    /// Sets the emoji offered as the first reaction to a post.
    pub fn default_reaction_emoji(mut self, default_reaction_emoji: DefaultReaction) -> Self {
        self.default_reaction_emoji = Some(Some(default_reaction_emoji));
        self
    }

    /// Offers no emoji as the first reaction.
    pub fn clear_default_reaction_emoji(mut self) -> Self {
        self.default_reaction_emoji = Some(None);
        self
    }

    /// Sets how many seconds users of new threads wait between two messages.
    pub fn default_thread_rate_limit_per_user(
        mut self,
        default_thread_rate_limit_per_user: u32,
    ) -> Self {
        self.default_thread_rate_limit_per_user = Some(default_thread_rate_limit_per_user);
        self
    }

    /// Sets how a forum's posts are ordered.
    pub fn default_sort_order(mut self, default_sort_order: SortOrder) -> Self {
        self.default_sort_order = Some(Some(default_sort_order));
        self
    }

    /// Sets how a forum is shown.
    pub fn default_forum_layout(mut self, default_forum_layout: ForumLayout) -> Self {
        self.default_forum_layout = Some(default_forum_layout);
        self
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

    /// Sets the name, 1 to 100 characters.
    pub fn name(mut self, name: impl Into<Text>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the icon.
    pub fn icon(mut self, icon: impl Into<DataUri>) -> Self {
        self.icon = Some(icon.into());
        self
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
