use std::hint::black_box;

use serenity::model::{
    application::{
        CommandData, CommandDataOption, CommandDataOptionValue, CommandInteraction, Interaction,
    },
    channel::{
        Attachment, Embed, EmbedAuthor, EmbedField, EmbedFooter, EmbedImage, EmbedProvider,
        EmbedThumbnail, EmbedVideo, GuildChannel, Message, MessageReference, PartialChannel,
        Reaction, ReactionType,
    },
    event::{
        Event, GatewayEvent, GuildMemberRemoveEvent, GuildMemberUpdateEvent, MessageUpdateEvent,
        TypingStartEvent,
    },
    gateway::{
        Activity, ActivityAssets, ActivityButton, ActivityEmoji, ActivityParty, ActivitySecrets,
        Presence, PresenceUser,
    },
    guild::{Emoji, Guild, Member, PartialMember, Role},
    sticker::Sticker,
    user::{PrimaryGuild, User},
    voice::VoiceState,
};

use super::{Read, read_fields};

impl Read for GatewayEvent {
    fn read(&self) {
        let Self::Dispatch(seq, event) = self else {
            return;
        };
        black_box(seq);
        match event {
            Event::ChannelUpdate(event) => event.channel.read(),
            Event::GuildCreate(event) => event.guild.read(),
            Event::InteractionCreate(event) => event.interaction.read(),
            Event::GuildMemberAdd(event) => event.member.read(),
            Event::GuildMemberRemove(event) => event.read(),
            Event::GuildMemberUpdate(event) => event.read(),
            Event::MessageCreate(event) => event.message.read(),
            Event::MessageDelete(event) => {
                black_box(&event.guild_id);
                black_box(&event.channel_id);
                black_box(&event.message_id);
            }
            Event::MessageUpdate(event) => event.read(),
            Event::PresenceUpdate(event) => event.presence.read(),
            Event::ReactionAdd(event) => event.reaction.read(),
            Event::ReactionRemove(event) => event.reaction.read(),
            Event::GuildRoleUpdate(event) => event.role.read(),
            Event::ThreadCreate(event) => event.thread.read(),
            Event::ThreadDelete(event) => {
                black_box(&event.thread);
            }
            Event::TypingStart(event) => event.read(),
            Event::VoiceStateUpdate(event) => event.voice_state.read(),
            other => panic!("not in any workload: {other:?}"),
        }
    }
}

impl Read for Interaction {
    fn read(&self) {
        match self {
            Self::Command(command) => command.read(),
            other => panic!("not in any workload: {other:?}"),
        }
    }
}

impl Read for CommandDataOptionValue {
    fn read(&self) {
        match self {
            Self::String(text) => text.read(),
            other => {
                black_box(other);
            }
        }
    }
}

impl Read for ReactionType {
    fn read(&self) {
        match self {
            Self::Custom { animated, id, name } => {
                black_box(animated);
                black_box(id);
                name.read();
            }
            Self::Unicode(name) => name.read(),
            other => panic!("not in any workload: {other:?}"),
        }
    }
}

