use std::hint::black_box;

use twilight_model::channel::message::Sticker;
use twilight_model::{
    application::interaction::{
        Interaction, InteractionData, InteractionPartialGuild,
        application_command::{CommandData, CommandDataOption, CommandOptionValue},
    },
    channel::{
        Attachment, Channel,
        message::{
            Embed, EmojiReactionType, Mention, Message, MessageReference,
            embed::{
                EmbedAuthor, EmbedField, EmbedFooter, EmbedImage, EmbedProvider, EmbedThumbnail,
                EmbedVideo,
            },
        },
    },
    gateway::{
        GatewayReaction,
        event::{DispatchEvent, GatewayEvent},
        payload::incoming::{
            GuildCreate, MemberAdd, MemberRemove, MemberUpdate, MessageCreate, MessageDelete,
            RoleUpdate, ThreadDelete, TypingStart,
        },
        presence::{
            Activity, ActivityAssets, ActivityButton, ActivityEmoji, ActivityParty,
            ActivitySecrets, Presence, UserOrId,
        },
    },
    guild::{Emoji, Guild, Member, PartialMember, Role},
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
            DispatchEvent::ChannelUpdate(channel) => channel.0.read(),
            DispatchEvent::GuildCreate(guild) => guild.read(),
            DispatchEvent::InteractionCreate(interaction) => interaction.0.read(),
            DispatchEvent::MemberAdd(member) => member.read(),
            DispatchEvent::MemberRemove(member) => member.read(),
            DispatchEvent::MemberUpdate(member) => member.read(),
            DispatchEvent::MessageCreate(message) => message.read(),
            DispatchEvent::MessageDelete(message) => message.read(),
            DispatchEvent::MessageUpdate(message) => message.0.read(),
            DispatchEvent::PresenceUpdate(presence) => presence.0.read(),
            DispatchEvent::ReactionAdd(reaction) => reaction.0.read(),
            DispatchEvent::ReactionRemove(reaction) => reaction.0.read(),
            DispatchEvent::RoleUpdate(role) => role.read(),
            DispatchEvent::ThreadCreate(thread) => thread.0.read(),
            DispatchEvent::ThreadDelete(thread) => thread.read(),
            DispatchEvent::TypingStart(typing) => typing.read(),
            DispatchEvent::VoiceStateUpdate(state) => state.0.read(),
            other => panic!("not in any workload: {other:?}"),
        }
    }
}

impl Read for GuildCreate {
    fn read(&self) {
        match self {
            Self::Available(guild) => guild.read(),
            Self::Unavailable(guild) => panic!("not in any workload: {guild:?}"),
        }
    }
}

impl Read for UserOrId {
    fn read(&self) {
        match self {
            Self::User(user) => user.read(),
            Self::UserId { id } => {
                black_box(id);
            }
        }
    }
}

impl Read for ActivityButton {
    fn read(&self) {
        match self {
            Self::Link(link) => {
                link.label.read();
                link.url.read();
            }
            Self::Text(text) => text.label.read(),
            _ => {}
        }
    }
}

impl Read for EmojiReactionType {
    fn read(&self) {
        match self {
            Self::Custom { animated, id, name } => {
                black_box(animated);
                black_box(id);
                name.read();
            }
            Self::Unicode { name } => name.read(),
        }
    }
}

impl Read for InteractionData {
    fn read(&self) {
        match self {
            Self::ApplicationCommand(command) => command.read(),
            other => panic!("not in any workload: {other:?}"),
        }
    }
}

