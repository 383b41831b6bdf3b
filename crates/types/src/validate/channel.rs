//! Channels, threads and invites.

use super::{
    Check, Validate, limits,
    message::{Body, EMPTY, Flags},
};
use crate::{
    channel::{
        ChannelType, CreateChannel, CreateChannelInvite, ForumTag, ForumTagRequest, ModifyChannel,
        ModifyGroupDm, SetVoiceChannelStatus,
    },
    thread::{
        ForumThreadMessage, ModifyThread, StartForumThread, StartThread, StartThreadFromMessage,
    },
};

impl Validate for CreateChannel {
    fn check(&self, check: &mut Check) {
        let kind = Some(self.kind.unwrap_or(ChannelType::GuildText));
        check.chars("name", &self.name, limits::CHANNEL_NAME);
        check.chars("topic", self.topic.as_ref(), topic(kind));
        check.number("bitrate", self.bitrate, limits::CHANNEL_BITRATE);
        check.number("user_limit", self.user_limit, user_limit(kind));
        let slowmode = self.rate_limit_per_user;
        check.number("rate_limit_per_user", slowmode, limits::CHANNEL_SLOWMODE);
        let tags = self.available_tags.as_deref().unwrap_or_default();
        check.list("available_tags", tags, limits::FORUM_TAGS);
        let threads = self.default_thread_rate_limit_per_user;
        check.number(
            "default_thread_rate_limit_per_user",
            threads,
            limits::CHANNEL_SLOWMODE,
        );
    }
}

impl Validate for ModifyChannel {
    fn check(&self, check: &mut Check) {
        check.chars("name", self.name.as_ref(), limits::CHANNEL_NAME);
        check.chars(
            "topic",
            self.topic.as_ref().and_then(Option::as_ref),
            topic(self.kind),
        );
        check.number("bitrate", self.bitrate.flatten(), limits::CHANNEL_BITRATE);
        check.number(
            "user_limit",
            self.user_limit.flatten(),
            user_limit(self.kind),
        );
        let slowmode = self.rate_limit_per_user.flatten();
        check.number("rate_limit_per_user", slowmode, limits::CHANNEL_SLOWMODE);
        let tags = self.available_tags.as_deref().unwrap_or_default();
        check.list("available_tags", tags, limits::FORUM_TAGS);
        let threads = self.default_thread_rate_limit_per_user;
        check.number(
            "default_thread_rate_limit_per_user",
            threads,
            limits::CHANNEL_SLOWMODE,
        );
    }
}

impl Validate for ModifyGroupDm {
    fn check(&self, check: &mut Check) {
        check.chars("name", self.name.as_ref(), limits::CHANNEL_NAME);
    }
}

impl Validate for ForumTag {
    fn check(&self, check: &mut Check) {
        check.chars("name", &self.name, limits::FORUM_TAG_NAME);
    }
}

impl Validate for ForumTagRequest {
    fn check(&self, check: &mut Check) {
        check.chars("name", &self.name, limits::FORUM_TAG_NAME);
    }
}

impl Validate for SetVoiceChannelStatus {
    fn check(&self, check: &mut Check) {
        check.chars("status", self.status.as_ref(), limits::VOICE_CHANNEL_STATUS);
    }
}

impl Validate for CreateChannelInvite {
    fn check(&self, check: &mut Check) {
        check.number("max_age", self.max_age, limits::INVITE_MAX_AGE);
        check.number("max_uses", self.max_uses, limits::INVITE_MAX_USES);
    }
}

impl Validate for StartThreadFromMessage {
    fn check(&self, check: &mut Check) {
        check.chars("name", &self.name, limits::CHANNEL_NAME);
        let slowmode = self.rate_limit_per_user;
        check.number("rate_limit_per_user", slowmode, limits::CHANNEL_SLOWMODE);
    }
}

impl Validate for StartThread {
    fn check(&self, check: &mut Check) {
        check.chars("name", &self.name, limits::CHANNEL_NAME);
        let slowmode = self.rate_limit_per_user;
        check.number("rate_limit_per_user", slowmode, limits::CHANNEL_SLOWMODE);
    }
}

impl Validate for StartForumThread {
    fn check(&self, check: &mut Check) {
        check.chars("name", &self.name, limits::CHANNEL_NAME);
        let slowmode = self.rate_limit_per_user;
        check.number("rate_limit_per_user", slowmode, limits::CHANNEL_SLOWMODE);
        check.inside("message", &self.message);
        let tags = self.applied_tags.as_ref().map_or(0, Vec::len);
        check.count("applied_tags", tags, limits::APPLIED_TAGS);
    }
}

impl Validate for ForumThreadMessage {
    fn check(&self, check: &mut Check) {
        let body = Body {
            content: self.content.as_ref(),
            embeds: self.embeds.as_deref(),
            allowed_mentions: self.allowed_mentions.as_ref(),
            components: self.components.as_deref(),
            attachments: self.attachments.as_deref(),
            poll: None,
            stickers: self.sticker_ids.as_ref().map_or(0, Vec::len),
            flags: Flags::Set(self.flags.unwrap_or_default()),
        };
        body.check(check);
        if body.is_empty() {
            check.missing("content", EMPTY);
        }
    }
}

impl Validate for ModifyThread {
    fn check(&self, check: &mut Check) {
        check.chars("name", self.name.as_ref(), limits::CHANNEL_NAME);
        let slowmode = self.rate_limit_per_user.flatten();
        check.number("rate_limit_per_user", slowmode, limits::CHANNEL_SLOWMODE);
        let tags = self.applied_tags.as_ref().map_or(0, Vec::len);
        check.count("applied_tags", tags, limits::APPLIED_TAGS);
    }
}

/// The longest topic; where the kind is not told, that of a forum.
const fn topic(kind: Option<ChannelType>) -> usize {
    match kind {
        None | Some(ChannelType::GuildForum | ChannelType::GuildMedia) => limits::FORUM_TOPIC,
        Some(_) => limits::CHANNEL_TOPIC,
    }
}

/// How many users can be let in; where the kind is not told, as many as to a stage.
fn user_limit(kind: Option<ChannelType>) -> std::ops::RangeInclusive<i64> {
    match kind {
        Some(ChannelType::GuildVoice) => limits::VOICE_USER_LIMIT,
        _ => limits::STAGE_USER_LIMIT,
    }
}
