//! Channels: text, voice, categories, forums, direct messages, and threads.
//!
//! [`Channel`] is any of them; [`CreateChannel`] and [`ModifyChannel`] are sent to make and change them,
//! [`PermissionOverwrite`] says who may do what there.
//!
//! See [channels](https://docs.discord.com/developers/resources/channel).

mod create;
mod modify;
mod request;

use polycord_types_derive::Model;

use crate::{
    ImageHash, Permissions, Text, Timestamp,
    id::{ApplicationId, ChannelId, EmojiId, GenericId, GuildId, MessageId, RoleId, TagId, UserId},
    mention::Mention,
    thread::{ThreadAutoArchiveDuration, ThreadMember, ThreadMetadata},
    user::User,
};

pub use self::{
    create::{CreateChannel, ModifyChannelPosition},
    modify::{ForumTagRequest, ModifyChannel, ModifyGroupDm},
    request::{
        AddGroupDmRecipient, CreateChannelInvite, EditChannelPermissions,
        FollowAnnouncementChannel, FollowedChannel, SetVoiceChannelStatus,
    },
};

/// A channel or a thread.
///
/// Which fields are there depends on `kind`.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#channel-object-channel-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Channel {
    /// Identifies the channel. A thread begun on a message has that message's id.
    #[model(key)]
    pub id: ChannelId,
    /// What kind of channel.
    #[model(rename = "type")]
    pub kind: ChannelType,
    /// The guild. Absent in direct messages, and inside `GUILD_CREATE`.
    pub guild_id: Option<GuildId>,
    /// Place in the list. Channels of one place are ordered by id.
    pub position: Option<i64>,
    /// What roles and members may do here, differing from the guild.
    pub permission_overwrites: Option<Vec<PermissionOverwrite>>,
    /// The channel's name.
    #[model(optional, nullable)]
    pub name: Option<Text>,
    /// What the channel is about; the guidelines of a forum.
    #[model(optional, nullable)]
    pub topic: Option<Text>,
    /// Whether it is for adults.
    pub nsfw: Option<bool>,
    /// The last message (or forum thread), which may be gone.
    #[model(optional, nullable)]
    pub last_message_id: Option<MessageId>,
    /// Bits per second of voice.
    pub bitrate: Option<u32>,
    /// How many users fit in. 0 means no limit.
    pub user_limit: Option<u32>,
    /// Seconds a user waits between two messages.
    pub rate_limit_per_user: Option<u32>,
    /// The others in a direct message.
    pub recipients: Option<Vec<User>>,
    /// Hash of a group's icon.
    #[model(optional, nullable)]
    pub icon: Option<ImageHash>,
    /// Who began the thread, or owns the group.
    pub owner_id: Option<UserId>,
    /// The application that made the group.
    #[model(optional, nullable)]
    pub application_id: Option<ApplicationId>,
    /// Whether an application rules the group.
    pub managed: Option<bool>,
    /// The category of a channel, the channel of a thread.
    #[model(optional, nullable)]
    pub parent_id: Option<ChannelId>,
    /// When a message was pinned last.
    #[model(optional, nullable)]
    pub last_pin_timestamp: Option<Timestamp>,
    /// Region of the voice servers. `None` means automatic.
    #[model(optional, nullable)]
    pub rtc_region: Option<Text>,
    /// Quality of cameras.
    pub video_quality_mode: Option<VideoQualityMode>,
    /// How many messages a thread has, apart from its first and deleted ones.
    pub message_count: Option<u32>,
    /// How many users are in a thread. Counts no further than 50.
    pub member_count: Option<u32>,
    /// What only threads have.
    pub thread_metadata: Option<ThreadMetadata>,
    /// The current user in the thread, if it joined.
    pub member: Option<Box<ThreadMember>>,
    /// Minutes without activity until new threads are archived, as the client proposes.
    pub default_auto_archive_duration: Option<ThreadAutoArchiveDuration>,
    /// What the invoking user may do here. Comes with interactions only.
    pub permissions: Option<Permissions>,
    /// What the application may do here. Comes with interactions only.
    pub app_permissions: Option<Permissions>,
    /// Properties of the channel.
    pub flags: Option<ChannelFlags>,
    /// How many messages were ever sent in the thread, deleted ones included.
    pub total_message_sent: Option<u32>,
    /// Tags that posts of a forum can carry.
    pub available_tags: Option<Vec<ForumTag>>,
    /// Tags that this post carries.
    pub applied_tags: Option<Vec<TagId>>,
    /// Emoji offered as the first reaction to a post.
    #[model(optional, nullable)]
    pub default_reaction_emoji: Option<DefaultReaction>,
    /// `rate_limit_per_user` that new threads begin with.
    pub default_thread_rate_limit_per_user: Option<u32>,
    /// How a forum's posts are ordered.
    #[model(optional, nullable)]
    pub default_sort_order: Option<SortOrder>,
    /// How a forum is shown.
    pub default_forum_layout: Option<ForumLayout>,
}

impl Channel {
    /// What mentions the channel in a message.
    #[must_use]
    pub const fn mention(&self) -> Mention<'static> {
        self.id.mention()
    }

    /// Whether the application may not view the channel, so that its name and its overwrites are no real ones.
    #[must_use]
    pub fn is_obfuscated(&self) -> bool {
        let obfuscated = |flags: ChannelFlags| flags.contains(ChannelFlags::OBFUSCATED);
        self.flags.is_some_and(obfuscated)
    }
}

