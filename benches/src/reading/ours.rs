use std::hint::black_box;

use polycord_types::{
    Secret, Text,
    activity::{
        Activity, ActivityAssets, ActivityButton, ActivityEmoji, ActivityLink, ActivityParty,
        ActivitySecrets,
    },
    application_command::CommandValue,
    channel::Channel,
    emoji::Emoji,
    gateway::{
        Event,
        payload::{
            GuildCreate, GuildMemberAdd, GuildMemberRemove, GuildMemberUpdate, GuildRoleUpdate,
            MessageCreate, MessageDelete, MessageReactionAdd, MessageReactionRemove, MessageUpdate,
            ThreadCreate, ThreadDelete, TypingStart,
        },
    },
    guild::{Guild, PartialGuild},
    interaction::{CommandData, CommandDataOption, Interaction, InteractionData},
    member::{Member, PartialMember},
    message::{
        Attachment, Embed, EmbedAuthor, EmbedField, EmbedFooter, EmbedImage, EmbedProvider,
        EmbedVideo, MentionedUser, Message, MessageReference,
    },
    presence::{ClientStatus, Presence},
    role::Role,
    sticker::Sticker,
    user::{PartialUser, PrimaryGuild, User},
    voice::VoiceState,
};

use super::{Read, read_fields};

impl Read for Event {
    fn read(&self) {
        match self {
            Self::ChannelUpdate(channel) => channel.read(),
            Self::GuildCreate(guild) => guild.read(),
            Self::InteractionCreate(interaction) => interaction.read(),
            Self::GuildMemberAdd(member) => member.read(),
            Self::GuildMemberRemove(member) => member.read(),
            Self::GuildMemberUpdate(member) => member.read(),
            Self::MessageCreate(message) => message.read(),
            Self::MessageDelete(message) => message.read(),
            Self::MessageUpdate(message) => message.read(),
            Self::PresenceUpdate(presence) => presence.read(),
            Self::MessageReactionAdd(reaction) => reaction.read(),
            Self::MessageReactionRemove(reaction) => reaction.read(),
            Self::GuildRoleUpdate(role) => role.read(),
            Self::ThreadCreate(thread) => thread.read(),
            Self::ThreadDelete(thread) => thread.read(),
            Self::TypingStart(typing) => typing.read(),
            Self::VoiceStateUpdate(state) => state.read(),
            other => panic!("not in any workload: {other:?}"),
        }
    }
}

impl Read for Text {
    fn read(&self) {
        self.as_str().read();
    }
}

impl Read for Secret {
    fn read(&self) {
        self.expose().read();
    }
}

impl Read for ActivityButton {
    fn read(&self) {
        match self {
            Self::Label(label) => label.read(),
            Self::Link(link) => link.read(),
        }
    }
}

impl Read for InteractionData {
    fn read(&self) {
        match self {
            Self::Command(command) => command.read(),
            other => panic!("not in any workload: {other:?}"),
        }
    }
}

impl Read for CommandValue {
    fn read(&self) {
        match self {
            Self::String(text) => text.read(),
            other => {
                black_box(other);
            }
        }
    }
}

