//! Messages, and what hangs on them.
//!
//! [`Message`] is what arrives; [`CreateMessage`] and [`EditMessage`] are sent, with [`Embed`]s,
//! [`AttachmentRequest`]s, [`AllowedMentions`], and [components](crate::component).
//!
//! See [messages](https://docs.discord.com/developers/resources/message).

mod attachment;
mod body;
mod create;
mod embed;
mod interaction;
mod kind;
mod mentions;
mod nonce;
mod poll_result;
mod reaction;
mod search;

use polycord_types_derive::Model;

use crate::{
    Text, Timestamp,
    application::PartialApplication,
    channel::{Channel, ChannelType},
    component::Component,
    id::{
        ApplicationId, ChannelId, GuildId, MessageId, RoleId, SubscriptionListingId, UserId,
        WebhookId,
    },
    interaction::ResolvedData,
    member::PartialMember,
    mention::MessageLink,
    poll::Poll,
    sticker::{Sticker, StickerItem},
    user::User,
};

pub use self::{
    attachment::{Attachment, AttachmentFlags, AttachmentRequest, AttachmentRequestId},
    create::{BulkDeleteMessages, CreateMessage, EditMessage},
    embed::{
        Embed, EmbedAuthor, EmbedField, EmbedFlags, EmbedFooter, EmbedImage, EmbedMediaFlags,
        EmbedProvider, EmbedType, EmbedVideo,
    },
    interaction::{
        CommandInteractionMetadata, ComponentInteractionMetadata, InteractionMetadata,
        MessageInteraction, ModalInteractionMetadata,
    },
    kind::{BaseTheme, MessageActivityType, MessageFlags, MessageReferenceType, MessageType},
    mentions::{AllowedMentions, MentionType},
    nonce::Nonce,
    poll_result::PollResultFields,
    reaction::{Reaction, ReactionCountDetails, ReactionType},
    search::{
        SearchAuthorType, SearchEmbedType, SearchHasType, SearchResults, SearchSortMode,
        SearchSortOrder,
    },
};

/// A message in a channel.
///
/// Without the `MESSAGE_CONTENT` intent, `content`, `embeds`, `attachments`, `components` and `poll` are
/// empty except in messages that the bot wrote, that mention it, or that are sent to it directly.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#message-object-message-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Message {
    /// Identifies the message.
    #[model(key)]
    pub id: MessageId,
    /// The channel.
    #[model(key)]
    pub channel_id: ChannelId,
    /// Who wrote it. For webhooks the id is the webhook's. A message without it does not decode: nobody is
    /// no sensible default.
    #[model(key)]
    pub author: User,
    /// The text.
    pub content: Text,
    /// When it was sent.
    pub timestamp: Timestamp,
    /// When it was edited last.
    #[model(nullable)]
    pub edited_timestamp: Option<Timestamp>,
    /// Whether it was read aloud.
    pub tts: bool,
    /// Whether it mentions everyone.
    pub mention_everyone: bool,
    /// The users it mentions.
    pub mentions: Vec<MentionedUser>,
    /// The roles it mentions.
    pub mention_roles: Vec<RoleId>,
    /// Channels it mentions, in published announcements.
    pub mention_channels: Option<Vec<ChannelMention>>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// Embeds.
    pub embeds: Vec<Embed>,
    /// Reactions.
    pub reactions: Option<Vec<Reaction>>,
    /// What the sender gave to recognise the message by.
    pub nonce: Option<Nonce>,
    /// Whether it is pinned.
    pub pinned: bool,
    /// The webhook that sent it.
    pub webhook_id: Option<WebhookId>,
    /// What kind of message.
    #[model(rename = "type")]
    pub kind: MessageType,
    /// What one can join, in a chat of Rich Presence.
    pub activity: Option<Box<MessageActivity>>,
    /// The application of that activity.
    pub application: Option<Box<PartialApplication>>,
    /// The application that responds, or owns the webhook.
    pub application_id: Option<ApplicationId>,
    /// Properties of the message.
    pub flags: Option<MessageFlags>,
    /// What it replies to, forwards, pins, or was published from.
    pub message_reference: Option<Box<MessageReference>>,
    /// What was forwarded, as it was then.
    pub message_snapshots: Option<Vec<MessageSnapshot>>,
    /// The message it replies to. `Some(None)` if that was deleted, `None` if Discord did not say.
    pub referenced_message: Option<Option<Box<Message>>>,
    /// The interaction it came from.
    pub interaction_metadata: Option<Box<InteractionMetadata>>,
    /// The interaction it came from. Deprecated in favour of `interaction_metadata`.
    pub interaction: Option<Box<MessageInteraction>>,
    /// The thread begun on it.
    pub thread: Option<Box<Channel>>,
    /// Buttons, menus, and the other components.
    pub components: Option<Vec<Component>>,
    /// Stickers.
    pub sticker_items: Option<Vec<StickerItem>>,
    /// Stickers. Deprecated in favour of `sticker_items`.
    pub stickers: Option<Vec<Sticker>>,
    /// Roughly its place in a thread.
    pub position: Option<i64>,
    /// The role subscription that this message announces.
    pub role_subscription_data: Option<Box<RoleSubscriptionData>>,
    /// The objects behind ids in select menus that were filled beforehand.
    pub resolved: Option<Box<ResolvedData>>,
    /// A poll.
    pub poll: Option<Box<Poll>>,
    /// The call that this message announces.
    pub call: Option<Box<MessageCall>>,
    /// A client theme that the author shares.
    pub shared_client_theme: Option<Box<SharedClientTheme>>,
}

