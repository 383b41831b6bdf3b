//! What else a guild has, by hand.

use std::sync::Arc;
use std::time::Duration;

use polycord_types::{
    auto_moderation::AutoModerationRule, ban::Ban, emoji::Emoji, gateway::payload::InviteCreate,
    id::GuildId, integration::Integration, invite::InviteWithMetadata,
    scheduled_event::ScheduledEvent, soundboard::SoundboardSound, stage::StageInstance,
    sticker::Sticker,
};

use crate::cache::entry::AutoModerationRules;
use crate::cache::writer::Writer;
use crate::{Cache, Changes};

/// For each kind: what one is, and how it is written.
macro_rules! insert {
    ($($(#[doc = $more:literal])* $a:literal => $insert:ident($Model:ty) by $write:expr;)*) => {
        impl Cache {$(
            #[doc = concat!("Takes in ", $a, ", unless the current user is not in the guild.")]
            $(#[doc = $more])*
            pub fn $insert(&self, guild: GuildId, model: &$Model, now: Duration) -> Changes {
                self.by_hand(now, |writer| {
                    if writer.is_ours(guild) {
                        writer.in_guild(guild, |writer, data| $write(writer, data, model));
                    }
                })
            }
        )*}
    };
}

insert! {
    /// An emoji of Unicode is left out.
    "an emoji" => insert_emoji(Emoji) by Writer::put_emoji;
    "a sticker" => insert_sticker(Sticker) by Writer::put_sticker;
    "a soundboard sound" => insert_sound(SoundboardSound) by Writer::put_sound;
    "a live stage" => insert_stage_instance(StageInstance) by Writer::put_stage;
    /// One that is over goes.
    "a scheduled event" => insert_scheduled_event(ScheduledEvent) by Writer::put_scheduled_event;
    "an integration" => insert_integration(Integration) by Writer::put_integration;
    "an auto-moderation rule" => insert_auto_moderation_rule(AutoModerationRule)
        by |writer: &mut Writer<'_>, data, rule: &AutoModerationRule| {
            writer.put::<AutoModerationRules>(data, rule.id, Arc::new(rule.clone()));
        };
    /// The gateway does not tell the reason: only so the cache learns it.
    "a ban" => insert_ban(Ban) by |writer: &mut Writer<'_>, data, ban: &Ban| {
        writer.put_ban(data, &ban.user, ban.reason.as_ref());
    };
    /// One without [`channel`](polycord_types::invite::Invite::channel) is left out.
    "an invite" => insert_invite(InviteWithMetadata)
        by |writer: &mut Writer<'_>, data, invite: &InviteWithMetadata| {
            if let Some(invite) = as_created(invite) {
                writer.put_invite(data, &invite);
            }
        };
}

/// An invite as the event tells it that says it was made.
fn as_created(told: &InviteWithMetadata) -> Option<InviteCreate> {
    let (invite, metadata) = (&told.invite, &told.metadata);
    Some(InviteCreate {
        channel_id: invite.channel.as_ref()?.id,
        code: invite.code.clone(),
        created_at: metadata.created_at,
        guild_id: None,
        inviter: invite.inviter.clone(),
        max_age: metadata.max_age.into(),
        max_uses: metadata.max_uses.into(),
        target_type: invite.target_type,
        target_user: invite.target_user.clone(),
        target_application: invite.target_application.clone(),
        temporary: metadata.temporary,
        uses: metadata.uses.into(),
        expires_at: invite.expires_at,
        role_ids: invite
            .roles
            .as_ref()
            .map(|roles| roles.iter().map(|role| role.id).collect()),
    })
}
