use polycord_types_derive::Model;

use super::{
    ChannelFlags, ChannelType, DefaultReaction, ForumLayout, ForumTagRequest, PermissionOverwrite,
    SortOrder, VideoQualityMode,
};
use crate::{Text, id::ChannelId, thread::ThreadAutoArchiveDuration};

/// A channel to be made in a guild.
///
/// Which fields count depends on `kind`.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#create-guild-channel-json-params).
///
/// ```
/// use polycord_types::{channel::{ChannelType, CreateChannel}, id::ChannelId};
///
/// let channel = CreateChannel::new("talks", ChannelType::GuildText)
///     .parent_id(ChannelId::new(8))
///     .topic("What was said");
/// assert_eq!(channel.name, "talks");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct CreateChannel {
    /// The channel's name, 1 to 100 characters.
    pub name: Text,
    /// What kind of channel. The default is text.
    #[model(rename = "type", optional, nullable)]
    pub kind: Option<ChannelType>,
    /// What the channel is about, at most 1,024 characters; the guidelines of a forum, at most 4,096.
    #[model(optional, nullable)]
    pub topic: Option<Text>,
    /// Bits per second of voice, 8,000 or more.
    #[model(optional, nullable)]
    pub bitrate: Option<u32>,
    /// How many users fit in. 0 means no limit.
    #[model(optional, nullable)]
    pub user_limit: Option<u32>,
    /// Seconds a user waits between two messages, at most 21,600.
    #[model(optional, nullable)]
    pub rate_limit_per_user: Option<u32>,
    /// Place in the list. Channels of one place are ordered by id.
    #[model(optional, nullable)]
    pub position: Option<i64>,
    /// What roles and members may do here, differing from the guild.
    #[model(optional, nullable)]
    pub permission_overwrites: Option<Vec<PermissionOverwrite>>,
    /// The category.
    #[model(optional, nullable)]
    pub parent_id: Option<ChannelId>,
    /// Whether it is for adults.
    #[model(optional, nullable)]
    pub nsfw: Option<bool>,
    /// Region of the voice servers. `None` means automatic.
    #[model(optional, nullable)]
    pub rtc_region: Option<Text>,
    /// Quality of cameras.
    #[model(optional, nullable)]
    pub video_quality_mode: Option<VideoQualityMode>,
    /// Minutes without activity until new threads are archived, as the client proposes.
    #[model(optional, nullable)]
    pub default_auto_archive_duration: Option<ThreadAutoArchiveDuration>,
    /// Emoji offered as the first reaction to a post.
    #[model(optional, nullable)]
    pub default_reaction_emoji: Option<DefaultReaction>,
    /// Tags that posts of a forum can carry, at most 20.
    #[model(optional, nullable)]
    pub available_tags: Option<Vec<ForumTagRequest>>,
    /// How a forum's posts are ordered.
    #[model(optional, nullable)]
    pub default_sort_order: Option<SortOrder>,
    /// How a forum is shown.
    #[model(optional, nullable)]
    pub default_forum_layout: Option<ForumLayout>,
    /// `rate_limit_per_user` that new threads begin with.
    #[model(optional, nullable)]
    pub default_thread_rate_limit_per_user: Option<u32>,
    /// Properties of the channel.
    #[model(optional, nullable)]
    pub flags: Option<ChannelFlags>,
}

impl CreateChannel {
    /// A channel of a kind.
    pub fn new(name: impl Into<Text>, kind: ChannelType) -> Self {
        Self {
            name: name.into(),
            kind: Some(kind),
            ..Self::default()
        }
    }
}

setters! {
    impl CreateChannel {
        /// Sets what the channel is about, at most 1,024 characters; 4,096 for the guidelines of a
        /// forum. The default is nothing.
        topic(into Text);
        /// Sets the bits per second of voice, 8,000 or more. The default is 64,000.
        bitrate(u32);
        /// Sets how many users fit in: at most 99, on a stage 10,000. The default is no limit.
        user_limit(u32);
        /// Sets the seconds a user waits between two messages, at most 21,600. The default is 0.
        rate_limit_per_user(u32);
        /// Sets the place in the list. The default is the end.
        position(i64);
        /// Sets what roles and members may do here. The default is what the category says.
        permission_overwrites(list PermissionOverwrite);
        /// Sets the category. The default is none.
        parent_id(ChannelId);
        /// Sets whether it is for adults. The default is `false`.
        nsfw(bool);
        /// Sets the region of the voice servers. The default is the closest one.
        rtc_region(into Text);
        /// Sets the quality of cameras. The default is that Discord chooses.
        video_quality_mode(VideoQualityMode);
        /// Sets the minutes without activity until new threads are archived, as the client proposes.
        default_auto_archive_duration(ThreadAutoArchiveDuration);
        /// Sets the emoji offered as the first reaction to a post. The default is none.
        default_reaction_emoji(DefaultReaction);
        /// Sets the tags that posts of a forum can carry, at most 20. The default is none.
        available_tags(list ForumTagRequest);
        /// Sets how a forum's posts are ordered. The default is by last activity.
        default_sort_order(SortOrder);
        /// Sets how a forum is shown.
        default_forum_layout(ForumLayout);
        /// Sets the `rate_limit_per_user` that new threads begin with. The default is 0.
        default_thread_rate_limit_per_user(u32);
        /// Sets properties of the channel.
        flags(ChannelFlags);
    }
}

/// A channel to be moved. A request moves any number of them.
///
/// See [the documentation](https://docs.discord.com/developers/resources/guild#modify-guild-channel-positions-json-params).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
#[must_use]
pub struct ModifyChannelPosition {
    /// The channel.
    #[model(key)]
    pub id: ChannelId,
    /// The new place in the list.
    pub position: Option<Option<i64>>,
    /// Whether it takes over the permissions of its new category.
    pub lock_permissions: Option<Option<bool>>,
    /// The new category; `Some(None)` takes it out of its category.
    pub parent_id: Option<Option<ChannelId>>,
    /// Properties of the channel.
    pub flags: Option<Option<ChannelFlags>>,
}

impl ModifyChannelPosition {
    /// A move that changes nothing yet.
    pub fn new(channel: ChannelId) -> Self {
        Self {
            id: channel,
            position: None,
            lock_permissions: None,
            parent_id: None,
            flags: None,
        }
    }
}

patch_setters! {
    impl ModifyChannelPosition {
        /// Sets the new place in the list.
        position(i64);
        /// Sets whether it takes over the permissions of its new category.
        lock_permissions(bool);
        /// Sets the new category.
        parent_id(ChannelId);
        /// Sets properties of the channel.
        flags(ChannelFlags);
    }
    clear {
        /// Takes it out of its category.
        clear_parent_id(parent_id);
    }
}
