//! Bodies of requests about messages, channels, threads, users, webhooks and lobbies: what is left out, cleared and
//! set arrives as such.

use std::fmt::Debug;

use polycord_types::{
    Permissions,
    activity::ActivityButton,
    channel::{
        AddGroupDmRecipient, ChannelFlags, ChannelType, CreateChannelInvite,
        EditChannelPermissions, FollowAnnouncementChannel, ForumTagRequest, ModifyChannel,
        ModifyGroupDm, OverwriteType, SetVoiceChannelStatus, SortOrder,
    },
    data_uri::DataUri,
    emoji::Emoji,
    id::{ApplicationId, AttachmentId, ChannelId, EmojiId, MessageId, TagId, UserId},
    lobby::{
        AddLobbyMember, CreateLobby, JoinLobby, LinkLobbyChannel, LobbyMember, LobbyMemberFlags,
        ModerationMetadata, ModifyLobby, SendLobbyMessage, UpdateLobbyMember,
    },
    message::{
        AllowedMentions, AttachmentRequest, BulkDeleteMessages, CreateMessage, EditMessage, Embed,
        MentionType, MessageFlags,
    },
    poll::CreatePoll,
    thread::{
        ForumThreadMessage, ModifyThread, StartForumThread, StartThread, StartThreadFromMessage,
        ThreadAutoArchiveDuration,
    },
    user::{CreateDm, CreateGroupDm, ModifyCurrentUser, UpdateApplicationRoleConnection},
    webhook::{CreateWebhook, EditWebhookMessage, ExecuteWebhook, ModifyWebhook},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

const IMAGE: &str = "data:image/png;base64,iVBORw0KGgo=";

fn image() -> DataUri {
    DataUri::new("image/png", b"\x89PNG\r\n\x1a\n")
}

fn written<T: Serialize>(body: &T) -> Value {
    serde_json::to_value(body).unwrap_or_else(|error| panic!("{error}"))
}

/// What is sent is read back as the same.
#[track_caller]
fn sends<T>(body: &T, expected: &Value)
where
    T: Serialize + DeserializeOwned + Debug + PartialEq,
{
    assert_eq!(written(body), *expected);
    let read = serde_json::from_str::<T>(&expected.to_string());
    assert_eq!(read.unwrap_or_else(|error| panic!("{error}")), *body);
}

#[test]
fn a_message_has_what_was_added_and_nothing_else() {
    sends(&CreateMessage::new("hi"), &json!({"content": "hi"}));
    let message = CreateMessage::default()
        .embed(Embed::new().title("t").footer("f").footer_icon("https://i"))
        .embed(
            Embed::new()
                .author("a")
                .author_url("https://a")
                .author_icon("https://b"),
        )
        .allowed_mentions(
            AllowedMentions::none()
                .user(UserId::new(3))
                .parse(MentionType::RoleMentions),
        )
        .attachment(
            AttachmentRequest::upload(0)
                .filename("a.png")
                .description("An A")
                .spoiler(true),
        )
        .nonce("n")
        .flags(MessageFlags::SUPPRESS_EMBEDS)
        .flags(MessageFlags::SUPPRESS_NOTIFICATIONS)
        .poll(CreatePoll::new("?").answer("a"));
    sends(
        &message,
        &json!({
            "nonce": "n", "enforce_nonce": true,
            "embeds": [
                {"title": "t", "footer": {"text": "f", "icon_url": "https://i"}},
                {"author": {"name": "a", "url": "https://a", "icon_url": "https://b"}}
            ],
            "allowed_mentions": {"parse": ["roles"], "users": ["3"]},
            "attachments": [
                {"id": 0, "filename": "a.png", "description": "An A", "is_spoiler": true}
            ],
            "flags": 4 | 4096,
            "poll": {"question": {"text": "?"}, "answers": [{"poll_media": {"text": "a"}}]}
        }),
    );
}

#[test]
fn a_reply_may_fail_to_find_its_message_and_a_forward_may_not() {
    sends(
        &CreateMessage::new("re").reply_to(MessageId::new(7)),
        &json!({"content": "re", "message_reference": {"message_id": "7", "fail_if_not_exists": false}}),
    );
    sends(
        &CreateMessage::default().forward(ChannelId::new(2), MessageId::new(7)),
        &json!({"message_reference": {"type": 1, "message_id": "7", "channel_id": "2"}}),
    );
}

#[test]
fn an_edit_tells_clearing_from_leaving() {
    sends(&EditMessage::new(), &json!({}));
    sends(
        &EditMessage::new().clear_content().embeds([]),
        &json!({"content": null, "embeds": []}),
    );
    let keeps = AttachmentRequest::keep(AttachmentId::new(175_928_847_299_117_063));
    sends(
        &EditMessage::new().attachments([
            keeps,
            AttachmentRequest::upload(0).voice_message(1.5, "AA=="),
        ]),
        &json!({"attachments": [
            {"id": "175928847299117063"}, {"id": 0, "duration_secs": 1.5, "waveform": "AA=="}
        ]}),
    );
    sends(
        &BulkDeleteMessages::new([MessageId::new(1), MessageId::new(2)]),
        &json!({"messages": ["1", "2"]}),
    );
}

#[test]
fn a_poll_numbers_no_answers() {
    let pizza = Emoji {
        name: Some("\u{1f355}".into()),
        ..Emoji::default()
    };
    let poll = CreatePoll::new("Food?")
        .answer("None")
        .answer_with_emoji("Pizza", pizza)
        .duration(48)
        .allow_multiselect(true);
    sends(
        &poll,
        &json!({
            "question": {"text": "Food?"},
            "answers": [
                {"poll_media": {"text": "None"}},
                {"poll_media": {"text": "Pizza", "emoji": {"name": "\u{1f355}"}}}
            ],
            "duration": 48, "allow_multiselect": true
        }),
    );
}

#[test]
fn a_channel_changes_only_what_was_said() {
    sends(&ModifyChannel::new(), &json!({}));
    sends(
        &ModifyChannel::new()
            .name("rules")
            .kind(ChannelType::GuildAnnouncement)
            .clear_topic()
            .clear_parent_id()
            .default_sort_order(SortOrder::CreationDate)
            .default_auto_archive_duration(ThreadAutoArchiveDuration::OneWeek)
            .available_tags([ForumTagRequest::new("new")
                .moderated()
                .custom_emoji(EmojiId::new(5))]),
        &json!({
            "name": "rules", "type": 5, "topic": null, "parent_id": null, "default_sort_order": 1,
            "default_auto_archive_duration": 10080,
            "available_tags": [{"name": "new", "moderated": true, "emoji_id": "5"}]
        }),
    );
    sends(
        &ModifyGroupDm::new().name("us").icon(image()),
        &json!({"name": "us", "icon": IMAGE}),
    );
    sends(
        &SetVoiceChannelStatus::new("live"),
        &json!({"status": "live"}),
    );
    sends(&SetVoiceChannelStatus::clear(), &json!({"status": null}));
    sends(
        &EditChannelPermissions::new(OverwriteType::Member).deny(Permissions::SEND_MESSAGES),
        &json!({"deny": "2048", "type": 1}),
    );
    sends(
        &FollowAnnouncementChannel::new(ChannelId::new(4)),
        &json!({"webhook_channel_id": "4"}),
    );
    sends(
        &AddGroupDmRecipient::new("t", "ann"),
        &json!({"access_token": "t", "nick": "ann"}),
    );
}

#[test]
fn an_invite_names_the_kind_of_its_target() {
    sends(&CreateChannelInvite::new(), &json!({}));
    sends(
        &CreateChannelInvite::new()
            .max_age(0)
            .unique(true)
            .stream(UserId::new(3)),
        &json!({"max_age": 0, "unique": true, "target_type": 1, "target_user_id": "3"}),
    );
    sends(
        &CreateChannelInvite::new().embedded_application(ApplicationId::new(6)),
        &json!({"target_type": 2, "target_application_id": "6"}),
    );
}

#[test]
fn threads_are_begun_on_a_message_without_one_and_with_one() {
    sends(
        &StartThreadFromMessage::new("t").auto_archive_duration(ThreadAutoArchiveDuration::OneHour),
        &json!({"name": "t", "auto_archive_duration": 60}),
    );
    sends(
        &StartThread::new("t")
            .kind(ChannelType::PublicThread)
            .rate_limit_per_user(5),
        &json!({"name": "t", "type": 11, "rate_limit_per_user": 5}),
    );
    let message = ForumThreadMessage::new()
        .content("c")
        .embed(Embed::new().title("e"));
    sends(
        &StartForumThread::new("t", message).applied_tags([TagId::new(9)]),
        &json!({
            "name": "t", "message": {"content": "c", "embeds": [{"title": "e"}]}, "applied_tags": ["9"]
        }),
    );
    sends(
        &ModifyThread::new()
            .archived(true)
            .locked(true)
            .flags(ChannelFlags::PINNED),
        &json!({"archived": true, "locked": true, "flags": 2}),
    );
}

#[test]
fn a_user_changes_or_clears_their_pictures() {
    sends(
        &ModifyCurrentUser::new().avatar(image()).clear_banner(),
        &json!({"avatar": IMAGE, "banner": null}),
    );
    sends(
        &CreateDm::new(UserId::new(3)),
        &json!({"recipient_id": "3"}),
    );
    sends(
        &CreateGroupDm::new()
            .access_token("t")
            .nick(UserId::new(3), "ann"),
        &json!({"access_tokens": ["t"], "nicks": {"3": "ann"}}),
    );
    sends(
        &UpdateApplicationRoleConnection::new()
            .platform_name("chess")
            .value("rating", "1200"),
        &json!({"platform_name": "chess", "metadata": {"rating": "1200"}}),
    );
}

#[test]
fn a_webhook_posts_under_another_name_and_into_a_new_thread() {
    sends(
        &CreateWebhook::new("news").avatar(image()),
        &json!({"name": "news", "avatar": IMAGE}),
    );
    sends(
        &ModifyWebhook::new()
            .clear_avatar()
            .channel_id(ChannelId::new(2)),
        &json!({"avatar": null, "channel_id": "2"}),
    );
    sends(
        &ExecuteWebhook::new()
            .content("c")
            .username("Build")
            .flags(MessageFlags::SUPPRESS_EMBEDS)
            .flags(MessageFlags::SUPPRESS_NOTIFICATIONS)
            .thread_name("t")
            .applied_tags([TagId::new(9)]),
        &json!({
            "content": "c", "username": "Build", "flags": 4 | 4096, "thread_name": "t",
            "applied_tags": ["9"]
        }),
    );
    sends(
        &EditWebhookMessage::new().clear_content().components([]),
        &json!({"content": null, "components": []}),
    );
}

#[test]
fn a_lobby_has_members_and_what_the_application_keeps() {
    sends(
        &CreateLobby::new()
            .metadata("map", "ice")
            .member(LobbyMember::new(UserId::new(3))),
        &json!({"metadata": {"map": "ice"}, "members": [{"id": "3"}]}),
    );
    sends(
        &JoinLobby::new("s")
            .lobby_metadata("a", "b")
            .member_metadata("c", "d")
            .idle_timeout_seconds(60),
        &json!({
            "secret": "s", "idle_timeout_seconds": 60,
            "lobby_metadata": {"a": "b"}, "member_metadata": {"c": "d"}
        }),
    );
    sends(
        &ModifyLobby::new().clear_metadata(),
        &json!({"metadata": null}),
    );
    sends(
        &AddLobbyMember::new()
            .flags(LobbyMemberFlags::CAN_LINK_LOBBY)
            .clear_additional_name(),
        &json!({"flags": 1, "additional_name": null}),
    );
    sends(
        &UpdateLobbyMember::remove(UserId::new(3)),
        &json!({"id": "3", "remove_member": true}),
    );
    sends(
        &LinkLobbyChannel::link(ChannelId::new(2)),
        &json!({"channel_id": "2"}),
    );
    sends(&LinkLobbyChannel::unlink(), &json!({}));
    sends(
        &SendLobbyMessage::new("gg").metadata("k", "v"),
        &json!({"content": "gg", "metadata": {"k": "v"}}),
    );
    let notes = [("action".into(), "blur".into())];
    sends(
        &ModerationMetadata(notes.into()),
        &json!({"action": "blur"}),
    );
}

#[test]
fn secrets_are_written_and_never_shown() {
    fn shown<T: Debug + Serialize>(body: &T) -> (String, String) {
        (format!("{body:?}"), written(body).to_string())
    }
    for (debug, json) in [
        shown(&JoinLobby::new("hush")),
        shown(&CreateGroupDm::new().access_token("hush")),
        shown(&AddGroupDmRecipient::new("hush", "ann")),
    ] {
        assert!(json.contains("hush") && !debug.contains("hush"), "{debug}");
    }
}

#[test]
fn a_button_of_an_activity_is_sent_whole_and_received_as_its_label() {
    sends(
        &vec![
            ActivityButton::link("Play", "https://play"),
            ActivityButton::Label("Watch".into()),
        ],
        &json!([{"label": "Play", "url": "https://play"}, "Watch"]),
    );
}