read_fields! {
    Activity {
        assets, buttons, details, emoji, name, party, secrets, state;
        application_id, created_at, flags, instance, kind, timestamps, url; ..
    }
    ActivityAssets { large_image, large_text, small_image, small_text; ; .. }
    ActivityButton { label, url; ; .. }
    ActivityEmoji { name; id, animated; .. }
    ActivityParty { id; size; .. }
    ActivitySecrets { join, match_, spectate; ; .. }
    Attachment {
        content_type, filename, description, proxy_url, url;
        ephemeral, duration_secs, height, id, size, waveform, width; ..
    }
    CommandData { name, options; guild_id, id, kind, resolved, target_id; .. }
    CommandDataOption { name, value; ; .. }
    CommandInteraction {
        channel, data, guild_locale, locale, member, token, user;
        app_permissions, application_id, attachment_size_limit, authorizing_integration_owners,
        channel_id, context, entitlements, guild_id, id, version; ..
    }
    Embed {
        author, description, fields, footer, image, kind, provider, thumbnail, title, url, video;
        colour, timestamp; ..
    }
    EmbedAuthor { icon_url, name, proxy_icon_url, url; ; .. }
    EmbedField { name, value; inline; .. }
    EmbedFooter { icon_url, proxy_icon_url, text; ; .. }
    EmbedImage { proxy_url, url; height, width; .. }
    EmbedProvider { name, url; ; .. }
    EmbedThumbnail { proxy_url, url; height, width; .. }
    EmbedVideo { proxy_url, url; height, width; .. }
    Emoji { name, user; animated, available, id, managed, require_colons, roles; .. }
    Guild {
        banner, channels, description, emojis, features, members, name, preferred_locale, presences,
        roles, stickers, threads, vanity_url_code, voice_states;
        afk_metadata, application_id, approximate_member_count, approximate_presence_count,
        default_message_notifications, discovery_splash, explicit_content_filter, icon, icon_hash, id,
        incidents_data, joined_at, large, max_members, max_presences, max_stage_video_channel_users,
        max_video_channel_users, member_count, mfa_level, nsfw_level, owner_id,
        premium_progress_bar_enabled, premium_subscription_count, premium_tier,
        public_updates_channel_id, rules_channel_id, safety_alerts_channel_id, scheduled_events,
        splash, stage_instances, system_channel_flags, system_channel_id, unavailable,
        verification_level, welcome_screen, widget_channel_id, widget_enabled; ..
    }
    GuildChannel {
        name, rtc_region, status, topic;
        applied_tags, available_tags, bitrate, default_auto_archive_duration, default_forum_layout,
        default_reaction_emoji, default_sort_order, default_thread_rate_limit_per_user, flags,
        guild_id, id, kind, last_message_id, last_pin_timestamp, member, member_count, message_count,
        nsfw, owner_id, parent_id, permission_overwrites, permissions, position, rate_limit_per_user,
        thread_metadata, total_message_sent, user_limit, video_quality_mode; ..
    }
    GuildMemberRemoveEvent { user; guild_id; .. }
    GuildMemberUpdateEvent {
        nick, user;
        avatar, avatar_decoration_data, banner, communication_disabled_until, deaf, flags, guild_id,
        joined_at, mute, pending, premium_since, roles, unusual_dm_activity_until; ..
    }
    Member {
        nick, user;
        avatar, avatar_decoration_data, banner, communication_disabled_until, deaf, flags, guild_id,
        joined_at, mute, pending, permissions, premium_since, roles, unusual_dm_activity_until; ..
    }
    Message {
        attachments, author, content, embeds, member, mentions, message_reference,
        referenced_message, thread;
        activity, application, application_id, channel_id, components, edited_timestamp, flags,
        guild_id, id, interaction_metadata, kind, mention_channels, mention_everyone, mention_roles,
        message_snapshots, nonce, pinned, poll, position, reactions, role_subscription_data,
        sticker_items, timestamp, tts, webhook_id; ..
    }
    MessageReference { ; channel_id, guild_id, kind, message_id, fail_if_not_exists; .. }
    MessageUpdateEvent {
        attachments, author, content, embeds, mentions, referenced_message;
        channel_id, components, edited_timestamp, flags, id, kind, mention_channels,
        mention_everyone, mention_roles, pinned, reactions, sticker_items, timestamp, tts,
        webhook_id; ..
    }
    PartialChannel { name; id, kind, permissions; .. }
    PartialMember {
        nick, user;
        avatar, avatar_decoration_data, banner, deaf, guild_id, joined_at, mute, pending, permissions,
        premium_since, roles, unusual_dm_activity_until; ..
    }
    Presence { activities, user; client_status, guild_id, status; .. }
    PresenceUser {
        email, global_name, locale, member, name, primary_guild;
        accent_colour, avatar, avatar_decoration_data, banner, bot, collectibles, discriminator, flags,
        id, mfa_enabled, premium_type, public_flags, system, verified; ..
    }
    PrimaryGuild { tag; identity_guild_id, identity_enabled, badge; .. }
    Reaction {
        emoji, member;
        burst, burst_colours, channel_id, guild_id, message_author_id, message_id, reaction_type,
        user_id; ..
    }
    Role {
        name, unicode_emoji;
        colour, colours, guild_id, hoist, icon, id, managed, mentionable, permissions, position,
        tags; ..
    }
    Sticker {
        description, name, tags, user;
        available, format_type, guild_id, id, kind, pack_id, sort_value; ..
    }
    TypingStartEvent { member; channel_id, guild_id, timestamp, user_id; .. }
    User {
        email, global_name, locale, member, name, primary_guild;
        accent_colour, avatar, avatar_decoration_data, banner, bot, collectibles, discriminator, flags,
        id, mfa_enabled, premium_type, public_flags, system, verified; ..
    }
    VoiceState {
        member, session_id;
        channel_id, deaf, guild_id, mute, self_deaf, self_mute, self_stream, self_video, suppress,
        user_id, request_to_speak_timestamp; ..
    }
}