/// What a role or a member may do in one channel, differing from the guild.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#overwrite-object-overwrite-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct PermissionOverwrite {
    /// The role or the member, as `kind` says.
    #[model(key)]
    pub id: GenericId,
    /// Whether it is for a role or for a member.
    #[model(rename = "type")]
    pub kind: OverwriteType,
    /// What is allowed.
    pub allow: Permissions,
    /// What is denied.
    pub deny: Permissions,
}

impl PermissionOverwrite {
    /// For a role; it allows and denies nothing yet.
    #[must_use]
    pub fn role(role: RoleId) -> Self {
        Self::of(GenericId::new(role.get()), OverwriteType::Role)
    }

    /// For a member; it allows and denies nothing yet.
    #[must_use]
    pub fn member(user: UserId) -> Self {
        Self::of(GenericId::new(user.get()), OverwriteType::Member)
    }

    /// Adds permissions that are granted; they are denied no longer.
    #[must_use]
    pub fn allow(mut self, permissions: Permissions) -> Self {
        self.allow |= permissions;
        self.deny -= permissions;
        self
    }

    /// Adds permissions that are denied; they are granted no longer.
    #[must_use]
    pub fn deny(mut self, permissions: Permissions) -> Self {
        self.deny |= permissions;
        self.allow -= permissions;
        self
    }

    const fn of(id: GenericId, kind: OverwriteType) -> Self {
        Self {
            id,
            kind,
            allow: Permissions::empty(),
            deny: Permissions::empty(),
        }
    }
}

open_enum! {
    /// Whom an overwrite is for.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/channel#overwrite-object-overwrite-structure).
    pub enum OverwriteType: u32 {
        /// A role.
        Role = 0,
        /// A member.
        Member = 1,
    }
}

/// A tag for the posts of a forum.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#forum-tag-object-forum-tag-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ForumTag {
    /// Identifies the tag.
    #[model(key)]
    pub id: TagId,
    /// The tag's name, at most 20 characters.
    pub name: Text,
    /// Whether only those who may manage threads can apply it.
    pub moderated: bool,
    /// Identifies a custom emoji.
    #[model(nullable)]
    pub emoji_id: Option<EmojiId>,
    /// The characters of a standard emoji.
    #[model(nullable)]
    pub emoji_name: Option<Text>,
}

/// The emoji that is offered as the first reaction to a forum's post.
///
/// See [the documentation](https://docs.discord.com/developers/resources/channel#default-reaction-object-default-reaction-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct DefaultReaction {
    /// Identifies a custom emoji.
    #[model(nullable)]
    pub emoji_id: Option<EmojiId>,
    /// The characters of a standard emoji.
    #[model(nullable)]
    pub emoji_name: Option<Text>,
}

open_enum! {
    /// What kind of channel.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/channel#channel-object-channel-types).
    pub enum ChannelType: u32 {
        /// Text in a guild.
        GuildText = 0,
        /// Between two users.
        Dm = 1,
        /// Voice in a guild.
        GuildVoice = 2,
        /// Between several users.
        GroupDm = 3,
        /// Holds up to 50 channels.
        GuildCategory = 4,
        /// Text that other guilds can follow.
        GuildAnnouncement = 5,
        /// A thread in an announcement channel.
        AnnouncementThread = 10,
        /// A thread that everybody in the channel sees.
        PublicThread = 11,
        /// A thread that only invited users and moderators see.
        PrivateThread = 12,
        /// Voice with speakers and an audience.
        GuildStageVoice = 13,
        /// A list of guilds, in a hub.
        GuildDirectory = 14,
        /// Holds threads only.
        GuildForum = 15,
        /// A forum for pictures and videos.
        GuildMedia = 16,
    }
}

impl ChannelType {
    /// Whether it is a thread of any kind.
    #[must_use]
    pub const fn is_thread(self) -> bool {
        matches!(
            self,
            Self::AnnouncementThread | Self::PublicThread | Self::PrivateThread
        )
    }
}

open_enum! {
    /// Quality of cameras in a voice channel.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/channel#channel-object-video-quality-modes).
    pub enum VideoQualityMode: u32 {
        /// Discord chooses.
        Auto = 1,
        /// 720p.
        Full = 2,
    }
}

open_enum! {
    /// How a forum's posts are ordered.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/channel#channel-object-sort-order-types).
    pub enum SortOrder: u32 {
        /// By last activity.
        LatestActivity = 0,
        /// By age.
        CreationDate = 1,
    }
}

open_enum! {
    /// How a forum is shown.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/channel#channel-object-forum-layout-types).
    pub enum ForumLayout: u32 {
        /// No default.
        NotSet = 0,
        /// As a list.
        ListView = 1,
        /// As tiles.
        GalleryView = 2,
    }
}

flags! {
    /// Properties of a channel.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/channel#channel-object-channel-flags).
    pub struct ChannelFlags: u64 {
        /// A post pinned to the top of its forum.
        const PINNED = 1 << 1;
        /// A forum whose posts must have a tag.
        const REQUIRE_TAG = 1 << 4;
        /// A media channel without download buttons.
        const HIDE_MEDIA_DOWNLOAD_OPTIONS = 1 << 15;
        /// The application may not view it: the name and the overwrites that it has are stand-ins, and most of the rest
        /// is left out. Its id, its kind and its position are true.
        ///
        /// See [channel visibility](https://docs.discord.com/developers/topics/permissions#channel-visibility).
        const OBFUSCATED = 1 << 17;
        /// Its content is hidden until one asks for it.
        const IS_SPOILER_CHANNEL = 1 << 21;
    }
}
