use super::{
    Check, Validate, limits,
    message::{Body, EMPTY, Flags},
};
use crate::webhook::{CreateWebhook, EditWebhookMessage, ExecuteWebhook, ModifyWebhook};

impl Validate for CreateWebhook {
    fn check(&self, check: &mut Check) {
        name(check, "name", Some(&self.name));
    }
}

impl Validate for ModifyWebhook {
    fn check(&self, check: &mut Check) {
        name(check, "name", self.name.as_deref());
    }
}

impl Validate for ExecuteWebhook {
    fn check(&self, check: &mut Check) {
        let body = Body {
            content: self.content.as_ref(),
            embeds: self.embeds.as_deref(),
            allowed_mentions: self.allowed_mentions.as_ref(),
            components: self.components.as_deref(),
            attachments: self.attachments.as_deref(),
            poll: self.poll.as_ref(),
            stickers: 0,
            flags: Flags::Set(self.flags.unwrap_or_default()),
        };
        name(check, "username", self.username.as_deref());
        body.check(check);
        check.chars(
            "thread_name",
            self.thread_name.as_ref(),
            limits::CHANNEL_NAME,
        );
        let tags = self.applied_tags.as_ref().map_or(0, Vec::len);
        check.count("applied_tags", tags, limits::APPLIED_TAGS);
        if body.is_empty() {
            check.missing("content", EMPTY);
        }
    }
}

impl Validate for EditWebhookMessage {
    fn check(&self, check: &mut Check) {
        let body = Body {
            content: self.content.as_ref().and_then(Option::as_ref),
            embeds: self.embeds.as_ref().and_then(Option::as_deref),
            allowed_mentions: self.allowed_mentions.as_ref().and_then(Option::as_ref),
            components: self.components.as_ref().and_then(Option::as_deref),
            attachments: self.attachments.as_ref().and_then(Option::as_deref),
            poll: self.poll.as_ref().and_then(Option::as_ref),
            stickers: 0,
            flags: Flags::Edited(self.flags.flatten().unwrap_or_default()),
        };
        body.check(check);
    }
}

fn name(check: &mut Check, field: &'static str, name: Option<&str>) {
    check.chars(field, name, limits::WEBHOOK_NAME);
    let lower = name.unwrap_or_default().to_lowercase();
    if lower.contains("clyde") || lower.contains("discord") {
        check.malformed(field, "neither \"clyde\" nor \"discord\" is in it");
    }
}