read_fields! {
    Activity {
        assets, buttons, details, details_url, emoji, name, party, secrets, state, state_url, url;
        application_id, created_at, flags, instance, kind, timestamps, status_display_type; ..
    }
    ActivityAssets {
        large_image, large_text, large_url, small_image, small_text, small_url, invite_cover_image; ; ..
    }
    ActivityEmoji { name; id, animated; .. }
    ActivityLink { label, url; ; .. }
    ActivityParty { id; size; .. }
    ActivitySecrets { join, match_secret, spectate; ; .. }
    Attachment {
        content_type, filename, description, placeholder, proxy_url, title, url, waveform;
        ephemeral, duration_secs, flags, height, id, placeholder_version, size, width,
        clip_participants, clip_created_at, application; ..
    }
    Channel {
        name, recipients, rtc_region, topic;
        app_permissions, application_id, applied_tags, available_tags, bitrate,
        default_auto_archive_duration, default_forum_layout, default_reaction_emoji,
        default_sort_order, default_thread_rate_limit_per_user, flags, guild_id, icon, id, kind,
        last_message_id, last_pin_timestamp, managed, member, member_count, message_count, nsfw,
        owner_id, parent_id, permission_overwrites, permissions, position, rate_limit_per_user,
        thread_metadata, total_message_sent, user_limit, video_quality_mode; ..
    }
    ClientStatus { ; desktop, mobile, web, vr; .. }
    CommandData { name, options; guild_id, id, kind, resolved, target_id; .. }
    CommandDataOption { name, value, options; focused, kind; .. }
    Embed {
        author, description, fields, footer, image, provider, thumbnail, title, url, video;
        color, flags, kind, timestamp; ..
    }
    EmbedAuthor { icon_url, name, proxy_icon_url, url; ; .. }
    EmbedField { name, value; inline; .. }
    EmbedFooter { icon_url, proxy_icon_url, text; ; .. }
    EmbedImage {
        proxy_url, url, content_type, placeholder, description;
        height, width, placeholder_version, flags; ..
    }
    EmbedProvider { name, url; ; .. }
    EmbedVideo {
        proxy_url, url, content_type, placeholder, description;
        height, width, placeholder_version, flags; ..
    }
    Emoji { name, user; animated, available, id, managed, require_colons, roles; .. }
    Guild {
        description, emojis, name, region, roles, stickers, vanity_url_code;
        afk_channel_id, afk_timeout, application_id, approximate_member_count,
        approximate_presence_count, banner, default_message_notifications, discovery_splash,
        explicit_content_filter, features, icon, icon_hash, id, incidents_data, max_members,
        max_presences, max_stage_video_channel_users, max_video_channel_users, mfa_level, nsfw_level,
        owner_id, owner, permissions, preferred_locale, premium_progress_bar_enabled,
        premium_subscription_count, premium_tier, public_updates_channel_id, rules_channel_id,
        safety_alerts_channel_id, splash, system_channel_flags, system_channel_id,
        verification_level, welcome_screen, widget_channel_id, widget_enabled; ..
    }
    GuildCreate {
        channels, guild, members, presences, threads, voice_states;
        guild_scheduled_events, joined_at, large, member_count, soundboard_sounds, stage_instances,
        unavailable; ..
    }
    GuildMemberAdd { member; guild_id; .. }
    GuildMemberRemove { user; guild_id; .. }
    GuildMemberUpdate {
        nick, user;
        avatar, avatar_decoration_data, banner, collectibles, communication_disabled_until, deaf,
        flags, guild_id, joined_at, mute, pending, premium_since, roles; ..
    }
    GuildRoleUpdate { role; guild_id; .. }
    Interaction {
        channel, data, guild, member, message, token, user;
        app_permissions, application_id, attachment_size_limit, authorizing_integration_owners,
        channel_id, context, entitlements, guild_id, guild_locale, id, kind, locale, version; ..
    }
    Member {
        nick, user;
        avatar, avatar_decoration_data, banner, collectibles, communication_disabled_until, deaf,
        flags, joined_at, mute, pending, permissions, premium_since, roles; ..
    }
    MentionedUser { member, user; ; .. }
    Message {
        attachments, author, content, embeds, mentions, message_reference, referenced_message, thread;
        activity, application, application_id, call, channel_id, components, edited_timestamp, flags,
        id, interaction, interaction_metadata, kind, mention_channels, mention_everyone,
        mention_roles, message_snapshots, nonce, pinned, poll, position, reactions, resolved,
        role_subscription_data, shared_client_theme, sticker_items, stickers, timestamp, tts,
        webhook_id; ..
    }
    MessageCreate { message, member; channel_type, guild_id; .. }
    MessageDelete { ; channel_id, guild_id, id; .. }
    MessageReactionAdd {
        emoji, member;
        burst, burst_colors, channel_id, guild_id, kind, message_author_id, message_id, user_id; ..
    }
    MessageReactionRemove {
        emoji; burst, channel_id, guild_id, kind, message_id, user_id; ..
    }
    MessageReference { ; channel_id, guild_id, kind, message_id, fail_if_not_exists; .. }
    MessageUpdate { message, member; channel_type, guild_id; .. }
    PartialGuild { ; id, features, locale; .. }
    PartialMember {
        nick, user;
        avatar, avatar_decoration_data, banner, collectibles, communication_disabled_until, deaf,
        flags, joined_at, mute, pending, permissions, premium_since, roles; ..
    }
    PartialUser {
        email, global_name, primary_guild, username;
        accent_color, avatar, avatar_decoration_data, banner, bot, collectibles, discriminator, flags,
        id, locale, mfa_enabled, premium_type, public_flags, system, verified; ..
    }
    Presence { activities, client_status, user; guild_id, status; .. }
    PrimaryGuild { tag; identity_guild_id, identity_enabled, badge; .. }
    Role {
        name, unicode_emoji;
        color, colors, hoist, icon, id, managed, mentionable, permissions, position, flags, tags; ..
    }
    Sticker {
        description, name, tags, user;
        available, format_type, guild_id, id, kind, pack_id, sort_value; ..
    }
    ThreadCreate { thread; newly_created; .. }
    ThreadDelete { ; guild_id, id, kind, parent_id; .. }
    TypingStart { member; channel_id, guild_id, timestamp, user_id; .. }
    User {
        discriminator, email, global_name, primary_guild, username;
        accent_color, avatar, avatar_decoration_data, banner, bot, collectibles, flags, id, locale,
        mfa_enabled, premium_type, public_flags, system, verified; ..
    }
    VoiceState {
        member, session_id;
        channel_id, deaf, guild_id, mute, self_deaf, self_mute, self_stream, self_video, suppress,
        user_id, request_to_speak_timestamp; ..
    }
}