impl Message {
    /// The address of the message in the client. `guild` is `None` in direct messages.
    #[must_use]
    pub const fn link(&self, guild: Option<GuildId>) -> MessageLink {
        MessageLink::new(guild, self.channel_id, self.id)
    }

    /// Whether the message mentions this user, directly or as everyone. Roles are not looked up.
    #[must_use]
    pub fn mentions_user(&self, user: UserId) -> bool {
        self.mention_everyone || self.mentions.iter().any(|mention| mention.id == user)
    }
}

/// A user whom a message mentions.
///
/// See [the documentation](https://docs.discord.com/developers/events/gateway-events#message-create).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct MentionedUser {
    /// The user; its fields can be read directly.
    #[model(flatten, deref)]
    pub user: User,
    /// The user as the guild knows them. Comes with gateway events only.
    pub member: Option<Box<PartialMember>>,
}

/// What one can join from a message.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#message-object-message-activity-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct MessageActivity {
    /// What one does.
    #[model(rename = "type")]
    pub kind: MessageActivityType,
    /// The party.
    pub party_id: Option<Text>,
}

/// A call in a direct message channel.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#message-call-object-message-call-object-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct MessageCall {
    /// Who took part.
    pub participants: Vec<UserId>,
    /// When it ended.
    #[model(optional, nullable)]
    pub ended_timestamp: Option<Timestamp>,
}

/// Which message another one points to.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#message-reference-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct MessageReference {
    /// A reply (if absent too), or a forward.
    #[model(rename = "type")]
    pub kind: Option<MessageReferenceType>,
    /// The message.
    pub message_id: Option<MessageId>,
    /// Its channel. May be left out of replies.
    pub channel_id: Option<ChannelId>,
    /// Its guild.
    pub guild_id: Option<GuildId>,
    /// Whether sending fails if the message is gone. Only ever sent; `true` if absent.
    pub fail_if_not_exists: Option<bool>,
}

impl MessageReference {
    /// A reply to a message of the same channel, sent as an ordinary message if that is gone.
    #[must_use]
    pub fn reply_to(message: MessageId) -> Self {
        Self {
            message_id: Some(message),
            fail_if_not_exists: Some(false),
            ..Self::default()
        }
    }

    /// A forward of a message.
    #[must_use]
    pub fn forward(channel: ChannelId, message: MessageId) -> Self {
        Self {
            kind: Some(MessageReferenceType::Forward),
            message_id: Some(message),
            channel_id: Some(channel),
            ..Self::default()
        }
    }
}

/// A forwarded message, as it was when it was forwarded.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#message-snapshot-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct MessageSnapshot {
    /// The part of the message that is kept.
    pub message: SnapshotMessage,
}

/// The part of a message that a forward keeps.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#message-object-message-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SnapshotMessage {
    /// The text.
    #[model(omit_default)]
    pub content: Text,
    /// When it was sent.
    pub timestamp: Option<Timestamp>,
    /// When it was edited last.
    #[model(optional, nullable)]
    pub edited_timestamp: Option<Timestamp>,
    /// The users it mentions.
    #[model(omit_default)]
    pub mentions: Vec<MentionedUser>,
    /// The roles it mentions.
    #[model(omit_default)]
    pub mention_roles: Vec<RoleId>,
    /// Files.
    #[model(omit_default)]
    pub attachments: Vec<Attachment>,
    /// Embeds.
    #[model(omit_default)]
    pub embeds: Vec<Embed>,
    /// What kind of message.
    #[model(rename = "type", omit_default)]
    pub kind: MessageType,
    /// Properties of the message.
    pub flags: Option<MessageFlags>,
    /// Components.
    pub components: Option<Vec<Component>>,
    /// Stickers.
    pub sticker_items: Option<Vec<StickerItem>>,
    /// Stickers. Deprecated in favour of `sticker_items`.
    pub stickers: Option<Vec<Sticker>>,
}

/// A channel that a published announcement mentions.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#channel-mention-object-channel-mention-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct ChannelMention {
    /// The channel.
    #[model(key)]
    pub id: ChannelId,
    /// Its guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// What kind of channel.
    #[model(rename = "type")]
    pub kind: ChannelType,
    /// The channel's name.
    pub name: Text,
}

/// A role subscription that was bought or renewed.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#role-subscription-data-object-role-subscription-data-object-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct RoleSubscriptionData {
    /// The listing that sold it.
    #[model(key)]
    pub role_subscription_listing_id: SubscriptionListingId,
    /// The tier's name.
    pub tier_name: Text,
    /// For how many months in all.
    pub total_months_subscribed: u32,
    /// Whether it was renewed.
    pub is_renewal: bool,
}

/// A pinned message.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#message-pin-object-message-pin-object-structure).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct MessagePin {
    /// When it was pinned.
    pub pinned_at: Timestamp,
    /// The message.
    #[model(key)]
    pub message: Message,
}

/// The pinned messages of a channel.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#get-channel-pins-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ChannelPins {
    /// The pins, newest first.
    pub items: Vec<MessagePin>,
    /// Whether there are more.
    pub has_more: bool,
}

/// A client theme that a message shares.
///
/// See [the documentation](https://docs.discord.com/developers/resources/message#shared-client-theme-object-shared-client-theme-object-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct SharedClientTheme {
    /// Colours in hexadecimal, at most five.
    pub colors: Vec<Text>,
    /// The gradient's direction, from 0 to 360 degrees.
    pub gradient_angle: u32,
    /// How strong the colours are, from 0 to 100 per cent.
    pub base_mix: u32,
    /// The theme underneath.
    #[model(optional, nullable)]
    pub base_theme: Option<BaseTheme>,
}