impl Read for CommandOptionValue {
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
        assets, buttons, details, details_url, emoji, id, name, party, secrets, state, state_url, url;
        application_id, created_at, flags, instance, kind, timestamps, status_display_type; ..
    }
    ActivityAssets {
        large_image, large_text, large_url, small_image, small_text, small_url, invite_cover_image;
    }
    ActivityEmoji { name, id; animated }
    ActivityParty { id; size }
    ActivitySecrets { join, match_, spectate; }
    Attachment {
        content_type, filename, description, placeholder, proxy_url, title, url, waveform;
        ephemeral, duration_secs, flags, height, id, placeholder_version, size, width
    }
    Channel {
        name, recipients, rtc_region, topic;
        application_id, applied_tags, available_tags, bitrate, default_auto_archive_duration,
        default_forum_layout, default_reaction_emoji, default_sort_order,
        default_thread_rate_limit_per_user, flags, guild_id, icon, id, invitable, kind,
        last_message_id, last_pin_timestamp, managed, member, member_count, message_count,
        newly_created, nsfw, owner_id, parent_id, permission_overwrites, position,
        rate_limit_per_user, thread_metadata, total_message_sent, user_limit, video_quality_mode
    }
    CommandData { name, options; guild_id, id, kind, resolved, target_id }
    CommandDataOption { name, value; }
    Embed {
        author, description, fields, footer, image, kind, provider, thumbnail, title, url, video;
        color, flags, timestamp
    }
    EmbedAuthor { icon_url, name, proxy_icon_url, url; }
    EmbedField { name, value; inline }
    EmbedFooter { icon_url, proxy_icon_url, text; }
    EmbedImage {
        proxy_url, url, content_type, placeholder; height, width, placeholder_version, flags
    }
    EmbedProvider { name, url; }
    EmbedThumbnail { proxy_url, url; height, width }
    EmbedVideo {
        proxy_url, url, content_type, placeholder; height, width, placeholder_version, flags
    }
    Emoji { name, user; animated, available, id, managed, require_colons, roles }
    GatewayReaction {
        emoji, member;
        burst, burst_colors, channel_id, guild_id, message_author_id, message_id, user_id
    }
    Guild {
        channels, description, emojis, members, name, preferred_locale, presences, roles, stickers,
        threads, vanity_url_code, voice_states;
        afk_channel_id, afk_timeout, application_id, approximate_member_count,
        approximate_presence_count, banner, default_message_notifications, discovery_splash,
        explicit_content_filter, features, guild_scheduled_events, icon, id, joined_at, large,
        max_members, max_presences, max_stage_video_channel_users, max_video_channel_users,
        member_count, mfa_level, nsfw_level, owner_id, owner, permissions,
        premium_progress_bar_enabled, premium_subscription_count, premium_tier,
        public_updates_channel_id, rules_channel_id, safety_alerts_channel_id, splash,
        stage_instances, system_channel_flags, system_channel_id, unavailable, verification_level,
        widget_channel_id, widget_enabled
    }
    Interaction {
        channel, data, guild, guild_locale, locale, member, message, token, user;
        app_permissions, application_id, attachment_size_limit, authorizing_integration_owners,
        channel_id, context, entitlements, guild_id, id, kind
    }
    InteractionPartialGuild { locale; features, id }
    Member {
        nick, user;
        avatar, avatar_decoration_data, banner, communication_disabled_until, deaf, flags, joined_at,
        mute, pending, premium_since, roles
    }
    MemberAdd { member; guild_id }
    MemberRemove { user; guild_id }
    MemberUpdate {
        nick, user;
        avatar, communication_disabled_until, guild_id, flags, deaf, joined_at, mute, pending,
        premium_since, roles; ..
    }
    Mention { member, name; avatar, bot, discriminator, id, public_flags }
    Message {
        attachments, author, content, embeds, member, mentions, reference, referenced_message, thread;
        activity, application, application_id, call, channel_id, components, edited_timestamp, flags,
        guild_id, id, interaction, interaction_metadata, kind, mention_channels, mention_everyone,
        mention_roles, message_snapshots, pinned, poll, reactions, role_subscription_data,
        sticker_items, timestamp, tts, webhook_id
    }
    MessageCreate { message; channel_type; .. }
    MessageDelete { ; channel_id, guild_id, id }
    MessageReference { ; channel_id, guild_id, kind, message_id, fail_if_not_exists }
    PartialMember {
        nick, user;
        avatar, avatar_decoration_data, banner, communication_disabled_until, deaf, flags, joined_at,
        mute, permissions, premium_since, roles
    }
    Presence { activities, user; client_status, guild_id, status }
    PrimaryGuild { tag; identity_guild_id, identity_enabled, badge }
    Role {
        name, unicode_emoji;
        color, colors, hoist, icon, id, managed, mentionable, permissions, position, flags, tags
    }
    RoleUpdate { role; guild_id }
    Sticker {
        description, name, tags, user;
        available, format_type, guild_id, id, kind, pack_id, sort_value
    }
    ThreadDelete { ; guild_id, id, kind, parent_id }
    TypingStart { member; channel_id, guild_id, timestamp, user_id }
    User {
        email, global_name, locale, name, primary_guild;
        accent_color, avatar, avatar_decoration, avatar_decoration_data, banner, bot, discriminator,
        flags, id, mfa_enabled, premium_type, public_flags, system, verified
    }
    VoiceState {
        member, session_id;
        channel_id, deaf, guild_id, mute, self_deaf, self_mute, self_stream, self_video, suppress,
        user_id, request_to_speak_timestamp
    }
}
