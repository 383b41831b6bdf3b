//! A guild and what belongs to it: roles, members, bans, stickers, sounds, templates.

use super::{Check, Validate, limits};
use crate::{
    ban::{BulkBan, CreateBan},
    guild::{BeginPrune, ModifyGuild, ModifyWelcomeScreen},
    member::{AddMember, ModifyCurrentMember, ModifyCurrentUserNick, ModifyMember},
    role::{CreateRole, ModifyRole},
    soundboard::{CreateSoundboardSound, ModifySoundboardSound},
    stage::CreateStageInstance,
    sticker::{CreateSticker, ModifySticker},
    template::{CreateTemplate, ModifyTemplate},
};

impl Validate for ModifyGuild {
    fn check(&self, check: &mut Check) {
        check.chars(
            "name",
            self.name.as_deref().map(str::trim),
            limits::GUILD_NAME,
        );
    }
}

impl Validate for ModifyWelcomeScreen {
    fn check(&self, check: &mut Check) {
        let channels = self.welcome_channels.as_ref().and_then(Option::as_ref);
        check.count(
            "welcome_channels",
            channels.map_or(0, Vec::len),
            limits::WELCOME_CHANNELS,
        );
    }
}

impl Validate for BeginPrune {
    fn check(&self, check: &mut Check) {
        check.number("days", self.days, limits::PRUNE_DAYS);
    }
}

impl Validate for CreateRole {
    fn check(&self, check: &mut Check) {
        check.chars("name", self.name.as_ref(), limits::ROLE_NAME);
    }
}

impl Validate for ModifyRole {
    fn check(&self, check: &mut Check) {
        check.chars(
            "name",
            self.name.as_ref().and_then(Option::as_ref),
            limits::ROLE_NAME,
        );
    }
}

impl Validate for AddMember {
    fn check(&self, check: &mut Check) {
        check.chars("nick", self.nick.as_ref(), limits::NICKNAME);
    }
}

macro_rules! nicknames {
    ($($Name:ident)*) => {$(
        impl Validate for $Name {
            fn check(&self, check: &mut Check) {
                // An empty one takes the nickname away, as `null` does.
                let nick = self.nick.as_ref().and_then(Option::as_ref);
                check.chars("nick", nick, *limits::NICKNAME.end());
            }
        }
    )*};
}

nicknames! { ModifyMember ModifyCurrentMember ModifyCurrentUserNick }

impl Validate for CreateBan {
    fn check(&self, check: &mut Check) {
        let (days, seconds) = (self.delete_message_days, self.delete_message_seconds);
        check.number("delete_message_days", days, limits::BAN_DELETE_MESSAGE_DAYS);
        check.number(
            "delete_message_seconds",
            seconds,
            limits::BAN_DELETE_MESSAGE_SECONDS,
        );
        if days.is_some() && seconds.is_some() {
            check.not_allowed(
                "delete_message_days",
                "`delete_message_seconds` says it already",
            );
        }
    }
}

impl Validate for BulkBan {
    fn check(&self, check: &mut Check) {
        check.count("user_ids", self.user_ids.len(), 1..=limits::BULK_BAN_USERS);
        let seconds = self.delete_message_seconds;
        check.number(
            "delete_message_seconds",
            seconds,
            limits::BAN_DELETE_MESSAGE_SECONDS,
        );
    }
}

impl Validate for CreateSticker {
    fn check(&self, check: &mut Check) {
        check.chars("name", &self.name, limits::STICKER_NAME);
        if !self.description.is_empty() {
            check.chars(
                "description",
                &self.description,
                limits::STICKER_DESCRIPTION,
            );
        }
        check.chars("tags", &self.tags, limits::STICKER_TAGS);
    }
}

impl Validate for ModifySticker {
    fn check(&self, check: &mut Check) {
        check.chars("name", self.name.as_ref(), limits::STICKER_NAME);
        let description = self.description.as_ref().and_then(Option::as_ref);
        check.chars("description", description, limits::STICKER_DESCRIPTION);
        check.chars("tags", self.tags.as_ref(), limits::STICKER_TAGS);
    }
}

impl Validate for CreateSoundboardSound {
    fn check(&self, check: &mut Check) {
        check.chars("name", &self.name, limits::SOUND_NAME);
        volume(check, self.volume);
    }
}

impl Validate for ModifySoundboardSound {
    fn check(&self, check: &mut Check) {
        check.chars("name", self.name.as_ref(), limits::SOUND_NAME);
        volume(check, self.volume.flatten());
    }
}

impl Validate for CreateStageInstance {
    fn check(&self, check: &mut Check) {
        check.chars("topic", &self.topic, limits::STAGE_TOPIC);
    }
}

impl Validate for CreateTemplate {
    fn check(&self, check: &mut Check) {
        check.chars("name", &self.name, limits::TEMPLATE_NAME);
        check.chars(
            "description",
            self.description.as_ref(),
            limits::TEMPLATE_DESCRIPTION,
        );
    }
}

impl Validate for ModifyTemplate {
    fn check(&self, check: &mut Check) {
        check.chars("name", self.name.as_ref(), limits::TEMPLATE_NAME);
        let description = self.description.as_ref().and_then(Option::as_ref);
        check.chars("description", description, limits::TEMPLATE_DESCRIPTION);
    }
}

fn volume(check: &mut Check, volume: Option<f64>) {
    if volume.is_some_and(|volume| !(0.0..=1.0).contains(&volume)) {
        check.malformed("volume", "it goes from 0 to 1");
    }
}
