//! Webhooks to be made, what is to change in one, and the messages they post.

use polycord_types_derive::Model;

use crate::{
    Text,
    component::Component,
    data_uri::DataUri,
    id::{ChannelId, TagId},
    message::{AllowedMentions, AttachmentRequest, Embed, MessageFlags},
    poll::CreatePoll,
};

/// A webhook to be made.
///
/// See [the documentation](https://docs.discord.com/developers/resources/webhook#create-webhook-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct CreateWebhook {
    /// The name its messages carry by default, 1 to 80 characters.
    pub name: Text,
    /// The avatar its messages carry by default.
    #[model(optional, nullable)]
    pub avatar: Option<DataUri>,
}

impl CreateWebhook {
    /// A webhook with a name, 1 to 80 characters.
    pub fn new(name: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// Sets the avatar its messages carry by default.
    pub fn avatar(mut self, avatar: impl Into<DataUri>) -> Self {
        self.avatar = Some(avatar.into());
        self
    }
}

/// What is to change in a webhook. `None` leaves a field as it is, `Some(None)` clears it.
///
/// Through its token a webhook cannot be moved to another channel.
///
/// See [the documentation](https://docs.discord.com/developers/resources/webhook#modify-webhook-json-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ModifyWebhook {
    /// The name its messages carry by default, 1 to 80 characters.
    pub name: Option<Text>,
    /// The avatar its messages carry by default.
    pub avatar: Option<Option<DataUri>>,
    /// The channel it posts into.
    pub channel_id: Option<ChannelId>,
}

impl ModifyWebhook {
    /// One that changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl ModifyWebhook {
        /// Sets the name its messages carry by default, 1 to 80 characters.
        name(into Text);
        /// Moves it to another channel.
        channel_id(ChannelId);
    }
}

patch_setters! {
    impl ModifyWebhook {
        /// Sets the avatar its messages carry by default.
        avatar(into DataUri);
    }
    clear {
        /// Removes the avatar.
        clear_avatar(avatar);
    }
}

/// A message to be posted by a webhook.
///
/// It needs at least one of text, embeds, components, a poll, or files.
///
/// ```
/// use polycord_types::{message::Embed, webhook::ExecuteWebhook};
///
/// let message = ExecuteWebhook::new()
///     .username("Build")
///     .embed(Embed::new().title("It works"));
/// assert_eq!(serde_json::to_string(&message)?, r#"{"username":"Build","embeds":[{"title":"It works"}]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// See [the documentation](https://docs.discord.com/developers/resources/webhook#execute-webhook-json/form-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct ExecuteWebhook {
    /// The text, at most 2000 characters.
    pub content: Option<Text>,
    /// The name it carries instead of the webhook's.
    pub username: Option<Text>,
    /// Address of the avatar it carries instead of the webhook's.
    pub avatar_url: Option<Text>,
    /// Whether it is read aloud.
    pub tts: Option<bool>,
    /// Embeds, at most ten.
    pub embeds: Option<Vec<Embed>>,
    /// Whom it may mention. Absent means everybody that its text names.
    pub allowed_mentions: Option<AllowedMentions>,
    /// Components. Those that interact need a webhook of the application's own.
    pub components: Option<Vec<Component>>,
    /// What the uploaded files are.
    pub attachments: Option<Vec<AttachmentRequest>>,
    /// `SUPPRESS_EMBEDS`, `SUPPRESS_NOTIFICATIONS` and `IS_COMPONENTS_V2` can be set.
    pub flags: Option<MessageFlags>,
    /// The name of the thread to begin with it, in a forum or a media channel.
    pub thread_name: Option<Text>,
    /// Tags of that thread.
    pub applied_tags: Option<Vec<TagId>>,
    /// A poll.
    pub poll: Option<CreatePoll>,
}

impl ExecuteWebhook {
    /// A message of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the tags of that thread.
    pub fn applied_tags(mut self, applied_tags: impl IntoIterator<Item = TagId>) -> Self {
        self.applied_tags = Some(applied_tags.into_iter().collect());
        self
    }
}

setters! {
    impl ExecuteWebhook {
        /// Sets the text, at most 2000 characters.
        content(into Text);
        /// Sets the name it carries instead of the webhook's.
        username(into Text);
        /// Sets the address of the avatar it carries instead of the webhook's.
        avatar_url(into Text);
        /// Sets whether it is read aloud. The default is `false`.
        tts(bool);
        /// Sets whom it may mention. The default is everybody that its text names.
        allowed_mentions(AllowedMentions);
        /// Begins a thread with it, in a forum or a media channel.
        thread_name(into Text);
        /// Adds a poll.
        poll(CreatePoll);
    }
}

/// What is to change in a message of a webhook. `None` leaves a field as it is, `Some(None)` clears it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/webhook#edit-webhook-message-json/form-params).
#[derive(Clone, Debug, Default, PartialEq, Model)]
#[must_use]
pub struct EditWebhookMessage {
    /// The text, at most 2000 characters.
    pub content: Option<Option<Text>>,
    /// Embeds, at most ten.
    pub embeds: Option<Option<Vec<Embed>>>,
    /// `SUPPRESS_EMBEDS` and `IS_COMPONENTS_V2` can be set.
    pub flags: Option<Option<MessageFlags>>,
    /// Whom the edited text may mention.
    pub allowed_mentions: Option<Option<AllowedMentions>>,
    /// Components.
    pub components: Option<Option<Vec<Component>>>,
    /// Attachments to keep, and what the uploaded files are.
    pub attachments: Option<Option<Vec<AttachmentRequest>>>,
    /// A poll. Only where the response to an interaction was deferred.
    pub poll: Option<Option<CreatePoll>>,
}

impl EditWebhookMessage {
    /// One that changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

patch_setters! {
    impl EditWebhookMessage {
        /// Sets the text, at most 2000 characters.
        content(into Text);
        /// Replaces the flags.
        flags(MessageFlags);
        /// Sets whom the edited text may mention.
        allowed_mentions(AllowedMentions);
        /// Adds a poll. Only where the response to an interaction was deferred.
        poll(CreatePoll);
    }
    clear {
        /// Removes the text.
        clear_content(content);
    }
}
